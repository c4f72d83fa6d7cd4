"""Which of a paper's measures a sentence names: by its code, its name, all its words, or by what it is about."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from kpi_tools.checks.judged import words
from kpi_tools.checks.often import NUMBER
from kpi_tools.checks.slip import Row
from kpi_tools.names import find_entities, squash
from kpi_tools.periods import find_periods

FEWEST_WORDS = 3  # of a name by which a measure without a code is known in a sentence
_ENDING = re.compile(r"(?:ations?|ions?|ings?|ies|ed|es|s|e|y)$")
_SMALL = {
    "the", "and", "for", "with", "from", "that", "was", "were", "are", "has", "have", "per", "number", "within",
    "under", "over",
}  # fmt: skip
_ASIDE = re.compile(r"\([^()]*\)")
_SECTION = re.compile(r"^\d+(?:\.\d+)*\.?\s+(?=[A-Z])")
_LEADING = re.compile(r"^(?:%|percentage|number|no\.?|average|avg\.?)(?: of)?(?: the)?\s+", re.IGNORECASE)
NUMERAL = re.compile(
    r"(?<![\w.,/£-])[-−]?£?\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?(?:%|per cent|(?:k|m|bn|million|thousand)\b))?"
    r"(?:\s(?:days?|hours?|minutes?|weeks?|tonnes|kg)\b)?",
    re.IGNORECASE,
)
# What a sentence says of a target ("against a target of 25 days", "the 80% target") is no result.
AIM = re.compile(
    rf"\b(?:targets?|standards?|thresholds?|limits?|ceiling|maximum|goal|tolerance|benchmark)\b(?:\s(?:of|is|was|at|set|to|be|the|a|least|above"
    rf"|over|below|under|no|more|than))*\s?:?\s?[<>]?(?:{NUMERAL.pattern})|(?:{NUMERAL.pattern})[\s-](?:target|standard)\b",
    re.IGNORECASE,
)
# What a name is about stands before what narrows it: "Missed bins" of "Missed bins per 100,000 collections".
_NARROWED = re.compile(
    r"[:(,;–]|\s-\s|\s(?:per|within|in|by|for|to|against|that|which|as|from|on|at|before|after|of)\s"
)
_NARROWER = re.compile(r"\b(?:in|at|for|among|from|of|within|by)\s(?:(?:the|our|its)\s)?[a-z]+", re.IGNORECASE)
_MISSES = re.compile(r"\bmiss(?:ed|es|ing)?(?=\s(?:its|their|the)\b)", re.IGNORECASE)
_COUNTS = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"^(?:in|at|by|during|for|over|since|as|overall)\b[^,]{0,60},\s*", re.IGNORECASE)
LONGEST_SUBJECT = 90  # characters


def measures_in(measures: Sequence[Sequence[Row]], heading: str, sentence: str) -> list[Sequence[Row]]:
    """The paper's measures that words of a text name: by code, with its service where a code is in several, else by
    full name, all the words of the name, or the words before the verb."""
    coded = [rows for rows in measures if rows[0].code and code_pattern(rows[0].code).search(sentence)]
    if coded:
        about = squash(heading) + squash(sentence)
        by_service = [rows for rows in coded if squash(rows[0].service) in about]
        codes = {squash(rows[0].code) for rows in coded}
        return coded if len(coded) == len(codes) else by_service
    plain = squash(sentence)
    named = [rows for rows in measures if _is_name(rows[0].name) and squash(core(rows[0].name)) in plain]
    named = named or _by_words(measures, sentence) or _by_subject(measures, sentence)
    longest = max((len(core(rows[0].name)) for rows in named), default=0)
    return [rows for rows in named if len(core(rows[0].name)) == longest]


def _by_words(measures: Sequence[Sequence[Row]], sentence: str) -> list[Sequence[Row]]:
    """The measures all of whose words a sentence has, in any order and form; none where two have the same words."""
    said = stems(sentence)
    known = {rows[0].key: stems(core(rows[0].name)) for rows in measures}
    found = [rows for rows in measures if len(known[rows[0].key]) >= FEWEST_WORDS and known[rows[0].key] <= said]
    alone = len({known[rows[0].key] for rows in found}) == len(found)
    return [r for r in found if not any(known[r[0].key] < known[o[0].key] for o in found)] if alone else []


def _by_subject(measures: Sequence[Sequence[Row]], sentence: str) -> list[Sequence[Row]]:
    """The one measure that the words before a sentence's verb are about: all of these are of its name, and they have
    what stands there before it is narrowed. "Sickness rose" is of "Sickness absence: days lost per employee"."""
    subject = _subject(
        AIM.sub(" ", _LEAD_IN.sub("", sentence)), frozenset(row.entity for rows in measures for row in rows)
    )
    found = []
    for rows in measures if subject else ():
        name = core(rows[0].name)
        head = _telling(_NARROWED.split(name, maxsplit=1)[0]) or _telling(name)
        if head <= subject <= _telling(name):
            found.append(rows)
    return found if len(found) == 1 else []


def others(rows: Sequence[Row], said: str) -> frozenset[str]:
    """The telling words of a few words that are none of a measure's name, its councils, or times."""
    return _telling(_bare(said, frozenset(row.entity for row in rows))) - stems(
        f"{rows[0].service} {core(rows[0].name)}"
    )


