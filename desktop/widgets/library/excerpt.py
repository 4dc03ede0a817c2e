"""What a row says about where a document matches: the best passage, cut around its first match. Knows no Qt."""

from dataclasses import dataclass

from desktop.texts import library as texts
from guidelines_db.browse import FoundDocument

_BEFORE = 30  # characters shown before the first match
_LONGEST = 300
_JOIN = ": "
_DOTS, _MORE = "… ", " …"

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Excerpt:
    """A line with the stretches to mark, as character offsets."""

    text: str = ""
    ranges: Ranges = ()


def excerpt_of(found: FoundDocument) -> Excerpt:
    """Return the line for ``found``; empty if no passage of it was looked for."""
    if not found.passages:
        return Excerpt()
    best = found.passages[0]
    text, ranges = _cut(" ".join(best.text.split("\n")), best.ranges)
    head = f"{texts.places(found.matches)} · "
    section = f"{best.section}{_JOIN}" if best.section else ""
    return Excerpt(
        f"{head}{section}{text}",
        (*_moved(best.section_ranges, len(head)), *_moved(ranges, len(head) + len(section))),
    )


def words_found(found: FoundDocument) -> tuple[str, ...]:
    """Return the different stretches that match, without case, to be marked in the whole text."""
    stretches = [
        text[start:end].casefold()
        for passage in found.passages
        for text, ranges in ((passage.section, passage.section_ranges), (passage.text, passage.ranges))
        for start, end in ranges
    ]
    return tuple(dict.fromkeys(stretches))


def _cut(text: str, ranges: Ranges) -> tuple[str, Ranges]:
    first = ranges[0][0] if ranges else 0
    start = text.rfind(" ", 0, first - _BEFORE) + 1 if first > _BEFORE else 0
    end = start + _LONGEST
    inside = tuple((one, min(other, end)) for one, other in ranges if start <= one < end)
    shown = text[start:end] + (_MORE if end < len(text) else "")
    return (_DOTS + shown, _moved(inside, len(_DOTS) - start)) if start else (shown, inside)


def _moved(ranges: Ranges, by: int) -> Ranges:
    return tuple((start + by, end + by) for start, end in ranges)
