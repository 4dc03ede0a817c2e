"""The writing model as the assistant sees it: ready or not, write, cancel, close."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.catalogue import ModelEntry
from models.client import OnEvent, WorkerClient
from models.errors import MemoryForbidden
from models.model_file import check_allowed, check_model_file, remembered_sha256
from models.prompt import OPENING
from models.protocol import Finished, Generate, Load, Loaded, Message, Reading, Token
from models.system import check_memory

_UNKNOWN_MODEL_OVERHEAD_BYTES = 700_000_000  # cache, working space and the program itself


@dataclass(frozen=True)
class WriterSettings:
    """How a model is run; 0 means what the catalogue, or the worker, chooses.

    ``allowed`` are the SHA-256 (lower case) of the only files that may be loaded, None is any; ``most_memory`` is
    the most that a model may need, in bytes, None is no limit.
    """

    context: int = 0  # tokens
    threads: int = 0
    allowed: frozenset[str] | None = None
    most_memory: int | None = None


@dataclass(frozen=True)
class Written:
    """What the model wrote and how it came to an end."""

    text: str
    finished: Finished


class Writer:
    """A language model in a worker process of its own, loaded when first needed.

    ``write`` blocks and may be called from any thread; ``cancel`` and ``close`` meanwhile from another.
    """

    def __init__(
        self,
        client: WorkerClient,
        file: Path,
        entry: ModelEntry | None = None,
        settings: WriterSettings | None = None,
        *,
        stamp_folder: Path | None = None,
        state_folder: Path | None = None,
    ) -> None:
        """Keep what is needed; ``entry`` is None for a file the catalogue does not know.

        ``stamp_folder`` is where the file's checksum is remembered, so that it is computed once;
        ``state_folder`` is where the state behind the fixed beginning of the prompts is kept.
        """
        self._client = client
        self._file = file
        self._entry = entry
        self._settings = settings or WriterSettings()
        self._stamp_folder = stamp_folder
        self._state_folder = str(state_folder) if state_folder else ""
        self._checked = False
        self._cancelled = threading.Event()

    @property
    def name(self) -> str:
        """The model's title for people: the catalogue's, or the file's name."""
        return self._entry.title if self._entry else self._file.stem

    @property
    def file(self) -> Path:
        """The model file."""
        return self._file

    @property
    def sha256(self) -> str:
        """SHA-256 of the model file, remembered from the check before loading; "" if it cannot be read."""
        try:
            return remembered_sha256(self._file, self._stamp_folder)
        except OSError:
            return ""

    def ready(self) -> bool:
        """Tell whether the model is loaded now, so that ``write`` begins at once."""
        return self._client.loaded is not None

    def check(self) -> None:
        """Raise ModelError if file or free memory forbid loading the model.

        The file is looked at once per ``Writer``; the memory each time, as it changes.
        """
        if not self._checked:
            check_model_file(self._file, self._entry, self._stamp_folder)
            check_allowed(self._file, self._settings.allowed)
            self._checked = True
        unknown = self._file.stat().st_size + _UNKNOWN_MODEL_OVERHEAD_BYTES
        needed = self._entry.memory_bytes if self._entry else unknown
        most = self._settings.most_memory
        if most is not None and needed > most:
            raise MemoryForbidden(f"{needed} bytes are needed, {most} are allowed")
        check_memory(needed)

    def ensure_loaded(self, on_event: OnEvent | None = None) -> Loaded:
        """Load the model unless it is; raise ModelError."""
        if loaded := self._client.loaded:
            return loaded
        self.check()
        context = self._settings.context or (self._entry.context if self._entry else 4096)
        request = Load(
            id=0,
            model=str(self._file),
            kind="llm",
            context=context,
            threads=self._settings.threads,
            name=self.name,
            opening=OPENING,
            state_folder=self._state_folder,
        )
        return self._client.load_model(request, on_event)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has; loads the model if need be."""
        self.ensure_loaded()
        return self._client.count_tokens([text])[0]

    def write(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        on_event: Callable[[Reading | Token], None] | None = None,
        grammar: str | None = None,
        stop: Sequence[str] = (),
    ) -> Written:
        """Let the model write after ``messages``; raise ModelError.

        The events come on this thread. A cancel at any time, also while the model is being loaded,
        ends it with what was written so far and the ending "cancelled".
        """
        self._cancelled.clear()
        self.ensure_loaded()
        pieces: list[str] = []

        def heard(event: Reading | Token) -> None:
            if isinstance(event, Token):
                pieces.append(event.text)
            if on_event:
                on_event(event)
            if self._cancelled.is_set():
                self._client.cancel()

        if self._cancelled.is_set():
            return Written("", Finished(0, "cancelled"))
        request = Generate(
            0, messages=tuple(messages), max_tokens=max_tokens, grammar=grammar, stop=tuple(stop)
        )
        finished = self._client.generate(request, heard)
        return Written("".join(pieces), finished)

    def cancel(self) -> None:
        """Stop the current ``write``; from any thread."""
        self._cancelled.set()
        self._client.cancel()

    def close(self) -> None:
        """End the worker process; from any thread."""
        self._cancelled.set()
        self._client.close()
