"""What of a question may name its measure: its words without councils, periods, codes, and what only asks."""

import re
from datetime import date

from bot.question.catalogue import Catalogue
from bot.question.matching import Wanted, window
from bot.question.parts import Parts, names_in, take_apart
from bot.question.terms import (
    heard,
    in_full,
    names,
    numbered,
    places,
    says,
    stem,
    terms,
    vocabulary,
    which,
    without,
    words,
)

# What a question sets aside: "missed bins (not garden)", "calls excluding council tax".
_PERCENT = re.compile(r"\d+(\.\d+)?\s?%")
_LEFT_OUT = re.compile(
    r"(?:[(,;–-]\s*(?:but )?not|\b(?:excluding|except(?: for)?|other than|apart from|leaving out))"
    r"\s(?:the |counting |including )?(?P<what>[a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
# What stands before and behind the name of a measure when councils and periods are taken out.
_OPENS = (
    r"(?:how (?:many|much)|what|which|is|are|was|were|the|number|share|proportion|percentage|figures?|of|in|at|for)\b"
)
_ENDS = r"(?:in|at|for|of|by|to|from|on|during|and|the)\b"


def naming(question: str, today: date, catalogue: Catalogue) -> str:
    """What of a question may name its measure: without councils, periods, codes, and words that ask."""
    left = _naming(take_apart(question, today, catalogue).rest, catalogue)
    left = re.sub(r"(?<!\w)['’]s\b|[^\w\s'’%-]", " ", left)
    return " ".join(re.sub(rf"^(?:{_OPENS}\s+)+|(?:\s+{_ENDS})+$", "", " ".join(left.split())).split())


def _naming(text: str, catalogue: Catalogue) -> str:
    """What is left to name a measure by: no codes, no "80%", which is a target's or a figure's, and no "how often"."""
    for start, end in sorted(catalogue.code_spans(text), reverse=True):
        text = text[:start] + " " + text[end:]
    return without("asked.why", without("asked.asides", _PERCENT.sub(" ", _ungrouped(in_full(text)))))


def _ungrouped(text: str) -> str:
    """A text without what asks for each or all of several: "how many councils" counts nothing that is measured."""
    for group in names("groups"):  # a lone "overall" may be of its name
        for start, end in reversed(places(f"groups.{group}", text)):
            if " " in text[start:end]:
                text = f"{text[:start]} {text[end:]}"
    return text


def wanted(question: str, low: str, parts: Parts, today: date, catalogue: Catalogue) -> tuple[Wanted, tuple[str, ...]]:
    """What the question says of its measure, and the words that were taken for others, as "anwsered: answered"."""
    named = _naming(parts.rest, catalogue)
    slips = {word: meant for word in words(named) if (meant := catalogue.spelled(word))}
    for word, meant in slips.items():
        named = re.sub(rf"\b{word}\b", meant, named)
    left_out = frozenset(t for m in _LEFT_OUT.finditer(named) for t in terms(m["what"]))
    named = _LEFT_OUT.sub(" ", named)
    numbers = numbered(named)
    counts = {number for word, number in numbers if catalogue.counts(word, number)}
    around = terms(vocabulary()["words"]["around"])  # "remind me what it stood at" is of no measure
    said = tuple(t for t in terms(named) if not t.isdigit() or t in counts)
    said = tuple(t for t in said if t not in around or catalogue.has(t)) or said
    strange = {t for name in names_in(question, today, catalogue.known) for t in terms(name) if not catalogue.has(t)}
    operation = which("operation", low, "sure", "phrases") or "value"
    strange |= {t for t in said if not catalogue.has(t) and heard(t, operation)}
    if says("asked.why", low):  # not how good or bad who asks finds it, unless that is all
        moods = set(map(stem, vocabulary()["words"]["moods"].split()))
        said = tuple(t for t in said if t not in moods) or said
    asked = tuple(t for t in said if t not in strange)
    asked = asked if len(asked) > 1 else said  # who a single word is said of is all that there is
    since, until = window(parts.since, parts.until, today)
    codes, services = catalogue.codes_in(parts.rest), catalogue.services_in(question) or catalogue.services_of(question)
    counted = says("asked.counted", _ungrouped(low))
    aimed = says("asked.aimed", low)
    share, percent = says("asked.share", low), bool(_PERCENT.search(low))
    among, dated = which("over", low) == "councils" and not parts.entities, bool(parts.since)
    sought = Wanted(
        asked,
        numbers,
        codes,
        services,
        parts.entities,
        since,
        until,
        counted,
        left_out,
        aimed,
        share,
        among,
        dated,
        percent,
    )
    return sought, tuple(f"{word}: {meant}" for word, meant in slips.items())


def promised(question: str, today: date, catalogue: Catalogue) -> tuple[str, ...]:
    """The words of names that no measure has, and records of plans, people or meetings do."""
    called = [name.split() for name in names_in(question, today, catalogue.known)]
    said = [w for name in called if any(w.lower() in catalogue.promised for w in name) for w in name]
    return tuple(t for w in said for t in terms(w))
