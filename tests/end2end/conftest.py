import os

import pytest

from tests.helpers.virtual_microphone import VirtualMicrophone, why_not

REQUIRED = os.environ.get("SPOKEN_DIGITS_REQUIRE_VIRTUAL_MICROPHONE") == "1"


@pytest.fixture(autouse=True)
def no_questions(monkeypatch):
    """Let a window close that would lose something, without anybody to ask."""
    monkeypatch.setattr("app.main_window.may_quit", lambda *_: True)


@pytest.fixture
def virtual_microphone(tmp_path_factory):
    """A running virtual microphone; where there can be none, the test is skipped."""
    reason = why_not()
    if reason is None:
        try:
            import sounddevice  # noqa: F401
        except OSError as error:
            reason = str(error)
    if reason is not None:
        if REQUIRED:
            pytest.fail(f"the virtual microphone is required here, but {reason}")
        pytest.skip(reason)
    microphone = VirtualMicrophone(tmp_path_factory.mktemp("microphone"))
    microphone.start()
    try:
        yield microphone
    finally:
        microphone.stop()
