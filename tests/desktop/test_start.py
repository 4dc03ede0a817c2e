"""The window takes a question before anything else is ready, and loses nothing of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.paths import Paths
from desktop.settings import Settings
from tests.desktop.conftest import LateDesk

ROOT = Path(__file__).resolve().parents[2]

# What the first picture of the window can do without; all of it together takes longer than the window.
LATER = (
    *(
        "csv",
        "datetime",
        "email",
        "importlib.metadata",
        "markdown",
        "numpy",
        "odfdo",
        "pickle",
        "platformdirs",
    ),
    *("socket", "sqlite3", "sqlite_utils", "tomllib", "xml.etree.ElementTree", "yaml"),
    *("desktop.answer", "desktop.assistant", "desktop.history", "desktop.policy_file", "desktop.start"),
    *("desktop.texts.problems", "desktop.widgets.filter_panel", "desktop.widgets.passage_pane"),
    *("desktop.widgets.ask_keys", "desktop.widgets.turn", "guidelines_db.results", "models"),
)

LOADED_WHEN_PAINTED = """
import gc, json, sys
import desktop.app
from desktop.__main__ import main
from PySide6 import QtGui, QtWidgets

def note(window, bridge):
    print(json.dumps([sorted(sys.modules), "QStyle" in vars(QtWidgets), gc.isenabled()]))
    print(json.dumps([name for name in ("QAction", "QKeySequence", "QTextCursor") if name in vars(QtGui)]))
    begin(window, bridge)
    print(json.dumps(gc.isenabled()))
    window.close()

begin, desktop.app._begin = desktop.app._begin, note
sys.exit(main(["--data-dir", sys.argv[1]]))
"""


def test_what_is_not_seen_at_first_is_not_loaded_before_the_window_is_painted(data_dir: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOADED_WHEN_PAINTED, str(data_dir)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    first, many_names, second = map(json.loads, ended.stdout.splitlines())
    modules, style_known, collecting = first
    assert not set(LATER) & set(modules)
    assert "desktop.widgets.ask_page" in modules
    assert not style_known, "a style object brings some hundred names with it"
    assert not many_names, "nor are keys and cursors needed for the first letter"
    assert not collecting
    assert second is True, "from then on garbage is collected"


@pytest.mark.parametrize("enter", [True, False], ids=["asked", "only typed"])
def test_what_is_typed_before_the_collections_are_open_is_not_lost(
    qtbot: QtBot, late_desk: LateDesk, enter: bool
) -> None:
    window = late_desk.window
    box = window.findChild(QPlainTextEdit, "question")
    qtbot.waitUntil(box.hasFocus, timeout=5_000)
    qtbot.keyClicks(box, "Darf ich das?")
    if enter:
        qtbot.keyClick(box, Qt.Key.Key_Return)
        with qtbot.waitSignal(late_desk.bridge.answered, timeout=20_000):
            late_desk.open_collections()
        assert [asked[0] for asked in late_desk.assistant.asked] == ["Darf ich das?"]
    else:
        with qtbot.waitSignal(window.ready, timeout=20_000):
            late_desk.open_collections()
        assert box.toPlainText() == "Darf ich das?"
        assert box.hasFocus()


def test_the_first_paint_is_told_once(qtbot: QtBot, qapp: QApplication, paths: Paths, assistant_type) -> None:
    window, bridge, theme = make_window(paths, assistant_type, Settings())
    told: list[int] = []
    window.painted.connect(lambda: told.append(1))
    window.show()
    qtbot.waitUntil(lambda: told == [1], timeout=5_000)
    window.update()
    qtbot.wait(1_200)
    assert told == [1]
    bridge.close()
    window.deleteLater()
    theme.deleteLater()


def test_a_window_that_is_never_painted_gets_on_all_the_same(
    qtbot: QtBot, qapp: QApplication, paths: Paths, assistant_type
) -> None:
    window, bridge, theme = make_window(paths, assistant_type, Settings())
    with qtbot.waitSignal(window.painted, timeout=10_000):
        window.showMinimized()
    bridge.close()
    window.deleteLater()
    theme.deleteLater()
