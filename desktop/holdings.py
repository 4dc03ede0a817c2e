"""All documents as the library lists them: their facts, what narrows the list, and its order. Knows no Qt."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from desktop.german import SortKey, sort_key
from desktop.texts import library as texts
from desktop.texts.window import german_date, kind
from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.results import CollectionInfo, DocumentFacts, DocumentInfo

if TYPE_CHECKING:
    from guidelines_db.browse import FoundDocument
    from guidelines_db.index_reader import IndexReader

Key = tuple[str, str]  # collection and id of a document
FACTS_BETWEEN = " · "


class Column(Enum):
    """What the table shows and is sorted by; the value is kept in the window's state."""

    TITLE = "title"
    PUBLISHER = "publisher"
    LAND = "land"
    KIND = "kind"
    DATE = "date"
    COLLECTION = "collection"
    TOPICS = "topics"


@dataclass(frozen=True)
class Holding:
    """A document in the list."""

    info: DocumentInfo
    collection: str  # title of its collection
    names: tuple[str, ...] = ()  # places and region, by which it is filtered
    topics: tuple[str, ...] = ()  # in German, in the order of the document

    @property
    def key(self) -> Key:
        """Collection and id."""
        return self.info.collection, self.info.id

    def text(self, column: Column) -> str:
        """Return what stands in ``column``, "" if nothing is known."""
        info = self.info
        match column:
            case Column.TITLE:
                return info.title
            case Column.PUBLISHER:
                return info.publisher
            case Column.LAND:
                return info.region
            case Column.KIND:
                return kind(info.kind) if info.kind else ""
            case Column.DATE:
                return german_date(info.published)
            case Column.COLLECTION:
                return self.collection
            case Column.TOPICS:
                return ", ".join(self.topics)


@dataclass(frozen=True)
class Narrowing:
    """What narrows the list; an empty field does not."""

    collections: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    filters: SearchFilters = NO_FILTERS

    def __bool__(self) -> bool:
        """Tell whether anything narrows the list."""
        return bool(self.collections or self.kinds or self.filters)

    def passes(self, holding: Holding) -> bool:
        """Tell whether ``holding`` is listed."""
        info = holding.info
        return (
            (not self.collections or info.collection in self.collections)
            and (not self.kinds or info.kind in self.kinds)
            and self.filters.passes(holding.names, info.published)
        )


@dataclass(frozen=True)
class Order:
    """By which column the list is sorted; None: by how well documents fit what is searched for, else by title."""

    column: Column | None = None
    descending: bool = False


class Shelf(Protocol):
    """What is needed of the collections."""

    def collections(self) -> Sequence[CollectionInfo]:
        """Return all collections."""

    def reading(self) -> AbstractContextManager["tuple[IndexReader, ...]"]:
        """Give the open indexes."""


def read_holdings(library: Shelf) -> tuple[Holding, ...]:
    """Return all documents of ``library`` by title.

    Raises:
        IndexDamaged: if an index cannot be read.
    """
    labels = {info.name: info.topics for info in library.collections()}
    found = []
    with library.reading() as readers:
        for reader in readers:
            topics = reader.document_topics()
            for row, facts in reader.document_facts.items():
                known = labels.get(facts.collection, {})
                named = tuple(known.get(topic, topic) for topic in topics.get(row, ()))
                found.append(holding_of(reader.document(row), facts, named))
    return tuple(sorted(found, key=lambda one: sort_key(one.info.title)))


def holding_of(info: DocumentInfo, facts: "DocumentFacts", topics: tuple[str, ...]) -> Holding:
    """Return a document as it is listed; ``topics`` in German."""
    return Holding(info, facts.collection_title, (*facts.places, facts.region), topics)


def listed(
    holdings: Iterable[Holding],
    narrowing: Narrowing,
    order: Order,
    found: "Mapping[Key, FoundDocument] | None" = None,
) -> list[Holding]:
    """Return which of ``holdings`` (by title) are listed, in ``order``.

    ``found`` is what a search found, best first; None without a search.
    """
    shown = [one for one in holdings if narrowing.passes(one) and (found is None or one.key in found)]
    if order.column is None and found is not None:
        rank = {key: number for number, key in enumerate(found)}
        return sorted(shown, key=lambda one: rank[one.key])
    return sort_holdings(shown, order)


def sort_holdings(holdings: Sequence[Holding], order: Order) -> list[Holding]:
    """Return ``holdings``, which come by title, sorted as in a German dictionary; what is not known stands last."""
    column = order.column or Column.TITLE

    def value(one: Holding) -> str | SortKey:
        return one.info.published if column is Column.DATE else sort_key(one.text(column))

    if order.column in (None, Column.TITLE):
        return list(reversed(holdings)) if order.descending else list(holdings)
    known = [one for one in holdings if one.text(column)]
    known.sort(key=value, reverse=order.descending)
    return known + [one for one in holdings if not one.text(column)]


def kinds_of(holdings: Iterable[Holding]) -> tuple[tuple[str, str], ...]:
    """Return the kinds that documents are of, each with its name and number, in the order of the names."""
    counts = Counter(one.info.kind for one in holdings if one.info.kind)
    return tuple(
        (name, texts.COUNTED.format(name=kind(name), number=counts[name]))
        for name in sorted(counts, key=lambda name: sort_key(kind(name)))
    )


def facts_line(holding: Holding, shown: Collection[Column] = ()) -> str:
    """Return the facts that are not ``shown`` in columns of their own, in one line."""
    columns = (Column.PUBLISHER, Column.LAND, Column.KIND, Column.DATE, Column.COLLECTION)
    return FACTS_BETWEEN.join(text for one in columns if one not in shown and (text := holding.text(one)))
