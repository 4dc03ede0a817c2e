"""What is said about the machine's policy: its mistakes, and what it does not allow."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.policy import Policy

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
TOO_DEEP = "zu tief verschachtelt"
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
NO_EXPORT = "Dateien dieser Art zu speichern hat Ihre IT auf diesem Rechner nicht zugelassen."
NO_MODEL = "Dieses Sprachmodell hat Ihre IT auf diesem Rechner nicht zugelassen."
LOCKED_OPTION = (
    "{option} ist hier nicht möglich: Das hat Ihre IT für diesen Rechner auf „{value}“ festgelegt."
)
AUTOMATIC = "automatisch"
BANNER_LABEL = "Hinweis Ihrer IT"
CONTACT = "Hilfe: {contact}"

# What is decided.
ALLOWED_MODELS = "Zugelassene Sprachmodelle"
MODEL = "Sprachmodell"
WORDING = "Formulierte Antworten"
WORDINGS = {
    "tested": "nur mit einem Modell, das die Prüfung bestanden hat",
    "always": "immer versuchen",
    "never": "nie, nur Belege",
}
THREADS = "Rechenkerne für das Modell"
MEMORY = "Arbeitsspeicher für das Modell"
MEGABYTES = "höchstens {count} MB"
HISTORY = "Verlauf"
HISTORY_OFF = "wird nicht gespeichert"
HISTORY_ON = "wird gespeichert"
HISTORY_DAYS = "wird {count} Tage aufbewahrt"
IMPORT = "Eigene Dokumente aufnehmen"
NOT_ALLOWED = "nicht zugelassen"
ONLY_FROM = "nur aus {folders}"
EXPORT = "Dateiarten beim Speichern"
COLLECTIONS = "Gezeigte Sammlungen"
OWN_COLLECTIONS = "Eigene Sammlungen"
NOT_SHOWN = "werden nicht gezeigt"
NOTHING = "keine"
CONTACT_LABEL = "Ansprechstelle"
CHANGEABLE = "Darf geändert werden"
CHANGEABLE_NAMES = {
    "model": MODEL,
    "wording": WORDING,
    "threads": THREADS,
    "history": HISTORY,
}
NOTICE = (
    "Fehler in den Vorgaben Ihrer IT: {mistake}{further} Bis zur Berichtigung gilt dort die strengere "
    "Fassung. {tell}"
)
FURTHER = " (und {count} weitere, siehe Hilfe, Systembericht)"
TELL_IT = "Bitte sagen Sie Ihrer IT Bescheid."
TELL = "Bitte melden an: {contact}"
CARD = "Vorgaben Ihrer IT"
CARD_TEXT = "Auf diesem Rechner hat Ihre IT einiges festgelegt. Es gilt für alle, die hier arbeiten."


def no_export(policy: "Policy") -> str:
    """Return why nothing can be saved in a form, and whom to ask."""
    return with_contact(NO_EXPORT, policy.contact)


def banner(words: str, contact: str) -> str:
    """Return what stands above everything."""
    return f"{words} {CONTACT.format(contact=contact)}" if contact else words


def mistake_line(line: int, key: str, text: str) -> str:
    """Return one mistake in one line."""
    if line:
        return MISTAKE.format(line=line, key=key, text=text)
    return MISTAKE_WITHOUT_LINE.format(key=key, text=text)


def with_contact(sentence: str, contact: str) -> str:
    """Return ``sentence`` and whom to ask, if the policy names somebody."""
    return sentence + (ASK.format(contact=contact) if contact else "")


def notice(policy: "Policy") -> str:
    """Return what the window says of the mistakes of ``policy``: the first, and how many there are."""
    first, *others = (mistake_line(one.line, one.key, one.text) for one in policy.mistakes)
    further = FURTHER.format(count=len(others)) if others else ""
    tell = TELL.format(contact=policy.contact) if policy.contact else TELL_IT
    return NOTICE.format(mistake=first, further=further, tell=tell)


def decided(policy: "Policy") -> list[tuple[str, str]]:
    """Return what ``policy`` decides, name and value, for people."""
    rows: list[tuple[str, str]] = []

    def add(name: str, value: object | None) -> None:
        if value is not None:
            rows.append((name, str(value)))

    def names(values: Iterable[object] | None) -> str | None:
        return None if values is None else ", ".join(str(value) for value in values) or NOTHING

    add(ALLOWED_MODELS, names(policy.allowed_models.values() if policy.allowed_models is not None else None))
    add(MODEL, None if policy.model is None else policy.model or AUTOMATIC)
    add(WORDING, None if policy.wording is None else WORDINGS[policy.wording.value])
    add(THREADS, policy.threads)
    add(MEMORY, None if policy.memory_mb is None else MEGABYTES.format(count=policy.memory_mb))
    if policy.store_history is False:
        add(HISTORY, HISTORY_OFF)
    elif policy.history_days is not None:
        add(HISTORY, HISTORY_DAYS.format(count=policy.history_days))
    elif policy.store_history:
        add(HISTORY, HISTORY_ON)
    if not policy.may_import:
        add(IMPORT, NOT_ALLOWED)
    else:
        folders = names(policy.import_folders)
        add(IMPORT, folders and ONLY_FROM.format(folders=folders))
    add(EXPORT, names(policy.export_formats))
    add(COLLECTIONS, names(policy.collections))
    if not policy.own_collections:
        add(OWN_COLLECTIONS, NOT_SHOWN)
    add(BANNER_LABEL, policy.banner or None)
    add(CONTACT_LABEL, policy.contact or None)
    if policy.changeable:
        add(CHANGEABLE, ", ".join(sorted(CHANGEABLE_NAMES[name] for name in policy.changeable)))
    return rows
