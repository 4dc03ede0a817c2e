"""By which words a sentence is known to speak of a topic (topics.toml)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LEXICON_FILE = Path(__file__).with_name("topics.toml")
_GAP = r"\b[^.,;:!?]{1,50}?\b"  # some words between two commas
_NOTHING = re.compile(r"(?!)")


class Finder:
    """Finds patterns in sentences; a sentence without any of their letters costs next to nothing."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._expression = _compiled(patterns)
        # What must stand in a sentence, whatever the stars stand for: the longest piece of each pattern.
        self._cores = tuple({max(re.split(r"[\s*…]+", one.lower()), key=len) for one in patterns})

    def find(self, text: str) -> frozenset[str]:
        """Return the different places that fit, in lower case."""
        lower = text.lower()
        if not any(core in lower for core in self._cores):
            return frozenset()
        return frozenset(match.lower() for match in self._expression.findall(text))


@dataclass(frozen=True)
class TopicWords:
    """The words of one topic. ``compared``: documents are compared by it."""

    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    compared: bool = True

    @cached_property
    def naming(self) -> Finder:
        """Finds what names the topic."""
        return Finder(self.names)

    @cached_property
    def hinting(self) -> Finder:
        """Finds what speaks of the topic where a section is marked with it."""
        return Finder(self.hints)


class Lexicon:
    """The words of all topics."""

    def __init__(self, file: Path = LEXICON_FILE) -> None:
        """Read ``file``; raises OSError and ValueError, as it belongs to the program."""
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        self._topics: Mapping[str, TopicWords] = {
            topic: TopicWords(
                tuple(entry.get("names", ())), tuple(entry.get("hints", ())), entry.get("compared", True)
            )
            for topic, entry in values.items()
        }

    def __contains__(self, topic: object) -> bool:
        """Tell whether the words of ``topic`` are known."""
        return topic in self._topics

    def words(self, topic: str) -> TopicWords:
        """Return the words of ``topic``; of an unknown one only marked sections are found."""
        return self._topics.get(topic, TopicWords())


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    if not patterns:
        return _NOTHING
    return re.compile("|".join(rf"(?<!\w){_expression(one)}(?!\w)" for one in patterns), re.IGNORECASE)


def _expression(pattern: str) -> str:
    parts = [
        _GAP if word == "…" else re.escape(word).replace(r"\*", r"[\w-]*" if word[0] != "*" else r"\w*")
        for word in pattern.split()
    ]
    joined = r"\s+".join(parts)
    return joined.replace(rf"\s+{_GAP}\s+", _GAP)
