"""The acceptance test for a writing model: is it worth letting it word answers on this machine?

Each of the shipped questions is searched and its evidence chosen as for a clerk; then the model words it, and
its sentences meet the same checks. Of the reader only the veto takes part, so that only the model is measured, and it
is also asked where nothing answers: the sentences it then shows are true, but beside the point.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from desktop.answer import Answer, AnswerSentence, Ending, Timings
from desktop.assistant import MAX_TOKENS, PROMPT_TOKENS, SOURCES
from desktop.evaluate_answers import AnswerQuestion, met_share, read_answer_questions, unsupported_sentences
from desktop.evidence import choose_evidence
from desktop.library import Library
from desktop.model_verdicts import Verdict, Verdicts
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.reading import PassageReader
from desktop.start import find_llm, make_reader, open_writer
from desktop.texts import model_check as texts
from desktop.wording import Wording
from models.catalogue import ModelEntry, entry_for_file
from models.client import WorkerClient
from models.errors import ModelFileMissing
from models.model_file import remembered_sha256
from models.prompt import build_messages, fit_excerpts
from models.protocol import Finished, Reading, Token
from models.system import machine_name
from models.writer import Writer
from resources import resource_path

NEED_CHECKED = 0.6  # share of the written sentences that pass
NEED_SHOWN = 0.5  # share of the answerable questions with a sentence shown
NEED_COMPLETE = 0.5  # share of these that hold what was asked for
NEED_TOKENS_PER_S = 2.0  # a sentence of forty tokens in twenty seconds

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ModelFigures:
    """What was measured. Times in seconds, speeds in tokens a second, memory in bytes."""

    questions: int
    answerable: int
    written: int  # sentences
    shown: int  # sentences that passed
    worded: int  # answerable questions with a sentence shown
    complete: int  # of these, with all that was asked for
    unsupported: int  # shown sentences that the stricter check refuses
    silent: int  # unanswerable questions without a sentence shown
    write_tokens_per_s: float
    read_tokens_per_s: float
    seconds: float  # median of one answer
    memory: int  # the most the model's process held
    threads: int

    def shortcomings(self) -> tuple[str, ...]:
        """Return the keys of all reasons against letting the model word answers."""
        failed = {
            "unsupported": self.unsupported > 0,
            "few_checked": self.shown < NEED_CHECKED * self.written,
            "few_shown": not self.worded or self.worded < NEED_SHOWN * self.answerable,
            "off_point": self.complete < NEED_COMPLETE * self.worded,
            "slow": self.write_tokens_per_s < NEED_TOKENS_PER_S,
        }
        return tuple(key for key, holds in failed.items() if holds)

    @property
    def allowed(self) -> bool:
        """Whether the model may word answers."""
        return not self.shortcomings()


@dataclass(frozen=True)
class _Worded:
    """One question with what the model made of it."""

    question: AnswerQuestion
    sentences: tuple[AnswerSentence, ...]
    written: int
    unsupported: int
    finished: Finished
    seconds: float


def shipped_questions() -> list[AnswerQuestion]:
    """Return the questions of the test, half of them without an answer in the collections."""
    return read_answer_questions(resource_path("model_check.jsonl"))


def check_model(
    library: Library,
    writer: Writer,
    client: WorkerClient,
    questions: Sequence[AnswerQuestion],
    on_progress: Progress | None = None,
    reader: PassageReader | None = None,
) -> ModelFigures:
    """Let the model of ``writer``, which runs in ``client``, word an answer to each question.

    ``reader`` has its veto, as with an answer for a clerk.

    Raises:
        ModelError: if the model cannot be loaded or its process fails.
        GuidelinesError: if the collections cannot be searched.
    """
    threads = writer.ensure_loaded().threads
    memory = 0
    results = []
    for number, question in enumerate(questions, 1):
        results.append(_ask(library, writer, reader, question))
        memory = max(memory, _memory_of(client))
        if on_progress:
            on_progress(number, len(questions))
    return _figures(results, memory, threads)


def _ask(library: Library, writer: Writer, reader: PassageReader | None, question: AnswerQuestion) -> _Worded:
    hits = library.search(question.text, None, SOURCES).hits
    wording = Wording(hits, choose_evidence(hits), reader.doubts if reader else None)
    excerpts = fit_excerpts(wording.excerpts(), PROMPT_TOKENS, writer.count_tokens)
    began = time.perf_counter()

    def heard(event: Reading | Token) -> None:
        if isinstance(event, Token):
            wording.add(event.text)

    finished = writer.write(build_messages(question.text, excerpts), MAX_TOKENS, heard).finished
    seconds = time.perf_counter() - began
    wording.close(cut_off=finished.ending == "length")
    blank = Answer(
        id=question.id,
        question=question.text,
        collections=(),
        asked_at="",
        text="",
        refused=False,
        ending=Ending.NO_MODEL,
        sentences=(),
        sources=hits,
        evidence=(),
        model=writer.name,
    )
    answer = wording.finish(blank, Ending.DONE, Timings())
    unsupported = len(unsupported_sentences(answer))
    return _Worded(question, answer.sentences, wording.written, unsupported, finished, seconds)


def _memory_of(client: WorkerClient) -> int:
    """Return what the model's process holds now, in bytes."""
    try:
        return int(psutil.Process(client.pid).memory_info().rss) if client.pid else 0
    except psutil.Error:
        return 0


