"""The list of the library: search line, filters, order, and the table."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.holdings import Column, Holding, Key, Narrowing, Order, kinds_of
from desktop.texts import library as texts
from desktop.texts import reading
from desktop.theme import Theme
from desktop.widgets.collection_bar import CollectionBar
from desktop.widgets.flow_layout import FlowRow
from desktop.widgets.library.kind_button import KindButton
from desktop.widgets.library.model import LibraryModel
from desktop.widgets.library.order_bar import OrderBar
from desktop.widgets.library.table import LibraryTable
from desktop.widgets.notices import Notices
from desktop.widgets.parts import IconButton, ScrolledPage, announce, fill, label
from desktop.widgets.scroll_area import scrolling
from desktop.widgets.search_line import SearchLine
from guidelines_db.browse import MAX_TEXT, FoundDocument
from guidelines_db.results import CollectionInfo

# Pixels at 100 % type size: a smaller page does without its title and some words.
_TITLE_FROM = 520
_WORDS_FROM = 600


class LibraryList(QWidget):
    """Shows what it is given; says what is searched for, by what it is narrowed, how it is sorted."""

    changed = Signal()  # the list is to be made anew
    search_wanted = Signal()
    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme, *, may_import: bool) -> None:
        super().__init__()
        self._theme = theme
        self._order = Order()
        self.model = LibraryModel(self)
        self.table = LibraryTable(theme, self.model)
        self.collections = CollectionBar(theme, most_rows=1, filters_label=texts.FILTERS_LABEL)
        self.kinds = KindButton(theme)
        self.order_bar = OrderBar(theme)
        self.notices = Notices(theme)
        self._make_parts(may_import=may_import)
        self._lay_out()
        self._connect()

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self._search.typed

    @property
    def narrowing(self) -> Narrowing:
        """By what the list is narrowed."""
        return Narrowing(self.collections.chosen, self.kinds.chosen, self.collections.filter.filters)

    @property
    def order(self) -> Order:
        """How the list is sorted."""
        return self._order

    @property
    def search_line(self) -> SearchLine:
        """Where is typed what is searched for."""
        return self._search

    @property
    def message(self) -> str:
        """What stands in the place of an empty table."""
        return "" if self._empty.isHidden() else self._empty.text()

    @property
    def counted(self) -> str:
        """How many documents are said to be listed."""
        return self._count.text()

    def restore(self, typed: str, narrowing: Narrowing, order: Order) -> None:
        """Let these hold, without saying so."""
        self._search.blockSignals(True)
        self._search.setText(typed)
        self._search.blockSignals(False)
        self.kinds.choose(narrowing.kinds)
        self.collections.filter.show_filters(narrowing.filters)
        self._order = order

    def show_collections(self, collections: Sequence[CollectionInfo], chosen: Sequence[str]) -> None:
        """Offer ``collections`` as filters."""
        self.collections.show_collections(collections, chosen)

    def show_holdings(
        self,
        all_of_them: Sequence[Holding],
        listed: Sequence[Holding],
        found: Mapping[Key, FoundDocument] | None,
        *,
        complete: bool,
    ) -> None:
        """Show what is ``listed`` of all documents, with what a search ``found`` in them."""
        current = self.table.current
        searching = found is not None
        self.kinds.show_kinds(kinds_of(all_of_them))
        self.model.show(listed, self._order, found)
        self.table.choose(current.key if current is not None and not searching else None)
        shown_order = self._order if searching or self._order.column else Order(Column.TITLE)
        self.table.show_order(shown_order)
        self.order_bar.show_order(self._order, searching=searching)
        self._count.setText(texts.documents(len(listed), len(all_of_them)))
        self._more.setVisible(searching and not complete and bool(listed))
        self.table.setVisible(bool(listed))
        self._say_empty(bool(all_of_them), bool(listed), nothing_found=searching and not found)
        if searching or self.narrowing:
            announce(self, self.message or self._count.text())

    def show_problem(self, sentence: str) -> None:
        """Say why there is no list."""
        self.table.hide()
        self._clear.hide()
        self._empty.setText(sentence)
        self._empty.show()

    def set_history(self, *, back: bool, forward: bool) -> None:
        """Offer back and forward where one of them leads somewhere."""
        for button, possible in ((self.back, back), (self.forward, forward)):
            button.setEnabled(possible)
            button.setVisible(back or forward)

    def focus_first(self) -> None:
        """Put the keyboard into the table, or into the search line if it is empty."""
        if self.model.rowCount():
            if self.table.current is None:
                self.table.choose(None)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_search()

    def focus_search(self) -> None:
        """Put the keyboard into the search line."""
        self._search.focus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Do without the title where room is short."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def clear(self) -> None:
        """Search for nothing and let no filter hold."""
        self.restore("", Narrowing(), self._order)
        self.collections.choose(())
        self._search.search_now()
        self.focus_search()

    def _make_parts(self, *, may_import: bool) -> None:
        theme = self._theme
        self._title = label(texts.TITLE, "welcome", wrap=False)
        self.back = IconButton(theme, "previous", reading.BACK)
        self.forward = IconButton(theme, "next", reading.FORWARD)
        self._search = SearchLine(theme, texts.SEARCH_HINT, texts.SEARCH_LABEL)
        self._search.setAccessibleDescription(texts.SEARCH_TIP)
        self._search.setToolTip(texts.SEARCH_TIP)
        self._search.setMaxLength(MAX_TEXT)
        self._take = IconButton(theme, "add", texts.TAKE_LABEL, text=f" {texts.TAKE}")
        menu = QMenu(self._take)
        menu.addAction(texts.TAKE_FILES, self.files_wanted.emit)
        menu.addAction(texts.TAKE_FOLDER, self.folder_wanted.emit)
        self._take.setMenu(menu)
        if not may_import:
            self._take.hide()
        self._count = label("", "muted")  # gives way where room is short
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._more = label(texts.NOT_ALL, "muted")
        self._empty = label(texts.LOADING, "lead")
        self._clear = QPushButton(texts.CLEAR)
        self._more.hide()
        self._clear.hide()
        self.table.hide()
        self.set_history(back=False, forward=False)

    def _lay_out(self) -> None:
        content = ScrolledPage()
        column = QVBoxLayout(content)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._take, 0, Qt.AlignmentFlag.AlignVCenter)
        tools = FlowRow(gap=12)
        tools.flow.addWidget(self.kinds)
        tools.flow.addWidget(self.order_bar)
        column.addLayout(head)
        for part in (self._search, self.collections, tools, self.notices, self._more, self._empty):
            column.addWidget(part)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table, 1)
        self._spring = column.count()
        column.addStretch(0)
        self._column = column
        # Where large type leaves too little height for all of it, the list scrolls as a whole.
        fill(self, scrolling(content))

    def _connect(self) -> None:
        self._search.search_wanted.connect(self.search_wanted)
        self._search.down_wanted.connect(self._on_down)
        self._clear.clicked.connect(self.clear)
        self.collections.chosen_changed.connect(lambda _: self.changed.emit())
        self.collections.filter.changed.connect(lambda _: self.changed.emit())
        self.kinds.chosen_changed.connect(lambda _: self.changed.emit())
        self.order_bar.changed.connect(self._on_order)
        self.table.order_wanted.connect(self._on_heading)
        self._theme.changed.connect(self._arrange)

    def _say_empty(self, any_there: bool, any_listed: bool, *, nothing_found: bool) -> None:
        sentence = ""
        if not any_there:
            sentence = texts.NO_DOCUMENTS
        elif not any_listed:
            narrowed = bool(self.narrowing)
            if nothing_found:
                sentence = texts.NOTHING_FOUND_INSIDE if narrowed else texts.NOTHING_FOUND
            else:
                sentence = texts.NOTHING_INSIDE
        self._empty.setText(sentence)
        self._empty.setVisible(bool(sentence))
        self._clear.setVisible(any_there and not any_listed)
        self._column.setStretch(self._spring, 0 if any_listed else 1)

    @Slot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.focus_first()

    @Slot(object)
    def _on_order(self, order: Order) -> None:
        self._order = order
        self.changed.emit()

    @Slot(object)
    def _on_heading(self, column: Column) -> None:
        """Sort by the column, or turn the order round if the list is sorted by it."""
        now = self._order.column or (None if self.model.searching else Column.TITLE)
        self._on_order(Order(column, descending=column is now and not self._order.descending))

    @Slot()
    def _arrange(self) -> None:
        px = self._theme.px
        space = px(24) if self._theme.type_percent <= 125 else px(12)
        self._column.setContentsMargins(space, 16, space, 12)
        short = self.width() < px(_WORDS_FROM)
        self._title.setVisible(not short and self.height() >= px(_TITLE_FROM))
        self.order_bar.set_short(short=short)
