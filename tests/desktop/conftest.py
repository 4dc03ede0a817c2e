"""A scripted assistant, hits to answer with, and a real window around them."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.answer import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    Ending,
    EvidenceChosen,
    ModelLoading,
    ModelReading,
    PassagesFound,
    State,
    Style,
    TextWritten,
    Timings,
)
from desktop.app import make_window
from desktop.evidence import locate_evidence
from desktop.library import Library
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.texts.answers import NOTHING_BUT_NEAR, wording_note
from desktop.texts.filters import scope
from desktop.wording import evidence_text
from guidelines_db.build import build_index
from guidelines_db.filters import FilterValues, SearchFilters
from guidelines_db.results import CollectionInfo, DocumentInfo, Hit

PIECES = (
    "Personenbezogene Daten gehören nicht in frei zugängliche KI-Dienste [1]. ",
    "Für dienstlich bereitgestellte Werkzeuge gelten eigene Vorkehrungen [2].",
)


def make_hit(rank: int, document: str = "schorndorf", text: str = "") -> Hit:
    """Return passage number ``rank`` of ``document``."""
    sentence = "Personenbezogene Daten gehören nicht in frei zugängliche KI-Anwendungen."
    first = f"Die Dienstanweisung {rank} regelt, welche Werkzeuge genutzt werden."
    body = text or f"{first} {sentence} Danach gilt mehr."
    start = body.find(sentence)
    info = DocumentInfo(
        collection="ki-leitlinien",
        id=document,
        title="Dienstanweisung zur KI-Nutzung in der Stadtverwaltung",
        publisher=f"Stadt {document.capitalize()}",
        region="Baden-Württemberg",
        kind="dienstanweisung",
        published="2024-10",
        retrieved="2026-11-22",
        digest=True,
        sources=(
            "https://blog.staatsanzeiger.de/kuenstliche-intelligenz-fuer-alle-wie-schorndorf-vorreiter-wurde",
            "https://www.kommune21.de/k21-meldungen/wir-spinner-aus-der-digitalisierung",
        ),
        path=f"ki-leitlinien/{document}.md",
        own=False,
    )
    return Hit(
        rank=rank,
        document=info,
        section=f"Datenschutz und Sicherheit ({rank})",
        passage_id=rank,
        text=body,
        sentence=sentence if start >= 0 else "",
        sentence_start=max(start, 0),
        sentence_end=start + len(sentence) if start >= 0 else 0,
        score=1.0,
        sentences=((0, len(body)),),
        sentence_scores=(1.0,),
        coverage=0.9,
    )


HITS = (make_hit(1), make_hit(2, "wien"), make_hit(3))
EVIDENCE = (
    HITS[0].sentence,
    "Die Dienstanweisung 1 regelt, welche Werkzeuge genutzt werden.",
    "Die Dienstanweisung 2 regelt, welche Werkzeuge genutzt werden.",
)


def make_answer(question: str = "Darf ich das?", **changes: Any) -> Answer:
    """Return a finished answer."""
    values: dict[str, Any] = {
        "id": question[:40],
        "question": question,
        "collections": (),
        "asked_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "text": "".join(PIECES),
        "refused": False,
        "ending": Ending.DONE,
        "sentences": (AnswerSentence(PIECES[0], (1,), True), AnswerSentence(PIECES[1], (2,), True)),
        "sources": HITS,
        "evidence": EVIDENCE,
        "model": "Qwen2.5-Coder 1.5B",
        "model_sha256": "ab" * 32,
        "index_hash": "cd" * 32,
        "notes": (wording_note(2, 2),),
        "state": State.SUPPORTED,
        "timings": Timings(retrieve_ms=80, first_token_ms=900, total_ms=4100),
    }
    return Answer(**{**values, **changes})


COLLECTIONS = tuple(
    CollectionInfo(name, title, description, 30, 400, "2026-11-22", examples, {}, False)
    for name, title, description, examples in (
        (
            "ki-leitlinien",
            "KI-Leitlinien",
            "Was Städte, Länder und Behörden für den Einsatz von KI vorgeben.",
            (
                "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?",
                "Muss ich KI-Texte kennzeichnen?",
            ),
        ),
        (
            "recht",
            "Recht",
            "KI-Verordnung, DSGVO, Verwaltungs- und Personalrecht in Kurzfassung.",
            ("Wann ist eine Datenschutz-Folgenabschätzung nötig?", "Welche KI ist verboten?"),
        ),
        (
            "ganztagsbetreuung",
            "Ganztagsbetreuung",
            "Rechtsanspruch auf Ganztagsbetreuung für Grundschulkinder.",
            ("Ab wann gilt der Rechtsanspruch auf Ganztagsbetreuung?",),
        ),
        (
            "gemo-bw",
            "Gemeindeordnung BW",
            "Rat, Bürgermeister und Satzungen.",
            ("Wann ist ein Rat befangen?",),
        ),
        ("ki-zukunft", "KI-Zukunft", "Was Kommunen mit KI schon tun.", ("Wer nutzt Voicebots?",)),
    )
)


FILTER_VALUES = FilterValues(
    lands=(("Baden-Württemberg", 3), ("Bayern", 2), ("EU", 1)),
    places=(("Schorndorf", 1), ("Ulm", 2)),
    years=((2024, 3), (2025, 2)),
    undated=1,
)


@dataclass
class ScriptedAssistant:
    """Answers by script. ``hold`` makes it wait before that step until :meth:`release` or cancel."""

    hits: tuple[Hit, ...] = HITS
    pieces: Sequence[str] = PIECES
    ending: Ending = Ending.DONE
    problem: str = ""
    other_pieces: Sequence[str] = ("Das ist kürzer [1].",)
    state_of_answers: State = State.SUPPORTED
    understood: str = ""
    hold: str = ""  # "", "search", "read", "write" or "reword"
    error: Exception | None = None
    state: str = "ready"
    on_close: Callable[[], None] | None = None
    asked: list[tuple[str, Sequence[str] | None]] = field(default_factory=list)
    previous: list[str] = field(default_factory=list)
    filters: list[SearchFilters] = field(default_factory=list)
    filter_values: FilterValues = FILTER_VALUES
    reworded: list[Style] = field(default_factory=list)
    collections: tuple[CollectionInfo, ...] = COLLECTIONS
    closed: bool = False
    loading: bool = False

    def __post_init__(self) -> None:
        """Make the gates."""
        self._gate = threading.Event()
        self._cancelled = threading.Event()

    @property
    def library(self) -> Any:
        """Return collections without documents."""
        return SimpleNamespace(
            problem="",
            collections=lambda: list(self.collections),
            filter_values=lambda _: self.filter_values,
            reading=lambda: nullcontext(()),
        )

    def model_state(self) -> tuple[str, str]:
        """Return the scripted state."""
        return self.state, "Qwen2.5-Coder 1.5B"

    def ask(
        self,
        question: str,
        collections: Sequence[str] | None,
        on_event: Callable[[AnswerEvent], None],
        *,
        previous: str,
        filters: SearchFilters,
    ) -> Answer:
        """Play the script."""
        self._cancelled.clear()
        self.asked.append((question, collections))
        self.previous.append(previous)
        self.filters.append(filters)
        self._wait("search")
        if self.error is not None:
            raise self.error
        refused = self.state_of_answers is State.NOTHING
        evidence = () if refused else tuple(one for one in EVIDENCE if locate_evidence(self.hits, (one,)))
        verbatim = evidence_text(self.hits, locate_evidence(self.hits, evidence))
        on_event(
            PassagesFound(self.hits, False, (), understood=self.understood, text=verbatim, evidence=evidence)
        )
        self._wait("read")
        text = NOTHING_BUT_NEAR if refused else verbatim
        on_event(EvidenceChosen(text, evidence, self.state_of_answers, 0.9))
        answer = make_answer(
            question,
            text=text,
            sources=self.hits,
            evidence=evidence,
            refused=refused,
            state=self.state_of_answers,
            understood=self.understood,
            problem=self.problem,
            sentences=(),
            notes=(),
            filters=filters,
            scope=scope((), filters),
            ending=Ending.NO_EVIDENCE if refused else self.ending,
        )
        if answer.ending not in (Ending.DONE, Ending.FAILED):
            return answer
        on_event(ModelLoading())
        on_event(ModelReading(40, 100))
        return self._write(answer, self.pieces, on_event)

    def reword(self, answer: Answer, style: Style, on_event: Callable[[AnswerEvent], None]) -> Answer:
        """Play the script for other words."""
        self._cancelled.clear()
        self.reworded.append(style)
        if self.error is not None:
            raise self.error
        on_event(ModelReading(40, 100))
        self._wait("reword")
        reworded = self._write(answer, self.other_pieces, on_event)
        if reworded.sentences:
            return replace(reworded, style=style)
        return replace(answer, notes=reworded.notes, problem=reworded.problem, ending=reworded.ending)

    def _write(
        self, answer: Answer, pieces: Sequence[str], on_event: Callable[[AnswerEvent], None]
    ) -> Answer:
        written: list[str] = []
        ending = self.ending
        for index, piece in enumerate(pieces):
            if index == 1:
                self._wait("write")
            if self._cancelled.is_set():
                ending = Ending.STOPPED
                break
            written.append(piece)
            on_event(TextWritten("".join(written)))
        note = (wording_note(len(written), len(written) or 1),) if ending is Ending.DONE else ()
        return replace(
            answer,
            text="".join(written) or answer.text,
            sentences=tuple(AnswerSentence(piece, (1,), True) for piece in written),
            ending=ending,
            problem=self.problem,
            notes=note,
        )

    def start_loading(self) -> None:
        """Note the wish."""
        self.loading = True

    def cancel(self) -> None:
        """Stop, also while held."""
        self._cancelled.set()
        self._gate.set()

    def release(self) -> None:
        """Go on after a hold."""
        self._gate.set()

    def close(self) -> None:
        """Note the end."""
        self.closed = True

    def _wait(self, step: str) -> None:
        if self.hold == step:
            assert self._gate.wait(30), "the test never released the assistant"


class Desk:
    """A window with all its parts, shown and opened."""

    def __init__(self, qtbot: QtBot, paths: Paths, assistant: ScriptedAssistant, settings: Settings) -> None:
        self.qtbot = qtbot
        self.assistant = assistant
        self.window, self.bridge, self.theme = make_window(paths, lambda: assistant, settings)
        self.window.show()
        with qtbot.waitSignal(self.window.ready, timeout=20_000):
            self.bridge.open()

    def ask(self, question: str) -> Answer:
        """Ask, wait for the end and return the answer."""
        with self.qtbot.waitSignal(self.bridge.answered, timeout=20_000) as waiting:
            self.window.ask(question)
        assert waiting.args is not None
        answer: Answer = waiting.args[0]
        # The first passage is shown in an event of its own, a moment after the answer.
        self.qtbot.wait(50)
        return answer

    def close(self) -> None:
        """Close as a user does."""
        self.window.close()


OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def share_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped index, text only, as an installed program has it: to be read, not written."""
    share = tmp_path_factory.mktemp("share")
    build_index(share / "collections.db")
    return share


