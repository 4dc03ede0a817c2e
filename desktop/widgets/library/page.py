"""The page Bibliothek: all documents in a table, searched as one types, and a reader for one of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout
from shiboken6 import isValid

from desktop.bridge import AssistantLike
from desktop.document_place import Place
from desktop.full_document import FullDocument, read_full
from desktop.holdings import Holding, Key, Narrowing, listed, read_holdings
from desktop.policy import NO_POLICY, Policy
from desktop.texts import library as texts
from desktop.texts.problems import explain
from desktop.theme import Theme
from desktop.widgets.library.document_view import DocumentView
from desktop.widgets.library.excerpt import words_found
from desktop.widgets.library.list_view import LibraryList
from desktop.widgets.library.own_documents import OwnDocuments
from desktop.widgets.library.stored import LibraryState, read, written
from desktop.widgets.page import Fetcher, Page, PageState
from desktop.widgets.parts import announce
from desktop.widgets.reading.way import Way
from guidelines_db.browse import BrowseResult, FoundDocument
from guidelines_db.results import CollectionInfo

_MOST_FOUND = 2_000  # documents of one search
_OWN, _GONE = "own", "gone"  # keys of notices

_Shelf = tuple[tuple[CollectionInfo, ...], tuple[Holding, ...]]


class LibraryPage(Page):
    """List and reader take turns. Everything is read in the background; what is shown stays until the new is there."""

    collections_changed = Signal(object)  # tuple of CollectionInfo: own documents came or went

    def __init__(
        self,
        theme: Theme,
        fetcher: Fetcher,
        policy: Policy = NO_POLICY,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._fetcher = fetcher
        self._policy = policy
        self._today = today
        self._wanted = LibraryState()  # to be shown as soon as the library is read
        self._loaded = False
        self._holdings: Sequence[Holding] = ()
        self._found: dict[Key, FoundDocument] | None = None  # None: nothing is searched for
        self._complete = True
        self._searched = ("", Narrowing())  # what the last search is for, and within what
        self._searching = False
        self._way: Way[Place | None] = Way(None)  # None: the list
        self._opening = 0  # number of the newest wish; what older ones bring is out of date
        self.setObjectName("libraryPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts.PAGE_LABEL)
        # The policy of the machine may forbid to take documents in: then it is not offered.
        self.list = LibraryList(theme, may_import=policy.may_import)
        self._view: DocumentView | None = None
        self.own = OwnDocuments(self, theme, fetcher)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._connect()
        self._add_shortcuts()

    @property
    def view(self) -> DocumentView:
        """The reader; made when it is first wanted, as the list need not wait for it."""
        if self._view is None:
            self._view = view = DocumentView(self._theme, self._fetcher, self._policy, self._today)
            view.panes.restore(self._wanted.side)
            self._stack.addWidget(view)
            view.list_wanted.connect(partial(self._go, None))
            view.back_wanted.connect(self.go_back)
            view.forward_wanted.connect(self.go_forward)
            view.remove_wanted.connect(self.own.remove)
            view.moved.connect(self.state_changed)
        return self._view

    @property
    def document(self) -> FullDocument | None:
        """The document that is read; None while the list is shown."""
        return self.view.document if self._way.at is not None else None

    def focus_first(self) -> None:
        """Put the keyboard into the table, or into the document that is read."""
        (self.list if self._way.at is None else self.view).focus_first()

    def focus_find(self) -> None:
        """Search in the document that is read, else in all."""
        if self._way.at is None:
            self.list.focus_search()
        else:
            self.view.focus_find()

    def state(self) -> PageState:
        """Return what is searched for, filters, order, what is read, and the width beside it."""
        side = self._view.panes.side_width if self._view is not None else self._wanted.side
        if not self._loaded:
            return written(replace(self._wanted, side=side))
        at = replace(self._way.at, evidence=()) if self._way.at is not None else None
        return written(LibraryState(self.list.typed, self.list.narrowing, self.list.order, at, side))

    def restore(self, state: PageState) -> None:
        """Take back what `state` returned."""
        self._wanted = read(state)
        self.list.restore(self._wanted.typed, self._wanted.narrowing, self._wanted.order)
        if self._view is not None:
            self._view.panes.restore(self._wanted.side)
        if self._wanted.place is not None:
            self._go(self._wanted.place)

    @Slot(object)
    def show_place(self, place: Place) -> None:
        """Show a place in a document, with its sentence marked."""
        self._go(place)

    @Slot(str, str, str)
    def show_document(self, collection: str, document: str, heading: str = "") -> None:
        """Show a document from its beginning, or at ``heading``."""
        self._go(Place(collection, document, heading))

    @Slot()
    def refresh(self) -> None:
        """Read the library anew."""
        self._fetcher.fetch(_read, self._on_read, self._on_unreadable)

    @Slot()
    def go_back(self) -> None:
        """Show what was shown before."""
        if self._way.back():
            self._show()

    @Slot()
    def go_forward(self) -> None:
        """Undo going back."""
        if self._way.forward():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the library when it is first wanted."""
        super().showEvent(event)
        if not event.spontaneous() and not self._loaded:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on finding with F3; one step back with Esc."""
        reading = self._way.at is not None
        if reading and event.key() == Qt.Key.Key_F3:
            self.view.reader.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif reading and event.key() == Qt.Key.Key_Escape:
            if not self.view.close_something():
                self._go(None)
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.list.changed.connect(self._on_narrowed)
        self.list.search_wanted.connect(self._search)
        self.list.files_wanted.connect(self.own.take_files)
        self.list.folder_wanted.connect(self.own.take_folder)
        self.list.back.clicked.connect(self.go_back)
        self.list.forward.clicked.connect(self.go_forward)
        self.list.table.opened.connect(self._on_opened)
        self.list.table.remove_wanted.connect(self.own.remove)
        self.list.collections.read_values(self._fetcher)
        self.own.said.connect(self._on_said)
        self.own.removed.connect(self._on_removed)
        self.own.changed.connect(self._on_own_changed)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Ctrl+P", self._print),
            ("Ctrl+Shift+C", self._copy),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @Slot()
    def _print(self) -> None:
        if self._view is not None:
            self._view.print()

    @Slot()
    def _copy(self) -> None:
        if self._view is not None:
            self._view.copy()

    # The list.

    def _on_read(self, shelf: _Shelf) -> None:
        if not isValid(self):
            return
        collections, self._holdings = shelf
        chosen = self.list.narrowing.collections if self._loaded else self._wanted.narrowing.collections
        first, self._loaded = not self._loaded, True
        self.list.show_collections(collections, chosen)
        self.own.know(collections)
        self._search()
        waiting = self.window().focusWidget() in (None, self, self.list.search_line)
        if first and self._way.at is None and self.isVisible() and waiting and not self.list.typed:
            self.focus_first()

    def _on_unreadable(self, key: str) -> None:
        if isValid(self):
            self.list.show_problem(explain(key).whole)

    @Slot()
    def _search(self) -> None:
        """Search for what is typed; while a search runs, the next waits for its end."""
        typed, narrowing = self.list.typed, self.list.narrowing
        if not self._loaded or self._searching:
            return
        self._searched = (typed, narrowing)
        if not typed:
            self._found, self._complete = None, True
            self._list()
            return
        self._searching = True
        # Not all matches are looked at, so the search has to know what it is narrowed to.
        within = {one.key for one in self._holdings if narrowing.passes(one)} if narrowing else None
        self._fetcher.fetch(
            lambda assistant: assistant.library.browse(typed, _MOST_FOUND, within),
            self._on_found,
            self._on_search_failed,
        )

    def _on_found(self, result: BrowseResult) -> None:
        if not isValid(self):
            return
        self._searching = False
        if (self.list.typed, self.list.narrowing) != self._searched:
            self._search()
            return
        self._found = {(one.document.collection, one.document.id): one for one in result.documents}
        self._complete = result.complete
        self._list()

    def _on_search_failed(self, key: str) -> None:
        if isValid(self):
            self._searching = False
            self.list.show_problem(explain(key).whole)

    @Slot()
    def _on_narrowed(self) -> None:
        if self._loaded and self.list.typed and self.list.narrowing != self._searched[1]:
            self._search()
        elif self._loaded:
            self._list()

    def _list(self) -> None:
        shown = listed(self._holdings, self.list.narrowing, self.list.order, self._found)
        self.list.show_holdings(self._holdings, shown, self._found, complete=self._complete)
        self.state_changed.emit()

    @Slot(str, bool)
    def _on_said(self, sentences: str, trouble: bool) -> None:
        self.list.notices.add(_OWN, sentences, icon="note" if trouble else "info")
        announce(self, sentences)

    @Slot()
    def _on_own_changed(self) -> None:
        def tell(shelf: _Shelf) -> None:
            if isValid(self):
                self._on_read(shelf)
                self.collections_changed.emit(shelf[0])

        self._fetcher.fetch(_read, tell, self._on_unreadable)

    @Slot(object)
    def _on_removed(self, holding: Holding) -> None:
        """Leave a document that is gone, and never come back to it."""

        def gone(place: Place | None) -> bool:
            return place is not None and (place.collection, place.document) == holding.key

        self._way.forget(gone)
        if gone(self._way.at):
            self._way.at = None
            self._show()

    # Documents.

    @Slot(object)
    def _on_opened(self, holding: Holding) -> None:
        found = self._found.get(holding.key) if self._found else None
        heading = found.passages[0].section if found is not None and found.passages else ""
        self._go(Place(*holding.key, heading), words_found(found) if found is not None else ())

    def _go(self, place: Place | None, words: tuple[str, ...] = ()) -> None:
        if place != self._way.at:
            self._way.go(place)
        self._show(words)

    def _show(self, words: tuple[str, ...] = ()) -> None:
        place = self._way.at
        # Made before the document is there: either takes its time.
        view = self._view if place is None else self.view
        self._opening += 1
        self._show_history()
        self.state_changed.emit()
        if place is None:
            shown = view.document if view is not None else None
            self._stack.setCurrentWidget(self.list)
            if shown is not None:
                self.list.table.choose(shown.holding.key)
            if self.isVisible():
                self.list.focus_first()
            return
        number = self._opening

        def show(document: FullDocument) -> None:
            if isValid(self) and number == self._opening:
                self.list.notices.remove(_GONE)
                self._stack.setCurrentWidget(self.view)
                self.view.show_document(document, place, words)
                if self.isVisible():
                    self.view.focus_first()

        def fail(key: str) -> None:
            if isValid(self) and number == self._opening:
                self._way.at = None
                self._stack.setCurrentWidget(self.list)
                self._show_history()
                self.list.notices.add(_GONE, explain(key).whole)

        self._fetcher.fetch(
            lambda assistant: read_full(assistant.library, place.collection, place.document), show, fail
        )

    def _show_history(self) -> None:
        back, forward = self._way.can_go_back, self._way.can_go_forward
        if self._view is not None:
            self._view.reader.set_history(back=back, forward=forward)
        self.list.set_history(back=back, forward=forward)


def _read(assistant: AssistantLike) -> _Shelf:
    return tuple(assistant.library.collections()), read_holdings(assistant.library)
