"""A root file system without Python: what every desktop has, and a bundle, and no more.

It has the C library, the graphics and sound libraries that a bundle leaves to the machine, a font,
and ALSA's configuration. A program is run in it in namespaces of its own, without being root.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
_OF_A_DESKTOP = (
    "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0",
    "librt.so.1", "libutil.so.1", "libresolv.so.2", "libcrypt.so.1", "libEGL.so.1", "libGL.so.1",
    "libGLX.so.0", "libGLdispatch.so.0", "libOpenGL.so.0", "libxcb.so.1", "libwayland-client.so.0",
    "libwayland-cursor.so.0", "libwayland-egl.so.1", "libXau.so.6", "libXdmcp.so.6",
    "libz.so.1", "libbsd.so.0", "libmd.so.0", "libX11.so.6", "libdrm.so.2", "libffi.so.8",
)  # fmt: skip
_INSIDE = "/opt/program"
_ENTER = f"""
for one in dev proc tmp; do mount --rbind "/$one" "$1/$one" || exit 120; done
mount --bind "$2" "$1{_INSIDE}" || exit 120
root=$1
shift 2
exec chroot "$root" {_INSIDE}/spoken-digits "$@"
"""


def why_not() -> str | None:
    """Say why there can be no bare root here, or None when there can."""
    if sys.platform != "linux" or not (_LIBRARIES / "libc.so.6").exists():
        return "a bare root is made of the libraries of Debian on x86-64"
    if not (_LIBRARIES / "libasound.so.2").exists():
        return "ALSA is not installed"
    done = subprocess.run(["unshare", "-Urm", "true"], capture_output=True, text=True, check=False)
    return done.stderr.strip() or None


class BareRoot:
    """Runs a bundle where there is nothing else.

    Parameters
    ----------
    folder : Path
        Where the root is made.
    bundle : Path
        The folder that was built.
    """

    def __init__(self, folder: Path, bundle: Path) -> None:
        self.folder = folder
        self._bundle = bundle
        for name in ("dev", "home", "proc", "tmp", "usr/share/fonts", "etc", _INSIDE[1:]):
            (folder / name).mkdir(parents=True)
        (folder / "lib64").mkdir()
        libraries = folder / _LIBRARIES.relative_to("/")
        libraries.mkdir(parents=True)
        (folder / "lib").symlink_to("usr/lib")
        sound = [_LIBRARIES / "libasound.so.2", *(_LIBRARIES / "alsa-lib").glob("*pulse*.so")]
        files = {_LIBRARIES / name for name in _OF_A_DESKTOP if (_LIBRARIES / name).exists()}
        for file in files | {path for one in sound for path in _needed_by(one)}:
            shutil.copy(file, libraries)
        (libraries / "alsa-lib").mkdir()
        for file in sound[1:]:
            shutil.copy(file, libraries / "alsa-lib")
        shutil.copy("/lib64/ld-linux-x86-64.so.2", folder / "lib64")
        shutil.copytree("/usr/share/alsa", folder / "usr/share/alsa")
        shutil.copytree("/etc/fonts", folder / "etc/fonts")
        shutil.copytree("/usr/share/fonts/truetype/dejavu", folder / "usr/share/fonts/dejavu")
        (folder / "etc/passwd").write_text("root:x:0:0::/home:/bin/false\n")

    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the program to its end; ``/tmp`` is that of this machine."""
        with self.start(*arguments, **environment) as process:
            try:
                out, err = process.communicate(timeout=300)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def start(self, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        """Start the program; what is started becomes it, so that signals reach it."""
        inherited = (
            "PATH",
            "DISPLAY",
            "ALSA_CONFIG_PATH",
            "PULSE_SERVER",
            "PULSE_RUNTIME_PATH",
            "XDG_RUNTIME_DIR",
        )
        env = {name: os.environ[name] for name in inherited if name in os.environ}
        command = ["unshare", "-Urm", "sh", "-c", _ENTER, "sh", self.folder, self._bundle]
        return subprocess.Popen(
            [*command, *map(str, arguments)],
            env=env | {"HOME": "/home", "LANG": "C.UTF-8"} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def _needed_by(library: Path) -> set[Path]:
    listed = subprocess.run(["ldd", library], capture_output=True, text=True, check=True).stdout
    words = (line.split() for line in listed.splitlines() if "=> /" in line)
    return {library, *(Path(line[2]) for line in words)}