def _bare(said: str, known: frozenset[str]) -> str:
    """What is said without councils, periods and targets."""
    for _, start, end in (*find_entities(said, known), *find_periods(said, date.today())):
        said = f"{said[:start]}{' ' * (end - start)}{said[end:]}"
    return _COUNTS.sub(" ", _MISSES.sub(" ", AIM.sub(" ", said)))


def likely(measures: Sequence[Sequence[Row]], clause: str, numbers: Collection[Decimal]) -> list[Sequence[Row]]:
    """The one measure that a clause speaks of in words of its own: none other has as much of what it says, and it has
    two telling words of its name, or all that the name is about, or a figure of it, or judges it by its target."""
    bare = _bare(clause, frozenset(row.entity for rows in measures for row in rows))
    said, names = _telling(bare), [_telling(core(rows[0].name)) for rows in measures]
    aimed = re.search(r"\b(?:target|standard)s?\b", clause, re.IGNORECASE)
    heads = [_telling(_NARROWED.split(core(rows[0].name), maxsplit=1)[0]) for rows in measures]
    shares = [
        sum(1 / sum(word in other for other in names) for word in name & said) * (2 if head and head <= said else 1)
        for name, head in zip(names, heads, strict=True)
    ]
    most = max(shares, default=0)
    if not most or sum(share * 3 > most * 2 for share in shares) > 1:
        return []
    found = measures[shares.index(most)]
    verb = words("naming", "verbs").search(bare)
    narrower = (others(found, match[0]) for match in _NARROWER.finditer(bare[: verb.start()] if verb else ""))
    if any(narrower):
        return []  # "sickness in the depot" is not all of it
    name, head = names[shares.index(most)], heads[shares.index(most)]
    figures = {row.value for row in found} | {row.target for row in found}
    sure = len(name & said) > 1 or (head and head <= said) or (numbers and figures >= set(numbers))
    return [found] if sure or (aimed and any(row.target is not None for row in found)) else []


@lru_cache(maxsize=4096)
def _subject(sentence: str, known: frozenset[str]) -> frozenset[str]:
    """The telling words before a sentence's first verb, without councils and periods; none where they are many."""
    verb = words("naming", "verbs").search(sentence)
    said = sentence[: verb.start()] if verb else ""
    if not 0 < len(said) <= LONGEST_SUBJECT:
        return frozenset()
    return _telling(_bare(said, known))


def _telling(text: str) -> frozenset[str]:
    return stems(words("naming", "filler").sub(" ", text))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, small ones left out: "collection" and "collected" are one."""
    plain = (word for word in re.findall(r"[a-z]{3,}|\d+", text.casefold()) if word not in _SMALL)
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word.removesuffix("s") for word in plain)


@cache
def code_pattern(code: str) -> re.Pattern[str]:
    """A code as prose spells it: "PI002" is "PI 002" too. A bare number is no code in prose."""
    if not re.search(r"[A-Za-z]", code):
        return re.compile(r"(?!)")
    spelled = re.sub(r"(?<=[A-Za-z])(?=\d)", r"\\s?", re.escape("".join(code.split())))
    return re.compile(rf"(?<![\w-]){spelled}(?![\w-])", re.IGNORECASE)


@cache
def core(name: str) -> str:
    """A measure's name without its unit, brackets, the number of its section and "number of"."""
    name = _SECTION.sub("", name)
    return _LEADING.sub("", " ".join(_ASIDE.sub(" ", name).split())).strip(" -–:.")


def _is_name(name: str) -> bool:
    return len(re.findall(r"\w+", core(name))) >= FEWEST_WORDS
