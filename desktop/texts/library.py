"""German texts of the page Bibliothek."""

from collections.abc import Sequence

from desktop.texts.window import count, german_date

PAGE_LABEL = "Bibliothek"
TITLE = "Bibliothek"

# The list
SEARCH_HINT = "Dokumente durchsuchen"
SEARCH_LABEL = "Dokumente durchsuchen, schon während der Eingabe"
SEARCH_TIP = "Auch möglich: „genaue Wörter“, -ohne, ort:Essen, sammlung:Recht, jahr:2024"
FILTERS_LABEL = "Filter für die Liste"
KINDS = "Art"
KINDS_ALL = "Alle Arten"
KINDS_LABEL = "Nach Art eingrenzen: {chosen}"
KINDS_SOME = "{number} Arten"
COUNTED = "{name} ({number})"
SORT = "Sortiert nach"
SORT_LABEL = "Liste sortieren nach"
SORT_FIT = "Treffergüte"
SORT_DOWN = "Absteigend"
SORT_UP = "Aufsteigend"
SORT_DOWN_LABEL = "Reihenfolge: absteigend. Umschalten auf aufsteigend"
SORT_UP_LABEL = "Reihenfolge: aufsteigend. Umschalten auf absteigend"
TABLE_LABEL = "Dokumente"
COLUMNS = {
    "title": "Titel",
    "publisher": "Herausgeber",
    "land": "Land",
    "kind": "Art",
    "date": "Datum",
    "collection": "Sammlung",
    "topics": "Themen",
}
UNKNOWN = "–"
UNKNOWN_HEARD = "ohne Angabe"
LOADING = "Die Dokumente werden gelesen …"
NOTHING_FOUND = "Dazu steht nichts in den Dokumenten. Versuchen Sie ein anderes oder kürzeres Wort."
NOTHING_INSIDE = "Mit diesen Filtern bleibt kein Dokument übrig."
NOTHING_FOUND_INSIDE = (
    "In den gefilterten Dokumenten steht dazu nichts. Ohne Filter findet sich vielleicht etwas."
)
NO_DOCUMENTS = "Hier stehen noch keine Dokumente."
CLEAR = "Suche und Filter löschen"
NOT_ALL = "Es gibt noch mehr Treffer. Ein weiteres Wort grenzt sie ein."

# A document
TO_LIST = "Zur Liste"
TO_LIST_LABEL = "Zurück zur Liste der Dokumente"
TO_SIDE = "Inhalt und Quellen"
TO_TEXT = "Zum Text"
TEXT_LABEL = "Text des Dokuments"
SIDE_LABEL = "Inhalt, Themen und Quellen des Dokuments"
CONTENTS = "Inhalt"
CONTENTS_LABEL = "Inhaltsverzeichnis des Dokuments"
TOPICS = "Themen"
TOPIC_LABEL = "Thema {topic}: zur nächsten Stelle im Dokument"
TOPIC_TIP = "Zur nächsten Stelle zu diesem Thema"
COPY = "Kopieren mit Quelle"
COPY_LABEL = "Markierten Text, sonst das ganze Dokument, mit Quelle kopieren (Strg+Umschalt+C)"
COPIED_PART = "Der markierte Text ist mit Quelle kopiert."
COPIED_WHOLE = "Das ganze Dokument ist mit Quelle kopiert."
PRINT = "Drucken …"
PRINT_LABEL = "Dokument zum Drucken als PDF öffnen (Strg+P)"
PRINT_PREPARING = "Das Dokument wird zum Drucken vorbereitet …"
PRINT_OPENED = "Das Dokument öffnet sich als PDF. Drucken Sie es dort."
PRINT_NO_PROGRAM = "Es fand sich kein Programm, das PDF-Dateien öffnet. Bitte wenden Sie sich an Ihre IT."
PRINT_SAVE_TITLE = "Zum Drucken als PDF speichern"
PRINT_FAILED = "Die Datei zum Drucken konnte nicht geschrieben werden. Bitte prüfen Sie den freien Platz."
SOURCE = "Quelle: {origin}"
SOURCE_SECTION = "Abschnitt: {heading}"
SOURCE_DIGEST = "Zusammenfassung, nicht der Wortlaut. Quellen gelesen am {day}."
DIGEST_MEANING = "Maßgeblich ist das Original"
UNDATED = "Erscheinungsdatum unbekannt"
OLD = "Älteres Dokument"
OLD_DOCUMENT = "Dieses Dokument ist {age} alt."
OLD_DIGEST = "Diese Zusammenfassung ist {age} alt; das Original kann sich seither geändert haben."
OLD_COPY = "Diese Fassung ist {age} alt; das Original kann sich seither geändert haben."
OLD_REMEDY = "Bitte prüfen Sie vor der Verwendung, ob es noch gilt."
OPENED = "Dokument geöffnet: {title}"

