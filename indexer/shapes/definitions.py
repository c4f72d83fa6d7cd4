"""Definitions with targets: a code, and a sentence that says what is measured and how far it should go."""

import re
from datetime import date

from corpus.paper import Pack, Table
from indexer.shapes.found import CODE, Found, quote, service_in, title_rows
from kpi_tools.figures import find_unit, read_bound
from kpi_tools.measures import Measure, Target
from kpi_tools.names import service
from kpi_tools.periods import read_period

POLARITY = {">": "higher", ">=": "higher", "<": "lower", "<=": "lower"}
WORDS = 5  # a definition is a sentence, not a label
_VERB = re.compile(r"^(?:maintain|keep|achieve|ensure|deliver|hold)\s+", re.IGNORECASE)
_AIM = re.compile(
    r"\s(?:(?:at|on) or )?(?:above|below|under|over|at least|no more than|at most|within)\s(?!.*\sabove\s).*"
)
_UNTIL = re.compile(r"\b(?:through|until|up to)\s+(?:the end of\s+)?(\w+\s+\d{4})\b", re.IGNORECASE)


def identify(table: Table) -> bool:
    """Two columns: codes, and sentences beside them; a row with a first cell alone names a service."""
    _, head = title_rows(table)
    rows = [(table.text(r, 0), table.text(r, 1)) for r in range(head, len(table.rows)) if len(table.rows[r]) == 2]
    rows = [(code, text) for code, text in rows if text or CODE.match(code)]
    defined = [1 for code, text in rows if CODE.match(code) and len(text.split()) >= WORDS]
    return len(defined) > 0 and len(defined) >= len(rows) - 1


def extract(table: Table, pack: Pack) -> Found:
    """A target for each row; one without a number keeps its words, and has no figure."""
    own, head = title_rows(table)
    under = service(own) if own else ""
    targets = []
    for row in range(head, len(table.rows)):
        code, text = table.text(row, 0).replace(" ", ""), table.text(row, 1)
        if not text and not CODE.match(code):
            under = service_in(table.text(row, 0)) or under
        if not CODE.match(code) or not text:
            continue
        comparator, figure = read_bound(text) or ("", None)
        unit = find_unit(text) or (figure.unit if figure else "")
        measure = Measure(under, code, name_in(text), unit, POLARITY.get(comparator, ""))
        place = pack.cell_place(table, row, 1)
        targets.append(
            Target(
                measure,
                "",
                comparator or ">=",
                figure,
                None,
                _until(text),
                place,
                quote(table, row),
                pack.exempt(place),
            )
        )
    return Found(targets=tuple(targets))


def name_in(text: str) -> str:
    """What a definition measures, without its verb and its aim: "% of calls answered in 20 seconds"."""
    return _AIM.sub("", _VERB.sub("", text)).strip(" -–:") or text


def _until(text: str) -> date | None:
    """The last day of "through September 2025"; None where no end is set."""
    found = _UNTIL.search(text)
    period = read_period(found[1]) if found else None
    return period.end if period else None
