"""Whose paper it is: the committee and the council that its cover names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from indexer.meeting.day import BODY, DAY, WEEKDAY
from kpi_tools.measures import OVERALL
from kpi_tools.names import entity

PACK_FOR = re.compile(r"\bfor ([^,].*), \d\d/\d\d/\d{4}")
PARTNERS = re.compile(r"\b(partnership|joint|shared|councils|combined)\b", re.IGNORECASE)
# "A meeting of the Joint Committee will be held"
MEETING = re.compile(
    r"\bmeeting of (?:the )?(?P<body>[^.,;:]{4,80}?)(?: members)? (?:will|is to|to|which will) be held\b", re.IGNORECASE
)
NO_COMMITTEE = re.compile(r",\s*\d|\bagenda\b|\bmeeting\b|\t", re.IGNORECASE)
COUNCIL = re.compile(r"(?<![\w'’&.-])((?:[\w'’&.-]++\s++){1,8}?)council\b", re.IGNORECASE)
KIND_OF_COUNCIL = re.compile(
    r"\s+(county|district|borough|city|town|parish|community|metropolitan|unitary|royal)\b.*", re.IGNORECASE
)
# "The Corporation of the Township of Nipissing": a council by what it governs
GOVERNED = re.compile(
    r"\b(?:Township|Municipality|Corporation of the (?:Town|City|County|Village)|(?:London|Royal) Borough) of(?: the)?"
    r" (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)??(?: (?:and|upon|&) [A-Z][\w'’-]+)?)"
    r"(?= Council|\W*$|[,.;:)]| (?!and|upon|&)[a-z(\d])"
)
ASIDE = re.compile(r"\([^)]*\)?")  # "(hosted by Hart District Council)" says not whose paper it is
# A line that is a council's name, where that says no kind: "Herefordshire Council".
ALONE = re.compile(r"(?P<name>(?P<first>[A-Z][\w'’-]+)(?:\s(?:of|and|upon|on|the|&|[A-Z][\w'’-]+)){0,4})\sCouncil")
NO_NAME = frozenset(
    ("full", "annual", "extraordinary", "joint", "special", "the", "this", "your", "youth", "county", "city",
     "district", "borough", "town")
)  # fmt: skip
MAIL = re.compile(r"@(?:[\w-]+\.)*(?P<name>[\w-]+)\.gov\.uk\b", re.IGNORECASE)
FEW_TIMES = 4  # a council that is named so often may be another than the paper's
SENTENCE = re.compile(r"(?:\S+\s+){7}.*[.:;]|.*[.!?]\s+[A-Z].*[.:;]")  # a line of running text


def committee_of(said: str, subject: str, texts: Sequence[str]) -> str:
    """The committee that the file's title, its subject or the cover's lines name; "" for none."""
    if named := PACK_FOR.search(said):
        return named[1].strip()
    for text in (subject, said, *texts):
        bare = NO_COMMITTEE.split(WEEKDAY.sub("", DAY.sub("", text)))[0].strip(" ,-–:")
        if (
            BODY.search(bare)
            and len(bare) < 90
            and not re.search(r"[.:;@(]|\b(report|members?|to|the)\b", bare, re.IGNORECASE)
        ):
            return _without_council(bare)
    held = next((found["body"] for text in texts if (found := MEETING.search(text))), "")
    return held if BODY.search(held) else ""


def _without_council(text: str) -> str:
    """ "Hart Overview and Scrutiny Panel" without the council's name before it."""
    words = text.split()
    counts = (count for count in range(min(5, len(words) - 1), 0, -1) if _one_council(" ".join(words[:count])))
    return " ".join(words[next(counts, 0) :])


def council_of(title: str, committee: str, document: str, texts: Sequence[str], more: Sequence[str]) -> str:
    """The one council whose paper it is; "" for a paper of several or of none that is named."""
    if PARTNERS.search(f"{title} {committee}"):
        return ""
    if found := _leading_council(title.split()):
        return found
    counted = Counter(name for text in more for name in _councils(text))
    filed = _leading_council(re.split(r"[\W_]+", PurePath(document).stem))
    if filed in counted:
        return filed
    for group in ([title], [ASIDE.sub("", text) for text in texts if not SENTENCE.fullmatch(text.strip())]):
        named = list(dict.fromkeys(name for text in group for name in _councils(text)))
        if named:
            alone = len(named) == 1 and counted[named[0]] >= max(counted.values(), default=0)
            return named[0] if alone else ""
    lines = set(filter(None, map(_alone, texts)))
    return lines.pop() if len(lines) == 1 else _by_others(texts, counted)


def _by_others(texts: Sequence[str], counted: Mapping[str, int]) -> str:
    """The council by the addresses on the cover, where no other is named; else the one that is named most by far."""
    mailed = {name for text in texts for match in MAIL.finditer(text) if (name := _one_council(match["name"]))}
    if len(mailed) == 1 and set(counted) <= mailed:
        return mailed.pop()
    most = max(counted, key=lambda name: counted[name], default="")
    alone = (
        most and counted[most] > max(FEW_TIMES, sum(counted.values()) * 2 / 3) and not PARTNERS.search(" ".join(texts))
    )
    return most if alone else ""


def _alone(text: str) -> str:
    """The name where the whole line is "Herefordshire Council"; else ""."""
    found = ALONE.fullmatch(text)
    return found["name"] if found and found["first"].lower() not in NO_NAME else ""


def _one_council(text: str) -> str:
    """The council's short name where the whole text names one council; else ""."""
    found = entity(text)
    return found if found and found != OVERALL and "&" not in found else ""


def _leading_council(words: Sequence[str]) -> str:
    """The council that the first words name; "" where they name none."""
    names = (_one_council(" ".join(words[:count])) for count in range(min(6, len(words)), 0, -1))
    return next((name for name in names if name), "")


def _councils(text: str) -> Iterator[str]:
    """The councils that a text names: "Hart District Council" is "Hart", "the Township of Nipissing" "Nipissing"."""
    governed = [match["name"] for match in GOVERNED.finditer(text)]
    yield from (_one_council(name) or name for name in governed)
    for match in COUNCIL.finditer(text):
        words = match[0].split()
        known = (_one_council(" ".join(words[start:])) for start in range(len(words) - 1))
        if found := next((name for name in known if name), ""):
            yield found
        elif KIND_OF_COUNCIL.search(match[0]):
            proper = re.search(
                r"((?:[A-Z][\w'’-]+(?:\s+(?:of|and|upon|on|the|&))?(?:\s+|$))+)$", KIND_OF_COUNCIL.sub("", match[0])
            )
            if proper:
                yield " ".join(proper[1].split()).title() if proper[1].isupper() else " ".join(proper[1].split())
