"""What the window needs of the collections, as a protocol: a test brings its own."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from guidelines_db.browse import BrowseResult, Within
from guidelines_db.filters import FilterValues
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import ImportReport
from guidelines_db.query import QueryTools
from guidelines_db.results import CollectionInfo


class LibraryLike(Protocol):
    """What the window needs of the collections."""

    @property
    def problem(self) -> str:
        """Key of a problem with the index, "" if fine."""

    @property
    def tools(self) -> QueryTools:
        """What is known of words: compounds, places, glossary."""

    def collections(self) -> Sequence[CollectionInfo]:
        """All collections."""

    def filter_values(self, collections: Sequence[str] | None) -> FilterValues:
        """Return by what the documents of ``collections`` (None: all) can be filtered."""

    def reading(self) -> AbstractContextManager[tuple[IndexReader, ...]]:
        """Give the open indexes to a reader."""

    def browse(self, text: str, limit: int, within: Within) -> BrowseResult:
        """Return the documents for what was typed so far, of those ``within`` (None: all)."""

    def import_paths(
        self, paths: list[Path], collection: str, on_progress: Callable[[int, int], None] | None
    ) -> ImportReport:
        """Take files and folders into an own collection."""

    def remove_document(self, collection: str, document: str) -> bool:
        """Remove an own document and every trace of it; False if it was not there."""

    def add_vectors(
        self, on_progress: Callable[[int, int], None] | None, is_cancelled: Callable[[], bool]
    ) -> int:
        """Prepare own documents for the search by meaning; return for how many passages that was done."""
