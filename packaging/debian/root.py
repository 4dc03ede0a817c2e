"""A bare Debian 12 in a folder, to install packages in: no Python, no network, nothing of this machine."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from models.build.place import BuildError, cache_folder, held, say

SUITE = "bookworm"
CLERK = 1000
"""The user who runs the program in there: an ordinary account."""

_TIMED_OUT = (124, 137)  # what timeout(1) ends with
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


class Root:
    """A mounted root folder. ``run`` runs a command in it, with or without the machine's network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.display = ":0"

    def command(
        self, arguments: Sequence[str | Path], *, clerk: bool, network: bool, before: Sequence[str] = ()
    ) -> list[str]:
        """Return the command that runs ``arguments`` inside; ``before`` is put around the change of root."""
        home = "/home/clerk" if clerk else "/root"
        user = [f"--userspec={CLERK}:{CLERK}", "--groups="] if clerk else []
        around = [] if network else ["unshare", "--net"]
        environment = ["env", "-i", f"HOME={home}", "LANG=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
        environment += [
            f"XDG_RUNTIME_DIR={home}",
            f"DISPLAY={self.display}",
            "DEBIAN_FRONTEND=noninteractive",
        ]
        return [
            *(*around, *before, "chroot", *user, str(self.folder), *environment),
            *(str(part) for part in arguments),
        ]

    def run(
        self,
        *arguments: str | Path,
        clerk: bool = True,
        network: bool = False,
        before: Sequence[str] = (),
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """Run ``arguments`` as the clerk (or as root) and return what came of it; raise BuildError after ``timeout``.

        The time is in seconds; what was started ends with it.
        """
        command = ["timeout", "--kill-after=10", str(timeout)]
        done = subprocess.run(
            [*command, *self.command(arguments, clerk=clerk, network=network, before=before)],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode in _TIMED_OUT:
            raise BuildError(f"{arguments[0]} did not end within {timeout:.0f} s\n{done.stdout}{done.stderr}")
        return done

    def files(self, *left_out: str) -> set[str]:
        """Return every file and folder inside, but not what lies below ``left_out`` or on another disk."""
        prune = " -o ".join(f"-path ./{name}" for name in left_out)
        command = f"find . -xdev \\( {prune} \\) -prune -o -print"
        found = subprocess.run(
            ["sh", "-c", command], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return set(found.stdout.splitlines())


@contextmanager
def clean_root(needed: Iterable[str]) -> Iterator[Root]:
    """Give a fresh root in which the packages ``needed`` are installed; it is gone afterwards.

    The first time it is made from Debian's archive, with network; a later one comes out of the cache.
    """
    archive = _kept_archive(sorted(needed))
    with tempfile.TemporaryDirectory(prefix="leitstern-root-") as name:
        folder = Path(name) / "root"
        folder.mkdir()
        subprocess.run(["tar", "--zstd", "-xpf", archive, "-C", folder], check=True)
        mounted = []
        try:
            for source, place, options in _mounts():
                (folder / place).mkdir(parents=True, exist_ok=True)
                subprocess.run(["mount", *options, source, folder / place], check=True)
                mounted.append(folder / place)
            _make_devices(folder / "dev")
            yield Root(folder)
        finally:
            for target in reversed(mounted):
                subprocess.run(["umount", "--lazy", target], check=True)


def _mounts() -> list[tuple[str, str, list[str]]]:
    sockets = Path("/tmp/.X11-unix")  # noqa: S108 - where every X server puts its sockets
    sockets.mkdir(mode=0o1777, exist_ok=True)
    return [
        ("proc", "proc", ["-t", "proc"]),
        ("tmpfs", "dev", ["-t", "tmpfs", "-o", "mode=755"]),
        ("tmpfs", "tmp", ["-t", "tmpfs", "-o", "mode=1777"]),
        (str(sockets), "tmp/.X11-unix", ["--bind"]),
    ]


def _make_devices(folder: Path) -> None:
    for name in _DEVICES:
        facts = Path("/dev", name).stat()
        os.mknod(folder / name, 0o20666, facts.st_rdev)
        (folder / name).chmod(0o666)
    (folder / "shm").mkdir(mode=0o1777)
    (folder / "shm").chmod(0o1777)


def _kept_archive(needed: list[str]) -> Path:
    """Return the archive of a root with ``needed``, made first if it is not in the cache."""
    key = hashlib.sha256(" ".join([SUITE, *needed]).encode()).hexdigest()[:16]
    archive = cache_folder() / "package-root" / f"{SUITE}-{key}.tar.zst"
    with held(archive.with_suffix(".lock")):
        if not archive.exists():
            say(f"making a bare {SUITE} with {len(needed)} packages and what they need, once")
            _make_archive(needed, archive)
    return archive


def _make_archive(needed: list[str], archive: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="bare-", dir=archive.parent) as name:
        folder = Path(name) / "root"
        subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, folder, _archive_address()],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        for file in ("etc/resolv.conf", "etc/hosts"):
            shutil.copyfile(Path("/") / file, folder / file)
        names = [_name_of(package) for package in needed]
        script = (
            "export DEBIAN_FRONTEND=noninteractive; apt-get update -q"
            f" && apt-get install -qy --no-install-recommends {' '.join(names)} && apt-get clean"
            f" && useradd --create-home --uid {CLERK} clerk"
        )
        subprocess.run(["chroot", folder, "sh", "-c", script], check=True, stdout=subprocess.DEVNULL)
        (folder / "etc/resolv.conf").unlink()
        unfinished = Path(name) / archive.name
        subprocess.run(
            ["tar", "--zstd", "--one-file-system", "-cpf", unfinished, "-C", folder, "."], check=True
        )
        unfinished.replace(archive)


def _archive_address() -> str:
    """Return where this machine has Debian from: the archive itself, or a town's own copy of it."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if not found:  # the lists have never been fetched, or were cleaned away
        subprocess.run(["apt-get", "update", "-q"], check=True, stdout=subprocess.DEVNULL)
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if not found:
        raise BuildError("apt knows no archive of Debian to make a bare system from")
    return found[0]


def _name_of(package: str) -> str:
    """Return the name in a dependency such as ``libc6 (>= 2.36)``."""
    return package.partition(" ")[0]
