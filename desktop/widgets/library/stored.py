"""The state of the library page as JSON values and back. Knows no Qt."""

from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.document_place import Place
from desktop.holdings import Column, Narrowing, Order
from desktop.stored_filters import filters_from_values
from desktop.widgets.page import PageState
from guidelines_db.browse import MAX_TEXT


@dataclass(frozen=True)
class LibraryState:
    """What is searched for, by what the list is narrowed, how it is sorted, what is read (None: the list).

    ``side`` is the width of what stands beside the text, 0 if that was left to the program.
    """

    typed: str = ""
    narrowing: Narrowing = field(default_factory=Narrowing)
    order: Order = field(default_factory=Order)
    place: Place | None = None
    side: int = 0


def written(state: LibraryState) -> PageState:
    """Return ``state`` as JSON values."""
    place, column = state.place, state.order.column
    return {
        "typed": state.typed,
        "collections": list(state.narrowing.collections),
        "kinds": list(state.narrowing.kinds),
        "filters": asdict(state.narrowing.filters),
        "column": column.value if column else "",
        "descending": state.order.descending,
        "place": [place.collection, place.document, place.heading, place.sentence] if place else [],
        "side": state.side,
    }


def read(values: PageState) -> LibraryState:
    """Take back what :func:`written` returned; whatever does not fit is left out."""
    column = values.get("column")
    known = {one.value: one for one in Column}
    return LibraryState(
        typed=_text(values.get("typed"))[:MAX_TEXT],
        narrowing=Narrowing(
            _names(values.get("collections")),
            _names(values.get("kinds")),
            filters_from_values(values.get("filters")),
        ),
        order=Order(known.get(column) if isinstance(column, str) else None, values.get("descending") is True),
        place=_place(values.get("place")),
        side=_width(values.get("side")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _width(value: Any) -> int:
    return value if type(value) is int and value > 0 else 0


def _names(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _place(value: Any) -> Place | None:
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(one, str) for one in value):
        return None
    return Place(*value)
