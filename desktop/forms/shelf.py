"""The documents of the chosen collections, and which of them fit the facts a question names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.forms.form import Filters, Level
from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.index_reader import IndexReader
from guidelines_db.results import DocumentInfo

_TOWN = re.compile(
    r"\b(?:Stadt|Städten?(?!-)|\w+hauptstadt|Hansestadt|Kreisstadt|Bundesstadt|Magistrat|Senatskanzlei)\b"
)
_DISTRICT = re.compile(r"\b(?:Landkreise?[sn]?|Kreis(?:es)?|Landratsamt)\b")
_MUNICIPALITY = re.compile(r"\b(?:\w*[Gg]emeinden?|Kommunen|Markt|Bezirksamt|Gemeindeverwaltung)\b")
_LAND = re.compile(
    r"\b(?:Land|Länder|Freistaat|\w+ Staatsregierung|Kantons?|Freie und Hansestadt|Senatskanzlei|Stadtstaaten)\b"
    r"|(?<!Bundes)[Mm]inisterium\b"
)
_FEDERAL = re.compile(r"\bBund(?:es\w*)?\b")
_CITY_STATES = frozenset({"Berlin", "Bremen", "Hamburg", "Wien", "Basel-Stadt"})


@dataclass(frozen=True)
class Shelved:
    """A document where it lies."""

    reader: IndexReader
    row: int
    info: DocumentInfo
    places: frozenset[str]

    @property
    def year(self) -> int:
        """Year of publication, 0 if unknown."""
        return int(self.info.published[:4]) if self.info.published[:4].isdigit() else 0


@dataclass(frozen=True)
class Selection:
    """The documents that fit, those that may (nobody knows who published them), and how many could not be judged."""

    fitting: tuple[Shelved, ...]
    unknown: tuple[Shelved, ...] = ()
    undated: int = 0
    unsorted: int = 0


def shelved(
    readers: Sequence[IndexReader],
    collections: Sequence[str] | None,
    filters: SearchFilters = NO_FILTERS,
) -> Iterator[Shelved]:
    """Yield the documents of ``collections`` (None: all) that pass ``filters``."""
    names = tuple(collections) if collections is not None else None
    for reader in readers:
        inside = reader.inside(names, filters)
        places = reader.document_places()
        readable = reader.first_passages()  # a document without text has nothing to show
        for row, info in reader.documents():
            if row in readable and (inside is None or row in inside):
                yield Shelved(reader, row, info, places.get(row, frozenset()))


def select(documents: Iterator[Shelved], filters: Filters) -> Selection:
    """Choose the documents that fit ``filters``."""
    fitting: list[Shelved] = []
    unknown: list[Shelved] = []
    undated = unsorted = 0
    for document in documents:
        info = document.info
        if filters.own and not info.own:
            continue
        if filters.places and not filters.places & document.places:
            continue
        known = not info.own or bool(info.publisher)
        if filters.level is not None and known and not is_of(document, filters.level):
            continue
        if filters.kinds and info.kind not in filters.kinds:
            unsorted += info.own and not info.kind
            continue
        if filters.dated and not document.year:
            undated += 1
            continue
        if filters.dated and not filters.first_year <= document.year <= filters.last_year:
            continue
        (fitting if filters.level is None or known else unknown).append(document)
    return Selection(tuple(fitting), tuple(unknown), undated, unsorted)


def is_of(document: Shelved, level: Level) -> bool:
    """Tell whether a document was published at ``level``, from the words of its publisher."""
    publisher = document.info.publisher
    if level is Level.LAND:
        return _LAND.search(publisher) is not None and _FEDERAL.search(publisher) is None
    town = _TOWN.search(publisher) is not None or bool(
        _CITY_STATES & document.places and "Land" not in publisher
    )
    district = _DISTRICT.search(publisher) is not None
    if level is Level.TOWN:
        return town
    if level is Level.DISTRICT:
        return district
    return town or district or _MUNICIPALITY.search(publisher) is not None
