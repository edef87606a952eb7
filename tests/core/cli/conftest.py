"""Commands as they are called."""

import sys

import pytest

from app.__main__ import main


def run(capfd, *arguments):
    """Run a command in this process; return the exit status, stdout, and stderr."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", None)  # pytest's cannot be read
        status = main([str(argument) for argument in arguments])
    return status, *capfd.readouterr()
