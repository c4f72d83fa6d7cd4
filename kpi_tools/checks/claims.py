"""What a sentence says of a measure: which one, whose, when, how much; sure or not at all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from corpus.paper import Passage, Place
from kpi_tools.atoms import ATOM
from kpi_tools.checks.slip import Row, View, sentences
from kpi_tools.figures import MONEY_POWERS, Figure, read_figure
from kpi_tools.measures import OVERALL, Target, judge
from kpi_tools.names import find_entities, squash
from kpi_tools.periods import Period, find_periods
from kpi_tools.vocabulary import words_in

_WORDS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBER = rf"(?:\d{{1,5}}|{'|'.join(_WORDS)})"
LONGEST = 5000  # characters of a paragraph that goes on over passages
FEWEST_WORDS = 3  # of a name by which a measure without a code is known in a sentence
_LIST_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s|^\s*\(?[a-z]\)\s")
# A paragraph's own number, which is none of the figures that it tells: "1.2 Of the 8 indicators".
_PARAGRAPH = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)])\s+(?=[A-Z])")
_NUMBER = re.compile(
    r"(?<![\w.,/£-])[-−]?£?\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?(?:%|per cent|(?:k|m|bn|million|thousand)\b))?"
    r"(?:\s(?:days?|hours?|minutes?|weeks?|tonnes|kg)\b)?",
    re.IGNORECASE,
)
# What a sentence says of a target ("against a target of 25 days", "the 80% target") is no result.
_AIM = re.compile(
    rf"\b(?:targets?|standards?|thresholds?|goal|tolerance|benchmark)\b(?:\s(?:of|is|was|at|set|to|be|the|a|least|above"
    rf"|over|below|under|no|more|than))*\s?:?\s?[<>]?(?:{_NUMBER.pattern})|(?:{_NUMBER.pattern})[\s-](?:target|standard)\b",
    re.IGNORECASE,
)
# That a sentence speaks of all councils of its measure.
EVERYONE = re.compile(
    r"\b(?:all|every|each|none|both)\b(?: of)?(?: (?:the|our|its))?\s(?:\w+\s){0,2}?"
    r"(?:councils?|authorit(?:y|ies)|partners?|areas?|districts?|boroughs?)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:ations?|ions?|ings?|ed|es|s|e)$")
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "was",
        "were",
        "are",
        "has",
        "have",
        "per",
        "number",
        "within",
        "under",
        "over",
    ]
)
_ASIDE = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"^(?:%|percentage|number|no\.?|average|avg\.?)(?: of)?(?: the)?\s+", re.IGNORECASE)
_OPEN = re.compile(r"[.!?;:]\W*$")
# Two ends of a stretch, which are two periods to us.
_STRETCH = re.compile(rf"\b(?:between|from)(?P<one> (?:the )?{ATOM}) (?:and|to)(?= (?:the )?{ATOM})", re.IGNORECASE)
_TIMES = ("seconds", "minutes", "hours", "days", "working days", "weeks", "months")


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


@cache
def words(group: str, name: str) -> re.Pattern[str]:
    """A pattern for one list of the vocabulary."""
    told = words_in("checks")[group][name]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, told))})", re.IGNORECASE)


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
        found = measures_in(view, text, sentence)
        if len(found) == 1:
            made.append(claim(text, sentence, found[0], view.dates.get(text.at.document)))
    return made


def claim(text: Text, sentence: str, rows: Sequence[Row], day: date | None) -> Claim:
    """The sentence as a claim about a measure."""
    known = dict.fromkeys(row.entity for row in rows)
    named = tuple(dict.fromkeys(name for name, _, _ in find_entities(sentence, known) if name in known))
    only = tuple(known) if len(known) == 1 or EVERYONE.search(sentence) else ()
    bare = _AIM.sub(" ", _STRETCH.sub(r"; \g<one> ;", _without_names(sentence, rows[0])))
    hits = find_periods(bare, day or date.today())
    for _, start, end in hits:
        bare = f"{bare[:start]}{' ' * (end - start)}{bare[end:]}"
    numbers = [read_figure(number[0].strip()) for number in _NUMBER.finditer(bare)]
    figures = tuple(figure for figure in numbers if isinstance(figure, Figure))
    return Claim(text, sentence, rows, named or only, tuple(period for period, _, _ in hits), figures)


def measures_in(view: View, text: Text, sentence: str) -> list[Sequence[Row]]:
    """The paper's measures that words of a text name: by code, with its service where a code is in several, else by
    full name."""
    measures = view.measures_of.get(text.at.document, ())
    coded = [rows for rows in measures if rows[0].code and code_pattern(rows[0].code).search(sentence)]
    if coded:
        about = squash(text.passage.heading) + squash(sentence)
        by_service = [rows for rows in coded if squash(rows[0].service) in about]
        codes = {squash(rows[0].code) for rows in coded}
        return coded if len(coded) == len(codes) else by_service
    plain = squash(sentence)
    named = [rows for rows in measures if _is_name(rows[0].name) and squash(core(rows[0].name)) in plain]
    named = named or _by_words(measures, sentence)
    longest = max((len(core(rows[0].name)) for rows in named), default=0)
    return [rows for rows in named if len(core(rows[0].name)) == longest]


def _by_words(measures: Sequence[Sequence[Row]], sentence: str) -> list[Sequence[Row]]:
    """The measures all of whose words a sentence has, in any order and form; none where two have the same words."""
    said = _stems(sentence)
    known = {rows[0].key: _stems(core(rows[0].name)) for rows in measures}
    found = [rows for rows in measures if len(known[rows[0].key]) >= FEWEST_WORDS and known[rows[0].key] <= said]
    alone = len({known[rows[0].key] for rows in found}) == len(found)
    return [r for r in found if not any(known[r[0].key] < known[o[0].key] for o in found)] if alone else []


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, small ones left out: "collection" and "collected" are one."""
    plain = (word for word in re.findall(r"[a-z]{3,}|\d+", text.casefold()) if word not in _SMALL)
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word.removesuffix("s") for word in plain)


