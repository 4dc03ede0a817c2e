"""What the page keeps over a restart, as JSON values and back. Whatever does not fit is left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.compare.choice import Choice

CellKey = tuple[str, str, str]  # topic, collection, document


@dataclass(frozen=True)
class CompareState:
    """What is compared and how it is shown."""

    choice: Choice = Choice()  # noqa: RUF009 - frozen
    chosen: tuple[CellKey, ...] = ()
    current: CellKey | None = None
    chart: bool = False
    sizes: tuple[int, ...] = ()  # of matrix and sides

    def with_choice(self, choice: Choice) -> "CompareState":
        """Return the same with another choice of documents."""
        return replace(self, choice=choice)


def written_state(state: CompareState) -> dict[str, Any]:
    """Return ``state`` as JSON values."""
    choice = state.choice
    return {
        "subject": choice.subject,
        "collections": list(choice.collections),
        "lands": list(choice.lands),
        "places": list(choice.places),
        "kinds": list(choice.kinds),
        "chosen": [list(key) for key in state.chosen],
        "current": list(state.current) if state.current else [],
        "chart": state.chart,
        "sizes": list(state.sizes),
    }


def read_state(values: Mapping[str, Any]) -> CompareState:
    """Return what :func:`written_state` wrote, maybe another version of it."""
    subject = values.get("subject")
    chosen = values.get("chosen")
    sizes = values.get("sizes")
    return CompareState(
        Choice(
            subject if isinstance(subject, str) else "",
            *(_strings(values.get(name)) for name in ("collections", "lands", "places", "kinds")),
        ),
        tuple(key for one in chosen if (key := _cell_key(one))) if isinstance(chosen, list) else (),
        _cell_key(values.get("current")),
        chart=values.get("chart") is True,
        sizes=tuple(sizes)
        if isinstance(sizes, list) and len(sizes) == 2 and all(type(one) is int and one > 0 for one in sizes)
        else (),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _cell_key(value: object) -> CellKey | None:
    strings = _strings(value)
    return (strings[0], strings[1], strings[2]) if len(strings) == 3 else None
