"""Lets the search use the encoder's worker process; any failure of it leaves text search."""

import threading
from collections.abc import Callable, Sequence

from guidelines_db.vectors import EncoderUnavailable, Matrix, Vector
from models.encoder import SentenceEncoder
from models.errors import ModelError


class SearchEncoder:
    """The encoder as ``guidelines_db`` wants it. One call at a time, from any thread."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()
        self._failure = ""

    @property
    def model_id(self) -> str:
        """SHA-256 of the model file."""
        return self._encoder.model_id

    @property
    def failure(self) -> str:
        """Key of the problem that keeps the encoder from running, "" if none."""
        return self._failure

    def warm_up(self) -> None:
        """Load the model now instead of with the first question; a failure shows in ``failure``."""
        with self._lock:
            try:
                self._encoder.ensure_loaded()
            except ModelError as error:
                self._failure = error.key

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question; raise EncoderUnavailable."""
        with self._lock:
            self._check()
            try:
                return self._encoder.encode_query(text)
            except ModelError as error:
                raise self._unavailable(error) from error

    def encode_sections(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> list[tuple[Vector, Matrix]]:
        """Return whole and sentence vectors of sections; raise EncoderUnavailable."""
        with self._lock:
            self._check()
            try:
                return self._encoder.encode_sections(sections, on_progress)
            except ModelError as error:
                raise self._unavailable(error) from error

    def close(self) -> None:
        """End the worker process."""
        self._encoder.close()

    def _check(self) -> None:
        # a model that cannot be loaded will not get better by asking again for every question
        if self._failure:
            raise EncoderUnavailable(self._failure)

    def _unavailable(self, error: ModelError) -> EncoderUnavailable:
        if error.key not in {"worker_crashed", "worker_hung", "worker_garbled"}:
            self._failure = error.key
        return EncoderUnavailable(error.key)
