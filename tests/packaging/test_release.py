"""Whatever names a version names the same one: project, changes, AppStream data, man page, packages."""

import re
import tomllib
from pathlib import Path

from common.places import VERSION, source_date
from debian.deb import put
from debian.packages import FILES, changelog

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_project_changes_and_packages_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert re.findall(r"^## \[(\d[^\]]*)\]", CHANGELOG, re.MULTILINE)[0] == VERSION


def test_appstream_and_man_page_get_the_version_and_nothing_else_is_left_open(tmp_path: Path) -> None:
    for name, expected in (
        ("leitstern.metainfo.xml", f'<release version="{VERSION}" date="2026-11-26"/>'),
        ("leitstern.1", f'.TH LEITSTERN 1 2026-11-26 "Leitstern {VERSION}"'),
    ):
        put(FILES / name, tmp_path / name, {"VERSION": VERSION, "DATE": "2026-11-26"})
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert expected in text
        assert not re.search(r"@[A-Z]+@", text)


def test_the_packages_list_the_changes_of_their_version() -> None:
    written = changelog("leitstern", VERSION)
    first, *lines = written.splitlines()
    assert first == f"leitstern ({VERSION}) stable; urgency=medium"
    assert lines[-1].startswith(" -- ")
    assert "Debian 12" in written
    assert all(len(line) <= 80 for line in lines[:-1])


def test_the_date_of_the_sources_can_be_given(monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert source_date() == 1_700_000_000


def test_the_man_page_names_every_command_and_option() -> None:
    page = (FILES / "leitstern.1").read_text(encoding="utf-8").replace("\\-", "-")
    source = (ROOT / "desktop/cli_arguments.py").read_text(encoding="utf-8")
    commands = set(re.findall(r"found\.add_parser\(\"(\w+)\"", source))
    assert {"search", "ask", "import", "doctor"} <= commands
    assert {command for command in commands if not re.search(rf"\b{command}\b", page)} == set()
