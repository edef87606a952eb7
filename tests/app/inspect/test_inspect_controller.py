import dataclasses
import shutil

import numpy as np
import pytest

from app.inspect.worker import collect
from app.library.clips import Clip
from app.shell.model_in_use import ModelInUse
from app.sound_view.picture import ViewSettings
from core.places import DEFAULT_MODEL, SAMPLES
from core.sound.levels import SoundProblem
from core.sound.picture import PictureConfig
from core.sound.sound_file import never
from tests.helpers.bundles import copy_bundle
from tests.helpers.clips import heard
from tests.helpers.sounds import noise, sample_clip, tone, word, write


class Told:
    """Keeps what the signals of a controller brought."""

    def __init__(self, controller):
        self.shown, self.failures, self.heard, self.items = [], [], {}, []
        self.refined, self.spans, self.searching, self.said = [], [], [], []
        controller.clip_shown.connect(self.shown.append)
        controller.clip_failed.connect(lambda item, text: self.failures.append((item.name, text)))
        controller.hearing.heard.connect(self.note)
        controller.items_changed.connect(lambda items, text: self.items.append((items, text)))
        controller.closer.picture_refined.connect(lambda _, picture: self.refined.append(picture))
        controller.closer.measured.connect(lambda *spans: self.spans.append(spans))
        controller.searching_changed.connect(self.searching.append)
        controller.failed.connect(self.said.append)

    def note(self, clips):
        self.heard.update({clip.name: clip for clip in clips})


@pytest.fixture
def told(inspecting):
    return Told(inspecting)


def is_idle(controller):
    return not controller._idle.isActive() and controller._runner._pending == 0


def open_and_wait(qtbot, controller, *paths):
    controller.open_paths(list(paths))
    qtbot.waitUntil(lambda: controller.shown is not None, timeout=5000)


def test_a_folder_is_listed_by_the_names_in_it_and_its_first_clip_is_shown(
    qtbot, inspecting, told, folder
):
    open_and_wait(qtbot, inspecting, folder)
    assert [(item.folder, item.name, item.named) for item in inspecting.items][:2] == [
        ("five", "ann_nohash_five.wav", "five"),
        ("four", "ann_nohash_four.wav", "four"),
    ]
    assert told.shown[0].prediction.best == "five"
    assert told.searching == [True, False]


def test_the_next_clip_is_there_at_once_because_it_was_opened_before(
    qtbot, inspecting, told, folder
):
    open_and_wait(qtbot, inspecting, folder)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    for row in (1, 2):
        inspecting.walk(1)
        assert told.shown[-1].item is inspecting.items[row]
    inspecting.walk(-1)
    assert told.shown[-1].item is inspecting.items[1]
    inspecting.walk(-100)
    assert inspecting.row == 0
    inspecting.walk(100)
    assert inspecting.row == len(inspecting.items) - 1


def test_only_rows_that_are_seen_are_looked_into(qtbot, inspecting, told, folder):
    open_and_wait(qtbot, inspecting, folder)
    inspecting.look_at(inspecting.items[:4])
    qtbot.waitUntil(lambda: is_idle(inspecting) and len(told.heard) >= 4, timeout=5000)
    assert len(told.heard) == 4
    found = told.heard["ann_nohash_four.wav"]
    assert (found.best, found.seconds) == ("four", 1.0)
    assert 0 < found.confidence <= 1


def test_what_was_seen_of_the_list_before_is_heard_no_more(qtbot, inspecting, told, folder):
    open_and_wait(qtbot, inspecting, folder)
    inspecting.look_at(inspecting.items)
    qtbot.waitUntil(lambda: is_idle(inspecting) and len(told.heard) == 6, timeout=5000)
    told.heard.clear()
    inspecting.show_items([Clip("Demo", sound=sample_clip("one"))])
    qtbot.waitUntil(lambda: inspecting.shown is not None, timeout=5000)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert list(told.heard) == ["Demo"]


