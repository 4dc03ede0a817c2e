"""All parts of the program with their licences, read from what is installed. Knows no Qt."""

import platform
import re
import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from models.catalogue import load_catalogue
from resources import resource_path

PROGRAM = "leitstern"
LIBRARY, COMPONENT, MODEL = "library", "component", "model"

_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_LICENCE_FILE = re.compile(r"^(?:licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_LONGEST_LICENCE = 80  # some packages put a whole text into the field for its name


@dataclass(frozen=True)
class Part:
    """One part of the program. ``licence`` is an SPDX expression where the part says one, else its own words."""

    name: str
    version: str  # "" if nothing tells
    licence: str
    kind: str  # PROGRAM, LIBRARY, COMPONENT or MODEL
    texts: tuple[Path, ...]  # the licence's full text; empty if there is none
    note: str = ""  # German


def all_parts(qt_version: str) -> tuple[Part, ...]:
    """Return the program, its components, its Python packages and its models, each by name."""
    known = tomllib.loads(resource_path("licences/parts.toml").read_text(encoding="utf-8"))
    return (
        _package(distribution(PROGRAM), PROGRAM, {}),
        *_components(known["part"], qt_version),
        *_packages(known["package"]),
        *_models(known["model"]),
    )


def read_texts(part: Part) -> str:
    """Return the full texts of the licence of ``part``, one after the other; "" if there is none."""
    return "\n\n\n".join(file.read_text(encoding="utf-8", errors="replace").strip() for file in part.texts)


def runtime_packages(root: str = PROGRAM) -> list[Distribution]:
    """Return the packages that ``root`` needs at run time here, also those needed by others, by name.

    A package that is not installed is none that runs here: its requirement was for another system.
    """
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        for requirement in distribution(waiting.pop()).requires or ():
            wanted, _, marker = requirement.partition(";")
            name = _NAME.match(wanted.strip())
            if name is None or "extra" in marker or _normal(name[0]) in found:
                continue
            try:
                package = distribution(name[0])
            except PackageNotFoundError:
                continue
            found[_normal(name[0])] = package
            waiting.append(name[0])
    return [found[name] for name in sorted(found)]


def _packages(known: Sequence[Mapping[str, Any]]) -> Iterable[Part]:
    by_name = {entry["name"]: entry for entry in known}
    for package in runtime_packages():
        yield _package(package, LIBRARY, by_name.get(_normal(package.metadata["Name"]), {}))


def _package(package: Distribution, kind: str, known: Mapping[str, Any]) -> Part:
    shipped = tuple(
        Path(str(package.locate_file(file)))
        for file in package.files or ()
        if _LICENCE_FILE.match(file.name) and ".dist-info" in str(file)
    )
    texts = tuple(file for file in shipped if file.is_file()) or _own_texts(known.get("texts", ()))
    return Part(
        package.metadata["Name"], package.version, _licence(package), kind, texts, known.get("note", "")
    )


def _licence(package: Distribution) -> str:
    about = package.metadata
    named = next((about[name] for name in ("License-Expression", "License") if name in about), "").strip()
    if named and "\n" not in named and len(named) <= _LONGEST_LICENCE:
        return named
    classified = [
        name.split(" :: ")[-1] for name in about.get_all("Classifier") or () if name.startswith("License ::")
    ]
    return ", ".join(classified)


def _components(known: Sequence[Mapping[str, Any]], qt_version: str) -> Iterable[Part]:
    versions: Mapping[str, Callable[[], str]] = {
        "": lambda: "",
        "python": platform.python_version,
        "qt": lambda: qt_version,
        "sqlite": lambda: sqlite3.sqlite_version,
    }
    for entry in known:
        yield Part(
            entry["name"],
            versions[entry["version"]](),
            entry["licence"],
            COMPONENT,
            _own_texts(entry["texts"]),
            entry.get("note", ""),
        )


def _models(known: Sequence[Mapping[str, Any]]) -> Iterable[Part]:
    by_name = {entry["name"]: entry for entry in known}
    for model in load_catalogue().values():
        entry = by_name.get(model.name, {})
        texts = _own_texts(entry.get("texts", ()))
        yield Part(model.title, model.parameters, model.licence, MODEL, texts, entry.get("note", ""))


def _own_texts(names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(resource_path(f"licences/{name}") for name in names)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
