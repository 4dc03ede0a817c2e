"""Checks a sentence of the model against the evidence it cites. Whatever fails is not shown as an answer.

The checks read only strings and know nothing of the model. What a sentence says must stand in one of the cited
sentences, in its order and without large gaps, so that a sentence may be shortened but not put together anew ("Der
Rat lädt ein, der Bürgermeister leitet" never becomes "Der Rat leitet"); that sentence must also agree in negation,
modality and tense, and hold its small words of time, limit and number. A word of publisher, title or heading may be
added, never put in place of another.
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
    r"\b(?:ist|sind|wird|werden|wurde|wurden|worden|geworden|war|waren|hat|haben|hatte|hatten|hätte|würde|würden)\b",
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
    """A sentence without its citation marks, the passages it cites, and why it failed ("" if it did not).

    ``borne_by`` is the sentence of the evidence that bears it out, "" if it failed.
    """

    text: str
    citations: tuple[int, ...]
    failure: str
    borne_by: str = ""

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
    if not cited:
        return CheckedSentence(plain, cited, "no_source")
    return CheckedSentence(plain, cited, *_judge(plain, cited, evidence, context, prompt))


def _judge(
    plain: str,
    cited: Sequence[int],
    evidence: Mapping[int, Sequence[str]],
    context: Mapping[int, str],
    prompt: str,
) -> tuple[str, str]:
    """Return why ``plain`` failed ("" if it did not), and the sentence that bears it out."""
    used = _claims(plain)
    if len(plain.split()) < MIN_WORDS:
        return "too_short", ""
    if _echoes(plain, prompt):
        return "prompt", ""
    if not used:
        return "no_content", ""
    beside = frozenset[str]().union(*(_terms(context[number]) for number in cited))
    holding = [
        sentence for number in cited for sentence in evidence[number] if used <= _terms(sentence) | beside
    ]
    failures = [_altered(plain, sentence, beside) for sentence in holding]
    if "" in failures:
        return "", holding[failures.index("")]
    return (failures[0] if failures else "words"), ""


def _altered(plain: str, sentence: str, beside: frozenset[str]) -> str:
    """Return what makes ``plain`` say something else than the ``sentence`` that holds its words, "" if nothing does."""
    if any(
        token.kind == "number" and token.surface not in sentence and not beside.intersection(token.terms)
        for token in tokens(plain)
    ):
        return "words"
    for pattern in (_TENSE, _TURNING):
        said = {word.lower() for word in pattern.findall(sentence)}
        if any(word.lower() not in said for word in pattern.findall(plain)):
            return "tone"
    if _tone(plain) != _tone_of(sentence, plain):
        return "tone"
    return "" if _in_order(plain, sentence, beside) else "order"


def _in_order(plain: str, sentence: str, beside: frozenset[str]) -> bool:
    """Tell whether the words of ``plain`` stand in ``sentence`` in the same order and close together.

    Words of denial and restriction count as words here. Words of publisher, title and heading (``beside``) may be
    added, but only where nothing is left out: § 128 of a heading must not stand in the place of § 129.
    """
    source = [held for token in tokens(sentence) if (held := _denial(token) or _content(token))]
    used = [-1]
    added = False  # since the last word that was found
    for token in tokens(plain):
        wanted = _denial(token) or _claimed(token)
        if not wanted:
            continue
        place = next((at for at in range(used[-1] + 1, len(source)) if wanted & source[at]), None)
        if place is None:
            if not wanted & beside:
                return False
            added = True
        elif added and place != used[-1] + 1:
            return False
        else:
            used.append(place)
            added = False
    if len(used) == 1 or (added and used[-1] != len(source) - 1):
        return False
    return len(used) - 1 >= MIN_DENSITY * (used[-1] - used[1] + 1)


def _denial(token: Token) -> set[str]:
    """A word of denial or restriction by its kind, which no term of a text can be taken for; else nothing."""
    return {f"¬{name}" for name in _NEGATION if _PATTERNS[name].fullmatch(token.surface)}


def _content(token: Token) -> set[str]:
    return set() if token.stop or not token.terms else _token_terms(token)


def _claimed(token: Token) -> set[str]:
    """The terms that a word of the model's sentence may stand for; none if it says nothing by itself."""
    if token.stop or not token.terms:
        return set()
    if token.kind == "word":
        return set() if token.terms[0] in _CONNECTING else {token.terms[0]}
    return set(token.terms)


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
    return frozenset[str]().union(*(_claimed(token) for token in tokens(sentence)))


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


def _tone(sentence: str) -> frozenset[tuple[str, int]]:
    """Which modality a sentence has, and how often it denies or restricts."""
    counts = {name: len(pattern.findall(sentence)) for name, pattern in _PATTERNS.items()}
    return frozenset((name, count if name in _NEGATION else 1) for name, count in counts.items() if count)


def _tone_of(evidence: str, sentence: str) -> frozenset[tuple[str, int]]:
    """The tone of the clauses of ``evidence`` that ``sentence`` speaks of; of all of it where they share no word."""
    used = _claims(sentence)
    clauses = [
        clause
        for clause in re.split(r"[;:]|, (?=aber|sondern|wenn|sofern|jedoch)|(?<=\w) – ", evidence)
        if clause
    ]
    touched = [clause for clause in clauses if used & _terms(clause)]
    return _tone(" ".join(touched) if touched else evidence)