def test_a_list_that_is_scrolled_or_sorted_changes_nothing_in_the_picture(
    qtbot, inspecting, told, folder
):
    open_and_wait(qtbot, inspecting, folder)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    told.spans.clear()
    inspecting.look_at(inspecting.items[:4])
    inspecting.set_order(inspecting.items[::-1])
    qtbot.waitUntil(lambda: is_idle(inspecting) and len(told.heard) >= 4, timeout=5000)
    assert told.spans == []


def test_what_is_opened_still_is_not_shown_when_the_list_has_gone(qtbot, inspecting, told):
    for end in (lambda: inspecting.show_items([]), inspecting.clear):
        inspecting.show_items([Clip("Demo", sound=sample_clip("one"))])
        end()
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert inspecting.shown is None
    assert told.shown == []


def test_a_file_that_vanishes_after_listing_says_so(qtbot, inspecting, told, folder):
    open_and_wait(qtbot, inspecting, folder)
    gone = inspecting.items[-1]
    gone.path.unlink()
    inspecting.show(len(inspecting.items) - 1)
    qtbot.waitUntil(lambda: bool(told.failures), timeout=5000)
    assert told.failures[0][0] == gone.name
    assert "There is no file" in told.failures[0][1]
    assert "There is no file" in told.heard[gone.name].problem
    inspecting.show(0)
    assert inspecting.shown is not None


def test_bad_files_are_rows_with_a_reason_and_never_stop_the_walk(
    qtbot, inspecting, told, tmp_path
):
    (tmp_path / "a_text.wav").write_text("no sound")
    (tmp_path / "b_empty.wav").touch()
    write(tmp_path / "c_nan.wav", np.full(100, np.nan, np.float32), subtype="FLOAT")
    write(tmp_path / "d_zeros.wav", np.zeros(8000, np.float32))
    stereo = np.column_stack([tone(rate=44100, seconds=0.5)] * 2)
    write(tmp_path / "e_stereo.wav", stereo, 44100, "PCM_24")
    inspecting.open_paths([tmp_path])
    qtbot.waitUntil(lambda: bool(told.failures), timeout=5000)
    inspecting.look_at(inspecting.items[:5])
    for row in range(1, 5):
        inspecting.show(row)
        qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert [name for name, _ in told.failures] == ["a_text.wav", "b_empty.wav", "c_nan.wav"]
    zeros, stereo = told.shown
    assert zeros.prediction.problem is SoundProblem.ALL_ZEROS
    assert stereo.clip.sample_rate == 8000
    assert stereo.clip.seconds == 1
    assert "silence was added" in stereo.note
    assert told.heard["e_stereo.wav"].seconds == pytest.approx(0.5)


def test_of_a_long_file_all_is_shown_and_the_model_is_given_its_loudest_second(
    qtbot, inspecting, told, tmp_path
):
    samples = np.concatenate([noise(20, amplitude=0.001), word(), noise(5, amplitude=0.001)])
    open_and_wait(qtbot, inspecting, write(tmp_path / "long.wav", samples))
    shown = inspecting.shown
    assert shown.clip.seconds == pytest.approx(26)
    assert 19.9 < shown.take_start < 21
    first = round(shown.take_start * 8000)
    np.testing.assert_array_equal(shown.clip.samples[first : first + 8000], shown.take.samples)
    assert inspecting.navigation.length == pytest.approx(26)


def test_looking_closer_at_a_long_file_draws_it_with_the_hop_of_the_settings(
    qtbot, inspecting, told, tmp_path
):
    samples = np.concatenate([noise(30, amplitude=0.001), word()])
    open_and_wait(qtbot, inspecting, write(tmp_path / "long.wav", samples))
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert inspecting.shown.picture.seconds_per_column > 0.004
    inspecting.navigation.show_range(30, 31)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    picture = told.refined[-1]
    assert picture.seconds_per_column == pytest.approx(0.004)
    assert picture.first_seconds <= 30
    assert picture.value_at(30.999, 5) is not None


