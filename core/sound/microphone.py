"""Input devices, the microphone, and playing: all that is done through PortAudio.

Devices come and go. PortAudio lists them once, so a listing can be asked to look again; a
device is known by its name, and among equal ones by which of them, but never by its number.

There is one PortAudio in a process. Looking again ends every stream in it, so that waits while
one of them is heard, or plays; and its calls are made one at a time, whatever thread makes them.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import numpy as np

from core.errors import AudioDeviceError
from core.sentences import say
from core.sound.clip import Block, Mixer, on_plateau
from core.sound.levels import SoundProblem

if TYPE_CHECKING:
    from core.sound.clip import AudioClip, FloatArray


DEFAULT = "default"
"""Stands for the device that the system takes."""

_BLOCK_SECONDS = 0.02
_GONE_SECONDS = 1.5
_FIRST_BLOCK_SECONDS = 10.0  # some devices wake up slowly
_MAX_BLOCKS = 1500  # 30 s: enough for any pause of the reader, and bounded
_FALLBACK_RATES = (48000, 44100, 16000, 8000)
_POWER_KEPT = 0.9  # a block: the louder channel is followed within 0.2 s
_audio = RLock()  # held by whoever calls PortAudio
_heard: WeakSet[Any] = WeakSet()  # the input streams that are open


@dataclass(frozen=True, slots=True)
class InputDevice:
    """An input device as the system lists it.

    Parameters
    ----------
    name, host_api : str
    which : int
        Of the devices that have this name in this host API, from 1 on. The three together name
        a device from one start to the next; its index does not.
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
    which: int = 1

    @property
    def title(self) -> str:
        """What it is chosen by: its name, with a number where others have the same."""
        return self.name if self.which == 1 else f"{self.name} #{self.which}"


def list_input_devices(rescan: bool = False) -> list[InputDevice]:
    """List the input devices, the system's own choices first.

    Parameters
    ----------
    rescan : bool
        PortAudio looks for devices once; this makes it look again, unless something is being
        heard, or is playing.

    Raises
    ------
    AudioDeviceError
        When the PortAudio library is missing or does not work.
    """
    sounddevice = import_sounddevice()
    devices = []
    equal: Counter[tuple[str, str]] = Counter()
    try:
        with _audio:
            if rescan and not _heard and not _is_playing(sounddevice):
                sounddevice.stop()  # what has played is still open
                with suppress(sounddevice.PortAudioError):  # it may have failed to begin before
                    sounddevice._terminate()  # noqa: SLF001 - the only way (python-sounddevice#125)
                sounddevice._initialize()  # noqa: SLF001
            host_apis = sounddevice.query_hostapis()
            default = sounddevice.default.device[0]
            listed = list(enumerate(sounddevice.query_devices()))
    except sounddevice.PortAudioError as error:
        raise AudioDeviceError(
            "The audio system does not answer: {reason}. Restart it, or the computer.",
            reason=str(error),
        ) from error
    for index, info in listed:
        if info["max_input_channels"] > 0:
            name, host_api = info["name"], host_apis[info["hostapi"]]["name"]
            equal[name, host_api] += 1
            devices.append(
                InputDevice(
                    name=name,
                    host_api=host_api,
                    index=index,
                    channels=info["max_input_channels"],
                    sample_rate=round(info["default_samplerate"]),
                    is_default=index == default,
                    which=equal[name, host_api],
                )
            )
    # On Linux the sound server's devices work where raw hardware is often busy.
    servers = ("default", "pulse", "pipewire")
    return sorted(devices, key=lambda device: (not device.is_default, device.name not in servers))


