"""The words of the report for data protection (``leitstern doctor --report``)."""

TITLE = "Leitstern: Bericht für den Datenschutz"
INTRO = (
    "Diesen Bericht hat Leitstern auf dem Rechner selbst erstellt und nirgends hin gesendet. Er zeigt den Stand zum "
    "genannten Zeitpunkt für das genannte Konto. Er enthält keine Fragen, keine Antworten und keine Texte aus "
    "Dokumenten, aber Kontonamen, Ordner- und Dateinamen: Bitte vor der Weitergabe durchsehen."
)
MADE = "Erstellt"
PROGRAM = "Programm"
PLACE = "Programmordner"
COMPUTER = "Rechner"
SYSTEM = "Betriebssystem"
ACCOUNT = "Konto"
FROM_PACKAGE = "{folder} (installiertes Paket)"
FROM_SOURCE = "{folder} (aus dem Quelltext eingerichtet)"

# In short.
SHORT = "Kurz gefasst"
FINE = "In Ordnung"
LOOK = "Bitte ansehen"
SHORT_NETWORK = "Netz"
NETWORK_SHUT = "Dieser Prozess kann keine Netzverbindung anlegen; versucht und vom System abgelehnt."
NETWORK_OPEN = (
    "Das System hat diesem Prozess mindestens einen Anschluss nicht verwehrt (siehe „Netz“). Leitstern selbst öffnet "
    "keine; die zweite Sicherung fehlt hier."
)
NETWORK_UNKNOWN = "Auf diesem System lässt sich das nicht ausprobieren."
SHORT_FILES = "Programmdateien"
FILES_SAME = "Alle {checked} verglichenen Dateien sind unverändert."
FILES_DIFFER = "Es gibt Abweichungen (siehe „Was installiert ist“)."
FILES_UNKNOWN = "Die Dateiliste des Pakets fehlt oder ist nicht lesbar; ein Vergleich ist nicht möglich."
SHORT_MODELS = "Modelle"
MODELS_KNOWN = "Alle Modelldateien haben die Prüfsumme des Katalogs."
MODELS_UNKNOWN = "Mindestens eine Modelldatei ist unbekannt oder verändert (siehe „Modelle und Suchindex“)."
MODELS_NONE = "Es ist keine Modelldatei vorhanden."
SHORT_DATA = "Zugriff auf die Daten"
DATA_PRIVATE = "Nur das eigene Konto und root können die gespeicherten Daten lesen."
DATA_SHARED = "Auch andere können gespeicherte Daten lesen (siehe „Gespeicherte Daten“)."
DATA_NONE = "Für dieses Konto ist noch nichts gespeichert."
SHORT_POLICY = "Vorgaben der IT"

# What is installed.
INSTALLED = "Was installiert ist"
SBOM = "Stückliste (CycloneDX 1.6)"
SBOM_VALUE = "{name}, SHA-256 {sha256}"
SBOM_TEXT = "Die Stückliste nennt alle Bestandteile mit Fassung, Lizenz und Prüfsumme; sie liegt neben diesem Bericht."
COMPARED = "Vergleich mit der Platte"
COMPARED_PACKAGE = (
    "{checked} Dateien mit der Liste verglichen, die beim Bau des Pakets entstand ({name}, SHA-256 {sha256})."
)
COMPARED_SOURCE = (
    "Leitstern läuft hier aus dem Quelltext. Verglichen wurden {checked} Dateien der Python-Pakete mit den Listen, mit "
    "denen sie ausgeliefert wurden. Für Leitsterns eigene Dateien sagt „git status“, was verändert ist."
)
CHANGED, MISSING, ADDED = "Verändert", "Fehlt", "Zusätzlich"
NO_DIFFERENCE = "Keine Abweichung."
AND_MORE = "und {count} weitere"
PROGRAM_ACCESS = "Wer den Programmordner ändern kann"
ONLY_ROOT = "nur root"
OTHERS_CAN = "auch andere als root (Eigentümer {owner}, Rechte {mode})"
PARTS = "Bestandteile"
PART_VALUE = "{version} · {licence}"
NO_LICENCE = "Lizenz nicht angegeben"

# Models and index.
MODELS = "Modelle und Suchindex"
MODEL_FACTS = "{file}, {size}, vom {date}, SHA-256 {sha256} ({verdict})"
MODEL_KNOWN = "wie im Katalog"
MODEL_CHANGED = "WEICHT VOM KATALOG AB"
MODEL_UNKNOWN = "nicht im Katalog"
INDEX = "Suchindex"
INDEX_FACTS = "{file}, {size}, erstellt {built}, SHA-256 {sha256} ({verdict})"
INDEX_WHOLE = "wie beim Bau"
INDEX_CHANGED = "WEICHT VOM BAU AB"
INDEX_NO_SUM = "ohne Vergleichswert"
INDEX_NONE = "nicht vorhanden"
UNKNOWN = "unbekannt"

