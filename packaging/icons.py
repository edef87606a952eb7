"""The program's icon in the sizes that desktops ask for, drawn from its one picture."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

PICTURE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "spoken-digits.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def draw(path: Path, size: int) -> Path:
    """Write the icon as PNG, `size` dots wide and high."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(PICTURE)).render(painter)
    painter.end()
    if not image.save(str(path)):
        raise OSError(f"{path} cannot be written")
    return path


def draw_theme(folder: Path) -> None:
    """Write the icons as a desktop's theme has them."""
    for size in SIZES:
        draw(folder / f"{size}x{size}" / "apps" / "spoken-digits.png", size)
    scalable = folder / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(PICTURE, scalable)


if __name__ == "__main__":
    draw_theme(Path(sys.argv[1]))