@pytest.fixture(scope="module")
def shipped(share_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped collections, for reading."""
    opened = Library(Paths(tmp_path_factory.mktemp("data"), share_dir, ()))
    yield opened
    opened.close()


@pytest.fixture
def library(share_dir: Path, data_dir: Path) -> Iterator[Library]:
    """The shipped collections beside an empty data folder."""
    opened = Library(Paths(data_dir, share_dir, ()))
    yield opened
    opened.close()


@pytest.fixture
def assistant_type() -> type[ScriptedAssistant]:
    """Return the scripted assistant's class."""
    return ScriptedAssistant


@pytest.fixture
def hit_maker() -> Callable[..., Hit]:
    """Return a function that makes passages."""
    return make_hit


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    """Return paths inside this test's folder."""
    return Paths(data_dir=data_dir, share_dir=data_dir / "share", model_dirs=())


@pytest.fixture
def open_desk(qtbot: QtBot, qapp: QApplication, paths: Paths) -> Iterator[OpenDesk]:
    """Return a function that opens a window; all are closed afterwards."""
    desks: list[Desk] = []

    def open_one(
        assistant: ScriptedAssistant | None = None,
        settings: Settings | None = None,
        size: tuple[int, int] = (1360, 840),
        own_paths: Paths | None = None,
    ) -> Desk:
        desk = Desk(qtbot, own_paths or paths, assistant or ScriptedAssistant(), settings or Settings())
        desk.window.resize(*size)
        QApplication.processEvents()
        desks.append(desk)
        return desk

    yield open_one
    for desk in desks:
        desk.close()
        desk.window.deleteLater()
        desk.theme.deleteLater()
    QApplication.processEvents()
    # Without a running event loop nothing else deletes them, and later tests would share the process with all of them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def answer_maker() -> Callable[..., Answer]:
    """Return a function that makes finished answers."""
    return make_answer


@pytest.fixture
def hits() -> tuple[Hit, ...]:
    """Return three passages of two documents."""
    return HITS
