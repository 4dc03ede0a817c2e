"""What can go wrong with collections and their index; each error has a stable key for its German wording."""

from dataclasses import dataclass
from pathlib import Path


class GuidelinesError(Exception):
    """Base of all errors of this package. ``key`` names the problem, ``detail`` is for the log."""

    key = "guidelines"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class CorpusProblem:
    """One defect of a shipped document: where it is and what is wrong."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class CorpusInvalid(GuidelinesError):
    """The shipped collections have defects; all of them are listed."""

    key = "corpus_invalid"

    def __init__(self, problems: list[CorpusProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class IndexMissing(GuidelinesError):
    """There is no index file at the given place."""

    key = "index_missing"


class IndexOutdated(GuidelinesError):
    """The index was built by another version or from other documents."""

    key = "index_outdated"


class IndexDamaged(GuidelinesError):
    """The index file cannot be read as what it should be."""

    key = "index_damaged"


class StoreUnwritable(GuidelinesError):
    """The user's own collections cannot be written (read-only folder, full disk)."""

    key = "store_unwritable"


class DocumentUnreadable(GuidelinesError):
    """A file to import cannot be read as a document."""

    key = "document_unreadable"
