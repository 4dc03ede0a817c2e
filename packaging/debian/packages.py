"""Puts the two kinds of packages together: the program, and a language model."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from common.elf import is_elf
from common.places import BUNDLE, DIST, ROOT, VERSION, WORK, source_date
from steps import Timed

from debian.copyright import debian_package_of, model_copyright, program_copyright
from debian.deb import make_deb, put, put_compressed
from debian.libraries import needed_packages
from models.build.fetch import fetch
from models.build.place import cache_folder
from models.catalogue import ModelEntry, default_entry

FILES = Path(__file__).parent / "files"
ICON = ROOT / "resources/icons/leitstern.svg"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
MAINTAINER = os.environ.get("LEITSTERN_MAINTAINER", "Leitstern maintainers <maintainers@leitstern.invalid>")
APPARMOR = "usr.lib.leitstern.leitstern"  # the profile's name, by the program that it holds
DOCUMENTS = ("administration.md", "datenschutz.md", "cli.md")
_HOME = "usr/lib/leitstern"

_PROGRAM_DESCRIPTION = """offline answers from municipal AI guidelines, each with its source
 Clerks of German town halls ask; Leitstern answers with passages from municipal
 AI guidelines, law and related collections. Every sentence of an answer is
 backed by a visible passage. The program speaks German.
 .
 Nothing leaves the computer: neither the program nor its parts contain code
 that opens a network connection. A language model is packaged apart; without
 one, the passages themselves are the answer."""

_MODEL_DESCRIPTION = """language model {title} for Leitstern
 A language model ({parameters}) in the format of llama.cpp, which Leitstern uses
 to word answers from passages. It runs on the processor of this computer and is
 shared by all accounts."""


def make_program_package(compression: str, version: str = VERSION, into: Path = DIST) -> Path:
    """Make the package of the program from the bundle and return it."""
    tree = WORK / "deb/leitstern"
    with Timed(f"Packing leitstern {version}"):
        _fresh(tree)
        # links to one file: nothing is copied, and nothing below changes a file of the bundle
        shutil.copytree(BUNDLE, tree / _HOME, symlinks=True, copy_function=os.link)
        (tree / "usr/bin").mkdir(parents=True)
        (tree / "usr/bin/leitstern").symlink_to("../lib/leitstern/leitstern")
        _add_desktop_files(tree, version)
        _add_documents(tree, version)
        for script in ("postinst", "postrm"):
            put(FILES / script, tree / "DEBIAN" / script)
        put(FILES / "apparmor" / APPARMOR, tree / "etc/apparmor.d" / APPARMOR)
        put(FILES / "lintian-overrides", tree / "usr/share/lintian/overrides/leitstern")
        control = {
            **_control("leitstern", version, "amd64", _PROGRAM_DESCRIPTION),
            "Depends": ", ".join(needed_packages(BUNDLE)),
            "Recommends": package_name(default_entry("llm")),
            "Suggests": "apparmor",
        }
        return make_deb(tree, control, compression, into)


def make_model_package(entry: ModelEntry, into: Path = DIST) -> Path:
    """Make the package of one language model and return it; a model cannot be compressed further."""
    name = package_name(entry)
    tree = WORK / "deb" / name
    with Timed(f"Packing {name} {VERSION}"):
        _fresh(tree)
        target = tree / "usr/share/leitstern/models" / entry.file
        target.parent.mkdir(parents=True)
        shutil.copyfile(fetch(entry, cache_folder()), target)
        documents = tree / "usr/share/doc" / name
        documents.mkdir(parents=True)
        (documents / "copyright").write_text(model_copyright(entry), "utf-8")
        put_compressed(changelog(name, VERSION), documents / "changelog.gz")
        put(FILES / "lintian-overrides-model", tree / "usr/share/lintian/overrides" / name, {"NAME": name})
        description = _MODEL_DESCRIPTION.format(title=entry.title, parameters=entry.parameters)
        control = {**_control(name, VERSION, "all", description), "Enhances": "leitstern"}
        made = make_deb(tree, control, "none", into)
        shutil.rmtree(tree)
        return made


def package_name(entry: ModelEntry) -> str:
    """Return the name of the package for ``entry``."""
    return f"leitstern-model-{re.sub(r'[^a-z0-9.+-]+', '-', entry.name.lower())}"


def _control(name: str, version: str, architecture: str, description: str) -> dict[str, str]:
    return {
        "Package": name,
        "Version": version,
        "Section": "misc",
        "Priority": "optional",
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Description": description,
    }


def _add_desktop_files(tree: Path, version: str) -> None:
    date = datetime.fromtimestamp(source_date(), UTC).strftime("%Y-%m-%d")
    filled = {"VERSION": version, "DATE": date}
    share = tree / "usr/share"
    put(FILES / "leitstern.desktop", share / "applications/leitstern.desktop")
    put(FILES / "leitstern.metainfo.xml", share / "metainfo/de.leitstern.leitstern.metainfo.xml", filled)
    put(ICON, share / "icons/hicolor/scalable/apps/leitstern.svg")
    for size in ICON_SIZES:
        (share / f"icons/hicolor/{size}x{size}/apps").mkdir(parents=True)
    drawing = str(ROOT / "packaging/common/draw_icon.py")
    command = [sys.executable, drawing, str(ICON), str(share / "icons/hicolor")]
    subprocess.run(
        [*command, *(str(size) for size in ICON_SIZES)],
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    manual = share / "man/de/man1/leitstern.1"
    put(FILES / "leitstern.1", manual, filled)
    put_compressed(manual.read_text("utf-8"), manual.with_suffix(".1.gz"))
    manual.unlink()
    (share / "man/man1").mkdir(parents=True)
    (share / "man/man1/leitstern.1.gz").symlink_to("../de/man1/leitstern.1.gz")


def _add_documents(tree: Path, version: str) -> None:
    documents = tree / "usr/share/doc/leitstern"
    for name in DOCUMENTS:
        put(ROOT / "docs" / name, documents / name)
        (documents / name).chmod(0o644)
    example = ROOT / "packaging/common/policy.example.toml"
    if example.is_file():
        put(example, documents / "examples/policy.example.toml")
    put_compressed(changelog("leitstern", version), documents / "changelog.gz")
    from PySide6 import __version__ as qt_version

    taken = _debian_libraries()
    text = program_copyright(f"{_HOME}/_internal", qt_version, taken)
    (documents / "copyright").write_text(text, "utf-8")
    for package in sorted({*taken.values()}):
        put(Path("/usr/share/doc") / package / "copyright", documents / "libraries" / f"{package}.txt")


def _debian_libraries() -> dict[str, str]:
    """Return the bundle's libraries that come from this Debian, with their packages."""
    sources = json.loads((WORK / "binaries.json").read_text("utf-8"))
    found = {}
    for name, source in sources.items():
        file = BUNDLE / "_internal" / name
        if "/" not in name and file.exists() and not file.is_symlink() and is_elf(file):
            package = debian_package_of(Path(source))
            if package:
                found[name] = package
    return found


def changelog(package: str, version: str) -> str:
    """Return CHANGELOG.md's entry for this version in Debian's form."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = re.search(
        rf"^## \[{re.escape(VERSION)}\][^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    points = re.findall(r"^- (.*(?:\n  .*)*)", found[1] if found else "", re.MULTILINE)
    body = "\n".join(
        textwrap.fill(
            " ".join(point.split()),
            width=78,
            initial_indent="  * ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for point in points
    )
    date = format_datetime(datetime.fromtimestamp(source_date(), UTC))
    return f"{package} ({version}) stable; urgency=medium\n\n{body}\n\n -- {MAINTAINER}  {date}\n"


def _fresh(tree: Path) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
