"""Settings survive a restart, and bad files do no harm."""

import json
import os
from pathlib import Path

import pytest

from desktop.settings import Settings, ThemeChoice, WordingChoice, load_settings, save_settings


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    settings = Settings(
        theme=ThemeChoice.HIGH_CONTRAST,
        type_percent=150,
        geometry="abc",
        collections=("recht", "ki-leitlinien"),
        initials="MK",
        model="qwen2.5-coder-0.5b",
        wording=WordingChoice.NEVER,
        threads=2,
        store_history=False,
        history_days=30,
    )
    file = tmp_path / "deep" / "settings.json"
    save_settings(settings, file)
    assert load_settings(file) == settings
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"null", b"[" * 99_999])
def test_an_unreadable_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert load_settings(file) == Settings()


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "rosa"),
        ("type_percent", 500),
        ("type_percent", True),
        ("type_percent", "100"),
        ("geometry", 7),
        ("threads", -1),
        ("store_history", "ja"),
        ("wording", "manchmal"),
        ("collections", "recht"),
    ],
)
def test_a_bad_value_becomes_its_default_and_the_others_stay(
    tmp_path: Path, name: str, value: object
) -> None:
    file = tmp_path / "settings.json"
    good = {"theme": "dark", "type_percent": 125, "geometry": "g", "collections": ["a"]}
    file.write_text(json.dumps({**good, name: value}), encoding="utf-8")
    loaded = load_settings(file)
    assert getattr(loaded, name) == getattr(Settings(), name)
    assert sum(getattr(loaded, key) != getattr(Settings(), key) for key in good) == len(good) - (name in good)


def test_a_folder_in_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match=r".+"):
        save_settings(Settings(), tmp_path / "file" / "settings.json")
