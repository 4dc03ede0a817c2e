"""Leads one question from search to finished answer. Free of Qt; serves window and command line alike."""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.answer import (
    Answer,
    AnswerEvent,
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
from desktop.confidence import assess
from desktop.evidence import EvidenceSentence, choose_evidence, locate_evidence
from desktop.followup import understand
from desktop.forms import FormAnswer, Kind, answer_form, asks_who_lacks, read_form, search_sides
from desktop.library import Library
from desktop.reading import PassageReader
from desktop.texts import answers as texts
from desktop.texts import filters as filter_texts
from desktop.wording import Wording, evidence_text
from guidelines_db.errors import GuidelinesError
from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.results import SearchOutcome
from guidelines_db.vectors import EncoderUnavailable
from models.errors import ModelError
from models.prompt import build_messages, fit_excerpts
from models.protocol import Reading, Token
from models.writer import Writer

log = logging.getLogger(__name__)

OnEvent = Callable[[AnswerEvent], None]

SOURCES = 6  # passages shown with an answer
MAX_TOKENS = 160
FROM_DATABASE = {Kind.LIST.value, Kind.COUNT.value}  # forms that no model words
PROMPT_TOKENS = 350  # for the evidence; more costs a weak PC many seconds


@dataclass
class _Clock:
    start: float
    retrieve_ms: float = 0.0
    first_token_ms: float | None = None

    def now(self) -> float:
        return (time.perf_counter() - self.start) * 1000

    def timings(self, prompt_tokens: int = 0, completion_tokens: int = 0) -> Timings:
        return Timings(
            round(self.retrieve_ms, 1),
            None if self.first_token_ms is None else round(self.first_token_ms, 1),
            round(self.now(), 1),
            prompt_tokens,
            completion_tokens,
        )


class Assistant:
    """Answers one question at a time. ``ask`` blocks; ``cancel`` and ``close`` may come from other threads."""

    def __init__(
        self,
        library: Library,
        writer: Writer | None,
        reader: PassageReader | None = None,
        *,
        resting_model: str = "",
    ) -> None:
        """``writer`` is None where no model words answers: then the evidence is the answer.

        Without ``reader`` nothing is called supported. ``resting_model`` is the title of a model that is there but
        shall not word answers.
        """
        self.library = library
        self._writer = writer
        self._reader = reader
        self._resting_model = resting_model
        self._model_lock = threading.Lock()
        self._cancelled = threading.Event()
        self._closing = threading.Event()
        self._asking = threading.Event()
        self._model_problem = ""

    def start_loading(self) -> None:
        """Load encoder and model behind the window, then give own passages their vectors."""
        threading.Thread(target=self._load_behind, name="loading", daemon=True).start()

    def model_state(self) -> tuple[str, str]:
        """Return ("ready" | "loading" | "resting" | "none" | key of a problem, title of the model)."""
        if self._writer is None:
            return ("resting", self._resting_model) if self._resting_model else ("none", "")
        if self._model_problem:
            return self._model_problem, self._writer.name
        return ("ready" if self._writer.ready() else "loading"), self._writer.name

    def ask(
        self,
        question: str,
        collections: Sequence[str] | None = None,
        on_event: OnEvent = lambda _: None,
        *,
        previous: str = "",
        filters: SearchFilters = NO_FILTERS,
    ) -> Answer:
        """Search, then let the model write; every event is sent on the calling thread.

        ``previous`` is the whole question before this one, from which a follow-up is understood. Only documents
        that pass ``filters`` are searched.
        A failing model never raises: the answer then ends with FAILED and keeps its passages.

        Raises:
            GuidelinesError: if the collections cannot be searched.
        """
        self._cancelled.clear()
        self._asking.set()
        try:
            understood = understand(question, previous, self.library.tools) if previous else ""
            return self._ask(question, understood, collections, filters, on_event)
        finally:
            self._asking.clear()

    def reword(self, answer: Answer, style: Style, on_event: OnEvent = lambda _: None) -> Answer:
        """Let the model word the evidence of ``answer`` in another way; same checks, same sources.

        Where no new sentence holds, the answer keeps what it showed before.
        """
        if self._writer is None or answer.refused or answer.form in FROM_DATABASE:
            return answer
        self._cancelled.clear()
        self._asking.set()
        try:
            evidence = locate_evidence(answer.sources, answer.evidence)
            plain = replace(answer, notes=(), problem="")
            reworded = self._word(plain, evidence, self._writer, _Clock(time.perf_counter()), on_event, style)
        finally:
            self._asking.clear()
        if reworded.sentences:
            return replace(reworded, style=style)
        return replace(answer, notes=reworded.notes, problem=reworded.problem, ending=reworded.ending)

    def cancel(self) -> None:
        """Stop the running answer; what was written so far stays."""
        self._cancelled.set()
        if self._writer is not None:
            self._writer.cancel()

    def close(self) -> None:
        """End the model processes and close the files."""
        self._closing.set()
        self._cancelled.set()
        if self._writer is not None:
            self._writer.close()
        if self._reader is not None:
            self._reader.close()
        self.library.close()

    def _ask(
        self,
        question: str,
        understood: str,
        collections: Sequence[str] | None,
        filters: SearchFilters,
        on_event: OnEvent,
    ) -> Answer:
        clock = _Clock(time.perf_counter())
        searched = understood or question
        blank = Answer(
            id=uuid.uuid4().hex,
            question=question,
            collections=tuple(collections or ()),
            asked_at=datetime.now().astimezone().isoformat(timespec="seconds"),
            text="",
            refused=False,
            ending=Ending.NO_MODEL,
            sentences=(),
            sources=(),
            evidence=(),
            model=None,
            understood=understood,
            index_hash=self.library.shipped.meta.get("corpus_hash", ""),
            filters=filters,
            scope=self._scope(collections, filters),
        )
        form = read_form(searched, self.library)
        if form and (found := answer_form(form, self.library, collections, filters)):
            answer = _from_database(blank, found)
            on_event(_passages_found(answer))
            clock.retrieve_ms = clock.now()
            return replace(answer, timings=clock.timings())
        compared = search_sides(form, self.library, collections, filters) if form else None
        outcome = (
            compared.outcome if compared else self.library.search(searched, collections, SOURCES, filters)
        )
        clock.retrieve_ms = clock.now()
        lacking = asks_who_lacks(searched)
        one_sided = compared is not None and not compared.two_sided
        answer = replace(
            blank,
            sources=outcome.hits,
            notes=texts.search_notes(outcome) + ((texts.SILENCE,) if lacking else ()),
            form=compared.form.kind.value if compared else "",
        )
        evidence: tuple[EvidenceSentence, ...] = ()
        if not outcome.hits:
            answer = _refused(answer, outcome, 0.0)
        elif compared:
            evidence = compared.choose()
            answer = _with_evidence(answer, evidence, compared.text(evidence))
        else:
            evidence = choose_evidence(outcome.hits)
            answer = _with_evidence(answer, evidence, evidence_text(outcome.hits, evidence))
        on_event(_passages_found(answer))
        if outcome.hits:
            judged = self._reader.judge(searched, outcome.hits) if self._reader is not None else None
            confidence = assess(searched, outcome, judged, at_most_possible=lacking or one_sided)
            if judged is not None and not compared:
                evidence = choose_evidence(judged.weigh(outcome.hits))
                answer = _with_evidence(answer, evidence, evidence_text(outcome.hits, evidence))
            if confidence.state is State.NOTHING:
                answer = _refused(answer, outcome, confidence.probability)
            else:
                answer = replace(answer, state=confidence.state, probability=round(confidence.probability, 3))
            on_event(EvidenceChosen(answer.text, answer.evidence, answer.state, answer.probability))
        if answer.refused or self._writer is None:
            return replace(answer, timings=clock.timings())
        if self._cancelled.is_set():
            return replace(answer, ending=Ending.STOPPED, timings=clock.timings())
        return self._word(answer, evidence, self._writer, clock, on_event)

    def _scope(self, collections: Sequence[str] | None, filters: SearchFilters) -> str:
        titles = {info.name: info.title for info in self.library.collections()}
        return filter_texts.scope([titles.get(name, name) for name in collections or ()], filters)

    def _word(
        self,
        answer: Answer,
        evidence: Sequence[EvidenceSentence],
        writer: Writer,
        clock: _Clock,
        on_event: OnEvent,
        style: Style = Style.NORMAL,
    ) -> Answer:
        """Let the model word the evidence; what it writes counts only sentence by sentence, once checked."""
        wording = Wording(answer.sources, evidence, self._reader.doubts if self._reader else None)

        def heard(event: Reading | Token) -> None:
            if isinstance(event, Reading):
                on_event(ModelReading(event.done, event.total))
                return
            if clock.first_token_ms is None:
                clock.first_token_ms = clock.now()
            if wording.add(event.text):
                on_event(TextWritten(wording.text))

        answer = replace(answer, model=writer.name)
        try:
            if not writer.ready():
                on_event(ModelLoading())
            with self._model_lock:
                writer.ensure_loaded()
                answer = replace(answer, model_sha256=writer.sha256)
                self._model_problem = ""
                excerpts = fit_excerpts(wording.excerpts(), PROMPT_TOKENS, writer.count_tokens)
                if self._cancelled.is_set():
                    return replace(answer, ending=Ending.STOPPED, timings=clock.timings())
                if style is Style.AGAIN:
                    excerpts.reverse()  # what is read last weighs more: a different wording of the same
                messages = build_messages(answer.understood or answer.question, excerpts, texts.WISHES[style])
                result = writer.write(messages, MAX_TOKENS, heard)
        except ModelError as error:
            if self._cancelled.is_set():
                return wording.finish(answer, Ending.STOPPED, clock.timings())
            log.warning("model failed: %s", error.key)
            self._model_problem = error.key
            return replace(wording.finish(answer, Ending.FAILED, clock.timings()), problem=error.key)
        finished = result.finished
        stopped = finished.ending == "cancelled"
        if not stopped:
            wording.close(cut_off=finished.ending == "length")
        timings = clock.timings(finished.prompt_tokens, finished.completion_tokens)
        return wording.finish(answer, Ending.STOPPED if stopped else Ending.DONE, timings)

    def _load_behind(self) -> None:
        if self.library.encoder is not None:
            self.library.encoder.warm_up()
        if self._reader is not None and not self._closing.is_set():
            self._reader.warm_up()
        if self._writer is not None and not self._closing.is_set():
            with self._model_lock:
                try:
                    self._writer.ensure_loaded()
                except ModelError as error:
                    if not self._closing.is_set():
                        log.warning("model not loaded: %s", error.key)
                        self._model_problem = error.key
        try:
            self.library.add_vectors(is_cancelled=self._closing.is_set)
        except (EncoderUnavailable, GuidelinesError) as error:
            if not self._closing.is_set():  # else the encoder was ended in the middle; the next start goes on
                log.warning("vectors not added: %s", error.key)


def _from_database(answer: Answer, found: FormAnswer) -> Answer:
    """Give the answer what the database says; no model words it."""
    state = State.POSSIBLE if not found.certain else State.SUPPORTED
    return replace(
        answer,
        text=found.text,
        refused=not found.sources,
        ending=Ending.DONE if found.sources else Ending.NO_EVIDENCE,
        sources=found.sources,
        evidence=found.evidence,
        form=found.kind,
        state=state if found.sources else State.NOTHING,
        probability=float(bool(found.sources)),
    )


def _passages_found(answer: Answer) -> PassagesFound:
    return PassagesFound(
        answer.sources,
        answer.refused,
        answer.notes,
        answer.state,
        understood=answer.understood,
        text=answer.text,
        evidence=answer.evidence,
    )


def _with_evidence(answer: Answer, evidence: Sequence[EvidenceSentence], text: str) -> Answer:
    return replace(answer, text=text, evidence=tuple(sentence.text for sentence in evidence))


def _refused(answer: Answer, outcome: SearchOutcome, probability: float) -> Answer:
    """The documents say nothing about it; the nearest passages stay, shown as such."""
    return replace(
        answer,
        text=_refusal(answer.understood or answer.question, outcome),
        evidence=(),
        refused=True,
        ending=Ending.NO_EVIDENCE,
        state=State.NOTHING,
        probability=round(probability, 3),
    )


def _refusal(question: str, outcome: SearchOutcome) -> str:
    if not any(character.isalnum() for character in question):
        return texts.NO_WORDS
    return texts.NOTHING_BUT_NEAR if outcome.hits else texts.NOTHING
