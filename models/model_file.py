"""Finds a model file and checks that it is whole, before anything is loaded."""

import contextlib
import hashlib
import json
import os
import stat
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from models.catalogue import ModelEntry
from models.errors import ModelFileDamaged, ModelFileMissing, ModelForbidden

GGUF_MAGIC = b"GGUF"
GGUF_VERSIONS = range(2, 4)
_HEADER = struct.Struct("<4sIQQ")  # magic, version, tensor count, metadata count
_CHUNK_BYTES = 4 * 1024 * 1024


def find_model_file(file_name: str, folders: Iterable[Path]) -> Path:
    """Return the first ``file_name`` in ``folders``; raise ModelFileMissing."""
    looked_in = list(folders)
    for folder in looked_in:
        candidate = folder / file_name
        if candidate.is_file():
            return candidate
    raise ModelFileMissing(f"{file_name} lies in none of: {', '.join(str(folder) for folder in looked_in)}")


def check_header(file: Path) -> None:
    """Raise ModelFileDamaged unless ``file`` is a regular file that begins as a GGUF file with tensors does."""
    try:
        with _open_regular(file) as stream:
            start = stream.read(_HEADER.size)
    except FileNotFoundError as error:
        raise ModelFileMissing(str(error)) from error
    except OSError as error:
        raise ModelFileDamaged(f"{file.name} cannot be read: {error}") from error
    if len(start) < _HEADER.size:
        raise ModelFileDamaged(f"{file.name} has only {len(start)} bytes")
    magic, version, tensors, metadata = _HEADER.unpack(start)
    if magic != GGUF_MAGIC or version not in GGUF_VERSIONS or not tensors or not metadata:
        raise ModelFileDamaged(f"{file.name} is no GGUF file of a known version")


def _open_regular(file: Path) -> BinaryIO:
    """Open ``file`` for reading; raise OSError for a device, a FIFO or whatever else could make us wait."""
    # O_NONBLOCK: a FIFO must not make the program wait for whoever writes into it.
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{file.name} is no regular file")
    return os.fdopen(handle, "rb")


def sha256_of(file: Path, on_progress: Callable[[int, int], None] | None = None) -> str:
    """Return the SHA-256 of ``file`` in hexadecimal; ``on_progress`` gets bytes done and in all.

    Raises OSError, also for a file that is no regular one.
    """
    total = file.stat().st_size
    digest = hashlib.sha256()
    done = 0
    with _open_regular(file) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
            done += len(chunk)
            if on_progress:
                on_progress(done, total)
    return digest.hexdigest()


def remembered_sha256(file: Path, stamp_folder: Path | None) -> str:
    """Return the SHA-256 of ``file``, computed once per path, size and time of change.

    The sum is kept in a small stamp file in ``stamp_folder``; None, or a folder that cannot be
    written, means computing it each time.
    """
    state = file.stat()
    place = str(file.resolve())
    identity = [place, state.st_size, state.st_mtime_ns]
    if stamp_folder is None:
        return sha256_of(file)
    stamp = stamp_folder / f"{hashlib.sha256(place.encode()).hexdigest()[:24]}.json"
    try:
        known = json.loads(stamp.read_text(encoding="utf-8"))
        if known["identity"] == identity:
            return str(known["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no stamp, or one we cannot read: the sum is computed again
    sum_ = sha256_of(file)
    _write_stamp(stamp, {"identity": identity, "sha256": sum_})
    return sum_


def _write_stamp(stamp: Path, content: dict[str, object]) -> None:
    """Write ``stamp`` in one step; a folder that cannot be written only costs time."""
    beside = stamp.with_name(f"{stamp.name}.{os.getpid()}.tmp")
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(content), encoding="utf-8")
        beside.replace(stamp)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()


def check_model_file(file: Path, entry: ModelEntry | None, stamp_folder: Path | None = None) -> None:
    """Raise ModelFileMissing or ModelFileDamaged unless ``file`` is whole.

    A file that the catalogue knows (``entry``) must have its size and SHA-256; any other must at
    least begin like a GGUF file, and llama.cpp finds the rest when it loads it.
    """
    check_header(file)
    if entry is None:
        return
    size = file.stat().st_size
    if entry.size and size != entry.size:
        raise ModelFileDamaged(f"{file.name} has {size} bytes instead of {entry.size}")
    if entry.sha256 and remembered_sha256(file, stamp_folder) != entry.sha256:
        raise ModelFileDamaged(f"{file.name} has another SHA-256 than the catalogue says")


def check_allowed(file: Path, allowed: frozenset[str] | None) -> None:
    """Raise ModelForbidden unless the SHA-256 of ``file`` is one of ``allowed`` (lower case; None: any).

    The sum is computed here and now: a remembered one lies where the user could write another.
    """
    if allowed is None:
        return
    try:
        found = sha256_of(file)
    except OSError as error:
        raise ModelFileDamaged(f"{file.name} cannot be read: {error}") from error
    if found not in allowed:
        raise ModelForbidden(f"{file.name} has SHA-256 {found}, which is not allowed")
