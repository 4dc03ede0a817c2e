"""The program's side of a model worker: starts it, asks it, hears it, and ends it. Knows no Qt.

One ``WorkerClient`` is one worker process. Its calls block and may come from any thread; only
``cancel`` and ``close`` make sense while another call runs. Whatever happens to the process becomes a
``WorkerDied`` or another ``ModelError``, and the next call starts it again with the model it had.
"""

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NoReturn

from models.errors import (
    ERRORS_BY_KEY,
    ModelError,
    WorkerDied,
    WorkerGarbled,
    WorkerHung,
    WorkerOutOfMemory,
)
from models.protocol import (
    MAX_LINE_BYTES,
    Cancel,
    Count,
    Counted,
    Encode,
    Encoded,
    EncodeItem,
    Event,
    Failed,
    Finished,
    Generate,
    Load,
    Loaded,
    ProtocolError,
    Reading,
    Ready,
    Request,
    StatusReport,
    Token,
    decode_event,
    encode,
)

OnEvent = Callable[[Reading | Token], None]
_KILLED_BY_SYSTEM = -9  # SIGKILL that we did not send: on Linux the out-of-memory killer
_NO_CONSOLE_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_LOG_LIMIT_BYTES = 512 * 1024


@dataclass(frozen=True)
class _Ended:
    """Stands behind the last event of a process."""

    garbled: bool


class _Process:
    """One running worker and the thread that hears it."""

    def __init__(self, command: Sequence[str], stderr_log: Path | None) -> None:
        self.events: queue.Queue[Event | _Ended] = queue.Queue()
        self._write_lock = threading.Lock()
        with contextlib.ExitStack() as stack:
            errors = stack.enter_context(_open_log(stderr_log)) if stderr_log else subprocess.DEVNULL
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=os.environ | {"PYTHONUTF8": "1"},
                creationflags=_NO_CONSOLE_WINDOW,
            )
        self.pid = self._child.pid
        self._hearing = threading.Thread(target=self._hear, name="model-events", daemon=True)
        self._hearing.start()

    def _hear(self) -> None:
        """Turn lines into events until the worker's output ends or cannot be read."""
        output = self._child.stdout
        if output is None:
            raise AssertionError("the worker was started with a pipe")
        garbled = False
        with contextlib.suppress(OSError, ValueError):  # closed by us
            while line := output.readline(MAX_LINE_BYTES + 1):
                try:
                    self.events.put(decode_event(line))
                except ProtocolError:
                    # A line without its end is what a process leaves that died while writing it.
                    garbled = line.endswith(b"\n") or len(line) > MAX_LINE_BYTES
                    break
        self.events.put(_Ended(garbled))

    def send(self, request: Request) -> None:
        """Write ``request``; a worker that is gone shows in its events, not here."""
        data = encode(request)
        stdin = self._child.stdin
        with self._write_lock, contextlib.suppress(OSError, ValueError):
            if stdin is not None:
                stdin.write(data)
                stdin.flush()

    def exit_code(self, wait_s: float = 2.0) -> int | None:
        """Return the exit code, waiting shortly for it; None if the process still runs."""
        try:
            return self._child.wait(wait_s)
        except subprocess.TimeoutExpired:
            return None

    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._child.poll() is None

    def kill(self) -> None:
        """End the process at once."""
        self._child.kill()
        self._release()

    def end(self, wait_s: float) -> None:
        """End the process: end of its input, then terminate, then kill, waiting ``wait_s`` each."""
        for step in (self._end_input, self._child.terminate, self._child.kill):
            step()
            if self.exit_code(wait_s) is not None:
                break
        self._release()

    def _end_input(self) -> None:
        stdin = self._child.stdin
        # Not under the write lock: a write that hangs on a full pipe holds it.
        with contextlib.suppress(OSError, ValueError):
            if stdin is not None:
                stdin.close()

    def _release(self) -> None:
        """Give back the pipes, the thread and the process's entry."""
        self.exit_code()
        self._hearing.join(2.0)
        for stream in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()


def _open_log(file: Path) -> BinaryIO:
    """Open the worker's log for adding to it, emptied when it has grown large."""
    file.parent.mkdir(parents=True, exist_ok=True)
    large = file.is_file() and file.stat().st_size > _LOG_LIMIT_BYTES
    return file.open("wb" if large else "ab")


