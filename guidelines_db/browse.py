"""Search as you type over the library: prefixes, "phrases", -without, ort:, sammlung:, jahr:."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidelines_db.analysis import fold, normalise, tokens
from guidelines_db.index_reader import IndexReader, quote
from guidelines_db.places import Gazetteer
from guidelines_db.results import DocumentFacts, DocumentInfo

MAX_TEXT = 300  # characters typed; more is no search
MAX_FORMS = 60  # words of the vocabulary that one prefix stands for, the most frequent first
MAX_MATCHES = 400
BROAD = 5_000  # passages beyond which matches are not ranked: one more letter says more than any order
PASSAGES_SHOWN = 3  # of one document
MIN_BEGINNING = 3  # letters a word needs to stand for longer ones, unless it is still being typed
MIN_INSIDE = 4  # letters from which a match is also marked inside a word

_PIECE = re.compile(
    r"""
    (?P<minus>(?<!\S)-)?
    (?:(?P<field>ort|sammlung|jahr):(?:\s(?!\w+:))?)?
    (?: [„“"](?P<phrase>[^„“”"]*)[“”"]?
      | (?P<word>(?:§+|\b(?:art|artikel|abs|absatz|nr|nummer)\.?)\s*\d+\s?[a-z]?(?!\S) | [^\s„“”"]+)
      | (?<=:)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HYPHENS = re.compile(r"(?<=[^\W\d])[-‐‑–](?=[^\W\d])")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))
_UNFOLDED = {"a": "[aä]", "o": "[oö]", "u": "[uü]", "ss": "(?:ss|ß)"}

Range = tuple[int, int]
Within = Collection[tuple[str, str]] | None


@dataclass(frozen=True)
class BrowseQuery:
    """What was typed: words (each the beginning of one), phrases, what must be absent, and filters."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundPassage:
    """A passage with the stretches to highlight, as character offsets in ``text`` and ``section``."""

    passage_id: int
    section: str
    section_ranges: tuple[Range, ...]
    text: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class FoundDocument:
    """A document with its best passages; none when only filters were typed."""

    document: DocumentInfo
    title_ranges: tuple[Range, ...]
    passages: tuple[FoundPassage, ...]
    matches: int  # passages of it that match


@dataclass(frozen=True)
class BrowseResult:
    """Documents, best first; ``complete`` is False when there are more matches than were looked at."""

    documents: tuple[FoundDocument, ...]
    complete: bool


def parse(text: str) -> BrowseQuery:
    """Read what was typed; any characters may be in it."""
    found: dict[str, list[str]] = {name: [] for name in BrowseQuery.__dataclass_fields__}
    fields = {"ort": "places", "sammlung": "collections", "jahr": "years"}
    for match in _PIECE.finditer(normalise(text)[:MAX_TEXT]):
        value = " ".join((match["word"] or match["phrase"] or "").split())
        if not any(character.isalnum() for character in value):
            continue
        if match["field"]:
            found[fields[match["field"].lower()]].append(value)
        elif match["minus"]:
            found["without"].append(value)
        elif match["word"] is None:
            found["phrases"].append(value)
        else:
            found["words"] += [part for part in _HYPHENS.split(value) if part]
    return BrowseQuery(**{name: tuple(values) for name, values in found.items()})


class Browser:
    """Searches several indexes as one library. Not thread-safe: use it from one thread."""

    def __init__(self, readers: Sequence[IndexReader], gazetteer: Gazetteer) -> None:
        """``gazetteer`` knows other names of places: NRW."""
        self._readers = readers
        self._gazetteer = gazetteer

    def browse(self, text: str, limit: int = 30, within: Within = None) -> BrowseResult:
        """Return up to ``limit`` documents for what was typed so far; all documents if that is nothing.

        Only documents ``within`` are looked at: pairs of collection and id, None for all.

        Raises:
            IndexDamaged: if an index turns out to be unreadable.
        """
        query = parse(text)
        found: list[tuple[float, FoundDocument]] = []
        complete = True
        for reader in self._readers:
            rows = self._rows(reader, query, within)
            if rows is not None and not rows:
                continue
            if not (query.words or query.phrases or query.without):
                facts = reader.document_facts if rows is None else rows
                found += [(0.0, _whole(reader, row)) for row in list(facts)[:limit]]
                complete = complete and len(facts) <= limit
                continue
            documents, all_seen = self._matching(reader, query, rows, limit)
            found += documents
            complete = complete and all_seen
        found.sort(key=lambda pair: pair[0])
        return BrowseResult(
            tuple(document for _, document in found[:limit]), complete and len(found) <= limit
        )

    def _rows(self, reader: IndexReader, query: BrowseQuery, within: Within) -> list[int] | None:
        """Return the documents that pass the filters, None if there are none to pass."""
        tests: list[Callable[[DocumentFacts], bool]] = []
        if query.places:
            names = {place.lower() for place in query.places}
            names |= {
                mention.place.name.lower()
                for place in query.places
                for written in (place, place.upper(), place.title())
                for mention in self._gazetteer.mentions(written)
            }
            tests.append(lambda facts: any(_begins(place, names) for place in facts.places))
        if query.collections:
            wanted = {name.lower() for name in query.collections}
            tests.append(
                lambda facts: _begins(facts.collection, wanted) or _begins(facts.collection_title, wanted)
            )
        if query.years:
            tests.append(lambda facts: any(_in_year(facts.published, year) for year in query.years))
        if not tests and within is None:
            return None
        passing = [row for row, facts in reader.document_facts.items() if all(test(facts) for test in tests)]
        if within is None:
            return passing
        keys = ((row, reader.document(row)) for row in passing)
        return [row for row, info in keys if (info.collection, info.id) in within]

    def _matching(
        self, reader: IndexReader, query: BrowseQuery, rows: list[int] | None, limit: int
    ) -> tuple[list[tuple[float, FoundDocument]], bool]:
        last = len(query.words) - 1
        forms = [
            _Forms(word, reader, whole=number < last and len(word) < MIN_BEGINNING)
            for number, word in enumerate(query.words)
        ]
        if not all(form.terms for form in forms):
            return [], True
        groups = [form.terms for form in forms]
        groups += [{term} for phrase in query.phrases for term in _content_terms(phrase)]
        matches = _matches(reader, groups, query.without, rows)
        grouped: dict[int, list[int]] = {}
        best: dict[int, float] = {}
        marker = _Marker(forms, query.phrases)
        for passage, document, score in matches:
            if query.phrases and not marker.holds_phrases(reader, passage):
                continue
            grouped.setdefault(document, []).append(passage)
            best.setdefault(document, score)
        documents = [
            (best[row], marker.document(reader, row, passages))
            for row, passages in list(grouped.items())[:limit]
        ]
        return documents, len(matches) < MAX_MATCHES and len(grouped) <= limit


class _Forms:
    """What one typed word may stand for in one index, and how it is found again in texts."""

    def __init__(self, typed: str, reader: IndexReader, *, whole: bool) -> None:
        """``whole``: the typed word is complete, not the beginning of one."""
        self.terms: set[str] = set()
        self.pattern: re.Pattern[str] | None = None  # None: compare terms
        read = list(tokens(typed))
        if not read:
            return
        last = read[-1]
        if last.kind != "word":
            self.terms.update(term for token in read for term in token.terms)
            return
        # the stem of half a word is not the beginning of the whole word's, so the vocabulary is asked
        spellings = _spellings(last.surface.lower())
        self.terms.update(term for term in last.terms[:1] if reader.passage_count(term))
        if whole:
            self.pattern = _word_pattern((), self.terms)
            return
        for beginning in spellings:
            self.terms.update(reader.stems_beginning(beginning, MAX_FORMS))
        self.pattern = _word_pattern(spellings, self.terms)

    def spans(self, text: str) -> Iterator[Range]:
        """Yield the stretches of ``text`` that the typed word stands for."""
        if self.pattern is not None:
            yield from (match.span() for match in self.pattern.finditer(text))
            return
        for token in tokens(text):
            if self.terms.intersection(token.terms):
                yield token.start, token.end


class _Marker:
    """Highlights words and phrases."""

    def __init__(self, forms: Sequence[_Forms], phrases: Sequence[str]) -> None:
        self._forms = forms
        self._phrases = [_phrase_pattern(phrase) for phrase in phrases]

    def holds_phrases(self, reader: IndexReader, passage: int) -> bool:
        """Tell whether every phrase stands in the passage, its heading or its document's title as typed."""
        stored = reader.passage(passage)
        places = (stored.text, stored.section, stored.document.title)
        return all(any(pattern.search(place) for place in places) for pattern in self._phrases)

    def document(self, reader: IndexReader, row: int, passages: Sequence[int]) -> FoundDocument:
        """Return a document with its first matching passages, highlighted."""
        info = reader.document(row)
        found = []
        for passage in passages[:PASSAGES_SHOWN]:
            stored = reader.passage(passage)
            found.append(
                FoundPassage(
                    passage_id=passage,
                    section=stored.section,
                    section_ranges=self.ranges(stored.section),
                    text=stored.text,
                    ranges=self.ranges(stored.text),
                )
            )
        return FoundDocument(info, self.ranges(info.title), tuple(found), len(passages))

    def ranges(self, text: str) -> tuple[Range, ...]:
        """Return the stretches of ``text`` to highlight, in order and apart from each other."""
        spans = [match.span() for pattern in self._phrases for match in pattern.finditer(text)]
        spans += [span for form in self._forms for span in form.spans(text)]
        merged: list[Range] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)


