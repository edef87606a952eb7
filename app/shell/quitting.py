"""Before the window closes: what would be lost, asked once, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QMessageBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QMainWindow

    from app.shell.settings import Settings


def may_quit(window: QMainWindow, settings: Settings, losses: Mapping[str, str]) -> bool:
    """Ask whether the window may close, unless nothing would be lost that is to be asked about.

    Parameters
    ----------
    window : QMainWindow
    settings : Settings
        Where it is remembered what need not be asked about again.
    losses : mapping
        What would be lost: a name, and the words for the person.
    """
    silent = settings.quits_silently.split()
    told = {name: words for name, words in losses.items() if name not in silent}
    if not told:
        return True
    translate = QCoreApplication.translate
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("quitting", "Quit?"))
    text = translate("quitting", "If you quit now, you lose {0}.")
    box.setText(text.format(", ".join(told.values())))
    box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
    box.button(QMessageBox.StandardButton.Discard).setText(translate("quitting", "&Quit"))
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    again = QCheckBox(translate("quitting", "&Do not ask about this again"), box)
    box.setCheckBox(again)
    quits = box.exec() == QMessageBox.StandardButton.Discard
    box.deleteLater()
    if quits and again.isChecked():
        settings.quits_silently = " ".join(dict.fromkeys([*silent, *told]))
    return quits