# Stored data.
DATA = "Gespeicherte Daten"
DATA_TEXT = (
    "Alles liegt im Datenordner dieses Kontos. Die Rechte sind so angegeben, wie sie jetzt auf der Platte stehen, "
    "die Ordner darüber eingerechnet. Wer Verwaltungsrechte hat oder an Sicherungskopien kommt, kann immer lesen."
)
DATA_FOLDER = "Datenordner"
CONTENT = "Inhalt"
PERSONAL = "Personenbezug"
KEPT = "Wie lange"
WHERE = "Wo"
READERS = "Wer lesen kann"
NOTHING_THERE = "nicht vorhanden"
SIZE_OF = "{files} · {size}"
ONLY_OWNER = "Konto {owner} und root"
ONLY_ROOT_READS = "nur root"
AND_GROUP = "Konto {owner}, die Gruppe {group} und root"
EVERYONE = "alle Konten dieses Rechners"
AND_ACL = "; dazu erweiterte Rechte (ACL), die „getfacl“ zeigt"

# What is stored: heading, content, personal data, how long.
KINDS = {
    "history": (
        "Verlauf",
        "jede Frage mit Zeitpunkt, gewählten Sammlungen, Antwort und Fundstellen; Prüfvermerk mit Kürzel",
        "ja: was die Person gefragt und dabei eingegeben hat",
        "",
    ),
    "documents": (
        "Eigene Dokumente",
        "Text, Name und Ordner der aufgenommenen Dateien, dazu ihr Suchindex",
        "je nach Dokument",
        "bis zur Löschung durch die Person",
    ),
    "settings": (
        "Einstellungen",
        "Darstellung, gewählte Sammlungen, Kürzel für Prüfvermerke, eine noch nicht gestellte Frage, eigene Wortliste",
        "gering: Kürzel; eine eingetippte, noch nicht gestellte Frage",
        "bis zur nächsten Änderung oder Löschung",
    ),
    "log": (
        "Protokoll",
        "Zeitpunkte, Dauern, Kennungen, Stellen von Programmfehlern; keine Fragen, keine Texte",
        "gering: wann mit dem Programm gearbeitet wurde",
        "je Datei 512 KiB, drei Dateien, dann wird das Älteste überschrieben; die Absturzdatei bis zur Löschung",
    ),
    "checks": (
        "Prüfberichte über Modelle",
        "Ergebnis der Prüfung mit den mitgelieferten Fragen",
        "nein",
        "bis zur Löschung",
    ),
    "models": (
        "Eigene Modelldateien",
        "Sprachmodelle, die die Person hinzugefügt hat",
        "nein",
        "bis zur Löschung",
    ),
    "derived": (
        "Hilfsdateien",
        "Prüfsummen, Startzustände der Modelle, Sperrdatei, Ersatz für den Suchindex",
        "nein",
        "bis zur Löschung; entstehen neu",
    ),
    "other": (
        "Weiteres im Datenordner",
        "Dateien, die nicht von dieser Fassung von Leitstern stammen oder beiseitegelegt wurden",
        "unbekannt",
        "bis zur Löschung",
    ),
}
HISTORY_OFF = "Es wird nichts gespeichert; Vorhandenes bleibt bis zur Löschung durch die Person."
HISTORY_DAYS = "{days} Tage, dann wird gelöscht"
HISTORY_ALL = "bis zur Löschung durch die Person"
BY_POLICY = " (von der IT festgelegt)"

# Network.
NETWORK = "Netz"
NETWORK_TEXT = (
    "Für diesen Bericht hat Leitstern in sich selbst versucht, Netzanschlüsse anzulegen. Es wurde nichts verbunden und "
    "nichts gesendet. Im gewöhnlichen Betrieb findet auch dieser Versuch nicht statt."
)
REFUSED = "abgelehnt ({code})"
GRANTED = "NICHT ABGELEHNT"
CONNECTIONS = "Offene Netzverbindungen dieses Prozesses"
REASONS = {
    "EACCES": "EACCES: von seccomp oder AppArmor gesperrt",
    "EPERM": "EPERM: dem Konto nicht erlaubt",
    "EAFNOSUPPORT": "EAFNOSUPPORT: gibt es auf diesem Rechner nicht",
}

# Policy.
POLICY = "Vorgaben der IT"
POLICY_NONE = "Es gibt keine Vorgaben ({file}). Jede Person entscheidet selbst, soweit Leitstern es zulässt."
POLICY_FACTS = "{file}, SHA-256 {sha256}"
POLICY_FILE = "Datei"
MISTAKE = "Fehler"
NO_MISTAKE = "Ohne Fehler gelesen."

END = "Was dieser Bericht nicht sagt"
END_TEXT = (
    "Er ersetzt keine Bewertung. Er sieht nur dieses Konto und diesen Rechner, nicht Sicherungskopien, nicht die "
    "Zwischenablage, nicht andere Programme. Entwürfe für Verzeichnis, technische und organisatorische Maßnahmen, "
    "Schwellwertanalyse und Dienstvereinbarung stehen in datenschutz.md."
)

# The command.
SAVED = "Bericht: {file}\nStückliste: {sbom}"
UNCHANGED = "Die installierten Dateien sind unverändert."
DIFFERENT = "Achtung: Installierte Dateien weichen ab; der Bericht nennt sie."
BAD_ENDING = "Der Bericht kann nur als .md, .odt oder .pdf gespeichert werden, nicht als „{name}“."
NOT_WRITTEN = "Der Bericht kann dort nicht gespeichert werden: {reason}"
