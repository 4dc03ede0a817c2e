"""The line of tools above the matrix."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.compare.choice_bar import ChoiceBar
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton
from desktop.widgets.tick_chip import TickChip


class ToolRow(QWidget):
    """What is compared, table or picture, export, and the way to the sides. Reports wishes; decides nothing."""

    view_changed = Signal()
    export_wanted = Signal()
    sides_wanted = Signal()

    def __init__(self, theme: Theme, choice: ChoiceBar, *, exports: bool) -> None:
        """``exports``: the machine's policy allows at least one kind of file."""
        super().__init__()
        self._theme = theme
        self._exports = exports
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._as_table = _view_button(theme, texts.TABLE, texts.TABLE_VIEW_LABEL)
        self._as_chart = _view_button(theme, texts.CHART, texts.CHART_VIEW_LABEL)
        self._as_table.setChecked(True)
        self._views = QButtonGroup(self)
        for button in (self._as_table, self._as_chart):
            self._views.addButton(button)
        self._export = IconButton(theme, "export", texts.EXPORT_LABEL, text=f" {texts.EXPORT}")
        self._export.setEnabled(False)
        if not exports:
            self._export.setToolTip(texts.NOT_ALLOWED)
            self._export.setAccessibleDescription(texts.NOT_ALLOWED)
        self._sides = QPushButton()
        self._sides.hide()
        self._all = (
            choice.subjects,
            choice.button,
            self._as_table,
            self._as_chart,
            self._export,
            self._sides,
        )
        flow = FlowLayout(self)
        for widget in self._all:
            flow.addWidget(widget)
        self._views.buttonToggled.connect(self._on_toggled)
        self._export.clicked.connect(self.export_wanted)
        self._sides.clicked.connect(self.sides_wanted)
        theme.changed.connect(self._tick)
        self._tick()

    @property
    def chart(self) -> bool:
        """Whether the picture is to be shown, else the table."""
        return self._as_chart.isChecked()

    def choose_view(self, *, chart: bool) -> None:
        """Let picture or table be shown."""
        (self._as_chart if chart else self._as_table).setChecked(True)

    def let_export(self, *, there: bool) -> None:
        """Let the matrix be exported while ``there`` is one."""
        self._export.setEnabled(there and self._exports)

    def show_chosen(self, number: int, *, alone: bool, cramped: bool) -> None:
        """Offer to read the ``number`` of chosen cells, unless that is done already; fit all to the type size."""
        reading = texts.SHOW_SIDES_SHORT if cramped else texts.SHOW_SIDES
        self._sides.setText(reading.format(number=number))
        self._sides.setAccessibleName(texts.SHOW_SIDES.format(number=number))
        self._sides.setVisible(number > 0 and not alone)
        height = max(widget.sizeHint().height() for widget in self._all)
        for widget in self._all:
            widget.setMinimumHeight(height)

    @Slot(object, bool)
    def _on_toggled(self, button: QPushButton, on: bool) -> None:
        del button
        if on:
            self._tick()
            self.view_changed.emit()

    @Slot()
    def _tick(self) -> None:
        """Say without colour which view is shown."""
        for button in (self._as_table, self._as_chart):
            button.show_tick()


def _view_button(theme: Theme, text: str, name: str) -> TickChip:
    button = TickChip(theme, text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
