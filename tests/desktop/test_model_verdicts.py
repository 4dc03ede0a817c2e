"""The list of models in Einstellungen: whole names, and what each may do, in words."""

import hashlib
import struct
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from desktop.model_list import known_models, print_models
from desktop.model_verdicts import Verdict, Verdicts
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings, ThemeChoice
from desktop.texts import model_check as command_texts
from desktop.texts import settings as texts
from desktop.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.model_settings import ModelSettings
from models.catalogue import load_catalogue

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen

HEADER = struct.pack("<4sIQQ", b"GGUF", 3, 10, 20)
LONG = "Mistral-Small-Instruct-2409-Q5_K_M-imatrix-from-the-it-department"
NOW = "2026-11-20T10:00:00+01:00"


class Machine:
    """Four models: failed, untested, passed, and one with a long name."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder / "data", folder / "share", (folder / "models",))
        self.paths.model_dirs[0].mkdir(parents=True)
        self.small, self.large = (load_catalogue()[f"qwen2.5-coder-{size}b"] for size in ("0.5", "1.5"))
        names = (self.large.file, self.small.file, "Passed.gguf", f"{LONG}.gguf")
        self.sums = {name: self._put(name) for name in names}
        verdicts = Verdicts(self.paths.verdicts, self.paths.stamps)
        verdicts.keep(Verdict(self.sums[self.large.file], "failed", allowed=False, checked_at=NOW), "")
        verdicts.keep(Verdict(self.sums["Passed.gguf"], "passed", allowed=True, checked_at=NOW), "")

    def _put(self, name: str) -> str:
        content = HEADER + name.encode()
        (self.paths.model_dirs[0] / name).write_bytes(content)
        return hashlib.sha256(content).hexdigest()

    def policy(self, *names: str) -> Policy:
        return Policy(allowed_models={self.sums[name]: name for name in names})


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Callable[..., ModelSettings]:
    """Return a function that shows the models of the machine."""

    def show(policy: Policy = NO_POLICY, chosen: str = "", percent: int = 200) -> ModelSettings:
        theme = Theme(ThemeChoice.LIGHT, percent, qapp)
        theme.apply()
        bridge = SimpleNamespace(in_background=lambda task, then: then(task()))
        made = ModelSettings(theme, bridge, machine.paths, Settings(model=chosen), policy)  # type: ignore[arg-type]
        made.resize(718, 900)
        qtbot.addWidget(made)
        made.show()
        qapp.processEvents()
        return made

    return show


def _rows(shown: ModelSettings) -> dict[str, str]:
    """Return what stands in the list: model and verdict."""
    rows = {}
    for row in shown.verdicts._rows:
        name, verdict = (one for one in row.findChildren(QLabel) if one.text())
        assert row.accessibleName() == texts.MODEL_LINE.format(
            title=name.accessibleName(), verdict=verdict.text()
        )
        for part in (name, verdict):
            assert part.isVisible()
            assert part.height() >= part.heightForWidth(part.width()), part.text()
        rows[name.accessibleName()] = verdict.text()
    return rows


@pytest.mark.parametrize("percent", [100, 200])
def test_each_model_stands_there_with_its_verdict(show, machine: Machine, percent: int) -> None:
    allowed = machine.policy(machine.large.file, machine.small.file, "Passed.gguf")
    shown = show(allowed, percent=percent)
    assert _rows(shown) == {
        machine.large.title: texts.VERDICT_EVIDENCE,
        machine.small.title: texts.VERDICT_UNTESTED,
        "Passed": texts.VERDICT_PASSED,
        LONG: texts.VERDICT_FORBIDDEN,
    }
    offered = [shown.choice.itemText(place) for place in range(shown.choice.count())]
    assert set(offered) == {texts.MODEL_AUTOMATIC, machine.large.title, machine.small.title, "Passed"}
    heard = shown.choice.itemData(offered.index("Passed"), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == f"Passed: {texts.VERDICT_PASSED}"


def test_a_chosen_model_is_not_called_gone_when_it_is_forbidden(show, machine: Machine) -> None:
    shown = show(machine.policy("Passed.gguf"), f"{LONG}.gguf")
    assert _rows(shown)[LONG] == texts.VERDICT_FORBIDDEN
    assert shown.choice.currentText() == LONG
    assert shown.choice.currentData() == f"{LONG}.gguf"


def test_a_chosen_model_that_is_gone_is_told_so(show) -> None:
    shown = show(NO_POLICY, "away.gguf")
    assert _rows(shown)["away.gguf"] == texts.VERDICT_GONE
    assert shown.choice.currentData() == "away.gguf"


def test_where_none_is_allowed_nobody_is_told_that_none_is_there(show) -> None:
    shown = show(Policy(allowed_models={}))
    assert shown._none.isVisible()
    assert shown._none.text() == texts.NONE_ALLOWED
    assert set(_rows(shown).values()) == {texts.VERDICT_FORBIDDEN}
    assert not shown.choice.isVisible()
    assert not shown.check.isEnabled()


def test_the_command_line_tells_the_same(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    models = known_models(machine.paths, machine.policy("Passed.gguf"))
    assert {model.name for model in models if model.allowed and model.file} == {"Passed.gguf"}
    assert not any(model.words_answers or model.file for model in models if not model.allowed)
    print_models(models)
    lines = capsys.readouterr().out.splitlines()
    assert [command_texts.FORBIDDEN in line for line in lines] == [not model.allowed for model in models]


def test_a_choice_with_too_little_room_is_cut_with_dots(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(ThemeChoice.LIGHT, 200, qapp)
    theme.apply()
    combo = Combo(theme, "Sprachmodell")
    qtbot.addWidget(combo)
    combo.addItem(LONG)
    combo.setMinimumWidth(1)
    combo.resize(400, 62)
    combo.show()
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    assert "…" in option.currentText
    assert option.currentText.endswith(LONG[-4:])
    assert combo.currentText() == LONG, "whole for who hears it"
    combo.resize(2000, 62)
    combo.initStyleOption(option)
    assert option.currentText == LONG
