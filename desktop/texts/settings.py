"""German texts of the page Einstellungen."""

PAGE_LABEL = "Einstellungen"
TITLE = "Einstellungen"
LOCKED = "Von Ihrer IT festgelegt"
NEXT_START = "Gilt ab dem nächsten Start."

# Appearance
APPEARANCE = "Darstellung"
COLOURS = "Farben"
THEME_SYSTEM = "Wie im System"
THEME_LIGHT = "Hell"
THEME_DARK = "Dunkel"
THEME_HIGH_CONTRAST = "Hoher Kontrast"
TYPE_SIZE = "Schriftgröße"
TYPE_VALUE = "{percent} %"
TYPE_HINT = "Auch mit Strg und Plus, Strg und Minus; Strg und 0 stellt 100 % ein."

# Answers
ANSWERS = "Antworten"
ANSWERS_TEXT = (
    "Leitstern zeigt zu jeder Frage zuerst die Belege im Wortlaut der Sammlungen. Ein Sprachmodell kann daraus "
    "einen kurzen Text formulieren; gezeigt wird davon nur, was die Prüfung besteht."
)
WORDING = "Formulierte Antworten"
WORDING_TESTED = "Nur mit geprüftem Modell (empfohlen)"
WORDING_ALWAYS = "Immer versuchen"
WORDING_NEVER = "Nie, nur Belege"
WORDING_HINT = (
    "Geprüft heißt: Das Modell hat die mitgelieferten Prüffragen bestanden. Gilt ab dem nächsten Start."
)
MODEL = "Sprachmodell"
MODEL_AUTOMATIC = "Automatisch wählen"
MODEL_LINE = "{title}: {verdict}"
MODELS_HERE = "Sprachmodelle auf diesem Rechner"
VERDICT_PASSED = "Prüfung bestanden, darf Antworten formulieren"
VERDICT_WORDS = "darf Antworten formulieren"
VERDICT_EVIDENCE = "Prüfung nicht bestanden, nur Belege"
VERDICT_UNTESTED = "hier noch nicht geprüft, nur Belege"
VERDICT_FORBIDDEN = "von Ihrer IT nicht zugelassen"
VERDICT_GONE = "nicht mehr vorhanden"
NO_MODELS = "Auf diesem Rechner liegt kein Sprachmodell. Leitstern arbeitet als Suche; alles andere ist da."
NONE_ALLOWED = (
    "Kein Sprachmodell auf diesem Rechner ist zugelassen. Leitstern arbeitet als Suche; alles andere ist da."
)
MODELS_LOADING = "Sprachmodelle werden gesucht …"
CHECK = "Modell prüfen"
CHECK_LABEL = "Das gewählte Sprachmodell mit den mitgelieferten Fragen prüfen"
CHECK_HINT = (
    "Die Prüfung stellt zwölf Fragen und dauert einige Minuten. Sie können währenddessen weiterarbeiten."
)
CHECKING = "Das Modell wird geprüft: Frage {done} von {total}"
CHECK_STARTS = "Das Modell wird geladen …"
CHECK_CANCELLED = "Die Prüfung wurde abgebrochen. Das bisherige Ergebnis gilt weiter."
CHECK_FAILED = "Das Modell konnte nicht geprüft werden: {reason}"
CHECK_ALLOWED = "Bestanden: {model} darf Antworten formulieren. Gilt ab dem nächsten Start."
CHECK_REFUSED = "Nicht bestanden: Mit {model} zeigt Leitstern nur Belege."
REPORT = "Prüfbericht lesen"
REPORT_TITLE = "Prüfbericht"
REPORT_COPY = "Bericht kopieren"
CLOSE = "Schließen"
ADD = "Modell hinzufügen …"
ADD_LABEL = "Eine Modelldatei in das Programm übernehmen"
ADD_TITLE = "Modelldatei wählen"
ADD_FILTER = "Sprachmodelle (*.gguf)"
ADDING = "Die Modelldatei wird übernommen: {done} von {total}"
ADDED_KNOWN = "Übernommen und erkannt: {title}. SHA-256: {sha256}"
ADDED_UNKNOWN = (
    "Übernommen: {name}. Leitstern kennt diese Datei nicht; bitte vergleichen Sie die Prüfsumme mit der Angabe "
    "des Herstellers. SHA-256: {sha256}"
)
ADDED_LINK = " Die Datei ist eine Verknüpfung; gelesen wurde {target}."
CANCEL = "Abbrechen"
NOT_TAKEN = {
    "cancelled": "Abgebrochen; es wurde nichts übernommen.",
    "unreadable": "Die Datei kann nicht gelesen werden. Bitte kopieren Sie sie noch einmal auf den Datenträger.",
    "no_room": "Die Datei konnte nicht geschrieben werden: Der Speicherplatz reicht nicht, oder der Datenträger "
    "ist weg. Es ist nichts Halbes liegen geblieben.",
    "folder_unwritable": "In den Modellordner kann nicht geschrieben werden. Bitte wenden Sie sich an Ihre IT.",
    "not_allowed": "Dieses Modell hat Ihre IT auf diesem Rechner nicht zugelassen; es wurde nicht übernommen.",
    "exists_differently": "Unter diesem Namen liegt schon ein anderes Modell. Bitte benennen Sie die Datei um.",
}

# Speed
SPEED = "Leistung"
THREADS = "Rechenkerne für das Modell"
THREADS_AUTOMATIC = "automatisch"

# History
HISTORY = "Verlauf"
KEEPING = "Fragen und Antworten aufbewahren"
KEEP_ALL = "Bis ich sie lösche"
KEEP_DAYS = "{days} Tage"
KEEP_NONE = "Nicht speichern"
KEEPING_HINT = (
    "Der Verlauf liegt nur auf diesem Rechner. Mit „Nicht speichern“ kommt nichts mehr hinzu; was schon da ist, "
    "löschen Sie auf der Seite Verlauf."
)

# Folders
FOLDERS = "Ordner"
FOLDER_DATA = "Ihre Daten (Verlauf, Einstellungen, eigene Dokumente)"
FOLDER_MODELS = "Ihre Sprachmodelle"
FOLDER_SHARED = "Mitgelieferte Sammlungen"
FOLDER_OPEN = "Ordner öffnen"
FOLDER_OPEN_LABEL = "Ordner öffnen: {folder}"
FOLDER_COPY_LABEL = "Pfad kopieren: {folder}"
FOLDER_MISSING = "Diesen Ordner gibt es noch nicht."
