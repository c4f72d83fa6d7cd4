"""Whose figure it is: councils, joint rows, the overall; and the services that headings name."""

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Any

from kpi_tools.measures import OVERALL
from kpi_tools.vocabulary import words_in

_TAIL = re.compile(
    r"(?<![\s,])[\s,]++"
    r"(?:(?:metropolitan |london |county |city |royal )*(?:district|borough|city|county)(?: council)?|council"
    r"|dc|bc|cc|mbc|cbc)$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan) borough of|city of|county of|lb(?: of)?)\s", re.IGNORECASE
)
# Those that a council is compared with, and is no part of: "England", "South West average", "Family group".
_OTHERS = (
    r"(?:the )?(?:england|great britain|uk|wales|national(?:ly)?|regional?|(?:north|south) (?:east|west)|east midlands"
    r"|west midlands|east of england|london|yorkshire(?: and the humber)?|family group|statistical neighbours?"
    r"|nearest neighbours?|comparators?|cipfa|peers?|similar authorities|all english \w+)"
)
_OF_THEM = r"(?:[ ’'](?:average|mean|median|total|group|authorities|councils))"
_COMPARATORS = re.compile(rf"{_OTHERS}{_OF_THEM}*", re.IGNORECASE)
# The same in a question, where a region alone may be where something is.
_COMPARATORS_SAID = re.compile(
    rf"\b(?:{_OTHERS}{_OF_THEM}+|england|nationally|(?:nearest|statistical) neighbours?|family group)\b", re.IGNORECASE
)
MOST_INITIALS = 5
_SMALL = ("and", "of", "upon", "on", "the")
# How the first word of a council's name is cut short: "S Oxfordshire".
_CUT = {"North": ("N", "Nth"), "South": ("S", "Sth"), "East": ("E",), "West": ("W",)}
_AND = re.compile(r"\s*(?:&|\band\b|/)\s*", re.IGNORECASE)


_OWNS = re.compile(r"['’]s\s|:|,? in [A-Z]")  # stands after whose a thing is
_FULL = r"(?P<full>\s(?:(?:metropolitan\s)?(?:district|borough|city|county)\s)?council|\s(?:dc|bc|cc|mbc)\b)?"


def _vocabulary() -> dict[str, Any]:
    return words_in("councils")


@lru_cache(maxsize=1 << 16)
def squash(text: str) -> str:
    """Letters and digits only, without case, "&" as "and": two spellings that agree so are the same name."""
    return "".join(ch for ch in text.casefold().replace("&", " and ") if ch.isalnum())


def is_comparator(text: str) -> bool:
    """Whether the whole text names others that a council's figures are compared with."""
    return bool(_COMPARATORS.fullmatch(" ".join(text.split())))


def entity(text: str, known: Collection[str] = ()) -> str | None:
    """The entity that the whole text names: a council's short name, a joint row, "Overall"; None for other text.

    Initials that several councils share ("HBC") and names like "South" hold only where one of `known` has them.
    """
    plain = " ".join(text.split()).strip(" .:*")
    named = {squash(name): name for name in known}
    for form in (plain, _LEAD.sub("", _TAIL.sub("", plain))):
        key = squash(form)
        if key and (found := _names().get(key) or named.get(key) or _among(key, frozenset(known))):
            return found
    halves = [_names().get(squash(_TAIL.sub("", half))) for half in _AND.split(plain)]
    if len(halves) == 2 and halves[0] and halves[1] and OVERALL not in halves:
        both = f"{halves[0]} & {halves[1]}"
        return _names().get(squash(both), both)
    return None


def members(name: str) -> tuple[str, ...]:
    """The councils of a joint row, in its order; () for any other entity."""
    joint = _vocabulary()["joint"].get(name)
    if joint:
        return tuple(joint["members"])
    halves = name.split(" & ")
    return tuple(halves) if len(halves) == 2 and all(_names().get(squash(half)) == half for half in halves) else ()


def find_entities(text: str, known: Collection[str] = ()) -> list[tuple[str, int, int]]:
    """The entities named in running text, with where each begins and ends, in order.

    `known` are the entities of the papers: they are found with or without capitals, and a slip of the keyboard is
    forgiven for them alone. Names that are words too ("Reading", an area called "Town") need their capital.
    """
    names = frozenset(known)
    found = []
    pattern = _pattern(text, names)
    for hit in pattern.finditer(text) if pattern else ():
        name = _forms(names)[squash(hit["name"])]
        if hit["of"] and name not in names:
            continue  # "penwarrens", an apostrophe left out, of none but those that the papers know
        owner = hit[0][0].isupper() and _OWNS.match(text, hit.end())  # "Reading's calls", "Town in Melbury"
        common = squash(hit["name"]) in _plain()
        sure = not common and (name in names or name not in _vocabulary()["entities"]["words"] or hit["full"])
        if sure or ((owner or _is_name(text, hit.start())) and not (common and hit["full"])):
            found.append((name, hit.start(), hit.end()))
    taken = [(start, end) for _, start, end in found]
    found += [hit for hit in _slips(text, names) if all(hit[2] <= start or hit[1] >= end for start, end in taken)]
    return sorted(found, key=lambda hit: hit[1])


