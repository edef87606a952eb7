"""What is reported of a model in difficult sound, with a model whose answers are known."""

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from core.dataset.health import CorrectionReport, Side, SplitReport
from core.dataset.scan import scan
from core.errors import DataSetError
from core.evaluation.accuracy import evaluate
from core.evaluation.model_card import robustness_text, write_card
from core.evaluation.report import FalseAlarms, SpeakerFigures, TurnedDown
from core.evaluation.robustness import robustness, speaker_groups
from core.labels import SILENCE, UNKNOWN
from core.recognition.bundle import CARD_DATA_FILE, CARD_FILE
from core.recognition.metadata import (
    Adaptation,
    BeforeAndAfter,
    DataSource,
    Metrics,
    ModelMetadata,
)
from core.recognition.recogniser import Prediction
from core.records import to_json
from core.sentences import percent
from tests.helpers.sounds import noise, tone, write

LABELS = ("zero", "one", SILENCE, UNKNOWN)


class Listener:
    """Knows two words by their pitch, is sure of them, and hears noise and other words."""

    threshold = 0.5

    def __init__(self, labels=LABELS):
        self.bundle = SimpleNamespace(metadata=SimpleNamespace(labels=labels))

    def probabilities(self, samples):
        rows = np.zeros((len(samples), len(self.bundle.metadata.labels)), np.float32)
        for row, spectrum in zip(rows, np.abs(np.fft.rfft(samples)), strict=True):
            hertz = int(spectrum[1:].argmax()) + 1
            tonal = spectrum.max() > 20 * np.median(spectrum)
            row[{300: 0, 600: 1}.get(hertz, 3) if tonal else 2] = 1
        return rows[:, : len(rows[0])]

    def recognise(self, clip, problem=None):
        return Prediction(LABELS, self.probabilities(clip.samples[None])[0], 0.5, 1.0, problem)


@pytest.fixture
def folder(tmp_path):
    for label, hertz in (("zero", 300), ("one", 600), ("tree", 900)):
        for speaker in ("a", "b", "c"):
            for n in range(2):
                length = 1 - 0.05 * n - 0.01 * ord(speaker) % 0.05
                clip = np.pad(tone(hertz, length, amplitude=0.2), (0, 8000))[:8000]
                write(tmp_path / label / f"{speaker}_nohash_{n}.wav", clip)
    write(tmp_path / "one" / "wrong_nohash_0.wav", tone(900))
    write(tmp_path / "_background_noise_" / "hiss.wav", noise(4, amplitude=0.05))
    return tmp_path


@pytest.fixture
def recordings(folder):
    data_set = scan(folder)
    return [*data_set.recordings, *data_set.noise]


def test_the_report_of_a_known_case(recordings):
    told = []
    report = robustness(Listener(), recordings, Listener(), lambda *steps: told.append(steps))
    rows = {row.name: row for row in report.conditions}
    assert list(rows) == [
        "clean",
        *(f"noise at {snr} dB" for snr in (20, 10, 5, 0)),
        "100 ms earlier",
        "100 ms later",
        "12 dB fainter",
        "12 dB louder",
    ]
    assert rows["clean"].accuracy == rows["clean"].reference == pytest.approx(12 / 13, abs=1e-3)
    assert report.speakers == SpeakerFigures(4, 0.0, 1.0)
    assert report.rejection.words_accepted == pytest.approx(12 / 13, abs=1e-3)
    assert report.rejection.other_words.turned_down == 1
    assert report.rejection.noises == TurnedDown(1, 1.0)
    assert report.noise == FalseAlarms(round(4 / 3600, 3), 0)
    assert report.calibration.error == pytest.approx(1 / 13, abs=1e-3)
    assert told[-1][0] == told[-1][1]


def test_without_noise_and_other_words_the_rest_is_measured(recordings):
    words = [r for r in recordings if r.label in ("zero", "one")]
    report = robustness(Listener(), words)
    assert [row.name for row in report.conditions][:2] == ["clean", "100 ms earlier"]
    assert report.noise is None
    assert set(to_json(report.rejection)) == {"threshold", "words_accepted"}


def test_without_a_word_of_the_model_it_says_so(recordings):
    others = [r for r in recordings if r.label == "tree"]
    with pytest.raises(DataSetError, match="zero, one"):
        robustness(Listener(), others)


def test_other_words_count_as_unknown_where_a_model_knows_that(recordings):
    figures = evaluate(Listener(), recordings).report()
    assert figures.clips == 20
    assert figures.per_label[UNKNOWN].clips == 6
    assert figures.per_label[SILENCE].recall == 1
    assert figures.accuracy == pytest.approx(19 / 20)


def test_the_card_says_what_was_measured(recordings, tmp_path):
    report = robustness(Listener(), recordings, Listener())
    evaluation = replace(evaluate(Listener(), recordings).report(), robustness=report)
    side = Side(20, 4)
    metadata = ModelMetadata(
        name="mine",
        architecture="some-network",
        parameters=1234,
        labels=LABELS,
        created="2025-01-02T03:04:05",
        data_set=DataSource(
            name="voices",
            split=SplitReport("speaker", 0, side, side, side),
            corrections=CorrectionReport(relabelled=30),
        ),
        training={"also": ["more"]},
        metrics=Metrics(
            tested_on="people it never heard",
            adaptation=Adaptation(
                model="old", yours=BeforeAndAfter(8, 4, 7), corrections=CorrectionReport(bad=2)
            ),
        ),
        features=None,
        threshold=0.5,
    )
    card = tmp_path / "card"
    card.mkdir()
    write_card(card, metadata, evaluation, "Owed to the speakers of “voices”, CC BY 4.0.")
    text = (card / CARD_FILE).read_text(encoding="utf-8")
    for told in ("people it never heard", "CC BY 4.0", "silence and noise", "1,234", "more"):
        assert told in text
    assert f"{percent(19 / 20)} right" in text
    assert "30 clips count as other words than their names say." in text
    assert "7 are after. By the list of corrections, 2 bad clips are left out." in text
    assert robustness_text(report) in text
    assert (card / CARD_DATA_FILE).stat().st_size > 1000


def test_speakers_are_grouped_as_their_names_begin_or_stand_alone():
    names = ["am01", "am02", "am17", "0a7c2a8d", "1b4c9b89", "deadbeef", "maria", "mark", "martin"]
    clips = Counter(dict.fromkeys(names, 4)) | Counter(george=500)
    groups = speaker_groups(clips)
    assert {groups[name] for name in names[:3]} == {"am…"}
    assert {groups[name] for name in names[3:6]} == {"8 hex digits"}
    assert {groups[name] for name in names[6:]} == {""}
    assert groups["george"] == "george"


def test_who_is_understood_least_is_told(recordings):
    report = robustness(Listener(), recordings)
    (group,) = report.groups
    assert (group.name, group.speakers, group.clips) == ("others", 4, 13)
    assert group.right == group.answered == pytest.approx(12 / 13, abs=1e-3)
    assert group.interval[0] < group.right < group.interval[1]
    assert report.lowest == ()  # one clip of a person says nothing
    text = robustness_text(report)
    assert "| others | 4 | 13 | 92.3 % |" in text
    assert "least of whom" not in text
