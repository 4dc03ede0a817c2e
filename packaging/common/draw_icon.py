"""Draws the program's icon in the sizes that menus want: ``draw_icon.py ICON.svg THEME_FOLDER SIZE...``."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def draw(icon: Path, theme: Path, size: int) -> None:
    """Draw ``icon`` into ``theme``/``size``x``size``/apps."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(icon)).render(painter)
    painter.end()
    target = theme / f"{size}x{size}/apps/{icon.stem}.png"
    if not image.save(str(target)):
        raise SystemExit(f"cannot write {target}")


if __name__ == "__main__":
    for wanted in sys.argv[3:]:
        draw(Path(sys.argv[1]), Path(sys.argv[2]), int(wanted))
