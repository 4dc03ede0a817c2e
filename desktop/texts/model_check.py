"""The words of ``leitstern models`` and of the report on a model."""

COMMAND = "Sprachmodelle zeigen und prüfen"
LIST = "vorhandene und bekannte Sprachmodelle zeigen"
CHECK = "ein Sprachmodell auf diesem Rechner prüfen: Güte, Tempo, Speicher"
CHECK_MODEL = "Datei (.gguf) oder Name des Modells; ohne Angabe das benutzte"
PROGRESS = "Prüffragen: {done} von {total}"
NOT_KEPT = "Das Ergebnis konnte nicht gespeichert werden; es gilt deshalb nicht als Voreinstellung."
KEPT = "Bericht: {file}"

PRESENT, ABSENT = "vorhanden", "nicht vorhanden"
FORBIDDEN = "von der IT nicht zugelassen"
WORDS, EVIDENCE_ONLY, UNTESTED = "formuliert Antworten", "nur Fundstellen", "nicht geprüft: nur Fundstellen"

ALLOWED = "Empfehlung: Das Modell darf Antworten formulieren."
REFUSED = "Empfehlung: Nur Fundstellen. Das Modell soll auf diesem Rechner keine Antworten formulieren."
REASONS = {
    "unsupported": "Eine strengere zweite Prüfung fand gezeigte Sätze, die nicht belegt sind.",
    "few_shown": "Zu wenige Antworten enthalten einen belegten Satz.",
    "few_checked": "Zu viele Sätze des Modells sind nicht belegt.",
    "off_point": "Die belegten Sätze treffen die Frage zu selten.",
    "slow": "Das Modell schreibt auf diesem Rechner zu langsam.",
}

REPORT = """# Prüfbericht für ein Sprachmodell

**{recommendation}**
{reasons}
| | |
|---|---|
| Modell | {model} |
| Datei | {file}, {size} |
| SHA-256 | `{sha256}` |
| Geprüft am | {date}, Leitstern {version} |
| Rechner | {machine}, {threads} Kerne für das Modell, {memory_total} Arbeitsspeicher |

## Güte

{questions} Fragen an die mitgelieferten Sammlungen, {answerable} davon lassen sich aus ihnen beantworten. Das Modell
bekam zu jeder Frage die gefundenen Sätze.

| | gemessen | nötig |
|---|---|---|
| Sätze, die die Prüfung bestanden | {shown} von {written} ({checked_share}) | {need_checked} |
| Beantwortbare Fragen mit einem belegten Satz | {worded} von {answerable} ({worded_share}) | {need_shown} |
| Davon mit der gesuchten Angabe | {complete} ({complete_share}) | {need_complete} |
| Gezeigte Sätze, die eine strengere Prüfung ablehnt | {unsupported} | 0 |
| Nicht beantwortbare Fragen ohne formulierten Satz | {silent} von {unanswerable} | – |

## Tempo und Speicher

| | gemessen | nötig |
|---|---|---|
| Schreiben | {write_speed} Wortteile je Sekunde | {need_speed} |
| Lesen | {read_speed} Wortteile je Sekunde | – |
| Eine Antwort, Mittelwert | {seconds} Sekunden | – |
| Arbeitsspeicher | {memory} | – |

## Was das heißt

Gezeigt wird in jedem Fall nur, was wörtlich geprüft ist; ein Satz ohne Beleg fällt weg, die Fundstellen bleiben. Der
Bericht sagt, ob sich das Warten auf das Modell lohnt. Zwölf Fragen sind eine Stichprobe: Prüfen Sie das Modell auch an
eigenen Fragen.
"""
NOT_MEASURED = "–"
