"""Makes the pictures in docs/img/ and in the handbook from the real program: every page, all colours, two sizes.

    python -m bench.screenshot [FOLDER]

Real index, real models, real questions. Works without a screen; the user's own data is not touched. Pictures have a
palette of 256 colours, which keeps text as it is painted and files small.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.app import make_window
from desktop.bridge import Bridge
from desktop.document_place import Place
from desktop.paths import find_paths, program_dir
from desktop.settings import Settings, ThemeChoice
from desktop.start import make_assistant
from desktop.theme import Theme, load_german
from desktop.widgets.main_window import MainWindow
from desktop.widgets.pages import SETTINGS
from desktop.widgets.settings_page import SettingsPage

QUESTIONS = (
    "Wann ist ein Rat befangen?",
    "Muss ich KI-Texte kennzeichnen?",
    "Wie viele Leitlinien gibt es aus Bayern?",
    "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?",
)
SIZES = ((1360, 840), (1024, 700))
THEMES = {ThemeChoice.LIGHT: "hell", ThemeChoice.DARK: "dunkel", ThemeChoice.HIGH_CONTRAST: "kontrast"}
REST_MS = 250  # layouts come to rest
LONGEST_MS = 600_000
COLOURS = 256
FOR_THE_HANDBOOK = "hell-1360"


@dataclass(frozen=True)
class Scene:
    """A page as it is shown: the name of its pictures, the page's name, what is done there first, who shows it."""

    name: str
    page: str
    prepare: Callable[[QWidget], None] = lambda _page: None
    in_handbook: bool = True


def _first_entry(page: QWidget) -> None:
    """Choose the first entry of the page's first list."""
    for view in page.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None and view.model().rowCount():
            view.setFocus()
            for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                QTest.keyClick(view, key)
            return


def _document(page: QWidget) -> None:
    page.show_place(Place("ki-leitlinien", "wien", ""))  # type: ignore[attr-defined]


def _cells(page: QWidget) -> None:
    """Choose two cells beside each other."""
    table = page.matrix.table  # type: ignore[attr-defined]
    table.setFocus()
    down, right, space = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space
    for key in (down, down, down, space, right, space):
        QTest.keyClick(table, key)


def _passage(page: QWidget) -> None:
    page.open_passage(page.current_turn, 1)  # type: ignore[attr-defined]
    page.focus_first()  # type: ignore[attr-defined]
    page.open_passage(page.current_turn, 1, take_focus=False)  # type: ignore[attr-defined]


def _chapter(page: QWidget) -> None:
    page.open("erste-schritte")  # type: ignore[attr-defined]


SCENES = (
    Scene("fragen", "ask", _passage),
    Scene("bibliothek", "library"),
    Scene("bibliothek-dokument", "library", _document),
    Scene("vergleichen", "compare", in_handbook=False),
    Scene("vergleichen-nebeneinander", "compare", _cells),
    Scene("verlauf", "history", _first_entry),
    Scene("einstellungen", "settings"),
    Scene("hilfe", "help", _chapter, in_handbook=False),
)


def small(picture: QImage) -> QImage:
    """Return ``picture`` with a palette: its commonest colours, every other one as the nearest of them."""
    image = picture.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(height, image.bytesPerLine() // 4)
    colours, places, counts = np.unique(pixels[:, :width] & 0xFFFFFF, return_inverse=True, return_counts=True)
    kept = np.argsort(counts)[::-1][:COLOURS]
    parts = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
    nearest = np.empty(len(colours), dtype=np.uint8)
    for first in range(0, len(colours), 1024):
        distances = ((parts[first : first + 1024, None, :] - parts[None, kept, :]) ** 2).sum(axis=2)
        nearest[first : first + 1024] = distances.argmin(axis=1)
    indices = nearest[places.reshape(height, width)]
    padded = np.zeros((height, (width + 3) // 4 * 4), dtype=np.uint8)
    padded[:, :width] = indices
    made = QImage(padded.tobytes(), width, height, padded.shape[1], QImage.Format.Format_Indexed8)
    made.setColorTable([int(0xFF000000 | int(colours[place])) for place in kept])
    return made.copy()


class Photographer:
    """Takes all pictures of one window."""

    def __init__(self, window: MainWindow, bridge: Bridge, theme: Theme) -> None:
        self._window = window
        self._bridge = bridge
        self._theme = theme

    def ask(self, question: str) -> None:
        """Ask and wait for the end."""
        loop = QEventLoop()
        connection = self._bridge.answered.connect(lambda _: loop.quit())
        QTimer.singleShot(LONGEST_MS, loop, loop.quit)
        self._window.ask(question)
        loop.exec()
        self._bridge.answered.disconnect(connection)

    def pictures(self) -> Iterator[tuple[Scene, str, QImage]]:
        """Yield every scene in every look, with the look's name and the picture."""
        for scene in SCENES:
            self._look(ThemeChoice.LIGHT, SIZES[0])
            self._window.show_page(scene.page)
            self._rest()
            scene.prepare(self._window.page(scene.page))
            self._rest()
            for size in SIZES:
                for theme, word in THEMES.items():
                    self._look(theme, size)
                    yield scene, f"{word}-{size[0]}", self._window.grab().toImage()

    def _look(self, theme: ThemeChoice, size: tuple[int, int]) -> None:
        if theme is not self._theme.choice:  # as a user does it, so that the settings show it too
            settings = self._window.page(SETTINGS)
            assert isinstance(settings, SettingsPage)
            settings.choose_theme(theme)
        self._window.resize(*size)
        self._rest()

    def _rest(self) -> None:
        loop = QEventLoop()
        # What the pages want in the background comes back before this does.
        self._bridge.in_background(lambda: None, lambda _: QTimer.singleShot(REST_MS, loop.quit))
        loop.exec()


def main(arguments: Sequence[str]) -> int:
    """Write all pictures and return 0; with a folder named, the handbook's are left as they are."""
    folder = Path(arguments[0]) if arguments else program_dir() / "docs/img"
    handbook = None if arguments else program_dir() / "resources/handbook/img"
    application = QApplication([])
    load_german(application)
    with tempfile.TemporaryDirectory() as own:
        paths = find_paths(Path(own))
        window, bridge, theme = make_window(
            paths, lambda: make_assistant(paths), Settings(theme=ThemeChoice.LIGHT)
        )
        window.resize(*SIZES[0])
        window.show()
        loop = QEventLoop()
        window.ready.connect(loop.quit)
        QTimer.singleShot(0, bridge.open)
        loop.exec()
        photographer = Photographer(window, bridge, theme)
        for question in QUESTIONS:
            photographer.ask(question)
        total = 0
        for scene, look, picture in photographer.pictures():
            made = small(picture)
            files = [folder / f"{scene.name}-{look}.png"]
            if handbook is not None and scene.in_handbook and look == FOR_THE_HANDBOOK:
                files.append(handbook / f"{scene.name}.png")
            for file in files:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.save(str(file), quality=0)  # packed as well as can be
                total += file.stat().st_size
        window.close()
    print(f"{len(SCENES) * len(SIZES) * len(THEMES)} pictures, {total / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
