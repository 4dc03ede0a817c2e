"""A model file from a stick is taken whole or not at all, and only if it is one."""

import hashlib
import os
import struct
from pathlib import Path

import pytest

from desktop.model_import import ModelNotTaken, take_model
from desktop.texts import settings as texts
from models.errors import ModelFileDamaged, ModelFileMissing

CONTENT = struct.pack("<4sIQQ", b"GGUF", 3, 10, 20) + bytes(range(256)) * 20_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "stick/model.gguf"
    file.parent.mkdir()
    file.write_bytes(CONTENT)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data/models"


def test_a_model_is_copied_whole_and_named_by_its_sum(source: Path, folder: Path) -> None:
    heard: list[tuple[int, int]] = []
    taken = take_model(source, folder, lambda done, total: heard.append((done, total)))
    assert taken.file == folder / "model.gguf"
    assert taken.file.read_bytes() == CONTENT
    assert taken.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (taken.title, taken.followed) == ("", None)
    assert heard[-1] == (len(CONTENT), len(CONTENT))
    assert [file.name for file in folder.iterdir()] == ["model.gguf"]
    assert take_model(source, folder).file == taken.file, "again is no mistake"


def test_a_link_is_followed_and_named(source: Path, folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.gguf"
    link.symlink_to(source)
    taken = take_model(link, folder)
    assert taken.followed == source
    assert not taken.file.is_symlink()


def test_what_is_given_up_leaves_nothing(source: Path, folder: Path) -> None:
    with pytest.raises(ModelNotTaken) as refused:
        take_model(source, folder, is_cancelled=lambda: True)
    assert refused.value.key == "cancelled"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("other", [b"GGUF short", b"x" * len(CONTENT)])
def test_another_model_of_that_name_stays(source: Path, folder: Path, other: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "model.gguf").write_bytes(other)
    with pytest.raises(ModelNotTaken) as refused:
        take_model(source, folder)
    assert refused.value.key == "exists_differently"
    assert texts.NOT_TAKEN[refused.value.key]
    assert (folder / "model.gguf").read_bytes() == other
    assert len(list(folder.iterdir())) == 1


def test_what_is_no_model_is_not_copied(source: Path, folder: Path) -> None:
    pipe, text = source.with_name("pipe.gguf"), source.with_name("text.gguf")
    os.mkfifo(pipe)
    text.write_text("Kein Modell, sondern ein Text, der lang genug ist.", encoding="utf-8")
    for file, error in (
        (pipe, ModelFileDamaged),
        (text, ModelFileDamaged),
        (source.parent, ModelFileDamaged),
        (source.with_name("fehlt.gguf"), ModelFileMissing),
    ):
        with pytest.raises(error):
            take_model(file, folder)
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_said_to_be(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ModelNotTaken) as refused:
        take_model(source, tmp_path / "file/models")
    assert refused.value.key == "folder_unwritable"
