"""What is looked for among the clips: a text, and what is the matter with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from app.library.clips import Clip, State
from app.library.model import Column
from app.shell.translation import fill
from app.widgets.layout import in_column, in_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from app.library.table import ClipTable

_COUNT_MS = 200

WRONG, UNSURE, UNSAVED, PROBLEMS, CHANGED = "wrong", "unsure", "unsaved", "problems", "changed"

_FITS: dict[str, Callable[[Clip], bool]] = {
    WRONG: lambda clip: clip.is_wrong,
    UNSURE: lambda clip: clip.is_unsure,
    UNSAVED: lambda clip: clip.state is State.UNSAVED,
    PROBLEMS: lambda clip: bool(clip.problem) or clip.is_refused,
    CHANGED: lambda clip: clip.has_changed,
}


class _Field(QLineEdit):
    """Esc gives up what is looked for; Enter and Down go to what was found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, or type."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """A field and buttons that narrow down a table of clips, and how many of them are seen.

    Parameters
    ----------
    table : ClipTable
    kinds : sequence of str
        Which buttons there are.
    is_flat : bool
        Whether it is one line, to which whoever holds it adds `count` where there is room.

    Signals: ``wanted_changed()`` when another kind is looked for.
    """

    wanted_changed = Signal()

    def __init__(
        self,
        table: ClipTable,
        kinds: Sequence[str],
        is_flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._model = table.clips
        self._sorted = False  # by the bar, not by the person
        self._heard: int | None = None
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Find"))
        self.field.setAccessibleName(self.tr("Find a name, a speaker, a word"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(self.fontMetrics().averageCharWidth() * 8)
        self.count = QLabel()
        self._texts = {
            WRONG: self.tr("Wrong"),
            UNSURE: self.tr("Unsure"),
            UNSAVED: self.tr("Unsaved"),
            PROBLEMS: self.tr("Problems"),
            CHANGED: self.tr("Changed"),
        }
        tips = {
            WRONG: self.tr(
                "The model heard another word than was said, the surest first (F3: next)"
            ),
            UNSURE: self.tr("The model was not certain"),
            UNSAVED: self.tr("Takes that are in memory only"),
            PROBLEMS: self.tr("Clips with something wrong with them"),
            CHANGED: self.tr("Clips of which another model had heard something else"),
        }
        self.buttons = {kind: QToolButton() for kind in dict.fromkeys((*kinds, CHANGED))}
        for kind, button in self.buttons.items():
            button.setText(self._texts[kind])
            button.setToolTip(tips[kind])
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setMinimumWidth(self.fontMetrics().averageCharWidth() * 4)  # it may be cut
            button.clicked.connect(lambda _, kind=kind: self._on_clicked(kind))
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_MS)
        self._find_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), table)
        self._find_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

        # --- layout ---
        if is_flat:
            self.setLayout(in_row((self.field, 1), *self.buttons.values(), spacing=0))
        else:
            first = in_row((self.field, 1), self.count, spacing=6)
            second = in_row(*self.buttons.values(), None, spacing=0)
            self.setLayout(in_column(first, second, spacing=2))

        # --- connections ---
        self.field.textChanged.connect(lambda: self._find())
        self._counting.timeout.connect(self._count)
        self._model.counted.connect(self._on_counted)
        self._find_key.activated.connect(self.field.setFocus)
        self.field.left.connect(self._go_to_table)
        self._count_shown()
        self._count()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is looked for."""
        return self.wanted is not None or bool(self.field.text())

    @property
    def wanted(self) -> str | None:
        """The kind of clips that is looked for."""
        return next((kind for kind, each in self.buttons.items() if each.isChecked()), None)

    def show_kind(self, wanted: str | None) -> None:
        """Show only clips of a kind, or all."""
        for kind, button in self.buttons.items():
            button.setChecked(kind == wanted)
        if wanted == WRONG and self._table.horizontalHeader().sortIndicatorSection() < 0:
            self._table.sortByColumn(Column.SURE, Qt.SortOrder.DescendingOrder)
            self._sorted = True
        elif self._sorted and wanted != WRONG:
            self._table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
            self._sorted = False
        self._find()
        self.wanted_changed.emit()

    def clear(self) -> None:
        """Look for nothing."""
        self.field.clear()
        self.show_kind(None)

    def _go_to_table(self) -> None:
        self._table.setFocus()
        if self._table.current() is None and self._model.shown:
            self._table.mark(self._model.clip_at(0), quietly=False)

    def _on_clicked(self, kind: str) -> None:
        self.show_kind(kind if self.buttons[kind].isChecked() else None)

    def _find(self) -> None:
        wanted = self.wanted
        self._model.find(self.field.text(), _FITS[wanted] if wanted is not None else None)

    def _on_counted(self) -> None:
        self._count_shown()
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        self._counting.stop()
        for kind, button in self.buttons.items():
            found = sum(map(_FITS[kind], self._model.clips))
            text = self._texts[kind]
            button.setText(fill("{0} {1:,}", text, found) if found else text)
            button.setVisible(bool(found) or button.isChecked() or kind != CHANGED)

    def show_heard(self, heard: int | None) -> None:
        """Say how many clips are heard while they are being heard; None: no more."""
        self._heard = heard
        self.count.setToolTip("" if heard is None else self.tr("Esc hears no more of them"))
        self._count_shown()

    def _count_shown(self) -> None:
        shown, every = len(self._model.shown), len(self._model.clips)
        text = fill(self.tr("{0:,} of {1:,}"), shown, every)
        if self._heard is not None:
            text = fill(self.tr("{0}, {1:,} heard"), text, self._heard)
        self.count.setText(text)
