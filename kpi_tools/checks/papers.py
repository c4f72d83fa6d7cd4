"""Names, headings and lines that a paper gives in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from corpus.paper import Passage, Place
from kpi_tools.checks.people import surnames
from kpi_tools.checks.slip import Slip, View, entry, listed, slip, told
from kpi_tools.due import find_days
from kpi_tools.ledger import Record
from kpi_tools.names import entity, find_entities, squash

_REFERENCE = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*\d)\w{4,}\b")
FEWEST_WORDS = 8  # of two lines that cannot be alike by chance
_NUMBERED = re.compile(r"^(?P<number>\d{1,2})[.:)]?\s+(?P<title>[A-Z].*)")
_ENTRY = re.compile(
    r"(?:^|\s[-•]?\s?)(?P<number>\d{1,2})[.:)]?\s(?P<title>[A-Z][^•]*?)(?=\s[-•]\s?\d{1,2}[.:)]?\s[A-Z]|$)"
)
_NAME = re.compile(r"(?<![\w@./-])[A-Z][A-Za-z]{3,}\b(?![@./]\w|['’]?[a-z])")
_SMALL_WORD = re.compile(r"\b[a-z]+\b")
# A vowel between consonants, or one of two alike in a long word, is what a writer leaves out.
_LEFT_OUT = re.compile(r"(?<=[^aeiou\W])[aeiou](?=[^aeiou\W])|(?<=\w{2})([a-z])(?=\1\w{3})", re.ASCII)
_KIND = re.compile(r"\b(?:Borough|District|City|County|Town|Parish|Metropolitan)? ?Council$")
_VERSION = re.compile(r"(?:Version: )?v?(?P<number>\d{1,2})(?:[:;]|\.0[:;])", re.IGNORECASE)
_HISTORY = re.compile(r"\b(?:versions?|revisions?|document (?:control|history))\b", re.IGNORECASE)
_MINUTES = re.compile(r"(?:\W*\d+\W+)?(?:to \w+ the )?(?:draft |public )?(?:minutes|notes)\b", re.IGNORECASE)
_NEXT = re.compile(r"\bnext (?:\w+ )?meeting\b(?P<when>[^.;]{0,80})", re.IGNORECASE)
_MINUTES_OF = re.compile(r"\b(?:minutes|notes)\b", re.IGNORECASE)
NEAR_DAYS = 21  # of a meeting that was moved, or whose day was written wrongly
_SMALL = frozenset(["the", "of", "and", "a", "an", "for", "to", "in", "key"])


def council_of_a_member(view: View) -> Iterator[Slip]:
    """A member whose council is called differently in two lists of one paper."""
    people: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in view.of_kind("member"):
        if _council(record) and record.fields["role"] in ("member", "present"):
            people[record.place.document, squash(record.fields["name"])].append(record)
    for records in people.values():
        councils = list(dict.fromkeys(map(_council, records)))
        # One council under two names: somebody may be a member of two councils.
        named = {entity(council) or _KIND.sub("", council).strip() or None for council in councils}
        if len({squash(council) for council in councils}) > 1 and len(named) == 1 and None not in named:
            yield slip(
                "names that disagree",
                f"{records[0].fields['name']} is of {listed(councils)} in two lists of the paper.",
                *map(entry, records),
            )


def _council(record: Record) -> str:
    """A member's council; of one that we do not know, what stands behind the name."""
    post = record.fields["post"]
    return record.fields["council"] or (post if _KIND.search(post) else "")


def versions_out_of_order(view: View) -> Iterator[Slip]:
    """A list of versions of which one is dated before the one above it, or has a number that leaves one out."""
    lists: dict[tuple[str, int], list[tuple[int, Passage]]] = defaultdict(list)
    for passage in view.passages:
        number = _VERSION.match(passage.text)
        if number and passage.places[0].table and _HISTORY.search(passage.headings[-1]):
            lists[passage.places[0].document, passage.places[0].table].append((int(number["number"]), passage))
    for versions in lists.values():
        for (one, before), (two, after) in pairwise(versions):
            days = [{day.day for day in find_days(passage.text)} for passage in (before, after)]
            told = ""
            if two == one + 1 and len(days[0]) == len(days[1]) == 1 and max(days[1]) < min(days[0]):
                told = (
                    f"Version {two} is dated {max(days[1]):%-d %B %Y}, before version {one} ({min(days[0]):%-d %B %Y})."
                )
            elif two > one + 1:
                told = f"After version {one} the list has version {two}."
            if told:
                at = (before.places[0], before.text), (after.places[0], after.text)
                yield slip("dates that disagree" if two == one + 1 else "gap in numbers", told, *at)


def lines_alike_but_for_a_reference(view: View) -> Iterator[Slip]:
    """Two paragraphs in a row that say the very same of one council and two references: one was copied."""
    for one, other in pairwise(view.prose):
        refs = _REFERENCE.findall(one.text), _REFERENCE.findall(other.text)
        if one.places[0].document != other.places[0].document or len(one.text.split()) < FEWEST_WORDS:
            continue
        alike = _REFERENCE.sub("#", one.text) == _REFERENCE.sub("#", other.text)
        if alike and len(refs[0]) == len(refs[1]) == 1 and refs[0] != refs[1] and find_entities(one.text):
            yield slip(
                "identical lines",
                f"Two paragraphs in a row say the very same but for {refs[0][0]} and {refs[1][0]}: one may have been"
                " copied and not changed.",
                told(one),
                told(other),
            )


