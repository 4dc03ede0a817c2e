"""What the program and a model worker say to each other: one JSON object per line, UTF-8.

The program writes requests to the worker's standard input, the worker writes events to its standard
output. Every line is ``{"v": VERSION, "type": NAME, …fields}``. A new message needs one more frozen
dataclass here, registered with ``@_request`` or ``@_event``; its fields may be texts, numbers,
booleans, None, tuples of these, and other dataclasses. Every request with an id is answered by
exactly one ``Finished`` or ``Failed`` with that id, whatever else comes before. The end of its input
tells the worker to quit.
"""

import dataclasses
import json
import types
import typing
from dataclasses import dataclass
from typing import Literal, TypeVar

VERSION = 1
MAX_LINE_BYTES = 8 * 1024 * 1024
"""No message is longer; a longer line is refused unread, so that garbage cannot fill the memory."""

ModelKind = Literal["llm", "encoder"]
Role = Literal["system", "user", "assistant"]
ItemKind = Literal["query", "passage"]
FinishedEnding = Literal["done", "length", "cancelled"]


class ProtocolError(Exception):
    """A line is no message of this protocol."""


@dataclass(frozen=True)
class Message:
    """One turn of the conversation given to the model. Its text is never read as control tokens."""

    role: Role
    content: str


@dataclass(frozen=True)
class EncodeItem:
    """A text to encode: ``context`` stands in front of all ``sentences``, which are encoded together."""

    kind: ItemKind
    context: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Timings:
    """How long the parts of a request took, in milliseconds, and how much was already read before."""

    read_ms: float = 0.0
    write_ms: float = 0.0
    reused_tokens: int = 0  # of the prompt, still known from the request before


_REQUESTS: dict[str, type] = {}
_EVENTS: dict[str, type] = {}
_Kind = TypeVar("_Kind", bound=type)


def _request(kind: _Kind) -> _Kind:
    _REQUESTS[kind.__name__.lower()] = kind
    return kind


def _event(kind: _Kind) -> _Kind:
    _EVENTS[kind.__name__.lower()] = kind
    return kind


@_request
@dataclass(frozen=True)
class Load:
    """Load a model file; answered by ``Loaded`` and ``Finished``, or by ``Failed``.

    ``opening`` is what every later ``Generate`` begins with: it is read right after loading, or taken from
    its state in ``state_folder`` ("": none is kept), so that no question waits for it.
    """

    id: int
    model: str  # path
    kind: ModelKind
    context: int  # tokens
    threads: int = 0  # 0: the worker chooses
    name: str = ""
    opening: tuple[Message, ...] = ()
    state_folder: str = ""


@_request
@dataclass(frozen=True)
class Generate:
    """Write a text after ``messages``, or after ``prompt`` as it stands, with control tokens, if given."""

    id: int
    messages: tuple[Message, ...] = ()
    prompt: str = ""
    max_tokens: int = 256
    temperature: float = 0.0  # 0: always the likeliest token
    grammar: str | None = None  # GBNF
    stop: tuple[str, ...] = ()


@_request
@dataclass(frozen=True)
class Encode:
    """Encode items; answered by one ``Encoded`` per item, in order, and ``Finished``."""

    id: int
    items: tuple[EncodeItem, ...]


@_request
@dataclass(frozen=True)
class Count:
    """Count the tokens of texts; answered by ``Counted`` and ``Finished``."""

    id: int
    texts: tuple[str, ...]


@_request
@dataclass(frozen=True)
class Cancel:
    """Stop the request ``id``, no load, which then ends as ``Finished`` with ending "cancelled"."""

    id: int


@_request
@dataclass(frozen=True)
class Status:
    """Ask for a ``StatusReport``; answered at once, also while the model works."""


@_request
@dataclass(frozen=True)
class Quit:
    """End the worker."""


@_event
@dataclass(frozen=True)
class Ready:
    """First event of a worker: it listens."""

    pid: int


@_event
@dataclass(frozen=True)
class Loaded:
    """The model is loaded. ``size`` is the length of a vector for an encoder, 0 for an LLM."""

    id: int
    name: str
    context: int
    threads: int
    size: int = 0


