"""Makes the Qt application, before what the window consists of is loaded.

The first text of all has Qt look through the fonts of the machine, which takes a good part of the way to the window.
Qt needs neither Python nor the window for it: a thread has it done while Python loads the rest. What measures a text
meanwhile waits for it inside Qt, which guards its fonts against being looked up twice.
"""

import sys
import threading

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

STYLED = "leitsternStyled"  # property of an application whose style is chosen


def make_application() -> QApplication:
    """Return the application in the style that all themes build on; its fonts are being looked up.

    As an argument, because a style object would first have to be known to Python, with some hundred names.
    """
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setProperty(STYLED, True)
    # No daemon: however soon the program ends, it ends after this.
    threading.Thread(target=_look_up, args=(application.font(),), name="fonts").start()
    return application


def _look_up(font: QFont) -> None:
    QFontMetrics(font).horizontalAdvance("a")
