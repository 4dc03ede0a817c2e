"""The user's settings as one frozen dataclass, kept as JSON. A bad value becomes its default."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from enum import Enum
from pathlib import Path

from desktop.stored_json import read_json_object, write_json

log = logging.getLogger(__name__)

SMALLEST_TYPE_PERCENT = 80
LARGEST_TYPE_PERCENT = 200
LARGEST_NUMBER = 100_000  # of days, of threads
TYPE_STEPS_PERCENT = (80, 90, 100, 110, 125, 150, 175, 200)


class ThemeChoice(Enum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


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
    collections: tuple[str, ...] = ()  # chosen collections; empty: all
    initials: str = ""  # with which this clerk last marked an answer as checked
    model: str = ""  # name or file of the writing model; empty: the best one present
    wording: WordingChoice = WordingChoice.TESTED
    threads: int = 0  # for the model; 0: chosen by the program
    store_history: bool = True
    history_days: int = 0  # after which past questions are deleted; 0: never


def stepped_type(now: int, by: int) -> int:
    """Return the type size one step larger (1) or smaller (-1) than ``now``, or the normal one (0)."""
    if by > 0:
        return min((step for step in TYPE_STEPS_PERCENT if step > now), default=now)
    if by < 0:
        return max((step for step in TYPE_STEPS_PERCENT if step < now), default=now)
    return 100


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


def _wording(value: object) -> WordingChoice:
    return WordingChoice(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    if not 0 <= value <= LARGEST_NUMBER:
        raise ValueError(value)
    return value


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(value)
    return tuple(value)


_READERS: dict[str, Callable[[object], object]] = {
    "theme": _theme,
    "type_percent": _percent,
    "geometry": _text,
    "collections": _names,
    "initials": _text,
    "model": _text,
    "wording": _wording,
    "threads": _number,
    "store_history": _flag,
    "history_days": _number,
}


def load_settings(file: Path) -> Settings:
    """Read ``file``; a missing or unreadable file gives the defaults, a bad value its own default."""
    try:
        stored = read_json_object(file)
    except (OSError, ValueError):
        log.warning("settings are unreadable, defaults are used")
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
    write_json(
        {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}, file
    )
