from pathlib import Path

from PySide6.QtCore import Qt

from app.inspect.clip_list import ClipList
from app.inspect.clips import ClipItem, Glance
from app.sound_view.picture import ViewSettings
from core.sound.picture import PictureConfig


def many(count):
    return [ClipItem(f"{n}.wav", Path(f"/nowhere/{n}.wav")) for n in range(count)]


def test_of_twenty_thousand_clips_only_those_in_sight_are_asked_for(qtbot):
    clips = ClipList()
    qtbot.addWidget(clips)
    clips.resize(400, 300)
    clips.show()
    seen = []
    clips.visible_rows_changed.connect(lambda first, last: seen.append((first, last)))
    clips.clips.set_items(many(20_000))
    qtbot.waitUntil(lambda: bool(seen), timeout=2000)
    first, last = seen[-1]
    assert first == 0
    assert last < 40
    clips.verticalScrollBar().setValue(clips.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: seen[-1][1] == 19_999, timeout=2000)
    assert seen[-1][0] > 19_900


def test_scrolling_by_asks_once_it_rests(qtbot):
    clips = ClipList()
    qtbot.addWidget(clips)
    clips.resize(400, 300)
    clips.show()
    clips.clips.set_items(many(1000))
    seen = []
    clips.visible_rows_changed.connect(lambda first, last: seen.append((first, last)))
    for value in range(0, 5000, 50):
        clips.verticalScrollBar().setValue(value)
    qtbot.waitUntil(lambda: bool(seen), timeout=2000)
    assert len(seen) == 1


def test_a_row_says_what_is_known_of_its_clip(qtbot):
    clips = ClipList()
    qtbot.addWidget(clips)
    items = many(3)
    model = clips.clips
    model.set_items(items)
    model.set_glance(items[0], Glance(1.5, "four", 0.987))
    model.set_glance(items[1], Glance(0.2, sentence="Too quiet"))
    model.set_glance(ClipItem("of another list"), Glance(1.0, "one", 1.0))
    cells = [[model.index(row, column).data() for column in range(4)] for row in range(3)]
    assert cells == [
        ["0.wav", "four", "99 %", "1.50 s"],
        ["1.wav", "–", "", "0.20 s"],
        ["2.wav", "", "", ""],
    ]
    tip = model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [str(items[1].path), "Too quiet"]


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


def test_a_narrow_list_keeps_names_and_answers(qtbot):
    clips = ClipList()
    qtbot.addWidget(clips)
    clips.clips.set_items(many(3))
    clips.show()
    clips.resize(clips.minimumWidth(), 300)
    assert [clips.isColumnHidden(column) for column in range(4)] == [False, False, True, True]
    clips.resize(600, 300)
    assert not any(clips.isColumnHidden(column) for column in range(4))
