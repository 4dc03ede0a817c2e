"""The user's own collections: the imported texts as files, and their index, which can always be built again."""

import contextlib
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import sqlite_utils

from guidelines_db.corpus import Collection
from guidelines_db.documents import Document, Section
from guidelines_db.errors import (
    DocumentUnreadable,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    StoreUnwritable,
)
from guidelines_db.importing import files_below, read_document
from guidelines_db.index_writer import BATCH, IndexWriter, transaction
from guidelines_db.places import Gazetteer
from guidelines_db.safe_files import ANYWHERE, FileRules, followed_link
from guidelines_db.schema import create_tables, open_index
from guidelines_db.vectors import Encoder, add_missing_vectors, missing_count

MAX_NAME = 80
QUICK_CHECK_BYTES = 64_000_000  # larger files are checked when their pages are read


@dataclass
class ImportReport:
    """What an import took and what it left, with the reason (a key of ``DocumentUnreadable``).

    ``followed`` names the links among what was taken or known, and where they led.
    """

    collection: str
    taken: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    followed: list[tuple[Path, Path]] = field(default_factory=list)


class OwnStore:
    """Own documents: ``documents`` holds one JSON file each, ``index`` what is derived from them."""

    def __init__(
        self,
        index: Path,
        documents: Path,
        gazetteer: Gazetteer,
        shipped_stems: Mapping[str, int],
        rules: FileRules = ANYWHERE,
    ) -> None:
        """``shipped_stems`` help to split compounds, ``rules`` say from where documents may be imported.

        Nothing is opened or created here.
        """
        self._index = index
        self._documents = documents
        self._gazetteer = gazetteer
        self._shipped_stems = shipped_stems
        self._rules = rules

    @property
    def index(self) -> Path:
        """The index file (it may not exist)."""
        return self._index

    def exists(self) -> bool:
        """Tell whether anything was ever imported."""
        return self._index.exists() or self._documents.is_dir()

    def needs_rebuild(self) -> bool:
        """Tell whether the index is missing, damaged or of another version though there are documents."""
        if not self.exists():
            return False
        try:
            small = self._index.exists() and self._index.stat().st_size <= QUICK_CHECK_BYTES
            open_index(self._index, check_pages=small).close()
        except (IndexMissing, IndexDamaged, IndexOutdated):
            return True
        return False

    def rebuild(self, on_progress: Callable[[int, int], None] | None = None) -> None:
        """Build the index anew from the stored documents; raise StoreUnwritable."""
        files = sorted(self._documents.glob("*/*.json"))
        with self._writing():
            self._index.unlink(missing_ok=True)
            with self._open() as (db, writer):
                by_collection: dict[str, list[Path]] = {}
                for file in files:
                    by_collection.setdefault(_read_name(file.parent), []).append(file)
                done = 0
                for name, members in by_collection.items():
                    for start in range(0, len(members), BATCH):
                        batch = [_load(file) for file in members[start : start + BATCH]]
                        done += len(batch)
                        with transaction(db):
                            _ensure_collection(db, writer, name)
                            documents = [document for document in batch if document is not None]
                            writer.count_words(documents)
                            writer.add_documents(name, documents)
                        if on_progress:
                            on_progress(done, len(files))

    def import_paths(
        self,
        paths: list[Path],
        collection: str,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> ImportReport:
        """Take Markdown and text files, or folders of them, into ``collection``.

        A file that was taken before is replaced if it has changed. Raises StoreUnwritable.
        """
        report = ImportReport(collection)
        files = list(files_below(paths))
        with self._writing():
            if self.needs_rebuild():
                self.rebuild()
            with self._open() as (db, writer):
                for start in range(0, len(files), BATCH):
                    self._import_batch(db, writer, files[start : start + BATCH], report)
                    if on_progress:
                        on_progress(min(start + BATCH, len(files)), len(files))
                if report.taken and len(report.taken) > BATCH:
                    with transaction(db):
                        writer.finish()
        return report

    def remove_document(self, collection: str, document: str) -> bool:
        """Remove a document and every trace of it; return False if there is none. Raises StoreUnwritable."""
        with self._writing(), self._open() as (db, writer):
            row = db.execute(
                "SELECT id, path FROM documents WHERE collection = ? AND document = ?", (collection, document)
            ).fetchone()
            if row is None:
                return False
            _shred(self._file_of(collection, row[1]))
            with transaction(db):
                writer.remove_document(row[0])
                if not db.execute("SELECT 1 FROM documents WHERE collection = ?", (collection,)).fetchone():
                    db.execute("DELETE FROM collections WHERE name = ?", (collection,))
            writer.erase_traces()
        return True

    def add_vectors(
        self,
        encoder: Encoder,
        on_progress: Callable[[int, int], None] | None = None,
        passages: list[int] | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Encode passages without vectors (all or those given); return how many. Raises StoreUnwritable."""
        with self._writing(), self._open() as (db, _):
            return add_missing_vectors(db, encoder, on_progress, passages, is_cancelled)

    def coverage(self) -> tuple[int, int]:
        """Return how many passages have vectors, and of how many."""
        if not self._index.exists():
            return 0, 0
        db = open_index(self._index)
        try:
            missing, total = missing_count(db)
        finally:
            db.close()
        return total - missing, total

    @contextlib.contextmanager
    def _open(self) -> Iterator[tuple[sqlite_utils.Database, IndexWriter]]:
        self._documents.mkdir(parents=True, exist_ok=True)
        if not self._index.exists():
            connection = sqlite3.connect(self._index, isolation_level=None, timeout=10)
            # a half-made file would pass for a damaged one
            connection.execute("BEGIN IMMEDIATE")
            create_tables(sqlite_utils.Database(connection, execute_plugins=False))
            connection.commit()
            connection.close()
        db = open_index(self._index, writable=True)
        try:
            yield db, IndexWriter(db, self._gazetteer, self._shipped_stems)
        finally:
            db.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreUnwritable(str(error)) from error

    def _import_batch(
        self, db: sqlite_utils.Database, writer: IndexWriter, files: list[Path], report: ImportReport
    ) -> None:
        taken: list[Document] = []
        with transaction(db):
            _ensure_collection(db, writer, report.collection)
            for file in files:
                try:
                    document = read_document(file, self._rules)
                except DocumentUnreadable as error:
                    report.skipped.append((file, error.detail))
                    continue
                if target := followed_link(file):
                    report.followed.append((file, target))
                known = db.execute(
                    "SELECT id, content_hash, document FROM documents WHERE collection = ? AND path = ?",
                    (report.collection, document.path),
                ).fetchone()
                if known and known[1] == document.content_hash:
                    report.unchanged.append(file)
                    continue
                if known:
                    writer.remove_document(known[0])
                    document = replace(document, id=known[2])
                else:
                    document = _with_free_id(db, report.collection, document, taken)
                taken.append(document)
                report.taken.append(file)
            for document in taken:
                self._store(report.collection, document)
            writer.count_words(taken)
            writer.add_documents(report.collection, taken)

    def _store(self, collection: str, document: Document) -> None:
        file = self._file_of(collection, document.path)
        file.parent.mkdir(parents=True, exist_ok=True)
        name = file.parent / "name.txt"
        if not name.exists():
            name.write_text(collection, encoding="utf-8")
        temporary = file.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(document), ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(file)

    def _file_of(self, collection: str, path: str) -> Path:
        key = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return self._documents / _folder_name(collection) / f"{key}.json"


def valid_collection_name(name: str) -> bool:
    """Tell whether ``name`` can name an own collection: some visible characters, not too many."""
    return 0 < len(name.strip()) <= MAX_NAME and name.isprintable()


def _ensure_collection(db: sqlite_utils.Database, writer: IndexWriter, name: str) -> None:
    if not db.execute("SELECT 1 FROM collections WHERE name = ?", (name,)).fetchone():
        position = db.execute("SELECT COUNT(*) FROM collections").fetchone()[0]
        writer.add_collection(Collection(name, name, "", (), {}, ()), position)


def _with_free_id(
    db: sqlite_utils.Database, collection: str, document: Document, taken: list[Document]
) -> Document:
    """Two files of the same name in different folders are two documents."""
    used = {other.id for other in taken}
    number = 1
    candidate = document.id
    while (
        candidate in used
        or db.execute(
            "SELECT 1 FROM documents WHERE collection = ? AND document = ?", (collection, candidate)
        ).fetchone()
    ):
        number += 1
        candidate = f"{document.id}-{number}"
    return replace(document, id=candidate)


def _folder_name(collection: str) -> str:
    readable = re.sub(r"[^\w-]+", "_", collection)[:40]
    return f"{readable}-{hashlib.sha256(collection.encode()).hexdigest()[:8]}"


def _read_name(folder: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (folder / "name.txt").read_text(encoding="utf-8")
    return folder.name


def _load(file: Path) -> Document | None:
    """Read a stored document; a damaged one is left alone and missing from the index."""
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        sections = tuple(
            Section(item["heading"], item["text"], tuple(item["topics"]), item["line"])
            for item in values.pop("sections")
        )
        return Document(sections=sections, sources=tuple(values.pop("sources")), **values)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _shred(file: Path) -> None:
    """Overwrite, then unlink: the text shall not lie in a freed block of the file system's journal by our doing."""
    with contextlib.suppress(FileNotFoundError):
        size = file.stat().st_size
        with file.open("r+b") as stream:
            stream.write(b"\0" * size)
            stream.flush()
            os.fsync(stream.fileno())
        file.unlink()