def test_the_span_or_what_is_visible_is_measured(qtbot, inspecting, told, tmp_path):
    samples = np.concatenate([tone(500, 0.5, amplitude=0.1), tone(2000, 0.5, amplitude=0.5)])
    open_and_wait(qtbot, inspecting, write(tmp_path / "two.wav", samples))
    inspecting.navigation.select(0.1, 0.4)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    span, pinned = told.spans[-1]
    assert pinned is None
    assert span.seconds == pytest.approx(0.3)
    assert span.peak_dbfs == pytest.approx(-20, abs=0.1)
    assert span.frequencies[np.argmax(span.spectrum_dbfs)] == pytest.approx(500, abs=8)
    inspecting.navigation.clear_span()
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert told.spans[-1][0].peak_dbfs == pytest.approx(-6, abs=0.1)


def test_a_pinned_clip_stays_while_others_are_walked_through(qtbot, inspecting, told, folder):
    open_and_wait(qtbot, inspecting, folder)
    first = inspecting.shown
    inspecting.pin()
    inspecting.walk(1)
    qtbot.waitUntil(lambda: inspecting.shown is not first, timeout=5000)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert inspecting.pinned is first
    assert all(span is not None for span in told.spans[-1])
    inspecting.unpin()
    assert inspecting.pinned is None


def test_other_settings_change_both_pictures_and_no_answer(qtbot, inspecting, folder):
    open_and_wait(qtbot, inspecting, folder)
    inspecting.pin()
    before = inspecting.shown
    config = PictureConfig(n_mels=40, normalisation="z-score")
    inspecting.set_settings(ViewSettings(picture=config))
    qtbot.waitUntil(
        lambda: all(
            clip.picture.values.shape[0] == 40 for clip in (inspecting.shown, inspecting.pinned)
        ),
        timeout=5000,
    )
    assert inspecting.shown.prediction is before.prediction
    assert inspecting.shown.picture.values.mean() == pytest.approx(0, abs=1e-3)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    inspecting.walk(1)
    assert inspecting.shown.picture.values.shape[0] == 40


def test_a_sound_can_be_seen_at_its_own_rate(qtbot, inspecting, tmp_path):
    path = write(tmp_path / "high.wav", tone(9000, rate=44100), 44100)
    open_and_wait(qtbot, inspecting, path)
    picture = PictureConfig(fmax=20000)
    inspecting.set_settings(ViewSettings(picture=picture, as_recorded=True))
    qtbot.waitUntil(lambda: inspecting.shown.clip.sample_rate == 44100, timeout=5000)
    picture = inspecting.shown.picture
    row = int(np.argmax(picture.values.mean(axis=1)))
    assert float(picture.frequency_of(row)) == pytest.approx(9000, rel=0.05)
    assert inspecting.shown.take.sample_rate == 8000


def test_another_model_is_asked_about_what_is_open(qtbot, inspecting, told, folder, tmp_path):
    open_and_wait(qtbot, inspecting, folder)
    careful = copy_bundle(tmp_path / "careful", threshold=1.0, name="careful")
    inspecting.model.use(careful)
    qtbot.waitUntil(lambda: inspecting.model.current.metadata.name == "careful", timeout=5000)
    qtbot.waitUntil(lambda: inspecting.shown.prediction.threshold == 1.0, timeout=5000)
    assert inspecting.shown.prediction.label is None


def test_a_model_that_cannot_be_loaded_leaves_the_one_before(qtbot, inspecting, told, tmp_path):
    broken = copy_bundle(tmp_path / "broken")
    (broken / "model.tflite").write_bytes(b"broken")
    said = []
    inspecting.model.failed.connect(said.append)
    inspecting.model.use(broken)
    qtbot.waitUntil(lambda: bool(said), timeout=5000)
    assert "cannot be loaded" in said[0]
    assert inspecting.model.current.metadata.name == DEFAULT_MODEL.name


def test_an_empty_folder_says_so(qtbot, inspecting, told, tmp_path):
    inspecting.open_paths([tmp_path])
    qtbot.waitUntil(lambda: bool(told.items), timeout=5000)
    items, sentence = told.items[0]
    assert items == []
    assert "no sound file" in sentence


def test_a_search_can_be_cancelled_and_the_list_stays(qtbot, inspecting, told, folder):
    open_and_wait(qtbot, inspecting, folder)
    before = inspecting.items
    inspecting.open_paths([SAMPLES])
    inspecting.cancel_search()
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert inspecting.items is before
    assert told.searching[-1] is False