def find_comparators(text: str) -> list[tuple[str, int, int]]:
    """Those in a text that councils are compared with ("the England average"), with where each begins and ends."""
    return [(hit[0], hit.start(), hit.end()) for hit in _COMPARATORS_SAID.finditer(text)]


def service(text: str) -> str:
    """A heading as a service's name: "CUSTOMER SERVICES KPIs/PIs" is "Customer Services", "IT KPIs/PIs" is "IT"."""
    words = _vocabulary()["services"]
    shouted = re.sub(r"KPIs|PIs|Pis|\W", "", text).isupper()
    plain = " ".join(re.sub(r"\s*&\s*(?!\w\b)", " and ", text).split())
    plain = re.sub(r"^(?:appendix \w+|\d+(?:\.\d+)*|[a-z])[.):]\s+", "", plain, flags=re.IGNORECASE)
    plain = re.sub(rf"^(?:{_either(words['leading'])})\s*[:–-]\s*", "", plain, flags=re.IGNORECASE)
    plain = re.sub(rf"(?:[\s:–-]+(?:{_either(words['trailing'])}))+\s*:?$", "", plain, flags=re.IGNORECASE)
    acronyms = {squash(word): word for word in words["acronyms"]}
    parts = plain.strip(" :–-").split()
    if len(parts) == 1 and parts[0].isupper() and len(parts[0]) <= MOST_INITIALS and not is_service(parts[0]):
        return parts[0]  # initials that no list has
    return " ".join(
        acronyms.get(squash(word)) or _cased(word, shouted, at > 0 and word.lower() in words["small"])
        for at, word in enumerate(parts)
    )


def is_service(text: str) -> bool:
    """Whether a text is a service's name by its words alone: "Waste and Recycling"."""
    known = _vocabulary()["services"]
    words = re.findall(r"[a-z]+", text.lower().replace("'", "").replace("’", "").replace("&", " and "))
    telling = [word for word in words if word not in known["small"]]
    return bool(telling) and set(telling) <= set(known["words"].split())


def _cased(word: str, shouted: bool, small: bool) -> str:
    if small:
        return word.lower()
    return word.capitalize() if shouted or word.islower() else word


