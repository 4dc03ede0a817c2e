"""Contrast, type sizes, icons."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.settings import ThemeChoice
from desktop.theme import DARK, HIGH_CONTRAST, LIGHT, Theme, Tokens, contrast, fill_stylesheet

TEXT_ON_GROUND = (
    ("ink", "page"),
    ("ink", "card"),
    ("ink", "bubble"),
    ("ink", "hover"),
    ("muted", "page"),
    ("muted", "card"),
    ("muted", "bubble"),
    ("muted", "hover"),
    ("muted", "line"),
    ("link", "card"),
    ("link", "page"),
    ("link", "hover"),
    ("on_action", "action"),
    ("on_action", "action_hover"),
    ("on_rail", "rail"),
    ("on_rail", "rail_hover"),
    ("on_rail", "rail_chosen"),
    ("on_offline", "offline"),
    ("on_mark", "mark"),
    ("ink", "mark_light"),
    ("link", "mark_light"),
    ("on_good", "good"),
    ("on_note", "note"),
    ("on_bad", "bad"),
)
PART_ON_GROUND = (
    ("edge", "page"),
    ("edge", "card"),
    ("focus", "page"),
    ("focus", "card"),
    ("focus_rail", "rail"),
    ("focus_rail", "rail_chosen"),
)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_high_contrast_is_high(text: str, ground: str) -> None:
    least = 4.5 if ground == "line" else 7.0  # the ground of what is disabled
    assert contrast(getattr(HIGH_CONTRAST, text), getattr(HIGH_CONTRAST, ground)) >= least


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize(("part", "ground"), PART_ON_GROUND)
def test_controls_and_focus_stand_out(tokens: Tokens, part: str, ground: str) -> None:
    assert contrast(getattr(tokens, part), getattr(tokens, ground)) >= 3.0


def test_contrast_follows_the_definition() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_the_stylesheet_is_filled_in_and_scaled(percent: int) -> None:
    style = fill_stylesheet(LIGHT, percent)
    assert "$" not in style.split("*/", 1)[1]
    assert "px(" not in style
    assert f"font-size: {round(26 * percent / 100)}px" in style


def test_type_size_stays_in_its_bounds(qapp: QApplication) -> None:
    theme = Theme(ThemeChoice.LIGHT, 5000)
    assert theme.type_percent == 200
    theme.choose(type_percent=1)
    assert theme.type_percent == 80
    assert theme.px(100) == 80


def test_every_icon_that_is_named_exists(qapp: QApplication) -> None:
    sources = Path(__file__).parents[2].joinpath("desktop").rglob("*.py")
    pattern = re.compile(r'(?:IconButton|IconLabel)\(\s*(?:self\._)?theme,\s*"([a-z]+)"')
    names = {name for source in sources for name in pattern.findall(source.read_text(encoding="utf-8"))}
    assert len(names) >= 8
    theme = Theme(ThemeChoice.DARK, 100)
    for name in names:
        image = theme.pixmap(name, 24).toImage()
        assert any(
            image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
        ), name