@cache
def code_pattern(code: str) -> re.Pattern[str]:
    """A code as prose spells it: "PI002" is "PI 002" too. A bare number is no code in prose."""
    if not re.search(r"[A-Za-z]", code):
        return re.compile(r"(?!)")
    spelled = re.sub(r"(?<=[A-Za-z])(?=\d)", r"\\s?", re.escape("".join(code.split())))
    return re.compile(rf"(?<![\w-]){spelled}(?![\w-])", re.IGNORECASE)


@cache
def core(name: str) -> str:
    """A measure's name without its unit, brackets and "number of"."""
    return _LEADING.sub("", " ".join(_ASIDE.sub(" ", name).split())).strip(" -–:.")


def _is_name(name: str) -> bool:
    return len(re.findall(r"\w+", core(name))) >= FEWEST_WORDS


def _without_names(sentence: str, row: Row) -> str:
    """The sentence without the measure's code and name, whose digits are no figures."""
    bare = _LIST_NUMBER.sub(" ", sentence)
    if row.code:
        bare = code_pattern(row.code).sub(" ", bare)
    name = re.escape(core(row.name)).replace(r"\ ", r"\s+")
    bare = re.sub(name, " ", bare, flags=re.IGNORECASE) if name else bare
    return re.sub(r"\b(?:per|within|over|under|aged) [\d,]+(?:\s(?:and over|or more|[a-z]+))?", " ", bare)


def polarity(row: Row) -> str:
    """Which way is better: as the paper says, else as the words of the name do; "" where they do not."""
    if row.polarity:
        said: str = row.polarity
        return said
    up, down = words("polarity", "higher").search(row.name), words("polarity", "lower").search(row.name)
    if row.unit in _TIMES:
        return "lower" if down else ""
    return "higher" if up and not down else "lower" if down and not up and row.unit != "%" else ""


def missed(row: Row) -> bool:
    """Whether a figure surely missed its target."""
    if row.met is not None:
        return not row.met
    way = {"higher": ">=", "lower": "<="}.get(polarity(row), "")
    if row.value is None or row.target is None or row.comparator or not way:
        return False
    aim = Target(None, "", way, Figure(row.target, row.unit, ""), None, None, None, "")  # type: ignore[arg-type]
    return not judge(row.value, aim)


def agrees(said: Figure, row: Row) -> bool | None:
    """Whether a number of the text is the figure of the table, as far as it is printed; None for another kind."""
    value, unit = said.value, said.unit
    if unit in MONEY_POWERS and row.unit in MONEY_POWERS:
        value = value.scaleb(MONEY_POWERS[unit] - MONEY_POWERS[row.unit])
    elif unit and unit != row.unit:
        return None
    printed = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    return bool(abs(value - row.value) < printed or abs(value) == abs(row.value))


def hedged(sentence: str, how: str = "except") -> bool:
    """Whether a sentence takes back what it says ("except"), or says it roughly ("about")."""
    return words("claims", how).search(sentence) is not None


def is_open(sentence: str, said: re.Match[str]) -> bool:
    """Whether the words around what a sentence says leave it open: "will have met all", "not all were met"."""
    return words("claims", "open").search(f"{sentence[: said.start()]} # {sentence[said.end() :]}") is not None


def number_of(word: str) -> int:
    """A count in digits or in words, as NUMBER finds it."""
    return int(word) if word.isdigit() else _WORDS.index(word.lower())


def is_part(entity: str) -> bool:
    """Whether an entity is a council or an area, not the overall."""
    return entity != OVERALL
