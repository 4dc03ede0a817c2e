"""By which facts documents are searched: Land, place, year. Knows no index."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

CITY_STATES = frozenset({"Berlin", "Bremen", "Hamburg", "Wien"})


@dataclass(frozen=True)
class SearchFilters:
    """What a document must meet; an empty field does not restrict. Names are those of :class:`FilterValues`."""

    lands: tuple[str, ...] = ()  # it is of one of these
    places: tuple[str, ...] = ()  # and of one of these
    year_from: int = 0  # and not older; a document without a year fails as soon as years count
    year_to: int = 0  # and not younger

    def __bool__(self) -> bool:
        """Tell whether anything is restricted."""
        return bool(self.lands or self.places or self.dated)

    @property
    def dated(self) -> bool:
        """Whether the year of publication matters."""
        return bool(self.year_from or self.year_to)

    def passes(self, names: Collection[str], published: str) -> bool:
        """Tell whether a document of the places and regions ``names``, ``published`` then, is searched."""
        if self.lands and not any(land in names for land in self.lands):
            return False
        if self.places and not any(place in names for place in self.places):
            return False
        if not self.dated:
            return True
        year = year_of(published)
        return bool(year) and year >= self.year_from and (not self.year_to or year <= self.year_to)


NO_FILTERS = SearchFilters()


class FilterValues(NamedTuple):
    """What documents can be filtered by, each value with the number of documents it leaves."""

    lands: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]  # in order
    undated: int  # documents without a year


def year_of(published: str) -> int:
    """Return the year of an ISO date, 0 if there is none."""
    return int(published[:4]) if published[:4].isdecimal() else 0


def count_values(
    documents: Iterable[tuple[Collection[str], str, str]], lands: Collection[str]
) -> FilterValues:
    """Return the values that ``documents`` have, each document given by its places, its region and its date.

    ``lands`` are the names of Länder and countries; a city state is a place as well. Where no place is one of
    them, the region counts as such: Bund, EU.
    """
    of_lands: Counter[str] = Counter()
    of_places: Counter[str] = Counter()
    years: Counter[int] = Counter()
    for names, region, published in documents:
        of_lands.update({name for name in names if name in lands} or {region} - {""})
        of_places.update(name for name in names if name not in lands or name in CITY_STATES)
        years[year_of(published)] += 1
    undated = years.pop(0, 0)
    return FilterValues(
        lands=tuple(sorted(of_lands.items())),
        places=tuple(sorted(of_places.items())),
        years=tuple(sorted(years.items())),
        undated=undated,
    )
