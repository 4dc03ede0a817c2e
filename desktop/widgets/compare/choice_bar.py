"""What is compared: the subject, a button for the panel of documents, and a chip for each restriction."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox

from desktop.compare.choice import Choice, Comparison, Offer, Subject
from desktop.compare.restrictions import restrictions, subject_title
from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.compare.choice_panel import ChoicePanel
from desktop.widgets.panel_bar import PanelBar


class ChoiceBar(PanelBar[ChoicePanel]):
    """``subjects`` and ``button`` stand in the page's line of tools."""

    changed = Signal(object)  # Choice

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self._make_panel, text=texts.CHOOSE, name=texts.CHOOSE_LABEL)
        self._choice = Choice()
        self._offer = Offer()
        self.subjects = SubjectBox(theme)
        self.subjects.activated.connect(self._on_subject)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what is compared and what else could be."""
        self._choice, self._offer = comparison.choice, comparison.offer
        self.subjects.show_subjects(comparison.subjects, comparison.choice.subject)
        if self._made is not None:
            self._made.show_offer(self._offer, self._choice)
        self.show_chips(
            [
                (name, texts.REMOVE.format(name=name), partial(self.changed.emit, rest))
                for name, rest in restrictions(comparison)
            ]
        )

    def _make_panel(self) -> ChoicePanel:
        panel = ChoicePanel(self._theme)
        panel.changed.connect(self.changed)
        panel.show_offer(self._offer, self._choice)
        return panel

    @Slot()
    def _on_subject(self) -> None:
        subject = str(self.subjects.currentData())
        if subject != self._choice.subject:
            self.changed.emit(Choice(subject))


class SubjectBox(Combo):
    """A choice of subjects."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, texts.SUBJECT_LABEL)
        self.setObjectName("compareSubject")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def show_subjects(self, subjects: Sequence[Subject], chosen: str) -> None:
        """Offer ``subjects``."""
        if [self.itemData(n) for n in range(self.count())] != [one.name for one in subjects]:
            self.clear()
            for one in subjects:
                self.addItem(subject_title(one), one.name)
        self.setCurrentIndex(max(0, self.findData(chosen)))
