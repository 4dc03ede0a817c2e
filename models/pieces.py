"""Turns the bytes of tokens into text that can be shown: whole characters, nothing of a stop text."""

import codecs
from collections.abc import Sequence


class Pieces:
    """Collects token bytes and gives out text as soon as it is safe to show."""

    def __init__(self, stop: Sequence[str] = ()) -> None:
        """``stop`` are texts at which the answer ends; they are never given out."""
        self._stop = [text for text in stop if text]
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.stopped = False

    def feed(self, data: bytes) -> str:
        """Take the bytes of one token and return the text that can be shown now, maybe none."""
        return self._release(self._decoder.decode(data), final=False)

    def rest(self) -> str:
        """Return what is left at the end of the answer."""
        return self._release(self._decoder.decode(b"", final=True), final=True)

    def _release(self, text: str, *, final: bool) -> str:
        if self.stopped:
            return ""
        self._held += text
        found = [place for place in (self._held.find(stop) for stop in self._stop) if place >= 0]
        if found:
            self.stopped = True
            keep = min(found)
        else:
            keep = len(self._held) - (0 if final else self._possible_stop())
        shown, self._held = self._held[:keep], self._held[keep:]
        return shown

    def _possible_stop(self) -> int:
        """Return how many of the last held characters may be the beginning of a stop text."""
        longest = 0
        for stop in self._stop:
            for length in range(min(len(stop) - 1, len(self._held)), longest, -1):
                if self._held.endswith(stop[:length]):
                    longest = length
                    break
        return longest
