"""The page Hilfe: handbook, keys, where data lies, licences, accessibility, system report."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from shiboken6 import isValid

from desktop.doctor import Report, examine
from desktop.handbook import CHAPTER_LINK, Chapter, load_handbook, plain_text, search, words_of
from desktop.licences import Part, all_parts, read_texts
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.shortcuts import german_keys
from desktop.texts import help as texts
from desktop.texts.problems import explain
from desktop.theme import Theme
from desktop.widgets.help import generated
from desktop.widgets.help.about import AboutDialog
from desktop.widgets.help.contents import HelpContents
from desktop.widgets.page import Fetcher, Page, PageState
from desktop.widgets.parts import fill
from desktop.widgets.reading.reader import Action, Reader
from desktop.widgets.reading.two_panes import TwoPanes
from desktop.widgets.reading.way import Way

T = TypeVar("T")

KEYS, PLACES, LICENCES, REPORT, ACCESSIBILITY = (
    *("tastatur", "wo-die-daten-liegen", "lizenzen", "systembericht", "barrierefreiheit"),
)

# Pixels at 100 % type size.
_LEAST_CONTENTS = 320  # as wide as the longest title
_WIDEST_CONTENTS = 340
_LEAST_TEXT = 440

_Place = tuple[str, str]  # chapter and section; the section of a licence's text is lizenz:3


class Worker(Fetcher, Protocol):
    """Works in the background also where the collections could not be opened; the bridge is one."""

    def in_background(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task``, then hand its result, or the key of a problem, to the window's thread."""


