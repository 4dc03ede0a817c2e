"""What answers from the database say by themselves."""

from collections import Counter
from collections.abc import Sequence

from desktop.citations import literal
from desktop.texts.answers import origin
from guidelines_db.results import DocumentInfo

NOT_SAID = "Nicht genannt heißt nicht: nicht geregelt."
NOTHING_ON_SIDE = "Dazu wurde nichts gefunden."
POSSIBLY = "**Möglicherweise einschlägig** – bitte selbst beurteilen:"
MENTIONED = "**Außerdem erwähnt in:**"
RELATED = "**Abschnitte zum selben Thema, die es nicht ausdrücklich sagen:**"
COUNTED = "Gezählt sind nur Dokumente in dieser Bibliothek; was anderswo veröffentlicht ist, zählt nicht mit."

CUT = (
    "Es gibt mehr Fundstellen, als hier durchgesehen werden können; die Liste ist deshalb nicht vollständig."
)

KINDS = {
    "leitlinie": ("Leitlinie", "Leitlinien"),
    "dienstanweisung": ("Dienstanweisung", "Dienstanweisungen"),
    "rahmenwerk": ("Rahmenwerk", "Rahmenwerke"),
    "strategie": ("Strategie", "Strategien"),
    "handreichung": ("Handreichung", "Handreichungen"),
    "gesetz": ("Gesetz", "Gesetze"),
    "bericht": ("Bericht", "Berichte"),
}
_OTHER_KIND = ("Dokument ohne Angabe der Art", "Dokumente ohne Angabe der Art")


def documents(number: int) -> str:
    """Return the number of documents in words: 1 Dokument, 7 Dokumente."""
    return f"{number} Dokument" if number == 1 else f"{number} Dokumente"


def in_documents(number: int) -> str:
    """Return the number of documents as it follows "in": 1 Dokument, 7 Dokumenten."""
    return f"{number} Dokument" if number == 1 else f"{number} Dokumenten"


def by_kind(kinds: Sequence[str]) -> str:
    """Return how many there are of each kind: 2 Leitlinien, 1 Strategie."""
    counted = Counter(kind if kind in KINDS else "" for kind in kinds)
    return ", ".join(
        f"{count} {KINDS.get(kind, _OTHER_KIND)[count > 1]}" for kind, count in counted.most_common()
    )


def said_in(number: int) -> str:
    """Head the documents that say so."""
    return f"**In {in_documents(number)} steht es so:**"


def dealt_with_in(number: int) -> str:
    """Head the documents that have a section of their own on the topic."""
    return f"**{documents(number)} mit einem eigenen Abschnitt dazu:**"


def found_in(number: int) -> str:
    """Close a list of documents on a topic."""
    return f"Gefunden in {in_documents(number)} der gewählten Sammlungen. {NOT_SAID}"


def total(number: int, kinds: Sequence[str], collections: Sequence[str]) -> str:
    """Say how many documents were found, of which kinds and where."""
    where = f" in {_named(collections)}" if collections else " in den gewählten Sammlungen"
    spread = f": {by_kind(kinds)}" if len(kinds) > 1 or (kinds and kinds[0] in KINDS) else ""
    return f"**{documents(number)}**{where}{spread}."


def none_found(collections: Sequence[str]) -> str:
    """Say that no document of the library fits the facts asked for."""
    where = _named(collections) if collections else "den gewählten Sammlungen"
    return f"In {where} gibt es dazu kein Dokument. {COUNTED}"


def more(number: int) -> str:
    """Say how many documents are not listed."""
    return f"… und {documents(number)} mehr."


def undated(number: int) -> str:
    """Say how many documents could not be judged by their date."""
    verb = "nennt kein Datum und ist" if number == 1 else "nennen kein Datum und sind"
    return f"{documents(number)} {verb} nicht berücksichtigt."


def unsorted(number: int) -> str:
    """Say how many own documents could not be judged by their kind."""
    if number == 1:
        return "1 eigenes Dokument ohne Angabe der Art ist nicht berücksichtigt."
    return f"{number} eigene Dokumente ohne Angabe der Art sind nicht berücksichtigt."


def named(document: DocumentInfo) -> str:
    """Return a document in one line with its kind."""
    kind = KINDS.get(document.kind)
    name = literal(origin(document))
    return f"{name} – {kind[0]}" if kind else name


def quoted(document: DocumentInfo, sentence: str) -> str:
    """Return a document in one line with the sentence that shows it."""
    return f"**{literal(origin(document))}:** {literal(sentence)}"


def section(document: DocumentInfo, heading: str) -> str:
    """Return a document in one line with the section that shows it."""
    name = f"**{literal(origin(document))}**"
    return f"{name}, Abschnitt „{literal(heading)}“" if heading else name


def _named(collections: Sequence[str]) -> str:
    names = " und ".join(f"„{name}“" for name in collections)
    return f"der Sammlung {names}" if len(collections) == 1 else f"den Sammlungen {names}"
