"""Takes a model file that someone brought on a stick: checked, named by its sum, copied whole or not at all."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.policy import NO_POLICY, Policy
from guidelines_db.safe_files import followed_link
from models.catalogue import load_catalogue
from models.model_file import check_header, sha256_of

CHUNK = 4 * 2**20

Progress = Callable[[int, int], None]


class ModelNotTaken(Exception):
    """A model file was not taken; ``key`` says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class TakenModel:
    """A model file in the program's folder. ``title`` is the catalogue's name for it, "" if it does not know it.

    ``followed`` is where the chosen file led, if it was a link.
    """

    file: Path
    sha256: str
    title: str
    followed: Path | None = None


def take_model(
    source: Path,
    folder: Path,
    on_progress: Progress = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    policy: Policy = NO_POLICY,
) -> TakenModel:
    """Copy ``source`` into ``folder``; ``on_progress`` hears bytes done and in all.

    Raises:
        ModelNotTaken: "cancelled", "unreadable", "no_room", "folder_unwritable", "exists_differently", or
            "not_allowed" where ``policy`` does not allow a file with this sum.
        ModelError: if ``source`` is no model file.
    """
    check_header(source)
    target = folder / source.name
    try:
        total = source.stat().st_size
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".taking-", dir=folder)
    except OSError as error:
        raise ModelNotTaken("folder_unwritable") from error
    unfinished = Path(name)
    digest = hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as copy:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(
                    copy.fileno(), 0, max(1, total)
                )  # a full disk shows before minutes of copying
            done = 0
            with source.open("rb") as stream:
                while block := stream.read(CHUNK):
                    if is_cancelled():
                        raise ModelNotTaken("cancelled")
                    copy.write(block)
                    digest.update(block)
                    done += len(block)
                    on_progress(done, total)
            copy.truncate(done)
            copy.flush()
            os.fsync(copy.fileno())
        sha256 = digest.hexdigest()
        if not policy.allows_model(sha256):
            raise ModelNotTaken("not_allowed")
        if target.exists() and (target.stat().st_size != done or sha256_of(target) != sha256):
            raise ModelNotTaken("exists_differently")
        unfinished.chmod(0o644)
        unfinished.replace(target)
    except OSError as error:
        raise ModelNotTaken("no_room") from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()
    known = next((entry.title for entry in load_catalogue().values() if entry.sha256 == sha256), "")
    return TakenModel(target, sha256, known, followed_link(source))
