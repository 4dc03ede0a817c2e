"""Writes files that the clerk saves: whole or not at all, never through a link; and says in German what went wrong."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from desktop.texts import proof as texts


def write_whole(file: Path, content: bytes) -> None:
    """Write ``content`` so that ``file`` is whole or not there at all. A link of that name is replaced, not followed.

    Raises:
        OSError: if it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=".leitstern-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary = Path(name)
        temporary.chmod(0o644)  # a file made by hand would be as readable
        temporary.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def explain_write_error(error: OSError) -> str:
    """Return what the clerk can do about a file that could not be written, in one sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return texts.DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return texts.NOT_WRITABLE
    return texts.NOT_SAVED
