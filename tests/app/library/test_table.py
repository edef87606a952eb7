"""The table of clips, through its rows and real keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMenu

from app.library.bar import CHANGED, PROBLEMS, UNSURE, WRONG, FilterBar
from app.library.clips import Clip, Origin, State
from app.library.columns import Columns
from app.library.label_keys import LabelKeys
from app.library.model import Column
from app.library.table import ClipTable
from app.shell.settings import Forgetful, Settings
from core.labels import BACKGROUND_NOISE, UNKNOWN
from tests.helpers.clips import clip, heard

COLUMNS = (Column.NAME, Column.EXPECTED, Column.HEARD, Column.SURE)


def names(table):
    return [each.name for each in table.clips.shown]


@pytest.fixture
def table(qtbot):
    table = ClipTable(COLUMNS)
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    return table


@pytest.fixture
def five(table):
    table.clips.set_clips(
        [
            clip("b.wav", "one", "one", 0.95),
            clip("a.wav", "two", "three", 0.99),
            clip("d.wav", "six", "six", 0.55),
            clip("c.wav", "nine", "five", 0.7, folder="late"),
            clip("e.wav", "four", problem="It cannot be read."),
        ]
    )
    return table


def test_a_click_on_a_title_sorts_again_backwards_and_then_as_they_came(qtbot, five):
    header = five.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(Column.NAME) + 5, header.height() // 2)
    orders = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        orders.append(names(five))
    plain = ["a.wav", "b.wav", "d.wav", "e.wav", "c.wav"]  # the folder comes before the name
    assert orders == [plain, plain[::-1], ["b.wav", "a.wav", "d.wav", "c.wav", "e.wav"]]


def test_the_row_that_is_looked_at_stays_when_rows_are_sorted(qtbot, five):
    chosen = []
    five.chosen.connect(lambda each: chosen.append(each.name))
    five.selectRow(2)
    five.sortByColumn(Column.SURE, Qt.SortOrder.DescendingOrder)
    assert five.current().name == "d.wav"
    assert [each.name for each in five.selected()] == ["d.wav"]
    assert chosen == ["d.wav"]


def test_what_is_looked_for_is_found_in_name_folder_and_words(five):
    bar = FilterBar(five, (WRONG, UNSURE, PROBLEMS, CHANGED))
    for text, found in {
        "a.wav": ["a.wav"],
        "LATE": ["c.wav"],
        "three": ["a.wav"],
        "nine late": ["c.wav"],
        "nine early": [],
        "": names(five),
    }.items():
        bar.field.setText(text)
        assert names(five) == (found or []), text
    assert bar.count.text() == "5 of 5"


def test_the_buttons_show_wrong_unsure_problems_and_count_them(qtbot, five):
    bar = FilterBar(five, (WRONG, UNSURE, PROBLEMS, CHANGED))
    qtbot.addWidget(bar)
    bar.show()
    texts = [button.text() for button in bar.buttons.values()]
    assert texts == ["Wrong 2", "Unsure 2", "Problems 1", "Changed"]
    found = {}
    for kind, button in bar.buttons.items():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        found[kind] = names(five)
    assert found[WRONG] == ["a.wav", "c.wav"]  # the surest first
    assert found[UNSURE] == ["d.wav", "c.wav"]
    assert found[PROBLEMS] == ["e.wav"]
    assert found[CHANGED] == []
    qtbot.mouseClick(bar.buttons[CHANGED], Qt.MouseButton.LeftButton)
    assert len(names(five)) == 5


def test_a_row_that_is_put_right_goes_and_the_next_is_looked_at(qtbot, five):
    bar = FilterBar(five, (WRONG,))
    bar.show_kind(WRONG)
    chosen = []
    five.chosen.connect(lambda each: chosen.append(each.name))
    five.selectRow(0)
    five.current().given = "three"
    five.clips.tell_all()
    assert names(five) == ["c.wav"]
    assert chosen == ["a.wav", "c.wav"]
    assert five.current().name == "c.wav"
    bar.field.setText("nothing of the kind")
    assert five.current() is None
    assert bar.count.text() == "0 of 5"


def test_f3_goes_to_the_next_wrong_one_and_around(qtbot, five):
    five.setFocus()
    five.selectRow(1)
    seen = []
    for _ in range(2):
        qtbot.keyClick(five, Qt.Key.Key_F3)
        seen.append(five.current().name)
    assert seen == ["c.wav", "a.wav"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("7", [("label", ["b.wav"], "seven")]),
        ("\r", [("confirmed", ["b.wav"])]),
        ("\b", [("taken back", ["b.wav"])]),
        ("\x7f", [("delete", ["b.wav"])]),
        (" ", [("play", "b.wav")]),
    ],
)
def test_one_key_says_confirms_takes_back_throws_away_and_plays(qtbot, five, keys, told):
    heard_of = []
    five.label_given.connect(lambda c, w: heard_of.append(("label", [x.name for x in c], w)))
    five.confirmed.connect(lambda c: heard_of.append(("confirmed", [x.name for x in c])))
    five.taken_back.connect(lambda c: heard_of.append(("taken back", [x.name for x in c])))
    five.delete_wanted.connect(lambda c: heard_of.append(("delete", [x.name for x in c])))
    five.play_wanted.connect(lambda c: heard_of.append(("play", c.name)))
    five.selectRow(0)
    named = {"\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, "\x7f": Qt.Key.Key_Delete}
    if keys in named:
        qtbot.keyClick(five, named[keys])
    else:
        qtbot.keyClicks(five, keys)
    assert heard_of == told


def test_what_is_said_is_said_of_all_that_are_marked(qtbot, five):
    said = []
    five.label_given.connect(lambda clips, word: said.append((len(clips), word)))
    five.selectRow(0)
    qtbot.keyClick(five, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(five, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(five, "4")
    qtbot.keyClick(five, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(five, "5")
    assert said == [(3, "four"), (5, "five")]


def test_the_first_letters_of_a_word_are_enough(qtbot, five):
    five.labels.labels = ("zero", "one", "up", "under", "go", "good")
    said, asked = [], []
    five.label_given.connect(lambda _, word: said.append(word))
    five.said.connect(asked.append)
    five.selectRow(0)
    qtbot.keyClicks(five, "u")
    assert said == []
    assert asked == ["u… up, under"]
    qtbot.keyClicks(five, "p")
    assert said == ["up"]
    qtbot.keyClicks(five, "go")  # may go on
    qtbot.waitUntil(lambda: said == ["up", "go"], timeout=3000)
    qtbot.keyClicks(five, "z9x")  # digits have their own keys, and only those that are known
    assert said == ["up", "go"]
    qtbot.keyClicks(five, "1")
    assert said[2:] == ["one"]


def test_letters_of_digits_are_left_to_whoever_holds_the_table(qtbot, five):
    five.selectRow(0)
    keys = LabelKeys(five)
    for letter, means in {"t": False, "s": False, "3": True}.items():
        event = _key(letter)
        assert keys.means(event) is means, letter


def test_columns_are_chosen_by_a_right_click_moved_and_kept(qtbot):
    settings = Settings(Forgetful())
    table = ClipTable(COLUMNS, place="here", settings=settings)
    qtbot.addWidget(table)
    table.show()
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(5, 5))
    menu = header.findChild(QMenu)
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["Clip", "Said", "Heard", "Sure"]
    next(action for action in menu.actions() if action.text() == "Length").trigger()
    menu.close()
    header.moveSection(header.visualIndex(Column.SURE), 0)
    table.sortByColumn(Column.SURE, Qt.SortOrder.AscendingOrder)
    again = ClipTable(COLUMNS, place="here", settings=settings)
    elsewhere = ClipTable(COLUMNS, place="there", settings=settings)
    for each in (again, elsewhere):
        qtbot.addWidget(each)
    assert not again.isColumnHidden(Column.LENGTH)
    assert again.horizontalHeader().visualIndex(Column.SURE) == 0
    assert again.horizontalHeader().sortIndicatorSection() == Column.SURE
    assert elsewhere.isColumnHidden(Column.LENGTH)


def test_what_is_remembered_of_other_columns_is_left(qtbot):
    settings = Settings(Forgetful())
    settings.store.setValue("library/here", "no columns")
    table = ClipTable(COLUMNS, place="here", settings=settings)
    qtbot.addWidget(table)
    assert not table.isColumnHidden(Column.NAME)
    assert isinstance(table.columns, Columns)


def test_fifty_thousand_rows_are_sorted_and_filtered_in_place(qtbot, table):
    """How long it takes is measured by the benchmarks; here it only has to be right."""
    many = [clip(f"{n % 977:04}_{n}.wav", "one", "one" if n % 50 else "two") for n in range(50_000)]
    table.clips.set_clips(many)
    bar = FilterBar(table, (WRONG,))
    bar.show_kind(WRONG)
    assert len(table.clips.shown) == 1000
    bar.field.setText("0976_")
    assert {each.name[:5] for each in table.clips.shown} == {"0976_"}
    bar.field.clear()
    bar.show_kind(None)
    table.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert names(table) == sorted((each.name for each in many), reverse=True)


def test_rows_do_not_jump_while_clips_are_heard_but_move_in_a_while(qtbot, table):
    rows = [clip(f"{n}.wav", "one") for n in range(3)]
    table.clips.set_clips(rows)
    table.sortByColumn(Column.SURE, Qt.SortOrder.DescendingOrder)
    before = names(table)
    for each, sure in zip(rows, (0.5, 0.9, 0.7), strict=True):
        each.prediction = heard("one", sure)
        table.clips.tell(each)
    assert names(table) == before
    qtbot.waitUntil(lambda: names(table) == ["1.wav", "2.wav", "0.wav"], timeout=3000)


def test_a_clip_says_its_state_and_whether_the_model_was_wrong():
    take = Clip("Demo", origin=Origin.SPOKEN)
    assert take.state is State.UNSAVED
    take.given = "four"
    assert take.state is State.CORRECTED
    tree = clip("tree.wav", "tree")
    tree.prediction = heard("three", labels=("three", UNKNOWN))
    assert tree.is_wrong  # a word that the model does not know is to be turned down
    tree.prediction = heard(UNKNOWN, labels=("three", UNKNOWN))
    assert not tree.is_wrong
    noise = clip("hum.wav", BACKGROUND_NOISE, "three")
    assert noise.is_wrong
    assert not clip("a.wav", "one").is_wrong  # nobody has heard it yet


def test_the_table_follows_the_letters(qtbot, five):
    before = five.rowHeight(0), five.columnWidth(Column.SURE)
    font = QFont(five.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    five.setFont(font)
    QApplication.sendEvent(five, QEvent(QEvent.Type.FontChange))
    assert five.rowHeight(0) > before[0]
    assert five.columnWidth(Column.SURE) > before[1]
    five.grab()


def _key(letter):
    from PySide6.QtGui import QKeyEvent

    key = Qt.Key(ord(letter.upper()))
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
