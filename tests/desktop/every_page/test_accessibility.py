"""Whoever cannot see the window learns the same from it: names, roles, states, texts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSpinBox, QTextEdit, QWidget

from desktop.settings import ThemeChoice
from desktop.texts import settings as settings_texts
from desktop.widgets.flowing_text import FlowingText
from desktop.widgets.pages import PAGES

Role = QAccessible.Role
# What can be operated or read. Panes, separators and icons that only repeat a text are no controls.
CONTROLS = {
    Role.Button,
    Role.ButtonMenu,
    Role.ButtonDropDown,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.SpinBox,
    Role.Slider,
    Role.ProgressBar,
    Role.List,
    Role.Tree,
    Role.Table,
    Role.ListItem,
    Role.TreeItem,
    Role.Cell,
    Role.RowHeader,
    Role.ColumnHeader,
    Role.Link,
    Role.PageTab,
    Role.Document,
    Role.Chart,
}
THEMES = {ThemeChoice.DARK: settings_texts.THEME_DARK, ThemeChoice.LIGHT: settings_texts.THEME_LIGHT}
MOST_CELLS = 60  # of one view; the others come from the same model


def walk(one: QAccessibleInterface, path: str = "") -> Iterator[tuple[QAccessibleInterface, str]]:
    """Yield ``one`` and all below it that is shown, with the way that leads there."""
    if not one or not one.isValid() or one.state().invisible:
        return
    name = one.text(QAccessible.Text.Name)
    path = f"{path}/{one.role().name}[{name[:40]}]"
    yield one, path
    many = one.role() in (Role.Table, Role.Tree, Role.List)
    for index in range(min(one.childCount(), MOST_CELLS) if many else one.childCount()):
        child = one.child(index)
        if child is not None:
            yield from walk(child, path)


@pytest.fixture
def calm(desk) -> Iterator[object]:
    """Look at the window in its usual form."""
    desk.look(ThemeChoice.LIGHT, 100, (1360, 840))
    return desk


def test_every_control_of_every_page_has_a_name_and_a_role(calm) -> None:
    unnamed, seen = [], 0
    for view in calm.views():
        for one, path in walk(QAccessible.queryAccessibleInterface(calm.window)):
            name = one.text(QAccessible.Text.Name).strip()
            widget = one.object()
            takes_keys = (
                isinstance(widget, QWidget)
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isEnabled()
            )
            if one.role() in CONTROLS or takes_keys:
                seen += 1
                empty_cell = one.role() in (Role.Cell, Role.ListItem, Role.TreeItem) and not (
                    one.state().focusable or one.state().selectable
                )
                part_of_named = isinstance(widget, QLineEdit) and isinstance(widget.parent(), QSpinBox)
                if not name and not empty_cell and not part_of_named:
                    unnamed.append(f"{view}: {path}")
            if takes_keys and one.role() in (Role.NoRole, Role.Client):
                unnamed.append(f"{view}: {path} takes the keyboard and has no role")
    assert seen > 150
    assert not unnamed, "\n".join(dict.fromkeys(unnamed))


def test_states_are_told(calm) -> None:
    for entry in PAGES:
        calm.window.show_page(entry.name)
        button = calm.window._rail._buttons[entry.name]
        told = QAccessible.queryAccessibleInterface(button).state()
        assert told.checked, entry.name
        assert told.focusable
        others = [one for one in calm.window._rail._buttons.values() if one is not button]
        assert not any(QAccessible.queryAccessibleInterface(one).state().checked for one in others)


def toggle(button: QAbstractButton) -> None:
    """Do what a screen reader's command does; it is no click."""
    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    actions.doAction(actions.toggleAction())


def test_a_screen_reader_can_toggle_what_a_click_can(calm) -> None:
    window = calm.window
    for entry in (*PAGES[1:], PAGES[0]):
        toggle(window._rail._buttons[entry.name])
        assert window.shown == entry.name
    page = window.questions
    chips = page._collections._chips
    toggle(chips[1])
    assert page._collections.chosen == (chips[1].property("collection"),)
    toggle(chips[0])
    assert page._collections.chosen == ()
    toggle(page.current_turn.card._sources._rows[2])
    assert page._passage.isVisible()
    assert page._passage.number == 2
    toggle(page._collections.filter.button)
    assert page._collections.filter.panel.isVisible()
    toggle(page._collections.filter.button)
    assert not page._collections.filter.panel.isVisible()
    settings = window.page("settings")
    for theme in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        toggle(next(one for one in settings.themes.buttons() if one.text() == THEMES[theme]))
        assert calm.theme.choice is theme
    calm.settle()
    calm.calm_down("ask")


def test_the_answer_is_text_that_is_read_line_by_line(calm) -> None:
    calm.window.show_page("ask")
    card = calm.window.questions.current_turn.card
    text = card._evidence_text
    one = QAccessible.queryAccessibleInterface(text)
    assert one.state().readOnly
    assert not one.state().editable
    text.setFocus()
    cursor = text.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    text.setTextCursor(cursor)
    lines = []
    for _ in range(400):
        cursor = text.textCursor()
        cursor.select(cursor.SelectionType.LineUnderCursor)
        lines.append(cursor.selectedText())
        before = text.textCursor().position()
        QTest.keyClick(text, Qt.Key.Key_Down)
        if text.textCursor().position() == before:
            break
    whole = "".join("".join(lines).split())
    assert len(lines) > 3
    assert "".join(text.toPlainText().split()) == whole


def test_a_finished_answer_is_announced_once_and_no_token_is(open_desk, assistant_type, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.widgets.answer_card.announce", lambda _, text: said.append(text))
    pieces = tuple(f"Wort{number} " for number in range(300))
    open_desk(assistant_type(pieces=pieces)).ask("Darf ich das?")
    assert len(said) == 2, said  # evidence that can be read already, and the whole answer
    assert not any("Wort" in one for one in said)


def test_long_texts_are_read_only(calm) -> None:
    for view in calm.views():
        for text in calm.window.findChildren(QTextEdit):
            if text.isVisible():
                assert text.isReadOnly(), f"{view}: {text.accessibleName()}"
                if isinstance(text, FlowingText):
                    flags = text.textInteractionFlags()
                    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard, view
