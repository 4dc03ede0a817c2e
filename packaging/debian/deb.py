"""Makes a Debian package out of a tree of files: always the same bytes from the same tree."""

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from common.contents import files_of
from common.places import DIST, source_date

COMPRESSIONS = {
    "none": ("--no-uniform-compression", "-Znone"),
    "fast": ("-Zzstd", "-z1"),  # for checks: two seconds
    "small": ("-Zxz", "-z6"),  # for release: a third smaller, some minutes
}


def make_deb(tree: Path, control: Mapping[str, str], compression: str, into: Path = DIST) -> Path:
    """Make ``NAME_VERSION_ARCHITECTURE.deb`` in ``into`` out of ``tree``, which gets a ``DEBIAN`` folder.

    Owner is root, times are those of the sources, and one thread compresses: several would cut the data
    in another way on another machine.
    """
    folder = tree / "DEBIAN"
    folder.mkdir(exist_ok=True)
    sizes = sum(max(1, -(-file.lstat().st_size // 1024)) for file in _payload(tree))
    fields = {**control, "Installed-Size": str(sizes)}
    description = fields.pop("Description")
    lines = [f"{name}: {value}\n" for name, value in fields.items()]
    (folder / "control").write_text("".join([*lines, f"Description: {description}\n"]), "utf-8")
    sums = [(_md5(file), file.relative_to(tree)) for file in _payload(tree) if not file.is_symlink()]
    (folder / "md5sums").write_text("".join(f"{digest}  {name}\n" for digest, name in sums), "utf-8")
    configuration = [
        f"/{file.relative_to(tree)}\n" for file in _payload(tree) if "etc" in file.relative_to(tree).parts[:1]
    ]
    if configuration:
        (folder / "conffiles").write_text("".join(configuration), "utf-8")
    _set_modes_and_times(tree)
    into.mkdir(parents=True, exist_ok=True)
    file = into / f"{control['Package']}_{control['Version']}_{control['Architecture']}.deb"
    unfinished = file.with_suffix(".new")
    command = ["dpkg-deb", "--root-owner-group", "--threads-max=1", *COMPRESSIONS[compression], "--build"]
    subprocess.run(
        [*command, tree, unfinished],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(source_date())},
    )
    return unfinished.replace(file)


def put(source: Path, target: Path, replacements: Mapping[str, str] | None = None) -> None:
    """Copy ``source`` to ``target``, its folders made, ``@NAME@`` replaced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not replacements:
        shutil.copyfile(source, target)
        return
    text = source.read_text("utf-8")
    for name, value in replacements.items():
        text = text.replace(f"@{name}@", value)
    target.write_text(text, "utf-8")


def put_compressed(text: str, target: Path) -> None:
    """Write ``text`` with gzip to ``target``, without name and time inside."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _payload(tree: Path) -> list[Path]:
    return [file for file in files_of(tree) if file.relative_to(tree).parts[0] != "DEBIAN"]


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()


def _set_modes_and_times(tree: Path) -> None:
    """Folders 755, files 644 unless they are programs: nobody but root may change what is installed."""
    date = source_date()
    for folder, names, files in os.walk(tree, topdown=False):
        for name in files:
            file = Path(folder) / name
            if not file.is_symlink():
                script = file.parent.name == "DEBIAN" and name in {"postinst", "postrm", "prerm", "preinst"}
                file.chmod(0o755 if script or (os.access(file, os.X_OK) and _is_program(file)) else 0o644)
            os.utime(file, (date, date), follow_symlinks=False)
        for name in names:
            if (Path(folder) / name).is_symlink():
                os.utime(Path(folder) / name, (date, date), follow_symlinks=False)
        Path(folder).chmod(0o755)
        os.utime(folder, (date, date))


def _is_program(file: Path) -> bool:
    return file.name == "leitstern" and file.parent.name == "leitstern"