@_event
@dataclass(frozen=True)
class Started:
    """The worker has begun with a request."""

    id: int


@_event
@dataclass(frozen=True)
class Reading:
    """``done`` of ``total`` tokens of the prompt are read, or hundredths of the model are loaded."""

    id: int
    done: int
    total: int


@_event
@dataclass(frozen=True)
class Token:
    """The next piece of the text; whole characters only."""

    id: int
    text: str


@_event
@dataclass(frozen=True)
class Encoded:
    """The vectors of item ``index``: row 0 the whole, then one row per sentence, each of length 1.

    ``data`` is base64 of little-endian float32, ``rows`` × ``columns``.
    """

    id: int
    index: int
    rows: int
    columns: int
    data: str


@_event
@dataclass(frozen=True)
class Counted:
    """The number of tokens of each text."""

    id: int
    counts: tuple[int, ...]


@_event
@dataclass(frozen=True)
class Finished:
    """A request is done. "length": ``max_tokens`` or the context was used up."""

    id: int
    ending: FinishedEnding = "done"
    prompt_tokens: int = 0
    completion_tokens: int = 0
    timings: Timings = Timings()


@_event
@dataclass(frozen=True)
class StatusReport:
    """What the worker does now: the id of the request it works on, and its memory in bytes."""

    busy: int | None
    model: str
    memory: int


@_event
@dataclass(frozen=True)
class Failed:
    """A request failed, or (id None) a line was unreadable. ``problem`` is a key of models.errors."""

    id: int | None
    problem: str
    detail: str


Request = Load | Generate | Encode | Count | Cancel | Status | Quit
Event = Ready | Loaded | Started | Reading | Token | Encoded | Counted | Finished | StatusReport | Failed


def encode(message: Request | Event) -> bytes:
    """Return ``message`` as one line with its line feed; raise ProtocolError if it is too long."""
    values = {"v": VERSION, "type": type(message).__name__.lower(), **dataclasses.asdict(message)}
    line = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate is no UTF-8; it becomes a question mark instead of ending the conversation.
    data = line.encode("utf-8", "replace") + b"\n"
    if len(data) > MAX_LINE_BYTES:
        raise ProtocolError(f"a message of {len(data)} bytes is too long")
    return data


def decode_request(line: bytes) -> Request:
    """Return the request in ``line``; raise ProtocolError."""
    return typing.cast("Request", _decode(line, _REQUESTS))


def decode_event(line: bytes) -> Event:
    """Return the event in ``line``; raise ProtocolError."""
    return typing.cast("Event", _decode(line, _EVENTS))


def _decode(line: bytes, known: dict[str, type]) -> object:
    if len(line) > MAX_LINE_BYTES:
        raise ProtocolError("the line is too long")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the line is no JSON") from error
    if not isinstance(values, dict):
        raise ProtocolError("the line is no JSON object")
    if values.pop("v", None) != VERSION:
        raise ProtocolError("the line is of another protocol version")
    name = values.pop("type", None)
    kind = known.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ProtocolError("the line is of no known type")
    return _build(kind, values)


def _build(kind: type, values: dict[str, object]) -> object:
    """Make a ``kind`` from its decoded fields; unknown, missing and wrong ones are refused."""
    hints = typing.get_type_hints(kind)
    if unknown := values.keys() - hints.keys():
        raise ProtocolError(f"{kind.__name__} has no field {min(unknown)!r}")
    try:
        return kind(**{name: _value(hints[name], value) for name, value in values.items()})
    except TypeError as error:
        raise ProtocolError(str(error)) from error


def _value(hint: object, value: object) -> object:
    """Return ``value`` as ``hint`` wants it; raise ProtocolError."""
    origin = typing.get_origin(hint)
    if origin is Literal and isinstance(value, str) and value in typing.get_args(hint):
        return value
    if origin is types.UnionType:
        return None if value is None else _value(typing.get_args(hint)[0], value)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(typing.get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return _build(hint, value)
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise ProtocolError(f"a {type(value).__name__} stands where another kind of value belongs")
