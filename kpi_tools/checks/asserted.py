"""What a clause of the text says of a measure's figures, over councils and periods, against the figures.

A clause has a predicate of single figures, and how often it is so. It is a slip where it is wrong in every way in
which it may be meant, and left alone where one of them cannot be told.
"""

import re
from collections.abc import Iterator, Sequence

from kpi_tools.checks.claims import Claim, Text, beside, claim, each_sentence, hedged, is_open, is_part, subjects
from kpi_tools.checks.judged import words
from kpi_tools.checks.lines import Line, changed, each, is_extreme
from kpi_tools.checks.naming import core, others
from kpi_tools.checks.often import Often, over_councils, over_time
from kpi_tools.checks.predicates import PREDICATES, Cell, told_of
from kpi_tools.checks.slip import Row, Slip, View, aim, code_and_name, listed, sentences, shown, slip
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities

_CLAUSES = re.compile(
    r"[;:]\s|\s[–—-]\s|,?\s(?:but|while|whilst|whereas|although|though|after)\s"
    r"|,\s(?=\w+ (?:is|was|has|did|does) not\b)|,\s(?:as|where|which|when|who|with)\s"
    r"|,?\sand\s(?=(?:is|are|was|were|has|have|had|now|then|remains?|met|missed|exceed|rose|fell)\b)"
)
_IT = re.compile(r"(?:it|its|they|their|this|that)\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot\b|n[o']t\b", re.IGNORECASE)


def assertions_against_table(view: View) -> Iterator[Slip]:
    """A clause that says of a measure that it met, rose, was the highest ... so often, and the figures deny it."""
    before: tuple[Text | None, str, Sequence[Sequence[Row]]] = None, "", ()
    for text, sentence in each_sentence(view):
        parts, whole = [part for part in _CLAUSES.split(sentence) if part], sentence
        tables = beside(view, text)
        if before[0] is text and (it := _IT.match(sentence)):
            whole, tables = f"{_subject(before[1])}{sentence[it.end() :]}", tables or before[2]
        before = text, whole, tables
        if hedged(sentence) or not any(map(told_of, parts)):
            continue
        measures = subjects(view, text, whole)
        for part in parts if measures or tables else ():
            named = whole if part == parts[0] else part
            about = [rows for rows in measures if part == parts[0] or not others(rows, _around(part)[0])]
            about += [
                rows
                for rows in (() if measures else tables)
                if _names(rows, named) and not others(rows, " ".join(_around(named)))
            ]
            found = [one for rows in about if (one := _denied(view, text, whole, part, rows)) is not None]
            if found and all(found):
                yield found[0][0]


def _subject(sentence: str) -> str:
    """What a sentence is about, which the next one may call "it": the words before its verb."""
    verb = words("naming", "verbs").search(sentence)
    return sentence[: verb.start()] if verb else ""


def _names(rows: Sequence[Row], part: str) -> bool:
    known = {row.entity for row in rows}
    return bool(over_councils(part)) or any(name in known for name, _, _ in find_entities(part, known))


def _around(part: str) -> tuple[str, str]:
    """What stands in a clause before its predicate, where it may have a subject of its own, and behind it."""
    told, rest = told_of(part), part
    for often in filter(None, (over_time(part), over_councils(part))):
        rest = rest.replace(often.said[0], " ")
    before, _, behind = rest.partition(told[1][0]) if told else ("", "", "")
    return before, behind


