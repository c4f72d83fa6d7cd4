"""What a page says of the initials that stand for services: "Service codes: FIN Finance; PL Planning"."""

import re
from collections.abc import Mapping

from corpus.paper import Pack, Table
from kpi_tools.names import service

_LEGEND = re.compile(r"\b(?:codes?|key|abbreviations?|acronyms?)\b[^:]*:\s*(?P<pairs>[A-Z].+)", re.IGNORECASE)
_PAIR = re.compile(r"(?P<short>[A-Z][A-Z&]{1,4})\s*(?:[-–=:]|\bis\b|\bfor\b)?\s*(?P<name>[A-Z][^\W\d_].*)")


def told_by(legend: Mapping[str, str], text: str) -> str:
    """A service column's text; initials ("STS") stay as they are where no legend tells them."""
    return service(legend.get(text, text))


def legend_of(table: Table, pack: Pack) -> dict[str, str]:
    """The services by their initials, as the lines of the table's page, or its lead, tell them."""
    lines = (*(line.text for line in pack.pages[table.page - 1].lines), table.lead)
    said = [text for line in lines if (found := _LEGEND.search(line)) for text in re.split(r"[;,]\s*", found["pairs"])]
    pairs = [pair for text in said if (pair := _PAIR.fullmatch(text.strip(" .")))]
    return {pair["short"]: pair["name"] for pair in pairs}
