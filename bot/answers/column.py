"""What else the row of a measure says: "the detriment level of ICT 7", where its table has a column of that name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.answer import Answer, Citation
from bot.answers.builder import Builder, Row
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import same, terms
from corpus.paper import Passage
from kpi_tools.names import squash

OnPage = Callable[[str, int], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a question names, what stands there in the measure's row, and where."""

    head: str
    value: str
    cited: Citation

    def beside(self, answer: Answer, plan: Plan, title: str) -> Answer:
        """The answer with it: before the figure where only the column was asked for, else after it."""
        line = f"{title}: the paper gives its {self.head} as {self.value}."
        alone = plan.operation in ("value", "definition") and not plan.period
        lines = (line, answer.answer) if alone else (answer.answer, line)
        return replace(answer, answer="\n".join(lines), citations=(*answer.citations, self.cited))


def column(plan: Plan, entry: Entry, row: Row, on_page: OnPage, builder: Builder) -> Column | None:
    """The column of a figure's own row that a question names by words which are not the measure's; None for none, and
    where the row is not read as the figure was."""
    said = [term for term in plan.topic if not same(term, entry.name_terms | entry.other_terms)]
    if not said:
        return None
    place = builder.place(row)
    here = (p for p in on_page(row.document, row.page) if (p.places[0].table, p.places[0].row) == (row.table, row.row))
    for passage in here:
        told = dict(pair.rsplit(": ", 1) for pair in passage.text.split("; ") if ": " in pair)
        if squash(row.printed) not in {
            squash(value) for head, value in told.items() if squash(row.period) in squash(head)
        }:
            continue
        for head, value in told.items():
            if value.strip() and terms(head) and all(term in said for term in terms(head)):
                builder.cite(place, f"{entry.title}: {head}: {value}")
                return Column(head, value, builder.citations[-1])
    return None
