"""Past questions as groups: what is pinned, then by day. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.history import Entry
from desktop.texts import history as texts

PINNED_KEY = "pinned"


@dataclass(frozen=True)
class Group:
    """Questions that stand together, youngest first; ``key`` is the ISO day, or :data:`PINNED_KEY`."""

    key: str
    title: str
    entries: tuple[Entry, ...]


def group_entries(entries: Sequence[Entry], today: date) -> tuple[Group, ...]:
    """Return ``entries`` (youngest first) in groups; a pinned one stands only among the pinned."""
    groups: dict[str, list[Entry]] = {}
    if pinned := [entry for entry in entries if entry.pinned]:
        groups[PINNED_KEY] = pinned
    for entry in entries:
        if not entry.pinned:
            groups.setdefault(entry.asked_at[:10], []).append(entry)
    return tuple(
        Group(key, texts.PINNED if key == PINNED_KEY else texts.day_title(key, today), tuple(members))
        for key, members in groups.items()
    )