def names_in_two_spellings(view: View) -> Iterator[Slip]:
    """A name that stands in no small letters, and also with a letter left out or one that looks like it: "Nuvm" and
    "Nuvem". People are told apart elsewhere, and two names in one paragraph are two."""
    papers: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    small: dict[str, set[str]] = defaultdict(set)
    for passage in view.passages:
        document = passage.places[0].document
        small[document].update(_SMALL_WORD.findall(passage.text))
        for name in _NAME.findall(passage.text) if document not in view.scanned else ():
            papers[document][name].append(passage)
    for document, names in papers.items():
        apart = small[document] | surnames(view, document)
        known = [name for name in names if name.casefold() not in apart]
        for one, other in combinations(known, 2):
            if _is_one_name(one, other) and not any(passage in names[other] for passage in names[one]):
                yield slip(
                    "names that disagree",
                    f"The paper writes {one!r} and {other!r}: it seems that they are one.",
                    told(names[one][0], re.search(rf"\b{one}\b", names[one][0].text) or ""),
                    told(names[other][0], re.search(rf"\b{other}\b", names[other][0].text) or ""),
                )


def _is_one_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        alike = one.replace("I", "l").casefold() == other.replace("I", "l").casefold()
        return alike and one.casefold() != other.casefold()
    return any(long[: left.start()] + long[left.end() :] == short for left in _LEFT_OUT.finditer(long))


def minutes_of_another_day(view: View) -> Iterator[Slip]:
    """An agenda with the minutes of one day, where the minutes in the paper, the only ones, are of another."""
    told: dict[str, dict[date, tuple[Place, str]]] = defaultdict(dict)
    held: dict[str, dict[date, tuple[Place, str]]] = defaultdict(dict)
    for record in view.records:
        text = record.fields["title"] if record.kind == "agenda_item" else record.fields.get("meeting", "")
        said = [day.day for day in find_days(text)]
        listed_as = record.kind == "agenda_item" and _MINUTES.match(text)
        if len(said) == 1 and (listed_as or record.kind in ("member", "decision")):
            (told if listed_as else held)[record.place.document].setdefault(said[0], entry(record))
    for document, days in told.items():
        own = held[document]
        if len(days) == len(own) == 1 and days.keys() != own.keys():
            (listed_day, one), (held_day, other) = *days.items(), *own.items()
            yield slip(
                "dates that disagree",
                f"The agenda has the minutes of {listed_day:%-d %B %Y}, the minutes in the paper are of"
                f" {held_day:%-d %B %Y}.",
                one,
                other,
            )


def next_meeting_of_another_day(view: View) -> Iterator[Slip]:
    """The only minutes of a paper, of an earlier day, that give the next meeting another day than the paper's."""
    minuted = {(r.place.document, day.day) for r in view.records for day in find_days(r.fields.get("meeting", ""))}
    for passage in view.prose:
        document, found = passage.places[0].document, _NEXT.search(passage.text)
        paper, days = view.dates.get(document), [one.day for one in find_days(found["when"])] if found else []
        if not found or not paper or len(days) != 1 or not 0 < abs((days[0] - paper).days) <= NEAR_DAYS:
            continue
        earlier = [day for held, day in minuted if held == document]
        inside = any(_MINUTES_OF.search(heading) for heading in passage.headings)
        if inside and len(earlier) == 1 and earlier[0] < min(paper, days[0]):
            yield slip(
                "dates that disagree",
                f"The minutes have the next meeting on {days[0]:%-d %B %Y}, the paper is for {paper:%-d %B %Y}.",
                told(passage, found),
            )


def contents_and_headings(view: View) -> Iterator[Slip]:
    """A numbered entry of the contents whose heading in the paper is called something else."""
    headings: dict[tuple[str, str], Passage] = {}
    for passage in view.passages:
        for heading in passage.headings:
            headings.setdefault((passage.places[0].document, heading), passage)
    for passage in view.prose:
        if not passage.heading.casefold().endswith("contents"):
            continue
        for listing in _ENTRY.finditer(passage.text):
            for (document, heading), at in headings.items():
                found = _NUMBERED.match(heading)
                if document != passage.places[0].document or not found or found["number"] != listing["number"]:
                    continue
                one, other = _words(listing["title"]), _words(found["title"])
                if one & other and one - other and other - one and len(one & other) * 2 >= len(one):
                    yield slip(
                        "names that disagree",
                        f"The contents call section {listing['number']} {listing['title'].strip()!r}, its heading"
                        f" {found['title'].strip()!r}.",
                        told(passage, listing[0].strip(" -•")),
                        (at.places[0], heading),
                    )


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[a-z]+", text.casefold())} - _SMALL