def _denied(view: View, text: Text, sentence: str, part: str, rows: Sequence[Row]) -> list[Slip] | None:
    """The slip, if a clause is one, taken as of this measure; None where it cannot be told."""
    told = told_of(re.sub(re.escape(core(rows[0].name)), lambda name: "·" * len(name[0]), part, flags=re.IGNORECASE))
    whole, own = (claim(text, said, rows, view.dates.get(text.at.document)) for said in (sentence, part))
    often, councils = over_time(part), over_councils(part)
    every = councils is not None and councils.count is None
    if not told or is_open(told[1].string, told[1]) or (every and _NOT.search(told[1][0])):
        return None  # "every council did not meet it" is said of some or of all
    predicate = PREDICATES[told[0]]
    leads = len(whole.periods) == 1 and sentence.find(whole.periods[0].label) in range(12)
    if not own.periods and len(whole.periods) == 1 and (leads or predicate.kind == "extreme"):
        own = Claim(text, part, rows, own.entities, whole.periods, own.numbers)
    who = _who(own, whole, councils)
    rival = next((name for name in who if re.search(rf"\bthan (?:at |in |that of )?{re.escape(name)}\b", part)), "")
    if rival:  # "higher at Hart than at Havant"
        who = [name for name in who if name != rival]
    only = who[0] if len(who) == 1 and re.search(rf"\bonly (?:\w+ )?{re.escape(who[0])}\b", part) else ""
    lines = {
        name: Line(_dated(own.of(name), own), own, often, told[1], own.of(rival))
        for name in (_parts(rows) if only else who)
    }
    want = councils.count if councils and councils.count is not None else len(who)
    for at, means in enumerate(predicate.means):
        truths = {name: _holds(told[0], means, line) for name, line in lines.items()}
        if not truths or any(truth is None for truth, _ in truths.values()):
            return None
        so = [name for name, (truth, _) in truths.items() if truth]
        if so == [only] if only else len(so) == want:
            return []
        if not at:  # as it is most likely meant
            odd = [name for name in truths if (name in so) == bool(only or want < len(so))]
            seen = [row for name in odd or truths for row in truths[name][1]]
    had = listed(f"{row.entity} had {row.printed} in {row.period}" for row in seen)
    against = f" against a target of {aim(seen[0])}" if predicate.kind == "judged" else ""
    said = f"{code_and_name(rows[0])}: the text says {part.strip(' .,')!r}, but {had}{against}."
    quote = next(one for one in sentences(text.text) if part in one)
    return [slip(_kind(told[0], councils or often), said, (text.at, quote), *map(shown, seen))]


def _who(own: Claim, whole: Claim, councils: Often | None) -> Sequence[str]:
    """Of whom a clause speaks: of all that it counts, of those that it or its sentence names, else of the whole."""
    parts = _parts(own.rows)
    if councils:
        return parts if councils.of in (None, len(parts)) else ()
    elsewhere = any(name in own.text.text or name in own.text.passage.heading for name in parts)
    overall = not elsewhere and any(row.entity == OVERALL for row in own.rows)
    return own.entities or whole.entities or ((OVERALL,) if overall else ())


def _parts(rows: Sequence[Row]) -> Sequence[str]:
    return list(dict.fromkeys(row.entity for row in rows if is_part(row.entity)))


def _dated(rows: Sequence[Row], own: Claim) -> Sequence[Row]:
    """The figures of one length of time: of that of the periods that are named, where they are of several."""
    grains = {period.grain for period in own.periods}
    several = len({row.grain for row in rows}) > 1
    return [row for row in rows if row.grain in grains] if several else rows


def _kind(name: str, often: Often | None) -> str:
    if PREDICATES[name].kind != "judged" or not often:
        return "narrative against table"
    return "met all, but missed" if often.count is None else "count against table"


def _holds(name: str, means: Cell, line: Line) -> tuple[bool | None, Sequence[Row]]:
    """Whether it is so of a line, and the figures that show it; None where that cannot be told."""
    kind, often = PREDICATES[name].kind, line.often
    alike = len({(row.grain, row.unit) for row in line.rows}) == 1
    if not alike or (often and often.grain not in ("", "period", line.rows[0].grain)):
        return None, ()
    if kind == "extreme":
        return is_extreme(means, line)
    if often and often.how == "any" and name not in ("missed", "below"):
        often = None
    cases = changed(line, often) if kind == "change" else each(line, often)
    truths = [means(case) for case in cases]
    if not cases or None in truths:
        return None, ()
    so, off = ([case.row for case, truth in zip(cases, truths, strict=True) if truth == want] for want in (True, False))
    every = [row for case in cases for row in (case.before, case.row) if row is not None]
    if often and often.how == "none":
        return not so, so
    if often and often.count is not None:
        there = line.dated[0].start if often.how == "some" and len(line.dated) == 1 and not often.of else None
        missing = (often.how == "time" and not truths[-1]) or (there and there not in {row.start for row in so})
        return len(so) == often.count and not missing, every
    return not off, every if kind == "change" else off or every
