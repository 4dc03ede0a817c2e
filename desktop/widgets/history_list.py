"""The list of past questions: days as groups, all of it by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView

from desktop.history import Entry
from desktop.history_days import Group
from desktop.texts import history as texts
from desktop.theme import Theme
from desktop.widgets.history_delegate import HistoryDelegate
from desktop.widgets.history_model import HistoryModel

_LEAST_LINES = 8
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class HistoryList(QTreeView):
    """Enter or a click opens an entry, Entf deletes what is chosen, F2 renames."""

    opened = Signal(str)  # id
    delete_wanted = Signal()
    renamed = Signal(str, str)  # id, new name
    chosen_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows = HistoryModel(self)
        self.setObjectName("historyList")
        self.setAccessibleName(texts.LIST_LABEL)
        self.setModel(self._rows)
        self.setItemDelegate(HistoryDelegate(theme, self._rows, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self._rows.renamed.connect(self.renamed)
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is shown."""
        return self._rows.groups

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of all entries, from the top."""
        return tuple(self._rows.ids())

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """The chosen entries from the top; a chosen group counts as all its entries."""
        indexes = self.selectionModel().selectedIndexes()
        found = {entry.id: entry for index in indexes for entry in self._rows.entries(index)}
        return tuple(found[id_] for id_ in self._rows.ids() if id_ in found)

    def show_groups(self, groups: Sequence[Group], current: str = "") -> None:
        """Show ``groups``; what was chosen stays so, unless ``current`` is to be chosen instead."""
        index = self.currentIndex()
        entry = self._rows.entry(index)
        chosen = {current} if current else {one.id for one in self.chosen}
        current = current or (entry.id if entry else "")
        place = self.verticalScrollBar().value()
        self._rows.show_groups(groups)
        self.expandAll()
        selection = QItemSelection()
        for id_ in chosen:
            found = self._rows.index_of(id_)
            if found.isValid():
                selection.select(found, found)
        model = self.selectionModel()
        now = self._rows.index_of(current)
        if now.isValid():
            model.setCurrentIndex(now, QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.verticalScrollBar().setValue(place)
        if now.isValid():
            self.scrollTo(now)
        self.chosen_changed.emit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of two entries; it takes what there is."""
        return QSize(super().sizeHint().width(), _LEAST_LINES * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no less."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def neighbour(self, leaving: Sequence[str]) -> str:
        """Return the entry to choose when ``leaving`` are gone: the one below the last, else above."""
        ids = self.shown
        gone = set(leaving)
        places = [place for place, id_ in enumerate(ids) if id_ in gone]
        if not places:
            return ""
        below = (id_ for id_ in ids[places[-1] + 1 :] if id_ not in gone)
        above = (id_ for id_ in reversed(ids[: places[0]]) if id_ not in gone)
        return next(below, next(above, ""))

    def choose(self, id_: str) -> None:
        """Choose one entry, if it is shown."""
        index = self._rows.index_of(id_)
        if index.isValid():
            self.setCurrentIndex(index)

    def edit_name(self) -> None:
        """Let the chosen entry be renamed in its row."""
        if len(self.chosen) == 1:
            index = self._rows.index_of(self.chosen[0].id)
            self.setCurrentIndex(index)
            self.edit(index)

    def go_to_first(self) -> None:
        """Put the keyboard on the first entry if it is nowhere yet; that chooses none: no answer is shown for it."""
        if not self.currentIndex().isValid() and (first := next(self._rows.ids(), "")):
            index = self._rows.index_of(first)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open and delete by key."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if entry := self._rows.entry(self.currentIndex()):
                if not self.chosen:
                    self.choose(entry.id)
                self.opened.emit(entry.id)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let rows be as high as the new width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        """Tell which actions have something to work on."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        entry = self._rows.entry(index)
        if entry is not None and not QGuiApplication.keyboardModifiers() & _MODIFIERS:
            self.opened.emit(entry.id)
