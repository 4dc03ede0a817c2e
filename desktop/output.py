"""Prints results for people and as JSON records for programs (docs/cli.md)."""

from collections.abc import Sequence

from desktop.answer import Answer, Ending
from desktop.citations import plain
from desktop.library import Coverage
from desktop.texts import answers
from desktop.texts import cli as texts
from desktop.texts.problems import explain
from guidelines_db.filters import SearchFilters
from guidelines_db.own_store import ImportReport
from guidelines_db.results import Hit, SearchOutcome

Record = dict[str, object]


def hit_record(hit: Hit, *, explained: bool = False) -> Record:
    """Return a hit as the command line promises it."""
    record: Record = {
        "rank": hit.rank,
        "collection": hit.document.collection,
        "document": hit.document.id,
        "section": hit.section,
        "source": hit.document.path,
        "text": hit.text,
        "sentence": hit.sentence,
        "sentence_start": hit.sentence_start,
        "sentence_end": hit.sentence_end,
        "score": hit.score,
        "title": hit.document.title,
        "publisher": hit.document.publisher,
        "published": hit.document.published,
        "retrieved": hit.document.retrieved,
        "digest": hit.document.digest,
        "addresses": list(hit.document.sources),
    }
    if explained:
        record["explanation"] = hit.explanation
    return record


def search_record(item_id: object, outcome: SearchOutcome, *, explain: bool = False) -> Record:
    """Return the hits of one question."""
    return {
        "id": item_id,
        "results": [hit_record(hit, explained=explain) for hit in outcome.hits],
        "notes": list(answers.search_notes(outcome)),
        "ms": round(outcome.elapsed_ms, 2),
    }


def answer_record(item_id: object, answer: Answer) -> Record:
    """Return one answer."""
    timings = answer.timings
    return {
        "id": item_id,
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "state": answer.state.value,
        "probability": answer.probability,
        "sentences": [
            {"text": sentence.text, "citations": list(sentence.citations), "supported": sentence.supported}
            for sentence in answer.sentences
        ],
        "sources": [{"n": number, **hit_record(hit)} for number, hit in enumerate(answer.sources, 1)],
        "evidence": list(answer.evidence),
        "model": answer.model,
        "notes": list(answer.notes),
        "filters": filters_record(answer.filters),
        "problem": explain(answer.problem).whole if answer.problem else "",
        "timings": {
            "retrieve_ms": timings.retrieve_ms,
            "first_token_ms": timings.first_token_ms,
            "total_ms": timings.total_ms,
            "prompt_tokens": timings.prompt_tokens,
            "completion_tokens": timings.completion_tokens,
        },
    }


def filters_record(filters: SearchFilters) -> Record:
    """Return by what was filtered; empty fields do not restrict."""
    return {
        "lands": list(filters.lands),
        "places": list(filters.places),
        "year_from": filters.year_from or None,
        "year_to": filters.year_to or None,
    }


def import_record(report: ImportReport, coverage: Coverage) -> Record:
    """Return what an import did."""
    return {
        "collection": report.collection,
        "taken": [str(path) for path in report.taken],
        "unchanged": [str(path) for path in report.unchanged],
        "skipped": [
            {"path": str(path), "reason": texts.IMPORT_REASONS.get(reason, reason)}
            for path, reason in report.skipped
        ],
        "followed": [{"path": str(path), "target": str(target)} for path, target in report.followed],
        "vectors": {"encoded": coverage.encoded, "total": coverage.total},
    }


def print_search(outcome: SearchOutcome, *, explain: bool = False) -> None:
    """Print hits for a person."""
    for note in answers.search_notes(outcome):
        print(note)
    if not outcome.hits:
        print(texts.NO_HITS)
    for hit in outcome.hits:
        _print_hit(hit.rank, hit)
        if explain:
            facts = hit.explanation
            terms = facts.get("terms")
            shown = ", ".join(dict.fromkeys(terms)) if isinstance(terms, list) else ""
            print(texts.EXPLAINED.format(**{**facts, "terms": shown or "–"}))


def print_answer(answer: Answer) -> None:
    """Print an answer for a person."""
    for note in answer.notes:
        print(note)
    if answer.problem:
        print(explain(answer.problem).whole)
    elif answer.ending is Ending.NO_MODEL:
        print(texts.SEARCH_ONLY)
    if answer.scope:
        print(answer.scope)
    if answer.text:
        print(plain(answer.text))
    if answer.sources:
        print()
        print(texts.NEAREST if answer.refused else texts.SOURCES)
        for number, hit in enumerate(answer.sources, 1):
            _print_hit(number, hit)


def print_import(report: ImportReport, coverage: Coverage, *, vectors_wanted: bool) -> None:
    """Print what an import did."""
    print(texts.IMPORT_TAKEN.format(count=len(report.taken), collection=report.collection))
    if report.unchanged:
        print(texts.IMPORT_UNCHANGED.format(count=len(report.unchanged)))
    for path, target in report.followed:
        print(texts.IMPORT_FOLLOWED.format(path=path, target=target))
    _print_skipped(report.skipped)
    if vectors_wanted and coverage.encoded < coverage.total:
        print(texts.VECTORS_LATER)


def _print_skipped(skipped: Sequence[tuple[object, str]]) -> None:
    if skipped:
        print(texts.IMPORT_SKIPPED.format(count=len(skipped)))
        for path, reason in skipped:
            print(f"  {path}: {texts.IMPORT_REASONS.get(reason, reason)}")


def _print_hit(number: int, hit: Hit) -> None:
    document = hit.document
    origin = ", ".join(part for part in (document.publisher, document.title) if part)
    dated = f" ({document.published})" if document.published else ""
    digest = f" · {texts.DIGEST}" if document.digest else ""
    print(f"[{number}] {origin}{dated}{digest}")
    print(f"   {hit.section}: {hit.sentence}")
