"""Groups of past questions as a model for a tree of two levels."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.history import Entry
from desktop.history_days import PINNED_KEY, Group
from desktop.texts import history as texts

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_GROUPS = 0  # internal id of groups; entries have the number of their group, from 1


class HistoryModel(QAbstractItemModel):
    """Read anew as a whole; the names of entries can be edited."""

    renamed = Signal(str, str)  # id, new name

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._places: dict[str, tuple[int, int]] = {}

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is shown."""
        return self._groups

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show ``groups`` in the place of what was there."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self._places = {
            entry.id: (row, place)
            for row, group in enumerate(self._groups)
            for place, entry in enumerate(group.entries)
        }
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """Return the entry at ``index``, None for a group."""
        if not index.isValid() or index.internalId() == _GROUPS:
            return None
        return self._groups[index.internalId() - 1].entries[index.row()]

    def group(self, index: Index) -> Group | None:
        """Return the group that ``index`` is, or that its entry stands in."""
        if not index.isValid():
            return None
        return self._groups[(index.internalId() - 1) if index.internalId() != _GROUPS else index.row()]

    def entries(self, index: Index) -> tuple[Entry, ...]:
        """Return what ``index`` stands for: an entry, or all of a group."""
        entry = self.entry(index)
        if entry is not None:
            return (entry,)
        group = self.group(index)
        return group.entries if group else ()

    def index_of(self, id_: str) -> QModelIndex:
        """Return where the entry ``id_`` stands; invalid if it does not."""
        if id_ not in self._places:
            return QModelIndex()
        group, place = self._places[id_]
        return self.createIndex(place, 0, group + 1)

    def ids(self) -> Iterator[str]:
        """Yield the ids of all entries as they are shown."""
        return iter(self._places)

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """Return the index of a group, or of an entry in the group ``parent``."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _GROUPS)

    def parent(self, child: Index = _NONE) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        """Return the group of an entry."""
        if not child.isValid() or child.internalId() == _GROUPS:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _GROUPS)

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """Return how many groups there are, or entries in one."""
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].entries) if parent.internalId() == _GROUPS else 0

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        """Return one."""
        del parent
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let all be chosen and entries be renamed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.entry(index) is not None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, whole question or what a screen reader says."""
        entry, group = self.entry(index), self.group(index)
        if entry is None:
            return _group_data(group, role) if group else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return entry.name
            case Qt.ItemDataRole.ToolTipRole:
                return entry.question
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(self._spoken(entry))
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Report the wish to rename; the list shows the new name once it is stored."""
        entry = self.entry(index)
        if entry is None or role != Qt.ItemDataRole.EditRole:
            return False
        name = " ".join(str(value).split())
        if name != entry.name:
            self.renamed.emit(entry.id, name)
        return True

    @staticmethod
    def _spoken(entry: Entry) -> Iterator[str]:
        yield entry.name
        yield texts.facts(entry.asked_at, entry.state, with_day=True)
        if entry.pinned:
            yield texts.PINNED_ENTRY
        if entry.checked_by:
            yield texts.checked(entry.checked_by, entry.checked_at)
        if entry.excerpt.text:
            yield texts.FOUND_IN.format(excerpt=entry.excerpt.text)


def facts_line(entry: Entry, group: Group | None) -> str:
    """Return the second line of ``entry``; the day only where its group does not say it."""
    return texts.facts(entry.asked_at, entry.state, with_day=group is None or group.key == PINNED_KEY)


def _group_data(group: Group, role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return group.title
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{group.title}, {texts.questions(len(group.entries))}"
    return None
