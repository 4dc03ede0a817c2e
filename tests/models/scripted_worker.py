"""The real worker around a scripted engine: the last message says what happens, one word per step.

Words: ``read:N`` reads N slices slowly until stopped, ``say:TEXT``, ``flood:N`` N pieces until stopped,
``crash`` (segmentation fault), ``exit:N``, ``hang``, ``deaf`` (ignores a stop for ever), ``print`` (native
and Python output to standard output), ``garbage`` (a spoiled line), ``memory`` (no memory left),
``take:N`` (holds N MB for a moment),
``refuse`` (a known problem). A model file whose name holds "damaged" is refused.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from models.engine_api import StopFlag
from models.errors import ModelFileDamaged, RequestRefused
from models.protocol import EncodeItem, FinishedEnding, Generate, Load
from models.worker import main

SIZE = 384
_events_fd = os.dup(1)  # what the worker keeps for its events; taken before it moves it away


class ScriptedEngine:
    """Does what the prompt says."""

    def __init__(self, request: Load, stop: StopFlag) -> None:
        self.context = request.context
        self._stop = stop
        self.prompt_tokens = self.reused_tokens = self.completion_tokens = 0
        self.ending: FinishedEnding = "done"

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def read(self, request: Generate) -> Iterator[tuple[int, int]]:
        """Read in slices of ten milliseconds."""
        script = _script(request)
        self.prompt_tokens, self.completion_tokens = len(script), 0
        total = sum(int(word.partition(":")[2]) for word in script if word.startswith("read:")) or 1
        for done in range(total):
            if self._stop.is_up():
                return
            yield done, total
            threading.Event().wait(0.01 if total > 1 else 0)
        yield total, total

    def write(self, request: Generate) -> Iterator[str]:
        """Carry out the words in turn."""
        for word in _script(request):
            name, _, value = word.partition(":")
            if name == "say":
                self.completion_tokens += 1
                yield value + " "
            elif name == "flood":
                for number in range(int(value)):
                    if self._stop.is_up():
                        return
                    self.completion_tokens += 1
                    yield f"{number} "
            else:
                _misbehave(name, value, self._stop)

    # An encoder's side of the same engine.
    size = SIZE

    def encode(self, items: Sequence[EncodeItem]) -> Iterator[NDArray[np.float32]]:
        """Give each text a vector that depends on its letters alone."""
        for item in items:
            texts = [" ".join((item.context, *item.sentences)), *item.sentences]
            if "crash" in texts[0]:
                ctypes.string_at(0)
            yield np.stack([_vector(text) for text in texts])


def _script(request: Generate) -> list[str]:
    return request.messages[-1].content.split()


def _vector(text: str) -> NDArray[np.float32]:
    counts = np.bincount(np.frombuffer(text.encode(), np.uint8), minlength=SIZE).astype(np.float32)
    return counts / max(float(np.linalg.norm(counts)), 1.0)


def _misbehave(name: str, value: str, stop: StopFlag) -> None:
    """Do what no engine should."""
    if name == "crash":
        ctypes.string_at(0)
    elif name == "exit":
        os._exit(int(value))
    elif name == "hang":
        while not stop.is_up():
            threading.Event().wait(0.01)
    elif name == "deaf":
        threading.Event().wait()
    elif name == "print":
        ctypes.CDLL(None).puts(b'{"v":1,"type":"token","id":1,"text":"native"}')
        ctypes.CDLL(None).fflush(None)
        print("python", flush=True)
    elif name == "garbage":
        os.write(_events_fd, b"\xff\xfe no message\n")
    elif name == "memory":
        raise MemoryError
    elif name == "take":
        bytearray(int(value) * 1_000_000)
    elif name == "refuse":
        raise RequestRefused("as the script wants")


def load_engine(request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> ScriptedEngine:
    """Load nothing."""
    if "damaged" in request.model:
        raise ModelFileDamaged("as the name says")
    on_progress(1, 1)
    return ScriptedEngine(request, stop)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], load_engine))
