"""The page Vergleichen: topics against documents, as a table or a picture, and chosen passages side by side."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.compare.choice import Choice, Comparer, Comparison
from desktop.compare.side_by_side import beside
from desktop.full_document import with_source
from desktop.policy import NO_POLICY, Policy
from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.compare.chart import MatrixChart
from desktop.widgets.compare.choice_bar import ChoiceBar
from desktop.widgets.compare.key_pane import KeyPane
from desktop.widgets.compare.model import MOST_CHOSEN, MatrixModel, Place
from desktop.widgets.compare.saving import CompareSaving
from desktop.widgets.compare.sides import SidesView
from desktop.widgets.compare.stored import CompareState, read_state, written_state
from desktop.widgets.compare.table import MatrixTable
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.page import Fetcher, Page, PageState
from desktop.widgets.parts import IconButton, announce, label

_ROOMY = 620  # pixels at 100 % type size: from this height the sides have room below the table


class ComparePage(Page):
    """Shows what there is; reads documents in the background."""

    def __init__(self, theme: Theme, fetcher: Fetcher, policy: Policy = NO_POLICY) -> None:
        super().__init__()
        self._theme = theme
        self._fetcher = fetcher
        self._comparer = Comparer()
        self._wanted = CompareState()  # what is to be shown once documents are read
        self._comparison: Comparison | None = None
        self._asked = 0  # number of the newest wish; what older ones bring is out of date
        self._alone = False  # the sides take the place of the table
        self.setObjectName("comparePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts.PAGE_LABEL)
        self.model = MatrixModel()
        self.table = MatrixTable(theme, self.model)
        self.chart = MatrixChart(theme, self.model)
        self.key = KeyPane(theme)
        self.sides = SidesView(theme)
        self.choice = ChoiceBar(theme)
        self.saving = CompareSaving(self, fetcher, policy)
        self._make_tools()
        self._lay_out()
        self._connect()
        self._show_view()

    # What the window asks.

    def focus_first(self) -> None:
        """Put the keyboard into the matrix."""
        (self._view_widget() if self.model.rowCount() else self.choice.subjects).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def focus_find(self) -> None:
        """Put the keyboard where documents are chosen."""
        self.choice.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def state(self) -> PageState:
        """Return what is compared, how it is shown, and which cells are chosen."""
        comparison = self._comparison
        if comparison is None:
            return written_state(self._wanted)
        keys = [self._key(place) for place in self.model.chosen]
        view = self._view_widget()
        current = self._key(view.place) if view.place is not None and self.model.holds(view.place) else None
        return written_state(
            CompareState(
                comparison.choice,
                tuple(keys),
                current,
                chart=self._as_chart.isChecked(),
                sizes=tuple(self._splitter.sizes()) if not self.sides.isHidden() else self._wanted.sizes,
            )
        )

    def restore(self, state: PageState) -> None:
        """Take back what `state` returned."""
        self._wanted = read_state(state)
        (self._as_chart if self._wanted.chart else self._as_table).setChecked(True)
        self._show_view()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Compare anew: documents may have come or gone."""
        super().showEvent(event)
        if not event.spontaneous():
            self._compare(self._comparison.choice if self._comparison else self._wanted.choice)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the sides below the table where both have room."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room in which the page still works."""
        px = self._theme.px
        return QSize(min(px(320), 600), min(px(300), 420))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go back with Esc: from the sides to the matrix."""
        if event.key() == Qt.Key.Key_Escape:
            self._close_sides()
        else:
            super().keyPressEvent(event)

    # Parts.

    def _make_tools(self) -> None:
        self._as_table, self._as_chart = QPushButton(texts.TABLE), QPushButton(texts.CHART)
        self._views = QButtonGroup(self)
        for button, name in (
            (self._as_table, texts.TABLE_VIEW_LABEL),
            (self._as_chart, texts.CHART_VIEW_LABEL),
        ):
            button.setCheckable(True)
            button.setProperty("role", "chip")
            button.setAccessibleName(name)
            button.setToolTip(name)
            self._views.addButton(button)
        self._as_table.setChecked(True)
        self._export = IconButton(self._theme, "export", texts.EXPORT_LABEL, text=f" {texts.EXPORT}")
        self._export.setEnabled(False)
        if not self.saving.forms:
            self._export.setToolTip(texts.NOT_ALLOWED)
            self._export.setAccessibleDescription(texts.NOT_ALLOWED)
        self._read_sides = QPushButton()
        self._read_sides.hide()
        self._message = label("", "muted")
        self._message.hide()
        self._again = QPushButton(texts.AGAIN)
        self._again.hide()

    def _lay_out(self) -> None:
        tools = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        flow = FlowLayout(tools)
        self._tools: tuple[QWidget, ...] = (
            self.choice.subjects,
            self.choice.button,
            self._as_table,
            self._as_chart,
            self._export,
            self._read_sides,
        )
        for widget in self._tools:
            flow.addWidget(widget)
        self._lead = label(texts.LEAD, "muted")
        self._size = label("", "small", wrap=False)
        self._legend = label(texts.LEGEND, "small")
        self._legend.setAccessibleName(f"{texts.LEGEND_LABEL}: {texts.LEGEND}")
        self._chart_summary = label("", "small")
        chart = QScrollArea()
        chart.setObjectName("compareChart")
        chart.setWidgetResizable(True)
        chart.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chart.setFrameShape(QFrame.Shape.NoFrame)
        chart.setWidget(self.chart)
        self._chart_area = chart
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(chart)
        matrix = QWidget()
        column = QVBoxLayout(matrix)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack, 1)
        column.addWidget(self.key)
        self._matrix_part = matrix
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(5)
        self._splitter.addWidget(matrix)
        self._splitter.addWidget(self.sides)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self.sides.hide()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        # The rows of tools need most height where the page is narrowest, which it need not be.
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label(texts.TITLE, "title"), 1)
        head.addWidget(self._size, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.addWidget(self._head)
        self._column.addWidget(self._lead)
        self._tool_row = tools
        self._column.addWidget(tools)
        self._column.addWidget(self.choice)
        self._column.addWidget(self._message)
        self._column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        for line in (self._legend, self._chart_summary):
            self._column.addWidget(line)
        self._column.addWidget(self._splitter, 1)
        self._column.addStretch(0)  # takes what is left while the matrix is hidden

    def _connect(self) -> None:
        self.choice.changed.connect(self._compare)
        self.choice.panel_moved.connect(self._arrange)
        self._views.buttonToggled.connect(lambda _, on: self._on_view() if on else None)
        self._export.clicked.connect(self._on_export)
        self._again.clicked.connect(lambda: self._compare(self._wanted.choice))
        self._read_sides.clicked.connect(self._on_read_sides)
        self.table.place_shown.connect(self._show_key)
        self.chart.place_shown.connect(self._on_chart_place)
        self.table.copy_wanted.connect(self._on_copy)
        self.model.chosen_changed.connect(self._on_chosen)
        self.model.refused.connect(lambda: self._say(texts.TOO_MANY.format(number=MOST_CHOSEN)))
        self.sides.open_wanted.connect(self.document_wanted)
        self.sides.unchoose_wanted.connect(self._on_unchoose)
        self.sides.clear_wanted.connect(self._on_clear)
        self.sides.closed.connect(self._close_sides)
        self._splitter.splitterMoved.connect(self._on_moved)
        self._theme.changed.connect(self._arrange)

    # Comparing.

    @Slot(object)
    def _compare(self, choice: Choice) -> None:
        """Compare what is chosen by ``choice``; what was chosen in the matrix stays where it still is."""
        self._asked += 1
        number = self._asked
        if self._comparison is not None:
            self._wanted = read_state(self.state())
        self._wanted = self._wanted.with_choice(choice)
        self._again.hide()
        if self._comparison is None:
            self._say(texts.LOADING)

        def show(comparison: Comparison) -> None:
            if isValid(self) and number == self._asked:
                self._show(comparison)

        def failed(key: str) -> None:
            del key  # the window says what is wrong with the collections
            if isValid(self) and number == self._asked:
                self._say(texts.FAILED)
                self._again.show()

        comparer = self._comparer
        self._fetcher.fetch(lambda assistant: comparer.compare(assistant.library, choice), show, failed)

    def _show(self, comparison: Comparison) -> None:
        self._say("")
        first = self._comparison is None
        unchanged = not first and self._comparison == comparison
        self._comparison = comparison
        self.choice.show_comparison(comparison)
        self._export.setEnabled(bool(comparison.matrix.columns) and bool(self.saving.forms))
        if unchanged:
            return
        matrix = comparison.matrix
        places = {
            (topic.id, *column.key): (row, number)
            for row, topic in enumerate(matrix.topics)
            for number, column in enumerate(matrix.columns)
        }
        kept = [places[key] for key in self._wanted.chosen if key in places]
        current = places.get(self._wanted.current or ("", "", ""), (0, 0))
        self.model.show_matrix(matrix, kept)
        self.table.go_to(current)
        self.chart.go_to(current)
        shown = len(matrix.columns)
        self._size.setText(texts.size(shown, comparison.found, len(matrix.topics)) if shown else "")
        counts = [(topic.title, matrix.speaking(row)) for row, topic in enumerate(matrix.topics)]
        self._chart_summary.setText(texts.chart_summary(counts, shown))
        if not shown:
            self._say(texts.NO_DOCUMENTS if comparison.subjects else texts.NO_COLLECTIONS)
            self.key.show_nothing()
        else:
            self._show_key(current)
        self._show_view()
        if first and self.choice.subjects.hasFocus():  # where the keyboard waited
            self.focus_first()
        self.state_changed.emit()

    # What the clerk does.

    def _view_widget(self) -> MatrixTable | MatrixChart:
        return self.chart if self._as_chart.isChecked() else self.table

    @Slot()
    def _on_view(self) -> None:
        before = self.table.place if self._as_chart.isChecked() else self.chart.place
        self._show_view()
        if before is not None:
            self._view_widget().go_to(before)
        self.state_changed.emit()

    def _show_view(self) -> None:
        chart = self._as_chart.isChecked()
        there = self.model.rowCount() > 0
        self._stack.setCurrentWidget(self._chart_area if chart else self.table)
        self._size.setVisible(there)
        self._arrange()
        if chart and self.chart.place is not None:
            self._reveal(self.chart.place)

    @Slot(object)
    def _show_key(self, place: Place | None) -> None:
        if place is not None and self.model.holds(place):
            self.key.show_cell(*self.model.parts(place))

    @Slot(object)
    def _on_chart_place(self, place: Place | None) -> None:
        self._show_key(place)
        if place is not None and place == self.chart.place:
            self._reveal(place)

    def _reveal(self, place: Place) -> None:
        """Scroll the picture to a cell."""
        rect = self.chart.cell_rect(place)
        self._chart_area.ensureVisible(
            rect.center().x(), rect.center().y(), rect.width() * 2, rect.height() * 2
        )

    @Slot(object)
    def _on_copy(self, place: Place) -> None:
        _, column, cell = self.model.parts(place)
        QGuiApplication.clipboard().setText(with_source(texts.sentence(cell), column.info, cell.section))
        self._say(texts.COPIED)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = [self.model.parts(place) for place in self.model.chosen]
        before = len(self.sides.sides)
        self.sides.show_sides(beside(chosen))
        self._read_sides.setAccessibleName(texts.SHOW_SIDES.format(number=len(chosen)))
        if len(chosen) <= MOST_CHOSEN:
            self._say("")
        if chosen and len(chosen) != before:
            topic, column, _ = chosen[-1]
            name = texts.SIDE_LABEL.format(document=column.name, topic=topic.title)
            text = texts.CHOSEN_NOW if len(chosen) > before else texts.UNCHOSEN_NOW
            announce(self, text.format(name=name, number=len(chosen)))
        self._arrange()
        self.state_changed.emit()

    @Slot(int)
    def _on_unchoose(self, number: int) -> None:
        self.model.toggle(self.model.chosen[number])
        if self.model.chosen:
            self.sides.focus_first()
        else:
            self.focus_first()

    @Slot()
    def _on_clear(self) -> None:
        self.model.clear()
        self._close_sides()

    @Slot()
    def _on_read_sides(self) -> None:
        self._alone = True
        self._arrange()
        self.sides.focus_first()

    @Slot()
    def _close_sides(self) -> None:
        self._alone = False
        self._arrange()
        self.focus_first()

    @Slot()
    def _on_export(self) -> None:
        if self._comparison is not None:
            self.saving.save(self._comparison, self._say)

    @Slot()
    def _on_moved(self) -> None:
        self.state_changed.emit()

    def _say(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        if message:
            announce(self, message)

    def _key(self, place: Place) -> tuple[str, str, str]:
        topic, column, _ = self.model.parts(place)
        return topic.id, *column.key

    @Slot()
    def _arrange(self) -> None:
        """Show matrix and sides together where there is room, else one of them."""
        px = self._theme.px
        space = px(24) if self._theme.type_percent <= 125 else px(10)
        self._column.setContentsMargins(space, px(16), space, px(14))
        roomy = self.height() >= px(_ROOMY)
        chosen = bool(self.model.chosen)
        self._alone = self._alone and chosen
        there = self.model.rowCount() > 0
        chart = self._as_chart.isChecked()
        self._head.setVisible(roomy)
        self._tool_row.setVisible(roomy or not self._alone)
        self.choice.set_shown(shown=roomy or not self._alone)
        self._lead.setVisible(roomy and not chosen and not self.choice.opened)
        self._legend.setVisible(there and roomy and not chart and not self._alone)
        self._chart_summary.setVisible(there and roomy and chart and not self._alone)
        self._splitter.setVisible(there and (roomy or not self.choice.opened))
        self.key.set_cramped(cramped=not roomy)
        self.table.set_cramped(cramped=not roomy)
        self.chart.set_cramped(cramped=not roomy)
        reading = texts.SHOW_SIDES if roomy else texts.SHOW_SIDES_SHORT
        self._read_sides.setText(reading.format(number=len(self.model.chosen)))
        height = max(tool.sizeHint().height() for tool in self._tools)
        for tool in self._tools:
            tool.setMinimumHeight(height)
        was_hidden = self.sides.isHidden()
        self._matrix_part.setVisible(not self._alone)
        self.sides.setVisible(chosen and (roomy or self._alone))
        self.sides.set_alone(alone=self._alone)
        self._read_sides.setVisible(chosen and not self._alone)
        if was_hidden and not self.sides.isHidden() and roomy:
            whole = self._splitter.height()
            self._splitter.setSizes(list(self._wanted.sizes) or [whole // 2, whole // 2])
