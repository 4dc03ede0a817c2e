"""Lets the search use the encoder's worker process; any failure of it leaves text search."""

from collections.abc import Callable, Sequence

from desktop.guarded import GuardedEncoder
from guidelines_db.vectors import Matrix, Vector
from models.encoder import SentenceEncoder


class SearchEncoder:
    """The encoder as ``guidelines_db`` wants it. One call at a time, from any thread."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._guarded = GuardedEncoder(encoder)
        self.warm_up = self._guarded.warm_up
        self.close = self._guarded.close

    @property
    def model_id(self) -> str:
        """SHA-256 of the model file."""
        return self._encoder.model_id

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question; raise EncoderUnavailable."""
        return self._guarded.run(lambda: self._encoder.encode_query(text))

    def encode_sections(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> list[tuple[Vector, Matrix]]:
        """Return whole and sentence vectors of sections; raise EncoderUnavailable."""
        return self._guarded.run(lambda: self._encoder.encode_sections(sections, on_progress))
