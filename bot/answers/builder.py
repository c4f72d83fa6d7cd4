"""Gathers what an answer rests on: figures, results and citations, each numbered once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from bot.answer import Answer, Citation, Given, Result
from bot.answers.visible import visible
from corpus.paper import Place
from kpi_tools.tools import Finding, each

Row = Any  # a row of the frame, as itertuples gives it


def plain(value: Decimal) -> str:
    """A decimal string without exponent: Decimal("1E+2") is "100"."""
    return format(value, "f")


@dataclass
class Builder:
    """One answer in the making. `titles` are the papers' titles by document."""

    titles: Mapping[str, str]
    lines: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    figures: list[Given] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)  # what the things are called that the lines tell of

    def called(self, document: str) -> str:
        """What a paper is called: its title, and its file's name in words."""
        return f"{self.titles.get(document, '')} {re.sub(r'[-_.]', ' ', document)}"

    def cite(self, place: Place, quote: str) -> int:
        """The number, from 1, of the citation of `place`."""
        title = visible(self.titles.get(place.document, ""))
        found = Citation(place.document, title, place.page, place.label, place.item, visible(quote), place.box)
        if found not in self.citations:
            self.citations.append(found)
        return self.citations.index(found) + 1

    def give(self, row: Row) -> int:
        """The position, from 0, of the figure that a row of the frame holds."""
        given = Given(
            row.service,
            row.code,
            visible(row.name),
            row.entity,
            row.period,
            _iso(row.start),
            _iso(row.end),
            "" if row.value is None else plain(row.value),
            row.unit,
            row.printed or row.reason,
            None if row.target is None else plain(row.target),
            row.met,
            self.cite(self.place(row), row.quote),
        )
        if given not in self.figures:
            self.figures.append(given)
        return self.figures.index(given)

    def place(self, row: Row) -> Place:
        """Where a row of the frame stands in its paper."""
        return Place(row.document, row.page, row.label, row.item, row.table, row.row, row.column, row.box)

    def take(self, rows: pd.DataFrame) -> list[int]:
        """Give every row; their positions."""
        return [self.give(row) for row in each(rows)]

    def found(self, finding: Finding) -> None:
        """Give every row of a finding, what was calculated of them, and what is to be said beside."""
        at = self.take(finding.rows)
        for result in finding.results:
            of = tuple(at[i] for i in result.of)
            self.results.append(Result(result.operation, plain(result.value), result.unit, of))
        for note in finding.notes:
            self.assume(note)

    def count(self, operation: str, number: int, unit: str) -> int:
        """Note a number that was counted, and hand it back."""
        self.results.append(Result(operation, str(number), unit, ()))
        return number

    def length(self, *more: str) -> int:
        """How many words the answer has so far, or would have with more lines."""
        return sum(len(line.split()) for line in (*self.lines, *more))

    def end(self, status: str, line: str) -> str:
        """The status of the answer, which ends with a line that says why it is so."""
        self.lines.append(line)
        return status

    def more(self, number: int, unit: str) -> None:
        """Say how many there are beyond those that were told, if any."""
        if number > 0:
            self.lines.append(f"and {self.count('more', number, unit)} more.")

    def assume(self, sentence: str) -> None:
        if sentence and sentence not in self.assumptions:
            self.assumptions.append(sentence)

    def afresh(self) -> "Builder":
        """The same, with nothing in it yet."""
        for held in vars(self).values():
            if isinstance(held, list):
                held.clear()
        return self

    def answer(self, question: str, status: str) -> Answer:
        """The answer as it stands."""
        return Answer(
            question,
            status,
            visible("\n".join(self.lines)),
            tuple(map(visible, self.assumptions)),
            tuple(self.figures),
            tuple(self.results),
            tuple(self.citations),
            tuple(map(visible, self.suggestions)),
            listed=tuple(dict.fromkeys(map(visible, self.listed))),
        )


def _iso(day: date | pd.Timestamp) -> str:
    return day.isoformat()[:10]
