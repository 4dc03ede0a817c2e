"""May a model word answers here? The catalogue says so for its models, an acceptance test for all others.

A verdict belongs to a model file's SHA-256, so a renamed file keeps it and a changed one loses it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from models.catalogue import ModelEntry
from models.model_file import remembered_sha256


@dataclass(frozen=True)
class Verdict:
    """What an acceptance test found. ``checked_at`` is ISO 8601 with offset."""

    sha256: str
    model: str
    allowed: bool
    checked_at: str


class Verdicts:
    """The verdicts kept in a folder, one small file a model."""

    def __init__(self, folder: Path, stamps: Path) -> None:
        """``stamps`` is where checksums of model files are remembered."""
        self._folder = folder
        self._stamps = stamps

    def keep(self, verdict: Verdict, report: str) -> Path:
        """Store ``verdict`` and its ``report`` (Markdown); return the report's file. Raise OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        page = self._file(verdict.sha256, "md")
        _write(page, report)
        _write(self._file(verdict.sha256, "json"), json.dumps(asdict(verdict), ensure_ascii=False))
        return page

    def of(self, file: Path) -> Verdict | None:
        """Return the verdict on the model ``file``; None if it was never tested, or the verdict is unreadable."""
        if not any(self._folder.glob("*.json")):
            return None  # spares a large file's checksum
        try:
            sha256 = remembered_sha256(file, self._stamps)
            values = json.loads(self._file(sha256, "json").read_text(encoding="utf-8"))
            verdict = Verdict(
                str(values["sha256"]),
                str(values["model"]),
                values["allowed"] is True,
                str(values["checked_at"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return verdict if verdict.sha256 == sha256 else None

    def may_word(self, file: Path, entry: ModelEntry | None) -> bool:
        """Tell whether the model may word answers: a test on this machine counts before the catalogue."""
        verdict = self.of(file)
        if verdict is not None:
            return verdict.allowed
        return entry is not None and entry.words_answers

    def _file(self, sha256: str, ending: str) -> Path:
        return self._folder / f"{sha256[:24]}.{ending}"


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
