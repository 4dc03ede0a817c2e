"""The page Einstellungen. What is changed holds at once, or the page says when."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop.bridge import Bridge
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import TYPE_STEPS_PERCENT, Settings, ThemeChoice, WordingChoice
from desktop.texts import policy as policy_texts
from desktop.texts import settings as texts
from desktop.theme import Theme
from desktop.widgets.combo import Combo, Number
from desktop.widgets.model_settings import ModelSettings
from desktop.widgets.page import Page
from desktop.widgets.parts import IconButton, ScrolledPage, fill, label
from desktop.widgets.radio import Radio
from desktop.widgets.scroll_area import scrolling
from models.system import physical_cores

KEEPING_DAYS = (30, 90, 365)
_WIDEST = 760  # pixels at 100 %

_THEMES = (
    (ThemeChoice.SYSTEM, texts.THEME_SYSTEM),
    (ThemeChoice.LIGHT, texts.THEME_LIGHT),
    (ThemeChoice.DARK, texts.THEME_DARK),
    (ThemeChoice.HIGH_CONTRAST, texts.THEME_HIGH_CONTRAST),
)
_WORDINGS = (
    (WordingChoice.TESTED, texts.WORDING_TESTED),
    (WordingChoice.ALWAYS, texts.WORDING_ALWAYS),
    (WordingChoice.NEVER, texts.WORDING_NEVER),
)


class SettingsPage(Page):
    """What the machine's policy has decided is shown, but not to be changed."""

    remembered = Signal(object)  # dict: the settings that were changed

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        paths: Paths,
        settings: Settings,
        policy: Policy = NO_POLICY,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._bridge = bridge
        self._settings = settings
        self._policy = policy
        self._locked = policy.locked()
        self.setObjectName("settingsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts.PAGE_LABEL)

        self.themes = _choices(theme, _THEMES, settings.theme, texts.COLOURS)
        self.themes.idToggled.connect(self._on_theme)
        self.type_size = QSlider(Qt.Orientation.Horizontal)
        self.type_size.setRange(0, len(TYPE_STEPS_PERCENT) - 1)
        self.type_size.setPageStep(1)
        self.type_size.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.type_size.setAccessibleName(texts.TYPE_SIZE)
        self._type_value = label("", "strong", wrap=False)
        self.type_size.valueChanged.connect(self._on_type)
        self.wordings = _choices(theme, _WORDINGS, settings.wording, texts.WORDING)
        self.wordings.idToggled.connect(self._on_wording)
        self.models = ModelSettings(theme, bridge, paths, settings, policy)
        self.models.model_chosen.connect(lambda name: self._change(model=name))
        self.threads = Number(theme, texts.THREADS)
        self.threads.setRange(0, physical_cores())
        self.threads.setSpecialValueText(texts.THREADS_AUTOMATIC)
        self.threads.setValue(settings.threads)
        self.threads.valueChanged.connect(lambda number: self._change(threads=number))
        self.keeping = Combo(theme, texts.KEEPING)
        self.keeping.addItem(texts.KEEP_ALL, (True, 0))
        for days in KEEPING_DAYS:
            self.keeping.addItem(texts.KEEP_DAYS.format(days=days), (True, days))
        self.keeping.addItem(texts.KEEP_NONE, (False, 0))
        self._show_keeping()
        self.keeping.activated.connect(self._on_keeping)
        self._restart_notes: list[QLabel] = []
        self._lay_out(paths)
        self._lock()
        self.take_settings(settings)
        theme.changed.connect(self._fit)
        self._fit()

    def focus_first(self) -> None:
        """Put the keyboard on the first choice."""
        if (button := self.themes.checkedButton()) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_settings(self, settings: Settings) -> None:
        """Show what was changed elsewhere, such as the type size by keys."""
        self._settings = settings
        self.type_size.blockSignals(True)
        self.type_size.setValue(_nearest_step(settings.type_percent))
        self.type_size.blockSignals(False)
        self._type_value.setText(texts.TYPE_VALUE.format(percent=settings.type_percent))
        self.type_size.setAccessibleDescription(self._type_value.text())

    # Building.

    def _lay_out(self, paths: Paths) -> None:
        content = ScrolledPage()
        self._content = content
        self._column = QVBoxLayout(content)
        self._column.setSpacing(16)
        self._column.addWidget(label(texts.TITLE, "welcome"))
        size = QHBoxLayout()
        size.setSpacing(14)
        size.addWidget(self.type_size, 1)
        size.addWidget(self._type_value)
        self._card(
            texts.APPEARANCE,
            label(texts.COLOURS, "strong"),
            *self.themes.buttons(),
            label(texts.TYPE_SIZE, "strong"),
            size,
            label(texts.TYPE_HINT, "muted"),
        )
        self._card(
            texts.ANSWERS,
            label(texts.ANSWERS_TEXT),
            label(texts.WORDING, "strong"),
            *self.wordings.buttons(),
            label(texts.WORDING_HINT, "muted"),
            label(texts.MODEL, "strong"),
            self.models,
        )
        threads = QHBoxLayout()
        threads.addWidget(self.threads)
        threads.addStretch(1)
        self._card(texts.SPEED, label(texts.THREADS, "strong"), threads, label(texts.NEXT_START, "muted"))
        keeping = QHBoxLayout()
        keeping.addWidget(self.keeping)
        keeping.addStretch(1)
        self._card(texts.HISTORY, label(texts.KEEPING, "strong"), keeping, label(texts.KEEPING_HINT, "muted"))
        if decided := policy_texts.decided(self._policy):
            rows = (label(f"{name}: {value}") for name, value in decided)
            self._card(policy_texts.CARD, label(policy_texts.CARD_TEXT, "muted"), *rows)
        folders = (
            (texts.FOLDER_DATA, paths.data_dir),
            (texts.FOLDER_MODELS, paths.data_dir / "models"),
            (texts.FOLDER_SHARED, paths.share_dir),
        )
        self._card(texts.FOLDERS, *(self._folder(name, folder) for name, folder in folders))
        self._column.addStretch(1)
        scroll = scrolling(content)
        scroll.setAccessibleName(texts.PAGE_LABEL)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll = scroll
        fill(self, scroll)

    def _card(self, title: str, *parts: QWidget | QHBoxLayout | QVBoxLayout) -> None:
        card = QFrame()
        card.setObjectName("settingsCard")
        card.setAccessibleName(title)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(9)
        column.addWidget(label(title, "title"))
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self._column.addWidget(card)

    def _folder(self, name: str, folder: Path) -> QVBoxLayout:
        path = label(str(folder), "muted")
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        path.setText(str(folder).replace("/", "/\u200b"))  # so that a long path breaks at its folders
        path.setAccessibleName(str(folder))
        missing = label(texts.FOLDER_MISSING, "muted")
        missing.hide()
        open_button = IconButton(
            self._theme, "folder", texts.FOLDER_OPEN_LABEL.format(folder=name), text=f" {texts.FOLDER_OPEN}"
        )
        open_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

        def show() -> None:
            there = folder.is_dir()
            missing.setVisible(not there)
            if there:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        open_button.clicked.connect(show)
        copy = IconButton(self._theme, "copy", texts.FOLDER_COPY_LABEL.format(folder=name))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(folder)))
        buttons = QHBoxLayout()
        buttons.addWidget(open_button)
        buttons.addWidget(copy)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label(name, "strong"))
        column.addWidget(path)
        column.addLayout(buttons)
        column.addWidget(missing)
        return column

    def _lock(self) -> None:
        parts: dict[str, tuple[QWidget, ...]] = {
            "theme": tuple(self.themes.buttons()),
            "type_percent": (self.type_size,),
            "wording": tuple(self.wordings.buttons()),
            "model": (self.models,),
            "threads": (self.threads,),
            "history": (self.keeping,),
        }
        for name in self._locked:
            for part in parts.get(name, ()):
                part.setEnabled(False)
                part.setToolTip(texts.LOCKED)
                part.setAccessibleDescription(texts.LOCKED)
            for part in parts.get(name, ())[-1:]:
                card = part.parentWidget()
                column = card.layout() if card is not None else None
                if isinstance(column, QVBoxLayout):
                    place = column.indexOf(part)
                    column.insertWidget(
                        place + 1 if place >= 0 else column.count(), label(texts.LOCKED, "muted")
                    )

    @Slot()
    def _fit(self) -> None:
        space = self._theme.px(24) if self._theme.type_percent <= 125 else self._theme.px(12)
        self._column.setContentsMargins(space, space, space, space)
        self._content.setMaximumWidth(self._theme.px(_WIDEST) + 2 * space)

    # Changes.

    def _change(self, **changes: object) -> None:
        self.remembered.emit(changes)

    def choose_theme(self, theme: ThemeChoice) -> None:
        """Choose the colours as their button does; the keyboard goes along if it was on another one's."""
        had_focus = any(button.hasFocus() for button in self.themes.buttons())
        self.themes.button([choice for choice, _ in _THEMES].index(theme)).setChecked(True)
        if had_focus:
            self.focus_first()

    # Not `idClicked`: a screen reader toggles a button without a click.

    @Slot(int, bool)
    def _on_theme(self, number: int, chosen: bool) -> None:
        if chosen:
            self._change(theme=_THEMES[number][0])

    @Slot(int, bool)
    def _on_wording(self, number: int, chosen: bool) -> None:
        if chosen:
            self._change(wording=_WORDINGS[number][0])

    @Slot(int)
    def _on_type(self, step: int) -> None:
        self._change(type_percent=TYPE_STEPS_PERCENT[step])

    def _show_keeping(self) -> None:
        wanted = (self._settings.store_history, self._settings.history_days)
        for place in range(self.keeping.count()):
            if tuple(self.keeping.itemData(place)) == wanted:
                self.keeping.setCurrentIndex(place)
                return
        if wanted[0]:
            self.keeping.insertItem(1, texts.KEEP_DAYS.format(days=wanted[1]), wanted)
            self.keeping.setCurrentIndex(1)
        else:
            self.keeping.setCurrentIndex(self.keeping.count() - 1)

    @Slot(int)
    def _on_keeping(self, place: int) -> None:
        stores, days = self.keeping.itemData(place)
        self._change(store_history=stores, history_days=days)
        self._bridge.with_history(lambda history: history.keep(stores=stores, days=days), lambda _: None)


def _choices(
    theme: Theme, values: tuple[tuple[object, str], ...], chosen: object, of_what: str
) -> QButtonGroup:
    group = QButtonGroup()
    for number, (value, text) in enumerate(values):
        button = Radio(theme, text)
        button.setAccessibleDescription(of_what)
        button.setChecked(value is chosen)
        group.addButton(button, number)
    return group


def _nearest_step(percent: int) -> int:
    return min(range(len(TYPE_STEPS_PERCENT)), key=lambda step: abs(TYPE_STEPS_PERCENT[step] - percent))
