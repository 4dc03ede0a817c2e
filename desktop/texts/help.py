"""German texts of the page Hilfe; the handbook itself is Markdown in ``resources/handbook``."""

PAGE_LABEL = "Hilfe"
TITLE = "Hilfe"
ABOUT = "Über Leitstern"

# Contents
CONTENTS_LABEL = "Inhalt der Hilfe"
SEARCH_HINT = "In der Hilfe suchen"
SEARCH_LABEL = "In der Hilfe suchen"
CHAPTER_FOUND = "{title} ({count})"
CHAPTER_FOUND_LABEL = "{title}, {count}"
NOTHING_FOUND = "Dazu steht nichts in der Hilfe. Versuchen Sie ein anderes oder kürzeres Wort."
LOADING = "Die Hilfe wird geöffnet …"
DAMAGED = "Die Hilfe kann nicht angezeigt werden. Bitte installieren Sie Leitstern neu."

# Reader
READER_LABEL = "Text der Hilfe"
TO_CONTENTS = "Zum Inhalt"
PICTURE = "Bild: {caption}"

# Where data lies
FOLDERS_TITLE = "Auf diesem Rechner"
FOLDER_HEAD = ("Was", "Wo")
COPY = "Kopieren"
COPIED = "Kopiert"
COPY_PATHS = "Alle Orte kopieren"
FOLDER_OWN = "Ihre Daten"
FOLDER_SHARED = "Mitgelieferte Sammlungen"
FOLDER_MODELS = "Modelle"
FILE_HISTORY = "Verlauf"
FILE_SETTINGS = "Einstellungen"
FILE_OWN = "Eigene Dokumente"
FILE_OWN_INDEX = "Suchindex der eigenen Dokumente"
FILE_LOG = "Protokoll"
NOT_THERE = "noch nicht angelegt"

# Keys
KEYS_HEAD = ("Taste", "Was sie tut")
KEYS_OR = " oder "

# Licences
LICENCES_LOADING = "Die Lizenzen werden gelesen …"
LICENCE_HEAD = ("Teil", "Fassung", "Lizenz")
LICENCE_PROGRAM = "Leitstern"
LICENCE_COMPONENTS = "Grundlagen"
LICENCE_LIBRARIES = "Bibliotheken"
LICENCE_MODELS = "Modelle"
LICENCE_TITLE = "Lizenz von {name}"
LICENCE_NONE = "Zu diesem Teil gibt es keinen Lizenztext."
LICENCE_BACK = "Alle Lizenzen"

# Report
REPORT_RUNNING = "Der Bericht wird erstellt …"
REPORT_HEAD = ("Was", "Befund", "Wert")
REPORT_OK = "in Ordnung"
REPORT_NOTE = "Hinweis"
REPORT_BAD = "Fehler"
REPORT_AGAIN = "Neu erstellen"
REPORT_AGAIN_LABEL = "Systembericht neu erstellen"
REPORT_COPY = "Bericht kopieren"
REPORT_READY = "Systembericht fertig"

# Contact
CONTACT = "Ihre Ansprechstelle: {contact}"
CONTACT_NONE = (
    "Ihre IT hat noch keine Ansprechstelle eingetragen. Bitte wenden Sie sich an die IT Ihrer Verwaltung."
)

# About
ABOUT_VERSION = "Version {version}"
ABOUT_LICENCE = "Freie Software unter der EUPL-1.2"
ABOUT_MODEL = "Sprachmodell"
ABOUT_NO_MODEL = "keines; Leitstern arbeitet als Suche"
ABOUT_INDEX = "Sammlungen"
ABOUT_INDEX_VALUE = "{documents}, Index vom {built}"
ABOUT_UNKNOWN = "nicht zu ermitteln"
ABOUT_QT = "Qt"
ABOUT_COPY = "Angaben kopieren"
ABOUT_LICENCES = "Lizenzen zeigen"
ABOUT_CLOSE = "Schließen"


def hits(number: int) -> str:
    """Return for example "1 Treffer"; the word is the same for one and many."""
    return f"{number} Treffer"


def chapters_found(number: int) -> str:
    """Return what a screen reader is told after a search."""
    return "1 Kapitel gefunden" if number == 1 else f"{number} Kapitel gefunden"