def find_input_device(name: str, devices: list[InputDevice]) -> InputDevice:
    """Find a device by its title, alone or with its host API, or by a part of its name.

    Parameters
    ----------
    name : str
        `DEFAULT`; or ``USB Mic``, ``USB Mic #2``, ``USB Mic (ALSA)``; or a part of a name that no
        other shares.
    devices : list of InputDevice

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
    exact = [
        device
        for device in devices
        if wanted in (device.title.casefold(), f"{device.title} ({device.host_api})".casefold())
    ]
    partly = [device for device in devices if wanted in device.name.casefold()]
    if exact:
        return exact[0]
    if not partly:
        names = ", ".join(sorted({device.title for device in devices}))
        raise AudioDeviceError(
            "There is no input device “{name}”. There are: {names}.", name=name, names=names
        )
    if len({device.name for device in partly}) > 1:
        names = ", ".join(device.title for device in partly)
        raise AudioDeviceError(
            "“{name}” may mean several input devices: {names}. Name one.", name=name, names=names
        )
    return partly[0]


class MicrophoneSource:
    """An input device heard through PortAudio, at its native rate, mono.

    Parameters
    ----------
    device_name : str
        As `find_input_device` takes it.
    rescan : bool
        Look for devices anew when starting.
    """

    is_device = True

    def __init__(self, device_name: str = DEFAULT, rescan: bool = False) -> None:
        self.name = device_name
        self.sample_rate = 0
        self._rescan = rescan
        self._stream: Any = None
        self._blocks: deque[Block] = deque(maxlen=_MAX_BLOCKS)
        self._mixer = Mixer(1)
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
        with _audio:
            device = find_input_device(self.name, list_input_devices(self._rescan))
            self.name = device.title
            self._stream = self._open(sounddevice, device)
            _heard.add(self._stream)
            self.sample_rate = round(self._stream.samplerate)
            self._heard_at = time.monotonic()
            self._patience = _FIRST_BLOCK_SECONDS
            self._mixer = Mixer(self._stream.channels, by_power=True, kept=_POWER_KEPT)
            try:
                self._stream.start()
            except sounddevice.PortAudioError as error:
                self.stop()
                raise _cannot_be_opened(device, error) from error

    def _open(self, sounddevice: Any, device: InputDevice) -> Any:
        """Open a stream in the first way the device accepts."""
        rates = dict.fromkeys((device.sample_rate, *_FALLBACK_RATES))
        error: Exception | None = None
        for rate in rates:
            # Two before one, of which the system would make one that may be silent.
            for channels in dict.fromkeys((min(2, device.channels), 1, device.channels)):
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
        raise _cannot_be_opened(device, error) from error

    def _on_block(self, data: FloatArray, _frames: int, _time: object, status: Any) -> None:
        """PortAudio's thread: copy and enqueue, nothing else."""
        channels = data.T.copy()
        clipped = int(np.count_nonzero(on_plateau(channels)))
        if len(self._blocks) == _MAX_BLOCKS:
            self._lost = True
        self._blocks.append(Block(self._mixer.mix(channels), bool(status.input_overflow), clipped))

    def cue(self) -> None:
        """Do nothing: a person speaks when they like."""

    def keep_playing(self, on: bool) -> None:
        """Do nothing, likewise."""

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
                blocks[0] = replace(blocks[0], overflowed=True)
        elif (
            self._stream is None or not self._stream.active or now - self._heard_at > self._patience
        ):
            raise AudioDeviceError("{problem}", problem=SoundProblem.DEVICE_GONE.sentence)
        return blocks

    def stop(self) -> None:
        """Close the device."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with _audio:
                stream.close(ignore_errors=True)
                _heard.discard(stream)
        self._blocks.clear()


def _cannot_be_opened(device: InputDevice, error: Exception | None) -> AudioDeviceError:
    return AudioDeviceError(
        "“{name}” cannot be opened ({reason}). Another program may be using it: close that one, "
        "or choose another input.",
        name=device.title,
        reason=str(error),
    )


def import_sounddevice() -> Any:
    """Import sounddevice, which loads PortAudio at once."""
    try:
        import sounddevice
    except OSError as error:
        how = {
            "linux": say("Install it (on Debian and Ubuntu: sudo apt install libportaudio2)"),
            "darwin": say("Install it (brew install portaudio)"),
        }.get(sys.platform, say("Install the package sounddevice again"))
        raise AudioDeviceError(
            "The PortAudio library is missing, so no microphone can be used. {how} and start "
            "again. Files and the demo work without it.",
            how=how,
        ) from error
    return sounddevice


def play(clip: AudioClip) -> float:
    """Play a clip and return at once; a clip that is still playing is stopped.

    One that exceeds full scale is turned down, because the output would cut it off.

    Returns
    -------
    float
        The seconds that pass until its first sample is heard, as far as the system tells.

    Raises
    ------
    AudioDeviceError
        When there is no output, or it cannot be opened.
    """
    sounddevice = import_sounddevice()
    try:
        with _audio:
            rate = round(sounddevice.query_devices(kind="output")["default_samplerate"])
            samples = clip.resampled(rate).samples
            sounddevice.play(samples / max(1, np.abs(clip.samples).max()), rate)
            return float(sounddevice.get_stream().latency)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AudioDeviceError(
            "The sound cannot be played ({reason}). Check the system's sound output.",
            reason=str(error),
        ) from error


def stop() -> None:
    """Stop what is playing, if anything is."""
    if "sounddevice" in sys.modules:
        with _audio:
            import_sounddevice().stop()


def _is_playing(sounddevice: Any) -> bool:
    try:
        return bool(sounddevice.get_stream().active)
    except (RuntimeError, sounddevice.PortAudioError):  # nothing was played yet, or it is gone
        return False
