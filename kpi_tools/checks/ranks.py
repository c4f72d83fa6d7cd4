"""What the text calls the highest or the lowest, against the rows of the tables beside it, whatever those are of."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kpi_tools.checks.arithmetic import Line, tables
from kpi_tools.checks.claims import Text, each_sentence, hedged
from kpi_tools.checks.judged import words
from kpi_tools.checks.slip import Slip, View, slip

FEWEST_ROWS = 3
PAGES_APART = 1  # of the text and the table that it speaks of
_HIGH = "highest|largest|biggest|greatest|longest|most"
_LOW = "lowest|smallest|fewest|shortest|least"
_END = rf"(?P<end>(?P<high>{_HIGH})|(?P<low>{_LOW})|best|worst)"
_SUPERLATIVE = re.compile(rf"\b{_END}\b", re.IGNORECASE)
_IS = r"(?:was|were|is|are|came|remains?|being|occurred|arose|lay|stood)\s(?:again\s|still\s)?"
_WHERE = r"(?:(?:in|at|by|for|with|from|that of|those of)\s)?(?:the\s)?"
_HAS = r"(?:[a-z]+\s){1,2}?"
_FORMS = (
    rf"\b{_END}(?P<of>(?:\s[\w’'-]+){{0,4}}?)\s{_IS}{_WHERE}{{name}}\b",
    rf"\b{{name}}(?:\s(?:area|team|ward|district))?,?\s(?:{_HAS})?the\s{_END}(?P<of>(?:\s[\w’'-]+){{0,2}})",
)
_WHOLE = re.compile(r"(?:grand )?total|overall|all\b|average|county|council", re.IGNORECASE)


def extremes_among_rows(view: View) -> Iterator[Slip]:
    """A row that is called the highest, lowest, largest or best, and is so in no column of any table near by."""
    every = _parts(view)
    for text, sentence in each_sentence(view):
        if not _SUPERLATIVE.search(sentence) or hedged(sentence):
            continue
        near = [lines for lines in every if _is_near(lines, text)]
        called: dict[str, list[tuple[Line, re.Match[str], Sequence[Line]]]] = defaultdict(list)
        for lines in near:
            for line in lines:
                if said := _called(sentence, line, lines):
                    called[line.name].append((line, said, lines))
        for found in called.values():
            if any(_is_extreme(*one) for one in found):
                continue
            line, said, _ = found[0]
            yield slip(
                "narrative against table",
                f"The text says {said[0]!r}, but in no column of the table beside it {line.name} is the"
                f" {said['end'].lower()}.",
                (text.at, sentence),
                (line.at, line.quote),
            )


def _parts(view: View) -> list[list[Line]]:
    """The rows of each table without those of the whole, where there are a few."""
    every = ([one for one in lines if not _WHOLE.match(one.name)] for lines in tables(view))
    return [rows for rows in every if len(rows) >= FEWEST_ROWS]


def _is_near(lines: Sequence[Line], text: Text) -> bool:
    at = lines[0].at
    return at.document == text.at.document and abs(at.page - text.at.page) <= PAGES_APART


def _called(sentence: str, line: Line, lines: Sequence[Line]) -> re.Match[str] | None:
    """Where a sentence calls a row an extreme of what its table has, or of what any may have."""
    if not re.match(r"[A-Z][a-z]", line.name):
        return None
    found = (re.search(form.replace("{name}", re.escape(line.name)), sentence, re.IGNORECASE) for form in _FORMS)
    headers = " ".join(lines[0].headers.values()).casefold()
    for said in filter(None, found):
        telling = re.findall(r"[a-z]{3,}", said["of"].casefold())
        if not telling or any(words("extremes", "of").match(w) or w.removesuffix("s") in headers for w in telling):
            return said
    return None


def _is_extreme(line: Line, said: re.Match[str], lines: Sequence[Line]) -> bool:
    """Whether a row is the extreme that it is called in any column; in one of percentages where a rate is told."""
    columns = set.intersection(*(set(one.cells) for one in lines))
    rates = {at for at in columns if line.cells[at].unit == "%"}
    for column in rates if rates and words("extremes", "rates").search(said["of"]) else columns:
        values = [one.cells[column].value for one in lines]
        mine = line.cells[column].value
        if (not said["low"] and mine in (max(values), max(values, key=abs))) or (
            not said["high"] and mine == min(values)
        ):
            return True
    return False
