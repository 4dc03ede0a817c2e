"""Short names of documents, for the head of a column."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from guidelines_db.results import DocumentInfo

_LONGEST_PUBLISHER = 32  # characters
_LONGEST_TITLE = 70
_LONGEST_BOTH = 90
_MANY = 4  # names from which words can be common to them
_TEXTS = frozenset({"gesetz", "bericht"})  # known by what they are called, not by who publishes them
_NOBODY = ("Zusammenfassung", "verschieden")  # how summaries of many sources are published
_BEFORE_PLACE = re.compile(
    r"^(?:Magistrat der )?(?:Freie und Hanses|Landeshaupts|S)tadt |^Regierungsrat des Kantons "
)
_SHORT_FORM = re.compile(r"\((?:[^()]*, )?([A-ZÄÖÜ][\w-]{1,7})\)")
_NAMED_LAW = re.compile(r"^[^:]*\((?:[^()]*, )?([^\W\d][\w-]{2,15})\): (.+)$")
_LAST_SHORT_FORM = re.compile(r"\((?:[^()§]* )?([A-ZÄÖÜ]{2}[\w-]{1,10})\)$")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def column_names(documents: Sequence[DocumentInfo]) -> tuple[str, ...]:
    """Return a short name for each of ``documents``, no two the same."""
    names = [_cut(name, _LONGEST_TITLE) for name in _without_common([_name(info) for info in documents])]
    together: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        together.setdefault(name, []).append(place)
    for name, places in together.items():
        if len(places) > 1:
            titles = _without_common_beginning([_title(documents[place]) for place in places])
            for place, title in zip(places, titles, strict=True):
                names[place] = _cut(f"{name}: {title}", _LONGEST_BOTH) if title != name else name
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(distinct)


def _name(info: DocumentInfo) -> str:
    if info.own or info.kind in _TEXTS or not info.publisher or info.publisher.startswith(_NOBODY):
        return _title(info)
    publisher = _BEFORE_PLACE.sub("", info.publisher)
    if short := _SHORT_FORM.search(publisher):
        return short[1]
    if len(publisher) <= _LONGEST_PUBLISHER:
        return publisher
    if info.region and not info.region.startswith("Bund"):
        return info.region.removeprefix("Kanton ")
    return _cut(publisher.split(",")[0].split(" (")[0], _LONGEST_PUBLISHER)


def _title(info: DocumentInfo) -> str:
    if law := _NAMED_LAW.match(info.title):
        return f"{law[1]}: {_without_brackets(law[2])}"
    if law := _LAST_SHORT_FORM.search(info.title):
        return law[1]
    return _without_brackets(info.title) or info.title or info.id


def _without_brackets(text: str) -> str:
    shorter = _IN_BRACKETS.sub("", text)
    return text if shorter == text else _without_brackets(shorter)


def _without_common_beginning(titles: Sequence[str]) -> list[str]:
    """Leave out the words that all begin with; they would be all that a narrow column shows."""
    words = [title.split() for title in titles]
    same = 0
    while all(len(one) > same + 1 for one in words) and len({one[same] for one in words}) == 1:
        same += 1
    return [" ".join(one[same:]) for one in words]


def _without_common(names: Sequence[str]) -> list[str]:
    """Leave out two words that most names have: among chapters of one law, its name tells nothing."""
    pairs = Counter(pair for name in names for pair in set(pairwise(re.findall(r"[\w-]+", name))))
    common = [pair for pair, times in pairs.most_common(1) if times >= _MANY and times > len(names) / 2]
    if not common:
        return list(names)
    words = r"\W+".join(map(re.escape, common[0]))
    law = re.compile(rf"(?:,? (?:nach|in)(?: der)?(?: §+ [\w ,]+?)?(?= {words}))?\s*{words}(?=:| und|$|\W)")
    shorter = [re.sub(r"\s+(?=:)|(?<=\s)\s+", "", law.sub(" ", name)).strip(" ,:–-") for name in names]
    return [short or name for short, name in zip(shorter, names, strict=True)]


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:–-')} …"
