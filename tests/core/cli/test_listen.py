import json

import numpy as np

from tests.core.cli.test_recognise import run
from tests.helpers.fake_source import FakeSource
from tests.helpers.sounds import noise, sample_clip, write


def spoken_file(path, *words):
    """Write a file in which digits are spoken a second apart."""
    samples = [noise(1.0, amplitude=0.0005)]
    samples += [sample_clip(word).samples + noise(1.0, amplitude=0.0005) for word in words]
    return write(path, np.repeat(np.concatenate(samples), 2), 16000)


def test_a_file_is_listened_to_as_fast_as_it_can_be(capsys, tmp_path):
    path = spoken_file(tmp_path / "said.wav", "four", "two", "one")
    status, lines, err = run(capsys, "listen", "--source", path, "--json")
    events = [json.loads(line) for line in lines]
    assert (status, err) == (0, "")
    assert [event["label"] for event in events] == ["four", "two", "one"]
    assert all(set(event) == {"time", "label", "confidence"} for event in events)
    for number, event in enumerate(events):
        assert number + 1 < event["time"] < number + 2
        assert 0.5 < event["confidence"] <= 1
    _, lines, _ = run(capsys, "listen", "--source", path)
    assert [line.split()[2] for line in lines] == ["four", "two", "one"]


def test_the_last_word_of_a_file_may_end_with_it(capsys, tmp_path):
    clip = sample_clip("four").samples
    last = np.flatnonzero(np.abs(clip) > 0.02)[-1]
    samples = np.concatenate([noise(1.0, amplitude=0.0005), clip[:last]])
    path = write(tmp_path / "four.wav", samples)
    _, lines, _ = run(capsys, "listen", "--source", path, "--json")
    assert [json.loads(line)["label"] for line in lines] == ["four"]


def test_a_file_that_is_no_sound_cannot_be_listened_to(capsys, tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    status, lines, err = run(capsys, "listen", "--source", tmp_path / "a.wav")
    assert (status, lines) == (2, [])
    assert "cannot be read as sound" in err


class Played:
    """What `time.sleep` is replaced with: every call, the next thing happens."""

    def __init__(self, *happenings):
        self._happenings = list(happenings)

    def __call__(self, _seconds):
        if not self._happenings:
            raise KeyboardInterrupt
        self._happenings.pop(0)()


def test_a_device_is_listened_to_until_ctrl_c_whatever_happens_to_it(capsys, monkeypatch):
    from core.cli import listen as listen_command

    source = FakeSource()
    asked = []

    def make(name, rescan=False):
        asked.append((name, rescan))
        return source

    def say(word, **faults):
        source.feed(sample_clip(word).samples + noise(1.0, amplitude=0.0005), **faults)

    def come_back():
        source._gone, source.refuses = False, None

    def vanish():
        source.vanish()
        source.refuses = "“Fake microphone” cannot be opened."

    happenings = (
        lambda: say("four"),
        lambda: source.feed(np.zeros(16000)),
        lambda: say("two", overflowed=True),
        vanish,
        lambda: None,
        come_back,
        lambda: say("one"),
        lambda: source.feed(noise(0.5, amplitude=0.0005)),
    )
    source.feed(noise(1.0, amplitude=0.0005))
    monkeypatch.setattr(listen_command, "open_source", make)
    monkeypatch.setattr(listen_command.time, "sleep", Played(*happenings))
    status, lines, err = run(capsys, "listen", "--source", "Fake microphone", "--json")
    assert status == 0
    assert [json.loads(line)["label"] for line in lines] == ["four", "two", "one"]
    said = err.splitlines()
    assert "only zeros" in said[0]
    assert "Sound was lost at 4.00 s" in said[1]
    assert "stopped delivering" in said[2]
    assert "The input is back" in said[3]
    assert asked[0] == ("Fake microphone", False)
    assert set(asked[1:]) == {("Fake microphone", True)}
    assert source.stopped >= 2


def test_a_device_that_cannot_be_opened_at_all_ends_the_command(capsys, monkeypatch):
    from core.cli import listen as listen_command

    source = FakeSource()
    source.refuses = "“Fake microphone” cannot be opened."
    monkeypatch.setattr(listen_command, "open_source", lambda _name: source)
    status, lines, err = run(capsys, "listen")
    assert (status, lines, err.strip()) == (2, [], source.refuses)
