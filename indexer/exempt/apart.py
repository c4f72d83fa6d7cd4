"""A list that tells what is open in it from the rest, in whatever words: what it does not call open is in doubt, and so
closed. "Open", "Open" and "Reserved" in a column do so, and as brackets or last words of titles."""

import re
from collections.abc import Sequence

_OPEN = r"(?:for\s+)?(?:the\s+)?(?:public(?:ation)?|open|unrestricted|unclassified|published|part\s+(?:1|i|a|one))"
_OF = (
    r"(?:\s+(?:session|part|section|items?|business|papers?|reports?|meeting|agenda|edition|copy|version|bundle|set))?"
)
OPEN = re.compile(rf"^\W*{_OPEN}{_OF}\W*$", re.IGNORECASE)
FOR_ALL = re.compile(
    rf"{OPEN.pattern}|^\W*(?:any(?:one|body)|every(?:one|body)|all|general|y(?:es)?|(?:kept\s+)?in|kept|in full)\W*$",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"^\W*(?:doors?\W+)?(?:closed|private|shut|no[nt]\W+(?:open|public))(?:\W+doors?)?\W*$", re.IGNORECASE
)
FEW = re.compile(
    r"^\W*(?:the\s+)?(?:members|councillors|committee|cabinet|board|panel|officers)['’]?s?(?:\s+(?:alone|only))?\W*$",
    re.IGNORECASE,
)
PROGRESS = re.compile(  # of what an action or a project is, where another is open
    r"\b(?:complete\w*|done|finish\w*|progress|ongoing|overdue|delay\w*|deferred|new|due|hold|track|implemented|resolved|superseded)\b",
    re.IGNORECASE,
)
PLACES = (  # in a title, where it may stand
    re.compile(r"[(\[](?P<label>[^()\[\]]+)[)\]]\W*$"),
    re.compile(r"^\W*[(\[](?P<label>[^()\[\]]+)[)\]]\s*"),
    re.compile(r"(?:\s[-–—|]|[:,;|])\s*(?P<label>[^-–—|:,;]+)$"),
    re.compile(r"\W(?!(?<=\bthe\W)public\b|(?<=\band\W)public\b)(?P<label>(?:part\s+)?\w+)\W*$", re.IGNORECASE),
)
LEAST = 2  # that are called open, where what the others are called is no word that closes
LONGEST = 40  # characters of what is no title


def others(labels: Sequence[str]) -> frozenset[str]:
    """Those of a list's labels that are not open where others are: any, if two and half of all are, else "closed"."""
    told = [label for label in labels if re.search(r"\w", label)]
    few = frozenset(label for label in told if FEW.match(label))
    if few and all(label in few or FOR_ALL.match(label) for label in told) and len(few) < len(set(told)):
        return few
    opened = [label for label in told if OPEN.match(label)]
    if not opened or any(len(label) > LONGEST or PROGRESS.search(label) for label in told):
        return frozenset()
    sure = len(opened) >= max(LEAST, len(told) / 2)
    return frozenset(label for label in told if label not in opened and (sure or CLOSED.match(label)))


def told(titles: Sequence[str]) -> list[tuple[str, bool]]:
    """Each of a list's titles, without such a label at its head or its end, and whether by that it is closed."""
    said = [(title, False) for title in titles]
    for place in PLACES:
        found = [place.search(title) for title, _ in said]
        apart = others([each["label"] if each else "" for each in found])
        for at, each in enumerate(found):
            if apart and each and (each["label"] in apart or OPEN.match(each["label"])):
                rest = each.string[: each.start()] + each.string[each.end() :]
                said[at] = rest.strip(), said[at][1] or each["label"] in apart
    return said
