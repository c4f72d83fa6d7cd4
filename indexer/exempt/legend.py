"""The signs that a legend gives to what is exempt: "* exempt", "(E) = closed item", "items marked [C] are private"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.exempt import claims, denials, doubt, marks, presence, wording

NAMES = re.compile(
    r"\b(?:(?P<hash>hash)|(?P<double>double\s+dagger)|(?P<dagger>dagger)|asterisk|star(?:red)?)s?\b", re.I
)
SIGN = re.compile(r"[*#†‡§◆★☆♦◊^~]{1,3}|[(\[][A-Z]{1,3}[)\]]|(?<![\w.&/-])[A-Z]{1,2}(?![\w.&/-])")
STOP = re.compile(r"[;:|]|[.,](?=\s|$)")
LEADS = re.compile(r"^\W*(?:(?:an?|the|and|letter|symbol|sign|suffix|prefix)\W*)*$", re.IGNORECASE)  # before what it is
BORNE = re.compile(
    r"\b(?:marked|denoted|indicated|shown|prefix(?:ed)?|suffix(?:ed)?|followed|bearing|preceded|identified|lettered|letter|"
    r"with(?=\W*(?:an?\W*)?$))(?:\W+(?:with|by|thus|as|an?|the|letter|symbol|sign|of)\b)*\W*$",
    re.IGNORECASE,
)
MEANS = re.compile(
    r"^(?:\W*\b(?:behind|after|before|beside|against)\b[^:;.=]{0,60}[:=]|\W*=|\W*\b(?:means?|denot\w+|indicat\w+|signif\w+|stands?\s+for|marks?|shows?)\b)\W*",
    re.IGNORECASE,
)
DASH = re.compile(r"^\s*[-–—:=]\s*")  # likewise, where a text explains a letter as open so
OPEN_KEY = re.compile(
    r"(?:^|[;,.:]\s*|\s)[A-Z]{1,2}\s*[-–—:=]\s*(?i:open|public)(?i:\s+items?)?\s*(?:$|[;,.]|\b[A-Z]{1,2}\b)"
)
CLOSED = re.compile(r"^\W*(?:closed|private|not\s+public|non\W?public)\b", re.IGNORECASE)  # of a sign that means it
OF_ITEMS = re.compile(
    r"^\W*(?:this|these|items?|reports?|papers?|contain\w*|consider\w*|likely|to\s+be|may|will|part)\b", re.IGNORECASE
)
KEY = 4  # words that a key has behind each of its signs in brackets, at most
NUMBERED = re.compile(r"^\W*(?:item\s+)?\d")
LAW = re.compile(
    r"\b(?:section\s+(?:100|50)\s*\(?\s*[ai]\b|schedule\s+(?:12|7)\s*\(?\s*a\b|paragraphs?\s+\d)", re.IGNORECASE
)
SOON = 9  # words behind a sign that is a mere footnote's, at most
ENDED = re.compile(r";|(?<=[.!?])\s")
NOT_ITEMS = re.compile(r"\b(?:figures?|amounts?|words|text|rows?|columns?|cells?)\b", re.IGNORECASE)
LONGEST = 130  # characters of what bears a sign
NUMBER = r"^\W*(?:item\s+)?\d*\s*"
PAGES = r"(?:\s*\(?\s*(?:pages?|pp?\.?)?\s*\d[\d\s–-]*\)?)?\W*$"


def given(texts: Iterable[str]) -> dict[str, bool]:
    """Each sign of the legends among these texts that tell of what is exempt, with whether that is what it means."""
    told = [entries for text in texts if (entries := dict(_entries(text)))]
    return {sign: closes for signs in told if any(signs.values()) for sign, closes in signs.items()}


def signs(texts: Iterable[str]) -> frozenset[str]:
    """The signs that legends among these texts give to what is exempt."""
    return frozenset(sign for sign, closes in given(texts).items() if closes)


def public_goes(text: str, listed: bool = True) -> bool:
    """Whether a text of an agenda says that the public goes, and by no item or sign for what: so for all below it."""
    return presence.goes(text, listed) and not (
        doubt.ITEMS.search(text) or denials.NEEDLESS.search(text) or signs([text])
    )


def is_borne(text: str, sign: str) -> bool:
    """Whether an entry or a heading bears a sign; letters do as its first or its last, as behind the number in "3E"."""
    if len(text) > LONGEST or any(_entries(text)):
        return False
    if not sign.isalpha():
        return bool(re.search(rf"(?<!{re.escape(sign[0])}){re.escape(sign)}(?!{re.escape(sign[-1])})", text))
    return bool(re.search(rf"{NUMBER}{sign}\d?(?![\w.)])|(?<![\w.]){sign}{PAGES}", text))


def heads(text: str, sign: str) -> bool:
    """Whether a heading bears a sign; letters alone may be anything but at its number, as in "44E Pay"."""
    return bool(re.match(rf"[\w/.]*\d{sign}\b", text)) if sign.isalpha() else is_borne(text, sign)


def is_in_use(text: str, others: Sequence[str]) -> bool:
    """Whether a text is a legend, and nothing else that says of something that it is exempt, of which some sign is
    borne by one of the others: so it tells of what bears it, and of nothing else."""
    if not any(is_borne(one, sign) or heads(one, sign) for sign in given([text]) for one in others):
        return False
    rest = (each for each in doubt.SENTENCE.split(text) if not any(_entries(each)))
    return not any(marks.of_sentence(each) or claims.of_nothing_known(each) for each in rest)


def _entries(text: str) -> Iterator[tuple[str, bool]]:
    """Each sign to which a text gives a meaning, and whether that is to be exempt."""
    told = NAMES.sub(
        lambda name: "#" if name["hash"] else "‡" if name["double"] else "†" if name["dagger"] else "*", text
    )
    found = list(SIGN.finditer(told))
    begin, key, dashed = 0, _is_key(told), _has_open_key(told)
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(told)
        before = STOP.split(told[begin : one.start()])[-1]
        after = ENDED.split(told[one.end() : end], maxsplit=1)[0]
        begin = one.end()
        glyph = not re.search(r"\w", one[0]) and not NUMBERED.match(told)
        borne = (glyph or BORNE.search(before)) and not NOT_ITEMS.search(before)
        keyed = DASH.match(after) if dashed else None
        means = MEANS.match(after) or keyed
        said = bool(keyed) or (
            bool(LEADS.match(before))
            and (key or means or (not one[0].isalpha() and OF_ITEMS.match(after)) or _is_footnote(one[0], after))
        )
        closes = _closes(after) or bool(means and CLOSED.match(after[means.end() :]))
        closes = closes or bool(borne and (_closes(before) or presence.goes(f"{before} {after}")))
        if (borne and closes) or said:
            yield one[0], closes


def _is_key(text: str) -> bool:
    """Whether signs in brackets, a few words behind each, are all of a text: "(C) confidential, (D) decision"."""
    first, *rest = re.split(r"[(\[][A-Z]{1,3}[)\]]", text)
    return len(rest) > 1 and len(first.split()) < KEY and all(0 < len(told.split()) <= KEY for told in rest)


def _has_open_key(text: str) -> bool:
    """Whether a text explains letters and one of them as open: "P - public; E - exempt"."""
    return bool(OPEN_KEY.search(text))


def _is_footnote(sign: str, after: str) -> bool:
    return not re.search(r"\w", sign) and _closes(" ".join(after.split()[:SOON]))


def _closes(meaning: str) -> bool:
    told = any(form.search(meaning) for form in (doubt.CLOSED, marks.STANDS, marks.BARRED, marks.FOR_GOOD, LAW))
    told = told or wording.of_line(meaning) or marks.follows(meaning) or wording.is_for_few(meaning)
    return told and not denials.DENIED.search(meaning) and not NOT_ITEMS.search(meaning)
