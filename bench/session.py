"""One question in the real window, from opening to the finished answer; then it closes.

Serves the memory figures. Ends with 1 when the answer did not come to its end.
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.answer import Answer, Ending
from desktop.app import make_window
from desktop.paths import find_paths
from desktop.settings import Settings, WordingChoice
from desktop.start import make_assistant
from desktop.theme import load_german

QUESTION = "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"


def main() -> int:
    """Ask, wait for the answer, close; return the exit code."""
    application = QApplication(sys.argv[:1])
    load_german(application)
    endings: list[Ending] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = find_paths(Path(folder))
        window, bridge, _ = make_window(
            paths, lambda: make_assistant(paths, wording=WordingChoice.ALWAYS), Settings()
        )

        def close(answer: Answer) -> None:
            endings.append(answer.ending)
            window.close()

        window.ready.connect(lambda: window.ask(QUESTION))
        bridge.answered.connect(close)
        for failed in (bridge.failed, bridge.open_failed):
            failed.connect(lambda _: window.close())
        window.show()
        bridge.open()
        application.exec()
    return 0 if endings == [Ending.DONE] else 1


if __name__ == "__main__":
    sys.exit(main())
