"""Messages survive the way through a line; anything else is refused with one kind of error."""

import json

import pytest

from models.protocol import (
    MAX_LINE_BYTES,
    VERSION,
    Cancel,
    Count,
    Counted,
    Encode,
    Encoded,
    EncodeItem,
    Failed,
    Finished,
    Generate,
    Load,
    Loaded,
    Message,
    ProtocolError,
    Quit,
    Reading,
    Ready,
    Started,
    Status,
    StatusReport,
    Timings,
    Token,
    decode_event,
    decode_request,
    encode,
)

REQUESTS = [
    Load(1, "/ein Ordner/modell.gguf", "llm", 4096, 2, "Ein Modell"),
    Generate(2, (Message("system", "Kurz."), Message("user", 'Zeile\n"2"\u2028\x00 🎂')), max_tokens=7),
    Generate(3, prompt="<|im_start|>", temperature=0.5, grammar='root ::= "ja"', stop=("\n\n", "Frage:")),
    Encode(4, (EncodeItem("passage", "Titel", ("Eins.", "")), EncodeItem("query", "", ("Was?",)))),
    Count(5, ("a", "")),
    Cancel(4),
    Status(),
    Quit(),
]
EVENTS = [
    Ready(4711),
    Loaded(1, "Ein Modell", 4096, 2),
    Started(2),
    Reading(2, 10, 482),
    Token(2, "Straße\n"),
    Encoded(4, 1, 2, 384, "AAAA"),
    Counted(5, (1, 0)),
    Finished(2, "cancelled", 482, 3, Timings(1.5, 2.0, 400)),
    StatusReport(None, "", 12345),
    StatusReport(2, "Ein Modell", 12345),
    Failed(None, "request_refused", "Zeile"),
]


@pytest.mark.parametrize("message", REQUESTS, ids=lambda message: type(message).__name__)
def test_a_request_survives_as_one_line(message):
    line = encode(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode_request(line) == message


@pytest.mark.parametrize("message", EVENTS, ids=lambda message: type(message).__name__)
def test_an_event_survives_as_one_line(message):
    assert decode_event(encode(message)) == message


def test_a_request_is_no_event_and_an_event_no_request():
    with pytest.raises(ProtocolError, match="known type"):
        decode_event(encode(Quit()))
    with pytest.raises(ProtocolError, match="known type"):
        decode_request(encode(Started(1)))


GARBAGE = [
    b"",
    b"\n",
    b"\xff\xfe\x00",
    b"llama_model_loader: loaded\n",
    b"[]",
    b"null",
    b"{}",
    b'{"v":1}',
    b'{"v":1,"type":"nothing"}',
    b'{"v":1,"type":["token"]}',
    b'{"v":2,"type":"token","id":1,"text":"x"}',
    b'{"v":1,"type":"token","id":1}',
    b'{"v":1,"type":"token","id":"1","text":"x"}',
    b'{"v":1,"type":"token","id":true,"text":"x"}',
    b'{"v":1,"type":"token","id":1,"text":null}',
    b'{"v":1,"type":"token","id":1,"text":"x","more":1}',
    b'{"v":1,"type":"finished","id":1,"ending":"tired"}',
    b'{"v":1,"type":"finished","id":1,"timings":{"read_ms":"x"}}',
    b'{"v":1,"type":"counted","id":1,"counts":[1,"2"]}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("line", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused(line):
    with pytest.raises(ProtocolError):
        decode_event(line)


def test_a_line_beyond_the_limit_is_neither_written_nor_read():
    with pytest.raises(ProtocolError, match="too long"):
        encode(Token(1, "x" * MAX_LINE_BYTES))
    line = json.dumps({"v": VERSION, "type": "token", "id": 1, "text": "x" * MAX_LINE_BYTES}).encode()
    with pytest.raises(ProtocolError, match="too long"):
        decode_event(line)


def test_a_lone_surrogate_does_not_end_the_conversation():
    assert decode_event(encode(Token(1, "a\ud83db"))) == Token(1, "a?b")
