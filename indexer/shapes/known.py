"""The shapes of tables that are understood, in the order in which they are asked.

Each is a module with `identify(table) -> bool` and `extract(table, pack) -> Found`. The first that knows a table reads
it, so special shapes stand before general ones:
- the ledger's first, as they are known by the words of their headers;
- a row "Actual" or a row of a year before entities, as any label can be an area's name;
- entities under measures before scorecards, whose first column has measures;
- budgets late, as they are any list of money, and then what its labels alone say, and last
  what is in no shape that is known.
"""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.paper import Pack, Table
from indexer.shapes import (
    areas_under_measures,
    budget,
    card,
    counts,
    dated_card,
    definitions,
    entities_down,
    labelled,
    measures_across,
    membership,
    notes,
    periods_down,
    plain_rows,
    plan,
    rectification,
    result_rows,
    risk,
    rows_of_measures,
    rows_of_places,
    scorecard,
    two_level,
)
from indexer.shapes.found import Found


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of table, by the name that reports call it."""

    name: str
    identify: Callable[[Table], bool]
    extract: Callable[[Table, Pack], Found]


SHAPES = (
    Shape("rectification plans", rectification.identify, rectification.extract),
    Shape("annual plan", plan.identify, plan.extract),
    Shape("risks", risk.identify, risk.extract),
    Shape("notes of a meeting", notes.identify, notes.extract),
    Shape("people", membership.identify, membership.extract),
    Shape("payments", plain_rows.lists_payments, plain_rows.extract),
    Shape("definitions with targets", definitions.identify, definitions.extract),
    Shape("counts of indicators", counts.identify, counts.extract),
    Shape("card of a measure by its periods", dated_card.identify, dated_card.extract),
    Shape("measures under periods and entities", two_level.identify, two_level.extract),
    Shape("areas under each measure", areas_under_measures.identify, areas_under_measures.extract),
    Shape("rows of results and targets", rows_of_measures.identify, rows_of_measures.extract),
    Shape("a place and a period in each row", rows_of_places.identify, rows_of_places.extract),
    Shape("results and targets under periods", result_rows.identify, result_rows.extract),
    Shape("periods beside entities or measures", periods_down.identify, periods_down.extract),
    Shape("entities under periods", entities_down.identify, entities_down.extract),
    Shape("entities under measures", measures_across.identify, measures_across.extract),
    Shape("card of a measure", card.identify, card.extract),
    Shape("scorecard", scorecard.identify, scorecard.extract),
    Shape("budget", budget.identify, budget.extract),
    Shape("figures by their labels", labelled.identify, labelled.extract),
    Shape("rows as the table gives them", plain_rows.identify, plain_rows.extract),
    Shape("rows of words", plain_rows.lists_words, plain_rows.listed),
)
FORMS = SHAPES[:3]  # whose entries may also be told label by label
