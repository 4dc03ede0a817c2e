"""Recognises municipalities and Länder in questions and documents."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PLACES_FILE = Path(__file__).with_name("places.toml")

_PUBLISHER_TOWN = re.compile(
    r"\b(?:Stadt|Landeshauptstadt|Gemeinde|Kreisstadt|Landkreis|Kreis|Markt|Hansestadt|Bundesstadt|Samtgemeinde"
    r"|Verbandsgemeinde|Landratsamt|Kanton|Kantons|Bezirksamt)\s+([A-ZÄÖÜ][\wäöüß-]+(?:\s(?:am|an der|im|ob der)\s"
    r"[A-ZÄÖÜ][\wäöüß-]+)?)"
)
_BEFORE_TOWN = (
    r"(?:\b(?:in|aus|von|für|über|gegen|mit|zwischen|bei|nach|und|oder|zu|um|als)\s(?:(?:der\s)?Stadt\s)?"
    r"|\b(?:Stadt|Gemeinde|Landkreis|Kreis|Landratsamt|Rat|Raum|Ort)\s)"
)
_UNKNOWN_TOWN = re.compile(
    r"\b(?:Stadt|Gemeinde|Landkreis|Kreisstadt|Landratsamt|Kanton|Bezirk)\s([A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ][\wäöüß]+)*)"
)
_ANY_TOWN = re.compile(
    r"\b(?:(?:k|[mds])?eine[rnms]?|unsere[rnms]?|kleine[rnms]?|große[rnms]?|jede[rnms]?|als)\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """A municipality, district, Land or country, by its usual name."""

    name: str
    land: bool


@dataclass(frozen=True)
class Mention:
    """A place named in a text, with its offsets."""

    place: Place
    start: int
    end: int


class Gazetteer:
    """Finds the names of places in text. ``extra`` are places that only the library's documents name."""

    def __init__(self, file: Path = PLACES_FILE, extra: Iterable[str] = ()) -> None:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        forms: dict[str, Place] = {}
        capitals: dict[str, Place] = {}
        for land in values["land"]:
            place = Place(land["name"], land=True)
            for name in (land["name"], *land["names"]):
                forms[name] = place
        towns = values["towns"]
        names = [" ".join(name.split()) for name in towns["names"].split(";")]
        for name in (*names, *extra):
            forms.setdefault(name, Place(name, land=False))
        for form, name in towns["adjectives"].items():
            forms[form] = forms.get(name) or Place(name, land=False)
        for land in values["land"]:
            if capital := land.get("capital"):
                for name in (land["name"], *land["names"]):
                    capitals[_key(name)] = forms[capital]
        self._ambiguous = {_key(name) for name in towns["ambiguous"]}
        self._forms = {_key(form): place for form, place in forms.items()}
        self._capitals = capitals
        self._pattern = _pattern(forms)
        self.town_words = frozenset(
            word.lower() for form in forms for word in re.split(r"[\s()-]+", form) if len(word) > 3
        )

    @property
    def lands(self) -> frozenset[str]:
        """The names of all Länder and countries."""
        return frozenset(place.name for place in self._forms.values() if place.land)

    def mentions(self, text: str) -> list[Mention]:
        """Return the places named in ``text``; "die bayerische Landeshauptstadt" is München."""
        found = []
        for match in self._pattern.finditer(text):
            key = _key(match["name"])
            place = self._place(key)
            if place is None:
                continue
            if key in self._ambiguous and not self._stands_as_town(text, match):
                continue
            if (capital := self._capitals.get(self._base(key))) and re.match(
                r"(?:\w{0,2})\s+Landeshauptstadt", text[match.end("name") :]
            ):
                place = capital
            found.append(Mention(place, match.start("name"), match.end()))
        return found

    def unknown_town(self, text: str) -> str:
        """Return a name that stands as a town ("Stadt Musterhausen") without being in the gazetteer, or ""."""
        known = [mention.start for mention in self.mentions(text)]
        for match in _UNKNOWN_TOWN.finditer(text):
            if match.start(1) not in known and not _ANY_TOWN.search(text[: match.start()]):
                return match[1]
        return ""

    def places_of(self, *facts: str) -> frozenset[Place]:
        """Return the places named in the facts of a document (publisher, region, title)."""
        places = {mention.place for fact in facts for mention in self.mentions(f"in {fact}")}
        places |= {
            self._place(_key(match[1])) or Place(match[1], land=False)
            for fact in facts
            for match in _PUBLISHER_TOWN.finditer(fact)
        }
        return frozenset(places)

    def _base(self, key: str) -> str:
        return key if key in self._forms else re.sub(r"(?:er|e[nrsm]?)$", "", key)

    def _place(self, key: str) -> Place | None:
        return self._forms.get(key) or self._forms.get(self._base(key))

    def _stands_as_town(self, text: str, match: re.Match[str]) -> bool:
        """Common words count as names after a preposition or the word Stadt, or as adjective (Essener)."""
        if not match["name"][0].isupper():
            return False
        if len(match["name"]) > len(self._base(_key(match["name"]))) and match["name"].endswith("er"):
            return True
        before = text[max(0, match.start() - 24) : match.start("name")]
        return bool(re.search(_BEFORE_TOWN + r"$", before)) or match.start("name") == 0


def _key(name: str) -> str:
    lower = name.lower().replace("ß", "ss").replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    return re.sub(r"[\s-]+", " ", lower).strip()


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all forms: blanks and hyphens alike, umlauts also as ae/oe/ue, endings of adjectives."""
    alternatives = []
    for form in sorted(forms, key=len, reverse=True):
        body = r"[\s-]".join(re.escape(part) for part in re.split(r"[\s-]", form))
        for umlaut, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")):
            body = body.replace(umlaut, f"(?:{umlaut}|{spelled})")
        if len(form) <= 3 and form.isupper():
            alternatives.append(body)
        elif form[0].islower():
            alternatives.append(rf"(?i:{body})(?:e[nrsm]?)?")
        else:
            alternatives.append(rf"(?i:{body})(?:er)?" if len(form) > 3 else rf"{body}(?:er)?")
    return re.compile(rf"(?<![\w])(?P<name>{'|'.join(alternatives)})(?:s(?=\s))?(?!\w)")
