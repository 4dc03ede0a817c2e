"""Opens files that others made: for reading only, regular files only, not too large, and only from where they may be.

What is asked of a file is asked of the open descriptor, so that nobody can exchange the file in between. No format is
read here that could unfold to more than it is: Markdown and text are as large in memory as on the disk. A reader of
zipped formats (ODT, DOCX) would have to limit what it unpacks by itself.
"""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

MAX_PATH_BYTES = 4_096
MAX_NAME_BYTES = 255

# Reasons, as words of the importer; each has a German sentence.
MISSING, DEVICE, TOO_LARGE, UNREADABLE = "missing", "device", "too_large", "unreadable"
LONG_NAME, LINK, OUTSIDE = "long_name", "link", "outside"

# Opening a FIFO would wait for its other end, opening a terminal might become this process's own.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_CHUNK_BYTES = 1 << 20
_REASONS = {
    errno.ENOENT: MISSING,
    errno.ENOTDIR: MISSING,
    errno.ENAMETOOLONG: LONG_NAME,
    errno.ELOOP: LINK,
    errno.ENXIO: DEVICE,  # a socket, or a FIFO
    errno.ENODEV: DEVICE,
}


class FileRefused(Exception):
    """A file is not opened, or not read to its end; ``reason`` is one of the words above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class FileRules:
    """From where files may be taken: ``folders`` and what lies below them; None is anywhere.

    Where folders are given, links are not followed, not even to a place that would be allowed.
    """

    folders: tuple[Path, ...] | None = None


ANYWHERE = FileRules()


def read_file(file: Path, max_bytes: int, rules: FileRules = ANYWHERE) -> bytes:
    """Return what is in the regular file ``file``; raise FileRefused."""
    descriptor = _open(file, rules)
    try:
        size = _check(descriptor, file, rules)
        if size > max_bytes:
            raise FileRefused(TOO_LARGE)
        # A file may grow while it is read; some of /proc and of network drives say that they are empty.
        pieces, left = [], max_bytes + 1
        while left > 0 and (piece := os.read(descriptor, min(left, _CHUNK_BYTES))):
            pieces.append(piece)
            left -= len(piece)
    except OSError as error:
        raise FileRefused(UNREADABLE) from error
    finally:
        os.close(descriptor)
    if left <= 0:
        raise FileRefused(TOO_LARGE)
    return b"".join(pieces)


def followed_link(file: Path) -> Path | None:
    """Return where ``file`` leads if it is a link, else None."""
    try:
        return Path(os.path.realpath(file)) if file.is_symlink() else None
    except OSError:
        return None


def _open(file: Path, rules: FileRules) -> int:
    name = os.fsencode(file)
    if len(name) > MAX_PATH_BYTES or any(
        len(part) > MAX_NAME_BYTES for part in name.split(os.fsencode(os.sep))
    ):
        raise FileRefused(LONG_NAME)
    flags = _FLAGS
    if rules.folders is not None:
        if file.is_symlink():
            raise FileRefused(LINK)
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(file, flags)
    except OSError as error:
        raise FileRefused(_REASONS.get(error.errno or 0, UNREADABLE)) from error
    except ValueError as error:  # a NUL inside the name
        raise FileRefused(MISSING) from error


def _check(descriptor: int, file: Path, rules: FileRules) -> int:
    """Raise FileRefused unless the open file is a regular one in its place; return its size in bytes."""
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        raise FileRefused(DEVICE)
    if rules.folders is not None:
        place = _place(descriptor, file)
        if not any(place.is_relative_to(os.path.realpath(folder)) for folder in rules.folders):
            raise FileRefused(OUTSIDE)
    return state.st_size


def _place(descriptor: int, file: Path) -> Path:
    """Return where the open file really lies; Linux knows it of the descriptor itself."""
    try:
        return Path(f"/proc/self/fd/{descriptor}").readlink()
    except OSError:
        return Path(os.path.realpath(file))
