"""Checks a sentence of the model against the evidence it cites. Whatever fails is not shown as an answer.

The checks read only strings and know nothing of the model. What a sentence says must stand in one of the cited
sentences, in its order and without large gaps, so that a sentence may be shortened but not put together anew ("Der
Rat lädt ein, der Bürgermeister leitet" never becomes "Der Rat leitet"); that sentence must also agree in negation,
modality and tense, and hold its small words of time, limit and number.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guidelines_db.analysis import Token, stem, tokens, verb_variants
from guidelines_db.sentences import sentence_spans

MIN_WORDS = 3
MIN_DENSITY = 0.6  # of the content words between the first and the last one used, so many must be used

_CITATION = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_NEGATION = {
    "not": r"\b(?:nichts?|niemand\w*|kein\w*|nie|niemals|nirgends|weder|keinesfalls|keineswegs)\b",
    "only": r"\b(?:nur|ausschließlich|lediglich|allein|höchstens|mindestens)\b",
    "without": r"\b(?:ohne|außer|ausgenommen|mit Ausnahme|ausgeschlossen)\b",
}
_MODALITY = {
    "must": r"\b(?:muss|müssen|musste[n]?|verpflichte\w*|verpflichtend\w*|\w*pflicht(?:en)?|zwingend|"
    r"erforderlich\w*|(?:ist|sind) (?:\w+ ){0,4}zu \w+en)\b",
    "may": r"\b(?:darf|dürfen|durfte[n]?|erlaub\w*|zulässig\w*|gestatte\w*|zugelassen\w*)\b",
    "should": r"\b(?:soll|sollen|sollte[n]?|empf[aei]hl\w*|empfohlen\w*|Empfehlung\w*)\b",
    "can": r"\b(?:kann|können|konnte[n]?|könnte[n]?|möglich\w*)\b",
    "forbidden": r"\b(?:verboten\w*|verbiet\w*|Verbot\w*|untersag\w*|unzulässig\w*)\b",
}
_TENSE = re.compile(
    r"\b(?:wird|werden|wurde|wurden|worden|geworden|war|waren|hatte|hatten|hätte|würde|würden)\b",
    re.IGNORECASE,
)
# Small words that turn a sentence over: those of a shortened sentence must stand in its source.
_TURNING = re.compile(
    r"\b(?:vor|nach|seit|ab|bis|über|unter|zwischen|während|mehr|weniger|alle[smnr]?|jede[smnr]?|immer|stets|oft|selten"
    r"|viele[nr]?|wenige[nr]?|manche[nr]?|einige[nr]?|etwa|fast|erst|schon|noch|auch|gegen|statt|trotz|wenn|falls|sofern"
    r"|oder)\b",
    re.IGNORECASE,
)
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in (_NEGATION | _MODALITY).items()}

# Words with which sentences are joined; they say nothing that evidence would have to hold.
_CONNECTING = frozenset(
    stem(word)
    for word in """ja nein laut demnach zufolge danach dabei sowie beziehungsweise heißt bedeutet gilt gelten
    enthält besteht gehört gehören betrifft erklärt nennt sagt steht liegt zum beispiel etwa insbesondere folgende
    folgendes""".split()
)


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence without its citation marks, the passages it cites, and why it failed ("" if it did not)."""

    text: str
    citations: tuple[int, ...]
    failure: str

    @property
    def supported(self) -> bool:
        """Whether the sentence may be shown."""
        return not self.failure


def cut_answer(text: str) -> list[str]:
    """Cut the model's text into sentences with their citations; marks behind the full stop belong before it."""
    pieces: list[str] = []
    for start, end in sentence_spans(text):
        piece = text[start:end].strip()
        match = re.match(rf"(?:{_CITATION.pattern}[\s.]*)+", piece)
        if match and pieces:
            pieces[-1] += f" {match[0].strip()}"
            piece = piece[match.end() :].strip()
        if piece:
            pieces.append(piece)
    return pieces


def check_sentence(
    piece: str, evidence: dict[int, Sequence[str]], context: dict[int, str], prompt: str
) -> CheckedSentence:
    """Check one sentence of the model; one without a citation is held against the passage it is closest to.

    ``evidence`` maps passage numbers to their evidence sentences, ``context`` to publisher, title and heading, whose
    words may be used too; ``prompt`` are the instructions, which must not come back as an answer.
    """
    numbers = [int(number) for group in _CITATION.findall(piece) for number in re.split(r"[,;]", group)]
    cited = tuple(dict.fromkeys(number for number in numbers if number in evidence))
    plain = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_CITATION.sub(" ", piece).split())).lstrip("-–•* ")
    cited = cited or _closest_passage(plain, evidence)
    failure = _failure(plain, cited, evidence, context, prompt) if cited else "no_source"
    return CheckedSentence(plain, cited, failure)


