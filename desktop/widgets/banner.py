"""The administration's own words, above everything, as long as the window is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.policy import Policy
from desktop.texts import policy as texts
from desktop.widgets.parts import label


def with_banner(content: QWidget, policy: Policy) -> QWidget:
    """Return ``content`` below the banner of ``policy``, and ``content`` alone if it names none."""
    if not policy.banner:
        return content
    banner = QFrame()
    banner.setObjectName("banner")
    words = texts.banner(policy.banner, policy.contact)
    banner.setAccessibleName(f"{texts.BANNER_LABEL}: {words}")
    # Plain text: nothing of the file can act as formatting or as a link.
    text = label(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row = QHBoxLayout(banner)
    row.setContentsMargins(24, 8, 24, 8)
    row.addWidget(text)
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(banner)
    column.addWidget(content, 1)
    return whole
