"""German texts of the window. Sie, short, plain."""

from datetime import date

APP_NAME = "Leitstern"
APP_TAGLINE = "Antworten mit sichtbarem Beleg"

# Rail
PAGE_ASK = "Fragen"
RAIL_LABEL = "Seiten"
OFFLINE_TITLE = "Offline"
OFFLINE_TEXT = "Nichts verlässt diesen Rechner"
OFFLINE_WHOLE = "Offline – nichts verlässt diesen Rechner"
APPEARANCE = "Darstellung"
APPEARANCE_LABEL = "Darstellung: Farben und Schriftgröße"
THEME_SYSTEM = "Farben wie im System"
THEME_LIGHT = "Hell"
THEME_DARK = "Dunkel"
TYPE_LARGER = "Schrift größer"
TYPE_SMALLER = "Schrift kleiner"
TYPE_NORMAL = "Schrift normal (100 %)"

# Collections
COLLECTIONS_LABEL = "Sammlungen, in denen gesucht wird"
COLLECTION_ALL = "Alle Sammlungen"
COLLECTIONS_OPENING = "Sammlungen werden geöffnet …"

# Question
QUESTION_LABEL = "Ihre Frage"
QUESTION_HINT = "Frage stellen … (Strg+K)"
ASK = "Fragen"
ASK_LABEL = "Frage stellen"
STOP = "Stopp"
STOP_LABEL = "Antwort anhalten"
STOP_TIP = "Antwort anhalten (Esc)"
CHECK_RESULTS = "KI-Ergebnisse immer prüfen: Verantwortlich bleibt, wer die Antwort verwendet."
QUESTION_MORE = "Ganze Frage zeigen"
QUESTION_LESS = "Frage kürzer zeigen"
YOUR_QUESTION = "Ihre Frage"

# Greeting
WELCOME = "Willkommen bei Leitstern"
WELCOME_TEXT = (
    "Stellen Sie eine Frage zu KI-Leitlinien und Verwaltungsrecht. Leitstern sucht die passenden Stellen "
    "und schreibt daraus eine kurze Antwort. Zu jedem Satz sehen Sie, woher er stammt."
)
WELCOME_COLLECTIONS = "Das steht bereit"
WELCOME_EXAMPLES = "Zum Ausprobieren"
EXAMPLE_LABEL = "Beispielfrage: {question}"

# Conversation
CONVERSATION_LABEL = "Fragen und Antworten"
OLDER = "Frühere Fragen zeigen"
STARTING = "Leitstern öffnet die Sammlungen …"

# Answer
ANSWER_LABEL = "Antwort"
STATE_WAITING = "Die Frage wartet, bis die Sammlungen geöffnet sind"
STATE_SEARCHING = "Fundstellen werden gesucht"
STATE_LOADING = "Das Modell wird geladen"
STATE_WRITING = "Das Modell schreibt"
STATE_STOPPING = "Die Antwort wird angehalten"
STATE_STOPPED = "Angehalten"
STATE_FAILED = "Ohne Formulierung"
STATE_NO_MODEL = "Nur Fundstellen"
STATE_NO_EVIDENCE = "Nichts dazu gefunden"
STATE_DONE = "Fertig"
STATE_UNSUPPORTED = "Ohne Beleg"
COPY = "Kopieren"
COPY_LABEL = "Antwort mit Fundstellen kopieren"
COPIED = "Kopiert"
EMPTY_STOPPED = "Sie haben die Antwort angehalten, bevor das Modell etwas geschrieben hat."
EMPTY_NO_EVIDENCE = "Dazu steht in den gewählten Sammlungen nichts."
EMPTY_NO_MODEL = "Hier sind die Stellen, die zu Ihrer Frage passen."
EMPTY_DONE = "Das Modell hat keine Antwort geschrieben. Bitte lesen Sie die Fundstellen."
ANSWER_COMPLETE = "Antwort vollständig"
ANSWER_UNFINISHED = "Antwort beendet"