def _matches(
    reader: IndexReader, groups: Sequence[set[str]], without: Sequence[str], rows: list[int] | None
) -> list[tuple[int, int, float]]:
    """Return the matches with a term of each group; in a broad search titles and headings first, then any."""
    must = " AND ".join(f"({' OR '.join(map(quote, sorted(group)))})" for group in groups)
    excluded = [" AND ".join(map(quote, _content_terms(text))) for text in without]
    absent = " OR ".join(f"({expression})" for expression in excluded if expression)
    breadth = min((sum(map(reader.passage_count, group)) for group in groups), default=0)
    if breadth <= BROAD:
        return reader.matches(must, absent, rows, MAX_MATCHES)
    named = reader.matches(f"{{title heading}} : ({must})", absent, rows, MAX_MATCHES, ranked=False)
    others = reader.matches(must, absent, rows, MAX_MATCHES, ranked=False)
    found = {passage: (passage, document, -1.0) for passage, document, _ in named}
    for match in others:
        found.setdefault(match[0], match)
    return list(found.values())[:MAX_MATCHES]


def _whole(reader: IndexReader, row: int) -> FoundDocument:
    return FoundDocument(reader.document(row), (), (), 0)


def _content_terms(text: str) -> list[str]:
    return [token.terms[0] for token in tokens(text) if token.terms and not token.stop]


