"""Colours, type sizes and icons of the window, from one set of tokens; Qt's own German texts."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QObject, QRectF, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QStyleHints
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.application import STYLED
from desktop.settings import LARGEST_TYPE_PERCENT, SMALLEST_TYPE_PERCENT, ThemeChoice
from resources import resource_path

BASE_PX = 14  # body text at 100 %


class Tokens(NamedTuple):
    """The colours of one theme. Text tokens reach 4.5:1 on every ground they are used on (tested)."""

    page: str  # ground of the conversation
    card: str  # ground of cards, panes and inputs
    line: str  # quiet borders
    edge: str  # borders of controls, at least 3:1
    ink: str  # text
    muted: str  # secondary text
    link: str  # citations and links
    action: str  # ground of the main button
    action_hover: str
    on_action: str
    rail: str
    rail_hover: str
    rail_chosen: str
    on_rail: str
    offline: str  # ground of the offline panel
    on_offline: str
    bubble: str  # ground of a question
    hover: str  # ground of a row under the pointer
    mark: str  # ground of the marked sentence
    on_mark: str
    mark_light: str  # ground of further marked sentences; their text is ink
    good: str
    on_good: str
    note: str  # ground of badges and notices
    on_note: str
    bad: str
    on_bad: str
    focus: str  # focus ring on light and dark grounds of this theme
    focus_rail: str  # focus ring inside the rail


LIGHT = Tokens(
    page="#f4f6f8",
    card="#ffffff",
    line="#dde3e9",
    edge="#76848f",
    ink="#1a2530",
    muted="#54626f",
    link="#0a62a8",
    action="#0b66b0",
    action_hover="#084f8a",
    on_action="#ffffff",
    rail="#12324a",
    rail_hover="#1b4260",
    rail_chosen="#225176",
    on_rail="#ffffff",
    offline="#0f4f37",
    on_offline="#ffffff",
    bubble="#e1ecf6",
    hover="#eef4f9",
    mark="#fde9a9",
    on_mark="#1a2530",
    mark_light="#fff8e1",
    good="#e1f3e9",
    on_good="#0c5736",
    note="#fff0d2",
    on_note="#6f4300",
    bad="#fde6e3",
    on_bad="#8c1d13",
    focus="#0a62a8",
    focus_rail="#ffd97a",
)

DARK = Tokens(
    page="#12181f",
    card="#1b232c",
    line="#323e4a",
    edge="#7c8b99",
    ink="#e8edf2",
    muted="#a9b6c2",
    link="#7cc0fa",
    action="#1f6fb8",
    action_hover="#185f9f",
    on_action="#ffffff",
    rail="#0c1a27",
    rail_hover="#16293b",
    rail_chosen="#1e3c57",
    on_rail="#f3f6f9",
    offline="#0f4a34",
    on_offline="#ffffff",
    bubble="#20344a",
    hover="#243040",
    mark="#5d4b12",
    on_mark="#fff6da",
    mark_light="#352f1c",
    good="#143c2b",
    on_good="#a8e6c5",
    note="#43330f",
    on_note="#ffdf9c",
    bad="#4c201c",
    on_bad="#ffc9c2",
    focus="#7cc0fa",
    focus_rail="#ffd97a",
)

HIGH_CONTRAST = Tokens(
    page="#000000",
    card="#000000",
    line="#6b6b6b",
    edge="#ffffff",
    ink="#ffffff",
    muted="#ffffff",
    link="#ffff00",
    action="#ffff00",
    action_hover="#ffffff",
    on_action="#000000",
    rail="#000000",
    rail_hover="#333300",
    rail_chosen="#4d4d00",
    on_rail="#ffffff",
    offline="#003300",
    on_offline="#ffffff",
    bubble="#1a1a4d",
    hover="#26264d",
    mark="#ffff00",
    on_mark="#000000",
    mark_light="#333300",
    good="#003300",
    on_good="#ffffff",
    note="#333300",
    on_note="#ffff00",
    bad="#4d0000",
    on_bad="#ffffff",
    focus="#00ffff",
    focus_rail="#00ffff",
)

Ink = Literal["ink", "muted", "link", "on_action", "on_rail", "on_offline", "on_good", "on_note", "on_bad"]


class Theme(QObject):
    """The theme in use. ``changed`` tells widgets that draw documents or icons to draw them anew."""

    changed = Signal()

    def __init__(self, choice: ThemeChoice, type_percent: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._percent = _bounded(type_percent)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_change)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._on_system_change)

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def type_percent(self) -> int:
        """Type size, 80 to 200."""
        return self._percent

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        hints = QGuiApplication.styleHints()
        if self._choice is ThemeChoice.HIGH_CONTRAST:
            return HIGH_CONTRAST
        if self._choice is ThemeChoice.SYSTEM and _wants_contrast(hints):
            return HIGH_CONTRAST
        if self._choice is ThemeChoice.SYSTEM:
            return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice is ThemeChoice.DARK else LIGHT

    def px(self, size: int) -> int:
        """Return ``size`` (pixels at 100 %) in the chosen type size."""
        return max(1, round(size * self._percent / 100))

    def choose(self, choice: ThemeChoice | None = None, type_percent: int | None = None) -> None:
        """Change theme or type size and apply them at once."""
        self._choice = choice or self._choice
        self._percent = _bounded(type_percent or self._percent)
        self.apply()

    def apply(self) -> None:
        """Give style, palette, font and stylesheet to the running application."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError("a theme needs a QApplication")
        if not application.property(STYLED):
            application.setStyle("Fusion")
            application.setProperty(STYLED, True)
        font = QFont(application.font())
        font.setPixelSize(self.px(BASE_PX))
        application.setFont(font)
        application.setPalette(_palette(self.tokens))
        application.setStyleSheet(fill_stylesheet(self.tokens, self._percent))
        self.changed.emit()

    def icon(self, name: str, colour: Ink = "ink") -> QIcon:
        """Return the icon ``name`` in the colour of the token ``colour``."""
        return QIcon(_pixmap(name, getattr(self.tokens, colour), 64))

    def pixmap(self, name: str, size: int, colour: Ink = "ink") -> QPixmap:
        """Return the icon ``name`` as a picture of ``size`` pixels at 100 %."""
        screen = QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen else 1.0
        picture = QPixmap(_pixmap(name, getattr(self.tokens, colour), round(self.px(size) * ratio)))
        picture.setDevicePixelRatio(ratio)
        return picture

    def _on_system_change(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self.apply()


def _wants_contrast(hints: QStyleHints) -> bool:
    """Tell whether the system asks for high contrast; Qt knows it from 6.10 on."""
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def fill_stylesheet(tokens: Tokens, type_percent: int) -> str:
    """Return the stylesheet with ``$ink`` and the like filled in and ``px(14)`` scaled.

    ``px(6 - 1)`` is one pixel less than ``px(6)``: the room beside a line that is one pixel thicker, at any size.
    """
    values: dict[str, str] = {f"${name}": colour for name, colour in tokens._asdict().items()}

    def filled(found: re.Match[str]) -> str:
        value = found[0]
        if value not in values:
            values[value] = f"{round(int(found[1]) * type_percent / 100) - int(found[2] or 0)}px"
        return values[value]

    return re.sub(r"px\((\d+)(?: - (\d+))?\)|\$[a-z_]+", filled, _stylesheets())


def load_german(application: QApplication) -> bool:
    """Make Qt's own buttons and menus German; False if the translation is not there."""
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_de", folder) and application.installTranslator(translator)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    value = QColor(colour)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value.redF(), value.greenF(), value.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _bounded(percent: int) -> int:
    return min(max(percent, SMALLEST_TYPE_PERCENT), LARGEST_TYPE_PERCENT)


@lru_cache(maxsize=1)
def _stylesheets() -> str:
    """Return what all parts share, then what single pages add."""
    common = resource_path("style/leitstern.qss")
    files = [common, *sorted(file for file in common.parent.glob("*.qss") if file != common)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@lru_cache(maxsize=128)
def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    # Qt does not know currentColor, by which one drawing serves all themes.
    drawing = resource_path(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, tokens.page),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.page),
        (role.Text, tokens.ink),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.ink),
        (role.ToolTipBase, tokens.card),
        (role.ToolTipText, tokens.ink),
        (role.Highlight, tokens.action),
        (role.HighlightedText, tokens.on_action),
        (role.Link, tokens.link),
        (role.LinkVisited, tokens.link),
    ):
        palette.setColor(target, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, target, QColor(tokens.muted))
    return palette