def _failure(
    plain: str,
    cited: Sequence[int],
    evidence: Mapping[int, Sequence[str]],
    context: Mapping[int, str],
    prompt: str,
) -> str:
    if len(plain.split()) < MIN_WORDS:
        return "too_short"
    if _echoes(plain, prompt):
        return "prompt"
    used = _claims(plain)
    if not used:
        return "no_content"
    beside = frozenset[str]().union(*(_terms(context[number]) for number in cited))
    holding = [
        sentence for number in cited for sentence in evidence[number] if used <= _terms(sentence) | beside
    ]
    if not holding:
        return "words"
    failures = [_altered(plain, sentence, beside) for sentence in holding]
    return "" if "" in failures else failures[0]


def _altered(plain: str, sentence: str, beside: frozenset[str]) -> str:
    """Return what makes ``plain`` say something else than the ``sentence`` that holds its words, "" if nothing does."""
    if any(
        token.kind == "number" and token.surface not in sentence and not beside.intersection(token.terms)
        for token in tokens(plain)
    ):
        return "words"
    if not _in_order(plain, sentence, beside):
        return "order"
    for pattern in (_TENSE, _TURNING):
        said = {word.lower() for word in pattern.findall(sentence)}
        if any(word.lower() not in said for word in pattern.findall(plain)):
            return "tone"
    return "" if _tone(plain) == _tone_of(sentence, plain) else "tone"


def _in_order(plain: str, sentence: str, beside: frozenset[str]) -> bool:
    """Tell whether the words of ``plain`` stand in ``sentence`` in the same order and close together.

    Words of publisher, title and heading (``beside``) may be added anywhere.
    """
    source = [_token_terms(token) for token in tokens(sentence) if token.terms and not token.stop]
    used: list[int] = []
    for token in tokens(plain):
        if token.stop or not token.terms or (token.kind == "word" and token.terms[0] in _CONNECTING):
            continue
        wanted = {token.terms[0]} if token.kind == "word" else set(token.terms)
        after = used[-1] + 1 if used else 0
        place = next((place for place in range(after, len(source)) if wanted & source[place]), None)
        if place is not None:
            used.append(place)
        elif not wanted & beside:
            return False
    return bool(used) and len(used) >= MIN_DENSITY * (used[-1] - used[0] + 1)


def _closest_passage(plain: str, evidence: Mapping[int, Sequence[str]]) -> tuple[int, ...]:
    """Return the passage whose sentence shares most with an uncited sentence; small models forget their citations."""
    used = _claims(plain)
    shared = {
        number: max((len(used & _terms(sentence)) for sentence in sentences), default=0)
        for number, sentences in evidence.items()
    }
    best = max(shared, key=lambda number: (shared[number], -number), default=0)
    return (best,) if best and shared[best] else ()


def _echoes(plain: str, prompt: str) -> bool:
    words = plain.lower().split()
    text = " ".join(prompt.lower().split())
    return any(" ".join(words[i : i + 5]) in text for i in range(max(1, len(words) - 4))) and len(words) >= 5


def _claims(sentence: str) -> frozenset[str]:
    """The terms a sentence asserts: leading term of each content word, and all of numbers, dates, references."""
    found: set[str] = set()
    for token in tokens(sentence):
        if token.stop or not token.terms:
            continue
        if token.kind == "word":
            if token.terms[0] not in _CONNECTING:
                found.add(token.terms[0])
        else:
            found.update(token.terms)
    return frozenset(found)


@lru_cache(maxsize=2_000)
def _terms(sentence: str) -> frozenset[str]:
    """Everything a sentence of the evidence holds, in all forms."""
    return frozenset[str]().union(*(_token_terms(token) for token in tokens(sentence)))


def _token_terms(token: Token) -> set[str]:
    """Everything a word of the evidence may be called."""
    found = {*token.terms, *token.weak}
    if token.kind == "word":
        found.update(verb_variants(token.surface))
    return found


def _tone(sentence: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(sentence))


def _tone_of(evidence: str, sentence: str) -> frozenset[str]:
    """The tone of the clauses of ``evidence`` that ``sentence`` speaks of; of all of it where they share no word."""
    used = _claims(sentence)
    clauses = [
        clause
        for clause in re.split(r"[;:]|, (?=aber|sondern|wenn|sofern|jedoch)|(?<=\w) – ", evidence)
        if clause
    ]
    touched = [clause for clause in clauses if used & _terms(clause)]
    return _tone(" ".join(touched) if touched else evidence)
