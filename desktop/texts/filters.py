"""German texts of the filters on the page of questions, and of what answers say about them."""

from collections.abc import Sequence

from desktop.texts.window import count
from guidelines_db.filters import SearchFilters

BUTTON = "Filter"
BUTTON_LABEL = "Filter: nach Land, Ort und Jahr einschränken"
PANEL_LABEL = "Filter für die nächsten Fragen"
LAND = "Land"
LAND_LABEL = "Land, aus dem die Dokumente stammen"
PLACE = "Ort"
PLACE_LABEL = "Ort, aus dem die Dokumente stammen"
YEARS = "Jahr"
YEAR_FROM = "von"
YEAR_FROM_LABEL = "Veröffentlicht ab dem Jahr"
YEAR_TO = "bis"
YEAR_TO_LABEL = "Veröffentlicht bis zum Jahr"
ANY_YEAR = "beliebig"
CLEAR = "Alle Filter löschen"
DONE = "Fertig"
REMOVE = "Filter entfernen: {name}"
NONE = "Kein Filter"

WITHOUT = "Ohne Filter fragen"
WITHOUT_LABEL = "Filter löschen und diese Frage noch einmal stellen"
NOTHING_INSIDE = "Gesucht wurde nur in einem Teil der Dokumente. Ohne Filter finden sich vielleicht Stellen."
ALL_COLLECTIONS = "alle Sammlungen"
FILTERED = "Filter"


def labels(filters: SearchFilters) -> tuple[str, ...]:
    """Return each filter as it is named: "Land: Bayern", "ab 2024"."""
    named = [f"{LAND}: {land}" for land in filters.lands] + [f"{PLACE}: {place}" for place in filters.places]
    return (*named, years(filters)) if filters.dated else tuple(named)


def years(filters: SearchFilters) -> str:
    """Return the period that filters name, "" if they name none."""
    match filters.year_from, filters.year_to:
        case 0, 0:
            return ""
        case first, 0:
            return f"ab {first}"
        case 0, last:
            return f"bis {last}"
        case first, last:
            return f"Jahr {first}" if first == last else f"{first} bis {last}"


def scope(collections: Sequence[str], filters: SearchFilters) -> str:
    """Return in what was searched, "" if in everything; ``collections`` are titles, none for all."""
    if not collections and not filters:
        return ""
    return f"In: {' · '.join((', '.join(collections) or ALL_COLLECTIONS, *labels(filters)))}"


def undated(number: int) -> str:
    """Return how many documents drop out as soon as years count."""
    return f"{count(number, 'Dokument', 'Dokumente')} ohne Jahr bleiben dann außen vor." if number else ""
