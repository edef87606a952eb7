"""Where sound comes from: a microphone, a file, or the built-in demo, behind one interface.

A source delivers blocks as time goes by and never waits. The microphone's native rate is
used, because many devices refuse 8 kHz; whoever listens resamples.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.errors import AudioDeviceError, SoundFileError
from core.places import SAMPLES
from core.sound.audio import AudioClip, find_sound_files, read_second
from core.sound.levels import SoundProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from core.sound.audio import FloatArray

DEFAULT = "default"
DEMO = "demo"

_BLOCK_SECONDS = 0.02
_GONE_SECONDS = 1.5
_FIRST_BLOCK_SECONDS = 10.0  # some devices wake up slowly
_MAX_BLOCKS = 1500  # 30 s: enough for any pause of the reader, and bounded
_ROOM_TONE = np.float32(2e-4)  # -74 dBFS: a quiet room, where exact zeros would mean a fault
_CUE_SECONDS = 0.35  # what passes between a person's cue and the word
_FALLBACK_RATES = (48000, 44100, 16000, 8000)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A few milliseconds of mono sound.

    Parameters
    ----------
    samples : (n,) float32 array, n may be 0
        At the rate of the source, full scale 1.0.
    overflowed : bool
        Sound before or in this block was lost.
    """

    samples: FloatArray
    overflowed: bool = False


class AudioSource(Protocol):
    """Something that delivers sound as time goes by.

    `start` may take a while; `read` and `cue` never do. One thread uses a source at a time.
    """

    name: str
    sample_rate: int

    def start(self) -> None:
        """Begin to deliver; raises AudioDeviceError when that cannot be."""

    def cue(self) -> None:
        """Take notice that somebody wants a word now: what plays a recording begins it."""

    def read(self) -> list[Block]:
        """Return what has come since the last call; raises AudioDeviceError when it ended."""

    def stop(self) -> None:
        """Stop delivering and free the device; may be called twice."""


@dataclass(frozen=True, slots=True)
class InputDevice:
    """An input device as the system lists it.

    Parameters
    ----------
    name, host_api : str
        Together they name a device from one start to the next; its index does not.
    index : int
        PortAudio's number of it, until the next scan.
    channels : int
        How many it has at the most.
    sample_rate : int
        The rate, in Hz, that it works at by default.
    is_default : bool
        Whether the system takes this one when none is chosen.
    """

    name: str
    host_api: str
    index: int
    channels: int
    sample_rate: int
    is_default: bool


def list_input_devices(rescan: bool = False) -> list[InputDevice]:
    """List the input devices, the system's own choices first.

    Parameters
    ----------
    rescan : bool
        PortAudio looks for devices once; this makes it look again. Every stream must be
        closed.

    Raises
    ------
    AudioDeviceError
        When the PortAudio library is missing or does not work.
    """
    sounddevice = import_sounddevice()
    try:
        if rescan:
            sounddevice._terminate()  # noqa: SLF001 - the only way (python-sounddevice#125)
            sounddevice._initialize()  # noqa: SLF001
        host_apis = sounddevice.query_hostapis()
        default = sounddevice.default.device[0]
        devices = [
            InputDevice(
                name=info["name"],
                host_api=host_apis[info["hostapi"]]["name"],
                index=index,
                channels=info["max_input_channels"],
                sample_rate=round(info["default_samplerate"]),
                is_default=index == default,
            )
            for index, info in enumerate(sounddevice.query_devices())
            if info["max_input_channels"] > 0
        ]
    except sounddevice.PortAudioError as error:
        raise AudioDeviceError(
            f"The audio system does not answer: {error}. Restart it, or the computer."
        ) from error
    # On Linux the sound server's devices work where raw hardware is often busy.
    servers = ("default", "pulse", "pipewire")
    return sorted(devices, key=lambda device: (not device.is_default, device.name not in servers))


