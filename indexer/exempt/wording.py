"""What the words of `kpi_tools/vocabulary/marks.toml` say: lines and fields that are made of nothing else, names of
files, and sentences told by patterns of words."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, Literal

from kpi_tools.vocabulary import words_in

Said = Literal["closes", "opens", ""]

LONGEST = 24  # words of a line that is a mark and nothing else
GAP = r"(?:\W+\w+){0,8}?\W+"  # ".." in a pattern
WORD = re.compile(r"[a-z\d]+")
FIELD = re.compile(r"^(?P<label>[^:?|]*?\w)\s*(?:[:?|\t]+|\s[-–—]\s)[\s:|–—-]*(?P<value>\w.*)$")
SIGNS = {"<number>": r"\d+", "$": r"\W*$", "^": r"^(?:\d[\d.]*\W+)?"}
MISSPELT = ("exempt", "confidential", "restricted", "publication", "exclusion")  # by one letter, in a mark
ANSWERS = (["yes"], ["no"])
BOX = re.compile(r"([☐☒☑✓✔✗✘□■▢❑]|\[[ xX]?\])")
TICKED = re.compile(r"[☒☑✓✔✗✘■]|\[[xX]\]")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOLID = re.compile(r"[^\W\d_]{5,}")
BRACKETED = re.compile(r"[(\[]([^()\[\]]{4,60})[)\]]")
NUMBER = re.compile(r"\d+[a-z]?|[a-z]")


def of_line(text: str) -> bool:
    """Whether a line is a mark, being made of such words alone."""
    words = _words(text)
    if not words or len(words) > LONGEST or not _is_made_of_them(words) or ("?" in text and words[-1] == "no"):
        return False
    rest = _phrases("line", "closing").sub(" ", f" {' '.join(words)} ").split()
    denied = _has(rest, "denying")
    if _has(words, "ground") and any(word.isdigit() for word in words) and (_has(words, "law") or _has(words, "asked")):
        return not denied
    if rest != words:
        return not (denied or _has_open(rest)) or _is_denied_open(words)
    return denied and (_has(rest, "opening") or ("be" in rest and _has_open(rest)))


def _is_denied_open(words: list[str]) -> bool:
    """Whether it says that something is not to be open, with no word that closes between: "not to be released"."""
    parts = _phrases("line", "closing").sub(" | ", f" {' '.join(words)} ").split("|")
    denied = (_phrases("line", "denying").search(f" {part.strip()} ") for part in parts)
    return any(each and _has_open(each.string[each.end() :].split()) for each in denied)


def asks_what_is_closed(text: str) -> bool:
    """Whether a header asks what is not to be open, as "Item not open" and "Schedule 12A paragraph" do, being made of
    such words alone."""
    words = _words(text)
    asked = (_has(words, "denying") and _has_open(words)) or _has(words, "law")
    return asked and _is_made_of_them(words)


def asks_what_is_open(text: str) -> bool:
    """Whether a header asks what is to be open, as "Web copy" does, being made of such words alone."""
    words = _words(text)
    return _has_open(words) and not _has(words, "denying") and _is_made_of_them(words)


def of_bracket(text: str) -> bool:
    """Whether what a text has in brackets is a mark: "Sale of the depot [Part 2 - not public]"."""
    return any(of_line(found[1]) for found in BRACKETED.finditer(text))


def spelt(text: str) -> str:
    """The text with the words that close spelt as they are meant to be: a letter too many, too few, wrong, or two that
    changed places."""
    return SOLID.sub(lambda found: _slips().get(found[0].lower(), found[0]), text)


def ticked(text: str) -> str:
    """The text with, of what stands beside boxes, that alone which is ticked: "Access: Private" of "Access: ☐ Public
    ☒ Private"."""
    label, *rest = BOX.split(text)
    if not any(map(TICKED.fullmatch, rest)):
        return text
    before = not label.strip() or label.rstrip().endswith((":", "?"))
    said = rest[1::2] if before else [label, *rest[1:-1:2]]
    chosen = [words.strip() for box, words in zip(rest[::2], said, strict=False) if TICKED.fullmatch(box)]
    return " ".join([label.strip(), *chosen] if before else chosen).strip() or text


def of_field(text: str) -> Said:
    """What a field of a report's front says, given as "label: value": the answer to a question, or a reason."""
    field = FIELD.match(text)
    words = _words(text)
    answered = words[-1:] in ANSWERS  # of a row of which the cells stand side by side
    label, value = (words[:-1], words[-1:]) if answered else ([], [])
    label, value = (_words(field["label"]), _words(field["value"])) if field else (label, value)
    if not label or not _is_made_of_them(label):
        return ""
    closing = _has(label, "closing") or _has(label, "asked") or (_has(label, "denying") and _has_open(label))
    asked = not closing and _has_open(label)
    first = f" {' '.join(value)} "
    begins = _phrases("line", "closing").match(first)
    if _phrases("value", "named").search(f" {' '.join(label)} ") and (begins or _is_made_of_them(value)):
        closed = _has(value, "closing") and not _has(value, "denying")
        return "closes" if closed or _phrases("value", "closed").search(first) else ""
    if _phrases("value", "no").match(first):
        return "closes" if asked else "opens" if closing else ""
    grounded = _has(value[:3], "ground") or _has(value[:4], "law")
    if closing and (grounded or _phrases("value", "yes").match(first)):
        return "closes"
    return "closes" if asked and grounded else ""


