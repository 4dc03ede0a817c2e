"""What a question of a known form asks for: plain, frozen data."""

from dataclasses import dataclass
from enum import Enum

from guidelines_db.results import Hit


class Kind(Enum):
    """The forms; the values stand in ``Answer.form``."""

    LIST = "list"
    COUNT = "count"
    COMPARE = "compare"


class Level(Enum):
    """Who published a document."""

    TOWN = "town"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"  # towns, districts and their like
    LAND = "land"


class Demand(Enum):
    """What a document must say about the topic to be listed as saying so."""

    MENTION = "mention"  # it deals with the topic
    HAVE = "have"  # the word itself, not negated
    DUTY = "duty"
    BAN = "ban"
    PERMISSION = "permission"


@dataclass(frozen=True)
class Filters:
    """Facts by which the database chooses documents; an empty field does not restrict."""

    kinds: frozenset[str] = frozenset()
    level: Level | None = None
    places: frozenset[str] = frozenset()
    first_year: int = 0
    last_year: int = 9999
    collections: tuple[str, ...] = ()  # named in the question; they go before the chosen ones
    own: bool = False

    @property
    def dated(self) -> bool:
        """Whether the year of publication matters."""
        return self.first_year > 0 or self.last_year < 9999


@dataclass(frozen=True)
class Side:
    """One half of a comparison: its name and the question as asked for it alone."""

    name: str
    place: str  # name of the place, "" if the side is a law
    question: str


@dataclass(frozen=True)
class Form:
    """A question that was recognised."""

    kind: Kind
    question: str
    noun: str = ""  # what is listed or counted, in the question's word
    filters: Filters = Filters()
    topic: str = ""  # the words of the subject; "" if only facts choose
    demand: Demand = Demand.MENTION
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True)
class FormAnswer:
    """What the database answers. ``sources[n - 1]`` is cited as ``[n]``; none means that nothing was found.

    ``text`` "" means that the database has nothing to say and passages have to answer.
    """

    kind: str
    text: str  # Markdown
    sources: tuple[Hit, ...]
    evidence: tuple[str, ...]  # verbatim sentences, those that ``text`` shows
    certain: bool = True  # False if every document is only possibly relevant