def _either(words: Iterable[str]) -> str:
    """One pattern for all of the words, the longest first; spaces, "&" and apostrophes as people vary them."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        pattern = re.escape(word).replace("\\ ", r"\s+").replace("'", "['’]?")
        parts.append(re.sub(r"\\s\+(?:and|\\?&)\\s\+|(?<=\w)\\?&(?=\w)", r"(?:\\s*&\\s*|\\s+and\\s+)", pattern))
    return "|".join(parts)


@cache
def _names() -> dict[str, str]:
    """Every unambiguous form, squashed, to its entity."""
    words = _vocabulary()
    names = {squash(alias): name for alias, name in words["aliases"].items()}
    names |= {squash(name): name for kind in words["kinds"].values() for name in kind["names"]}
    for joint, row in words["joint"].items():
        names |= {squash(form): joint for form in (joint, *row["aliases"])}
    return names | {squash(name): OVERALL for name in words["entities"]["overall"]}


@cache
def _initials() -> dict[str, frozenset[str]]:
    """The initials that a council may go by, squashed: Havant, a borough, is "hbc"."""
    found: dict[str, frozenset[str]] = {}
    for kind in _vocabulary()["kinds"].values():
        for name in kind["names"]:
            shorts = _shorts(name)
            forms = {squash(short + end) for short in shorts for end in kind["initials"]}
            forms |= {squash("LB" + short) for short in shorts if kind["initials"] == ["LB"]}
            found[name] = found.get(name, frozenset()) | {form for form in forms if len(form) > 2}
    return found


def _shorts(name: str) -> frozenset[str]:
    """The first letters of a name, with and without those of its small words: "VoWH" and "VWH"."""
    words = re.findall(r"[A-Za-z]+", name.replace("'", ""))
    return frozenset(("".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)))


def _joint_shorts(name: str) -> tuple[str, ...]:
    """The first letters of both that a joint row is of, "SO & VWH"; () for any other, and for two letters alone."""
    halves = [_shorts(half) for half in name.split(" & ")]
    if len(halves) != 2:
        return ()
    return tuple(f"{a} & {b}" for a in halves[0] for b in halves[1] if len(a + b) > 2)


def _among(key: str, known: frozenset[str]) -> str | None:
    """The one of `known` that goes by these initials, or by this short name."""
    holders = [name for form, name in _vocabulary()["short"].items() if squash(form) == key and name in known]
    holders = holders or [name for name in known if key in _initials().get(name, ())]
    return holders[0] if len(holders) == 1 else None


@cache
def _forms(known: frozenset[str]) -> dict[str, str]:
    """What is looked for in running text, squashed, to its entity."""
    words = _vocabulary()
    forms = {key: name for key, name in _names().items() if name != OVERALL}
    forms |= {squash(form): OVERALL for form in words["entities"]["overall_in_text"]}
    forms |= {squash(form): name for form, name in words["short"].items() if name in known}
    shared = {key for name in known for key in _initials().get(name, ())}
    forms |= {key: holder for key in shared - set(forms) if (holder := _among(key, known))}
    forms |= {squash(name): name for name in known if name != OVERALL}
    cut = {squash(short): name for name in known for short in (*_cut(name), *_joint_shorts(name))}
    return {key: name for key, name in cut.items() if key not in forms} | forms


@cache
def _plain() -> frozenset[str]:
    """Words that no entity is by their sound alone: "town"."""
    return frozenset(squash(word) for word in _vocabulary()["entities"]["plain"])


def _cut(name: str) -> tuple[str, ...]:
    """A name with its first word cut short; () for one that has none to cut."""
    first, _, rest = name.partition(" ")
    return tuple(f"{short}{dot} {rest}" for short in _CUT.get(first, ()) for dot in ("", ".")) if rest else ()


@cache
def _spelled(known: frozenset[str]) -> dict[str, frozenset[str]]:
    """All forms that are looked for in running text, by their first three letters."""
    words = _vocabulary()
    spelled = {name for kind in words["kinds"].values() for name in kind["names"]} | set(words["aliases"]) | set(known)
    spelled |= {form for row in words["joint"].values() for form in row["aliases"]}
    spelled |= set(words["joint"]) | set(words["entities"]["overall_in_text"])
    spelled |= {form for form, name in words["short"].items() if name in known}
    spelled |= {key for name in known for key in (*_initials().get(name, ()), *_cut(name), *_joint_shorts(name))}
    found: dict[str, set[str]] = {}
    for form in spelled:
        first = re.search(r"[^\W_]{1,3}", form.casefold())
        if first:
            found.setdefault(first[0], set()).add(form)
    return {start: frozenset(forms) for start, forms in found.items()}


def _pattern(text: str, known: frozenset[str]) -> re.Pattern[str] | None:
    """The pattern of those forms that `text` may hold, by how its words begin; one of all forms is slow to compile."""
    starts = {word[:length] for word in re.findall(r"[^\W_]+", text.casefold()) for length in (1, 2, 3)}
    spelled = _spelled(known)
    forms = frozenset().union(*(spelled[start] for start in starts if start in spelled))
    return _compiled(forms, known) if forms else None


@lru_cache(maxsize=1 << 12)
def _compiled(spelled: frozenset[str], known: frozenset[str]) -> re.Pattern[str] | None:
    wanted = _forms(known)
    # "A and B" are two councils where both are named in full; only "A & B" is their joint row.
    halves = {form: [_names().get(squash(half)) for half in form.split(" & ")] for form in spelled}
    joined = {form for form, named in halves.items() if len(named) == 2 and any(named)}
    listed = _either(form for form in spelled - joined if squash(form) in wanted)
    literal = "|".join(re.escape(form) + r"(?!\s+of\b)" for form in sorted(joined, key=len, reverse=True))
    either = "|".join(filter(None, (literal, listed)))
    full = rf"(?<![\w&])(?<!\w['’])(?:the )?(?P<name>{either})(?P<of>s(?=\s))?{_FULL}(?![\w&])"
    return re.compile(full, re.IGNORECASE) if either else None


def _is_name(text: str, start: int) -> bool:
    """Whether a word that is a council too stands as a name: with a capital that no sentence's beginning gave it."""
    return text[start].isupper() and bool(re.search(r"[^.!?:\s]\s+$", text[:start]))


def _slips(text: str, known: frozenset[str]) -> Iterable[tuple[str, int, int]]:
    """Words of the text that are one slip away from a known name (two in a long one)."""
    plain = {name.casefold(): name for name in known if len(name) > 5 and name != OVERALL}
    for width in (1, 2, 3, 4):
        for hit in re.finditer(rf"(?<![\w'’])(?=([^\W\d_]+(?:\s[^\W\d_]+){{{width - 1}}})(?!\w|['’]t\b))", text):
            word = hit[1].casefold()
            near = [name for key, name in plain.items() if _slipped(word, key)]
            if len(near) == 1 and squash(word) not in _names():
                yield near[0], hit.start(), hit.start() + len(hit[1])


def _slipped(word: str, name: str) -> bool:
    if word[0] != name[0] or word == name or word in (name + "s", name.removesuffix("s")) or len(word) < 5:
        return False
    if abs(len(word) - len(name)) > 2:
        return False
    from rapidfuzz.distance import OSA  # not before it is needed: it takes longer to import than to answer

    return OSA.distance(word, name, score_cutoff=2) <= (1 if len(name) < 10 else 2)
