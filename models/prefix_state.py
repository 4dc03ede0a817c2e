"""What a model knows after the fixed beginning of every prompt, kept on disk from one start to the next.

A file holds its key and the SHA-256 of its content, and is used only if both are right: a file of another
model, program version or beginning, a cut or a spoiled one is the same as none and is written anew. The
content comes from the program's own fixed instructions; no question or document is ever in it.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

KEPT_FILES = 4  # one per model; of models used long ago none
MAX_BYTES = 256 * 1024 * 1024  # far more than a beginning takes; anything larger is not ours
_SUFFIX = ".kv"


@dataclass(frozen=True)
class StateKey:
    """All that a state depends on. Two states with equal keys are interchangeable."""

    model: str  # path
    model_size: int  # bytes
    model_changed_ns: int
    engine: str  # version and build of llama.cpp
    context: int  # tokens
    tokens: tuple[int, ...]

    @classmethod
    def of(cls, model: str, engine: str, context: int, tokens: Sequence[int]) -> "StateKey":
        """Return the key for the file ``model`` as it is now; raise OSError if it is not there."""
        file = Path(model).resolve()
        state = file.stat()
        return cls(str(file), state.st_size, state.st_mtime_ns, engine, context, tuple(tokens))

    def digest(self) -> str:
        """Return the key's SHA-256 in hexadecimal."""
        values = [self.model, self.model_size, self.model_changed_ns, self.engine, self.context, self.tokens]
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()


class PrefixState:
    """The state file of one model in a folder. Nothing here ever raises: without the file all still works."""

    def __init__(self, folder: str, key: StateKey) -> None:
        """Name the file; it is neither read nor made yet."""
        self._folder = Path(folder)
        self._digest = key.digest()
        self.file = self._folder / f"{hashlib.sha256(key.model.encode()).hexdigest()[:24]}{_SUFFIX}"

    def load(self) -> bytes | None:
        """Return the state, None if there is none that is whole and has this key."""
        try:
            if self.file.stat().st_size > MAX_BYTES:
                return None
            with self.file.open("rb") as stream:
                head = stream.readline(1024)
                data = stream.read()
            with contextlib.suppress(OSError):
                os.utime(self.file)  # used: the others are older
        except OSError:
            return None
        return data if head == self._head(data) else None

    def save(self, data: bytes) -> None:
        """Write ``data`` in one step and remove the files of models used longest ago."""
        beside = self.file.with_name(f"{self.file.name}.{os.getpid()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(self._head(data) + data)
            beside.replace(self.file)
            self._tidy()
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()

    def _head(self, data: bytes) -> bytes:
        return f"leitstern-state {self._digest} {hashlib.sha256(data).hexdigest()}\n".encode()

    def _tidy(self) -> None:
        """Keep ``KEPT_FILES`` files; also remove what an interrupted writing left."""
        files = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in (*files[KEPT_FILES:], *self._folder.glob(f"*{_SUFFIX}.*.tmp")):
            with contextlib.suppress(OSError):
                file.unlink()
