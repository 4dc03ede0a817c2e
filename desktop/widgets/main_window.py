"""The window: the rail and the pages it leads to. It decides nothing else."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from desktop.background import Background
from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings, ThemeChoice, stepped_type
from desktop.texts import window as texts
from desktop.widgets.ask_page import AskPage
from desktop.widgets.pages import ASK, HELP, HISTORY, LIBRARY, PAGES, SETTINGS, PageEntry, Parts, load_modules
from desktop.widgets.rail import Rail
from desktop.window_state import WindowState, save_window_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QMoveEvent, QPaintEvent, QResizeEvent

    from desktop.bridge import Bridge
    from desktop.document_place import Place
    from desktop.paths import Paths
    from desktop.theme import Theme
    from desktop.widgets.page import Page

log = logging.getLogger(__name__)

# Pixels at 100 % type size.
_SIZE = (1360, 840)
_WIDE_RAIL_FROM = 900
_LATEST_PAINT_MS = 1000  # a window that starts minimized or on another desktop is not painted
_LOAD_AFTER_MS = 400  # the modules of pages not shown yet; the window comes to rest first
_SAVE_AFTER_MS = 1000  # what changed is stored so soon, so that a crash loses next to nothing


class MainWindow(QMainWindow):
    """Builds each page when it is first shown, and keeps where the clerk was."""

    painted = Signal()  # for the first time
    ready = Signal()  # the collections are open and shown
    settings_changed = Signal(object)  # Settings

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        settings: Settings,
        paths: Paths,
        state: WindowState | None = None,
        policy: Policy = NO_POLICY,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._settings = settings
        self._paths = paths
        self._policy = policy
        self._state = state or WindowState()
        self._entries: dict[str, PageEntry] = {entry.name: entry for entry in PAGES}
        self._pages: dict[str, Page] = {}
        self._painting = QTimer(self, singleShot=True, interval=_LATEST_PAINT_MS)
        self._painting.timeout.connect(self._end_painting)
        self._was_painted = False
        self._painting.start()
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save_behind)
        self.setWindowTitle(texts.APP_NAME)
        self._rail = Rail(theme, PAGES)
        self._stack = QStackedWidget()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(self._with_banner(whole))
        self._rail.page_chosen.connect(self.visit)
        theme.changed.connect(self._arrange)
        self._loading = QTimer(self, singleShot=True, interval=_LOAD_AFTER_MS)
        self._loading.timeout.connect(self._load)
        self._loads = self._loaded = False
        self._visited = ""  # to be shown when what pages are built from is loaded
        self.ready.connect(self._loading.start)
        self._restore()

    @property
    def questions(self) -> AskPage:
        """The page of questions."""
        page = self._page(ASK)
        if not isinstance(page, AskPage):
            raise TypeError(page)
        return page

    @property
    def shown(self) -> str:
        """Name of the page that is shown."""
        return self._rail.current

    def page(self, name: str) -> Page:
        """Return the page ``name``, built if need be."""
        return self._page(name)

    @Slot(str)
    def visit(self, name: str) -> None:
        """Show the page ``name`` as soon as what it is built from is loaded; until then the one before stays."""
        if self._loaded or name in self._pages:
            self.show_page(name)
        else:
            self._visited = name
            self._load()

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show the page ``name`` and put the keyboard where its work begins."""
        self._visited = ""
        page = self._page(name)
        self._stack.setCurrentWidget(page)
        self._rail.choose(name)
        self.setWindowTitle(f"{self._entries[name].title} – {texts.APP_NAME}")
        page.focus_first()
        self._note_change()

    @Slot(str)
    def ask(self, question: str) -> None:
        """Show the page of questions and ask ``question``."""
        self.show_page(ASK)
        self.questions.ask(question)

    @Slot(object)
    def show_place(self, place: Place) -> None:
        """Show ``place`` of a document in the library."""
        from desktop.widgets.library.page import LibraryPage

        page = self._page(LIBRARY)
        if isinstance(page, LibraryPage):
            page.show_place(place)
        self.show_page(LIBRARY)

    def show_notice(self, key: str, sentence: str) -> None:
        """Show ``sentence`` above the conversation, once for each ``key``."""
        self.questions.show_notice(key, sentence)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop what runs, so that it is stored, and remember the window."""
        self._saving.stop()
        self._loading.stop()
        self._remember_geometry()
        state = self._current_state()
        self.hide()
        self._bridge.close()
        _save(state, self._paths)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Notice the first time; through an event filter Python would have to get to know a dozen kinds of events."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._painting.start(0)  # all parts are painted by then, and keys that wait come first

    @Slot()
    def _end_painting(self) -> None:
        self._was_painted = True
        self.painted.emit()
        self._add_shortcuts()  # the input has the keyboard already

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the rail to the room there is."""
        super().resizeEvent(event)
        self._arrange()
        self._note_change()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where the window stands."""
        super().moveEvent(event)
        self._note_change()

    def _with_banner(self, content: QWidget) -> QWidget:
        if not self._policy.banner:
            return content
        from desktop.widgets.banner import with_banner

        return with_banner(content, self._policy)

    # Pages.

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            parts = Parts(self._theme, self._bridge, self._paths, self._settings, self._policy)
            page = self._entries[name].build(parts)
            self._pages[name] = page
            self._stack.addWidget(page)
            page.restore(self._state.pages.get(name, {}))
            page.state_changed.connect(self._note_change)
            page.question_wanted.connect(self.ask)
            page.place_wanted.connect(self.show_place)
            page.document_wanted.connect(self._on_document)
            self._connect(name, page)
        return self._pages[name]

    @Slot()
    def _load(self) -> None:
        """Load what pages are built from, which takes too long for the window's thread."""
        if not self._loads:
            self._loads = True
            # Not by the bridge: what it does may have to wait for the collections.
            loader = Background("pages", self)
            loader.run(load_modules, self._on_loaded, self._on_loaded)
            loader.close(timeout_s=0)

    @Slot(object)
    def _on_loaded(self, _: object) -> None:
        self._loaded = True  # or it cannot be: building a page says so
        if self._visited:
            self.show_page(self._visited)

    @Slot(str, str, str)
    def _on_document(self, collection: str, document: str, heading: str) -> None:
        from desktop.document_place import Place

        self.show_place(Place(collection, document, heading))

    def _connect(self, name: str, page: Page) -> None:
        """Connect what only this page says."""
        if isinstance(page, AskPage):
            page.ready.connect(self.ready)
            page.remembered.connect(self._remember)
            page.settings_wanted.connect(partial(self.show_page, SETTINGS))
        elif name == HISTORY:
            from desktop.widgets.history_page import HistoryPage

            if isinstance(page, HistoryPage):
                page.answer_changed.connect(self.questions.take_back)
                page.answers_erased.connect(self.questions.forget)
                page.initials_changed.connect(self._on_initials)
        elif name == LIBRARY:
            from desktop.widgets.library.page import LibraryPage

            if isinstance(page, LibraryPage):
                page.collections_changed.connect(self.questions.show_collections)
        elif name == SETTINGS:
            from desktop.widgets.settings_page import SettingsPage

            if isinstance(page, SettingsPage):
                page.remembered.connect(self._remember)

    @Slot(str)
    def _on_initials(self, initials: str) -> None:
        self.questions.set_initials(initials)
        self._remember({"initials": initials})

    # Keys.

    def _add_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        def add(keys: str, act: Callable[[], object]) -> None:
            QShortcut(QKeySequence(keys), self).activated.connect(act)

        add("Ctrl+K", partial(self.visit, ASK))
        add("F1", partial(self.visit, HELP))
        add("Ctrl+F", lambda: self._page(self.shown).focus_find())
        for number, entry in enumerate(PAGES, 1):
            add(f"Ctrl+{number}", partial(self.visit, entry.name))
        for keys, by in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            add(keys, partial(self._on_zoom, by))

    def _on_zoom(self, by: int) -> None:
        self._remember({"type_percent": stepped_type(self._theme.type_percent, by)})

    # What is kept.

    @Slot(object)
    def _remember(self, changes: dict[str, object]) -> None:
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        theme, percent = changes.get("theme"), changes.get("type_percent")
        if isinstance(theme, ThemeChoice) or isinstance(percent, int):
            self._theme.choose(self._settings.theme, self._settings.type_percent)
        if SETTINGS in self._pages:
            self._pages[SETTINGS].take_settings(self._settings)
        self.settings_changed.emit(self._settings)

    def _restore(self) -> None:
        self.setMinimumSize(640, 480)
        stored = QByteArray.fromBase64(self._settings.geometry.encode("ascii", "ignore"))
        if not self._settings.geometry or not self.restoreGeometry(stored):
            self.resize(*_SIZE)
        self._page(ASK)  # it also hears how the collections open
        self.show_page(self._state.page if self._state.page in self._entries else ASK)
        self._saving.stop()

    def _remember_geometry(self) -> None:
        self._settings = replace(
            self._settings, geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        )
        self.settings_changed.emit(self._settings)

    def _current_state(self) -> WindowState:
        pages = {name: dict(page.state()) for name, page in self._pages.items()}
        return WindowState(page=self.shown, pages={**self._state.pages, **pages})

    @Slot()
    def _note_change(self) -> None:
        if self.isVisible() and not self._saving.isActive():  # who types without a pause is stored too
            self._saving.start()

    @Slot()
    def _save_behind(self) -> None:
        self._remember_geometry()
        state, paths = self._current_state(), self._paths
        self._bridge.in_background(lambda: _save(state, paths), lambda _: None)

    @Slot()
    def _arrange(self) -> None:
        """Fit the rail to the width."""
        self._rail.set_compact(self.width() < self._theme.px(_WIDE_RAIL_FROM))


def _save(state: WindowState, paths: Paths) -> None:
    try:
        save_window_state(state, paths.window_state)
    except OSError:
        log.warning("the window's state cannot be saved")
