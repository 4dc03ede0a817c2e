"""Reads the sentences and citations of a worded answer and checks each against the passages it cites."""

import re
from collections.abc import Sequence

from desktop.answer import AnswerSentence
from guidelines_db.analysis import content_terms
from guidelines_db.results import Hit
from guidelines_db.sentences import sentence_spans

SUPPORTED_SHARE = 0.6  # of a sentence's content words that the cited passages must hold

_CITATION = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")


def read_sentences(text: str, sources: Sequence[Hit]) -> tuple[AnswerSentence, ...]:
    """Cut ``text`` into sentences with their citations; a citation behind the full stop belongs before it."""
    pieces: list[str] = []
    for start, end in sentence_spans(text):
        piece = text[start:end].strip()
        leading = _leading_citations(piece)
        if leading and pieces:
            pieces[-1] += f" {piece[: len(leading)].strip()}"
            piece = piece[len(leading) :].strip()
        if piece:
            pieces.append(piece)
    return tuple(_sentence(piece, sources) for piece in pieces)


def _leading_citations(piece: str) -> str:
    match = re.match(rf"(?:{_CITATION.pattern}\s*)+\.?", piece)
    return match[0] if match else ""


def _sentence(piece: str, sources: Sequence[Hit]) -> AnswerSentence:
    numbers = [int(number) for group in _CITATION.findall(piece) for number in re.split(r"[,;]", group)]
    cited = tuple(dict.fromkeys(number for number in numbers if 1 <= number <= len(sources)))
    plain = " ".join(_CITATION.sub("", piece).split()).replace(" .", ".")
    return AnswerSentence(plain, cited, bool(cited) and _is_supported(plain, [sources[n - 1] for n in cited]))


def _is_supported(sentence: str, cited: Sequence[Hit]) -> bool:
    """Numbers must all stand in the cited passages, and most content words."""
    terms = set(content_terms(sentence))
    if not terms:
        return False
    held = {
        term
        for hit in cited
        for term in content_terms(f"{hit.document.publisher} {hit.document.title} {hit.section} {hit.text}")
    }
    if any(term not in held for term in terms if any(character.isdigit() for character in term)):
        return False
    return len(terms & held) >= SUPPORTED_SHARE * len(terms)