class WorkerClient:
    """A model worker process, started by ``command`` when first needed."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        stderr_log: Path | None = None,
        hang_timeout_s: float = 180.0,
        cancel_timeout_s: float = 5.0,
        close_timeout_s: float = 1.0,
    ) -> None:
        """Keep what is needed; no process starts yet.

        ``hang_timeout_s`` is the longest silence while the worker works on a request: far more than
        one slice of a prompt takes on the slowest computer.
        """
        self._command = list(command)
        self._stderr_log = stderr_log
        self._hang_timeout_s = hang_timeout_s
        self._cancel_timeout_s = cancel_timeout_s
        self._close_timeout_s = close_timeout_s
        self._ids = itertools.count(1)
        self._calls = threading.RLock()  # one request at a time
        self._process: _Process | None = None
        self._model: Load | None = None
        self._loaded: Loaded | None = None
        self._current: int | None = None
        self._cancelled: tuple[int, float] | None = None  # request and time
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The worker's process id; None while none runs."""
        process = self._process
        return process.pid if process and process.is_running() else None

    @property
    def loaded(self) -> Loaded | None:
        """What the worker said of its model; None while none is loaded."""
        return self._loaded if self.pid is not None else None

    def start(self) -> None:
        """Start the process unless it runs; raise ModelError."""
        with self._calls:
            self._running()

    def load_model(self, request: Load, on_event: OnEvent | None = None) -> Loaded:
        """Load a model (the request's id is replaced); raise ModelError."""
        with self._calls:
            self._model = request
            self._loaded = None
            return self._load(on_event)

    def generate(self, request: Generate, on_event: OnEvent | None = None) -> Finished:
        """Let the model write; ``on_event`` is called on this thread. The request's id is replaced.

        A cancelled request returns with ending "cancelled", also if the worker had to be killed for
        not hearing it.
        """
        with self._calls:
            self._ensure_model()
            finished, _ = self._ask(replace(request, id=next(self._ids)), on_event)
            return finished

    def encode(
        self, items: Sequence[EncodeItem], on_done: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        """Return the items' vectors in order; ``on_done`` gets the number of items done so far.

        A cancelled request returns the items done until then.
        """
        with self._calls:
            self._ensure_model()
            request = Encode(next(self._ids), tuple(items))
            done = 0

            def heard(event: Event) -> None:
                nonlocal done
                if isinstance(event, Encoded):
                    done += 1
                    if on_done:
                        on_done(done)

            _, events = self._ask(request, None, heard)
            return [event for event in events if isinstance(event, Encoded)]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has for the loaded model."""
        with self._calls:
            self._ensure_model()
            _, events = self._ask(Count(next(self._ids), tuple(texts)))
            return [count for event in events if isinstance(event, Counted) for count in event.counts]

    def cancel(self) -> None:
        """Stop the current generate or encode; from any thread. Without one, nothing happens."""
        process, current = self._process, self._current
        if process is not None and current is not None:
            self._cancelled = (current, time.monotonic())
            process.send(Cancel(current))

    def close(self) -> None:
        """End the worker for good; a call that still runs raises WorkerDied."""
        self._closed = True
        process = self._process
        if process is not None:
            process.end(self._close_timeout_s)
        with self._calls:
            self._forget()

    def _running(self) -> _Process:
        """Return the running process, starting one if need be."""
        if self._closed:
            raise WorkerDied("the worker was closed")
        if self._process is not None and self._process.is_running():
            return self._process
        if self._process is not None:
            self._process.kill()  # gives back what the dead one left
        self._forget()
        try:
            self._process = _Process(self._command, self._stderr_log)
        except OSError as error:
            raise WorkerDied(f"the worker could not be started: {error}") from error
        if self._closed:  # meanwhile, by another thread that saw no process yet
            self._give_up(WorkerDied("the worker was closed"))
        if not isinstance(self._next_event(self._process), Ready):
            self._give_up(WorkerGarbled("the worker did not greet"))
        return self._process

    def _forget(self) -> None:
        self._process = None
        self._loaded = None
        self._current = None

    def _ensure_model(self) -> None:
        """Start the worker and load its model again if either is gone."""
        self._running()
        if self._loaded is None and self._model is not None:
            self._load(None)

    def _load(self, on_event: OnEvent | None) -> Loaded:
        if self._model is None:
            raise AssertionError("no model was named")
        _, events = self._ask(replace(self._model, id=next(self._ids)), on_event)
        self._loaded = next(event for event in events if isinstance(event, Loaded))
        return self._loaded

    def _ask(
        self,
        request: Load | Generate | Encode | Count,
        on_event: OnEvent | None = None,
        heard: Callable[[Event], None] | None = None,
    ) -> tuple[Finished, list[Event]]:
        """Send ``request`` and return its end and its other events; raise what became of it."""
        process = self._running()
        # A load is not interrupted: half a model is of no use, and the next question would wait again.
        self._current = None if isinstance(request, Load) else request.id
        results: list[Event] = []
        try:
            process.send(request)
            while True:
                event = self._next_event(process)
                if isinstance(event, Finished) and event.id == request.id:
                    return event, results
                if isinstance(event, Failed) and event.id in {request.id, None}:
                    raise ERRORS_BY_KEY.get(event.problem, ModelError)(event.detail)
                if isinstance(event, (Reading, Token)):
                    if on_event and event.id == request.id:
                        on_event(event)
                elif not isinstance(event, StatusReport):
                    results.append(event)
                    if heard:
                        heard(event)
        except WorkerHung:
            if self._cancelled is None or self._cancelled[0] != request.id:
                raise
            return Finished(request.id, "cancelled"), results
        finally:
            self._current = None

    def _next_event(self, process: _Process) -> Event:
        """Return the next event; end the process and raise WorkerDied if there will be none."""
        silent_since = time.monotonic()
        while True:
            try:
                event = process.events.get(timeout=0.1)
            except queue.Empty:
                self._check_patience(silent_since)
                continue
            if isinstance(event, _Ended):
                self._give_up(self._cause_of_death(process, event))
            else:
                return event

    def _check_patience(self, silent_since: float) -> None:
        """Kill the worker and raise WorkerHung after too long a silence, or an unheard cancel."""
        now = time.monotonic()
        asked = self._cancelled
        if asked and asked[0] == self._current and now - asked[1] > self._cancel_timeout_s:
            self._give_up(WorkerHung("the worker did not hear that it should stop"))
        if now - silent_since > self._hang_timeout_s:
            self._give_up(WorkerHung(f"the worker was silent for {self._hang_timeout_s:.0f} s"))

    def _cause_of_death(self, process: _Process, ended: _Ended) -> WorkerDied:
        if ended.garbled:
            return WorkerGarbled("the worker sent something that is no message")
        code = process.exit_code()
        if code == _KILLED_BY_SYSTEM and not self._closed:
            return WorkerOutOfMemory("the worker was killed from outside")
        return WorkerDied(f"the worker ended with code {code}")

    def _give_up(self, error: WorkerDied) -> NoReturn:
        """End the process, forget it, and raise ``error``."""
        if self._process is not None:
            self._process.kill()
        self._forget()
        raise error
