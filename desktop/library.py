"""All collections of one run: opens, repairs and searches the shipped and the user's own index."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.encoding import SearchEncoder
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from guidelines_db.browse import Browser, BrowseResult, Within
from guidelines_db.build import build_index, check_index
from guidelines_db.corpus import CORPUS_DIR
from guidelines_db.errors import GuidelinesError, IndexDamaged, IndexMissing, IndexOutdated, StoreUnwritable
from guidelines_db.filters import NO_FILTERS, FilterValues, SearchFilters, count_values
from guidelines_db.glossary import GLOSSARY_FILE, Glossary, GlossaryInvalid
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import ImportReport, OwnStore
from guidelines_db.places import Gazetteer
from guidelines_db.query import QueryTools
from guidelines_db.results import CollectionInfo, SearchOutcome
from guidelines_db.search import Searcher, Weights

log = logging.getLogger(__name__)

EMBED_ALL = 2_000  # own passages up to which all get vectors at once; beyond, those that searches need
Progress = Callable[[int, int], None]


class UnknownCollection(GuidelinesError):
    """A collection was named that does not exist; ``detail`` is its name."""

    key = "unknown_collection"


class UnknownDocument(GuidelinesError):
    """There is no such document (any more)."""

    key = "unknown_document"


class ImportForbidden(GuidelinesError):
    """The machine's policy lets nobody take documents in."""

    key = "import_forbidden"


@dataclass(frozen=True)
class Coverage:
    """How many passages of an index have vectors of the current encoder."""

    encoded: int
    total: int


