"""What is said about the machine's policy: its mistakes, and what it does not allow."""

NAME = "Vorgaben der IT"
NONE = "keine ({file} gibt es nicht)"
IN_FORCE = "{file}, gelten für alle auf diesem Rechner"
UNREADABLE = "{file} ist nicht lesbar"
UNREADABLE_ADVICE = (
    "Bis die Datei berichtigt ist, gelten die strengen Vorgaben: "
    "nur Belege, kein Verlauf, kein Import, kein Export."
)
MISTAKE = "Zeile {line}, {key}: {text}"
MISTAKE_WITHOUT_LINE = "{key}: {text}"
MISTAKES_ADVICE = "Bis dahin gilt an diesen Stellen die strengere Fassung. Die Datei ist {file}."
WRITABLE = "Datei oder Ordner sind nicht nur für root beschreibbar; damit lassen sich die Vorgaben umgehen."
OTHER_OWNER = "Datei oder Ordner gehören nicht root; damit lassen sich die Vorgaben umgehen."

# Mistakes.
NOT_TOML = "Das ist kein gültiges TOML ({detail})."
NOT_READABLE = "Die Datei lässt sich nicht lesen."
UNKNOWN_SECTION = "Diesen Abschnitt gibt es nicht."
UNKNOWN_KEY = "Diese Angabe gibt es hier nicht."
MEANT = " Gemeint ist vielleicht „{name}“."
NO_TABLE = "Hier wird ein Abschnitt erwartet: [{key}]."
NO_FLAG = "Erwartet wird true oder false."
NO_NUMBER = "Erwartet wird eine ganze Zahl von {least} bis {most}."
NO_TEXT = "Erwartet wird ein Text in Anführungszeichen, in einer Zeile, mit höchstens {most} Zeichen."
NO_LIST = 'Erwartet wird eine Liste von Texten, etwa ["a", "b"].'
NOT_AMONG = "„{value}“ ist nicht möglich. Möglich sind: {known}."
NO_MODELS = 'Erwartet werden Zeilen aus Dateiname und SHA-256: "modell.gguf" = "64 Zeichen, 0-9 und a-f".'
NO_SHA256 = "Das ist keine SHA-256-Prüfsumme: erwartet werden 64 Zeichen, 0-9 und a-f."
NO_FOLDER = "„{value}“ ist kein vollständiger Pfad; er beginnt mit / oder ~/."
UNKNOWN_COLLECTION = "Eine mitgelieferte Sammlung „{value}“ gibt es nicht. Es gibt: {known}."

# What is not allowed.
ASK = " Fragen beantwortet: {contact}"
NO_IMPORT = "Eigene Dokumente aufzunehmen hat Ihre IT auf diesem Rechner nicht zugelassen."
NO_EXPORT = "Dateien dieser Art zu speichern hat Ihre IT auf diesem Rechner nicht zugelassen."
NO_MODEL = "Dieses Sprachmodell hat Ihre IT auf diesem Rechner nicht zugelassen."
LOCKED_OPTION = "{option} ist hier nicht möglich: Das hat Ihre IT für diesen Rechner festgelegt."
BANNER_LABEL = "Hinweis Ihrer IT"
CONTACT = "Hilfe: {contact}"
NOTICE = (
    "Die Vorgaben Ihrer IT für diesen Rechner enthalten einen Fehler; bis er behoben ist, gilt dort die strengere "
    "Fassung. Bitte geben Sie das Ihrer IT weiter: {mistake}"
)


def with_contact(sentence: str, contact: str) -> str:
    """Return ``sentence`` and whom to ask, if the policy names somebody."""
    return sentence + (ASK.format(contact=contact) if contact else "")