# Passages
SOURCES = "Fundstellen"
SOURCES_NEAREST = "Am nächsten kommen diese Stellen"
SOURCE_CITED = "in der Antwort"
DIGEST = "Zusammenfassung, nicht der Wortlaut"
OWN_DOCUMENT = "Eigenes Dokument"
PASSAGE_LABEL = "Fundstelle"
PASSAGE_TEXT_LABEL = "Text der Fundstelle"
PASSAGE_EMPTY = "Hier erscheint die Fundstelle, die Sie auswählen."
PASSAGE_MARKED = "Markiert ist der Satz, der am besten zur Frage passt."
PASSAGE_CLOSE = "Fundstelle schließen"
PASSAGE_BACK = "Zurück zur Antwort"
PASSAGE_PREVIOUS = "Vorige Fundstelle"
PASSAGE_NEXT = "Nächste Fundstelle"
WHOLE_DOCUMENT = "Ganzes Dokument zeigen"
WHOLE_DOCUMENT_LESS = "Nur die Fundstelle zeigen"
SOURCES_ADDRESSES = "Quellen"
ADDRESS_COPY = "Adresse kopieren"
ADDRESS_COPY_LABEL = "Adresse kopieren: {address}"
ADDRESS_NOTE = "Leitstern öffnet keine Internetseiten. Kopieren Sie die Adresse in Ihren Browser."

# Notices
NOTICE_LABEL = "Hinweis"
NOTICE_CLOSE = "Hinweis schließen"
NO_MODEL = (
    "Es ist kein Sprachmodell vorhanden: Legen Sie für ausformulierte Antworten eine Modelldatei (.gguf) "
    "in den Ordner {folder} und starten Sie Leitstern neu; bis dahin zeigt Leitstern die Fundstellen."
)

# Second start
ALREADY_OPEN = "Leitstern ist bereits geöffnet. Bitte wechseln Sie zum offenen Fenster."

# Crash
CRASH_TITLE = "Programmfehler"
CRASH_TEXT = (
    "In Leitstern ist ein Fehler aufgetreten. Ihr Verlauf ist gespeichert. Der Bericht enthält weder Fragen "
    "noch Texte und wird nicht gesendet; Sie können ihn lesen und für Ihre IT kopieren."
)
CRASH_REPORT = "Fehlerbericht"
CRASH_COPY = "Bericht kopieren"
CRASH_CONTINUE = "Weiterarbeiten"
CRASH_QUIT = "Leitstern beenden"

KINDS = {
    "gesetz": "Gesetz",
    "bericht": "Bericht",
    "leitlinie": "Leitlinie",
    "handreichung": "Handreichung",
    "strategie": "Strategie",
    "dienstanweisung": "Dienstanweisung",
    "rahmenwerk": "Rahmenwerk",
}

_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def german_date(iso: str) -> str:
    """Return an ISO date, year or month as it is written in Germany; anything else as it is."""
    parts = iso.split("-")
    if not all(part.isdecimal() for part in parts):
        return iso
    if len(parts) == 2 and 1 <= int(parts[1]) <= 12:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if len(parts) == 3:
        try:
            return date.fromisoformat(iso).strftime("%d.%m.%Y")
        except ValueError:
            return iso
    return iso


def german_moment(iso: str) -> str:
    """Return an ISO date and time as "22.11.2026, 14:05 Uhr"."""
    day, _, clock = iso.partition("T")
    return f"{german_date(day)}, {clock[:5]} Uhr" if clock else german_date(day)


def count(number: int, one: str, many: str) -> str:
    """Return for example "1 Dokument" or "1.204 Dokumente"."""
    return f"{number:,}".replace(",", ".") + " " + (one if number == 1 else many)


def seconds(milliseconds: float) -> str:
    """Return a duration as "0,08 s" or "4,1 s"."""
    value = milliseconds / 1000
    return f"{value:.2f} s".replace(".", ",") if value < 1 else f"{value:.1f} s".replace(".", ",")


def reading(done: int, total: int) -> str:
    """Return the state while the model reads ``done`` of ``total`` tokens."""
    percent = min(100, 100 * done // total) if total > 0 else 0
    return f"Das Modell liest ({percent} %)"


def supported(backed: int, all_sentences: int) -> str:
    """Return how many sentences are backed by a passage."""
    return f"{backed} von {all_sentences} {'Satz' if all_sentences == 1 else 'Sätzen'} belegt"


def collection_facts(documents: int, updated: str) -> str:
    """Return size and date of a collection in a line."""
    size = count(documents, "Dokument", "Dokumente")
    return f"{size} · Stand {german_date(updated)}" if updated else size


def kind(name: str) -> str:
    """Return the German word for a kind of document."""
    return KINDS.get(name, name.capitalize())


def passage_number(number: int, total: int) -> str:
    """Return the heading of the passage pane."""
    return f"Fundstelle [{number}] von {total}"


def collections_chosen(chosen: int, total: int) -> str:
    """Return how many collections are searched."""
    return f"{chosen} von {total} Sammlungen"
