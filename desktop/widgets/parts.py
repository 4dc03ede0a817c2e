"""Small parts that several widgets are made of."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from desktop.theme import Ink, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMenu

Role = Literal["", "muted", "small", "heading", "title", "welcome", "lead", "strong", "number"]


def label(text: str, role: Role = "", *, wrap: bool = True) -> QLabel:
    """Return a label of plain text; ``wrap`` lets it break over lines."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def badge(text: str, role: Literal["badge", "plain"]) -> QLabel:
    """Return a short text on a coloured ground; the text says all, the colour repeats it."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def follow(before: QWidget, stops: Sequence[QWidget]) -> None:
    """Let the tab key come to ``stops``, made later than what stands around them, after ``before``."""
    for first, second in pairwise((before, *stops)):
        QWidget.setTabOrder(first, second)


def restyle(widget: QWidget) -> None:
    """Make a changed property count for the stylesheet."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will count when it is styled for the first time; to know style objects takes Python a while
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say ``text``, if one runs."""
    # The many roles that come with it take a while; the first window has nothing to say yet.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def indented(widget: QWidget) -> QHBoxLayout:
    """Return a row with ``widget`` that keeps away from the sides of the page."""
    row = QHBoxLayout()
    row.setContentsMargins(24, 0, 24, 0)
    row.addWidget(widget)
    return row


def fill(whole: QWidget, part: QWidget) -> None:
    """Let ``part`` be all that is seen of ``whole``."""
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part)


def separator() -> QFrame:
    """Return a quiet horizontal line."""
    line = QFrame()
    line.setObjectName("separator")
    return line


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page around ``widget`` so that it can be seen, once the layout has come to rest."""

    def scroll() -> None:
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(widget, 0, 24)

    QTimer.singleShot(0, widget, scroll)


class ScrolledPage(QWidget):
    """What scrolls inside a QScrollArea: as high as its layout needs at the present width.

    Without a wish of its own, the area would also count the room that wrapped labels need in a narrow column.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scrolled")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no height; the layout's height for the width counts."""
        return QSize(super().minimumSizeHint().width(), 0)


class CardButton(QPushButton):
    """A button laid out like a card: it takes a layout of labels instead of one line of text."""

    def __init__(self, name: str, role: Literal["card", "row"]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of the labels."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the least room of the labels."""
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()

    def let_clicks_through(self) -> None:
        """Make clicks on the labels count as clicks on the button."""
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class IconButton(QPushButton):
    """A button that shows an icon, with a German name for screen reader and tooltip."""

    def __init__(self, theme: Theme, icon: str, name: str, *, colour: Ink = "ink", text: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self._icon = icon
        self._colour: Ink = colour
        self.setAccessibleName(name)
        self.setToolTip(name)
        if not text:
            self.setProperty("role", "icon")
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str) -> None:
        """Change the icon."""
        self._icon = icon
        self._draw()

    def setMenu(self, menu: "QMenu") -> None:  # noqa: N802 - Qt's name
        """Leave room for the arrow that says that there is a menu."""
        super().setMenu(menu)
        self.setProperty("arrow", True)
        restyle(self)

    def paintEvent(self, event: "QPaintEvent") -> None:  # noqa: N802 - Qt's name
        """Draw the arrow over the rest, in the colours of the theme."""
        super().paintEvent(event)
        if self.property("arrow"):
            from PySide6.QtGui import QPainter

            side = self._theme.px(14)
            painter = QPainter(self)
            picture = self._theme.pixmap("down", 14, self._colour)
            painter.drawPixmap(self.width() - side - self._theme.px(10), (self.height() - side) // 2, picture)
            painter.end()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._colour))
        side = self._theme.px(18)
        self.setIconSize(QSize(side, side))


class IconLabel(QLabel):
    """An icon that follows the theme; screen readers pass it over."""

    def __init__(self, theme: Theme, icon: str, size: int, colour: Ink = "ink") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._size = size
        self._colour: Ink = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str, colour: Ink) -> None:
        """Change icon and colour."""
        self._icon = icon
        self._colour = colour
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, self._size, self._colour))
