"""Chosen cells beside each other: their passages, and what is marked in them as different."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.compare.differences import Aspect, Value, differing, values_in
from desktop.compare.matrix import Cell, Column, Topic


@dataclass(frozen=True)
class Side:
    """One chosen cell. ``marks`` are the differing values of each of its spots, as offsets in the spot's text."""

    topic: Topic
    column: Column
    cell: Cell
    marks: tuple[tuple[Value, ...], ...] = ()

    def shown(self, aspect: Aspect) -> tuple[str, ...]:
        """Return what differs in ``aspect``, each once: numbers and dates as they stand there, else the modality."""
        values = (one for spot in self.marks for one in spot if one.aspect is aspect)
        written = (one.value if aspect is Aspect.MODALITY else one.shown for one in values)
        return tuple(dict.fromkeys(written))


def beside(chosen: Sequence[tuple[Topic, Column, Cell]]) -> tuple[Side, ...]:
    """Return the chosen cells with their differences; only cells of the same topic are compared with each other."""
    sides = [Side(topic, column, cell, ((),) * len(cell.spots)) for topic, column, cell in chosen]
    for topic in dict.fromkeys(topic for topic, _, _ in chosen):
        # A gap says nothing, so nothing differs from it.
        places = [n for n, side in enumerate(sides) if side.topic == topic and side.cell.sentences]
        marked = differing([_values(sides[place].cell) for place in places])
        for place, values in zip(places, marked, strict=True):
            sides[place] = replace(sides[place], marks=_by_spot(sides[place].cell, values))
    return tuple(sides)


def _values(cell: Cell) -> list[Value]:
    """Return the values of the sentences on the topic, placed as if the texts of all spots stood in one row."""
    found = []
    before = 0
    for spot in cell.spots:
        for start, end in spot.sentences:
            found += [_moved(one, before + start) for one in values_in(spot.text[start:end])]
        before += len(spot.text)
    return found


def _by_spot(cell: Cell, values: Sequence[Value]) -> tuple[tuple[Value, ...], ...]:
    marks = []
    before = 0
    for spot in cell.spots:
        after = before + len(spot.text)
        marks.append(tuple(_moved(one, -before) for one in values if before <= one.start < after))
        before = after
    return tuple(marks)


def _moved(value: Value, by: int) -> Value:
    return replace(value, start=value.start + by, end=value.end + by)
