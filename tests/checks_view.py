"""A view for the checks, made of short lines: figures, definitions, plan items and sentences of one paper."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from corpus.paper import Passage, Place
from kpi_tools.checks import Slip, View
from kpi_tools.figures import Figure, find_unit, read_bound, read_figure
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import read_period

DAY = date(2021, 10, 6)
DOCUMENT = "a.pdf"


def place(table: int = 1, row: int = 0, document: str = DOCUMENT) -> Place:
    return Place(document, 3, "Page 3", "6", table, row, 1, (0, 0, 10, 10))


def line(
    measure: str, entity: str, figures: Mapping[str, str], target: str = "", table: int = 1
) -> tuple[list[Observation], list[Target]]:
    """A row of figures by period: measure is "service | code | name". The target is a bound: "> 80%"."""
    service, code, name = (part.strip() for part in measure.split("|"))
    what = Measure(service, code, name, find_unit(name), "")
    seen = []
    for column, (label, printed) in enumerate(figures.items()):
        period, figure = read_period(label), read_figure(printed, what.unit)
        assert period
        assert figure
        unit = figure.unit if isinstance(figure, Figure) else what.unit
        own = Measure(service, code, name, unit, "")
        at = Place(DOCUMENT, 3, "Page 3", "6", table, 1 + hash(entity) % 50, column, (0, 0, 10, 10))
        seen.append(Observation(own, entity, period, figure, at, f"{entity} | {printed}"))
    bound = read_bound(target, what.unit) if target else None
    aims = [Target(what, "", bound[0], bound[1], None, None, place(9), f"{code} | {target}")] if bound else []
    return seen, aims


def plan_item(row: int = 0, **fields: str) -> Record:
    """A row of a plan, quoted as its filled fields in order."""
    every = dict.fromkeys(KINDS["plan_item"], "") | fields
    quote = " | ".join(fields.values())
    return Record("plan_item", DAY, every, place(5, row), quote)


def rectification(ref: str, area: str) -> Record:
    fields = dict.fromkeys(KINDS["rectification"], "") | {"ref": ref, "area": area, "status": "open"}
    return Record("rectification", DAY, fields, place(6), f"{ref} | {area}")


def said(text: str, heading: str = "", table: int = 0) -> Passage:
    """A paragraph, or a row of a table."""
    return Passage(text, heading, (place(table),), False)


def view(
    *lines: tuple[list[Observation], list[Target]],
    text: Iterable[Passage | str] = (),
    records: Sequence[Record] = (),
    council: str = "",
) -> View:
    """What the checks look at: these rows of figures, sentences and records, in one paper of 6 October 2021."""
    return View(
        [seen for rows, _ in lines for seen in rows],
        [aim for _, aims in lines for aim in aims],
        records,
        [said(one) if isinstance(one, str) else one for one in text],
        {DOCUMENT: council},
        {DOCUMENT: DAY},
    )


def sentences(check: Callable[[View], Iterable[Slip]], at: View) -> list[str]:
    """What a check says; every slip has a quote for each place."""
    found = list(check(at))
    assert all(slip.places and len(slip.places) == len(slip.quotes) for slip in found)
    return [slip.sentence for slip in found]
