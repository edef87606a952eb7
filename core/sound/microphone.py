"""Input devices, the microphone, and playing: all that is done through PortAudio.

Devices come and go. PortAudio lists them once, so a listing can be asked to look again; a
device is known by its name and never by its number.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import AudioDeviceError
from core.sound.clip import Block
from core.sound.levels import SoundProblem
from core.sound.sources import DEFAULT

if TYPE_CHECKING:
    from core.sound.clip import AudioClip, FloatArray


_BLOCK_SECONDS = 0.02
_GONE_SECONDS = 1.5
_FIRST_BLOCK_SECONDS = 10.0  # some devices wake up slowly
_MAX_BLOCKS = 1500  # 30 s: enough for any pause of the reader, and bounded
_FALLBACK_RATES = (48000, 44100, 16000, 8000)
_POWER_KEPT = np.float32(0.9)  # a block: the louder channel is followed within 0.2 s


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
        self._powers = np.zeros(1, np.float32)
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
        self._powers = np.zeros(self._stream.channels, np.float32)
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
        raise _cannot_be_opened(device, error) from error

    def _on_block(self, data: FloatArray, _frames: int, _time: object, status: Any) -> None:
        """PortAudio's thread: copy and enqueue, nothing else."""
        mono = data[:, 0].copy() if data.shape[1] == 1 else self._mix(data)
        if len(self._blocks) == _MAX_BLOCKS:
            self._lost = True
        self._blocks.append(Block(mono, bool(status.input_overflow)))

    def _mix(self, data: FloatArray) -> FloatArray:
        """Mix the channels, each by its share of the power.

        The average of 32 channels, of which one is plugged in, would be 30 dB too soft.
        """
        self._powers = _POWER_KEPT * self._powers + np.square(data).sum(axis=0)
        power = self._powers.sum()
        if not 0 < power < np.inf:  # exact zeros, or a driver's values that are not numbers
            self._powers = np.zeros_like(self._powers)
            return np.asarray(data.mean(axis=1), np.float32)
        return np.asarray(data @ (self._powers / power), np.float32)

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


def _cannot_be_opened(device: InputDevice, error: Exception | None) -> AudioDeviceError:
    return AudioDeviceError(
        f"“{device.name}” cannot be opened ({error}). Another program may be using it: "
        "close that one, or choose another input."
    )


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


def play(clip: AudioClip) -> float:
    """Play a clip and return at once; a clip that is still playing is stopped.

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
        rate = round(sounddevice.query_devices(kind="output")["default_samplerate"])
        sounddevice.play(clip.resampled(rate).samples, rate)
        return float(sounddevice.get_stream().latency)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AudioDeviceError(
            f"The sound cannot be played ({error}). Check the system's sound output."
        ) from error


def stop() -> None:
    """Stop what is playing, if anything is."""
    import_sounddevice().stop()
