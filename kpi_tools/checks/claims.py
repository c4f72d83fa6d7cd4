"""What a sentence says of a measure: which one, whose, when, how much; sure or not at all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from corpus.paper import Passage, Place
from kpi_tools.atoms import ATOM
from kpi_tools.checks.judged import words
from kpi_tools.checks.naming import AIM, NUMERAL, code_pattern, core, likely, measures_in
from kpi_tools.checks.often import over_time
from kpi_tools.checks.slip import Row, View, sentences
from kpi_tools.figures import MONEY_POWERS, Figure, read_figure
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities
from kpi_tools.periods import Period, find_periods

LONGEST = 5000  # characters of a paragraph that goes on over passages
_LIST_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s|^\s*\(?[a-z]\)\s")
# A paragraph's own number, which is none of the figures that it tells: "1.2 Of the 8 indicators".
_PARAGRAPH = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)])\s+(?=[A-Z])")
# That a sentence speaks of all councils of its measure.
EVERYONE = re.compile(
    r"\b(?:all|every|each|none|both)\b(?: of)?(?: (?:the|our|its))?\s(?:\w+\s){0,2}?"
    r"(?:councils?|authorit(?:y|ies)|partners?|areas?|districts?|boroughs?)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[.!?;:]\W*$")
# Two ends of a stretch, which are two periods to us.
_STRETCH = re.compile(rf"\b(?:between|from)(?P<one> (?:the )?{ATOM}) (?:and|to)(?= (?:the )?{ATOM})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of running text, put together where a page or a column broke it, and where it begins."""

    passage: Passage
    text: str

    @property
    def at(self) -> Place:
        """Where it begins."""
        return self.passage.places[0]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about one measure: the measure's rows, the entities and periods that it names, and its numbers.

    `entities` are all of the measure where it speaks of every council. `numbers` are in order,
    without those of the measure's own name, its code, its target, the periods.
    """

    text: Text
    sentence: str
    rows: Sequence[Row]
    entities: tuple[str, ...]
    periods: tuple[Period, ...]
    numbers: tuple[Figure, ...]

    @property
    def told(self) -> tuple[Place, str]:
        """Where it is said, and the sentence, to be cited."""
        return self.text.at, self.sentence

    def of(self, entity: str) -> Sequence[Row]:
        """The measure's figures for an entity, by period."""
        return sorted((r for r in self.rows if r.entity == entity and r.value is not None), key=lambda r: r.start)

    def figure(self, entity: str, period: Period) -> Row | None:
        """The one figure of an entity in exactly this period."""
        found = [row for row in self.of(entity) if (row.start, row.end) == (period.start, period.end)]
        return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def texts(view: View) -> Sequence[Text]:
    """The paragraphs of running text, in order and without their numbers."""
    found: list[Text] = []
    for passage in view.prose:
        last = found[-1] if found else None
        if last and _goes_on(last, passage):
            found[-1] = Text(last.passage, f"{last.text} {passage.text}")
        else:
            found.append(Text(passage, _PARAGRAPH.sub("", passage.text)))
    return found


def each_sentence(view: View) -> Iterator[tuple[Text, str]]:
    """The sentences of running text, each with its paragraph."""
    return ((text, sentence) for text in texts(view) for sentence in sentences(text.text))


def _goes_on(last: Text, passage: Passage) -> bool:
    same = (last.at.document, last.passage.heading) == (passage.places[0].document, passage.heading)
    return same and len(last.text) < LONGEST and not _OPEN.search(last.text) and not _LIST_NUMBER.match(passage.text)


@lru_cache(maxsize=1)
def claims(view: View) -> Sequence[Claim]:
    """All sentences that are about one measure of their paper, beyond doubt."""
    made: list[Claim] = []
    for text, sentence in each_sentence(view):
        found = measures_told(view, text, sentence)
        if len(found) == 1:
            made.append(claim(text, sentence, found[0], view.dates.get(text.at.document)))
    return made


def measures_told(view: View, text: Text, said: str) -> list[Sequence[Row]]:
    """The measures of its paper that a sentence of a text, or all of it, names."""
    measures = view.measures_of.get(text.at.document, ())
    return measures_in(measures, text.passage.heading, said) if measures else []


