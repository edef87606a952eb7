"""``devices``: the inputs that can be recorded from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli import EXIT_OK
from core.cli.terminal import complain, tell, tell_json
from core.sound import microphone

if TYPE_CHECKING:
    import argparse

_KEYS = ("name", "host_api", "channels", "sample_rate", "is_default")


def run(args: argparse.Namespace) -> int:
    """Print a line for each input device."""
    devices = microphone.list_input_devices()
    for device in devices:
        if args.json:
            tell_json({key: getattr(device, key) for key in _KEYS})
        else:
            mark = "*" if device.is_default else " "
            tell(f"{mark} {device.name} ({device.host_api}, {device.sample_rate} Hz)")
    if not devices:
        complain("No input device was found.")
    return EXIT_OK
