"""The project's own files agree with each other, and hold nothing of the machine they were made on."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PACKAGES = ("desktop", "guidelines_db", "models", "resources")
TEXT_FILES = {".cfg", ".css", ".in", ".lock", ".md", ".py", ".qss", ".sh", ".svg", ".toml", ".txt", ".yml"}


def normalised(name: str) -> str:
    """Return a distribution's name as every tool compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, list[str]]:
    """Return the locked versions by distribution; more than one where Python versions differ."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^ \\;\n]+)", LOCK, re.MULTILINE):
        versions.setdefault(normalised(name), []).append(version)
    return versions


def requirements() -> list[str]:
    """Return all direct requirements: of the program, of its tests, of its build."""
    extras = PROJECT["optional-dependencies"]
    return [*PROJECT["dependencies"], *extras["dev"], *extras["build"], *extras["package"]]


def tracked_text_files() -> list[Path]:
    """Return the text files in the repository, but not the corpus: that is data, taken as it is."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name and "/corpus/" not in name]
    return [
        file
        for file in files
        if file.is_file() and (file.suffix in TEXT_FILES or file.name in {"Makefile", "run"})
    ]


def test_version_is_the_newest_in_the_changelog() -> None:
    """What the program calls itself is what its newest list of changes is for."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([^\]]+)\]", changelog, re.MULTILINE)
    assert headings[:2] == ["Unreleased", PROJECT["version"]]


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md", "docs/administration.md"])
def test_documented_make_commands_exist(document: str) -> None:
    """A newcomer who types what is written gets what is promised."""
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s])", (ROOT / document).read_text("utf-8")))
    assert named <= targets


def test_readme_names_the_two_first_commands() -> None:
    """The way in is two commands long."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


@pytest.mark.parametrize(
    "file", ["README.md", "CHANGELOG.md", *sorted(p.name for p in ROOT.glob("docs/*.md"))]
)
def test_links_between_documents_lead_somewhere(file: str) -> None:
    """Pictures and files that a document points to are in the repository."""
    path = ROOT / file if (ROOT / file).exists() else ROOT / "docs" / file
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing


def test_lock_covers_the_requirements() -> None:
    """Each direct requirement is locked, within the range it asks for."""
    from packaging.requirements import Requirement

    versions = locked()
    for text in requirements():
        requirement = Requirement(text)
        found = versions.get(normalised(requirement.name), [])
        assert found, f"{requirement.name} is not in requirements.lock: make lock"
        outside = [version for version in found if not requirement.specifier.contains(version)]
        assert not outside, f"{requirement.name} is locked to {outside}, outside {requirement.specifier}"


def test_everything_locked_is_hashed() -> None:
    """An exchanged file on the way is noticed."""
    for block in re.split(r"\n(?=\S)", LOCK):
        if "==" in block and not block.startswith("#"):
            assert "--hash=sha256:" in block, block.splitlines()[0]


def test_pyside_stays_below_the_version_that_aborts() -> None:
    """PySide6 6.12.0 on Python 3.11 aborts after some hundred emitted signals."""
    for version in locked()["pyside6-essentials"]:
        assert tuple(int(part) for part in version.split(".")[:2]) < (6, 12)


def test_nothing_of_this_machine_is_in_the_repository() -> None:
    """No absolute path of a developer's machine, no host of a package mirror or index."""
    machine = re.compile(
        r"(?<![\w.])/(?:root|home/[a-z]\w*|work|Users)/"
        r"|https?://(?:[\w.-]*(?:mirror|artifactory|nexus|devpi|proxy|registry|pypi)[\w.-]*)"
        r"|--(?:extra-)?index-url|--find-links",
        re.IGNORECASE,
    )
    found = []
    for file in tracked_text_files():
        if file == Path(__file__):  # holds the pattern itself
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if machine.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_nothing_the_program_needs_is_left_out_of_the_repository() -> None:
    """A file that lies in a package here but is ignored would be missing in every fresh clone."""
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "--", *PACKAGES]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [name for name in listed.stdout.splitlines() if "__pycache__" not in name] == []


def test_licence_text_is_the_declared_one() -> None:
    """The licence that is named is the licence that lies there."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in text.replace("15. ", "15.")
