"""Text can be read as it is painted, not only as the theme says: measured on pictures of every page."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.settings import ThemeChoice
from desktop.theme import contrast

LEAST = 4.5
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST)


def texts(window: QWidget) -> Iterator[tuple[QWidget, QRect]]:
    """Yield what shows text, and where in the window; what has scrolled out of sight is left out."""
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.isWindow():
            continue
        holds = (
            bool(one.text() or (isinstance(one, QLineEdit) and one.placeholderText()))
            if isinstance(one, QLabel | QAbstractButton | QLineEdit)
            else isinstance(one, QComboBox | QTextEdit | QPlainTextEdit)
        )
        seen = one.visibleRegion().boundingRect()
        if holds and seen.width() > 20 and seen.height() >= min(20, one.height()):
            yield one, QRect(one.mapTo(window, seen.topLeft()), seen.size())


def measured(picture: QImage, place: QRect) -> float:
    """Return the contrast of what is painted at ``place``: the commonest colour beside the farthest from it.

    Letters have edges between both colours; their cores, at 200 % several pixels wide, have the text's own.
    """
    part = picture.copy(place.adjusted(3, 3, -3, -3)).convertToFormat(QImage.Format.Format_RGB32)
    if part.isNull():
        return 21.0
    raw = bytes(part.constBits())
    colours = Counter(
        raw[row * part.bytesPerLine() + x * 4 : row * part.bytesPerLine() + x * 4 + 3]
        for row in range(part.height())
        for x in range(part.width())
    )
    names = {colour: f"#{colour[2]:02x}{colour[1]:02x}{colour[0]:02x}" for colour in colours}
    ground = colours.most_common(1)[0][0]
    own = [colour for colour, count in colours.most_common(24) if count > 2]
    return max((contrast(names[ground], names[colour]) for colour in own), default=21.0)


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_stands_out_from_its_ground(desk, theme: ThemeChoice) -> None:
    desk.look(theme, 200, (1360, 840))
    faint, seen = [], 0
    for view in desk.views():
        picture = desk.window.grab().toImage()
        assert picture.size() == QSize(1360, 840)
        for one, place in texts(desk.window):
            seen += 1
            if (ratio := measured(picture, place)) < LEAST and ratio > 1.0:
                name = one.accessibleName() or (one.text() if isinstance(one, QLabel) else "")
                faint.append(f"{view}: {type(one).__name__} {one.objectName()} {name[:50]!r} {ratio:.1f}")
    assert seen > 100
    assert not faint, "\n".join(dict.fromkeys(faint))
