"""The manual: the same in each language, and with pictures that are there."""

import re

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage

from app.shell.manual import MANUALS, ManualDialog, manual
from app.shell.translation import LANGUAGES
from tests.helpers.accessibility import nameless

PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


@pytest.fixture
def language():
    yield QLocale.setDefault
    QLocale.setDefault(QLocale.c())


def parts_of(text):
    return re.findall(r"^#+ ", text, re.MULTILINE), PICTURE.findall(text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_the_same_parts_and_all_pictures(code):
    text = (MANUALS / code / "manual.md").read_text(encoding="utf-8")
    headings, pictures = parts_of(text)
    assert (headings, pictures) == parts_of((MANUALS / "en" / "manual.md").read_text("utf-8"))
    assert len(headings) == 7
    assert pictures
    for name in pictures:
        assert QImage(str(MANUALS / code / name)).width() >= 640, name


def test_the_pictures_are_small():
    assert sum(path.stat().st_size for path in MANUALS.rglob("*.webp")) < 600_000


def test_it_is_in_the_languages_of_the_window_and_in_english_otherwise(language):
    for code, expected in (("de_DE", "de"), ("en_GB", "en"), ("fi_FI", "en")):
        language(QLocale(code))
        assert manual().parent.name == expected


def test_the_dialog_shows_its_pictures(qtbot, language):
    language(QLocale("de"))
    dialog = ManualDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Leertaste" in dialog.page.toPlainText()
    tall = dialog.page.document().size().height()
    assert tall > 4 * 400  # the pictures, and what stands between them
    assert dialog.page.horizontalScrollBar().maximum() == 0  # no wider than this small screen
    assert nameless(dialog) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
