"""German texts of the window. Sie, short, plain."""

APP_NAME = "Leitstern"
APP_TAGLINE = "Antworten mit sichtbarem Beleg"

# Rail
PAGE_ASK = "Fragen"
PAGE_LIBRARY = "Bibliothek"
PAGE_COMPARE = "Vergleichen"
PAGE_HISTORY = "Verlauf"
PAGE_SETTINGS = "Einstellungen"
PAGE_HELP = "Hilfe"
PAGE_TIP = "{page} (Strg+{number})"
RAIL_LABEL = "Seiten"
OFFLINE_TITLE = "Offline"
OFFLINE_TEXT = "Nichts verlässt diesen Rechner"
OFFLINE_WHOLE = "Offline – nichts verlässt diesen Rechner"

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
EVIDENCE_LABEL = "Belege aus den Sammlungen"
STATE_WAITING = "Die Frage wartet, bis die Sammlungen geöffnet sind"
STATE_SEARCHING = "Fundstellen werden gesucht"
STATE_ASSESSING = "Die Belege werden beurteilt"
STATE_SUPPORTED = "Belegt"
STATE_POSSIBLE = "Möglicherweise einschlägig – bitte selbst beurteilen"
STATE_NOTHING = "Dazu steht in den gewählten Sammlungen nichts"
STATE_FAILED = "Keine Antwort"
WORK_LOADING = "Das Modell wird geladen; die Belege können Sie schon lesen"
WORK_WRITING = "Das Modell formuliert"
WORK_STOPPING = "Die Formulierung wird angehalten"
WORK_STOPPED = "Sie haben die Formulierung angehalten."
WORK_NO_MODEL = "Ohne Sprachmodell: Hier stehen die Belege."
WORDING = "Formulierung des Modells (geprüft)"
WORDING_UNCHECKED = "Formulierung des Modells (nicht vollständig belegt)"
WORDING_SHORTER = "Formulierung des Modells, kürzer (geprüft)"
WORDING_SIMPLER = "Formulierung des Modells in Einfacher Sprache (geprüft)"
EVIDENCE = "Das steht in den Sammlungen"
EVIDENCE_DIGEST = "Sätze aus Zusammenfassungen, nicht der Wortlaut der Originale"
EVIDENCE_FORM = "Aus den Sammlungen zusammengestellt, ohne Sprachmodell"
UNDERSTOOD = "Verstanden als: {question}"
UNDERSTOOD_EDIT = "Ändern"
UNDERSTOOD_EDIT_LABEL = "Verstandene Frage ändern: in das Eingabefeld übernehmen"
ANSWER_COMPLETE = "Antwort vollständig"
ANSWER_UNFINISHED = "Antwort beendet"
EVIDENCE_READY = "Belege bereit"

# What can be done with an answer
ACTIONS_LABEL = "Mit der Antwort arbeiten"
COPY = "Kopieren mit Quellen"
COPY_LABEL = "Antwort mit Quellen kopieren"
COPIED = "Kopiert"
SHORTER = "Kürzer"
SHORTER_LABEL = "Vom Modell kürzer formulieren lassen"
SIMPLER = "Einfacher"
SIMPLER_LABEL = "Vom Modell in Einfacher Sprache formulieren lassen"
AGAIN = "Neu formulieren"
AGAIN_LABEL = "Vom Modell neu formulieren lassen"
REWORD_FAILED = "Eine andere belegte Formulierung kam nicht zustande; es bleibt bei der bisherigen Antwort."
REWORD_STOPPED = "Angehalten; es bleibt bei der bisherigen Antwort."
CHECK = "Als geprüft markieren"
CHECK_LABEL = "Antwort als von Ihnen geprüft markieren"
CHECK_INITIALS = "Ihr Kürzel"
CHECK_CONFIRM = "Markieren"
CHECK_CANCEL = "Abbrechen"
CHECKED = "Geprüft am {day} von {initials}"
CHECK_UNDO = "Zurücknehmen"
CHECK_UNDO_LABEL = "Markierung als geprüft zurücknehmen"
PROOF = "Antwort-Nachweis …"
PROOF_LABEL = "Antwort-Nachweis als PDF, ODT oder Markdown speichern"

# Passages
SOURCES = "Fundstellen"
SEARCHED = "Gesucht in {seconds}"
SOURCES_NEAREST = "Am nächsten kommen diese Stellen"
SOURCE_CITED = "in der Antwort"
SOURCE_DOCUMENT = "Dokument in der Bibliothek öffnen: {title}"
DIGEST = "Zusammenfassung, nicht der Wortlaut"
OWN_DOCUMENT = "Eigenes Dokument"
PASSAGE_LABEL = "Fundstelle"
PASSAGE_TEXT_LABEL = "Text der Fundstelle"
PASSAGE_EMPTY = "Hier erscheint die Fundstelle, die Sie auswählen."
PASSAGE_MARKED = "Fett markiert ist der Satz, der am besten zur Frage passt."
PASSAGE_MARKED_MORE = "Fett markiert ist der beste Satz, unterstrichen sind die übrigen Sätze der Antwort."
PASSAGE_MARKED_EVIDENCE = "Unterstrichen sind die Sätze der Antwort."
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
    "Leitstern arbeitet als Suche; für formulierte Antworten wählen Sie in den Einstellungen eine Modelldatei "
    "(.gguf), deren Prüfsumme Leitstern prüft und Ihnen nennt."
)
TO_SETTINGS = "Zu den Einstellungen"

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
        from datetime import date  # the window that starts shows none yet

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
    return f"Das Modell liest die Belege ({percent} %)"


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


def legend(*, best: bool, evidence: bool) -> str:
    """Return what the marks in a passage mean."""
    if best:
        return PASSAGE_MARKED_MORE if evidence else PASSAGE_MARKED
    return PASSAGE_MARKED_EVIDENCE if evidence else ""
