"""The pages of the window: their order, names and icons, and how each is built when it is first shown."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from desktop.bridge import Bridge
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.page import Page


class Parts(NamedTuple):
    """What pages are made of."""

    theme: Theme
    bridge: Bridge
    paths: Paths
    settings: Settings  # as they are when the page is built, and as the policy lets them be
    policy: Policy = NO_POLICY


class PageEntry(NamedTuple):
    """A page in the rail. ``build`` imports what only this page needs: ``module``, below ``desktop.widgets``."""

    name: str
    icon: str
    title: str
    module: str
    build: Callable[[Parts], Page]
    below: bool = False  # stands at the foot of the rail


ASK, LIBRARY, COMPARE, HISTORY, SETTINGS, HELP = "ask", "library", "compare", "history", "settings", "help"


def _ask(parts: Parts) -> Page:
    from desktop.widgets.ask_page import AskPage

    return AskPage(parts.bridge, parts.theme, parts.settings, parts.policy)


def _compare(parts: Parts) -> Page:
    from desktop.widgets.compare.page import ComparePage

    return ComparePage(parts.theme, parts.bridge, parts.policy)


def _library(parts: Parts) -> Page:
    from desktop.widgets.library.page import LibraryPage

    return LibraryPage(parts.theme, parts.bridge, parts.policy)


def _history(parts: Parts) -> Page:
    from desktop.widgets.history_page import HistoryPage

    return HistoryPage(parts.theme, parts.bridge, parts.settings.initials, parts.policy)


def _settings(parts: Parts) -> Page:
    from desktop.widgets.settings_page import SettingsPage

    return SettingsPage(parts.theme, parts.bridge, parts.paths, parts.settings, parts.policy)


def _help(parts: Parts) -> Page:
    from desktop.widgets.help.page import HelpPage

    return HelpPage(parts.theme, parts.bridge, parts.paths, parts.policy)


def load_answers() -> None:
    """Import what answers are shown with; off the window's thread, before the first of them comes."""
    for name in ("turn", "passage_pane"):
        import_module(f"desktop.widgets.{name}")
    from desktop.citations import render_answer

    render_answer("", 0)  # the first text of all loads and prepares the converter


def load_modules() -> None:
    """Import what the pages are built from; off the window's thread, so that showing one first does not hold it up."""
    for entry in PAGES:
        import_module(f"desktop.widgets.{entry.module}")


PAGES: Sequence[PageEntry] = (
    PageEntry(ASK, "ask", texts.PAGE_ASK, "ask_page", _ask),
    PageEntry(LIBRARY, "library", texts.PAGE_LIBRARY, "library.page", _library),
    PageEntry(COMPARE, "compare", texts.PAGE_COMPARE, "compare.page", _compare),
    PageEntry(HISTORY, "history", texts.PAGE_HISTORY, "history_page", _history),
    PageEntry(SETTINGS, "settings", texts.PAGE_SETTINGS, "settings_page", _settings, below=True),
    PageEntry(HELP, "help", texts.PAGE_HELP, "help.page", _help, below=True),
)
