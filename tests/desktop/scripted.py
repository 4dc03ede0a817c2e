"""A scripted assistant, and hits to answer with."""

import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

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
from desktop.evidence import locate_evidence
from desktop.texts.answers import NOTHING_BUT_NEAR, wording_note
from desktop.texts.filters import scope
from desktop.wording import evidence_text
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
