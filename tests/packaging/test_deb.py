"""A package is the same to the byte whenever and wherever it is built, and its files belong to nobody but root."""

import os
import subprocess
from pathlib import Path

import pytest
from debian.deb import make_deb

CONTROL = {
    "Package": "leitstern",
    "Version": "1.0",
    "Architecture": "all",
    "Maintainer": "Nobody <nobody@leitstern.invalid>",
    "Description": "a package\n of a test",
}


def tree_in(folder: Path) -> Path:
    tree = folder / "tree"
    program = tree / "usr/lib/leitstern/leitstern"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o777)
    (program.parent / "data").write_text("data", encoding="utf-8")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/leitstern").symlink_to("../lib/leitstern/leitstern")
    (tree / "etc/leitstern").mkdir(parents=True)
    (tree / "etc/leitstern/settings").write_text("", encoding="utf-8")
    (tree / "etc/leitstern/settings").chmod(0o666)
    return tree


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = []
    for place in ("one", "another/folder"):
        old_umask = os.umask(0o077 if made else 0o002)
        try:
            made.append(make_deb(tree_in(tmp_path / place), CONTROL, "fast", tmp_path / place / "dist"))
        finally:
            os.umask(old_umask)
    assert made[0].name == "leitstern_1.0_all.deb"
    assert made[0].read_bytes() == made[1].read_bytes()


def test_root_owns_everything_and_others_only_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    package = make_deb(tree_in(tmp_path), CONTROL, "none", tmp_path)
    listed = subprocess.run(["dpkg-deb", "--contents", package], check=True, capture_output=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    assert {row[1] for row in rows} == {"root/root"}
    modes = {row[5].removeprefix("."): row[0] for row in rows}
    assert modes["/usr/lib/leitstern/leitstern"] == "-rwxr-xr-x"
    assert modes["/usr/lib/leitstern/data"] == modes["/etc/leitstern/settings"] == "-rw-r--r--"
    assert modes["/usr/lib/leitstern/"] == "drwxr-xr-x"
    fields = subprocess.run(["dpkg-deb", "--field", package], check=True, capture_output=True, text=True)
    assert "Installed-Size: 4" in fields.stdout


def test_files_below_etc_are_the_administrators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    package = make_deb(tree_in(tmp_path), CONTROL, "none", tmp_path)
    shown = subprocess.run(
        ["dpkg-deb", "--info", package, "conffiles"], check=True, capture_output=True, text=True
    )
    assert shown.stdout.split() == ["/etc/leitstern/settings"]
