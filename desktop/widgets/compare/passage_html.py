"""The passages of a chosen cell as HTML: the key sentence bold, other topics quiet, differences marked. Knows no Qt."""

from collections.abc import Iterator, Sequence
from html import escape

from desktop.compare.differences import Value
from desktop.compare.matrix import Spot
from desktop.compare.side_by_side import Side
from desktop.texts import compare as texts
from desktop.theme import Tokens


def spots_html(side: Side, tokens: Tokens) -> str:
    """Return all passages of ``side``; text of documents is escaped."""
    if not side.cell.spots:
        return f"<p><b>{escape(texts.NOTHING)}</b></p><p>{escape(texts.NOTHING_MEANS)}</p>"
    parts = []
    if not side.cell.sentences:
        note = texts.SECTION_ONLY.format(section=side.cell.spots[0].section)
        parts.append(f"<p><b>{escape(note)}</b></p>")
    section = None
    for spot, marks in zip(side.cell.spots, side.marks, strict=True):
        if spot.section != section:
            section = spot.section
            parts.append(f"<h4>{escape(section)}</h4>")
        parts.append(_spot_html(spot, marks, tokens))
    return "".join(parts)


def _spot_html(spot: Spot, marks: Sequence[Value], tokens: Tokens) -> str:
    """Return one passage in its paragraphs."""
    pieces = list(_pieces(spot))
    html = []
    for start, end, kind in pieces:
        text = _marked(spot.text, start, end, marks, tokens)
        if kind == "key":
            text = f"<b>{text}</b>"
        elif kind == "other":
            text = f'<span style="color:{tokens.muted}">{text}</span>'
        html.append(text)
    return f"<p>{''.join(html)}</p>"


def _pieces(spot: Spot) -> Iterator[tuple[int, int, str]]:
    """Yield the text in stretches: the key sentence, sentences on the topic, and the rest."""
    position = 0
    if not spot.sentences:
        yield 0, len(spot.text), "topic"  # a section whose sentences could not be told apart
        return
    for start, end in spot.sentences:
        if position < start:
            yield position, start, "other"
        yield start, end, "key" if (start, end) == spot.key else "topic"
        position = end
    if position < len(spot.text):
        yield position, len(spot.text), "other"


def _marked(text: str, start: int, end: int, marks: Sequence[Value], tokens: Tokens) -> str:
    """Return a stretch of ``text``; a mark has a line below, a ground and a letter that says what it is."""
    parts = []
    position = start
    for mark in sorted(marks, key=lambda one: one.start):
        if not position <= mark.start < mark.end <= end:
            continue
        parts.append(_lines(text[position : mark.start]))
        parts.append(
            f'<span style="background-color:{tokens.mark_light};color:{tokens.ink};text-decoration:underline">'
            f"{_lines(text[mark.start : mark.end])}</span>"
            f'<sup style="color:{tokens.link}"><b>{texts.MARKS[mark.aspect]}</b></sup>'
        )
        position = mark.end
    parts.append(_lines(text[position:end]))
    return "".join(parts)


def _lines(text: str) -> str:
    return escape(text).replace("\n\n", "<br><br>").replace("\n", "<br>")