def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in phrase.split()), re.IGNORECASE)


def _word_pattern(spellings: Iterable[str], terms: Iterable[str]) -> re.Pattern[str]:
    """Words that begin as typed, short inflections of the stems, and longer typings inside a compound."""
    folded = {fold(spelling) for spelling in spellings}
    forms = [
        rf"\w*{_unfolded(typed)}\w*" if len(typed) >= MIN_INSIDE else rf"(?<!\w){_unfolded(typed)}\w*"
        for typed in folded
    ]
    others = [term for term in terms if not term.startswith(tuple(folded))]
    forms += [rf"(?<!\w){_unfolded(term)}\w{{0,4}}(?!\w)" for term in others]
    return re.compile("|".join(forms) or r"(?!)", re.IGNORECASE)


def _unfolded(folded: str) -> str:
    """A pattern for what ``fold`` makes ``folded`` of."""
    return re.sub("ss|[aou]", lambda match: _UNFOLDED[match[0]], re.escape(folded))


def _spellings(word: str) -> set[str]:
    """The typed beginning, also with umlauts for ae, oe, ue and ß for ss."""
    found = {word}
    for written, meant in _UMLAUTS:
        found |= {form.replace(written, meant) for form in found}
    return found


def _begins(name: str, beginnings: Iterable[str]) -> bool:
    lower = name.lower()
    return any(lower.startswith(beginning) for beginning in beginnings)


def _in_year(published: str, typed: str) -> bool:
    if span := _YEARS.fullmatch(typed):
        return span[1] <= published[:4] <= span[2] and bool(published)
    return published.startswith(typed)
