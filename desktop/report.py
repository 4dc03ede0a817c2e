"""Gathers what the report for data protection says; ``report_text`` puts it into words. Knows no Qt."""

import os
import platform
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from desktop.inventory import (
    INVENTORY,
    Difference,
    Inventory,
    compare,
    compare_packages,
    delivered_sum,
    read_inventory,
    sum_of_file,
)
from desktop.licences import COMPONENT, LIBRARY, MODEL, Part, all_parts, runtime_packages
from desktop.network_test import Attempt, open_connections, try_network
from desktop.paths import Paths, is_frozen, program_dir
from desktop.policy import Policy
from desktop.protection import Protection, protection
from desktop.sbom import Component, make_sbom, python_purl
from desktop.settings import Settings, load_settings
from desktop.storage import Access, StoredData, access_to, stored_data
from guidelines_db.build import digest_file
from guidelines_db.errors import GuidelinesError
from guidelines_db.index_reader import IndexReader
from models.catalogue import load_catalogue

QT = "PySide6-Essentials"


@dataclass(frozen=True)
class FoundFile:
    """A model or index on disk. ``wanted`` is the SHA-256 it should have, "" if nothing says; ``date`` is ISO."""

    title: str
    file: Path
    size: int
    date: str
    sha256: str
    wanted: str


@dataclass(frozen=True)
class ReportFacts:
    """Everything the report says. ``difference`` is None where nothing can be compared.

    ``inventory_sum`` is the SHA-256 of the package's own list of files, "" in a checkout.
    """

    made_at: str
    folder: Path
    packaged: bool
    difference: Difference | None
    inventory_sum: str
    folder_access: Access | None
    parts: tuple[Part, ...]
    models: tuple[FoundFile, ...]
    index: FoundFile | None
    data_dir: Path
    data: tuple[StoredData, ...]
    settings: Settings  # as they hold
    attempts: tuple[Attempt, ...]
    connections: int | None
    protection: Protection
    policy: Policy
    policy_sum: str
    sbom: dict[str, Any]
    computer: str
    system: str
    account: str


def gather(
    paths: Paths, policy: Policy, *, folder: Path | None = None, packaged: bool | None = None
) -> ReportFacts:
    """Look at everything; takes seconds, as every file of the program is read. Nothing is changed.

    ``folder`` and ``packaged`` stand in for where this program lies and what it is.
    """
    folder = folder or program_dir()
    packaged = is_frozen() if packaged is None else packaged
    inventory = read_inventory(folder) if packaged else None
    made_at = datetime.now().astimezone().isoformat(timespec="seconds")
    parts = all_parts(_version(QT))
    models = tuple(_models(paths))
    index = _index(paths)
    return ReportFacts(
        made_at=made_at,
        folder=folder,
        packaged=packaged,
        difference=_difference(folder, inventory, packaged=packaged),
        inventory_sum=sum_of_file(folder / INVENTORY) if packaged else "",
        folder_access=access_to(folder),
        parts=parts,
        models=models,
        index=index,
        data_dir=paths.data_dir,
        data=tuple(stored_data(paths)),
        settings=policy.applied_to(load_settings(paths.settings)),
        attempts=tuple(try_network()),
        connections=open_connections(),
        protection=protection(),
        policy=policy,
        policy_sum=sum_of_file(policy.file) if policy.present else "",
        sbom=_sbom(parts, models, index, inventory, made_at),
        computer=platform.node(),
        system=_system(),
        account=_account(),
    )


def _difference(folder: Path, inventory: Inventory | None, *, packaged: bool) -> Difference | None:
    if inventory is not None:
        return compare(folder, inventory)
    return None if packaged else compare_packages(runtime_packages())


def _models(paths: Paths) -> list[FoundFile]:
    known = {entry.file: entry for entry in load_catalogue().values()}
    found = []
    for folder in paths.model_dirs:
        for file in sorted(folder.glob("*.gguf")) if folder.is_dir() else ():
            if not file.is_file():
                continue
            entry = known.get(file.name)
            found.append(_file(entry.title if entry else file.stem, file, entry.sha256 if entry else ""))
    return [file for file in found if file is not None]


def _index(paths: Paths) -> FoundFile | None:
    for file in (paths.shipped_index, paths.rebuilt_index):
        if not file.is_file():
            continue
        built = ""
        try:
            reader = IndexReader(file, own=False)
            try:
                built = reader.meta.get("built_at", "")
            finally:
                reader.close()
        except GuidelinesError:
            pass  # the sum tells that it is damaged
        try:
            wanted = digest_file(file).read_text(encoding="ascii").split()[0]
        except (OSError, ValueError, IndexError):
            wanted = ""
        found = _file("", file, wanted)
        return found and FoundFile(found.title, file, found.size, built or found.date, found.sha256, wanted)
    return None


def _file(title: str, file: Path, wanted: str) -> FoundFile | None:
    try:
        state = file.stat()
    except OSError:
        return None
    date = datetime.fromtimestamp(state.st_mtime).astimezone().isoformat(timespec="seconds")
    return FoundFile(title, file, state.st_size, date, sum_of_file(file), wanted)


def _sbom(
    parts: tuple[Part, ...],
    models: tuple[FoundFile, ...],
    index: FoundFile | None,
    inventory: Inventory | None,
    made_at: str,
) -> dict[str, Any]:
    licences = {part.name: part.licence for part in parts if part.kind == MODEL}
    versions = {part.name: part.version for part in parts if part.kind == MODEL}
    components = [_component(part, inventory) for part in parts if part.kind in (LIBRARY, COMPONENT)]
    components += [
        Component(
            "machine-learning-model",
            model.title,
            versions.get(model.title, ""),
            licences.get(model.title, ""),
            model.sha256,
        )
        for model in models
    ]
    if index is not None:
        components.append(Component("data", index.file.name, index.date, "", index.sha256))
    files = {name: sum_ for name, sum_ in (inventory.files if inventory else {}).items() if sum_[:2] != "->"}
    program = parts[0]
    return make_sbom(
        Component("application", program.name, program.version, program.licence), components, files, made_at
    )


def _component(part: Part, inventory: Inventory | None) -> Component:
    if part.kind == COMPONENT:
        return Component("framework", part.name, part.version, part.licence)
    here = (
        delivered_sum(distribution(part.name)) if inventory is None else inventory.packages.get(part.name, "")
    )
    purl = python_purl(part.name, part.version)
    return Component("library", part.name, part.version, part.licence, here, purl, listed=True)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _system() -> str:
    try:
        name = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        name = ""
    return ", ".join(filter(None, (name, f"{platform.system()} {platform.release()}", platform.machine())))


def _account() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError, AttributeError):
        return ""
