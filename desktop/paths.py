"""Where everything lies; the only place that knows folders, in source and when installed."""

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

APP = "leitstern"
_ON_LINUX = sys.platform == "linux"


@dataclass(frozen=True)
class Paths:
    """Folders and files of one run. Nothing is created here."""

    data_dir: Path  # the user's own: own documents, history, settings, log
    share_dir: Path  # built once, read-only for all users: the shipped index
    model_dirs: tuple[Path, ...]  # where .gguf files may lie, first match wins

    @property
    def shipped_index(self) -> Path:
        """The index of the shipped collections as it was installed or built."""
        return self.share_dir / "collections.db"

    @property
    def rebuilt_index(self) -> Path:
        """Stands in for ``shipped_index`` when that is missing or damaged."""
        return self.data_dir / "collections.db"

    @property
    def own_index(self) -> Path:
        """The user's own documents and their index."""
        return self.data_dir / "own.db"

    @property
    def own_documents(self) -> Path:
        """The texts the user imported, one file each; ``own_index`` is derived from them."""
        return self.data_dir / "documents"

    @property
    def stamps(self) -> Path:
        """Checksums of model files, remembered so that they are computed once."""
        return self.data_dir / "stamps"

    @property
    def states(self) -> Path:
        """What models know behind the program's fixed instructions, kept so that they start faster."""
        return self.data_dir / "states"

    @property
    def verdicts(self) -> Path:
        """Which models passed the acceptance test here, with the reports."""
        return self.data_dir / "model-checks"

    @property
    def history(self) -> Path:
        """Past questions and answers."""
        return self.data_dir / "history.db"

    @property
    def settings(self) -> Path:
        """The user's settings."""
        return self.data_dir / "settings.json"

    @property
    def window_state(self) -> Path:
        """Where the clerk was: page, question not yet asked."""
        return self.data_dir / "window.json"

    @property
    def log(self) -> Path:
        """Ids and timings, never a question or a text."""
        return self.data_dir / "leitstern.log"

    @property
    def lock(self) -> Path:
        """Held by the one open window of this data folder."""
        return self.data_dir / "window.lock"


def make_data_dir(paths: Paths) -> None:
    """Make the user's data folder if there is none, for the user alone. One that cannot be made is met later."""
    with contextlib.suppress(OSError):
        paths.data_dir.parent.mkdir(parents=True, exist_ok=True)
        paths.data_dir.mkdir(mode=0o700)


def is_frozen() -> bool:
    """Tell whether this is the packaged program."""
    return bool(getattr(sys, "frozen", False))


def program_dir() -> Path:
    """Return the folder of the packaged program, or of the checkout."""
    if is_frozen():
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parent.parent


def find_paths(data_dir: Path | None = None) -> Paths:
    """Return the paths of this run; ``data_dir`` replaces the user's own folder.

    Local, not roaming, folders: town halls keep roaming profiles on servers.
    """
    own = data_dir or _user_data_path()
    share = program_dir() / ("share" if is_frozen() else "build/share")
    cache = _user_cache_path()
    system = Path("/usr/share/leitstern/models")
    return Paths(
        data_dir=own.absolute(),
        share_dir=share,
        model_dirs=(share / "models", system, own.absolute() / "models", cache / "models"),
    )


def _user_data_path() -> Path:
    if _ON_LINUX:
        return _by_variable("XDG_DATA_HOME", ".local/share")
    import platformdirs

    return platformdirs.user_data_path(APP, appauthor=False, roaming=False)


def _user_cache_path() -> Path:
    if _ON_LINUX:
        return _by_variable("XDG_CACHE_HOME", ".cache")
    import platformdirs

    return platformdirs.user_cache_path(APP, appauthor=False)


def _by_variable(name: str, default: str) -> Path:
    """Return what platformdirs returns on Linux, without the time that it takes to load."""
    folder = Path(os.environ.get(name, "").strip())
    return (folder if folder.is_absolute() else Path.home() / default) / APP


def worker_command(most_memory: int | None = None) -> list[str]:
    """Return the command that starts this same program as a model worker; ``most_memory`` is in bytes."""
    program = [sys.executable] if is_frozen() else [sys.executable, "-m", "desktop"]
    limit = [] if most_memory is None else ["--memory", str(most_memory)]
    return [*program, "--worker", *limit]
