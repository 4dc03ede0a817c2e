"""The page Verlauf: past questions by day, found again, renamed, pinned, exported, deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from shiboken6 import isValid

from desktop.answer import Answer
from desktop.history import Found, History
from desktop.history_days import group_entries
from desktop.policy import NO_POLICY, Policy
from desktop.texts import history as texts
from desktop.theme import Theme
from desktop.widgets.history_answer import HistoryAnswer
from desktop.widgets.history_saving import HistorySaving
from desktop.widgets.history_side import HistorySide
from desktop.widgets.history_wishes import HistoryWishes
from desktop.widgets.page import Page, PageState
from desktop.widgets.parts import fill
from desktop.widgets.reading.two_panes import TwoPanes

_STEP = 500  # questions shown at first, and more with each wish

# Pixels at 100 % type size.
_LEAST_LIST = 330
_LEAST_ANSWER = 440
_WIDEST_LIST = 460
_LIST_SHARE = 0.375


@dataclass(frozen=True)
class _View:
    found: Found
    stores: bool
    days: int
    opened: Answer | None


class HistoryPage(Page):
    """Deleting hides at first; it is for good once the page is left, the window closes or the program starts."""

    answer_changed = Signal(object)  # Answer, marked as checked here
    answers_erased = Signal(object)  # tuple of ids: nothing may show them any more
    initials_changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        wishes: HistoryWishes,
        initials: str = "",
        policy: Policy = NO_POLICY,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._wishes = wishes
        self._today = today
        self._limit = _STEP
        self._asked = 0  # number of the newest wish; what older ones bring is out of date
        self._current = ""  # to be chosen in the list next
        self._opened = ""  # id of the open answer
        self._deleted: list[tuple[str, ...]] = []  # each can be taken back
        self.setObjectName("historyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts.PAGE_LABEL)
        self.side = HistorySide(theme)
        self.answer = HistoryAnswer(theme)
        self.answer.set_initials(initials)
        self.saving = HistorySaving(self, wishes, policy)
        self._panes = TwoPanes(
            theme,
            self.side,
            self.answer,
            least_side=_LEAST_LIST,
            widest_side=_WIDEST_LIST,
            least_text=_LEAST_ANSWER,
            share=_LIST_SHARE,
        )
        fill(self, self._panes)
        self._connect()

    def focus_first(self) -> None:
        """Put the keyboard into the list, or into the search line if there is nothing yet."""
        self.side.focus_list()

    @Slot()
    def focus_find(self) -> None:
        """Put the keyboard into the search line."""
        if self._panes.alone and self._opened:
            self._close_answer()
        self.side.focus_search()

    def set_initials(self, initials: str) -> None:
        """Offer ``initials`` when an answer is marked as checked."""
        self.answer.set_initials(initials)

    def state(self) -> PageState:
        """Return which answer is open, and the width of the list; never what was searched for."""
        return {"opened": self._opened, "side": self._panes.side_width}

    def restore(self, state: PageState) -> None:
        """Open the answer again that was open."""
        opened = state.get("opened")
        if isinstance(opened, str):
            self._opened = self._current = opened
        self._panes.restore(state.get("side"))

    @Slot()
    def refresh(self) -> None:
        """Read list and open answer anew."""
        self._after(lambda _: None)

    @Slot(str)
    def open(self, id_: str) -> None:
        """Show the answer ``id_``."""
        self._opened = id_
        self._wishes.with_history(lambda history: history.read([id_]), self._on_read)
        self.state_changed.emit()

    @Slot(object)
    def delete(self, ids: Sequence[str]) -> None:
        """Delete these; it can be undone until the page is left."""
        if not ids:
            return
        gone = tuple(ids)
        if self._opened in gone:
            self._close_answer()

        def say() -> None:
            self._deleted.append(gone)
            self.side.say("")
            self._show_deleted()
            if not self.side.list.shown:
                self.side.focus_search()

        self._after(lambda history: history.hide(gone), current=self.side.list.neighbour(gone), then=say)

    @Slot()
    def undo(self) -> None:
        """Bring back what was deleted last."""
        if not self._deleted:
            return
        ids = self._deleted.pop()

        def say() -> None:
            self._show_deleted()
            self.side.say(texts.restored(len(ids)))
            self.side.focus_list()

        self._after(lambda history: history.restore(ids), current=ids[0], then=say)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was asked meanwhile."""
        super().showEvent(event)
        if not event.spontaneous():
            self.side.say("")
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Make deletions final when the page is left; a minimised window is not left."""
        super().hideEvent(event)
        if event.spontaneous() or not self._deleted:
            return
        erased = tuple(id_ for ids in self._deleted for id_ in ids)
        self._deleted.clear()
        self._show_deleted()
        self._wishes.with_history(lambda history: history.purge(), lambda _: self._on_erased(erased))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Find, undo, go back."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.focus_find()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.key() == Qt.Key.Key_Escape:
            if not self.answer.close_passage():
                self._on_closed()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.side.search_wanted.connect(self._on_search)
        self.side.more_wanted.connect(self._on_more)
        self.side.pin_wanted.connect(self._on_pin)
        self.side.export_wanted.connect(lambda ids: self.saving.save(ids, self.side.say))
        self.side.delete_wanted.connect(self.delete)
        self.side.broken_delete_wanted.connect(self._on_broken_delete)
        self.side.undo.undo_wanted.connect(self.undo)
        self.side.list.opened.connect(self.open)
        self.side.list.renamed.connect(self._on_renamed)
        self.answer.closed.connect(self._on_closed)
        self.answer.ask_wanted.connect(self.question_wanted)
        self.answer.place_wanted.connect(self.place_wanted)
        self.answer.check_wanted.connect(self._on_check)
        self.answer.export_wanted.connect(self._on_proof)
        self._panes.moved.connect(self.state_changed)
        self._panes.arranged.connect(self._fit)

    # Reading.

    def _after(
        self,
        change: Callable[[History], object],
        *,
        current: str = "",
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a change in the history, show the list as it is then, with ``current`` chosen, and go on."""
        self._asked += 1
        number, typed, limit, opened = self._asked, self.side.typed, self._limit, self._opened
        self._current = current or self._current

        def read(history: History) -> _View:
            change(history)
            answers = history.read([opened]) if opened else ()
            return _View(history.find(typed, limit), history.stores, history.days, next(iter(answers), None))

        def show(view: _View) -> None:
            if not isValid(self):
                return
            if number == self._asked:
                self._show(view, opened)
            then()

        self._wishes.with_history(read, show)

    def _show(self, view: _View, opened: str) -> None:
        groups = group_entries(view.found.entries, self._today())
        more = len(view.found.entries) >= self._limit
        self.side.show_found(view.found, groups, more=more, current=self._current)
        self._current = ""
        kept = texts.kept_for(view.days) if view.days else ""
        self.side.show_keeping(kept if view.stores else texts.NOT_STORED)
        if opened and opened == self._opened:
            if view.opened is None:
                self._close_answer()
            else:
                self.answer.show_answer(view.opened)
                self._show_panes()

    def _on_read(self, answers: tuple[Answer, ...]) -> None:
        if not isValid(self):
            return
        self.answer.close_passage()
        if answers:
            self.answer.show_answer(answers[0])
        else:
            self.answer.show_nothing(texts.GONE)
        self._show_panes()
        self.answer.focus_answer()

    # What the clerk does.

    @Slot()
    def _on_search(self) -> None:
        self._limit = _STEP
        self.refresh()

    @Slot()
    def _on_more(self) -> None:
        self._limit += _STEP
        self.refresh()

    @Slot(str, str)
    def _on_renamed(self, id_: str, title: str) -> None:
        self._after(lambda history: history.rename(id_, title), current=id_)

    @Slot(object, bool)
    def _on_pin(self, ids: Sequence[str], pinned: bool) -> None:
        self._after(lambda history: history.pin(ids, pinned=pinned))

    @Slot()
    def _on_proof(self) -> None:
        self.saving.save([self._opened], self.answer.show_message)

    @Slot(str)
    def _on_check(self, initials: str) -> None:
        if self.answer.answer is None:
            return
        now = datetime.now().astimezone().isoformat(timespec="seconds") if initials else ""
        checked = replace(self.answer.answer, checked_by=initials, checked_at=now)
        self.answer.show_answer(checked)
        self._after(lambda history: history.update(checked))
        self.answer_changed.emit(checked)
        if initials:
            self.answer.set_initials(initials)
            self.initials_changed.emit(initials)

    @Slot()
    def _on_broken_delete(self) -> None:
        def say() -> None:
            self.side.say(texts.UNREADABLE_DELETED)

        self._after(lambda history: history.remove_unreadable(), then=say)

    def _on_erased(self, ids: tuple[str, ...]) -> None:
        if isValid(self):
            self.answers_erased.emit(ids)

    @Slot()
    def _on_closed(self) -> None:
        """Return from the answer to the list."""
        opened = self._opened
        if self._panes.alone:
            self._close_answer()
        self.side.list.choose(opened)
        self.side.focus_list()

    def _close_answer(self) -> None:
        self._opened = ""
        self.answer.show_nothing()
        self._show_panes()
        self.state_changed.emit()

    def _show_deleted(self) -> None:
        self.side.undo.show_deleted(sum(map(len, self._deleted)))

    def _show_panes(self) -> None:
        if self.answer.answer is not None:
            self._panes.show_text()
        else:
            self._panes.show_side()

    @Slot(int)
    def _fit(self, space: int) -> None:
        alone = self._panes.alone
        self.side.set_margins(side=space, right=space if alone else self._theme.px(12))
        self.answer.set_alone(alone=alone)