class HelpPage(Page):
    """Everything is read in the background when the page is first shown; nothing comes from outside."""

    def __init__(self, theme: Theme, worker: Worker, paths: Paths, policy: Policy = NO_POLICY) -> None:
        super().__init__()
        self._theme = theme
        self._worker = worker
        self._paths = paths
        self._policy = policy
        self._chapters: dict[str, Chapter] = {}
        self._wanted: _Place = ("", "")  # to be shown as soon as the handbook is read
        self._way: Way[_Place] = Way(("", ""))
        self._drawn: _Place = ("", "")
        self._places: Sequence[generated.Place] = ()
        self._parts: Sequence[Part] = ()
        self._report: Report | None = None
        self._examining = False
        self._started = False
        self.setObjectName("helpPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(texts.PAGE_LABEL)
        self.contents = HelpContents(theme)
        self.reader = Reader(theme, texts.READER_LABEL, texts.TO_CONTENTS)
        self._panes = TwoPanes(
            theme,
            self.contents,
            self.reader,
            least_side=_LEAST_CONTENTS,
            widest_side=_WIDEST_CONTENTS,
            least_text=_LEAST_TEXT,
        )
        fill(self, self._panes)
        self._connect()

    @property
    def chapter(self) -> str:
        """Id of the chapter that is shown, "" while there is none."""
        return self._way.at[0]

    def focus_first(self) -> None:
        """Put the keyboard into the table of contents, or into the text where that stands alone."""
        if self._panes.alone and not self._panes.on_side:
            self.reader.focus_text()
        else:
            self.contents.focus_list()

    @Slot()
    def focus_find(self) -> None:
        """Look for a word on the page that is shown."""
        self._show_reader()
        self.reader.focus_find()

    def open(self, chapter: str, section: str = "") -> None:
        """Show ``chapter`` from its beginning or at ``section``; an unknown one is ignored."""
        if not self._chapters:
            self._wanted = (chapter, section)
        elif chapter in self._chapters:
            self._go((chapter, section))
            self._show_reader()

    @Slot()
    def show_about(self) -> None:
        """Open the box with version, licence, model and collections."""
        box = AboutDialog(self._theme, self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.licences_wanted.connect(lambda: self.open(LICENCES))
        self._worker.fetch(
            lambda assistant: (*assistant.model_state(), tuple(assistant.library.collections())),
            lambda facts: (
                box.show_facts(facts[1] if facts[0] != "none" else "", facts[2]) if isValid(box) else None
            ),
            lambda _: box.show_unknown() if isValid(box) else None,
        )
        box.open()

    def state(self) -> PageState:
        """Return what is read, and the width of the contents."""
        return {"chapter": self._way.at[0] or self._wanted[0], "side": self._panes.side_width}

    def restore(self, state: PageState) -> None:
        """Open it again."""
        chapter = state.get("chapter")
        if isinstance(chapter, str) and not self._wanted[0]:
            self._wanted = (chapter, "")
        self._panes.restore(state.get("side"))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the handbook when it is first wanted."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            self._worker.in_background(
                lambda: (load_handbook(), generated.find_places(self._paths)),
                self._on_loaded,
                self._on_damaged,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Find, go on finding, go back and forward."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.focus_find()
        elif event.key() == Qt.Key.Key_F3:
            self.reader.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Left:
            self.go_back()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Right:
            self.go_forward()
        elif event.key() == Qt.Key.Key_Escape and self._close_something():
            pass
        else:
            super().keyPressEvent(event)

    @Slot()
    def go_back(self) -> None:
        """Show what was read before."""
        if self._way.back():
            self._show()

    @Slot()
    def go_forward(self) -> None:
        """Undo going back."""
        if self._way.forward():
            self._show()

    def _connect(self) -> None:
        self.contents.search_wanted.connect(self._on_search)
        self.contents.chosen.connect(self._on_chosen)
        self.contents.opened.connect(self._on_opened)
        self.contents.about_wanted.connect(self.show_about)
        self.reader.back_wanted.connect(self.go_back)
        self.reader.forward_wanted.connect(self.go_forward)
        self.reader.contents_wanted.connect(self._show_contents)
        self.reader.link_wanted.connect(self._on_link)
        self._panes.moved.connect(self.state_changed)
        self._panes.arranged.connect(self._fit)

    # Reading.

    def _on_loaded(self, loaded: tuple[Sequence[Chapter], Sequence[generated.Place]]) -> None:
        if not isValid(self):
            return
        chapters, self._places = loaded
        focused = self.window().focusWidget()
        waits = focused in (None, self, self.window()) or self.isAncestorOf(focused)
        self._chapters = {chapter.id: chapter for chapter in chapters}
        self.contents.show_chapters(chapters)
        wanted = self._wanted if self._wanted[0] in self._chapters else (chapters[0].id, "")
        self._way.at = wanted
        self._show()
        if self._wanted[0]:
            self._show_reader()
        if self.isVisible() and waits and not self.contents.typed:
            self.focus_first()

    def _on_damaged(self, _: str) -> None:
        if isValid(self):
            self.contents.show_problem(texts.DAMAGED)

    def _go(self, place: _Place) -> None:
        if place == self._way.at:
            self._scroll(place)
            return
        if self.chapter:
            self._way.go(place)
        else:
            self._way.at = place
        self._show()

    def _show(self) -> None:
        chapter, section = place = self._way.at
        before, self._drawn = self._drawn, place
        changed = chapter != before[0] or generated.LICENCE_LINK in section + before[1]
        if changed:
            self._draw()
        self._scroll(place)
        self.contents.mark(chapter, section)
        self.reader.set_history(back=self._way.can_go_back, forward=self._way.can_go_forward)
        self.reader.mark(words_of(self.contents.typed))
        if changed:
            self._prepare(chapter)
            self.state_changed.emit()

    def _scroll(self, place: _Place) -> None:
        if place[1] and not place[1].startswith(generated.LICENCE_LINK):
            self.reader.text.go_to(place[1])

    def _draw(self, *, keep_place: bool = False) -> None:
        chapter, section = self._chapters[self._way.at[0]], self._way.at[1]
        if section.startswith(generated.LICENCE_LINK):
            self._show_licence(int(section.removeprefix(generated.LICENCE_LINK)))
            return
        html = f"<h1>{escape(chapter.title)}</h1>{chapter.html}{self._made(chapter.id)}"
        self.reader.show_page(html, self._actions(chapter.id), keep_place=keep_place)

    def _made(self, chapter: str) -> str:
        """Return what is made on this machine for ``chapter``."""
        if chapter == KEYS:
            return generated.keys_html(german_keys)
        if chapter == PLACES:
            return generated.places_html(self._places)
        if chapter == LICENCES:
            return generated.licences_html(self._parts) if self._parts else _line(texts.LICENCES_LOADING)
        if chapter == ACCESSIBILITY:
            known = self._policy.contact
            known = texts.CONTACT.format(contact=known) if known else texts.CONTACT_NONE
            return _line(known)
        if chapter == REPORT:
            return generated.report_html(self._report) if self._report else _line(texts.REPORT_RUNNING)
        return ""

    def _actions(self, chapter: str) -> Sequence[Action]:
        if chapter == PLACES:
            return (
                (texts.COPY_PATHS, texts.COPY_PATHS, lambda: self._copy(generated.places_text(self._places))),
            )
        if chapter == REPORT and self._report is not None:
            text = generated.report_text(self._report)
            return (
                (texts.REPORT_COPY, texts.REPORT_COPY, lambda: self._copy(text)),
                (texts.REPORT_AGAIN, texts.REPORT_AGAIN_LABEL, self._examine),
            )
        return ()

    def _prepare(self, chapter: str) -> None:
        """Begin what ``chapter`` needs and is not there yet."""
        if chapter == LICENCES and not self._parts:
            self._worker.in_background(lambda: all_parts(qVersion()), self._on_parts)
        elif chapter == REPORT and self._report is None:
            self._examine()

    def _on_parts(self, parts: Sequence[Part]) -> None:
        if isValid(self):
            self._parts = parts
            if self._way.at[0] == LICENCES:
                self._draw(keep_place=True)

    @Slot()
    def _examine(self) -> None:
        if self._examining:
            return
        self._examining = True
        self.reader.say(texts.REPORT_RUNNING)
        self._worker.in_background(
            lambda: examine(self._paths, self._policy), self._on_report, self._on_report_failed
        )

    def _on_report(self, report: Report) -> None:
        self._examining = False
        if isValid(self):
            self._report = report
            if self._way.at[0] == REPORT:
                self._draw(keep_place=True)
                self.reader.say(texts.REPORT_READY)

    def _on_report_failed(self, key: str) -> None:
        self._examining = False
        if isValid(self):
            self.reader.say(explain(key).whole)

    def _show_licence(self, number: int) -> None:
        if not 0 <= number < len(self._parts):
            return
        part, place = self._parts[number], self._way.at

        def show(text: str) -> None:
            if isValid(self) and self._way.at == place:
                self.reader.show_page(
                    generated.licence_html(part, text),
                    ((texts.LICENCE_BACK, texts.LICENCE_BACK, lambda: self._go((LICENCES, ""))),),
                )

        self._worker.in_background(lambda: read_texts(part), show)

    # What the clerk does.

    @Slot(str)
    def _on_search(self, typed: str) -> None:
        chapters = list(self._chapters.values())
        if typed:
            texts_of = [(one, f"{one.text}\n{plain_text(self._made(one.id))}") for one in chapters]
            self.contents.show_matches(search(texts_of, typed))
        elif chapters:
            self.contents.show_chapters(chapters)
        self.contents.mark(*self._way.at)
        self.reader.mark(words_of(typed))

    @Slot(str, str)
    def _on_chosen(self, chapter: str, section: str) -> None:
        if not self._panes.alone:
            self._go((chapter, section))

    @Slot(str, str)
    def _on_opened(self, chapter: str, section: str) -> None:
        self._go((chapter, section))
        self._show_reader()
        self.reader.focus_text()

    @Slot(str)
    def _on_link(self, address: str) -> None:
        if address.startswith(CHAPTER_LINK):
            chapter, _, section = address.removeprefix(CHAPTER_LINK).partition("#")
            self.open(chapter, section)
        elif address.startswith(generated.LICENCE_LINK):
            self._go((LICENCES, address))
        elif address.startswith(generated.COPY_LINK):
            self._copy(str(self._places[int(address.removeprefix(generated.COPY_LINK))][1]))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.reader.say(texts.COPIED)

    def _close_something(self) -> bool:
        if self.reader.close_find():
            return True
        if self._panes.alone and not self._panes.on_side:
            self._show_contents()
            return True
        return False

    def _show_reader(self) -> None:
        self._panes.show_text()

    @Slot()
    def _show_contents(self) -> None:
        self._panes.show_side()
        self.contents.focus_list()

    @Slot(int)
    def _fit(self, space: int) -> None:
        alone = self._panes.alone
        self.contents.set_margins(side=space, right=space if alone else self._theme.px(12))
        self.reader.set_margins(space)
        self.reader.set_alone(alone=alone)


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"
