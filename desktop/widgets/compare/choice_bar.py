"""What is compared: the subject, a button for the panel of documents, and a chip for each restriction."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.compare.choice import Choice, Comparison, Subject
from desktop.compare.restrictions import restrictions, subject_title
from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.compare.choice_panel import ChoicePanel
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton
from desktop.widgets.scroll_area import scrolling


class ChoiceBar(QWidget):
    """``subjects`` and ``button`` stand in the page's line of tools; chips and panel are the bar."""

    changed = Signal(object)  # Choice
    panel_moved = Signal()  # the panel was opened or closed

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choice = Choice()
        self._shown = True
        self.subjects = SubjectBox(theme)
        self.subjects.activated.connect(self._on_subject)
        self.button = IconButton(theme, "filter", texts.CHOOSE_LABEL, text=f" {texts.CHOOSE}")
        self.button.setProperty("role", "filter")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_button)
        self._chips: list[QPushButton] = []
        self._row = QWidget()
        self._row.setSizePolicy(_flowing())
        self._flow = FlowLayout(self._row, gap=6)
        self.panel = ChoicePanel(theme)
        self.panel.changed.connect(self.changed)
        self.panel.closed.connect(self.close_panel)
        self._scroll = scrolling(self.panel)
        self._scroll.hide()
        self._row.hide()
        self.setSizePolicy(_flowing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._row)
        column.addWidget(self._scroll)
        theme.changed.connect(self._fit)
        self.hide()

    @property
    def opened(self) -> bool:
        """Whether the panel is open."""
        return not self._scroll.isHidden()

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """What removes a restriction each."""
        return tuple(self._chips)

    def set_shown(self, *, shown: bool) -> None:
        """Let chips and panel be seen, where there are any."""
        if shown != self._shown:
            self._shown = shown
            self._arrange()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what is compared and what else could be."""
        self._choice = comparison.choice
        self.subjects.show_subjects(comparison.subjects, comparison.choice.subject)
        self.panel.show_offer(comparison.offer, comparison.choice)
        self._show_chips(comparison)
        self._arrange()
        self._fit()

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; the keyboard returns to the button."""
        had_focus = self.panel.isAncestorOf(self.window().focusWidget() or self)
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
        self._scroll.show()
        self._arrange()
        self.panel_moved.emit()
        self._fit()
        self.panel.focus_first()

    @Slot()
    def _on_subject(self) -> None:
        subject = str(self.subjects.currentData())
        if subject != self._choice.subject:
            self.changed.emit(Choice(subject))

    def _show_chips(self, comparison: Comparison) -> None:
        focused = next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for name, rest in restrictions(comparison):
            chip = IconButton(self._theme, "close", texts.REMOVE.format(name=name), text=f" {name}")
            chip.setProperty("role", "filter")
            chip.clicked.connect(partial(self.changed.emit, rest))
            self._flow.addWidget(chip)
            self._chips.append(chip)
            chip.show()
        self._row.setVisible(bool(self._chips))
        if focused is not None:
            following = self._chips[min(focused, len(self._chips) - 1)] if self._chips else self.button
            following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self.setVisible(self._shown and not (self._row.isHidden() and self._scroll.isHidden()))
        self.updateGeometry()

    @Slot()
    def _fit(self) -> None:
        """Let the panel be as high as it needs, but leave half of the window to the matrix."""
        needed = self.panel.heightForWidth(max(self.width(), self._theme.px(200)))
        most = max(self._theme.px(120), self.window().height() // 2)
        height = min(needed, most) + 2 * self._scroll.frameWidth()
        if height != self._scroll.minimumHeight():
            self._scroll.setFixedHeight(height)


class SubjectBox(Combo):
    """A choice of subjects."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, texts.SUBJECT_LABEL)
        self.setObjectName("compareSubject")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def show_subjects(self, subjects: Sequence[Subject], chosen: str) -> None:
        """Offer ``subjects``."""
        if [self.itemData(n) for n in range(self.count())] != [one.name for one in subjects]:
            self.clear()
            for one in subjects:
                self.addItem(subject_title(one), one.name)
        self.setCurrentIndex(max(0, self.findData(chosen)))


def _flowing() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy
