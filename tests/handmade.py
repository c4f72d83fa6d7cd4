"""Papers made by hand, for the tests of what happens to a paper after it was read.

A paper is a small text file: its first line is its date, and each further line "measure | entity | month | figure" is
an observation, or else a paragraph. A line that begins with "secret " is exempt.
"""

import hashlib
import math
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from corpus.errors import PaperError
from corpus.paper import Pack, Page, Passage, Place
from kpi_tools.extraction import Extraction, TableNote
from kpi_tools.figures import Figure, Reason
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import Period

BOX = (10.0, 20.5, 30.25, 40.125)
AUGUST = Period(date(2021, 8, 1), date(2021, 8, 31), "Aug-21")
CALLS = Measure("Customer Services", "PI002", "% calls answered within 20 seconds", "%", "higher")


def place(document: str = "a.pdf", page: int = 1, row: int = 2) -> Place:
    return Place(document, page, f"Page {page + 2}", "8", 1, row, 3, BOX)


def observation(
    printed: str = "45.66%", entity: str = "Havant", document: str = "a.pdf", **other: object
) -> Observation:
    values: dict[str, object] = {"measure": CALLS, "period": AUGUST, "place": place(document), "quote": f"x {printed}"}
    return Observation(entity=entity, figure=figure(printed), **(values | other))  # type: ignore[arg-type]


def figure(printed: str) -> Figure | Reason:
    number = re.fullmatch(r"(-?[\d.]+)(%?)", printed)
    return Figure(Decimal(number[1]), number[2], printed) if number else Reason(printed)


def target(document: str = "a.pdf") -> Target:
    aim = Figure(Decimal("80.0"), "%", "80.0%")
    return Target(CALLS, "", ">=", aim, date(2021, 4, 1), None, place(document), "80.0% within 20 seconds")


def record(kind: str = "risk", document: str = "a.pdf", exempt: bool = False) -> Record:
    return Record(kind, date(2021, 10, 6), dict.fromkeys(KINDS[kind], "as printed"), place(document), "a row", exempt)


def passage(text: str, document: str = "a.pdf", exempt: bool = False, heading: str = "Performance") -> Passage:
    return Passage(text, heading, (place(document), place(document, 2)), exempt)


def pack(document: str = "a.pdf", day: date | None = date(2021, 10, 6), content: str = "") -> Pack:
    sha256 = hashlib.sha256((content or document).encode()).hexdigest()
    pages = tuple(Page(n, f"Page {n + 2}", "8", 595.0, 842.0, (), "") for n in (1, 2))
    return Pack(document, sha256, f"Title of {document}", "Hart", "Joint Committee", day, pages, (), ())


def extraction(
    document: str = "a.pdf",
    observations: Sequence[Observation] = (),
    passages: Sequence[Passage] = (),
    day: date | None = date(2021, 10, 6),
    content: str = "",
) -> Extraction:
    """A paper with a target, two records and two notes besides what is given."""
    notes = (
        TableNote(1, 1, "Monthly - PI002", "series", ""),
        TableNote(2, 2, "Travel", "", "no shape has its headers"),
    )
    records = (record("risk", document), record("decision", document, exempt=True))
    of = pack(document, day, content)
    return Extraction(of, tuple(observations), (target(document),), records, notes, tuple(passages))


def read_paper(path: Path, document: str, map_pages: Callable[..., Iterable[object]] = map) -> Extraction:  # noqa: ARG001
    """Read a paper of the format above, as the index reads a real one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines:
        raise PaperError(document, "the file is empty")
    observations, passages = [], []
    for number, line in enumerate(lines[1:]):
        exempt = line.startswith("secret ")
        passages.append(Passage(line.removeprefix("secret "), "", (place(document, 1, number),), exempt))
        if line.count(" | ") == 3:
            name, entity, month, printed = line.removeprefix("secret ").split(" | ")
            first = date.fromisoformat(f"{month}-01")
            period = Period(first, first.replace(day=monthrange(first.year, first.month)[1]), month)
            measure = Measure("Customer Services", "", name, "%", "higher")
            at = place(document, 1, number)
            observations.append(Observation(measure, entity, period, figure(printed), at, line, exempt))
    of = pack(document, date.fromisoformat(lines[0]), path.read_text(encoding="utf-8"))
    return Extraction(of, tuple(observations), (), (), (), tuple(passages))


class Letters:
    """An embedder that is cheap and the same in every process: texts that share words are alike."""

    def __init__(self, name: str = "letters") -> None:
        self.name = name

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return [self.question(text) for text in texts]

    def question(self, text: str) -> list[float]:
        words = re.findall(r"\w+", text.casefold()) or [""]
        digests = [hashlib.sha256((self.name + word).encode()).digest() for word in words]
        vector = [sum(column) / len(words) - 127.5 for column in zip(*digests, strict=True)]
        length = math.hypot(*vector)
        return [one / length for one in vector]