def subjects(view: View, text: Text, sentence: str) -> Sequence[Sequence[Row]]:
    """The measures of which a sentence may be said: those that it names, else the one that is likely."""
    measures = view.measures_of.get(text.at.document, ())
    if not measures:
        return ()
    named = measures_told(view, text, sentence)
    numbers = [figure.value for figure in claim(text, sentence, measures[0], None).numbers]
    return named or likely(measures, sentence, numbers)


def beside(view: View, text: Text) -> Sequence[Sequence[Row]]:
    """The measures of the tables above and below a text, where each of them has but one."""
    tables: dict[int, list[Row]] = {}
    for row in view.rows.get(text.at.document, ()):
        if abs(row.page - text.at.page) <= 1:
            tables.setdefault(row.table, []).append(row)
    at = text.at.page, text.at.box[1]
    above: list[list[Row]] = []
    below: list[list[Row]] = []
    for rows in sorted(tables.values(), key=lambda rows: (rows[0].page, rows[0].box[1])):
        (above if (rows[0].page, rows[0].box[1]) < at else below).append(rows)
    return [rows for rows in (*above[-1:], *below[:1]) if len({row.key for row in rows}) == 1]


def claim(text: Text, sentence: str, rows: Sequence[Row], day: date | None) -> Claim:
    """The sentence as a claim about a measure."""
    known = dict.fromkeys(row.entity for row in rows)
    named = tuple(dict.fromkeys(name for name, _, _ in find_entities(sentence, known) if name in known))
    only = tuple(known) if len(known) == 1 or EVERYONE.search(sentence) else ()
    often = over_time(sentence)  # "the third quarter running" is none of its periods
    timely = sentence.replace(often.said[0], "; ") if often else sentence
    bare = AIM.sub(" ", _STRETCH.sub(r"; \g<one> ;", _without_names(timely, rows[0])))
    hits = find_periods(bare, day or date.today())
    for _, start, end in hits:
        bare = f"{bare[:start]}{' ' * (end - start)}{bare[end:]}"
    numbers = [read_figure(number[0].strip()) for number in NUMERAL.finditer(bare)]
    figures = tuple(figure for figure in numbers if isinstance(figure, Figure))
    return Claim(text, sentence, rows, named or only, tuple(period for period, _, _ in hits), figures)


def _without_names(sentence: str, row: Row) -> str:
    """The sentence without the measure's code and name, whose digits are no figures."""
    bare = _LIST_NUMBER.sub(" ", sentence)
    if row.code:
        bare = code_pattern(row.code).sub(" ", bare)
    name = re.escape(core(row.name)).replace(r"\ ", r"\s+")
    bare = re.sub(name, " ", bare, flags=re.IGNORECASE) if name else bare
    return re.sub(r"\b(?:per|within|over|under|aged) [\d,]+(?:\s(?:and over|or more|[a-z]+))?", " ", bare)


def agrees(said: Figure, row: Row) -> bool | None:
    """Whether a number of the text is the figure of the table, as far as it is printed; None for another kind."""
    value, unit = said.value, said.unit
    if unit in MONEY_POWERS and row.unit in MONEY_POWERS:
        value = value.scaleb(MONEY_POWERS[unit] - MONEY_POWERS[row.unit])
    elif not same_unit(said, row):
        return None
    printed = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    return bool(abs(value - row.value) < printed or abs(value) == abs(row.value))


def same_unit(said: Figure, row: Row) -> bool:
    """Whether a number of the text may be of a row's kind: "9.1 days" of "Sickness (days lost)" too."""
    return said.unit in ("", row.unit) or (not row.unit and said.unit in row.name.casefold())


def hedged(sentence: str, how: str = "except") -> bool:
    """Whether a sentence takes back what it says ("except"), or says it roughly ("about")."""
    return words("claims", how).search(sentence) is not None


def is_rough(sentence: str, number: Figure) -> bool:
    """Whether a number is said roughly: "about 80%"; "80% over the year" is not."""
    before = sentence[: sentence.find(number.printed)]
    return re.search(rf"{words('claims', 'about').pattern}\s$", before, re.IGNORECASE) is not None


def is_open(sentence: str, said: re.Match[str]) -> bool:
    """Whether the words around what a sentence says leave it open: "will have met all", "not all were met"."""
    return words("claims", "open").search(f"{sentence[: said.start()]} # {sentence[said.end() :]}") is not None


def is_part(entity: str) -> bool:
    """Whether an entity is a council or an area, not the overall."""
    return entity != OVERALL and entity.casefold() not in ("both", "all", "combined", "jointly")
