"""Which documents are compared by which topics, and the matrix of them."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from desktop.compare.lexicon import Lexicon
from desktop.compare.matrix import Cell, CellMaker, Column, Matrix, Topic
from desktop.compare.names import column_names
from desktop.forms.shelf import Shelved, shelved
from desktop.german import sort_key
from guidelines_db.filters import FilterValues, SearchFilters
from guidelines_db.german_words import GermanWords
from guidelines_db.index_reader import IndexReader
from guidelines_db.joints import Joints
from guidelines_db.query import QueryTools
from guidelines_db.results import CollectionInfo

MOST_COLUMNS = 60  # side by side; more cannot be looked over
_KEPT_DOCUMENTS = 600


class Shelf(Protocol):
    """What is needed of the collections."""

    def collections(self) -> Sequence[CollectionInfo]:
        """Return all collections."""

    def filter_values(self, collections: Sequence[str] | None) -> FilterValues:
        """Return by what the documents of ``collections`` can be filtered."""

    def reading(self) -> AbstractContextManager[tuple[IndexReader, ...]]:
        """Give the open indexes."""

    @property
    def tools(self) -> QueryTools:
        """What is known of words."""


@dataclass(frozen=True)
class Choice:
    """What is compared; an empty field does not restrict. ``subject`` is the first collection of a subject."""

    subject: str = ""
    collections: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def filters(self) -> SearchFilters:
        """Land and place as the search knows them."""
        return SearchFilters(lands=self.lands, places=self.places)


@dataclass(frozen=True)
class Subject:
    """Collections that share their topics: these are compared with each other."""

    collections: tuple[CollectionInfo, ...]
    topics: tuple[Topic, ...]

    @property
    def name(self) -> str:
        """What it is chosen by."""
        return self.collections[0].name


Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Offer:
    """By what the documents of the subject can be chosen, each value with its number of documents."""

    collections: tuple[tuple[str, str, int], ...] = ()  # name, title, documents
    lands: Counted = ()
    places: Counted = ()
    kinds: Counted = ()


@dataclass(frozen=True)
class Comparison:
    """The matrix of what was chosen. ``found`` documents fit, of which the first are in it."""

    subjects: tuple[Subject, ...]
    choice: Choice  # as it could be met: what is no longer there is left out
    offer: Offer
    matrix: Matrix
    found: int


class Comparer:
    """Makes comparisons; keeps what it read of documents. Use it from one thread, but for making it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[tuple[Cell, ...], bool]] = {}

    # Read for the first comparison: whoever makes a comparer need not wait for them.

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon()

    @cached_property
    def _maker(self) -> CellMaker:
        return CellMaker(self._lexicon)

    @cached_property
    def _words(self) -> GermanWords:
        return GermanWords()

    def compare(self, library: Shelf, choice: Choice) -> Comparison:
        """Return the comparison for ``choice``.

        Raises:
            GuidelinesError: if an index cannot be read.
        """
        infos = library.collections()
        subjects = _subjects(infos, self._lexicon)
        if not subjects:
            return Comparison((), Choice(), Offer(), Matrix(), 0)
        subject = next((one for one in subjects if one.name == choice.subject), subjects[0])
        offered = (*subject.collections, *(info for info in infos if info.own))
        names = [info.name for info in offered]
        with library.reading() as readers:
            documents = list(shelved(readers, names))
        offer = _offer(documents, offered, library.filter_values(names))
        choice = _possible(choice, subject, offer)
        chosen = _sorted([one for one in documents if _fits(one, choice)])
        shown = chosen[:MOST_COLUMNS]
        columns, cells = [], []
        for document, name in zip(shown, column_names([one.info for one in shown]), strict=True):
            # One document at a time: a search need not wait for all of them.
            with library.reading() as readers:
                if document.reader in readers:  # else it was removed meanwhile
                    found, cut = self._cells(document, subject)
                    columns.append(Column(document.info, name, document.places, cut))
                    cells.append(found)
        rows = tuple(zip(*cells, strict=True)) if cells else ((),) * len(subject.topics)
        shown_names = [one.title for one in subject.topics] + [one.name for one in columns]
        joints = _joints(shown_names, Joints(library.tools.splitter, self._words))
        matrix = Matrix(subject.topics, tuple(columns), rows, joints)
        return Comparison(subjects, choice, offer, matrix, len(chosen))

    def _cells(self, document: Shelved, subject: Subject) -> tuple[tuple[Cell, ...], bool]:
        key = (document.reader, document.row, document.info, subject.topics)
        if key not in self._kept:
            if len(self._kept) >= _KEPT_DOCUMENTS:
                self._kept.clear()
            self._kept[key] = self._maker.cells(document, subject.topics)
        return self._kept[key]


def _subjects(infos: Sequence[CollectionInfo], lexicon: Lexicon) -> tuple[Subject, ...]:
    grouped: dict[tuple[str, ...], list[CollectionInfo]] = {}
    for info in infos:
        if info.topics and not info.own:
            grouped.setdefault(tuple(sorted(info.topics)), []).append(info)
    return tuple(
        Subject(
            tuple(group),
            tuple(Topic(id_, title) for id_, title in group[0].topics.items() if lexicon.words(id_).compared),
        )
        for group in grouped.values()
    )


def _joints(names: Sequence[str], joints: Joints) -> dict[str, tuple[int, ...]]:
    words = {word for name in names for word in re.findall(r"[^\W\d_]+", name)}
    return {word: found for word in sorted(words) if (found := joints.of(word))}


def _offer(
    documents: Sequence[Shelved], collections: Sequence[CollectionInfo], values: FilterValues
) -> Offer:
    sizes = Counter(one.info.collection for one in documents)
    kinds = Counter(one.info.kind for one in documents)
    return Offer(
        tuple((info.name, info.title, sizes[info.name]) for info in collections if sizes[info.name]),
        values.lands,
        values.places,
        tuple(sorted((kind, number) for kind, number in kinds.items() if kind)),
    )


def _possible(choice: Choice, subject: Subject, offer: Offer) -> Choice:
    """Leave out of ``choice`` what no document has; without collections those of the subject's first are chosen."""
    collections = tuple(name for name, _, _ in offer.collections if name in choice.collections)
    lands, places, kinds = (dict(one) for one in (offer.lands, offer.places, offer.kinds))
    return Choice(
        subject.name,
        collections or (subject.name,),
        tuple(land for land in choice.lands if land in lands),
        tuple(place for place in choice.places if place in places),
        tuple(kind for kind in choice.kinds if kind in kinds),
    )


def _fits(document: Shelved, choice: Choice) -> bool:
    info = document.info
    facts = document.reader.document_facts[document.row]
    return (
        info.collection in choice.collections
        and choice.filters.passes((*facts.places, facts.region), info.published)
        and (not choice.kinds or info.kind in choice.kinds)
    )


def _sorted(documents: Sequence[Shelved]) -> list[Shelved]:
    """Own documents first, then by name."""
    named = zip(column_names([one.info for one in documents]), documents, strict=True)
    order = sorted(named, key=lambda pair: (not pair[1].info.own, sort_key(pair[0])))
    return [document for _, document in order]
