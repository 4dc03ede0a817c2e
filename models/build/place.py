"""Where a build machine keeps what it obtained, outside any checkout, and how two builds share it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs


class BuildError(Exception):
    """Something could not be obtained or built; the message says what to do."""


def cache_folder() -> Path:
    """Return the user's cache folder of Leitstern (its sub-folders: models, wheels)."""
    return platformdirs.user_cache_path("leitstern", appauthor=False)


def say(line: str) -> None:
    """Print a line of progress at once, on standard error: standard output carries results."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold ``lock`` while working, so that two builds do not do the same work; waits for the other.

    The system releases it when the process ends in whatever way.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as stream:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"waiting for another build that works on {lock.stem}")
                fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut, where the system can."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
