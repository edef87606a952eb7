"""The real window, without a screen, on what a case holds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 40.0  # by the clock, on a busy machine


def run_window(paths: list[Path], folder: Path | None) -> int:
    """Open the window, let it look at everything, and close it; return the exit status."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

    from app.program import Program

    program = Program()
    window, app = program.window, program.app
    started = time.monotonic()

    def act() -> None:
        window.prepare()
        window.inspect_paths(paths)
        if folder is not None:
            window.training_tab().open_folder(folder)
        window.open_files([path for path in paths if path.is_file()])
        QTimer.singleShot(1200, lambda: window.show_tab("train"))
        QTimer.singleShot(1700, lambda: window.show_tab("recognise"))
        QTimer.singleShot(2200, window.close)

    def dismiss() -> None:
        """Answer what is asked when the window closes; give up on a window that does not."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QMessageBox):
            dialog.done(QMessageBox.StandardButton.Discard)
        elif isinstance(dialog, QDialog):
            dialog.reject()
        if time.monotonic() - started > SECONDS:
            app.exit(70)

    watch = QTimer()
    watch.timeout.connect(dismiss)
    watch.start(100)
    QTimer.singleShot(300, act)
    return program.run()
