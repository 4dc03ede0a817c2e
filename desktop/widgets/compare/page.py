"""The page Vergleichen: topics against documents, as a table or a picture, and chosen passages side by side."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
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
from desktop.widgets.compare.choice_bar import ChoiceBar
from desktop.widgets.compare.matrix_view import MatrixView
from desktop.widgets.compare.model import MOST_CHOSEN, MatrixModel, Place
from desktop.widgets.compare.saving import CompareSaving
from desktop.widgets.compare.sides import SidesView
from desktop.widgets.compare.stored import CompareState, read_state, written_state
from desktop.widgets.compare.tools import ToolRow
from desktop.widgets.page import Fetcher, Page, PageState
from desktop.widgets.parts import announce, label

_WIDE = 960
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
        self.matrix = MatrixView(theme, self.model)
        self._sides: SidesView | None = None
        self.choice = ChoiceBar(theme)
        self.saving = CompareSaving(self, fetcher, policy)
        self.tools = ToolRow(theme, self.choice, exports=bool(self.saving.forms))
        self._lay_out()
        self._connect()
        self._show_view()

    @property
    def sides(self) -> SidesView:
        """The chosen cells; made when the first is chosen, as the table need not wait for it."""
        if self._sides is None:
            self._sides = sides = SidesView(self._theme)
            sides.hide()
            self._splitter.addWidget(sides)
            self._splitter.setStretchFactor(0, 3)
            self._splitter.setStretchFactor(1, 2)
            sides.open_wanted.connect(self.document_wanted)
            sides.unchoose_wanted.connect(self._on_unchoose)
            sides.clear_wanted.connect(self._on_clear)
            sides.closed.connect(self._close_sides)
        return self._sides

    # What the window asks.

    def focus_first(self) -> None:
        """Put the keyboard into the matrix."""
        first = self.matrix.shown if self.model.rowCount() else self.choice.subjects
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Put the keyboard where documents are chosen."""
        self.choice.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def state(self) -> PageState:
        """Return what is compared, how it is shown, and which cells are chosen."""
        comparison = self._comparison
        if comparison is None:
            return written_state(self._wanted)
        keys = [self._key(place) for place in self.model.chosen]
        place = self.matrix.place
        return written_state(
            CompareState(
                comparison.choice,
                tuple(keys),
                self._key(place) if place is not None else None,
                chart=self.tools.chart,
                sizes=self._wanted.sizes,
            )
        )

    def restore(self, state: PageState) -> None:
        """Take back what `state` returned."""
        self._wanted = read_state(state)
        self.tools.choose_view(chart=self._wanted.chart)
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

    def _lay_out(self) -> None:
        self._message = label("", "muted")
        self._message.hide()
        self._again = QPushButton(texts.AGAIN)
        self._again.hide()
        self._lead = label(texts.LEAD, "muted")
        self._size = label("", "small", wrap=False)
        self._legend = label(texts.LEGEND, "small")
        self._legend.setAccessibleName(f"{texts.LEGEND_LABEL}: {texts.LEGEND}")
        self._chart_summary = label("", "small")
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(5)
        self._splitter.addWidget(self.matrix)
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
        for widget in (self.tools, self.choice, self._message):
            self._column.addWidget(widget)
        self._column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        for line in (self._legend, self._chart_summary):
            self._column.addWidget(line)
        self._column.addWidget(self._splitter, 1)
        self._column.addStretch(0)  # takes what is left while the matrix is hidden

    def _connect(self) -> None:
        self.choice.changed.connect(self._compare)
        self.choice.panel_moved.connect(self._arrange)
        self.tools.view_changed.connect(self._on_view)
        self.tools.export_wanted.connect(self._on_export)
        self.tools.sides_wanted.connect(self._on_read_sides)
        self._again.clicked.connect(lambda: self._compare(self._wanted.choice))
        self.matrix.table.copy_wanted.connect(self._on_copy)
        self.model.chosen_changed.connect(self._on_chosen)
        self.model.refused.connect(lambda: self._say(texts.TOO_MANY.format(number=MOST_CHOSEN)))
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
        self.tools.let_export(there=bool(comparison.matrix.columns))
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
        self.matrix.go_to(current)
        shown = len(matrix.columns)
        self._size.setText(texts.size(shown, comparison.found, len(matrix.topics)) if shown else "")
        counts = [(topic.title, matrix.speaking(row)) for row, topic in enumerate(matrix.topics)]
        self._chart_summary.setText(texts.chart_summary(counts, shown))
        if not shown:
            self._say(texts.NO_DOCUMENTS if comparison.subjects else texts.NO_COLLECTIONS)
        self._show_view()
        if first and self.choice.subjects.hasFocus():  # where the keyboard waited
            self.focus_first()
        self.state_changed.emit()

    # What the clerk does.

    @Slot()
    def _on_view(self) -> None:
        self._show_view()
        self.state_changed.emit()

    def _show_view(self) -> None:
        self._arrange()
        self.matrix.show_view(chart=self.tools.chart)

    @Slot(object)
    def _on_copy(self, place: Place) -> None:
        _, column, cell = self.model.parts(place)
        QGuiApplication.clipboard().setText(with_source(texts.sentence(cell), column.info, cell.section))
        self._say(texts.COPIED)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = [self.model.parts(place) for place in self.model.chosen]
        if self._sides is None and not chosen:
            return
        before = len(self.sides.sides)
        self.sides.show_sides(beside(chosen))
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
        self._wanted = replace(self._wanted, sizes=tuple(self._splitter.sizes()))
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
        chosen = len(self.model.chosen)
        self._alone = self._alone and chosen > 0
        there = self.model.rowCount() > 0
        explained = there and roomy and not self._alone
        self._head.setVisible(roomy)
        self._size.setVisible(there)
        self._lead.setVisible(roomy and not chosen and not self.choice.opened)
        self._legend.setVisible(explained and not self.tools.chart)
        self._chart_summary.setVisible(explained and self.tools.chart)
        self.tools.setVisible(roomy or not self._alone)
        narrow = self.width() < px(_WIDE)
        self.tools.show_chosen(chosen, alone=self._alone, cramped=narrow or not roomy)
        self.choice.set_shown(shown=roomy or not self._alone)
        self.choice.set_alone(alone=not roomy)
        self.matrix.set_cramped(cramped=not roomy)
        self.matrix.setVisible(not self._alone)
        sides = self._sides
        was_hidden = sides is None or sides.isHidden()
        if sides is not None:
            sides.setVisible(chosen > 0 and (roomy or self._alone))
            sides.set_alone(alone=self._alone)
        self._splitter.setVisible(there and (roomy or not self.choice.opened))
        if sides is not None and was_hidden and not sides.isHidden() and roomy:
            whole = self._splitter.height()
            self._splitter.setSizes(list(self._wanted.sizes) or [whole // 2, whole // 2])
