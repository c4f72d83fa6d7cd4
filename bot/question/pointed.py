"""What a question points at that its thread was told of: "the second one" of a list, "it" or nothing at all ("why?",
"who is leading?") of the one thing that was told last, "and amber?" of red ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.question.follow import IT, LEDGER
from bot.question.plan import Plan
from bot.question.shifts import label, shifts
from bot.question.terms import in_full, names, places, said_of_all, says, terms, which
from kpi_tools.names import find_entities
from kpi_tools.periods import find_periods
from kpi_tools.spans import Period, shifted

LAST = "last"  # what phrases.toml calls the end of a list; its other names are numbers from 1
MOST = 8  # words of a question that asks of no thing by name
FEW = 2  # words that say something, of a question that leans on what was told before
OF_ROWS = ("budget_line", "text")  # the subjects whose answers are rows of tables
_OPENS = re.compile(r"^(?:and |or |but |so |then |what about |how about |what of )+(?:for |to |of |in |at |on |by )?")


def the_one(listed: Sequence[str]) -> str:
    """The name of the one thing that an answer tells of, all of whose steps it may list; "" where it tells of several.

    A step is called by its item, a colon and its own name.
    """
    whole = listed[:1] if len(listed) == 1 else {name.partition(": ")[0] for name in listed}
    return next(iter(whole)) if len(whole) == 1 else ""


def pointed(question: str, before: Plan | None) -> str:
    """The question with the name of what it points at in place of where it stood in the list, or of "it"; with that
    name behind it, where it says nothing of what it asks about; "" where it points at nothing that was told of."""
    if before is None:
        return ""
    low = in_full(question)
    where = which("follow.listed", low)
    at = len(before.listed) if where == LAST else int(where or 0)
    if 0 < at <= len(before.listed):
        return _put(before.listed[at - 1], low, places(f"follow.listed.{where}", low)[0])
    again = _in_time(low, before) or _of_kind(question, before)
    if again is not None or not before.thing:
        return again or ""
    if it := places("follow.it", in_full(IT.sub("__", question))):
        return _put(before.thing, low, it[0])
    of_all = says("follow.several", low) or says("grid.first", low)
    own = IT.search(question) or of_all or not said_of_all("thing") >= set(terms(low))
    return "" if own or len(low.split()) > MOST else f"{low.rstrip(' ?.!')} {before.thing}?"


def of_rows(question: str, before: Plan | None) -> Iterator[tuple[str, str]]:
    """What a question that leans on one row of a table may ask, each with the name of the row that must tell it: the
    question before of another row or, with no name, of all, this one of the same row and time, and both together;
    nothing where it does not lean on such a row."""
    low = in_full(question).strip(" ?.!")
    if before is None or not before.thing or before.subject not in OF_ROWS or len(low.split()) > MOST:
        return
    leans = says("follow.opens", low) or places("follow.it", low) or says("follow.that", low)
    own, asked = frozenset(terms(before.thing, "little")), before.question.strip(" ?.!").split()
    other = _OPENS.sub("", low)
    at = [i for i, word in enumerate(asked) if not own.isdisjoint(terms(word, "little"))]
    if says("grid.first", low) or says("grid.total", low):  # of all rows, in the column that was asked about
        yield from (
            [(" ".join((*asked[: at[0]], *asked[at[-1] + 1 :], low)), "")] if at and says("grid.first", low) else []
        )
        return
    if not leans and len(set(terms(low, "little"))) > FEW:
        return
    if other != low and at and at[-1] - at[0] <= len(before.thing.split()):
        yield " ".join((*asked[: at[0]], other, *asked[at[-1] + 1 :])), other
    alone, both = f"{other} {before.thing} {before.period if before.since else ''}", f"{' '.join(asked)}; {low}"
    yield both if says("grid.apart", low) else alone, before.thing


def _in_time(low: str, before: Plan) -> str:
    """What was asked last, of the records or the text, asked of the time that a question names alone: "and in May?",
    "and the year before?"; "" where it was of no time, or is of none or more than that now."""
    asked = in_full(before.question)
    at = asked.lower().find(before.period.lower()) if before.period and before.since else -1
    if at < 0 or before.subject not in (*LEDGER, "text"):
        return ""
    told = [low[start:end] for _, start, end in find_periods(low, date.fromisoformat(before.today))]
    now = told[0] if len(told) == 1 and says("follow.alone", low.replace(told[0], "_")) else ""
    if (way := shifts(low)) and not told and says("follow.opens", low) and len(low.split()) <= MOST:
        now = label(shifted(Period(*before.days, ""), way))
    return _put(now, asked, (at, at + len(before.period))) if now else ""


def _of_kind(question: str, before: Plan) -> str | None:
    """What was asked last of the records, of another kind of them: "and amber?"; "" where it was of none or several,
    None where no kind is named alone."""
    asked = before.question.replace(" still ", " ")
    for kind, now in _kinds(question).items() if before.subject in LEDGER else ():
        if len(now) == 1 and says("follow.alone", _put("_", question, now[0])):
            then = _kinds(asked)[kind]
            return _put(question[slice(*now[0])], asked, then[0]) if len(then) == 1 else ""
    return None


def _kinds(text: str) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Where a text has words that stand in the place of one another, by their kind."""
    councils = [(start, end) for _, start, end in find_entities(text)]
    others = {kind: places(f"follow.other.{kind}", text.lower()) for kind in names("follow.other")}
    return {"council": councils} | others


def _put(name: str, text: str, place: tuple[int, int]) -> str:
    return f"{text[: place[0]]}{name}{text[place[1] :]}"
