"""Disks that are full, and folders that cannot be written."""

from pathlib import Path

import pytest

FULL = Path("/dev/full")
"""What is written to it meets a full disk."""

needs_full_disk = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


def not_writable_folder(tmp_path: Path) -> Path:
    """Return a folder that even the superuser, as whom tests may run, cannot write to."""
    if Path("/proc/self").is_dir():
        return Path("/proc/self")
    tmp_path.chmod(0o500)
    return tmp_path
