"""German texts of the page of past questions, and of exporting them."""

from datetime import date, timedelta

from desktop.answer import State
from desktop.texts.window import CHECKED, count, german_date, german_moment

TITLE = "Verlauf"
PAGE_LABEL = "Verlauf: frühere Fragen und Antworten"
LOADING = "Der Verlauf wird gelesen …"
SEARCH_LABEL = "Im Verlauf suchen"
SEARCH_HINT = "Im Verlauf suchen (Strg+F)"
SEARCH_CLEAR = "Suche leeren"
LIST_LABEL = "Frühere Fragen, nach Tagen"
EMPTY = "Hier stehen Ihre Fragen mit ihren Antworten, sobald Sie welche gestellt haben."
NOTHING_FOUND = "Dazu steht im Verlauf nichts. Versuchen Sie es mit weniger oder kürzeren Wörtern."
MORE = "Ältere Fragen zeigen"

# Actions
ACTIONS_LABEL = "Mit den gewählten Fragen arbeiten"
PIN = "Anheften"
PIN_LABEL = "Gewählte Fragen oben anheften"
UNPIN = "Lösen"
UNPIN_LABEL = "Gewählte Fragen oben nicht mehr anheften"
RENAME = "Umbenennen"
RENAME_LABEL = "Gewählte Frage umbenennen (F2)"
RENAME_FIELD = "Neuer Name der Frage; leer: der Wortlaut der Frage"
EXPORT = "Exportieren …"
EXPORT_LABEL = "Gewählte Fragen mit Antworten und Quellen exportieren"
DELETE = "Löschen"
DELETE_LABEL = "Gewählte Fragen löschen (Entf)"
ALL = "Alle gezeigten"
ALL_LABEL = "Mit allen gezeigten Fragen arbeiten"
EXPORT_ALL = "Alle gezeigten exportieren …"
DELETE_ALL = "Alle gezeigten löschen"
DELETED_UNTIL = "Endgültig, sobald Sie den Verlauf verlassen."
UNDO = "Rückgängig"
UNDO_LABEL = "Löschen rückgängig machen (Strg+Z)"

# The open answer
ANSWER_LABEL = "Gewählte Frage mit ihrer Antwort"
CHOOSE = (
    "Wählen Sie links eine Frage, mit einem Klick oder der Eingabetaste; hier erscheint die Antwort, wie sie damals "
    "gegeben wurde."
)
GONE = "Diese Antwort lässt sich nicht mehr lesen."
BACK = "Zurück zur Liste"
ASK_AGAIN = "Noch einmal fragen"
ASK_AGAIN_LABEL = "Diese Frage noch einmal stellen, mit den heutigen Sammlungen"
AS_IT_WAS = "So wurde damals geantwortet; die Sammlungen können sich seitdem geändert haben."

# Groups
PINNED = "Angeheftet"
TODAY = "Heute"
YESTERDAY = "Gestern"
UNDATED = "Ohne Datum"
_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

# Entries
STATES = {
    State.SUPPORTED: "Belegt",
    State.POSSIBLE: "Möglicherweise einschlägig",
    State.NOTHING: "Nichts gefunden",
}
UNREADABLE_ENTRY = "Nicht mehr lesbar"
PINNED_ENTRY = "angeheftet"
FOUND_IN = "Gefunden: {excerpt}"

# Keeping
NOT_STORED = "Neue Fragen werden nicht gespeichert. Das lässt sich in den Einstellungen ändern."
UNREADABLE_DELETE = "Endgültig löschen"
UNREADABLE_DELETE_LABEL = "Beschädigten Verlauf endgültig löschen"
UNREADABLE_DELETED = "Der beschädigte Verlauf ist gelöscht."

# Export
EXPORT_TITLE = "Verlauf exportieren"
EXTRACT = "Auszug aus dem Verlauf"
EXTRACT_STEM = "Verlauf"
CONTENTS = "Inhalt"
ANSWERS = "Antworten"
FILTER_ODT = "OpenDocument-Text (*.odt)"
EXPORTING = "Wird exportiert …"
NOTHING_TO_EXPORT = "Von den gewählten Antworten lässt sich keine mehr lesen."


def day_title(day: str, today: date) -> str:
    """Return how the group of an ISO ``day`` is called: Heute, Gestern or "Freitag, 20.11.2026"."""
    try:
        moment = date.fromisoformat(day)
    except ValueError:
        return UNDATED
    if moment == today:
        return TODAY
    if moment == today - timedelta(days=1):
        return YESTERDAY
    return f"{_DAYS[moment.weekday()]}, {german_date(day)}"


def questions(number: int) -> str:
    """Return for example "3 Fragen"."""
    return count(number, "Frage", "Fragen")


def shown(found: int, total: int, *, searched: bool) -> str:
    """Return how many questions are shown."""
    return f"{count(found, 'Treffer', 'Treffer')} in {questions(total)}" if searched else questions(total)


def deleted(number: int) -> str:
    """Return how much was deleted."""
    return f"{questions(number)} gelöscht."


def restored(number: int) -> str:
    """Return what was brought back."""
    return f"{questions(number)} wiederhergestellt."


def moment(asked_at: str, *, with_day: bool) -> str:
    """Return when a question was asked: "14:05 Uhr", with its day where the group does not say it."""
    return german_moment(asked_at) if with_day else german_moment(asked_at).rpartition(", ")[2]


def facts(asked_at: str, state: State | None, *, with_day: bool) -> str:
    """Return when a question was asked and how it was answered, in a line."""
    return f"{moment(asked_at, with_day=with_day)} · {STATES[state] if state else UNREADABLE_ENTRY}"


def checked(by: str, at: str) -> str:
    """Return who checked an answer when, "" if nobody did."""
    return CHECKED.format(day=german_date(at[:10]), initials=by) if by else ""


def kept_for(days: int) -> str:
    """Return after how long questions are deleted."""
    return f"Fragen werden nach {count(days, 'Tag', 'Tagen')} endgültig gelöscht, auch angeheftete."


def unreadable(number: int) -> str:
    """Return that there are histories that could not be read."""
    what = "Ein früherer Verlauf war" if number == 1 else f"{number} frühere Verläufe waren"
    return (
        f"{what} beschädigt und liegt noch im Datenordner."
        if number == 1
        else (f"{what} beschädigt und liegen noch im Datenordner.")
    )


def part(number: int, total: int) -> str:
    """Return the heading of one answer among several."""
    return f"Antwort {number} von {total}"
