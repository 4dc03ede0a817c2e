"""German texts of the Antwort-Nachweis, and of saving it."""

TITLE = "Antwort-Nachweis"
FILE_STEM = "Antwort-Nachweis"
DIALOG_TITLE = "Antwort-Nachweis speichern"
FILTER_PDF = "PDF-Dokument (*.pdf)"
FILTER_MARKDOWN = "Markdown-Text (*.md)"

QUESTION = "Frage"
UNDERSTOOD = "Verstanden als"
RESULT = "Ergebnis"
WORDING = "Formulierung des Sprachmodells"
OVERVIEW = "Übersicht aus den Sammlungen"
EVIDENCE = "Belege im Wortlaut der Sammlung"
NEAREST = "Nächstliegende Fundstellen"
NO_EVIDENCE = "Es wurde kein Satz als Beleg gewählt."
NOTES = "Hinweise"
CHECKED = "Prüfung"
NOT_CHECKED = "Die Antwort wurde noch nicht als geprüft markiert."
FACTS = "Angaben zur Erstellung"

SECTION = "Abschnitt"
PLACE = "Fundort"
EDITION = "Fassung"
RETRIEVED = "abgerufen {day}"
ADDRESS = "Quelle"
DIGEST = "Art des Textes"
DIGEST_VALUE = "Zusammenfassung in eigenen Worten, nicht der Wortlaut des Originals"
ORIGINAL_VALUE = "Wortlaut des aufgenommenen Dokuments"
OWN_FILE = "Eigenes Dokument"

ASKED = "Gefragt"
SEARCHED = "Sammlungen"
ALL_COLLECTIONS = "alle"
MODEL = "Sprachmodell"
NO_MODEL = "keines beteiligt"
MODEL_SHA256 = "SHA-256 der Modelldatei"
INDEX = "Stand der Sammlungen (Prüfsumme)"
PROGRAM = "Programm"
MADE = "Nachweis erstellt"
UNKNOWN = "nicht erfasst"

AI_NOTE = (
    "Die Formulierung dieser Antwort hat ein KI-System erzeugt (Hinweis nach Art. 50 der Verordnung (EU) "
    "2024/1689, KI-Verordnung). Jeder Satz wurde maschinell mit den genannten Belegen verglichen."
)
NO_AI_NOTE = "Dieser Nachweis enthält keine von einem Sprachmodell formulierten Sätze."
DUTY = (
    "Verantwortlich für die Verwendung bleibt die Person, die die Antwort verwendet. "
    "Bitte lesen Sie vor einer Entscheidung die Originalquelle."
)
PAGE = "Seite {page} von {pages}"

SAVED = "Gespeichert: {name}"
NOT_WRITABLE = "In diesem Ordner darf nicht gespeichert werden; bitte wählen Sie einen anderen Ordner."
DISK_FULL = (
    "Auf dem Datenträger ist kein Platz mehr; bitte schaffen Sie Platz oder wählen Sie einen anderen Ordner."
)
NOT_SAVED = "Die Datei ließ sich dort nicht speichern; bitte wählen Sie einen anderen Ordner."
