"""One question, one answer: the immutable data that window, command line and history share."""

from dataclasses import dataclass, field
from enum import Enum

from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.results import Hit


class Ending(Enum):
    """How an answer came to its end."""

    DONE = "done"
    STOPPED = "stopped"  # the clerk pressed stop; the text so far stays
    NO_EVIDENCE = "no_evidence"  # the documents say nothing about it; no model was asked
    NO_MODEL = "no_model"  # search only: no usable model on this machine
    FAILED = "failed"  # the model process failed; the passages stay


class State(Enum):
    """Whether the documents answer the question, calibrated on data (docs/answers.md)."""

    SUPPORTED = "belegt"
    POSSIBLE = "moeglich"  # here are the nearest passages, judge yourself
    NOTHING = "nichts"  # the chosen collections say nothing about it


class Style(Enum):
    """How the model words the same evidence."""

    NORMAL = "normal"
    SHORTER = "shorter"
    SIMPLER = "simpler"  # Einfache Sprache
    AGAIN = "again"


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of the worded answer with the 1-based numbers of the passages it cites."""

    text: str
    citations: tuple[int, ...]
    supported: bool


@dataclass(frozen=True)
class Timings:
    """Milliseconds since the question was asked, and token counts."""

    retrieve_ms: float = 0.0
    first_token_ms: float | None = None
    total_ms: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True)
class Answer:
    """A finished, stopped or refused answer. ``sources[n - 1]`` is the passage cited as ``[n]``."""

    id: str
    question: str
    collections: tuple[str, ...]
    asked_at: str  # ISO 8601 with offset
    text: str  # Markdown with [n]
    refused: bool
    ending: Ending
    sentences: tuple[AnswerSentence, ...]
    sources: tuple[Hit, ...]
    evidence: tuple[str, ...]  # verbatim sentences shown as evidence
    model: str | None
    notes: tuple[str, ...] = ()
    problem: str = ""  # key of a problem in desktop.texts.problems, "" if none
    timings: Timings = field(default_factory=Timings)
    state: State = State.POSSIBLE
    probability: float = 0.0  # calibrated, that the documents answer the question
    understood: str = ""  # the whole question a follow-up was understood as
    form: str = ""  # "list", "count", "compare" if the database answered; "" for passages
    model_sha256: str = ""
    index_hash: str = ""  # of the documents the index was built from
    style: Style = Style.NORMAL
    checked_by: str = ""  # initials of the clerk who marked it as checked, "" if nobody did
    checked_at: str = ""  # ISO 8601 with offset
    filters: SearchFilters = NO_FILTERS  # by which the documents were restricted
    scope: str = ""  # in what was searched, in words; "" if in everything


@dataclass(frozen=True)
class PassagesFound:
    """Sent first: the passages, before any token."""

    sources: tuple[Hit, ...]
    refused: bool
    notes: tuple[str, ...]
    state: State = State.POSSIBLE
    understood: str = ""
    text: str = ""  # the evidence as Markdown, as in Answer.text before any wording
    evidence: tuple[str, ...] = ()  # as in Answer


@dataclass(frozen=True)
class EvidenceChosen:
    """Sent once the passages have been read: the sentences that answer best, and how surely they do."""

    text: str  # Markdown, as in ``Answer.text``
    evidence: tuple[str, ...]
    state: State
    probability: float


@dataclass(frozen=True)
class ModelLoading:
    """The model is still being loaded."""


@dataclass(frozen=True)
class ModelReading:
    """The model reads the prompt: ``done`` of ``total`` tokens."""

    done: int
    total: int


@dataclass(frozen=True)
class TextWritten:
    """The worded answer so far (whole text, not the difference)."""

    text: str


AnswerEvent = PassagesFound | EvidenceChosen | ModelLoading | ModelReading | TextWritten
