"""The left of the help: search line and table of contents."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.handbook import Chapter, Match
from desktop.texts import help as texts
from desktop.theme import Theme
from desktop.widgets.heading_delegate import HeadingDelegate
from desktop.widgets.parts import IconButton, announce, label
from desktop.widgets.search_line import SearchLine

_ID = Qt.ItemDataRole.UserRole
_ANCHOR = Qt.ItemDataRole.UserRole + 1


class HelpContents(QWidget):
    """Parts, their chapters, and the sections of the chapter that is open."""

    chosen = Signal(str, str)  # chapter and section ("" for its beginning): moved to
    opened = Signal(str, str)  # the same, by Enter or a click: the reader wants to read
    search_wanted = Signal(str)
    about_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chapters: Sequence[Chapter] = ()
        self._filling = False
        self.setObjectName("helpContents")
        self._search = SearchLine(theme, texts.SEARCH_HINT, texts.SEARCH_LABEL)
        self._nothing = label(texts.LOADING, "muted")
        self._tree = _tree(theme)
        self._about = IconButton(theme, "info", texts.ABOUT, text=f" {texts.ABOUT}")
        self._lay_out()
        self._search.search_wanted.connect(self._on_search)
        self._search.down_wanted.connect(self._on_down)
        self._tree.currentItemChanged.connect(self._on_current)
        self._tree.itemClicked.connect(self._on_opened)
        self._tree.installEventFilter(self)
        self._about.clicked.connect(self.about_wanted)

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self._search.typed

    @property
    def shown(self) -> list[str]:
        """The chapters as they are shown, with counts while something is searched for."""
        return [item.text(0) for item in self._chapter_items()]

    def show_chapters(self, chapters: Sequence[Chapter]) -> None:
        """Show the whole table of contents."""
        self._chapters = chapters
        self._fill([(chapter, "") for chapter in chapters])
        self._say("")

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Show the chapters found, each with its number of places."""
        self._fill([(match.chapter, texts.hits(match.count)) for match in matches])
        self._say("" if matches else texts.NOTHING_FOUND)
        announce(self, texts.chapters_found(len(matches)) if matches else texts.NOTHING_FOUND)

    def show_problem(self, sentence: str) -> None:
        """Say why there is nothing."""
        self._tree.hide()
        self._say(sentence)

    def mark(self, chapter: str, anchor: str = "") -> None:
        """Show ``chapter`` (and section) as the one that is read, without reporting it as chosen."""
        for item in self._chapter_items():
            here = item.data(0, _ID) == chapter
            item.setExpanded(here)
            if here:
                sections = _children(item)
                target = next((one for one in sections if one.data(0, _ANCHOR) == anchor), item)
                self._filling = True
                self._tree.setCurrentItem(target if anchor else item)
                self._filling = False

    def focus_list(self) -> None:
        """Put the keyboard into the table of contents, or into the search line while there is none."""
        if self._tree.isHidden():
            self.focus_search()
        else:
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the keyboard into the search line."""
        self._search.focus()

    def set_margins(self, *, side: int, right: int) -> None:
        """Leave ``side`` pixels on the left and ``right`` on the right."""
        self._column.setContentsMargins(side, 16, right, 18)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no height: wrapped texts would count as if the column were at its narrowest."""
        return QSize(super().minimumSizeHint().width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Open with Enter in the list; break its headings anew at another width."""
        if watched is self._tree and event.type() == QEvent.Type.Resize:
            self._tree.scheduleDelayedItemsLayout()
        elif (
            watched is self._tree
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._on_opened(self._tree.currentItem())
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label(texts.TITLE, "welcome"))
        column.addWidget(self._search)
        column.addWidget(self._nothing)
        column.addWidget(self._tree, 1)
        column.addWidget(self._about, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = column

    def _fill(self, entries: Sequence[tuple[Chapter, str]]) -> None:
        self._filling = True
        self._tree.clear()
        parts: dict[str, QTreeWidgetItem] = {}
        for chapter, count in entries:
            if chapter.part not in parts:
                part = QTreeWidgetItem([chapter.part])
                part.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._tree.addTopLevelItem(part)
                part.setExpanded(True)
                parts[chapter.part] = part
            parts[chapter.part].addChild(_chapter_item(chapter, count))
        self._filling = False
        self._tree.setVisible(bool(entries))

    def _chapter_items(self) -> list[QTreeWidgetItem]:
        tops = [self._tree.topLevelItem(row) for row in range(self._tree.topLevelItemCount())]
        return [chapter for top in tops if top for chapter in _children(top)]

    def _say(self, sentence: str) -> None:
        self._nothing.setText(sentence)
        self._nothing.setVisible(bool(sentence))

    @Slot()
    def _on_search(self) -> None:
        self.search_wanted.emit(self.typed)

    @Slot()
    def _on_down(self) -> None:
        self._search.search_now()
        self.focus_list()

    @Slot(QTreeWidgetItem)
    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._filling and item.data(0, _ID):
            self.chosen.emit(item.data(0, _ID), item.data(0, _ANCHOR))

    @Slot(QTreeWidgetItem)
    def _on_opened(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _ID):
            self.opened.emit(item.data(0, _ID), item.data(0, _ANCHOR))


def _tree(theme: Theme) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("helpTree")
    tree.setAccessibleName(texts.CONTENTS_LABEL)
    tree.setHeaderHidden(True)
    tree.setRootIsDecorated(False)
    tree.setIndentation(0)
    tree.setItemDelegate(HeadingDelegate(theme, tree))
    tree.setMouseTracking(True)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.setTabKeyNavigation(False)
    tree.hide()
    return tree


def _chapter_item(chapter: Chapter, count: str) -> QTreeWidgetItem:
    name = texts.CHAPTER_FOUND.format(title=chapter.title, count=count) if count else chapter.title
    item = _item(name, chapter.id, "")
    if count:
        heard = texts.CHAPTER_FOUND_LABEL.format(title=chapter.title, count=count)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, heard)
    for section in chapter.sections if not count else ():
        item.addChild(_item(section.title, chapter.id, section.anchor))
    return item


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for row in range(item.childCount()) if (child := item.child(row))]


def _item(name: str, chapter: str, anchor: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name])
    item.setToolTip(0, name)
    item.setData(0, _ID, chapter)
    item.setData(0, _ANCHOR, anchor)
    return item
