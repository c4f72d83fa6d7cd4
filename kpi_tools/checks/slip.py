"""What a check looks at, and what it says."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any

from corpus.paper import Passage, Place
from kpi_tools.checks.judged import judged
from kpi_tools.frames import build
from kpi_tools.ledger import Record
from kpi_tools.measures import HITS, Observation, Target
from kpi_tools.names import squash

Row = Any  # a row of a paper's frame, as itertuples gives it
_SMALL = ("and", "of", "the", "for")
MOST_PLACES = 24
MOST_QUOTE = 300
NAMED = ("__module__", "__name__", "__qualname__", "__doc__")  # of what a check is made of that it is called by


@dataclass(frozen=True, slots=True)
class Slip:
    """What does not fit, in one sentence, with the places that do not fit each other and what they say."""

    kind: str
    sentence: str
    places: tuple[Place, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class View:
    """What the checks look at: all that is stored. `councils` and `dates` are the papers', where they are known."""

    observations: Sequence[Observation]
    targets: Sequence[Target]
    records: Sequence[Record]
    passages: Sequence[Passage] = ()
    councils: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date | None] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Row]]:
        """Each paper's own figures, held against the targets in force, by its document; but for its `tallies`."""
        return {document: [judged(row) for row in rows if row.name != HITS] for document, rows in self._every.items()}

    @cached_property
    def aims(self) -> Sequence[Target]:
        """The targets, those of definitions that name no service under the one whose figures have their code."""
        services: dict[tuple[str, str], set[str]] = defaultdict(set)
        for seen in self.observations:
            services[seen.place.document, squash(seen.measure.code)].add(seen.measure.service)
        made = []
        for aim in self.targets:
            of = services[aim.place.document, squash(aim.measure.code)] if aim.measure.code else set()
            alone = len(of) == 1 and not aim.measure.service
            made.append(replace(aim, measure=replace(aim.measure, service=min(of))) if alone else aim)
        return made

    @cached_property
    def tallies(self) -> Sequence[Row]:
        """The papers' own counts of how many indicators hit their target, each against how many there are."""
        return [row for rows in self._every.values() for row in rows if row.name == HITS]

    @cached_property
    def _every(self) -> Mapping[str, Sequence[Row]]:
        papers: dict[str, list[Observation]] = defaultdict(list)
        for seen in self.observations:
            papers[seen.place.document].append(seen)
        return {
            document: tuple(build(seen, self.targets, self.councils).itertuples()) for document, seen in papers.items()
        }

    def of_kind(self, kind: str) -> Sequence[Record]:
        """The records of one kind."""
        return self._kinds.get(kind, ())

    @cached_property
    def _kinds(self) -> Mapping[str, Sequence[Record]]:
        kinds: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            kinds[record.kind].append(record)
        return kinds

    @cached_property
    def tables(self) -> Sequence[Sequence[Row]]:
        """The rows of each measure, table and period: the entities beside each other."""
        return self._groups(lambda row: (row.table, row.key, row.start, row.end, row.unit))

    @cached_property
    def series(self) -> Sequence[Sequence[Row]]:
        """The rows of each measure and entity, by period; those with a figure alone."""
        return self._groups(lambda row: (row.key, row.entity, row.grain, row.unit), figures=True)

    @cached_property
    def measures(self) -> Sequence[Sequence[Row]]:
        """The rows of each measure of each paper."""
        return self._groups(lambda row: row.key)

    @cached_property
    def by_table(self) -> Sequence[Sequence[Row]]:
        """The rows of each measure of each table."""
        return self._groups(lambda row: (row.table, row.key))

    @cached_property
    def measures_of(self) -> Mapping[str, Sequence[Sequence[Row]]]:
        """Those of each paper by its document."""
        papers: dict[str, list[Sequence[Row]]] = defaultdict(list)
        for rows in self.measures:
            papers[rows[0].document].append(rows)
        return papers

    @cached_property
    def scanned(self) -> frozenset[str]:
        """The papers of which figures were read from pictures: what is not found in them may only not be read."""
        return frozenset(seen.place.document for seen in self.observations if seen.ocr)

    @cached_property
    def prose(self) -> Sequence[Passage]:
        """The passages of running text."""
        return [passage for passage in self.passages if passage.places[0].table == 0]

    def _groups(self, about: Callable[[Row], object], figures: bool = False) -> Sequence[Sequence[Row]]:
        groups: dict[tuple[str, object], list[Row]] = defaultdict(list)
        for document, rows in self.rows.items():
            for row in rows:
                if not figures or row.value is not None:
                    groups[document, about(row)].append(row)
        return list(groups.values())


Check = Callable[[View], Iterable[Slip]]


def row_place(row: Row) -> Place:
    """Where a row's figure stands."""
    return Place(row.document, row.page, row.label, row.item, row.table, row.row, row.column, row.box)


def slip(kind: str, sentence: str, *at: tuple[Place, str]) -> Slip:
    """A slip with its places and quotes, each once."""
    some = list(dict.fromkeys((place, quote[:MOST_QUOTE]) for place, quote in at))[:MOST_PLACES]
    return Slip(kind, sentence, tuple(place for place, _ in some), tuple(quote for _, quote in some))


