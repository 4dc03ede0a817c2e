"""What the administration of this machine has decided for all its users, from one file that only root can write.

A policy only takes away: it can forbid, choose among what the program offers, or set a value, but nothing that the
program does not allow without it. Where the file has a mistake the stricter choice holds, see ``policy_file``.
docs/administration.md describes every key. Knows no Qt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.settings import Settings, WordingChoice

if TYPE_CHECKING:
    from guidelines_db.safe_files import FileRules

POLICY_FILE = Path("/etc/leitstern/policy.toml")
EXPORT_FORMATS = ("md", "pdf", "odt", "ods", "xlsx", "csv")
SETTINGS = ("model", "wording", "threads", "history")  # what ``settings.changeable`` may name


class Mistake(NamedTuple):
    """One thing wrong with the file: the line (0: none in particular), the key, and a German sentence."""

    line: int
    key: str
    text: str


@dataclass(frozen=True)
class Policy:
    """Decisions; None or the default decides nothing.

    ``present`` is whether there is a file, ``readable`` whether it could be read as TOML. ``unsafe`` is why its
    permissions do not protect it, in German, "" if they do.
    """

    file: Path = POLICY_FILE
    present: bool = False
    readable: bool = True
    unsafe: str = ""
    mistakes: tuple[Mistake, ...] = ()

    allowed_models: Mapping[str, str] | None = None  # SHA-256 -> the name it has in the file
    model: str | None = None  # a name of the catalogue, or a file name
    threads: int | None = None
    memory_mb: int | None = None  # for the process of the writing model, in 10^6 bytes
    wording: WordingChoice | None = None
    store_history: bool | None = None
    history_days: int | None = None
    import_allowed: bool = True
    import_folders: tuple[Path, ...] | None = None
    export_formats: tuple[str, ...] | None = None
    collections: tuple[str, ...] | None = None  # shipped ones
    own_collections: bool = True
    banner: str = ""
    contact: str = ""
    changeable: frozenset[str] = field(default_factory=frozenset)

    def locked(self) -> Mapping[str, object]:
        """Return the settings that users cannot change, by the names of the settings page, with their values."""
        decided: dict[str, object | None] = {
            "model": self.model,
            "wording": self.wording,
            "threads": self.threads,
            "history": self._history(),
        }
        return {
            name: value
            for name, value in decided.items()
            if value is not None and name not in self.changeable
        }

    def applied_to(self, settings: Settings) -> Settings:
        """Return what holds: what is locked wins, what may be changed is only a better default."""
        locked = self.locked()
        untouched = Settings()
        changes: dict[str, object] = {}
        if self.model is not None and ("model" in locked or settings.model == untouched.model):
            changes["model"] = self.model
        if self.wording is not None and ("wording" in locked or settings.wording == untouched.wording):
            changes["wording"] = self.wording
        if self.threads is not None and ("threads" in locked or settings.threads == untouched.threads):
            changes["threads"] = self.threads
        own = (settings.store_history, settings.history_days)
        history = self._history()
        if history is not None and ("history" in locked or own == (True, 0)):
            changes["store_history"], changes["history_days"] = history
        return replace(settings, **changes)  # type: ignore[arg-type]  # each of its field's own type

    def without_locked(self, now: Settings, stored: Settings) -> Settings:
        """Return ``now`` with the user's own ``stored`` values where the policy only covers them for the time being."""
        held = self.applied_to(stored)
        covered = ("model", "wording", "threads", "store_history", "history_days")
        names = [name for name in covered if getattr(now, name) == getattr(held, name)]
        return replace(now, **{name: getattr(stored, name) for name in names})

    def allows_model(self, sha256: str) -> bool:
        """Tell whether a model file with this SHA-256 may write answers."""
        return self.allowed_models is None or sha256.lower() in self.allowed_models

    @property
    def allowed_sums(self) -> frozenset[str] | None:
        """SHA-256 of the only model files that may write answers, None for any."""
        return None if self.allowed_models is None else frozenset(self.allowed_models)

    @property
    def most_memory(self) -> int | None:
        """The most that the process of the writing model may take, in bytes."""
        return None if self.memory_mb is None else self.memory_mb * 1_000_000

    @property
    def may_import(self) -> bool:
        """Whether users may take documents into collections of their own."""
        return self.import_allowed and self.own_collections and self.import_folders != ()

    def allows_export(self, ending: str) -> bool:
        """Tell whether files with this ending ("pdf" or ".pdf") may be saved."""
        return self.export_formats is None or ending.lower().lstrip(".") in self.export_formats

    @property
    def import_rules(self) -> "FileRules":
        """From where documents may be imported; ``import_allowed`` says whether at all."""
        from guidelines_db.safe_files import ANYWHERE, FileRules

        return ANYWHERE if self.import_folders is None else FileRules(self.import_folders)

    def _history(self) -> tuple[bool, int] | None:
        if self.store_history is None and self.history_days is None:
            return None
        return self.store_history is not False, self.history_days or 0


NO_POLICY = Policy()
"""What holds where the administration has decided nothing."""


def find_policy(file: Path = POLICY_FILE) -> Policy:
    """Return the policy in ``file``; without one nothing is decided, and what reads one is not even loaded."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return Policy(file)
    except OSError:
        pass  # what is wrong with it is said where it is read
    from desktop.policy_file import load_policy

    return load_policy(file)
