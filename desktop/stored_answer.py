"""Answers as JSON, so that one reads the same after the collections changed. Knows no Qt."""

import json
from dataclasses import asdict, fields
from typing import Any

from desktop.answer import Answer, AnswerSentence, Ending, State, Style, Timings
from desktop.stored_filters import filters_from_values
from guidelines_db.results import DocumentInfo, Hit


def answer_to_json(answer: Answer) -> str:
    """Return ``answer`` as JSON; the scoring details of its passages are left out."""
    values: dict[str, Any] = asdict(answer)
    for name in ("ending", "state", "style"):
        values[name] = values[name].value
    for source in values["sources"]:
        source.pop("explanation")
    return json.dumps(values, ensure_ascii=False)


def answer_from_json(text: str) -> Answer:
    """Return the answer that :func:`answer_to_json` wrote, also an older version of it.

    Raises ValueError, KeyError or TypeError.
    """
    stored = json.loads(text)
    older = {"state": State.NOTHING if stored["refused"] else State.POSSIBLE, "style": Style.NORMAL}
    values = {
        **older,
        **_known(Answer, stored),
        "collections": tuple(stored["collections"]),
        "ending": Ending(stored["ending"]),
        "sentences": tuple(
            AnswerSentence(item["text"], tuple(item["citations"]), item["supported"])
            for item in stored["sentences"]
        ),
        "sources": tuple(_hit(item) for item in stored["sources"]),
        "evidence": tuple(stored["evidence"]),
        "notes": tuple(stored["notes"]),
        "timings": Timings(**stored["timings"]),
        "filters": filters_from_values(stored.get("filters")),
    }
    return Answer(**{**values, "state": State(values["state"]), "style": Style(values["style"])})


def _hit(values: dict[str, Any]) -> Hit:
    """Return the passage; what an older version did not store yet is empty."""
    document = dict(values["document"])
    document["sources"] = tuple(document["sources"])
    read = {
        **values,
        "document": DocumentInfo(**document),
        "sentences": tuple((start, end) for start, end in values.get("sentences", ())),
        "sentence_scores": tuple(values.get("sentence_scores", ())),
    }
    return Hit(**_known(Hit, read))


def _known(kind: type[Answer | Hit], values: dict[str, Any]) -> dict[str, Any]:
    """Return the ``values`` that ``kind`` has a field for; a newer version may have stored more."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
