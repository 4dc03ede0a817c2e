"""The encoder as the search sees it: texts in, vectors out, in a worker process of its own."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from models.catalogue import ModelEntry
from models.client import WorkerClient
from models.model_file import check_model_file, remembered_sha256
from models.protocol import Encoded, EncodeItem, Load, ProtocolError
from models.system import check_memory
from models.vectors import Vectors, unpack

_ITEMS_PER_REQUEST = 32  # bounds the length of a line and how long a query waits behind sections


class SentenceEncoder:
    """Turns questions and sections into vectors of length 1; its own process, started when first needed.

    A second process beside the writer's, so that a busy writer never holds up a search. Calls block;
    a query waits for at most one batch of sections.
    """

    def __init__(
        self,
        client: WorkerClient,
        file: Path,
        entry: ModelEntry | None = None,
        *,
        threads: int = 0,
        stamp_folder: Path | None = None,
    ) -> None:
        """Keep what is needed; see ``models.writer.Writer`` for ``entry`` and ``stamp_folder``."""
        self._client = client
        self._file = file
        self._entry = entry
        self._threads = threads
        self._stamp_folder = stamp_folder
        self._checked = False

    @property
    def model_id(self) -> str:
        """The model file's SHA-256: vectors of one id can be compared with each other, others cannot."""
        return remembered_sha256(self._file, self._stamp_folder)

    @property
    def name(self) -> str:
        """The model's title for people."""
        return self._entry.title if self._entry else self._file.stem

    def check(self) -> None:
        """Raise ModelError if file or free memory forbid loading the model."""
        if not self._checked:
            check_model_file(self._file, self._entry, self._stamp_folder)
            self._checked = True
        check_memory(self._entry.memory_bytes if self._entry else self._file.stat().st_size * 3)

    def ensure_loaded(self) -> None:
        """Start the worker and load the model unless that is done; raise ModelError."""
        if self._client.loaded is None:
            self.check()
            request = Load(0, str(self._file), "encoder", 512, self._threads, self.name)
            self._client.load_model(request)

    def encode_query(self, text: str) -> Vectors:
        """Return the vector (384,) of a question; raise ModelError."""
        self.ensure_loaded()
        events = self._client.encode([EncodeItem("query", "", (text,))])
        whole: Vectors = next(iter(_vectors(events)))[0]
        return whole

    def encode_sections(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> list[tuple[Vectors, Vectors]]:
        """Return for each (context, sentences) the whole's vector (384,) and the sentences' (n, 384).

        The context (title, heading) stands in front and colours all vectors. ``on_progress`` gets
        sections done and in all, on this thread. Raise ModelError.
        """
        self.ensure_loaded()
        results: list[tuple[Vectors, Vectors]] = []
        for start in range(0, len(sections), _ITEMS_PER_REQUEST):
            batch = sections[start : start + _ITEMS_PER_REQUEST]
            items = [EncodeItem("passage", context, tuple(sentences)) for context, sentences in batch]
            results += [(rows[0], rows[1:]) for rows in _vectors(self._client.encode(items))]
            if on_progress:
                on_progress(len(results), len(sections))
        return results

    def close(self) -> None:
        """End the worker process; from any thread."""
        self._client.close()


def _vectors(events: Sequence[Encoded]) -> Iterator[Vectors]:
    """Yield the vectors (rows, columns) of each item."""
    if not events:
        raise ProtocolError("the worker sent no vectors")
    for event in events:
        yield unpack(event.data, event.rows, event.columns)
