"""German texts of the page on which documents are compared, and of its exports."""

from collections.abc import Sequence

from desktop.compare.differences import Aspect
from desktop.compare.matrix import Cell
from desktop.texts.window import count

PAGE_LABEL = "Vergleichen: was Dokumente zu denselben Themen sagen"
TITLE = "Wer sagt was?"
LEAD = (
    "Themen in den Zeilen, Dokumente in den Spalten. Wählen Sie Felder aus: "
    "Ihre Stellen stehen dann nebeneinander, Unterschiede sind gekennzeichnet."
)
LOADING = "Die Dokumente werden verglichen …"
FAILED = "Die Dokumente lassen sich gerade nicht vergleichen."
AGAIN = "Noch einmal versuchen"
NO_DOCUMENTS = "Zu dieser Auswahl gibt es keine Dokumente. Nehmen Sie eine Einschränkung weg."
NO_COLLECTIONS = "Es gibt keine Sammlung mit Themen, nach denen sich Dokumente vergleichen lassen."

# What is compared
SUBJECT_LABEL = "Themen, nach denen verglichen wird"
AND = " und "
CHOOSE = "Dokumente wählen"
CHOOSE_LABEL = "Dokumente wählen: nach Sammlung, Land, Ort und Art"
PANEL_LABEL = "Welche Dokumente verglichen werden"
COLLECTION = "Sammlung"
COLLECTION_LABEL = "Sammlungen, aus denen verglichen wird"
LAND = "Land"
LAND_LABEL = "Land, aus dem die Dokumente stammen; keines angekreuzt: alle"
PLACE = "Ort"
PLACE_LABEL = "Ort, aus dem die Dokumente stammen; keiner angekreuzt: alle"
KIND = "Art"
KIND_LABEL = "Art der Dokumente; keine angekreuzt: alle"
CLEAR = "Auswahl zurücksetzen"
DONE = "Fertig"
REMOVE = "Einschränkung entfernen: {name}"

# Views
TABLE = "Tabelle"
TABLE_VIEW_LABEL = "Als Tabelle zeigen"
CHART = "Diagramm"
CHART_VIEW_LABEL = "Als Diagramm zeigen"
TABLE_LABEL = "Themen und Dokumente. Pfeiltasten: Feld wechseln, Leertaste: auswählen"
CHART_LABEL = "Diagramm: Themen und Dokumente. Pfeiltasten: Feld wechseln, Leertaste: auswählen"
CUT_NAMES = "Im Bild gekürzte Namen: {names}."
CHART_ALTERNATIVE = "Dieselben Angaben stehen in der Tabelle."
LEVELS = ("dazu wurde nichts gefunden", "wenig", "mehr", "viel")
SIGNS = ("–", "●", "●●", "●●●")
SECTION_SIGN = "○"
LEGEND = (
    "● 1 oder 2 Sätze   ●● 3 bis 5   ●●● 6 und mehr   "
    "○ ein Abschnitt, aber kein einzelner Satz   – dazu wurde nichts gefunden"
)
LEGEND_LABEL = "Zeichenerklärung"

# A cell
NOTHING = "Dazu wurde nichts gefunden."
NOTHING_MEANS = "Das heißt nicht, dass dort nichts geregelt ist."
SECTION_ONLY = (
    "Der Abschnitt „{section}“ behandelt das Thema; ein einzelner Satz lässt sich nicht herausheben."
)
CHOSEN = "ausgewählt"
KEY_LABEL = "Wichtigster Satz des Feldes"
KEY_EMPTY = "Gehen Sie mit der Maus oder den Pfeiltasten auf ein Feld: Hier erscheint sein wichtigster Satz."
KEY_BUTTON = "Satz"
KEY_OPEN_LABEL = "Wichtigsten Satz des Feldes zeigen"
KEY_CLOSE_LABEL = "Wichtigsten Satz des Feldes schließen"
COPIED = "Wichtigster Satz mit Quelle kopiert."
CUT = "nur der Anfang dieses langen Dokuments wurde verglichen"
DIGEST = "Zusammenfassung, nicht der Wortlaut"

# Side by side
SIDES_LABEL = "Ausgewählte Stellen nebeneinander"
SIDE_LABEL = "{document} zu: {topic}"
TEXT_LABEL = "Stellen aus {document} zu: {topic}"
DIFFERENCES_LABEL = "Unterschiede zwischen den ausgewählten Stellen"
SHOW_SIDES = "Nebeneinander lesen ({number})"
SHOW_SIDES_SHORT = "Lesen ({number})"
BACK = "Zurück zur Übersicht"
UNCHOOSE_ALL = "Auswahl aufheben"
UNCHOOSE = "Abwählen: {document}, {topic}"
OPEN = "Öffnen"
OPEN_LABEL = "In der Bibliothek öffnen: {document}, {section}"
TOO_MANY = "Mehr als {number} Stellen lassen sich nicht nebeneinander lesen. Wählen Sie zuerst eine ab."
CHOSEN_NOW = "Ausgewählt: {name}. {number} insgesamt."
UNCHOSEN_NOW = "Abgewählt: {name}. {number} insgesamt."
MARKS = {Aspect.NUMBER: "Z", Aspect.DATE: "D", Aspect.MODALITY: "V"}
ASPECTS = {Aspect.NUMBER: "Zahlen", Aspect.DATE: "Daten", Aspect.MODALITY: "Verbindlichkeit"}
ASPECT_EMPTY = "–"
DIFFERENCES = "Unterschiede zu „{topic}“"
SAME = "Zu „{topic}“ unterscheiden sich Zahlen, Daten und Verbindlichkeit nicht."
MARK_LEGEND = (
    "Unterstrichen ist, was so nicht in allen anderen Stellen steht: Z Zahl, D Datum, "
    "V Verbindlichkeit (muss, soll, kann, darf nicht). Fett ist der wichtigste Satz, grau sind Sätze zu anderen Themen."
)
NEED_TWO = "Wählen Sie ein zweites Feld desselben Themas, um Unterschiede zu sehen."

