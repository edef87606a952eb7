"""What a screen reader has to say of every control."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitterHandle,
    QTabBar,
    QTabWidget,
    QWidget,
)

_WHOLE = (QComboBox, QAbstractSpinBox, QAbstractItemView, QTabBar)
_WITH_WORDS_OF_THEIR_OWN = (QLabel, QTabBar, QTabWidget)


def nameless(root: QWidget) -> list[str]:
    """List the controls below a widget that take the focus and have neither name nor text."""
    labels = root.window().findChildren(QLabel)
    described = {label.buddy() for label in labels if label.text() and label.buddy()}
    return [
        _path(widget)
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not _is_part(widget)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not isinstance(widget, _WITH_WORDS_OF_THEIR_OWN)
        and widget not in described
    ]


def _is_part(widget: QWidget) -> bool:
    """Tell whether it is a part of a control that has a name itself."""
    if isinstance(widget, (QHeaderView, QSplitterHandle, QScrollArea)):
        return True
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return True
    while parent is not None:
        if isinstance(parent, _WHOLE):
            return True
        parent = parent.parentWidget()
    return False


def _path(widget: QWidget) -> str:
    names = []
    while widget is not None:
        names.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(names)
