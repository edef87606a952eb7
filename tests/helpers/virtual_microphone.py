"""A microphone without hardware: what is played into a PulseAudio sink, PortAudio hears.

No root, no sound card, and nothing of the user's is touched: the sound server has its own
runtime folder, and ALSA is pointed to it by a configuration file of its own.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np

from tests.helpers.sounds import noise, write

_ALSA = """</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
_SINK = "module-null-sink sink_name=virtual_mic rate=48000"


def why_not() -> str | None:
    """Say why there can be no virtual microphone here, or None when there can."""
    for program in ("pulseaudio", "paplay", "pactl"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    if not Path("/usr/share/alsa/alsa.conf").exists():
        return "ALSA is not installed"
    return None


class VirtualMicrophone:
    """A sound server of its own with one sink, whose monitor is the default input."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._old: dict[str, str | None] = {}

    def start(self) -> None:
        """Start the server, point this process to it, and let a quiet room sound."""
        runtime = self._folder / "run"
        runtime.mkdir(mode=0o700, parents=True)
        alsa = self._folder / "asound.conf"
        alsa.write_text(_ALSA)
        settings = {
            "XDG_RUNTIME_DIR": runtime,
            "PULSE_RUNTIME_PATH": runtime / "pulse",
            "PULSE_SERVER": f"unix:{runtime / 'pulse' / 'native'}",
            "ALSA_CONFIG_PATH": alsa,
            "HOME": self._folder,
        }
        for name, value in settings.items():
            self._old[name] = os.environ.get(name)
            os.environ[name] = str(value)
        settings = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        modules = ["-L", "module-native-protocol-unix", "-L", _SINK]
        self._run("pulseaudio", *settings, *modules)
        self._wait_for_server()
        self._play_room()

    def unplug(self) -> None:
        """Take the microphone away."""
        self.control("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Put the microphone back; the quiet room sounds again."""
        self.control("load-module", *_SINK.split())
        self._play_room()

    def play(self, samples, rate=8000) -> None:
        """Begin to play samples into the microphone."""
        path = write(self._folder / f"play{time.monotonic_ns()}.wav", np.asarray(samples), rate)
        self._run("paplay", "--device=virtual_mic", str(path))

    def control(self, *arguments: str) -> str:
        """Call pactl: load, unload, mute, suspend."""
        return subprocess.run(
            ["pactl", *arguments], check=True, capture_output=True, text=True, timeout=10
        ).stdout

    def stop(self) -> None:
        """End what was started and forget it."""
        for process in reversed(self._processes):
            process.terminate()
            process.wait(timeout=10)
        for name, value in self._old.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def _play_room(self) -> None:
        self.play(noise(60, 48000, 0.0005), 48000)

    def _run(self, *command: str) -> None:
        quiet = subprocess.DEVNULL
        self._processes.append(subprocess.Popen(command, stdout=quiet, stderr=quiet))

    def _wait_for_server(self) -> None:
        for _ in range(100):
            done = subprocess.run(["pactl", "info"], capture_output=True)
            if done.returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("the sound server did not start")
