"""Words that are said by keys: a digit by its own, any other by its first letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.labels import DIGITS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_PAUSE_MS = 1000
"""After so long, the letters are a whole word, or the beginning of another one."""


class LabelKeys(QObject):
    """Finds out which of the labels is typed.

    Signals: ``typed(str)`` with the label; ``ambiguous(str, list of str)`` with what was typed,
    and the labels that begin so.
    """

    typed = Signal(str)
    ambiguous = Signal(str, list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.labels: tuple[str, ...] = DIGITS
        self._letters = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._end)

    def means(self, event: QKeyEvent) -> bool:
        """Tell whether a key is, or goes on with, a label."""
        if event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        text = event.text().casefold()
        if not text or not text.isprintable() or text.isspace():
            return False
        return self._digit(text) is not None or bool(self._beginning(self._letters + text))

    def press(self, event: QKeyEvent) -> None:
        """Take a key for which `means` is true."""
        text = event.text().casefold()
        digit = self._digit(text)
        if digit is not None and not self._letters:
            self.typed.emit(digit)
            return
        self._letters += text
        found = self._beginning(self._letters)
        if len(found) == 1:
            self._letters = ""
            self._pause.stop()
            self.typed.emit(found[0])
        else:
            self._pause.start()
            self.ambiguous.emit(self._letters, found)

    def _end(self) -> None:
        letters, self._letters = self._letters, ""
        if letters in self.labels:
            self.typed.emit(letters)

    def _digit(self, text: str) -> str | None:
        word = DIGITS[int(text)] if text in "0123456789" else None
        return word if word in self.labels else None

    def _beginning(self, letters: str) -> list[str]:
        """Return the labels that begin so; digits have keys of their own."""
        words = (label for label in self.labels if label not in DIGITS)
        return [word for word in words if word.startswith(letters)]
