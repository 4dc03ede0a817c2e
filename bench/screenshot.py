"""Makes docs/img/fragen.png from the real program: the real index, the real model, a real question.

    python -m bench.screenshot [FOLDER]

Works without a screen. The user's own data is not touched.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.answer import Answer
from desktop.app import make_window
from desktop.paths import find_paths, program_dir
from desktop.settings import Settings, ThemeChoice
from desktop.start import make_assistant
from desktop.theme import load_german

QUESTION = "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"
SIZE = (1360, 840)
LONGEST_WAIT_MS = 600_000


def main(arguments: list[str]) -> int:
    """Write ``fragen.png`` into the folder and return 0, or 1 if no answer came."""
    folder = Path(arguments[0]) if arguments else program_dir() / "docs/img"
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    load_german(application)
    with tempfile.TemporaryDirectory() as own:
        paths = find_paths(Path(own))
        settings = Settings(theme=ThemeChoice.LIGHT)
        window, bridge, _ = make_window(paths, lambda: make_assistant(paths), settings)
        window.resize(*SIZE)
        window.show()
        answers: list[Answer] = []
        loop = QEventLoop()

        def finish(answer: Answer) -> None:
            answers.append(answer)
            QTimer.singleShot(300, loop.quit)  # layouts come to rest

        window.ready.connect(lambda: window.ask(QUESTION))
        bridge.answered.connect(finish)
        QTimer.singleShot(LONGEST_WAIT_MS, loop.quit)
        bridge.open()
        loop.exec()
        picture = window.grab()
        window.close()
    if not answers:
        print("no answer came", file=sys.stderr)
        return 1
    picture.save(str(folder / "fragen.png"))
    timings = answers[0].timings
    print(
        f"fragen.png: {answers[0].ending.value}, {timings.first_token_ms} ms to the first token, "
        f"{timings.total_ms} ms in all"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
