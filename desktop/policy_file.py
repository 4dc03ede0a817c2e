"""Reads the machine's policy. A mistake is named with line and key, and the stricter choice holds in its place.

"In its place" is: the key itself if its value is wrong; for a name that does not exist the key that may have been
meant, or every key of its section that is not set, or every key of all sections that is not set.
"""

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from desktop.policy import EXPORT_FORMATS, POLICY_FILE, SETTINGS, Mistake, Policy
from desktop.settings import WordingChoice
from desktop.texts import policy as texts
from guidelines_db.safe_files import MISSING, FileRefused, read_file

MAX_BYTES = 200_000
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*((?:[\w.-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


class _Wrong(Exception):
    """A value cannot be used; the message is German. ``inner`` is the key inside a table, if it is one."""

    def __init__(self, text: str, inner: str = "") -> None:
        super().__init__(text)
        self.inner = inner


@dataclass(frozen=True)
class _Key:
    """A key of the file: the field of Policy it sets, how it is read, and the choice that is surely not too much."""

    field: str
    read: Callable[[Any], object]
    strict: object


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(texts.NO_FLAG)
    return value


def _number(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise _Wrong(texts.NO_NUMBER.format(least=least, most=most))
        return value

    return read


def _text(most: int) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or len(value) > most or not (value.isprintable() or not value):
            raise _Wrong(texts.NO_TEXT.format(most=most))
        return value.strip()

    return read


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Wrong(texts.NO_LIST)
    return tuple(value)


def _choices(
    known: Callable[[], tuple[str, ...]], wrong: str = texts.NOT_AMONG
) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        items = _list(value)
        for item in items:
            if item not in known():
                raise _Wrong(wrong.format(value=item, known=", ".join(known())))
        return items

    return read


def _wording(value: object) -> WordingChoice:
    known = [choice.value for choice in WordingChoice]
    if value not in known:
        raise _Wrong(texts.NOT_AMONG.format(value=value, known=", ".join(known)))
    return WordingChoice(value)


def _models(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _Wrong(texts.NO_MODELS)
    for name, sum_ in value.items():
        if not isinstance(sum_, str) or not _SHA256.fullmatch(sum_):
            raise _Wrong(texts.NO_SHA256, name)
    return {sum_.lower(): name for name, sum_ in value.items()}


def _folders(value: object) -> tuple[Path, ...]:
    items = _list(value)
    for item in items:
        if not item.startswith(("/", "~/")):
            raise _Wrong(texts.NO_FOLDER.format(value=item))
    # "~" is the home folder of the password database: the environment belongs to the user.
    return tuple(_home() / item[2:] if item.startswith("~/") else Path(item) for item in items)


def _home() -> Path:
    import pwd

    return Path(pwd.getpwuid(os.getuid()).pw_dir)


def _shipped() -> tuple[str, ...]:
    from guidelines_db.corpus import CORPUS_DIR  # reads YAML, which a start need not wait for

    return tuple(sorted(file.parent.name for file in CORPUS_DIR.glob("*/collection.toml")))


_SECTIONS: Mapping[str, Mapping[str, _Key]] = {
    "models": {
        "allowed": _Key("allowed_models", _models, {}),
        "default": _Key("model", _text(200), ""),
        "threads": _Key("threads", _number(1, 1024), 1),
        "memory_mb": _Key("memory_mb", _number(100, 10_000_000), 500),
    },
    "answers": {"wording": _Key("wording", _wording, WordingChoice.NEVER)},
    "history": {
        "keep": _Key("store_history", _flag, False),
        # Nothing is deleted by mistake: what is not stored need not be deleted either.
        "days": _Key("store_history", _number(1, 36_500), False),
    },
    "import": {
        "allowed": _Key("import_allowed", _flag, False),
        "folders": _Key("import_folders", _folders, ()),
    },
    "export": {"formats": _Key("export_formats", _choices(lambda: EXPORT_FORMATS), ())},
    "collections": {
        "shown": _Key("collections", _choices(_shipped, texts.UNKNOWN_COLLECTION), ()),
        "own": _Key("own_collections", _flag, False),
    },
    "window": {"banner": _Key("banner", _text(300), ""), "contact": _Key("contact", _text(200), "")},
    "settings": {"changeable": _Key("changeable", _choices(lambda: SETTINGS), ())},
}

KEYS = tuple((section, name) for section, keys in _SECTIONS.items() for name in keys)
"""Section and name of everything that a policy may decide."""


def load_policy(file: Path = POLICY_FILE) -> Policy:
    """Return the policy in ``file``; without one nothing is decided. Never raises."""
    try:
        text = read_file(file, MAX_BYTES).decode("utf-8-sig")
    except FileRefused as error:
        if error.reason == MISSING:
            return Policy(file)
        return _strictest(Policy(file, present=True), Mistake(0, file.name, texts.NOT_READABLE))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _strictest(
            Policy(file, present=True), Mistake(line, file.name, texts.NOT_TOML.format(detail="UTF-8"))
        )
    base = Policy(file, present=True, unsafe=_unsafe(file))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return _strictest(base, Mistake(line, file.name, texts.NOT_TOML.format(detail=error)))
    except RecursionError:
        return _strictest(base, Mistake(0, file.name, texts.NOT_TOML.format(detail=texts.TOO_DEEP)))
    return _Reader(text).read(values, base)


def _strictest(policy: Policy, mistake: Mistake) -> Policy:
    every = {key.field: key.strict for keys in _SECTIONS.values() for key in keys.values()}
    return _with(replace(policy, readable=False, mistakes=(mistake,)), every)


def _with(policy: Policy, values: Mapping[str, object]) -> Policy:
    known = {item.name for item in fields(Policy)}
    if not values.keys() <= known:
        raise AssertionError(values.keys() - known)
    frozen = {name: frozenset(value) if name == "changeable" else value for name, value in values.items()}  # type: ignore[call-overload]
    return replace(policy, **frozen)  # type: ignore[arg-type]  # each of its field's own type


def _unsafe(file: Path) -> str:
    """Return in German why others than root can change ``file``, "" if they cannot."""
    for place in (file, file.parent):
        state = place.stat()
        if state.st_uid != 0:
            return texts.OTHER_OWNER
        if state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return texts.WRITABLE
    return ""


class _Reader:
    """Reads one file; ``mistakes`` grows, and with it what is decided strictly."""

    def __init__(self, text: str) -> None:
        self._lines = dict(_lines_of_keys(text))
        self._mistakes: list[Mistake] = []
        self._set: dict[str, object] = {}
        self._strict: dict[str, object] = {}

    def read(self, values: Mapping[str, object], base: Policy) -> Policy:
        """Return ``base`` with what ``values`` decide."""
        unset = {(section, name) for section, keys in _SECTIONS.items() for name in keys}
        doubtful: set[tuple[str, str]] = set()
        for section, content in values.items():
            if section not in _SECTIONS:
                near = _near(section, tuple(_SECTIONS))
                self._note(section, texts.UNKNOWN_SECTION, near)
                doubtful |= {key for key in unset if not near or key[0] == near}
            elif not isinstance(content, dict):
                self._note(section, texts.NO_TABLE.format(key=section))
                doubtful |= {key for key in unset if key[0] == section}
            else:
                doubtful |= self._section(section, content, unset)
        for section, name in doubtful & unset:
            key = _SECTIONS[section][name]
            self._strict[key.field] = key.strict
        policy = _with(replace(base, mistakes=tuple(self._mistakes)), self._set | self._strict)
        self._mistakes.sort(key=lambda mistake: mistake.line)
        return replace(policy, mistakes=tuple(self._mistakes))

    def _section(
        self, section: str, content: Mapping[str, object], unset: set[tuple[str, str]]
    ) -> set[tuple[str, str]]:
        """Take what ``content`` decides out of ``unset``; return what its unknown names may have meant."""
        keys = _SECTIONS[section]
        doubtful: set[tuple[str, str]] = set()
        for name, value in content.items():
            if name not in keys:
                near = _near(name, tuple(keys))
                self._note(f"{section}.{name}", texts.UNKNOWN_KEY, near)
                doubtful |= {(section, other) for other in keys if not near or other == near}
                continue
            key = keys[name]
            unset.discard((section, name))
            try:
                read = key.read(value)
            except _Wrong as wrong:
                self._note(".".join(filter(None, (section, name, wrong.inner))), str(wrong))
                self._strict[key.field] = key.strict
                continue
            self._set["history_days" if (section, name) == ("history", "days") else key.field] = read
        return doubtful

    def _note(self, key: str, text: str, near: str = "") -> None:
        meant = texts.MEANT.format(name=near) if near else ""
        line = self._lines.get(key, 0)
        self._mistakes.append(Mistake(line, key, text + meant))


def _near(name: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name.lower(), known, 1, 0.6)), "")


def _lines_of_keys(text: str) -> Iterator[tuple[str, int]]:
    """Yield dotted names of sections and keys with their line, counted from 1; tomllib does not tell them."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = _dotted(header[1])
            parts = section.split(".")
            yield from ((".".join(parts[:count]), number) for count in range(len(parts), 0, -1))
        elif key := _KEY.match(line):
            yield ".".join(filter(None, (section, _dotted(key[1])))), number


def _dotted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in re.findall(r""""[^"]*"|'[^']*'|[^.]+""", name))