# Export
EXPORT = "Exportieren …"
EXPORT_LABEL = "Übersicht exportieren als Tabelle (ODS, XLSX, CSV) oder Text (ODT)"
EXPORT_TITLE = "Übersicht exportieren"
EXPORTING = "Wird exportiert …"
FILTER_ODS = "OpenDocument-Tabelle (*.ods)"
FILTER_XLSX = "Excel-Tabelle (*.xlsx)"
FILTER_CSV = "Tabelle als Text (*.csv)"
FILTER_ODT = "OpenDocument-Text mit barrierefreier Tabelle (*.odt)"
NOT_ALLOWED = (
    "Auf diesem Rechner darf die Übersicht nicht exportiert werden. So ist es von Ihrer IT festgelegt."
)
FILE_STEM = "Vergleich"

SHEET_OVERVIEW = "Übersicht"
SHEET_PASSAGES = "Stellen"
SHEET_DOCUMENTS = "Dokumente"
SHEET_ABOUT = "Hinweise"
DOCUMENT_TITLE = "Vergleich: {subject}"
TOPIC = "Thema"
DOCUMENT = "Dokument"
DOCUMENT_NAME = "Titel"
PUBLISHER = "Herausgeber"
PUBLISHED = "Stand"
RETRIEVED = "Abgerufen"
TEXT_KIND = "Art des Textes"
ADDRESSES = "Quellen"
SECTION = "Abschnitt"
SENTENCES = "Sätze zum Thema"
KEY = "Wichtigster Satz"
PASSAGES = "Alle Sätze zum Thema"
COUNTED = (
    "Gezählt werden die Sätze eines Dokuments, die von einem Thema handeln. Der wichtigste Satz steht wörtlich "
    "so in der Sammlung."
)
GAPS = (
    "„Dazu wurde nichts gefunden“ heißt nicht, dass dort nichts geregelt ist. Die Sammlungen enthalten "
    "Zusammenfassungen und sind nicht vollständig."
)
ORIGINAL = "Lesen Sie vor einer Entscheidung die Originalquelle."
ABOUT_ROWS = (COUNTED, GAPS, ORIGINAL)
MADE = "Erstellt"
PROGRAM = "Programm"
CHOSEN_BY = "Auswahl"
TABLE_PART = "Tabelle {number} von {total}: {names}"
OVERVIEW_HEADING = "Übersicht"
DOCUMENTS_HEADING = "Dokumente und Quellen"
ABOUT_HEADING = "So ist die Übersicht zu lesen"


def documents(number: int) -> str:
    """Return for example "34 Dokumente"."""
    return count(number, "Dokument", "Dokumente")


def sentences(number: int) -> str:
    """Return for example "3 Sätze"."""
    return count(number, "Satz", "Sätze")


def size(columns: int, found: int, topics: int) -> str:
    """Return how large the matrix is, and whether documents did not fit in."""
    shown = documents(columns) if columns == found else f"die ersten {columns} von {documents(found)}"
    return f"{shown} · {count(topics, 'Thema', 'Themen')}"


def sign(cell: Cell) -> str:
    """Return the sign of a cell: dots for how much it says."""
    return SECTION_SIGN if cell.spots and not cell.sentences else SIGNS[cell.level]


def amount(cell: Cell) -> str:
    """Return in words how much a cell says."""
    if not cell.spots:
        return LEVELS[0]
    return f"{LEVELS[cell.level]}, {sentences(cell.sentences)}" if cell.sentences else "ein Abschnitt"


def sentence(cell: Cell) -> str:
    """Return the key sentence, or why there is none."""
    if cell.key:
        return cell.key
    return SECTION_ONLY.format(section=cell.spots[0].section) if cell.spots else f"{NOTHING} {NOTHING_MEANS}"


def spoken(topic: str, document: str, cell: Cell, *, chosen: bool) -> str:
    """Return all that a screen reader says of a cell."""
    state = f" {CHOSEN}" if chosen else ""
    if not cell.spots:
        return f"{topic}, {document}: {NOTHING}{state}"
    return f"{topic}, {document}: {amount(cell)}{state}. {sentence(cell)}"


def speaking(number: int, total: int) -> str:
    """Return how many documents speak of a topic."""
    return f"{number} von {total}"


def chart_summary(counts: Sequence[tuple[str, int]], total: int) -> str:
    """Return what the chart shows, in a sentence or two; ``counts`` are topics with their documents."""
    if not counts or not total:
        return ""
    ranked = sorted(counts, key=lambda pair: -pair[1])
    most, least = ranked[0], ranked[-1]
    text = f"Am häufigsten geht es um „{most[0]}“ (in {most[1]} von {total} Dokumenten)"
    if least != most:
        text += f", am seltensten um „{least[0]}“ (in {least[1]})"
    return f"{text}. {CHART_ALTERNATIVE}"


def cut_names(names: Sequence[str]) -> str:
    """Return the whole names of what has too little room in the chart, "" if there are none."""
    return CUT_NAMES.format(names="; ".join(names)) if names else ""
