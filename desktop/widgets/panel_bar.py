"""A button that opens a panel to choose in, and below it a chip for each thing that was chosen, which takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton, follow
from desktop.widgets.scroll_area import ScrollArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.theme import Theme
    from desktop.widgets.panel import Panel

AnyPanel = TypeVar("AnyPanel", bound="Panel")


class PanelBar(QWidget, Generic[AnyPanel]):
    """The button stands elsewhere: whoever owns the bar places ``button``. Chips and panel are the bar."""

    panel_moved = Signal()  # the panel was opened or closed

    def __init__(self, theme: Theme, make: Callable[[], AnyPanel], *, text: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._make = make
        self._made: AnyPanel | None = None
        self._shown = True
        self._alone = False
        self.button = IconButton(theme, "filter", name, text=f" {text}")
        self.button.setProperty("role", "filter")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_button)
        self._chips: list[QPushButton] = []
        self._row = QWidget()
        self._row.setSizePolicy(_flowing())
        self._flow = FlowLayout(self._row, gap=6)
        self._scroll = ScrollArea()
        self._scroll.hide()
        self._row.hide()
        self.setSizePolicy(_flowing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._row)
        column.addWidget(self._scroll, 1)
        theme.changed.connect(self._fit)
        self.hide()

    @property
    def panel(self) -> AnyPanel:
        """What the button opens; made when it is first wanted, as the window need not wait for it."""
        if self._made is None:
            self._made = made = self._make()
            made.closed.connect(self.close_panel)
            self._scroll.take(made)
            follow(self.button, made.stops)
        return self._made

    @property
    def opened(self) -> bool:
        """Whether the panel is open."""
        return not self._scroll.isHidden()

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """What takes back one thing each."""
        return tuple(self._chips)

    def set_shown(self, *, shown: bool) -> None:
        """Let chips and panel be seen, where there are any."""
        if shown != self._shown:
            self._shown = shown
            self._arrange()

    def set_alone(self, *, alone: bool) -> None:
        """Let the panel grow to all the room there is: what it is chosen for is not shown."""
        if alone != self._alone:
            self._alone = alone
            self._fit()

    def show_chips(self, chips: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """Show a chip for each text, name and act; the keyboard goes on to the one that follows a chip taken back."""
        focused = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(*one) for one in chips]
        self._row.setVisible(bool(self._chips))
        self._arrange()
        self._fit()
        if focused is not None:
            following = self._chips[min(focused, len(self._chips) - 1)] if self._chips else self.button
            following.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; the keyboard returns to the button."""
        had_focus = self._scroll.isAncestorOf(self.window().focusWidget() or self)
        self.button.setChecked(False)
        self._scroll.hide()
        self._arrange()
        self.panel_moved.emit()
        if had_focus:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the panel to the new width."""
        super().resizeEvent(event)
        self._fit()

    @Slot(bool)
    def _on_button(self, wanted: bool) -> None:
        if not wanted:
            self.close_panel()
            return
        panel = self.panel
        self._scroll.show()
        self._arrange()
        self.panel_moved.emit()
        self._fit()
        panel.focus_first()

    def _chip(self, text: str, name: str, act: Callable[[], object]) -> QPushButton:
        chip = IconButton(self._theme, "close", name, text=f" {text}")
        chip.setProperty("role", "filter")
        chip.clicked.connect(lambda _checked: act())
        self._flow.addWidget(chip)
        chip.show()  # at once: the keyboard may go there
        return chip

    def _arrange(self) -> None:
        self.setVisible(self._shown and not (self._row.isHidden() and self._scroll.isHidden()))
        self.updateGeometry()

    @Slot()
    def _fit(self) -> None:
        """Let the panel be as high as it needs, but leave half of the window to what it is chosen for, if shown."""
        if self._made is None:
            return
        needed = self._made.heightForWidth(max(self.width(), self._theme.px(200)))
        most = max(self._theme.px(120), self.window().height() // 2)
        frame = 2 * self._scroll.frameWidth()
        least = min(needed, most) + frame
        most = needed + frame if self._alone else least
        if (least, most) != (self._scroll.minimumHeight(), self._scroll.maximumHeight()):
            self._scroll.setMinimumHeight(least)
            self._scroll.setMaximumHeight(most)


def _flowing() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy
