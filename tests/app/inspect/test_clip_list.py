"""The list of clips on the left of the Inspect tab."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.inspect.clip_list import ClipList
from app.library.bar import WRONG
from app.library.clips import Clip
from app.library.model import Column
from app.sound_view.picture import ViewSettings
from core.sound.picture import PictureConfig
from tests.helpers.clips import heard

COLUMNS = (Column.NAME, Column.HEARD, Column.SURE, Column.LENGTH)


def many(count):
    return [Clip(f"{n}.wav", Path(f"/nowhere/{n}.wav")) for n in range(count)]


@pytest.fixture
def clips(qtbot, inspecting, changes, settings):
    clips = ClipList(inspecting, changes, settings)
    qtbot.addWidget(clips, before_close_func=lambda _: inspecting.close())  # as the tab does
    clips.resize(400, 300)
    clips.show()
    return clips


def test_of_twenty_thousand_clips_only_those_in_sight_are_asked_for(qtbot, clips):
    seen = []
    clips.table.visible_changed.connect(lambda: seen.append(clips.table.visible()))
    every = many(20_000)
    clips.table.clips.set_clips(every)
    qtbot.waitUntil(lambda: bool(seen), timeout=2000)
    assert seen[-1][0] is every[0]
    assert len(seen[-1]) < 40
    clips.table.verticalScrollBar().setValue(clips.table.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: seen[-1][-1] is every[-1], timeout=2000)
    assert every.index(seen[-1][0]) > 19_900


def test_scrolling_by_asks_once_it_rests(qtbot, clips):
    clips.table.clips.set_clips(many(1000))
    seen = []
    clips.table.visible_changed.connect(lambda: seen.append(True))
    for value in range(0, 5000, 50):
        clips.table.verticalScrollBar().setValue(value)
    qtbot.waitUntil(lambda: bool(seen), timeout=2000)
    assert len(seen) == 1


def test_a_row_says_what_is_known_of_its_clip(clips):
    items, model = many(3), clips.table.clips
    model.set_clips(items)
    items[0].prediction, items[0].seconds = heard("four", 0.987), 1.5
    items[1].problem, items[1].seconds = "Too quiet", 0.2
    for item in (*items[:2], Clip("of another list")):
        model.tell(item)
    cells = [[model.index(row, column).data() for column in COLUMNS] for row in range(3)]
    assert cells == [
        ["0.wav", "four", "99 %", "1.50 s"],
        ["1.wav", "", "", "0.20 s"],
        ["2.wav", "", "", ""],
    ]
    tip = model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [str(items[1].path), "Too quiet"]


def test_what_only_the_model_can_tell_is_heard_of_all(qtbot, clips, inspecting, folder):
    swapped = folder / "five" / "ann_nohash_four.wav"
    (folder / "four" / "ann_nohash_four.wav").rename(swapped)
    inspecting.open_paths([folder])
    qtbot.waitUntil(lambda: inspecting.shown is not None, timeout=5000)
    clips.table.verticalScrollBar().hide()
    clips.bar.show_kind(WRONG)
    qtbot.waitUntil(lambda: [each.path for each in clips.table.clips.shown] == [swapped])
    qtbot.waitUntil(lambda: not inspecting.hearing.hears_all, timeout=5000)
    assert all(map(inspecting.hearing.knows, clips.table.clips.clips))
    assert clips.bar.count.text() == "1 of 6"
    qtbot.waitUntil(lambda: inspecting.shown.item.path == swapped, timeout=5000)


def test_the_order_in_which_clips_are_walked_through_is_that_of_the_table(
    qtbot, clips, inspecting, folder
):
    inspecting.open_paths([folder])
    qtbot.waitUntil(lambda: inspecting.shown is not None, timeout=5000)
    first = inspecting.shown.item
    clips.table.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert inspecting.shown.item is first
    assert inspecting.row == len(inspecting.items) - 1
    inspecting.walk(-1)
    assert clips.table.current() is clips.table.clips.shown[-2]
    qtbot.waitUntil(lambda: inspecting.shown.item is clips.table.current(), timeout=5000)


def test_of_another_list_only_the_clip_that_is_wanted_is_opened(qtbot, clips, inspecting):
    opened = []
    inspecting.opening.connect(opened.append)
    for items in (many(3), many(2)):
        inspecting.show_items(items, 1)
        assert opened == [items[1]]
        assert clips.table.current() is items[1]
        opened.clear()


def test_settings_survive_and_nonsense_becomes_the_standard():
    settings = ViewSettings(
        picture=PictureConfig(window_ms=25.5, scale="linear", top_db=60),
        ceiling_db=-5,
        colour_map="grey",
        as_recorded=True,
    )
    assert ViewSettings.from_text(settings.to_text()) == settings
    for text in ("", "[]", "{}", '{"picture": 3}', '{"picture": {"n_mels": "x"}}', "nonsense"):
        assert ViewSettings.from_text(text) == ViewSettings()
    broken = settings.to_text().replace('"grey"', '"pink"')
    assert ViewSettings.from_text(broken) == ViewSettings()
