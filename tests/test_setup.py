"""The set-up of a bare machine: steps are remembered by content, failures are shown, nothing is half done."""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parent.parent / "tools"


@pytest.fixture
def tools() -> Iterator[Path]:
    """Make the modules of ``tools/`` importable, as they are when the set-up runs as a script."""
    sys.path.insert(0, str(TOOLS))
    yield TOOLS
    sys.path.remove(str(TOOLS))
    for file in TOOLS.glob("*.py"):
        sys.modules.pop(file.stem, None)


@pytest.fixture
def steps(tools: Path) -> ModuleType:
    """Return ``tools/steps.py``."""
    return importlib.import_module("steps")


def test_digest_follows_content_and_not_time(steps: ModuleType, tmp_path: Path) -> None:
    """A fresh checkout has new times and the same content: nothing is to be done."""
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    file = folder / "sub/a.md"
    file.write_text("eins")
    before = steps.digest_of([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/a.pyc").write_text("made at run time")
    file.touch()
    assert steps.digest_of([folder]) == before
    file.write_text("zwei")
    changed = steps.digest_of([folder])
    assert changed != before
    file.rename(folder / "sub/b.md")
    assert steps.digest_of([folder]) != changed
    assert steps.digest_of([folder], "3.12") != steps.digest_of([folder], "3.11")


def test_a_step_counts_for_its_key_only(steps: ModuleType, tmp_path: Path) -> None:
    """Another lock file, another digest: the step is done again."""
    stamps = steps.Stamps(tmp_path / "stamps")
    assert not stamps.is_done("dependencies", "a")
    stamps.set_done("dependencies", "a")
    assert stamps.is_done("dependencies", "a")
    assert not stamps.is_done("dependencies", "b")
    assert not stamps.is_done("index", "a")
    assert [file.name for file in (tmp_path / "stamps").iterdir()] == ["dependencies"]


def test_a_failing_command_shows_its_end_and_names_its_log(
    steps: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever set it up sees the reason without looking for it."""
    log = tmp_path / "logs/step.log"
    command = [sys.executable, "-c", "print('disk is full'); raise SystemExit(3)"]
    with pytest.raises(steps.SetupError, match=r"step\.log"):
        steps.run_logged(command, log)
    assert "disk is full" in capsys.readouterr().out
    assert log.read_text() == "disk is full\n"


def test_a_chatty_command_shows_its_progress_only(
    steps: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Long output goes to the log; what counts is shown."""
    command = [sys.executable, "-c", "print('WARNING: never mind'); print('Collecting numpy==2')"]
    steps.run_logged(command, tmp_path / "log", watch=("Collecting",))
    shown = capsys.readouterr().out
    assert "numpy==2" in shown
    assert "never mind" not in shown
    assert "never mind" in (tmp_path / "log").read_text()


def test_the_last_line_of_a_shown_command_is_its_result(steps: ModuleType) -> None:
    """``models.build wheel`` ends with the path of the wheel."""
    assert steps.run_shown([sys.executable, "-c", "print('building'); print('/tmp/a.whl'); print()"]) == (
        "/tmp/a.whl"  # noqa: S108 - a name only
    )


def test_llama_is_cut_out_of_the_lock_whole(tools: Path) -> None:
    """What is compiled here cannot be checked against the hash of an archive; the rest still is."""
    setup = importlib.import_module("setup")
    block = setup.locked_block("llama-cpp-python")
    lock = setup.LOCK.read_text(encoding="utf-8")
    assert block.startswith("llama-cpp-python==")
    assert block.count("==") == 1
    rest = lock.replace(block, "")
    assert rest.count("==") == lock.count("==") - 1
    assert all(line.startswith((" ", "#")) or "==" in line for line in rest.splitlines() if line)
    with pytest.raises(setup.SetupError, match="make lock"):
        setup.locked_block("not-in-the-lock")


def test_missing_system_packages_are_named_once_and_not_installed_without_root(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without root one line says what to install; a package that brings two things is named once."""
    packages = importlib.import_module("system_packages")
    setup = importlib.import_module("setup")
    needs = (
        packages.library("libnothere1", "libnothere.so.1"),
        packages.program("nothere-tools", "nothere"),
        packages.program("nothere-tools", "nothere-too"),
        packages.library("libc6", "libc.so.6"),
    )
    monkeypatch.setattr(packages, "NEEDS", needs)
    monkeypatch.setattr(setup, "may_install", lambda: False)
    assert packages.missing_packages() == ["libnothere1", "nothere-tools"]
    with pytest.raises(setup.SetupError, match="apt-get install libnothere1 nothere-tools"):
        setup.system_packages()


def test_of_the_indexes_kept_for_other_checkouts_the_oldest_go(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is whole, and the folder does not grow with every change of the texts."""
    setup = importlib.import_module("setup")
    monkeypatch.setattr(setup, "KEPT_INDEXES", tmp_path / "indexes")
    made = tmp_path / "share"
    made.mkdir()
    for number in range(setup.INDEXES_KEPT + 2):
        (made / "collections.db").write_text(f"texts {number}")
        kept = tmp_path / "indexes" / f"key-{number}"
        setup.keep_index(made, kept)
        os.utime(kept, (number, number))
    found = {folder.name: (folder / "collections.db").read_text() for folder in kept.parent.iterdir()}
    assert found == {f"key-{number}": f"texts {number}" for number in (2, 3, 4)}