def test_takes_in_memory_are_inspected_like_files(qtbot, inspecting):
    item = Clip("Demo", sound=sample_clip("four"))
    lost = dataclasses.replace(heard("four"), problem=SoundProblem.OVERFLOWED)
    inspecting.show_items([item, Clip("Demo", sound=item.sound, prediction=lost)], 1)
    qtbot.waitUntil(lambda: inspecting.shown is not None, timeout=5000)
    assert inspecting.shown.prediction.problem is SoundProblem.OVERFLOWED
    inspecting.walk(-1)
    qtbot.waitUntil(lambda: inspecting.shown.prediction.label == "four", timeout=5000)


def test_without_a_model_there_is_a_picture_all_the_same(qtbot, folder, settings):
    from app.inspect.controller import InspectController

    model = ModelInUse(settings)
    controller = InspectController(ViewSettings(), model)
    open_and_wait(qtbot, controller, folder)
    assert controller.shown.prediction is None
    assert controller.shown.item.best == ""
    controller.close()
    model.runner.close()


def test_closing_does_not_wait_for_what_is_still_to_be_done(qtbot, tmp_path, model):
    from app.inspect.controller import InspectController

    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        shutil.copy(SAMPLES / "one.wav", folder / f"{number}.wav")
    controller = InspectController(ViewSettings(), model)
    open_and_wait(qtbot, controller, folder)
    controller.look_at(controller.items)
    controller.close()
    assert sum(map(controller.hearing.knows, controller.items)) < 200


def test_long_neighbours_that_do_not_fit_are_not_opened_over_and_over(
    qtbot, inspecting, told, folder, monkeypatch
):
    monkeypatch.setattr("app.inspect.worker._KEPT_SAMPLES", 8000)
    opened = []
    really = inspecting._worker.open
    monkeypatch.setattr(
        inspecting._worker, "open", lambda *a: opened.append(a[0].name) or really(*a)
    )
    open_and_wait(qtbot, inspecting, folder)
    qtbot.waitUntil(lambda: is_idle(inspecting), timeout=5000)
    assert len(opened) == 3
    inspecting.walk(1)
    qtbot.waitUntil(lambda: inspecting.shown.item is inspecting.items[1], timeout=5000)


def test_names_say_what_was_said_only_where_they_can_mean_nothing_else(tmp_path):
    names = {
        "seven.wav": "seven",
        "7_ann_3.wav": "seven",
        "seven_2.wav": "seven",
        "2_2024_3.wav": None,
        "ann_nohash_0.wav": None,
        "holiday.wav": None,
    }
    paths = [tmp_path / name for name in names] + [tmp_path / "nine" / "ann_nohash_0.wav"]
    clips = collect(paths, never)
    assert [clip.named for clip in clips] == [*names.values(), "nine"]
    assert [clip.folder for clip in clips] == [*[""] * len(names), "nine"]
    assert {clip.data_set for clip in clips} == {None}


def test_folders_are_words_only_of_a_data_set(tmp_path):
    for name in ("data/speech/one/a_nohash_0.wav", "data/speech/two/b.wav", "data/speech/up/c.wav"):
        write(tmp_path / name, noise())
    for name in ("diary/spring/monday.wav", "diary/spring/four.wav", "diary/summer/friday.wav"):
        write(tmp_path / name, noise())
    found = collect([tmp_path / "data"], never)
    assert [(clip.folder, clip.named) for clip in found] == [
        ("one", "one"),
        ("two", "two"),
        ("up", "up"),
    ]
    assert {clip.data_set for clip in found} == {tmp_path / "data"}
    found = collect([tmp_path / "diary"], never)
    assert [(clip.folder, clip.name, clip.named) for clip in found] == [
        ("spring", "four.wav", "four"),
        ("spring", "monday.wav", None),
        ("summer", "friday.wav", None),
    ]
    assert {clip.data_set for clip in found} == {None}
    assert collect([tmp_path / "diary"], never, ("spring", "summer"))[1].named == "spring"
    both = collect([tmp_path / "data", tmp_path / "diary"], never)
    assert [clip.folder for clip in both[2:4]] == ["data/speech/up", "diary/spring"]
