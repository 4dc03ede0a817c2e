"""What a card says about an answer, in words and Markdown. Knows no widget."""

from dataclasses import dataclass
from typing import Literal

from desktop.answer import Answer, Ending, State, Style
from desktop.citations import plain
from desktop.evidence import locate_evidence
from desktop.rewording import split_notes
from desktop.texts import proof as proof_texts
from desktop.texts import window as texts
from desktop.texts.answers import NOTHING, origin
from desktop.texts.problems import explain
from desktop.wording import evidence_text

Tone = Literal["plain", "good", "note", "bad"]


@dataclass(frozen=True)
class StateLine:
    """What the banner shows; ``icon`` and ``tone`` only repeat what ``words`` say."""

    words: str
    tone: Tone = "plain"
    icon: str = "info"


SEARCHING = StateLine(texts.STATE_SEARCHING)
ASSESSING = StateLine(texts.STATE_ASSESSING)
WAITING = StateLine(texts.STATE_WAITING)
FAILED = StateLine(texts.STATE_FAILED, "bad", "note")
STATES = {
    State.SUPPORTED: StateLine(texts.STATE_SUPPORTED, "good", "check"),
    State.POSSIBLE: StateLine(texts.STATE_POSSIBLE, "note", "note"),
    State.NOTHING: StateLine(texts.STATE_NOTHING, "plain", "info"),
}

_WORDINGS = {Style.SHORTER: texts.WORDING_SHORTER, Style.SIMPLER: texts.WORDING_SIMPLER}


def state_of(state: State, *, refused: bool) -> StateLine:
    """Return the banner; a refused question never looks answered."""
    return STATES[State.NOTHING if refused else state]


def facts_of(answer: Answer) -> str:
    """Return counts, times and the model in a line; where nothing answers, nothing is counted as found."""
    if answer.refused:
        took = answer.timings.retrieve_ms
        return texts.SEARCHED.format(seconds=texts.seconds(took)) if took else ""
    found = texts.count(len(answer.sources), "Fundstelle", "Fundstellen")
    if answer.timings.retrieve_ms:
        found += f" in {texts.seconds(answer.timings.retrieve_ms)}"
    facts = [found]
    if answer.sentences and answer.model:
        facts += [f"Formulierung in {texts.seconds(answer.timings.total_ms)}", answer.model]
    return " · ".join(facts)


def wording_heading(answer: Answer) -> str:
    """Return what stands above the model's sentences."""
    if not all(sentence.supported for sentence in answer.sentences):
        return texts.WORDING_UNCHECKED
    return _WORDINGS.get(answer.style, texts.WORDING)


def wording_note(answer: Answer) -> str:
    """Return how the model's sentences fared, or why there are none; "" if there is nothing to say."""
    match answer.ending:
        case Ending.FAILED:
            return explain(answer.problem).whole
        case Ending.STOPPED:
            return texts.WORK_STOPPED
        case Ending.NO_MODEL if not answer.form and not answer.refused:
            return explain(answer.problem).whole if answer.problem else texts.WORK_NO_MODEL
        case _:
            return split_notes(answer)[1]


def evidence_of(answer: Answer) -> str:
    """Return the evidence as Markdown, also of an answer whose text is the model's wording."""
    if not answer.sentences and (answer.form or answer.refused):
        return answer.text
    verbatim = evidence_text(answer.sources, locate_evidence(answer.sources, answer.evidence))
    return verbatim or ("" if answer.sentences else answer.text)


def below_banner(text: str) -> str:
    """Return a refusal without the sentence that the banner says already."""
    return text.removeprefix(NOTHING).strip()


def can_be_reworded(answer: Answer) -> bool:
    """Tell whether there is evidence that a model may word."""
    return bool(answer.evidence) and not answer.refused and answer.form not in ("list", "count")


def plain_copy(answer: Answer) -> str:
    """Return question, answer, evidence and sources as text for the clipboard."""
    parts = [answer.question]
    if answer.understood:
        parts.append(texts.UNDERSTOOD.format(question=answer.understood))
    parts.append(f"{state_of(answer.state, refused=answer.refused).words}.")
    if answer.scope:
        parts.append(answer.scope)
    if answer.sentences:
        parts += [f"{wording_heading(answer)}:\n{answer.text}", proof_texts.AI_NOTE]
    if evidence := plain(evidence_of(answer)):
        parts.append(evidence if answer.refused else f"{texts.EVIDENCE}:\n{evidence}")
    if answer.sources:
        parts.append("\n".join([f"{texts.SOURCES}:", *_source_lines(answer)]))
    if answer.checked_by:
        parts.append(checked_line(answer))
    parts.append(f"{texts.APP_NAME}, {texts.german_moment(answer.asked_at)}. {texts.CHECK_RESULTS}")
    return "\n\n".join(parts)


def checked_line(answer: Answer) -> str:
    """Return who checked the answer when."""
    day = texts.german_date(answer.checked_at[:10])
    return texts.CHECKED.format(day=day, initials=answer.checked_by)


def _source_lines(answer: Answer) -> list[str]:
    lines = []
    for number, hit in enumerate(answer.sources, start=1):
        document = hit.document
        lines.append(f"[{number}] {origin(document)}, {hit.section}")
        if document.digest:
            lines.append(f"    {texts.DIGEST}, abgerufen {texts.german_date(document.retrieved)}")
        lines += [f"    {address}" for address in document.sources]
    return lines
