"""Where the clerk was when the window closed, or the program ended otherwise: which page, and the state of each."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from desktop.stored_json import read_json_object, write_json

log = logging.getLogger(__name__)


class WindowState(NamedTuple):
    """What is restored at the next start; settings are kept elsewhere."""

    page: str = ""
    pages: Mapping[str, Mapping[str, object]] = {}  # state of each page by its name


def load_window_state(file: Path) -> WindowState:
    """Read ``file``; whatever is missing or unreadable is left out."""
    try:
        values = read_json_object(file)
    except (OSError, ValueError):
        log.warning("the window's state is unreadable")
        return WindowState()
    page, pages = values.get("page"), values.get("pages")
    return WindowState(
        page=page if isinstance(page, str) else "",
        pages={name: state for name, state in pages.items() if isinstance(state, dict)}
        if isinstance(pages, dict)
        else {},
    )


def save_window_state(state: WindowState, file: Path) -> None:
    """Write ``file`` atomically. Raises OSError."""
    write_json(state._asdict(), file)
