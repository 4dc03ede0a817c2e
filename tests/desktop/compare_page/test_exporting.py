"""A comparison is saved in each form, and only in those that the policy allows."""

from pathlib import Path

import pytest
from odfdo import Document

from desktop.compare.export import CompareForm
from desktop.policy import Policy
from desktop.texts import compare as texts
from desktop.widgets.compare import saving


@pytest.mark.parametrize("form", CompareForm)
def test_the_matrix_is_exported(
    open_room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: CompareForm
) -> None:
    room = open_room({"places": ["Wien", "Ulm"]})
    file = tmp_path / f"Vergleich{form.value}"
    monkeypatch.setattr(saving, "ask_for_file", lambda *_: file)
    room.button(texts.EXPORT_LABEL).click()
    room.qtbot.waitUntil(lambda: room.page._message.text() == f"Gespeichert: {file.name}", timeout=30_000)
    if form in (CompareForm.ODS, CompareForm.ODT):
        assert "Kennzeichnungspflicht" in Document(file).body.text_recursive
    assert [one for one in tmp_path.iterdir() if one.name.startswith(".leitstern-")] == []


def test_an_export_that_cannot_be_written_says_what_to_do(
    open_room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room()
    monkeypatch.setattr(saving, "ask_for_file", lambda *_: tmp_path / "weg" / "a.csv")
    room.button(texts.EXPORT_LABEL).click()
    room.qtbot.waitUntil(lambda: "anderen Ordner" in room.page._message.text(), timeout=30_000)


def test_only_allowed_forms_are_offered(open_room) -> None:
    room = open_room(policy=Policy(export_formats=("csv", "odt")))
    assert room.page.saving.forms == (CompareForm.CSV, CompareForm.ODT)
    none = open_room(policy=Policy(export_formats=("pdf",)))
    assert none.page.saving.forms == ()
    assert not none.button(texts.EXPORT_LABEL).isEnabled()
