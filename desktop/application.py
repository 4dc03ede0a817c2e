"""Makes the Qt application, before what the window consists of is loaded."""

import sys

from PySide6.QtWidgets import QApplication

STYLED = "leitsternStyled"  # property of an application whose style is chosen


def make_application() -> QApplication:
    """Return the application in the style that all themes build on.

    As an argument, because a style object would first have to be known to Python, with some hundred names.
    """
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setProperty(STYLED, True)
    return application
