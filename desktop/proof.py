"""The Antwort-Nachweis: one answer with all that a file needs to prove what it rests on. Knows no Qt.

It is put together once as blocks; Markdown and HTML (for the PDF) are two spellings of the same blocks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.metadata import version

from desktop.answer import Answer, State
from desktop.citations import cited_numbers, render_answer
from desktop.evidence import locate_evidence
from desktop.rewording import split_notes
from desktop.texts import filters as filter_texts
from desktop.texts import proof as texts
from desktop.texts import window
from desktop.texts.answers import origin
from guidelines_db.analysis import tokens
from guidelines_db.results import Hit

_LONGEST_KEYWORD = 40

STATES = {
    State.SUPPORTED: window.STATE_SUPPORTED,
    State.POSSIBLE: window.STATE_POSSIBLE,
    State.NOTHING: window.STATE_NOTHING,
}


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Plain text; ``strong`` for what must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Quote:
    """Text of a document, word for word."""

    text: str


@dataclass(frozen=True)
class Formatted:
    """Markdown of the program's own: an answer with its citations."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Names and values, one a line."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Quote | Formatted | Facts


def make_proof(answer: Answer, made_at: str, titles: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    """Return the proof of ``answer``.

    ``made_at`` is the present moment (ISO 8601); ``titles`` maps names of collections to what they are called.
    """
    worded = bool(answer.sentences)
    blocks: list[Block] = [
        Heading(1, texts.TITLE),
        Heading(2, texts.QUESTION),
        Paragraph(answer.question),
    ]
    if answer.understood:
        blocks.append(Facts(((texts.UNDERSTOOD, answer.understood),)))
    blocks += [Heading(2, texts.RESULT), Paragraph(STATES[answer.state], strong=True)]
    if worded:
        blocks += [Heading(2, texts.WORDING), Formatted(answer.text), Paragraph(texts.AI_NOTE)]
    elif answer.form and answer.text:
        blocks += [Heading(2, texts.OVERVIEW), Formatted(answer.text)]
    blocks += _evidence(answer)
    about_search, about_wording = split_notes(answer)
    notes = [*about_search, about_wording] if worded and about_wording else about_search
    if notes:
        blocks += [Heading(2, texts.NOTES), *(Paragraph(note) for note in notes)]
    blocks += [Heading(2, texts.CHECKED), Paragraph(_checked(answer)), Paragraph(texts.DUTY)]
    if not worded:
        blocks.append(Paragraph(texts.NO_AI_NOTE))
    blocks += [Heading(2, texts.FACTS), Facts(_facts(answer, made_at, titles or {}))]
    return tuple(blocks)


def proof_markdown(blocks: Sequence[Block]) -> str:
    """Return the proof as Markdown; no character of a question or document can act as formatting."""
    parts = []
    for block in blocks:
        match block:
            case Heading(level, text):
                parts.append(f"{'#' * level} {_inline(text)}")
            case Paragraph(text, strong):
                parts.append(f"**{_inline(text)}**" if strong else _plain(text))
            case Quote(text):
                parts.append("\n".join(f"> {line}".rstrip() for line in _plain(text).split("\n")))
            case Formatted(text):
                parts.append(text)
            case Facts(rows):
                parts.append("\n".join(f"- {name}: {_inline(value)}" for name, value in rows))
    return "\n\n".join(parts) + "\n"


def proof_html(blocks: Sequence[Block]) -> str:
    """Return the proof as the simple HTML that Qt's text documents understand."""
    parts = []
    for block in blocks:
        match block:
            case Heading(level, text):
                parts.append(f"<h{level}>{_lines(text)}</h{level}>")
            case Paragraph(text, strong):
                parts.append(f"<p><b>{_lines(text)}</b></p>" if strong else f"<p>{_lines(text)}</p>")
            case Quote(text):
                parts.append(f"<blockquote>{_lines(text)}</blockquote>")
            case Formatted(text):
                parts.append(render_answer(text, 0))
            case Facts(rows):
                items = "".join(f"<li>{_lines(name)}: {_lines(value)}</li>" for name, value in rows)
                parts.append(f"<ul>{items}</ul>")
    return "".join(parts)


def proof_name(answer: Answer) -> str:
    """Return a sensible file name without ending: Antwort-Nachweis_2026-11-22_Kennzeichnung."""
    parts = [texts.FILE_STEM, answer.asked_at[:10], _keyword(answer.understood or answer.question)]
    return "_".join(part for part in parts if part)


def program_name() -> str:
    """Return name and version of this program."""
    return f"{window.APP_NAME} {version('leitstern')}"


def _evidence(answer: Answer) -> Iterator[Block]:
    """Quote every sentence shown, under its passage; passages only cited bring their best sentence."""
    quoted: dict[int, list[str]] = {}
    for found in locate_evidence(answer.sources, answer.evidence):
        quoted.setdefault(found.source, []).append(found.text)
    for number in cited_numbers(answer.text, len(answer.sources)):
        quoted.setdefault(number, [answer.sources[number - 1].sentence])
    heading = texts.EVIDENCE
    if not quoted:
        quoted = {number: [hit.sentence] for number, hit in enumerate(answer.sources, 1)}
        heading = texts.NEAREST
    yield Heading(2, heading)
    if not quoted:
        yield Paragraph(texts.NO_EVIDENCE)
    for number, sentences in sorted(quoted.items()):
        hit = answer.sources[number - 1]
        yield Heading(3, f"[{number}] {origin(hit.document)}")
        for sentence in sentences:
            if sentence:
                yield Quote(f"„{sentence}“")
        yield Facts(_passage_facts(hit))


def _passage_facts(hit: Hit) -> tuple[tuple[str, str], ...]:
    document = hit.document
    edition = [window.german_date(document.published)] if document.published else []
    if document.retrieved:
        edition.append(texts.RETRIEVED.format(day=window.german_date(document.retrieved)))
    rows = [(texts.SECTION, hit.section)] if hit.section else []
    if edition:
        rows.append((texts.EDITION, ", ".join(edition)))
    rows.append((texts.DIGEST, texts.DIGEST_VALUE if document.digest else texts.ORIGINAL_VALUE))
    place = f"{texts.OWN_FILE}, {document.path}" if document.own else f"{document.collection}/{document.id}"
    rows.append((texts.PLACE, place))
    rows += [(texts.ADDRESS, address) for address in document.sources]
    return tuple(rows)


def _checked(answer: Answer) -> str:
    if not answer.checked_by:
        return texts.NOT_CHECKED
    day = window.german_moment(answer.checked_at)
    return f"{window.CHECKED.format(day=day, initials=answer.checked_by)}."


def _facts(answer: Answer, made_at: str, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    searched = ", ".join(titles.get(name, name) for name in answer.collections) or texts.ALL_COLLECTIONS
    rows = [
        (texts.ASKED, window.german_moment(answer.asked_at)),
        (texts.SEARCHED, searched),
        *(
            ((filter_texts.FILTERED, ", ".join(filter_texts.labels(answer.filters))),)
            if answer.filters
            else ()
        ),
        (texts.MODEL, answer.model or texts.NO_MODEL),
    ]
    if answer.model:
        rows.append((texts.MODEL_SHA256, answer.model_sha256 or texts.UNKNOWN))
    rows += [
        (texts.INDEX, answer.index_hash or texts.UNKNOWN),
        (texts.PROGRAM, program_name()),
        (texts.MADE, window.german_moment(made_at)),
    ]
    return tuple(rows)


def _keyword(question: str) -> str:
    """Return the longest noun of ``question``, else its longest telling word, fit for a file name."""
    telling = [token.surface for token in tokens(question) if not token.stop and token.terms]
    first = question.split(maxsplit=1)[0] if question.split() else ""
    nouns = [word for word in telling if word[:1].isupper() and word != first]
    longest = max(nouns or telling, key=len, default="")
    return re.sub(r"[^\w-]+", "-", longest).strip("-_")[:_LONGEST_KEYWORD].rstrip("-_")


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it letter for letter."""
    return re.sub(r"^(\s*(?:\d+(?=[.)])|(?=[-+>=#])))", r"\1\\", _inline(text), flags=re.MULTILINE)


def _inline(text: str) -> str:
    """Return ``text``, which does not begin a line, so that Markdown shows it letter for letter."""
    brackets = r"\[\]" if re.search(r"\][(\[:]", text) else ""  # else they mean nothing, and read better bare
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    text = re.sub(rf"[\\`*_{brackets}]", r"\\\g<0>", text)
    return text.replace("<", "&lt;").replace("|", "&#124;").replace("~", "&#126;")