# Own documents
TAKE = "Dokumente aufnehmen …"
TAKE_LABEL = "Eigene Dokumente aufnehmen: Text- und Markdown-Dateien"
TAKE_FILES = "Dateien …"
TAKE_FOLDER = "Ordner …"
TAKE_FILES_TITLE = "Dateien aufnehmen"
TAKE_FOLDER_TITLE = "Ordner aufnehmen"
TAKE_FILTER = "Text und Markdown (*.txt *.text *.md *.markdown)"
TAKE_ALL = "Alle Dateien (*)"
TAKE_NAME_TITLE = "In eine Sammlung aufnehmen"
TAKE_NAME = "Name der Sammlung"
TAKE_NAME_NOTE = (
    "Der Text wird auf diesem Rechner ein zweites Mal gespeichert. Nehmen Sie nur auf, was dort liegen darf."
)
TAKE_DEFAULT = "Eigene Dokumente"
TAKE_OK = "Aufnehmen"
TAKE_CANCEL = "Abbrechen"
TAKE_BAD_NAME = "Bitte geben Sie der Sammlung einen Namen mit höchstens 80 Zeichen."
TAKE_SHIPPED_NAME = "„{name}“ ist eine mitgelieferte Sammlung. Bitte wählen Sie einen anderen Namen."
TAKING = "Dokumente werden aufgenommen …"
TAKING_STEP = "Dokumente werden aufgenommen: {done} von {total}"
TAKEN_NOTHING = "Es wurde kein Dokument aufgenommen."
TAKEN = "{documents} in „{collection}“ aufgenommen."
UNCHANGED = "{documents} unverändert."
SKIPPED = "Nicht aufgenommen:"
SKIPPED_FILE = "{name}: {reason}"
SKIPPED_MORE = "und {number} weitere"
FOLLOWED = "{name} ist eine Verknüpfung; gelesen wurde {target}."
REMOVE = "Entfernen …"
REMOVE_LABEL = "Dieses eigene Dokument aus Leitstern entfernen"
REMOVE_TITLE = "Dokument entfernen"
REMOVE_QUESTION = "„{title}“ aus Leitstern entfernen?"
REMOVE_MEANING = (
    "Der Text verschwindet aus Bibliothek und Suche. Die Datei, aus der er stammt, bleibt unberührt."
)
REMOVE_OK = "Entfernen"
REMOVE_CANCEL = "Behalten"
REMOVED = "„{title}“ ist entfernt."


def documents(shown: int, total: int) -> str:
    """Return how many of all documents are listed."""
    if shown == total:
        return count(total, "Dokument", "Dokumente")
    return f"{shown} von {count(total, 'Dokument', 'Dokumente')}"


def places(number: int) -> str:
    """Return in how many places of a document something was found."""
    return count(number, "Stelle", "Stellen")


def age(months: int) -> str:
    """Return an age as it is said: "4 Monate", "gut 3 Jahre"."""
    return count(months, "Monat", "Monate") if months < 12 else _years(months, "Jahre")


def published(iso: str, since: str) -> str:
    """Return when a document was published and, in words, how long ago that is; "" if that cannot be said."""
    said = f"Veröffentlicht: {german_date(iso)}"
    return f"{said} ({since})" if since else said


def days_ago(days: int) -> str:
    """Return how long ago a day of the last month was."""
    return ("heute", "gestern")[days] if days < 2 else f"vor {days} Tagen"


def months_ago(months: int) -> str:
    """Return how long ago a month was."""
    if months < 1:
        return "in diesem Monat"
    if months < 12:
        return f"vor {months} " + ("Monat" if months == 1 else "Monaten")
    return f"vor {_years(months, 'Jahren')}"


def years_ago(years: int) -> str:
    """Return how long ago a year was of which no more is known; "" for this one, whose number says it."""
    if years < 2:
        return ("", "im vorigen Jahr")[years]
    return f"vor {years} Jahren"


def _years(months: int, several: str) -> str:
    """Return months as years, with a word for what is over or missing: nearly three are not two."""
    years, over = divmod(months, 12)
    if 4 <= over <= 8:
        return f"rund {years}½ {several}"
    word = "" if not over else "gut " if over < 4 else "knapp "
    years += over > 8
    return f"{word}{years} {'Jahr' if years == 1 else several}"


def read_on(iso: str, *, digest: bool) -> str:
    """Return when a summary was made, or a text fetched."""
    return f"{'Zusammengefasst' if digest else 'Abgerufen'}: {german_date(iso)}"


def taken(number: int, collection: str) -> str:
    """Return how many documents were taken in."""
    if not number:
        return TAKEN_NOTHING
    return TAKEN.format(documents=count(number, "Dokument", "Dokumente"), collection=collection)


def heard(title: str, facts: str, extra: Sequence[str] = ()) -> str:
    """Return what a screen reader says of a row."""
    return ". ".join(part for part in (title, facts, *extra) if part)
