"""Cuts sections into passages and passages into sentences; turns a passage into the terms of the index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidelines_db.analysis import tokens
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.sentences import sentence_spans

MAX_WORDS = 240  # a section up to this size stays whole
TARGET_WORDS = 160


@dataclass(frozen=True)
class PassageText:
    """A stretch of a section with its sentences' offsets in ``text``."""

    text: str
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Fields:
    """The terms of a passage, by column of the full-text index."""

    title: str
    heading: str
    publisher: str
    body: str
    parts: str

    def distinct(self) -> set[str]:
        """Return every term of the passage once."""
        return set(f"{self.title} {self.heading} {self.publisher} {self.body} {self.parts}".split())


def cut_section(text: str) -> Iterator[PassageText]:
    """Yield the passages of a section's text; long sections are cut between sentences, evenly."""
    spans = list(sentence_spans(text))
    if not spans:
        return
    sizes = [len(text[start:end].split()) for start, end in spans]
    total = sum(sizes)
    pieces = 1 if total <= MAX_WORDS else max(2, round(total / TARGET_WORDS))
    goal = total / pieces
    first = 0
    seen = 0
    for index, size in enumerate(sizes):
        seen += size
        if seen >= goal or index == len(spans) - 1:
            yield _passage(text, spans[first : index + 1])
            first, seen = index + 1, 0


def _passage(text: str, spans: list[tuple[int, int]]) -> PassageText:
    start, end = spans[0][0], spans[-1][1]
    return PassageText(text[start:end], tuple((a - start, b - start) for a, b in spans))


class FieldReader:
    """Turns texts into columns of terms; remembers titles, which repeat."""

    def __init__(self, splitter: CompoundSplitter) -> None:
        self._splitter = splitter

    def fields(self, title: str, heading: str, publisher: str, body: str) -> Fields:
        """Return the terms of a passage below its document's title and section's heading."""
        weak: list[str] = []
        title_terms, heading_terms, publisher_terms, body_terms = (
            " ".join(self._column(text, weak)) for text in (title, heading, publisher, body)
        )
        return Fields(title_terms, heading_terms, publisher_terms, body_terms, " ".join(weak))

    def _column(self, text: str, weak: list[str]) -> Iterable[str]:
        for token in tokens(text):
            if token.stop:
                continue
            yield from token.terms
            weak += token.weak
            if token.kind == "word":
                for part in token.surface.replace("‑", "-").split("-"):
                    weak += self._splitter.stems(part)
