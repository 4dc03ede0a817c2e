"""Joins the blocking assistant to the window: one question at a time, off the window's thread."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.background import Background
from guidelines_db.filters import NO_FILTERS, SearchFilters

if TYPE_CHECKING:  # the window is painted before answers and history are even loaded; the threads do that
    from collections.abc import Callable, Sequence

    from desktop.answer import Answer, AnswerEvent, Style
    from desktop.history import History
    from desktop.library_like import LibraryLike
    from guidelines_db.results import CollectionInfo

log = logging.getLogger(__name__)

T = TypeVar("T")

REPAINT_INTERVAL_MS = 100  # a streaming answer is painted at most ten times a second
CLOSE_TIMEOUT_S = 6.0  # a writer that does not hear "stop" is killed by its client after five
HISTORY_PAGE = 5


class AssistantLike(Protocol):
    """What the window needs of the assistant."""

    @property
    def library(self) -> LibraryLike:
        """The collections it searches."""

    def ask(
        self,
        question: str,
        collections: Sequence[str] | None,
        on_event: Callable[[AnswerEvent], None],
        *,
        previous: str,
        filters: SearchFilters,
    ) -> Answer:
        """Answer; blocks, and sends events on the calling thread. ``previous`` is the question before."""

    def reword(self, answer: Answer, style: Style, on_event: Callable[[AnswerEvent], None]) -> Answer:
        """Word the same evidence anew; blocks, and sends events on the calling thread."""

    def start_loading(self) -> None:
        """Load the model behind the window; does not block."""

    def cancel(self) -> None:
        """Stop the running answer; from any thread."""

    def close(self) -> None:
        """End the model process."""

    def model_state(self) -> tuple[str, str]:
        """Return state key and title of the model."""


class Opened(NamedTuple):
    """What is there once index and history are open."""

    collections: tuple[CollectionInfo, ...]
    model_state: str
    model_title: str
    problems: tuple[str, ...]  # keys
    past: tuple[Answer, ...]  # oldest first
    older: bool  # the history holds more


class Bridge(QObject):
    """Runs the assistant on one background thread and the readers' wishes on another.

    All signals come on the window's thread.
    """

    opened = Signal(object)  # Opened
    open_failed = Signal(str)  # key of the problem
    progressed = Signal(object)  # AnswerEvent of the question being answered
    answered = Signal(object)  # Answer
    reworded = Signal(
        object, str
    )  # the Answer as it now is; key of what kept the old wording, "" if it is new
    failed = Signal(str)  # key of the problem: no answer came at all
    problem = Signal(str)  # key of a problem beside the answer
    past_loaded = Signal(object, bool)  # list of answers, oldest first; whether older ones exist

    _woken = Signal()

    def __init__(
        self,
        make_assistant: Callable[[], AssistantLike],
        make_history: Callable[[], History],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_assistant = make_assistant
        self._make_history = make_history
        self._made_history: History | None = None
        self._assistant: AssistantLike | None = None
        self._open_error: Exception | None = None
        self._history_usable = False
        self._history_prepared = threading.Event()
        self._open_tried = threading.Event()
        self._asking = Background("asking", self)
        self._reading = Background("reading", self)
        self._busy = False
        self._stop_wanted = threading.Event()
        self._lock = threading.Lock()
        self._waiting: list[AnswerEvent] = []
        self._repaint = QTimer(self, singleShot=True, interval=REPAINT_INTERVAL_MS)
        self._repaint.timeout.connect(self._hand_over)
        self._woken.connect(self._on_woken)

    @property
    def busy(self) -> bool:
        """Whether a question is being answered."""
        return self._busy

    def open(self) -> None:
        """Open index, history and model description in the background; ``opened`` follows."""
        self._asking.run(self._open, self._on_opened, self._on_open_failed)

    def ask(
        self,
        question: str,
        collections: Sequence[str] | None,
        previous: str = "",
        filters: SearchFilters = NO_FILTERS,
    ) -> None:
        """Answer ``question``; one at a time. A question asked before ``opened`` waits.

        ``previous`` is the whole question before it, from which a follow-up is understood; only documents that
        pass ``filters`` are searched.
        """
        self._begin()
        self._asking.run(
            lambda: self._answer(question, collections, previous, filters), self._on_answered, self._on_failed
        )

    def reword(self, answer: Answer, style: Style) -> None:
        """Word ``answer`` anew; ``reworded`` follows. One task at a time, as with :meth:`ask`."""
        self._begin()
        self._asking.run(lambda: self._reword(answer, style), self._on_reworded, self._on_failed)

    def save(self, answer: Answer) -> None:
        """Store a changed ``answer`` in its place."""
        if self._history_usable:
            self._reading.run(lambda: self._history.update(answer), lambda _: None, self._on_reading_failed)

    def stop(self) -> None:
        """Stop the running answer; its text so far arrives as ``answered``."""
        self._stop_wanted.set()
        if self._busy and self._assistant is not None:
            self._assistant.cancel()

    def load_past(self, skip: int) -> None:
        """Load older answers, passing over the ``skip`` youngest; ``past_loaded`` follows."""
        self._reading.run(
            lambda: self._history.latest(HISTORY_PAGE, skip),
            lambda found: self.past_loaded.emit(*found),
            self._on_reading_failed,
        )

    def fetch(
        self,
        task: Callable[[AssistantLike], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task`` on the reading thread as soon as the collections are open.

        Then its result, or the key of its problem, comes back here; without ``failed`` the window shows a problem.
        """

        def run() -> T:
            self._open_tried.wait()
            return task(self._opened_assistant())

        self.in_background(run, then, failed)

    def with_history(
        self,
        task: Callable[[History], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task`` on the reading thread as :meth:`fetch` does, as soon as the history is open."""
        report = failed or self.problem.emit

        def run() -> T:
            self._history_prepared.wait()
            return task(self._history)

        self._reading.run(run, then, lambda error: report(_problem_key(error, "the history")))

    def in_background(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task`` on the reading thread at once, also where there are no collections.

        Its result comes back as that of :meth:`fetch` does.
        """
        report = failed or self.problem.emit
        self._reading.run(task, then, lambda error: report(_problem_key(error, "a task in the background")))

    def close(self) -> bool:
        """Stop, store what there is, end the model; False if the threads did not end in time."""
        self.stop()
        for waited_for in (self._history_prepared, self._open_tried):
            waited_for.set()  # a wish that waits for a bridge that was never opened
        # First who reads: what is read then would be a closed file, and logged as a damaged one.
        read = self._reading.close(1.0)
        self._asking.run(self._end, lambda _: None, self._on_reading_failed)
        return self._asking.close(CLOSE_TIMEOUT_S) and read

    # On the asking thread.

    def _open(self) -> Opened:
        from desktop.history import HistoryError

        problems = []
        past: list[Answer] = []
        older = False
        try:
            self._made_history = self._make_history()
            if damaged := self._made_history.prepare():
                problems.append(damaged)
            self._history_usable = True
        except HistoryError as error:
            problems.append(error.key)
        finally:
            self._history_prepared.set()
        try:
            past, older = self._history.latest(HISTORY_PAGE)
        except HistoryError:
            log.warning("the history cannot be read")
        assistant = self._make_assistant()
        self._assistant = assistant
        if assistant.library.problem:
            problems.append(assistant.library.problem)
        state, title = assistant.model_state()
        assistant.start_loading()
        return Opened(
            tuple(assistant.library.collections()), state, title, tuple(problems), tuple(past), older
        )

    @property
    def _history(self) -> History:
        """The history; a wish for it has waited until it was made."""
        if self._made_history is None:
            raise RuntimeError("the history is not open")
        return self._made_history

    def _opened_assistant(self) -> AssistantLike:
        if self._assistant is None:
            raise self._open_error or RuntimeError("the collections are not open")
        return self._assistant

    def _answer(
        self, question: str, collections: Sequence[str] | None, previous: str, filters: SearchFilters
    ) -> tuple[Answer, str]:
        answer = self._opened_assistant().ask(
            question, collections, self._take, previous=previous, filters=filters
        )
        # Stored here and now: nothing that happens in the window can lose it.
        return answer, self._store(self._history.add, answer)

    def _reword(self, answer: Answer, style: Style) -> tuple[Answer, str, str]:
        from desktop.rewording import accept_rewording

        new = self._opened_assistant().reword(answer, style, self._take)
        accepted = accept_rewording(answer, new)
        if accepted is None:
            return answer, new.problem or new.ending.value, ""
        return accepted, "", self._store(self._history.update, accepted)

    def _store(self, store: Callable[[Answer], None], answer: Answer) -> str:
        from desktop.history import HistoryError

        if self._history_usable:
            try:
                store(answer)
            except HistoryError as error:
                return error.key
        return ""

    def _take(self, event: AnswerEvent) -> None:
        from desktop.answer import TextWritten

        if self._stop_wanted.is_set() and self._assistant is not None and not isinstance(event, TextWritten):
            self._assistant.cancel()  # the wish may have come before the answer began
        with self._lock:
            first = not self._waiting
            if self._waiting and isinstance(event, type(self._waiting[-1])):
                self._waiting[-1] = event  # only the newest of a kind counts
            else:
                self._waiting.append(event)
        if first:
            self._woken.emit()

    def _end(self) -> None:
        if self._assistant is not None:
            self._assistant.close()

    # On the window's thread.

    @Slot()
    def _on_woken(self) -> None:
        from desktop.answer import PassagesFound

        with self._lock:
            urgent = bool(self._waiting) and isinstance(self._waiting[0], PassagesFound)
        if urgent:
            self._hand_over()
        elif not self._repaint.isActive():
            self._repaint.start()

    @Slot()
    def _hand_over(self) -> None:
        with self._lock:
            events, self._waiting = self._waiting, []
        for event in events:
            self.progressed.emit(event)

    def _on_answered(self, result: tuple[Answer, str]) -> None:
        self._finish()
        answer, problem = result
        self.answered.emit(answer)
        if problem:
            self.problem.emit(problem)

    def _on_reworded(self, result: tuple[Answer, str, str]) -> None:
        self._finish()
        answer, kept_by, problem = result
        self.reworded.emit(answer, kept_by)
        if problem:
            self.problem.emit(problem)

    def _on_failed(self, error: Exception) -> None:
        self._finish()
        self.failed.emit(_problem_key(error, "answering"))

    def _on_opened(self, opened: Opened) -> None:
        self._open_tried.set()
        self.opened.emit(opened)

    def _on_open_failed(self, error: Exception) -> None:
        self._open_error = error
        self._open_tried.set()
        self.open_failed.emit(_problem_key(error, "opening"))

    def _on_reading_failed(self, error: Exception) -> None:
        self.problem.emit(_problem_key(error, "a task in the background"))

    def _begin(self) -> None:
        if self._busy:
            raise RuntimeError("a question is still being answered")
        self._busy = True
        self._stop_wanted.clear()

    def _finish(self) -> None:
        self._repaint.stop()
        self._hand_over()
        self._busy = False


def _problem_key(error: Exception, task: str) -> str:
    """Log what went wrong and return its key; an error without one is a bug."""
    key = getattr(error, "key", None)
    if isinstance(key, str):
        log.warning("%s failed: %s", task, key)
        return key
    log.error("%s failed", task, exc_info=error)
    return "unexpected"
