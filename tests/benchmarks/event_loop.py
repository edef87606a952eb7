"""Lets the program go on while a benchmark waits for it."""

import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication


def wait(condition):
    while not condition():
        QCoreApplication.processEvents()
        time.sleep(0.0005)


def paint():
    """Paint, and do whatever else is due."""
    QApplication.sendPostedEvents()
    QCoreApplication.processEvents()
