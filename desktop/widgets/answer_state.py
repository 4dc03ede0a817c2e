"""An answer's state in words: what the card's first line says. Knows no widget."""

from dataclasses import dataclass
from typing import Literal

from desktop.answer import Answer, Ending
from desktop.texts import window as texts
from desktop.texts.problems import explain

Tone = Literal["plain", "good", "badge", "bad"]


@dataclass(frozen=True)
class StateLine:
    """``word`` stands on a ground of ``tone``; ``facts`` beside it."""

    word: str
    tone: Tone
    facts: str = ""


def finished_state(answer: Answer) -> StateLine:
    """Return the state line of a finished answer."""
    facts = [texts.count(len(answer.sources), "Fundstelle", "Fundstellen")]
    if answer.timings.retrieve_ms:
        facts[0] += f" in {texts.seconds(answer.timings.retrieve_ms)}"
    if answer.model and answer.text and answer.ending in (Ending.DONE, Ending.STOPPED):
        facts.append(f"Antwort in {texts.seconds(answer.timings.total_ms)}")
        facts.append(answer.model)
    word, tone = _word(answer)
    return StateLine(word, tone, " · ".join(facts))


def _word(answer: Answer) -> tuple[str, Tone]:
    fixed: dict[Ending, tuple[str, Tone]] = {
        Ending.STOPPED: (texts.STATE_STOPPED, "plain"),
        Ending.FAILED: (texts.STATE_FAILED, "bad"),
        Ending.NO_MODEL: (texts.STATE_NO_MODEL, "plain"),
        Ending.NO_EVIDENCE: (texts.STATE_NO_EVIDENCE, "badge"),
    }
    if answer.ending in fixed:
        return fixed[answer.ending]
    if answer.refused:
        return texts.STATE_NO_EVIDENCE, "badge"
    if not answer.sentences:
        return texts.STATE_DONE, "plain"
    backed = sum(sentence.supported for sentence in answer.sentences)
    if not backed:
        return texts.STATE_UNSUPPORTED, "bad"
    tone: Tone = "good" if backed == len(answer.sentences) else "badge"
    return texts.supported(backed, len(answer.sentences)), tone


def finished_text(answer: Answer) -> str:
    """Return the Markdown to show: the answer, or why there is none."""
    if answer.ending is Ending.FAILED:
        sentence = explain(answer.problem).whole
        return f"{answer.text}\n\n{sentence}" if answer.text else sentence
    if answer.text:
        return answer.text
    if answer.refused or answer.ending is Ending.NO_EVIDENCE:
        return texts.EMPTY_NO_EVIDENCE
    if answer.ending is Ending.NO_MODEL:
        return explain(answer.problem).whole if answer.problem else texts.EMPTY_NO_MODEL
    return texts.EMPTY_STOPPED if answer.ending is Ending.STOPPED else texts.EMPTY_DONE


def plain_copy(answer: Answer) -> str:
    """Return question, answer and passages as text for the clipboard."""
    lines = [answer.question, "", finished_text(answer), ""]
    if answer.sources:
        lines.append(f"{texts.SOURCES}:")
    for number, hit in enumerate(answer.sources, start=1):
        document = hit.document
        lines.append(f"[{number}] {document.publisher}: {document.title}, {hit.section}")
        if hit.sentence:
            lines.append(f"    „{hit.sentence}“")
        if document.digest:
            lines.append(f"    {texts.DIGEST}, abgerufen {texts.german_date(document.retrieved)}")
    lines += ["", f"{texts.APP_NAME}, {texts.german_moment(answer.asked_at)}. {texts.CHECK_RESULTS}"]
    return "\n".join(lines)
