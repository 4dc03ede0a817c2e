"""Answers list and how-many questions from the database; no model is asked."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.forms.form import Demand, Form, FormAnswer, Kind
from desktop.forms.shelf import Selection, select, shelved
from desktop.forms.topics import Shown, TopicSearch, make_hit
from desktop.forms.words import LEVEL_NOUN
from desktop.library import Library, UnknownCollection
from desktop.texts import forms as texts
from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.results import Hit

LISTED = 30  # documents with a line of their own
RELATED = 8  # of those that only have the topic
QUOTED = 12  # of which so many with the sentence that shows it


class _Lines:
    """Collects lines of text together with the passages that they cite."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.sources: list[Hit] = []
        self.evidence: list[str] = []

    def add(self, hit: Hit, line: str) -> None:
        """Add the line of a document."""
        self.sources.append(replace(hit, rank=len(self.sources) + 1))
        self.lines.append(f"- {line} [{len(self.sources)}]")

    def group(self, heading: str, found: Sequence[Shown], most: int = LISTED) -> None:
        """Add a heading and its documents, as many as there is room for."""
        room = found[: min(most, LISTED - len(self.sources))]
        if not found:
            return
        self.lines += [heading, ""]
        for shown in room:
            hit = shown.hit
            if hit.sentence and len(self.evidence) < QUOTED:
                self.add(hit, texts.quoted(hit.document, hit.sentence))
                self.evidence.append(hit.sentence)
            else:
                self.add(hit, texts.section(hit.document, hit.section))
        self.close(len(found) - len(room))

    def close(self, left_out: int) -> None:
        """End a group; say how many documents found no room."""
        if left_out:
            self.lines += ["", texts.more(left_out)]
        self.lines.append("")

    def answer(self, kind: Kind, *closing: str) -> FormAnswer:
        """Return everything as one answer."""
        text = "\n".join(self.lines).strip()
        ending = " ".join(sentence for sentence in closing if sentence)
        return FormAnswer(
            kind.value, f"{text}\n\n{ending}".strip(), tuple(self.sources), tuple(self.evidence)
        )


def answer_listing(
    form: Form,
    library: Library,
    collections: Sequence[str] | None,
    filters: SearchFilters = NO_FILTERS,
) -> FormAnswer:
    """Answer a list or how-many form from the documents that pass ``filters``.

    Collections that the question names go before ``collections`` (None: all).

    Raises:
        UnknownCollection: if one of ``collections`` does not exist.
        IndexDamaged: if an index turns out to be unreadable.
    """
    infos = library.collections()
    titles = {info.name: info.title for info in infos}
    for name in collections or ():
        if name not in titles:
            raise UnknownCollection(name)
    named = form.filters.collections
    chosen = named or (tuple(collections) if collections is not None else None)
    tools = library.tools
    with library.reading() as readers:
        selection = select(shelved(readers, chosen, filters), form.filters)
        if form.topic:
            search = TopicSearch(form.topic, form.demand, tools)
            if not search.words:
                return FormAnswer(form.kind.value, "", (), ())
            infos = [info for info in infos if chosen is None or info.name in chosen]
            fitting = _sorted(search.run(selection.fitting, infos))
            unknown = _sorted(search.run(selection.unknown, infos))
            caveats = [*_caveats(selection), texts.CUT] if search.cut else _caveats(selection)
            return _on_topic(form, fitting, unknown, caveats)
        return _by_facts(form, selection, [titles[name] for name in named if name in titles])


def _by_facts(form: Form, selection: Selection, named: Sequence[str]) -> FormAnswer:
    """Facts alone choose: kind, place, year, collection, publisher."""
    documents = sorted(selection.fitting, key=lambda d: (-d.year, d.info.publisher, d.info.title))
    lines = _Lines()
    if not documents:
        return FormAnswer(form.kind.value, " ".join((texts.none_found(named), *_caveats(selection))), (), ())
    lines.lines += [texts.total(len(documents), [d.info.kind for d in documents], named), ""]
    first_passages = {document.reader: document.reader.first_passages() for document in documents}
    for document in documents[:LISTED]:
        passage = document.reader.passage(first_passages[document.reader][document.row])
        lines.add(make_hit(passage, None, 1.0), texts.named(document.info))
    lines.close(len(documents) - len(documents[:LISTED]))
    counted = texts.COUNTED if form.kind is Kind.COUNT else ""
    answer = lines.answer(form.kind, counted, *_caveats(selection))
    # documents were counted: that is not yet the number of towns
    return replace(answer, certain=not (form.kind is Kind.COUNT and LEVEL_NOUN.fullmatch(form.noun)))


def _on_topic(
    form: Form, fitting: Sequence[Shown], unknown: Sequence[Shown], caveats: Sequence[str]
) -> FormAnswer:
    """The topic decides: first what says so or has its own section, then what names it, then what is related."""
    strict = form.demand is not Demand.MENTION
    first: list[Shown] = []
    others: list[Shown] = []
    for shown in fitting:
        (first if (shown.says_so if strict else shown.own_section) else others).append(shown)
    others += unknown
    second = [shown for shown in others if shown.named]
    related = [shown for shown in others if not shown.named]
    number = len(first) + len(second)
    if not number:
        return FormAnswer(form.kind.value, "", (), ())
    lines = _Lines()
    lines.group((texts.said_in if strict else texts.dealt_with_in)(len(first)), first)
    lines.group(texts.POSSIBLY if strict else texts.MENTIONED, second)
    lines.group(texts.RELATED, related, RELATED)
    counted = texts.COUNTED if form.kind is Kind.COUNT else ""
    answer = lines.answer(form.kind, texts.found_in(number), counted, *caveats)
    return replace(answer, certain=bool(first))


def _caveats(selection: Selection) -> list[str]:
    caveats = []
    if selection.undated:
        caveats.append(texts.undated(selection.undated))
    if selection.unsorted:
        caveats.append(texts.unsorted(selection.unsorted))
    return caveats


def _sorted(found: Sequence[Shown]) -> list[Shown]:
    return sorted(found, key=lambda shown: (-shown.hit.score, shown.hit.document.publisher))