class Library:
    """Shipped and own collections. Methods may be called from any thread; they run one after the other."""

    def __init__(
        self,
        paths: Paths,
        encoder: SearchEncoder | None = None,
        *,
        corpus: Path = CORPUS_DIR,
        weights: Weights | None = None,
        policy: Policy = NO_POLICY,
    ) -> None:
        """Open both indexes; a damaged or outdated one is built again first.

        What ``policy`` does not show is not there: not listed, not searched, not opened.

        Raises:
            GuidelinesError: if the shipped collections can be had in no way.
        """
        self._paths = paths
        self._encoder = encoder
        self._corpus = corpus
        self._weights = weights
        self._policy = policy
        self._lock = threading.RLock()
        self._gazetteer = Gazetteer()
        self._problem = ""
        self._shipped = IndexReader(self._usable_index(), own=False, only=policy.collections)
        self.store = OwnStore(
            *(paths.own_index, paths.own_documents, self._gazetteer, self._shipped.stem_counts()),
            rules=policy.import_rules,
        )
        self._own: IndexReader | None = None
        self._searcher: Searcher | None = None
        self._glossary = self._read_glossary()
        self._open_own()

    @property
    def problem(self) -> str:
        """Key of what was or is wrong with an index, "" if nothing."""
        return self._problem

    @property
    def encoder(self) -> SearchEncoder | None:
        """The encoder that searches use, None without its model file."""
        return self._encoder

    @property
    def shipped(self) -> IndexReader:
        """The index of the shipped collections."""
        return self._shipped

    def close(self) -> None:
        """Close the files and end the encoder."""
        with self._lock:
            self._shipped.close()
            if self._own is not None:
                self._own.close()
        if self._encoder is not None:
            self._encoder.close()

    def collections(self) -> list[CollectionInfo]:
        """Return the shipped collections in their order, then the user's own."""
        with self._lock:
            return [info for reader in self._readers() for info in reader.collections()]

    def search(
        self,
        question: str,
        collections: Sequence[str] | None = None,
        limit: int = 10,
        filters: SearchFilters = NO_FILTERS,
    ) -> SearchOutcome:
        """Return the best passages of the documents that pass ``filters``.

        Raises:
            UnknownCollection: if one of ``collections`` does not exist.
            IndexDamaged: if an index broke while the program ran; the next start repairs it.
        """
        with self._lock:
            if collections is not None:
                known = {info.name for info in self.collections()}
                for name in collections:
                    if name not in known:
                        raise UnknownCollection(name)
            return self._open_searcher().search(question, collections, limit, filters)

    def filter_values(self, collections: Sequence[str] | None = None) -> FilterValues:
        """Return by what the documents of ``collections`` (None: all) can be filtered."""
        with self._lock:
            documents = [
                (facts.places, facts.region, facts.published)
                for reader in self._readers()
                for facts in reader.document_facts.values()
                if collections is None or facts.collection in collections
            ]
            return count_values(documents, self._gazetteer.lands)

    @property
    def tools(self) -> QueryTools:
        """What the reading of a question needs: places, glossary, compounds and words of all collections."""
        with self._lock:
            return self._open_searcher().tools

    @contextmanager
    def reading(self) -> Iterator[tuple[IndexReader, ...]]:
        """Give the open indexes to a reader; no import or removal disturbs them meanwhile."""
        with self._lock:
            yield tuple(self._readers())

    def browse(self, text: str, limit: int = 30, within: Within = None) -> BrowseResult:
        """Return the documents for what was typed so far into the library's search line; fast enough for every key.

        Only documents ``within`` are looked at: pairs of collection and id, None for all.

        Raises:
            IndexDamaged: if an index broke while the program ran; the next start repairs it.
        """
        with self._lock:
            return Browser(self._readers(), self._gazetteer).browse(text, limit, within)

    def import_paths(
        self,
        paths: list[Path],
        collection: str,
        on_progress: Progress | None = None,
    ) -> ImportReport:
        """Take files into an own collection; raise StoreUnwritable, or ImportForbidden by the machine's policy."""
        if not self._policy.may_import:
            raise ImportForbidden(collection)
        with self._lock:
            try:
                return self.store.import_paths(paths, collection, on_progress)
            finally:
                self._open_own()

    def remove_document(self, collection: str, document: str) -> bool:
        """Remove an own document and every trace of it; raise StoreUnwritable."""
        with self._lock:
            self._close_own()
            try:
                return self.store.remove_document(collection, document)
            finally:
                self._open_own()

    def add_vectors(
        self, on_progress: Progress | None = None, is_cancelled: Callable[[], bool] = lambda: False
    ) -> int:
        """Give own passages their vectors, unless there are too many; return how many were added.

        Raises:
            EncoderUnavailable, StoreUnwritable: accordingly; text search is not touched.
        """
        if self._encoder is None or not self.store.index.exists():
            return 0
        _, total = self.store.coverage()
        if total > EMBED_ALL:
            return 0
        done = self.store.add_vectors(self._encoder, on_progress, is_cancelled=is_cancelled)
        with self._lock:
            self._open_own()
        return done

    def coverage(self) -> tuple[Coverage, Coverage]:
        """Return the vector coverage of the shipped and of the own index."""
        shipped = Coverage(0, self._shipped.total)
        if self._encoder is not None and self._shipped.encoder_id == self._encoder.model_id:
            shipped = Coverage(len(self._shipped.vectors), self._shipped.total)
        return shipped, Coverage(*self.store.coverage()) if self._own is not None else Coverage(0, 0)

    def _open_searcher(self) -> Searcher:
        if self._searcher is None:
            self._searcher = Searcher(
                self._readers(),
                self._glossary,
                self._gazetteer,
                self._encoder,
                self._weights,
                embed_missing=self._embed_missing,
            )
        return self._searcher

    def _readers(self) -> list[IndexReader]:
        return [self._shipped] if self._own is None else [self._shipped, self._own]

    def _usable_index(self) -> Path:
        """Return the first index that is whole and current; build one in the user's folder if there is none."""
        for candidate in (self._paths.shipped_index, self._paths.rebuilt_index):
            try:
                check_index(candidate, self._corpus)
            except IndexMissing:
                continue
            except (IndexDamaged, IndexOutdated) as error:
                log.warning("index not usable: %s", error.key)
                self._problem = "index_rebuilt"
                continue
            return candidate
        try:
            build_index(self._paths.rebuilt_index, self._corpus)
        except (OSError, sqlite3.Error) as error:
            raise StoreUnwritable(str(error)) from error
        return self._paths.rebuilt_index

    def _open_own(self) -> None:
        self._close_own()
        if not self.store.exists() or not self._policy.own_collections:
            return
        try:
            if self.store.needs_rebuild():
                log.warning("own index not usable, building it again")
                self.store.rebuild()
                self._problem = "own_index_rebuilt"
            self._own = IndexReader(self.store.index, own=True)
            self._gazetteer = Gazetteer(extra=self._own.places())
        except GuidelinesError as error:
            log.warning("own collections not usable: %s", error.key)
            self._problem = "own_index_damaged"

    def _close_own(self) -> None:
        if self._own is not None:
            self._own.close()
        self._own = None
        self._searcher = None

    def _embed_missing(self, passages: list[int]) -> bool:
        """Encode own passages that a search needs now; the searcher asks for few at a time."""
        if self._encoder is None:
            return False
        try:
            return self.store.add_vectors(self._encoder, passages=passages) > 0
        except GuidelinesError as error:
            log.warning("vectors not added: %s", error.key)
            return False

    def _read_glossary(self) -> Glossary:
        own = self._paths.data_dir / "glossar.toml"
        try:
            return Glossary((GLOSSARY_FILE, own))
        except GlossaryInvalid:
            log.warning("glossary of the data folder not usable")
            self._problem = "glossary_invalid"
            return Glossary()
