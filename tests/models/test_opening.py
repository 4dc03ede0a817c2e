"""The opening of all prompts in the real engine: read at loading, kept on disk, the same with and without."""

import pytest

from models.client import WorkerClient
from models.prompt import OPENING, Excerpt, build_messages
from models.protocol import Generate, Load, Token
from models.writer import Writer, WriterSettings

EXCERPTS = [Excerpt(1, "Charta Essen", "Die Stadt kennzeichnet Inhalte, die mit KI erzeugt wurden.")]
MESSAGES = tuple(build_messages("Was kennzeichnet die Stadt?", EXCERPTS))


@pytest.fixture
def ask(small_model, real_command):
    """A function that answers in a fresh worker with the states of a folder; returns text and reused tokens."""

    def ask(folder, opening=OPENING):
        client = WorkerClient(real_command)
        load = Load(0, str(small_model), "llm", 1024, opening=opening, state_folder=str(folder))
        client.load_model(load)
        pieces = []
        finished = client.generate(
            Generate(0, MESSAGES, max_tokens=10),
            lambda event: pieces.append(event.text) if isinstance(event, Token) else None,
        )
        client.close()
        return "".join(pieces), finished.timings.reused_tokens

    return ask


def test_the_first_question_finds_the_opening_read(ask, tmp_path):
    without, nothing = ask("", opening=())
    assert nothing == 0
    first, read = ask(tmp_path)
    [file] = tmp_path.iterdir()
    written = file.stat().st_ino
    again, loaded = ask(tmp_path)
    assert file.stat().st_ino == written  # taken from there, not written anew
    assert first == again == without
    assert loaded == read > 50


def test_a_spoiled_state_does_no_harm(ask, tmp_path):
    expected = ask(tmp_path)
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert ask(tmp_path) == expected
    assert file.read_bytes() == whole


def test_the_writer_keeps_the_state_in_its_folder(small_model, real_command, tmp_path):
    writer = Writer(
        WorkerClient(real_command), small_model, settings=WriterSettings(context=1024), state_folder=tmp_path
    )
    finished = writer.write(MESSAGES, 2).finished
    writer.close()
    assert finished.timings.reused_tokens > 50
    assert len(list(tmp_path.iterdir())) == 1