def _figures(results: Sequence[_Worded], memory: int, threads: int) -> ModelFigures:
    answerable = [result for result in results if result.question.answerable]
    worded = [result for result in answerable if result.sentences]
    written_ms = sum(result.finished.timings.write_ms for result in results)
    read_ms = sum(result.finished.timings.read_ms for result in results)
    tokens_read = sum(
        result.finished.prompt_tokens - result.finished.timings.reused_tokens for result in results
    )
    return ModelFigures(
        questions=len(results),
        answerable=len(answerable),
        written=sum(result.written for result in results),
        shown=sum(len(result.sentences) for result in results),
        worded=len(worded),
        complete=sum(
            met_share([sentence.text for sentence in result.sentences], result.question.nuggets) == 1
            for result in worded
        ),
        unsupported=sum(result.unsupported for result in results),
        silent=sum(not result.question.answerable and not result.sentences for result in results),
        write_tokens_per_s=_rate(sum(result.finished.completion_tokens for result in results), written_ms),
        read_tokens_per_s=_rate(tokens_read, read_ms),
        seconds=round(statistics.median(result.seconds for result in results), 1) if results else 0.0,
        memory=memory,
        threads=threads,
    )


def _rate(count: int, ms: float) -> float:
    return round(1000 * count / ms, 1) if ms else 0.0


@dataclass(frozen=True)
class Checked:
    """A finished test. ``kept_in`` is the stored report, None if it could not be stored."""

    figures: ModelFigures
    verdict: Verdict
    file: Path
    report: str
    kept_in: Path | None

    def as_record(self) -> dict[str, object]:
        """Return figures and verdict as JSON data."""
        return {
            **asdict(self.verdict),
            "file": str(self.file),
            "shortcomings": list(self.figures.shortcomings()),
            "figures": asdict(self.figures),
            "report": str(self.kept_in) if self.kept_in else None,
        }


def run_check(
    library: Library,
    paths: Paths,
    name: str,
    threads: int = 0,
    on_progress: Progress | None = None,
    policy: Policy = NO_POLICY,
) -> Checked:
    """Test the model ``name`` (a file, a name of the catalogue, "" for the one in use) and keep the verdict.

    Raises:
        ModelError: if there is no such model, or it cannot be run here.
        GuidelinesError: if the collections cannot be searched.
    """
    file, entry = _find(paths, name, policy)
    writer, client = open_writer(paths, file, entry, threads, policy)
    reader = make_reader(paths)
    try:
        figures = check_model(library, writer, client, shipped_questions(), on_progress, reader)
    finally:
        writer.close()
        if reader is not None:
            reader.close()
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    verdict = Verdict(remembered_sha256(file, paths.stamps), writer.name, figures.allowed, now)
    page = report_on(figures, verdict, file)
    kept_in: Path | None = None
    with contextlib.suppress(OSError):
        kept_in = Verdicts(paths.verdicts, paths.stamps).keep(verdict, page)
    return Checked(figures, verdict, file, page, kept_in)


def _find(paths: Paths, name: str, policy: Policy) -> tuple[Path, ModelEntry | None]:
    if name and Path(name).is_file():
        file = Path(name).absolute()
        return file, entry_for_file(file.name)
    found = find_llm(paths, name, policy)
    if found is None:
        raise ModelFileMissing(f"no model {name!r}")
    return found


def report_on(figures: ModelFigures, verdict: Verdict, file: Path) -> str:
    """Return the one-page report, German Markdown."""
    reasons = "".join(f"\n- {texts.REASONS[key]}" for key in figures.shortcomings())
    return texts.REPORT.format(
        recommendation=texts.ALLOWED if verdict.allowed else texts.REFUSED,
        reasons=f"{reasons}\n" if reasons else "",
        model=verdict.model,
        file=file.name,
        size=_gigabytes(file.stat().st_size),
        sha256=verdict.sha256,
        date=datetime.fromisoformat(verdict.checked_at).strftime("%d.%m.%Y, %H:%M Uhr"),
        version=version("leitstern"),
        machine=machine_name(),
        threads=figures.threads,
        memory_total=_gigabytes(psutil.virtual_memory().total),
        questions=figures.questions,
        answerable=figures.answerable,
        shown=figures.shown,
        written=figures.written,
        checked_share=_percent(figures.shown, figures.written),
        need_checked=_percent(NEED_CHECKED),
        worded=figures.worded,
        worded_share=_percent(figures.worded, figures.answerable),
        need_shown=_percent(NEED_SHOWN),
        complete=figures.complete,
        complete_share=_percent(figures.complete, figures.worded),
        need_complete=_percent(NEED_COMPLETE),
        unsupported=figures.unsupported,
        silent=figures.silent,
        unanswerable=figures.questions - figures.answerable,
        write_speed=_number(figures.write_tokens_per_s),
        read_speed=_number(figures.read_tokens_per_s),
        need_speed=_number(NEED_TOKENS_PER_S),
        seconds=_number(figures.seconds),
        memory=_gigabytes(figures.memory),
    )


def _percent(count: float, of: float = 1) -> str:
    return f"{count / of:.0%}".replace("%", " %") if of else texts.NOT_MEASURED


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _gigabytes(count: int) -> str:
    return f"{_number(count / 1e9)} GB"
