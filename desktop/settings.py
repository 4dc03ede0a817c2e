"""The user's settings as one frozen dataclass, kept as JSON. A bad value becomes its default."""

import contextlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from enum import Enum
from pathlib import Path

log = logging.getLogger(__name__)

SMALLEST_TYPE_PERCENT = 80
LARGEST_TYPE_PERCENT = 200
TYPE_STEPS_PERCENT = (80, 90, 100, 110, 125, 150, 175, 200)


class ThemeChoice(Enum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class WordingChoice(Enum):
    """Whether a model words answers, beside the evidence that is always shown."""

    TESTED = "tested"  # if it passed the acceptance test
    ALWAYS = "always"  # also if it did not: what it writes is checked all the same
    NEVER = "never"


@dataclass(frozen=True)
class Settings:
    """What the window remembers between two starts."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    type_percent: int = 100  # type size, 80 to 200
    geometry: str = ""  # Qt's own saved geometry of the window, base64
    splitter: tuple[int, ...] = ()  # widths of conversation and passage, in pixels
    collections: tuple[str, ...] = ()  # chosen collections; empty: all
    initials: str = ""  # with which this clerk last marked an answer as checked


def _theme(value: object) -> ThemeChoice:
    return ThemeChoice(value)


def _percent(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    if not SMALLEST_TYPE_PERCENT <= value <= LARGEST_TYPE_PERCENT:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _widths(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(item) is int and 0 <= item < 100_000 for item in value):
        raise TypeError(value)
    return tuple(value)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(value)
    return tuple(value)


_READERS: dict[str, Callable[[object], object]] = {
    "theme": _theme,
    "type_percent": _percent,
    "geometry": _text,
    "splitter": _widths,
    "collections": _names,
    "initials": _text,
}


def load_settings(file: Path) -> Settings:
    """Read ``file``; a missing or unreadable file gives the defaults, a bad value its own default."""
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        log.warning("settings are unreadable, defaults are used")
        return Settings()
    if not isinstance(stored, dict):
        log.warning("settings are not an object, defaults are used")
        return Settings()
    values: dict[str, object] = {}
    for field in fields(Settings):
        if field.name not in stored:
            continue
        try:
            values[field.name] = _READERS[field.name](stored[field.name])
        except (TypeError, ValueError):
            log.warning("setting %s has a bad value, its default is used", field.name)
    return Settings(**values)  # type: ignore[arg-type]  # each value went through its reader


def save_settings(settings: Settings, file: Path) -> None:
    """Write ``file`` atomically, so that a crash leaves the old or the new one. Raises OSError."""
    values = asdict(settings)
    values["theme"] = settings.theme.value
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="settings-", suffix=".tmp", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(values, stream, ensure_ascii=False, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
