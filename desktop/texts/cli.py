"""The command line's German."""

PROGRAM = "Leitstern beantwortet Fragen zu kommunalen KI-Leitlinien, mit Fundstellen und ohne Netz."
USAGE_PREFIX = "Aufruf: "
OPTIONS = "Optionen"
COMMANDS = "Befehle"
ARGUMENTS = "Angaben"
HELP = "diese Hilfe zeigen"
VERSION = "die Version zeigen"
DATA_DIR = "diesen Ordner statt des eigenen Datenordners benutzen"
MODEL = "Modell: Name aus dem Katalog oder Dateiname"
THREADS = "Zahl der Rechenkerne für das Modell"
WORDING = "ob ein Modell formuliert: wenn es den Abnahmetest bestanden hat (tested), immer oder nie"
JSON = "Ausgabe als JSON"
COLLECTION = "nur in diesen Sammlungen"
LAND = "nur Dokumente aus diesen Ländern"
PLACE = "nur Dokumente aus diesen Orten"
YEAR_FROM = "nur Dokumente ab diesem Jahr"
YEAR_TO = "nur Dokumente bis zu diesem Jahr"
LIMIT = "höchstens so viele Fundstellen"
BATCH = "Fragen aus einer Datei: je Zeile ein JSON-Objekt mit id und question"
EXPLAIN = "zu jeder Fundstelle zeigen, warum sie gefunden wurde"
QUESTION = "die Frage"
SEARCH = "Fundstellen zu einer Frage zeigen"
ASK = "eine Frage beantworten"
IMPORT = "eigene Dokumente (Markdown, Text) aufnehmen"
IMPORT_PATHS = "Dateien oder Ordner"
IMPORT_COLLECTION = "Name der eigenen Sammlung"
NO_VECTORS = "nur für die Textsuche aufnehmen; ähnliche Stellen werden später erfasst"
DELETE = "ein eigenes Dokument mit allen Spuren löschen"
DELETE_DOCUMENT = "Kennung des Dokuments, wie die Suche sie zeigt"
DOCTOR_REPORT = (
    "schreibt den Bericht für den Datenschutz (.md, .odt oder .pdf), daneben die Stückliste (.cdx.json)"
)
DOCTOR = "prüfen, ob auf diesem Rechner alles bereit ist"
EVAL = "Güte der Suche an einer Fragendatei messen"
EVAL_ANSWERS = "Güte der Antworten an einer Fragendatei messen"
EVIDENCE_ONLY = "nur Belege, ohne das Sprachmodell"
EVAL_PROGRESS = "Fragen {done} von {total}"
EVAL_FILE = "Fragendatei (JSON je Zeile) mit question und gold"

WRONG_USAGE = "Der Aufruf ist nicht richtig: {detail}. „{program} --help“ zeigt, wie er lautet."
WRONG_DETAIL = {
    "required": "es fehlt eine Angabe",
    "unrecognized": "eine Angabe ist unbekannt",
    "invalid choice": "den Befehl gibt es nicht",
    "expected": "zu einer Option fehlt der Wert",
    "invalid int": "eine Zahl wird erwartet",
    "invalid positive": "eine Zahl ab 1 wird erwartet",
}
WRONG_OTHER = "eine Angabe passt nicht"
QUESTION_OR_BATCH = "Bitte geben Sie eine Frage oder --batch mit einer Datei an."
BATCH_UNREADABLE = "Die Datei {file} lässt sich nicht lesen."
BATCH_LINE = "Zeile {line} ist kein JSON-Objekt mit id und question."
BATCH_FAILED = "{count} Zeilen der Datei konnten nicht gelesen werden."
UNKNOWN_COLLECTION = "Die Sammlung „{name}“ gibt es nicht. Vorhanden sind: {known}."
UNKNOWN_FILTER = "Zu „{name}“ gibt es kein Dokument. Vorhanden sind: {known}."
BAD_COLLECTION_NAME = "Der Name der Sammlung ist leer, zu lang oder enthält Steuerzeichen."
SHIPPED_COLLECTION_NAME = "„{name}“ ist eine mitgelieferte Sammlung; bitte wählen Sie einen anderen Namen."
NO_SUCH_DOCUMENT = "In der Sammlung „{collection}“ gibt es kein eigenes Dokument „{document}“."
DELETED = "Gelöscht: {document}"
NOTHING_TO_IMPORT = "Es wurde kein Dokument aufgenommen."
UNEXPECTED = "Das hat wegen eines Programmfehlers nicht geklappt ({error}); das Protokoll liegt in {log}."
INTERRUPTED = "Abgebrochen."

NO_HITS = "Keine Fundstelle."
DIGEST = "Zusammenfassung, nicht der Wortlaut"
EXPLAINED = (
    "   Warum: Wörter {terms}; Text {text} (Rang {text_rank}), Ähnlichkeit Rang {vector_rank}, Ort {place}"
)
NEAREST = "Nächstliegende Fundstellen:"
SOURCES = "Fundstellen:"
SEARCH_ONLY = "Kein Sprachmodell vorhanden; hier sind die Fundstellen."

IMPORT_TAKEN = "{count} aufgenommen in „{collection}“"
IMPORT_UNCHANGED = "{count} unverändert"
IMPORT_SKIPPED = "{count} nicht aufgenommen:"
IMPORT_FOLLOWED = "{path} ist eine Verknüpfung; gelesen wurde {target}"
IMPORT_PROGRESS = "Dateien {done} von {total}"
VECTOR_PROGRESS = "Ähnlichkeitssuche vorbereiten: {done} von {total}"
VECTORS_LATER = "Die Sammlung ist groß: Textsuche geht sofort, ähnliche Stellen werden bei Bedarf erfasst."
IMPORT_REASONS = {
    "missing": "Datei nicht gefunden",
    "format": "dieses Format wird nicht gelesen (nur .md und .txt)",
    "empty": "die Datei ist leer",
    "too_large": "die Datei ist größer als 20 MB",
    "unreadable": "die Datei darf oder kann nicht gelesen werden",
    "binary": "die Datei enthält keinen Text",
    "no_text": "die Datei enthält keinen Satz",
    "too_many_lines": "die Datei hat mehr als 500.000 Zeilen",
    "device": "das ist keine gewöhnliche Datei, sondern ein Ordner, ein Gerät oder eine Verbindung",
    "long_name": "der Name der Datei ist zu lang",
    "link": "die Datei ist eine Verknüpfung; Ihre IT lässt nur die Dateien selbst zu",
    "outside": "die Datei liegt außerhalb der Ordner, die Ihre IT zugelassen hat",
}

DOCTOR_OK = "in Ordnung"
DOCTOR_NOTE = "Hinweis"
DOCTOR_BAD = "Achtung"
