"""Which data of a user lie where, how large they are, and who can read them: permissions as they really are."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.paths import Paths

# Keys of what may lie in the data folder, in the order shown; each has German words in texts.report.
_PLACES = (
    ("history", ("history.db", "history.db-wal", "history.db-shm", "history-unlesbar-*.db")),
    ("documents", ("documents", "own.db", "own.db-wal", "own.db-shm")),
    ("settings", ("settings.json", "window.json", "glossar.toml")),
    ("log", ("leitstern.log", "leitstern.log.*", "leitstern-absturz.log", "worker*.log")),
    ("checks", ("model-checks",)),
    ("models", ("models",)),
    ("derived", ("collections.db", "collections.db-*", "stamps", "states", "window.lock", "window.call")),
)
_ACL = "system.posix_acl_access"


@dataclass(frozen=True)
class Access:
    """Who can read a file or folder beside its owner and root. ``acl``: further rights that are not looked into."""

    owner: str
    group: str  # "" if its members cannot
    everyone: bool
    acl: bool
    mode: str  # as ls shows it


@dataclass(frozen=True)
class StoredData:
    """One kind of data: ``files`` that are there, their size in bytes, and the widest access to any of them."""

    key: str
    files: tuple[Path, ...]
    size: int
    access: Access | None  # None if there is nothing


def stored_data(paths: Paths) -> list[StoredData]:
    """Return every kind of data in the user's folder; what is of no known kind comes last, as "other"."""
    folder = paths.data_dir
    found = []
    seen: set[Path] = set()
    for key, patterns in _PLACES:
        files = tuple(sorted({file for pattern in patterns for file in folder.glob(pattern)}))
        seen.update(files)
        found.append(_data(key, files))
    others = tuple(sorted(set(folder.iterdir()) - seen)) if folder.is_dir() else ()
    return [*found, *([_data("other", others)] if others else [])]


def access_to(path: Path) -> Access | None:
    """Return who can read ``path``, its folders on the way considered; None if it cannot be examined."""
    try:
        state = path.stat()
        above = [folder.stat() for folder in path.resolve().parents]
    except OSError:
        return None
    everyone = bool(state.st_mode & stat.S_IROTH) and all(one.st_mode & stat.S_IXOTH for one in above)
    # A folder on the way lets the group through if it is the group's own, or open to everyone.
    through = all(
        one.st_mode & (stat.S_IXGRP if one.st_gid == state.st_gid else stat.S_IXOTH) for one in above
    )
    shared = bool(state.st_mode & stat.S_IRGRP) and through
    return Access(
        owner=_user(state.st_uid),
        group=_group(state.st_gid) if shared else "",
        everyone=everyone,
        acl=_has_acl(path),
        mode=stat.filemode(state.st_mode),
    )


def _data(key: str, files: tuple[Path, ...]) -> StoredData:
    single = [one for file in files for one in _files_below(file)]
    size = 0
    accesses = []
    for one in single or files:
        try:
            size += one.lstat().st_size if one.is_file() else 0
        except OSError:
            continue  # gone meanwhile
        if (access := access_to(one)) is not None:
            accesses.append(access)
    widest = max(accesses, key=lambda one: (one.everyone, one.acl, bool(one.group)), default=None)
    return StoredData(key, files, size, widest)


def _files_below(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (Path(folder) / name for name in names)


def _has_acl(path: Path) -> bool:
    try:
        return bool(os.getxattr(path, _ACL))
    except (OSError, AttributeError):
        return False  # none, or a system without them


def _user(number: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)


def _group(number: int) -> str:
    try:
        import grp

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return str(number)
