"""One window per data folder."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.single_window import SingleWindow

SECOND_START = (
    "import sys\n"
    "from pathlib import Path\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "from desktop.single_window import SingleWindow\n"
    "application = QCoreApplication([])\n"
    "single = SingleWindow(Path(sys.argv[1]))\n"
    "print(single.claim(), single.call_first())\n"
)


def test_a_second_start_calls_the_first_window(qtbot: QtBot, data_dir: Path) -> None:
    first = SingleWindow(data_dir / "window.lock")
    assert first.claim()
    with qtbot.waitSignal(first.called, timeout=30_000):
        second = subprocess.Popen(
            [sys.executable, "-c", SECOND_START, str(data_dir / "window.lock")],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
    output, _ = second.communicate(timeout=30)
    assert output.split() == ["False", "True"]
    first.release()


def test_without_an_answer_the_second_start_knows(qtbot: QtBot, data_dir: Path) -> None:
    first = SingleWindow(data_dir / "window.lock")
    assert first.claim()
    other = SingleWindow(data_dir / "window.lock")
    assert not other.claim()
    first._watcher.removePaths(first._watcher.directories())
    assert not other.call_first()
    assert not (data_dir / "window.call").exists()
    first.release()
    assert other.claim()
    other.release()


def test_a_folder_without_write_access_locks_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert SingleWindow(tmp_path / "file" / "window.lock").claim()
