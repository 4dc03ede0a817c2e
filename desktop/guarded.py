"""An encoder's worker process as the program uses it: one call at a time, and no second try where none can help."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from guidelines_db.vectors import EncoderUnavailable
from models.encoder import SentenceEncoder
from models.errors import ModelError

log = logging.getLogger(__name__)

T = TypeVar("T")

_PASSING = frozenset({"worker_crashed", "worker_hung", "worker_garbled"})  # the next call starts a new worker


class GuardedEncoder:
    """Calls block, one at a time, from any thread."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.encoder = encoder
        self._lock = threading.Lock()
        self._failure = ""

    def warm_up(self) -> None:
        """Load the model now instead of with the first call, which says so if it cannot be loaded."""
        with self._lock:
            try:
                self.encoder.ensure_loaded()
            except ModelError as error:
                self._failure = error.key

    def run(self, work: Callable[[], T]) -> T:
        """Return what ``work`` does with the encoder; raise EncoderUnavailable with the key of the problem."""
        with self._lock:
            # A model that cannot be loaded will not get better by asking again for every question.
            if self._failure:
                raise EncoderUnavailable(self._failure)
            try:
                return work()
            except ModelError as error:
                log.warning("encoder failed: %s", error.key)
                if error.key not in _PASSING:
                    self._failure = error.key
                raise EncoderUnavailable(error.key) from error

    def close(self) -> None:
        """End the worker process; from any thread."""
        self.encoder.close()
