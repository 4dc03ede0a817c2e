"""One document with everything that the library shows of it. Knows no Qt."""

from dataclasses import dataclass

from desktop.document_place import Place
from desktop.holdings import Holding, Shelf, holding_of
from desktop.texts import library as texts
from desktop.texts.answers import origin
from desktop.texts.window import german_date
from guidelines_db.results import DocumentInfo


@dataclass(frozen=True)
class Part:
    """A section: heading, topics in German, text."""

    heading: str
    topics: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class FullDocument:
    """What it is, and its sections in order."""

    holding: Holding
    parts: tuple[Part, ...]

    @property
    def info(self) -> DocumentInfo:
        """Facts about it."""
        return self.holding.info

    @property
    def text(self) -> str:
        """Title, headings and texts."""
        parts = [f"{part.heading}\n{part.text}" for part in self.parts]
        return "\n\n".join([self.info.title, *parts])

    def section_of(self, place: Place) -> int | None:
        """Return the number of the section that ``place`` means; None for the beginning or one not there any more."""
        named = [number for number, part in enumerate(self.parts) if part.heading == place.heading]
        if not place.sentence:
            return named[0] if named and place.heading else None
        holding = [number for number, part in enumerate(self.parts) if place.sentence in part.text]
        both = [number for number in holding if number in named]
        return next(iter(both or holding or named), None)


def read_full(library: Shelf, collection: str, document: str) -> FullDocument:
    """Return a whole document.

    Raises:
        UnknownDocument: if it is not there (any more).
        IndexDamaged: if an index cannot be read.
    """
    from desktop.library import (
        UnknownDocument,
    )  # which reads indexes: a start of the window need not wait for that

    labels = {info.name: info.topics for info in library.collections()}.get(collection, {})
    with library.reading() as readers:
        for reader in readers:
            for row, facts in reader.document_facts.items():
                info = reader.document(row)
                if (info.collection, info.id) != (collection, document):
                    continue
                sections = [
                    Part(heading, tuple(labels.get(topic, topic) for topic in topics), text)
                    for heading, topics, text in reader.sections(collection, document)
                ]
                topics = tuple(dict.fromkeys(topic for part in sections for topic in part.topics))
                return FullDocument(holding_of(info, facts, topics), tuple(sections))
    raise UnknownDocument(f"{collection}/{document}")


def with_source(text: str, document: DocumentInfo, heading: str = "") -> str:
    """Return ``text`` with where it comes from, for the clipboard; ``heading`` is the section it stands in."""
    lines = [texts.SOURCE.format(origin=origin(document))]
    if heading:
        lines.append(texts.SOURCE_SECTION.format(heading=heading))
    if document.digest:
        lines.append(texts.SOURCE_DIGEST.format(day=german_date(document.retrieved)))
    lines += document.sources
    return f"{text.strip()}\n\n" + "\n".join(lines)
