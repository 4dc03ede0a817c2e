"""The glossary: which other words a question's words also look for. Files are TOML and can be edited by a town."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guidelines_db.analysis import tokens
from guidelines_db.errors import GuidelinesError

GLOSSARY_FILE = Path(__file__).with_name("glossary.toml")
MAX_PHRASE = 6


class GlossaryInvalid(GuidelinesError):
    """A glossary file cannot be read; ``detail`` names file and reason."""

    key = "glossary_invalid"


@dataclass(frozen=True)
class Match:
    """``terms[start:end]`` of a question is a glossary phrase; ``others`` are phrases of the same meaning."""

    start: int
    end: int
    others: tuple[tuple[str, ...], ...]


class Glossary:
    """Looks phrases up by their terms."""

    def __init__(self, files: Sequence[Path] = (GLOSSARY_FILE,)) -> None:
        """Read ``files``; a missing file is skipped.

        Raises:
            GlossaryInvalid: if a file is not TOML of the described form.
        """
        self._others: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        for file in files:
            if file.is_file():
                self._read(file)

    def matches(self, terms: Sequence[str]) -> Iterator[Match]:
        """Yield the longest phrases of ``terms`` that the glossary knows, from left to right."""
        position = 0
        while position < len(terms):
            for length in range(min(MAX_PHRASE, len(terms) - position), 0, -1):
                phrase = tuple(terms[position : position + length])
                if others := self._others.get(phrase):
                    yield Match(position, position + length, tuple(others))
                    if length > 1:
                        position += length - 1
                    break
            position += 1

    def _read(self, file: Path) -> None:
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
            groups = [[_phrase(term) for term in group] for group in values.get("same", [])]
            directed = [
                ([_phrase(term) for term in entry["from"]], [_phrase(term) for term in entry["to"]])
                for entry in values.get("directed", [])
            ]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise GlossaryInvalid(f"{file}: {error}") from error
        for group in groups:
            self._add(group, group)
        for sources, targets in directed:
            self._add(sources, targets)

    def _add(self, sources: list[tuple[str, ...]], targets: list[tuple[str, ...]]) -> None:
        for source in sources:
            known = self._others.setdefault(source, {})
            known.update((target, None) for target in targets if target and target != source)


def _phrase(text: str) -> tuple[str, ...]:
    """The leading term of each content token: a hyphenated compound is its joined form."""
    return tuple(token.terms[0] for token in tokens(text) if not token.stop and token.terms)