def of_ground(text: str) -> bool:
    """Whether a text is a paragraph's number and nothing else, as behind an item of an agenda: "Para 3"."""
    words = _words(text)
    return _is_made_of_them(words) and _has(words, "ground") and any(word.isdigit() for word in words)


def is_guarded(text: str) -> bool:
    """Whether a line has a word of how few may handle what, as "Limited circulation" has; it may speak of else."""
    words = f" {' '.join(_words(text))} "
    return all(_phrases("guarded", kind).search(words) for kind in ("limits", "handled"))


def is_for_few(text: str, seen: Literal["seen", "sat", ""] = "seen") -> bool:
    """Whether a sentence or a line says, in whatever words, that a paper is "seen", or a meeting "sat" in, by few; ""
    where its items are known by their numbers, and no word need tell how."""
    words, told = _words(text), _vocabulary()["access"]
    if len(words) > told["most"]:
        return False
    few, sole, crowd, barred, how, other = (
        not kind or bool(_phrases("access", kind).search(f" {' '.join(words)} "))
        for kind in ("few", "sole", "crowd", "barred", seen, "elsewhere")
    )
    short = seen == "seen" and len(words) <= told["short"]
    return not other and ((few and sole and (how or short)) or (how and crowd and barred))


def of_name(text: str) -> bool:
    """Whether the name of a file has a word that closes in short."""
    return bool(_phrases("name", "closing").search(f" {' '.join(_words(text))} "))


def of_sentence(text: str, kind: str) -> bool:
    """Whether a sentence says so, of its "item" or of what "follows"."""
    found = ((pattern.search(text), denies) for pattern, denies in _sentences(kind))
    return any(each and (denies or kind != "item" or not _has(_words(each[0]), "denying")) for each, denies in found)


def either(phrases: Iterable[str]) -> str:
    """Any of these phrases as a regular expression, whatever parts their words."""
    return _either(phrases, r"\W+")


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("'", "").replace("’", ""))


def _is_made_of_them(words: list[str]) -> bool:
    return all(word in _known() or NUMBER.fullmatch(word) for word in words)


def _has_open(label: list[str]) -> bool:
    return _has(label, "opening") or _has(label, "opened")


def _has(words: list[str], kind: str) -> bool:
    return bool(_phrases("line", kind).search(f" {' '.join(words)} "))


def _vocabulary() -> dict[str, Any]:
    return words_in("marks")


@cache
def _slips() -> dict[str, str]:
    """Each misspelling of a word that closes, with the word, but for those that are words themselves."""
    found = {slip: word for word in MISSPELT for slip in _near(word)}
    return {slip: word for slip, word in found.items() if slip not in _vocabulary()["words"]["own"]}


def _near(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        yield from (head + letter + tail[1:] for letter in LETTERS)
        yield from (head + letter + tail for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


@cache
def _known() -> frozenset[str]:
    """All words of which a line that is a mark may be made."""
    told = _vocabulary()["line"]
    return frozenset(word for kind in told for phrase in _spelled_out(told[kind]) for word in _words(phrase))


@cache
def _phrases(part: str, kind: str) -> re.Pattern[str]:
    """Any of the phrases of a list, as whole words among words that one blank parts."""
    return re.compile(rf" (?:{_either(_spelled_out(_vocabulary()[part][kind]), ' ')})(?= )")


def _spelled_out(phrases: Iterable[str]) -> Iterator[str]:
    """Each phrase; one that is made of classes with each of their words in turn."""
    classes = _vocabulary()["class"]
    for phrase in phrases:
        yield from map(" ".join, product(*(classes[w[1:-1]] if w[0] == "<" else [w] for w in phrase.split())))


@cache
def _sentences(kind: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns of a kind, each with whether it has itself a word that denies."""
    told = _vocabulary()["said"][kind]
    return tuple((re.compile(_pattern(said), re.IGNORECASE), _has(said.split(), "denying")) for said in told)


def _pattern(said: str) -> str:
    """A pattern of words as a regular expression."""
    parts = said.split()
    made = r"\b"
    for at, part in enumerate(parts):
        joint = "" if part == "$" or at == 0 or part == ".." or parts[at - 1] in ("..", "^") else r"\W+"
        made += GAP if part == ".." else f"{joint}(?:{_alternatives(part)})"
    return made if parts[-1] == "$" else rf"{made}\b"


def _alternatives(part: str) -> str:
    if part in SIGNS:
        return SIGNS[part]
    classes = _vocabulary()["class"]
    phrases = [p for each in part.split("|") for p in (classes[each[1:-1]] if each[0] == "<" else [each])]
    return _either(phrases, r"\W+")


def _either(phrases: Iterable[str], blank: str) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(blank.join(map(re.escape, phrase.split())) for phrase in longest_first)
