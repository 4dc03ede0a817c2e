"""The session without a person: what goes into the folder, what comes out, and how it ends when something fails."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.paths import Paths
from desktop.policy import NO_POLICY
from desktop.rehearsal import Rehearsal
from desktop.settings import Settings
from desktop.texts import window as texts
from desktop.widgets.pages import PAGES


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take pictures at once: here nobody looks at them."""
    monkeypatch.setattr("desktop.rehearsal._PAGE_MS", 0)


def rehearse(qtbot: QtBot, paths: Paths, assistant: Any, folder: Path) -> tuple[int, dict[str, Any]]:
    """Play a session in a real window and return its exit code and its record."""
    window, bridge, theme = make_window(paths, lambda: assistant, Settings())
    rehearsal = Rehearsal(window, bridge, folder, NO_POLICY)
    window.show()
    with qtbot.waitSignal(rehearsal.ended, timeout=60_000) as ended:
        bridge.open()
    assert not window.isVisible()
    window.deleteLater()
    theme.deleteLater()
    assert ended.args is not None
    record = json.loads((folder / "ergebnis/session.json").read_text(encoding="utf-8"))
    return ended.args[0], record


def test_a_session_asks_exports_and_shows_every_page(
    qtbot: QtBot, paths: Paths, assistant_type: Any, tmp_path: Path
) -> None:
    (tmp_path / "frage.txt").write_text("Darf ich das?\n\nUnd was noch?\n", encoding="utf-8")
    assistant = assistant_type()
    code, record = rehearse(qtbot, paths, assistant, tmp_path)
    assert (code, record["ok"], record["imported"]) == (0, True, 0)
    assert [asked for asked, _ in assistant.asked] == ["Darf ich das?", "Und was noch?"]
    assert [answer["state"] for answer in record["answers"]] == ["belegt", "belegt"]
    assert assistant.closed
    made = {file.name for file in (tmp_path / "ergebnis").iterdir()}
    assert {f"seite-{entry.name}.png" for entry in PAGES} <= made
    assert {Path(name).suffix for name in record["exports"]} == {".pdf", ".odt", ".md"}
    assert set(record["exports"]) <= made
    written = next((tmp_path / "ergebnis").glob("*.md")).read_text(encoding="utf-8")
    assert "Und was noch?" in written
    assert texts.APP_NAME in written


def test_documents_of_the_folder_are_taken_first(
    qtbot: QtBot, paths: Paths, assistant_type: Any, tmp_path: Path
) -> None:
    (tmp_path / "frage.txt").write_text("Darf ich das?", encoding="utf-8")
    (tmp_path / "hausordnung.md").write_text("# Hausordnung", encoding="utf-8")
    taken: list[tuple[list[str], str]] = []

    class Taking(assistant_type):  # type: ignore[misc]
        @property
        def library(self) -> Any:
            """Return the scripted library, which takes documents too."""
            known = vars(super().library)
            return SimpleNamespace(
                **known,
                import_paths=lambda files, name: taken.append(([file.name for file in files], name)),
                add_vectors=lambda: 1,
            )

    code, record = rehearse(qtbot, paths, Taking(), tmp_path)
    assert (code, record["imported"]) == (0, 1)
    assert taken == [(["hausordnung.md"], "probelauf")]


def test_a_problem_ends_the_session_and_is_named(
    qtbot: QtBot, paths: Paths, assistant_type: Any, tmp_path: Path
) -> None:
    code, record = rehearse(qtbot, paths, assistant_type(), tmp_path)
    assert (code, record["ok"], record["problem"]) == (1, False, "FileNotFoundError")
