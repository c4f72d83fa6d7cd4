"""People whom a paper calls by two names, or has in two places, or in none, at a meeting; and votes of more."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import combinations

from corpus.paper import Passage, Place
from kpi_tools.checks.claims import texts
from kpi_tools.checks.often import NUMBER, number_of
from kpi_tools.checks.slip import Slip, View, entry, near, slip, told
from kpi_tools.ledger import Record
from kpi_tools.vocabulary import words_in

_SURNAME = r"(?:Mc|Mac|O['’])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
FEWEST_MEMBERS = 5
FEWEST_PRESENT = 3  # of a list of those present that has them all
_OF = r" (?:votes? |members? |councillors? )?(?:voted |voting )?"
_VOTES = re.compile(
    rf"\b(?P<ayes>{NUMBER}|no){_OF}(?:for|in favour)\b[^.;]{{0,40}}?\b(?P<noes>{NUMBER}|no){_OF}against\b"
    rf"(?:[^.;]{{0,30}}?\b(?P<rest>{NUMBER}|no){_OF}abst(?:entions?|ain\w*))?"
    rf"|\b(?P<won>{NUMBER}) votes to (?P<lost>{NUMBER})\b",
    re.IGNORECASE,
)
_SIDES = ("ayes", "noes", "rest", "won", "lost")
_PRESENT = re.compile(
    rf"\b(?P<present>{NUMBER}) (?:members|councillors) (?:were )?(?:present|in attendance|voting)\b", re.IGNORECASE
)
_LONG = 5  # letters of a surname in which one may be wrong
Seen = tuple[Passage, re.Match[str]]


def people_with_two_names(view: View) -> Iterator[Slip]:
    """One surname under two forms of one first name ("Ken", "Kenneth"), or one first name before a surname in which a
    single letter differs."""
    for people in named(view).values():
        for one, other in combinations(people, 2):
            (passage, name), (second, again) = people[one], people[other]
            if _is_one_person(one, other) and not _side_by_side(people, one, other):
                yield slip(
                    "names that disagree",
                    f"The paper writes {name[0]!r} and {again[0]!r}: it seems that they are one person.",
                    _said(passage, name),
                    _said(second, again),
                )


def present_and_absent(view: View) -> Iterator[Slip]:
    """A member who is listed as present at a meeting that has an apology from the same; or who is in neither list,
    where those two hold all the other members, and nobody came instead."""
    papers: dict[tuple[str, str], dict[str, dict[str, Record]]] = defaultdict(lambda: defaultdict(dict))
    members: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in view.of_kind("member"):
        fields, document = record.fields, record.place.document
        if fields["role"] == "member":
            members[document].setdefault(fields["name"], record)
        elif fields["role"] in ("present", "apologies"):
            papers[document, fields["meeting"]][fields["role"]].setdefault(fields["name"], record)
    for (document, meeting), lists in papers.items():
        present, apologies = lists["present"], lists["apologies"]
        when = f"of {meeting}" if meeting else "of a meeting"
        for name in present.keys() & apologies.keys():
            yield slip(
                "lists that disagree",
                f"The minutes {when} have {name} both as present and with apologies.",
                *((lists[name].place, lists[name].quote) for lists in (present, apologies)),
            )
        absent = _absent(members[document], present, apologies)
        if present and absent:
            yield slip(
                "lists that disagree",
                f"The minutes {when} have {absent} neither as present nor with apologies, though a member.",
                (members[document][absent].place, members[document][absent].quote),
                *map(entry, (*present.values(), *apologies.values())),
            )


def votes_of_those_present(view: View) -> Iterator[Slip]:
    """More votes than members who are told to be present, in the paragraph or else by the only minutes of the paper;
    or fewer where the paragraph counts the abstentions as well."""
    lists: dict[str, dict[str, dict[str, Record]]] = defaultdict(lambda: defaultdict(dict))
    for record in view.of_kind("member"):
        if record.fields["role"] == "present":
            lists[record.place.document][record.fields["meeting"]].setdefault(record.fields["name"], record)
    for text in texts(view):
        said, present = _VOTES.search(text.text), _PRESENT.search(text.text)
        meetings = list(lists[text.at.document].values()) if said else []
        came = meetings[0] if len(meetings) == 1 else {}
        if not said or not (present or len(came) >= FEWEST_PRESENT):
            continue
        votes = sum(_count(one) for name in _SIDES if (one := said[name] or "no") != "no")
        there = _count(present["present"]) if present else len(came)
        if votes > there or (said["rest"] and present and votes < there):
            has = f"the text has {present[0]!r}" if present else f"the minutes have {there} members present"
            yield slip(
                "lists that disagree",
                f"{said[0]!r} makes {votes} votes, but {has}.",
                told(text.passage, said),
                *([told(text.passage, present)] if present else map(entry, came.values())),
            )


def _absent(members: Collection[str], present: Collection[str], apologies: Collection[str]) -> str:
    """The one member who is in neither list of a meeting, where all others are and nobody came instead; "" for none."""
    known, came, excused = ({name.split()[-1] for name in names} for names in (members, present, apologies))
    missing = [name for name in members if name.split()[-1] not in came | excused]
    return missing[0] if len(missing) == 1 and len(members) >= FEWEST_MEMBERS and came <= known else ""


def surnames(view: View, document: str) -> AbstractSet[str]:
    """The surnames of those whom a paper names with a known first name, in small letters."""
    return {last for _, last in named(view).get(document, ())}


@lru_cache(maxsize=1)
def named(view: View) -> Mapping[str, Mapping[tuple[str, str], Seen]]:
    """Whoever each paper names by a known first name and a surname, and where first."""
    found: dict[str, dict[tuple[str, str], Seen]] = defaultdict(dict)
    plain: dict[str, set[str]] = defaultdict(set)
    for passage in view.passages:
        document = passage.places[0].document
        plain[document].update(re.findall(r"\b[a-z]+\b", passage.text))
        for name in _full_names().finditer(passage.text):
            found[document].setdefault((name["first"].casefold(), name["last"].casefold()), (passage, name))
    # What also stands in small letters is a word, and no surname: "Will Report".
    return {
        document: {who: seen for who, seen in people.items() if who[1] not in plain[document]}
        for document, people in found.items()
    }


def _is_one_person(one: tuple[str, str], other: tuple[str, str]) -> bool:
    if one[1] == other[1]:
        return one[0] != other[0] and bool(_groups()[one[0]] & _groups()[other[0]])
    return one[0] == other[0] and min(len(one[1]), len(other[1])) >= _LONG and _one_letter_apart(one[1], other[1])


def _side_by_side(people: Mapping[tuple[str, str], Seen], one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether both names stand in one paragraph: it speaks of two people."""
    pairs = ((people[one][0].text, people[other][1][0]), (people[other][0].text, people[one][1][0]))
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for text, name in pairs)


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        apart = [at for at, letter in enumerate(short) if letter != long[at]]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(short) == sorted(long)
        return len(apart) == 1 or swapped
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _count(said: str) -> int:
    return number_of(said.replace(",", ""))


def _said(passage: Passage, name: re.Match[str]) -> tuple[Place, str]:
    return told(passage, near(passage.text, name))


@cache
def _full_names() -> re.Pattern[str]:
    first = "|".join(name.capitalize() for name in _groups())
    return re.compile(rf"\b(?P<first>{first}) (?P<last>{_SURNAME})\b(?!['’-]\w)")


@cache
def _groups() -> Mapping[str, frozenset[int]]:
    """Each first name, and the groups of names in which it stands."""
    groups: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(words_in("first_names")["names"]):
        for name in line.split():
            groups[name].add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}
