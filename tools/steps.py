"""Steps that are done once: run with progress, remembered by what they depend on.

A step is remembered by a digest over the contents of its inputs, never by file times, so that a
fresh checkout or a changed branch does exactly the work it needs.
"""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

FAILURE_LINES = 60  # of a failed command's output are shown


class SetupError(Exception):
    """A step could not be done; the message says what to do or where to look."""


def say(text: str) -> None:
    """Print one line at once, also when the output goes into a pipe."""
    print(text, flush=True)


def digest_of(paths: Iterable[Path], *extra: str) -> str:
    """Return a digest over the contents of ``paths`` (folders: every file in them) and ``extra``."""
    digest = hashlib.sha256()
    for text in extra:
        digest.update(text.encode() + b"\0")
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(path.parent).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class Stamps:
    """Remembers in small files which steps are done; deleting the folder forgets them all."""

    def __init__(self, folder: Path) -> None:
        """Keep the stamps in ``folder``, made when first needed."""
        self._folder = folder

    def is_done(self, step: str, key: str) -> bool:
        """Tell whether ``step`` was finished for exactly this ``key``."""
        file = self._folder / step
        return file.is_file() and file.read_text(encoding="ascii") == key

    def set_done(self, step: str, key: str) -> None:
        """Remember ``step`` as finished; atomic, so an interrupted run never leaves half a stamp."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / f"{step}.new"
        new.write_text(key, encoding="ascii")
        new.replace(self._folder / step)


def run_logged(command: Sequence[str | Path], log: Path, watch: Sequence[str] = ()) -> None:
    """Run a chatty ``command`` into ``log``; show one line for each output word in ``watch``.

    ``watch`` holds the first words of those lines that are progress, for example ``Collecting``.
    The whole output stays in ``log``; its end is shown when the command fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    shown = sys.stdout.isatty()
    count = 0
    with (
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            words = line.split()
            if words and words[0] in watch:
                count += 1
                text = f"   {count:3}  {' '.join(words[:2])}"[:100]
                if shown:
                    print(f"\r\x1b[2K{text}", end="", flush=True)
                elif count % 10 == 1:
                    say(text)
    if shown and count:
        print("\r\x1b[2K", end="", flush=True)
    if process.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-FAILURE_LINES:]
        say("\n".join(tail))
        raise SetupError(f"{Path(str(command[0])).name} failed; its whole output is in {log}")


def run_shown(command: Sequence[str | Path], *, results_shown: bool = True) -> str:
    """Run ``command`` with its own progress shown; return the last line of its standard output.

    ``results_shown=False`` shows what comes on standard error only.
    """
    last = ""
    with subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            if results_shown:
                say(f"   {line.rstrip()}")
            last = line.strip() or last
    if process.returncode:
        raise SetupError(f"{' '.join(str(part) for part in command[1:4])} failed, see above")
    return last


class Timed:
    """Says what is being done and, at its end, how long it took."""

    def __init__(self, what: str) -> None:
        """Announce ``what``."""
        self._what = what

    def __enter__(self) -> None:
        """Start."""
        self._start = time.monotonic()
        say(f"== {self._what} ...")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Report, unless it failed: then the failure speaks for itself."""
        if kind is None:
            say(f"   done after {time.monotonic() - self._start:.0f} s")
