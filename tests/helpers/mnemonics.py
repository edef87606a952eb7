"""The letters that Alt gives to what can be seen at once."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QTabBar, QWidget


def letter_of(text: str) -> str | None:
    """Return the letter after the ``&`` in a text, in small, or None."""
    place = text.replace("&&", "").find("&")
    return text.replace("&&", "")[place + 1].lower() if place >= 0 else None


def letters(window: QWidget) -> list[tuple[str, str]]:
    """List the letters of a window's menus, buttons, tabs and labels in sight, with their texts."""
    texts = []
    if isinstance(window, QMainWindow):
        texts += [action.text() for action in window.menuBar().actions()]
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            texts.append(button.text())
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.buddy():
            texts.append(label.text())
    for bar in window.findChildren(QTabBar):
        if bar.isVisible():
            texts += [bar.tabText(index) for index in range(bar.count())]
    return sorted((letter, text) for text in texts if (letter := letter_of(text)))


def claimed_twice(window: QWidget) -> list[str]:
    """List the texts whose letter is that of another."""
    found = letters(window)
    counts = [letter for letter, _ in found]
    return [text for letter, text in found if counts.count(letter) > 1]
