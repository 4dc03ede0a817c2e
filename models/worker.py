"""The model worker: a process that takes requests on standard input and answers with events.

Its main thread works, a reader thread hears requests meanwhile. When its input ends it ends too, at
once and wherever it is, so that no worker outlives the program, however that ended.
"""

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import psutil

from models.engine_api import AnyEngine, LoadEngine, StopFlag, TextEngine, VectorEngine
from models.errors import EngineMissing, ModelError
from models.protocol import (
    MAX_LINE_BYTES,
    Cancel,
    Count,
    Counted,
    Encode,
    Encoded,
    Event,
    Failed,
    Finished,
    Generate,
    Load,
    Loaded,
    ProtocolError,
    Quit,
    Reading,
    Ready,
    Request,
    Started,
    Status,
    StatusReport,
    Timings,
    Token,
    decode_request,
    encode,
)
from models.vectors import pack

_OOM_SCORE = "600"  # of 1000: the system ends this process before the window
# "Below normal" on Windows; elsewhere 5 of 19.
_LOWER_PRIORITY = 0x4000 if sys.platform == "win32" else 5

Work = Load | Generate | Encode | Count


class Worker:
    """Serves one conversation; ``run`` returns only when the reader ends the process or by ``Quit``."""

    def __init__(self, requests: BinaryIO, events: BinaryIO, load_engine: LoadEngine) -> None:
        """Serve ``requests`` with events written to ``events``, loading models with ``load_engine``."""
        self._requests = requests
        self._events = events
        self._load_engine = load_engine
        self._send_lock = threading.Lock()
        self._state_lock = threading.Lock()
        self._work: queue.Queue[Work | Quit] = queue.Queue()
        self._stop = StopFlag()
        self._busy: int | None = None
        self._cancelled: set[int] = set()
        self._engine: AnyEngine | None = None
        self._name = ""

    def run(self) -> None:
        """Greet, then work until told to quit."""
        self.send(Ready(os.getpid()))
        threading.Thread(target=self._hear, name="requests", daemon=True).start()
        while not isinstance(work := self._work.get(), Quit):
            self._serve(work)

    def send(self, event: Event) -> None:
        """Write ``event`` at once; a program that no longer listens ends this process."""
        data = encode(event)
        try:
            with self._send_lock:
                self._events.write(data)
                self._events.flush()
        except OSError:
            os._exit(0)

    def _hear(self) -> None:
        """Reader thread: queue work, act on the rest at once, end the process with the input."""
        while line := self._requests.readline(MAX_LINE_BYTES + 1):
            try:
                request = decode_request(line)
            except ProtocolError as error:
                self.send(Failed(None, "request_refused", str(error)))
                continue
            self._take(request)
        # Not sys.exit: the main thread may be deep in native code, which must not keep us alive.
        os._exit(0)

    def _take(self, request: Request) -> None:
        if isinstance(request, Cancel):
            with self._state_lock:
                self._cancelled.add(request.id)
                if self._busy == request.id:
                    self._stop.raise_()
        elif isinstance(request, Status):
            self.send(StatusReport(self._busy, self._name, psutil.Process().memory_info().rss))
        else:
            self._work.put(request)

    def _serve(self, work: Work) -> None:
        """Carry out one request and answer it, whatever happens."""
        with self._state_lock:
            self._busy = work.id
            if work.id in self._cancelled:
                self._stop.raise_()
        self.send(Started(work.id))
        try:
            finished = self._carry_out(work)
        except ModelError as error:
            self.send(Failed(work.id, error.key, str(error)))
        except MemoryError:
            self.send(Failed(work.id, "out_of_memory", "no memory left"))
        else:
            self.send(finished)
        with self._state_lock:
            self._busy = None
            self._stop.lower()
            self._cancelled = {id_ for id_ in self._cancelled if id_ > work.id}

    def _carry_out(self, work: Work) -> Finished:
        if isinstance(work, Load):
            return self._load(work)
        engine = self._engine
        if isinstance(work, Count) and engine is not None:
            self.send(Counted(work.id, tuple(engine.count_tokens(text) for text in work.texts)))
            return Finished(work.id)
        if isinstance(work, Generate) and isinstance(engine, TextEngine):
            return self._generate(work, engine)
        if isinstance(work, Encode) and isinstance(engine, VectorEngine):
            return self._encode(work, engine)
        raise ModelError("no model of that kind is loaded")

    def _load(self, work: Load) -> Finished:
        self._engine = None  # the old one's memory is free before the new one needs its own
        self._name = ""
        told = -1

        def on_progress(done: int, total: int) -> None:
            nonlocal told
            if done != told:
                told = done
                self.send(Reading(work.id, done, total))

        engine = self._load_engine(work, self._stop, on_progress)
        self._engine = engine
        self._name = work.name or Path(work.model).stem
        size = getattr(engine, "size", 0)
        threads = getattr(engine, "threads", work.threads)
        self.send(Loaded(work.id, self._name, engine.context, threads, size))
        return Finished(work.id)

    def _generate(self, work: Generate, engine: TextEngine) -> Finished:
        began = time.perf_counter()
        for done, total in engine.read(work):
            self.send(Reading(work.id, done, total))
        read = time.perf_counter()
        if not self._stop.is_up():
            for text in engine.write(work):
                self.send(Token(work.id, text))
        ending = "cancelled" if self._stop.is_up() else engine.ending
        timings = Timings((read - began) * 1000, (time.perf_counter() - read) * 1000, engine.reused_tokens)
        return Finished(work.id, ending, engine.prompt_tokens, engine.completion_tokens, timings)

    def _encode(self, work: Encode, engine: VectorEngine) -> Finished:
        for index, vectors in enumerate(engine.encode(work.items)):
            rows, columns = vectors.shape
            self.send(Encoded(work.id, index, rows, columns, pack(vectors)))
        return Finished(work.id, "cancelled" if self._stop.is_up() else "done")


def _behave() -> None:
    """Step back behind the window: later at the processor, first when memory runs out."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE, encoding="ascii")
    with contextlib.suppress(OSError, psutil.Error):
        psutil.Process().nice(_LOWER_PRIORITY)


def _memory_limit(arguments: Sequence[str]) -> int:
    """Return the limit that ``arguments`` name in bytes, 0 for none; raise ValueError."""
    match list(arguments):
        case []:
            return 0
        case ["--memory", number]:
            return int(number)
    raise ValueError(arguments)


def _limit_memory(most: int) -> None:
    """Let this process allocate at most ``most`` bytes, for good, where the system can do so (Linux).

    What is mapped from the model's file is not counted: the system takes it back when memory runs short.
    """
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _private_output() -> BinaryIO:
    """Keep standard output for events alone: whatever else prints goes to standard error."""
    private = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return private


def main(arguments: Sequence[str] = (), load_engine: LoadEngine | None = None) -> int:
    """Serve until the input ends; ``load_engine`` stands in for llama.cpp.

    ``arguments`` may be ``--memory N``: the most that this process may allocate, in bytes.
    """
    events = _private_output()
    try:
        memory = _memory_limit(arguments)
    except ValueError:
        sys.stderr.write(f"a worker does not know these arguments: {' '.join(arguments)}\n")
        return 2
    _behave()
    if memory:
        _limit_memory(memory)
    Worker(sys.stdin.buffer, events, load_engine or _load_llama).run()
    return 0


def _load_llama(request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> AnyEngine:
    """Load with llama.cpp, which is imported only now: it takes a while, and may be missing."""
    try:
        from models.engine import load_engine
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineMissing(str(error)) from error
    return load_engine(request, stop, on_progress)