def shown(row: Row) -> tuple[Place, str]:
    """A row's place and its quote, to be cited: its line as printed, without the table's title before it."""
    title, _, line = row.quote.partition(": ")
    line = line if row.name and row.name in title and " | " not in title else row.quote
    at = line.find(row.printed) if row.printed else -1
    return row_place(row), _window(line, at + len(row.printed))


def told(passage: Passage, quote: str | re.Match[str] = "") -> tuple[Place, str]:
    """A passage's place and its words, to be cited: all, some, or the sentence in which something was found."""
    if isinstance(quote, re.Match):
        found = quote
        whole = next((sentence for sentence in sentences(passage.text) if found[0] in sentence), found[0])
        quote = near(whole, re.search(re.escape(found[0]), whole) or found)
    return passage.places[0], quote or passage.text


def wherever(kind: str, *patterns: re.Pattern[str]) -> Callable[[Callable[[re.Match[str]], str]], Check]:
    """A check of all that the patterns find in a paper's headings and passages: what is decorated says what is wrong
    with it, or "" where nothing is."""

    def made(tell: Callable[[re.Match[str]], str]) -> Check:
        @wraps(tell, assigned=NAMED)
        def check(view: View) -> Iterator[Slip]:
            headings: set[tuple[str, str]] = set()
            for passage in view.passages:
                title = passage.places[0].document, passage.headings[-1]
                for text in (passage.text, *({title[1]} if title not in headings else ())):
                    for found in (match for pattern in patterns for match in pattern.finditer(text)):
                        if sentence := tell(found):
                            yield slip(kind, sentence, told(passage, found if text == passage.text else text))
                headings.add(title)

        return check

    return made


def quoted(passage: Passage, number: str) -> tuple[Place, str]:
    """A passage's place and the sentence in which a number stands, thousands commas or not, to be cited."""
    whole = next((said for said in sentences(passage.text) if number in said.replace(",", "")), passage.text)
    at = re.search(",?".join(map(re.escape, number)), whole)
    return passage.places[0], near(whole, at) if at else whole[:MOST_QUOTE]


def near(text: str, found: re.Match[str]) -> str:
    """What was found in a text with the words around it, as much as a quote may hold."""
    return _window(text, found.end())


def entry(record: Record | Target | Observation, *said: str) -> tuple[Place, str]:
    """A row's place and its words, to be cited: of a long one the part that has what is `said` of it."""
    ends = [record.quote.find(f"| {one}") + len(one) + 2 for one in said if one and f"| {one}" in record.quote]
    return record.place, _window(record.quote, max(ends, default=0))


def _window(text: str, end: int) -> str:
    """As much of a text as a quote may hold, to `end` at least, in whole words."""
    if len(text) <= MOST_QUOTE:
        return text
    start = max(end - MOST_QUOTE, 0)
    start = text.find(" ", start) + 1 if start else 0
    return text[start : start + MOST_QUOTE].rpartition(" ")[0] if start + MOST_QUOTE < len(text) else text[start:]


def measure_name(row: Row) -> str:
    """A measure as a person says it: "Customer Services PI004", or by its name where it has no code."""
    return " ".join(filter(None, (row.service, row.code or row.name)))


def code_and_name(row: Row) -> str:
    """A measure by its code and its name, where it has both."""
    return f"{measure_name(row)} ({row.name})" if row.code and row.name else measure_name(row)


def aim(row: Row) -> str:
    """A row's target as a person reads it, with its comparator: "> 80%"; "80%" where no comparator is known."""
    printed: str = row.target_printed
    return printed if printed[:1] in tuple("<>≤≥=") else f"{row.comparator} {printed}".strip()


def same_service(one: str, other: str) -> bool:
    """Whether two names are one service's: in full, by its initials ("STS"), cut short ("Proc")."""
    short, long = sorted((squash(one), squash(other)), key=len)
    words = [word for word in re.findall(r"[A-Za-z]+", max(one, other, key=len)) if word.lower() not in _SMALL]
    initials = "".join(word[0] for word in words).casefold()
    return short == long or (bool(short) and (short == initials or long.startswith(short)))


def services_in(sentence: str, heading: str, rows: Sequence[Row]) -> list[str]:
    """The services that a sentence names, else those that its heading names."""
    services = sorted({row.service for row in rows if row.service})
    for words_of in (sentence, heading):
        plain = words_of.replace("&", "and")
        named = [name for name in services if re.search(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE)]
        if named:  # of "Children's Services" and "Children" the longer
            return [one for one in named if not any(one != other and one in other for other in named)]
    return []


def step(value: Decimal) -> Decimal:
    """One in the last place that is printed."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def listed(parts: Iterable[str], most: int = 6) -> str:
    """ "a, b and c"; of many, the first and how many more."""
    every = list(dict.fromkeys(parts))
    if len(every) > most:
        every = [*every[:most], f"{len(every) - most} more"]
    return " and ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""


def row_name(text: str) -> str:
    """What a row's passage is of: "WX05", of "WX05: Target 90%" or of "Ref: WX05; Target: 90%"."""
    first, _, rest = text.partition(":")
    return rest.partition(";")[0].strip() if "; " in text else first


def sentences(text: str) -> Iterator[str]:
    """The sentences of a passage."""
    yield from re.split(r"(?<=[.!?;])\s+(?=[A-Z“\"'(£\d•-])", text)