def find_input_device(name: str, devices: list[InputDevice]) -> InputDevice:
    """Find a device by its name, or by a part of the name that no other shares.

    Raises
    ------
    AudioDeviceError
        When no device, or more than one, goes by that name.
    """
    if not devices:
        raise AudioDeviceError(
            "No microphone was found. Plug one in, or choose the demo or a sound file as source."
        )
    if name == DEFAULT:
        return devices[0]
    wanted = name.casefold()
    exact = [device for device in devices if device.name.casefold() == wanted]
    partly = [device for device in devices if wanted in device.name.casefold()]
    if exact:
        return exact[0]
    if not partly:
        names = ", ".join(sorted({device.name for device in devices}))
        raise AudioDeviceError(f"There is no input device “{name}”. There are: {names}.")
    if len({device.name for device in partly}) > 1:
        names = ", ".join(device.name for device in partly)
        raise AudioDeviceError(f"“{name}” may mean several input devices: {names}. Name one.")
    return partly[0]


class MicrophoneSource:
    """An input device heard through PortAudio, at its native rate, mono.

    Parameters
    ----------
    device_name : str
        As `find_input_device` takes it.
    rescan : bool
        Look for devices anew when starting; no other stream may be open.
    """

    def __init__(self, device_name: str = DEFAULT, rescan: bool = False) -> None:
        self.name = device_name
        self.sample_rate = 0
        self._rescan = rescan
        self._stream: Any = None
        self._blocks: deque[Block] = deque(maxlen=_MAX_BLOCKS)
        self._heard_at = 0.0
        self._patience = _FIRST_BLOCK_SECONDS
        self._lost = False

    def start(self) -> None:
        """Open the device; takes some hundred milliseconds on some systems.

        Raises
        ------
        AudioDeviceError
            When there is no such device or it cannot be opened in any way.
        """
        sounddevice = import_sounddevice()
        device = find_input_device(self.name, list_input_devices(self._rescan))
        self.name = device.name
        self._stream = self._open(sounddevice, device)
        self.sample_rate = round(self._stream.samplerate)
        self._heard_at = time.monotonic()
        self._patience = _FIRST_BLOCK_SECONDS
        self._stream.start()

    def _open(self, sounddevice: Any, device: InputDevice) -> Any:
        """Open a stream in the first way the device accepts."""
        rates = dict.fromkeys((device.sample_rate, *_FALLBACK_RATES))
        error: Exception | None = None
        for rate in rates:
            for channels in dict.fromkeys((1, min(2, device.channels), device.channels)):
                try:
                    return sounddevice.InputStream(
                        device=device.index,
                        channels=channels,
                        samplerate=rate,
                        blocksize=round(rate * _BLOCK_SECONDS),
                        latency="high",
                        dtype="float32",
                        callback=self._on_block,
                    )
                except sounddevice.PortAudioError as refused:
                    error = error or refused
        raise AudioDeviceError(
            f"“{device.name}” cannot be opened ({error}). Another program may be using it: "
            "close that one, or choose another input."
        ) from error

    def _on_block(self, data: FloatArray, _frames: int, _time: object, status: Any) -> None:
        """PortAudio's thread: copy and enqueue, nothing else."""
        mono = data[:, 0].copy() if data.shape[1] == 1 else data.mean(axis=1, dtype=np.float32)
        if len(self._blocks) == _MAX_BLOCKS:
            self._lost = True
        self._blocks.append(Block(mono, bool(status.input_overflow)))

    def cue(self) -> None:
        """Do nothing: a person speaks when they like."""

    def read(self) -> list[Block]:
        """Return the blocks that came since the last call.

        Raises
        ------
        AudioDeviceError
            When the device is gone: it stopped the stream, or sent nothing for a while.
        """
        blocks = [self._blocks.popleft() for _ in range(len(self._blocks))]
        now = time.monotonic()
        if blocks:
            self._heard_at = now
            self._patience = _GONE_SECONDS
            if self._lost:
                self._lost = False
                blocks[0] = Block(blocks[0].samples, overflowed=True)
        elif (
            self._stream is None or not self._stream.active or now - self._heard_at > self._patience
        ):
            raise AudioDeviceError(SoundProblem.DEVICE_GONE.sentence)
        return blocks

    def stop(self) -> None:
        """Close the device."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)
        self._blocks.clear()


class ClipSource:
    """Recordings played in real time: one a cue, and a quiet room in between.

    Parameters
    ----------
    name : str
    clips : iterable of AudioClip
        Played in turn, again and again.
    clock : callable
        Seconds that pass.

    Raises
    ------
    ValueError
        When there is no clip.
    """

    def __init__(
        self, name: str, clips: Iterable[AudioClip], clock: Callable[[], float] = time.monotonic
    ) -> None:
        clips = list(clips)
        if not clips:
            raise ValueError("at least one clip is needed")
        self.name = name
        self.sample_rate = clips[0].sample_rate
        self._clips: Iterator[AudioClip] = cycle(c.resampled(self.sample_rate) for c in clips)
        self._clock = clock
        self._random = np.random.default_rng(0)
        self._started = 0.0
        self._delivered = 0
        self._playing = np.zeros(0, np.float32)

    def start(self) -> None:
        """Begin with the quiet room."""
        self._started = self._clock()
        self._delivered = 0

    def cue(self) -> None:
        """Play the next recording, after a moment."""
        before = np.zeros(round(_CUE_SECONDS * self.sample_rate), np.float32)
        self._playing = np.concatenate([before, next(self._clips).samples])

    def read(self) -> list[Block]:
        """Return what has played since the last call."""
        due = round((self._clock() - self._started) * self.sample_rate) - self._delivered
        if due <= 0:
            return []
        self._delivered += due
        samples = self._random.standard_normal(due, np.float32) * _ROOM_TONE
        played, self._playing = self._playing[:due], self._playing[due:]
        samples[: played.size] += played
        return [Block(samples)]

    def stop(self) -> None:
        """Forget what was to be played."""
        self._playing = self._playing[:0]


def file_source(path: Path) -> ClipSource:
    """Return a source that plays a file's loudest second at every cue.

    Raises
    ------
    SoundFileError
        When the file cannot be read.
    """
    return ClipSource(path.name, [read_second(path).recorded])


def demo_source() -> ClipSource:
    """Return the built-in source: the sample clips, one after another.

    Raises
    ------
    SoundFileError
        When the samples are missing from the installation.
    """
    paths = find_sound_files(SAMPLES)
    if not paths:
        raise SoundFileError(f"The sample clips are missing from {SAMPLES}: install again.")
    return ClipSource("Demo", [read_second(path).recorded for path in paths])


def open_source(name: str, rescan: bool = False) -> AudioSource:
    """Return the source that a person means; it is not started yet.

    Parameters
    ----------
    name : str
        ``default`` (the system's microphone), ``demo``, the path of a sound file, or the
        name of an input device.
    rescan : bool
        For a device: look for devices anew when starting.

    Raises
    ------
    SoundFileError
        When it is a file that cannot be read.
    """
    if name == DEMO:
        return demo_source()
    path = Path(name).expanduser()
    if name != DEFAULT and path.is_file():
        return file_source(path)
    return MicrophoneSource(name, rescan)


def import_sounddevice() -> Any:
    """Import sounddevice, which loads PortAudio at once."""
    try:
        import sounddevice
    except OSError as error:
        how = {
            "linux": "Install it (on Debian and Ubuntu: sudo apt install libportaudio2)",
            "darwin": "Install it (brew install portaudio)",
        }.get(sys.platform, "Install the package sounddevice again")
        raise AudioDeviceError(
            f"The PortAudio library is missing, so no microphone can be used. {how} and start "
            "again. Files and the demo work without it."
        ) from error
    return sounddevice
