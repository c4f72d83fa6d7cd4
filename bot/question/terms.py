"""Words of questions and papers, brought to a common form, with the vocabulary of questions."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby, takewhile
from typing import Any

from Stemmer import Stemmer

from bot.question.phrases import Item, Phrase, classes_of, phrase, said, spoken
from bot.question.spelling import mended
from kpi_tools.vocabulary import words_in

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_ENDS = re.compile(r"['’].*|(?<=\d)s$")  # of a possessive, or of the plural of "P1s"
_PAUSE = re.compile(r"[,;:–-] ")  # after which a question may ask anew
HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_STEMMER = Stemmer("english")
_ITS_OWN = "_"  # stands for a word of the measure's name, so that those about it do not meet
_OF_WHICH = frozenset(
    ["councils", "boroughs", "districts", "authorities", "areas", "months", "quarters", "years", "times"]
)
_BEFORE = ("over", "under", "out", "re", "mis", "with")
TEXTS = 16_000  # whose terms are kept: bench.questions meets 1,600, and papers' texts are long


def vocabulary() -> dict[str, Any]:
    """The words of questions."""
    return words_in("questions")


@cache
def stem(word: str) -> str:
    """A word without its ending: "calls", "calling", "called" are all "call", and "paid" is "pay". Codes and numbers
    stay whole."""
    return word if any(c.isdigit() for c in word) else str(_STEMMER.stemWord(regular(word)))


@cache
def regular(word: str) -> str:
    """An irregular form as its plain word, also behind "over" and the like: "overspent" is "overspend"."""
    irregular: dict[str, str] = vocabulary()["words"]["irregular"]
    before = next((b for b in _BEFORE if word.startswith(b) and word[len(b) :] in irregular), "")
    return before + irregular.get(word[len(before) :], word[len(before) :])


@cache
def _stop(which: str) -> frozenset[str]:
    return frozenset(vocabulary()["words"][which].split())


@cache
def _also() -> dict[str, frozenset[str]]:
    pairs: dict[str, list[str]] = vocabulary()["words"]["also"]
    return {stem(word): frozenset(map(stem, others)) for word, others in pairs.items()}


@cache
def _short() -> tuple[re.Pattern[str], dict[str, str]]:
    meant: dict[str, str] = vocabulary()["words"]["short"]
    either = "|".join(re.escape(short) for short in sorted(meant, key=len, reverse=True))
    return re.compile(rf"(?<![\w&])(?:{either})(?![\w&])"), meant


@lru_cache(maxsize=TEXTS)
def in_full(text: str) -> str:
    """`text` in lower case with its short forms in full, "who's" and "secs", and without slips in its small words."""
    pattern, meant = _short()
    return pattern.sub(lambda m: meant[m.group()], mended(text).lower().replace("’", "'"))


def plainly(question: str) -> str:
    """The question in lower case, without what people say before they ask: "never mind", "so"."""
    low = in_full(question).strip()
    left = re.sub(vocabulary()["words"]["lead_in"], "", low)
    return left if re.search(r"\w", left) else low


def joined(text: str) -> str:
    """A text with its hyphened words written together too: "Tel-Solutions" is also "TelSolutions"."""
    return HYPHENED.sub(lambda word: f"{word[0]} {word[0].replace('-', '')}", text)


def words(text: str) -> list[str]:
    """The lower-case words of `text`: short forms in full, verbs of two words as one, numbers up to twelve in figures,
    possessives and the plural of "P1s" dropped."""
    numbers: dict[str, str] = vocabulary()["words"]["numbers"]
    told = _phrasal().sub(_as_one, in_full(text))
    plain = (w if w.isalpha() else _ENDS.sub("", w) for w in _WORD.findall(told))  # as most words are
    return [numbers.get(word, word) for word in plain]


@cache
def _phrasal() -> re.Pattern[str]:
    pairs: dict[str, str] = vocabulary()["words"]["phrasal"]
    return re.compile(r"\b(?:" + "|".join(re.sub(r"\((?!\?)", "(?:", way) for way in pairs) + r")\b")


def _as_one(found: re.Match[str]) -> str:
    """The one word that says the same as a verb of two."""
    pairs: dict[str, str] = vocabulary()["words"]["phrasal"]
    return next(one for way, one in pairs.items() if re.fullmatch(way, found.group()))


@cache
def numbered(text: str) -> frozenset[tuple[str, str]]:
    """The numbers of `text`, each with the words beside it: ("second", "20") of "within 20 seconds", ("p", "1")."""
    said = words(text)
    found = set()
    for at, word in enumerate(said):
        if lettered := re.fullmatch(r"([a-z]{1,2})(\d{1,2})", word):
            found.add((lettered[1], lettered[2]))
        if word.isdigit():
            after = takewhile(lambda word: word != "per", said[at + 1 : at + 3])  # "22 bins per 100,000" is per no 22
            beside = [w for w in (*after, *said[max(0, at - 1) : at]) if w.isalpha()]
            found |= {(stem(w), word) for w in beside if w not in _stop("little")}
    return frozenset(found)


@lru_cache(maxsize=TEXTS)
def terms(text: str, stop: str = "stop") -> tuple[str, ...]:
    """The stems of the words of `text` that say what it is about, in order, each once.

    `stop` "stop" leaves out all that is said of any measure; "little" only the words that say nothing at all.
    """
    kept = (stem(w) for w in words(text) if w not in _stop(stop) and (len(w) > 1 or w.isdigit()))
    return tuple(dict.fromkeys(kept))


@cache
def said_of_all(kind: str, stop: str = "stop") -> frozenset[str]:
    """The terms that every question of a kind has, and that say nothing of what it is about; `stop` as in `terms`."""
    return frozenset(terms(words_in("questions")["said_of_all"][kind], stop))


def names(path: str) -> Iterable[str]:
    """The names, or the phrases, that phrases.toml has at `path`, as "asked.way"; none where it has nothing there."""
    table = words_in("phrases")
    for name in path.split("."):
        table = table.get(name, {})
    return table


@cache
def _classes() -> dict[str, Item]:
    return classes_of(words_in("phrases")["class"])


@cache
def _phrases(path: str) -> tuple[Phrase, ...]:
    return tuple(phrase(written, _classes()) for written in names(path))


def says(path: str, text: str) -> bool:
    """Whether `text` has one of the phrases at `path`."""
    heard = said(in_full(text))
    return any(p.found(heard) for p in _phrases(path))


def whether(text: str) -> bool:
    """Whether a text asks plainly for yes or no, at its start or after a pause."""
    return not says("stands.openly", text) and any(says("stands.plainly", part) for part in _PAUSE.split(text))


def which(path: str, text: str, *kinds: str) -> str:
    """The first name of the table at `path` with a phrase that `text` has, of the first of its `kinds`; "" for
    none."""
    ways = ((name, f"{path}.{name}.{kind}".strip(".")) for kind in kinds or ("",) for name in names(path))
    return next((name for name, way in ways if says(way, text)), "")


@cache
def _spoken(path: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The stems of the words of the phrases at `path` and below it, and the beginnings of words that they have."""
    below = names(path)
    found = [_spoken(f"{path}.{name}") for name in below] if isinstance(below, dict) else []
    said = frozenset().union(*(spoken(p.way) for p in _phrases(path))) if not found else frozenset()
    begun = {stem(word.rstrip("*")) for word in said if word.endswith("*") and len(word) > 2}
    whole = {stem(word) for word in said if not word.endswith("*")}
    return frozenset(whole).union(*(one for one, _ in found)), (*begun, *(start for _, own in found for start in own))


def heard(term: str, operation: str) -> bool:
    """Whether a term is of a word with which an operation is asked for."""
    paths = (f"operation.{operation}", *names("heard." + operation), *names("heard.all"))
    return any(term in whole or term.startswith(begun) for whole, begun in map(_spoken, paths))


def places(path: str, text: str) -> list[tuple[int, int]]:
    """Where `text` has phrases at `path`, from first to last; of two that overlap, as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for p in _phrases(path) for span in p.spans(said(text))):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(path: str, text: str) -> str:
    """`text` without the phrases at `path`."""
    for start, end in reversed(places(path, text)):
        text = f"{text[:start]} {text[end:]}"
    return text


def stands_for(term: str) -> frozenset[str]:
    """The terms of papers that a question's term may stand for."""
    return _also().get(term, frozenset())


def same(term: str, among: frozenset[str] | set[str]) -> bool:
    """Whether a question's term, or a word that it may stand for, is among the terms of a paper."""
    return term in among or not stands_for(term).isdisjoint(among)


@cache
def familiar(word: str) -> bool:
    """Whether a word is of the vocabulary of questions, and so no slip for another."""
    listed = _stop("stop") | _stop("little")
    return word in listed or stem(word) in _also() or word in vocabulary()["words"]["numbers"]


def besides(low: str, name: str) -> str:
    """What a question says besides the name of its measure: of "did we miss the target for missed bins" no "missed".

    A word said twice is left once, where it stands by itself: it asks, as in "the average average stay". A target is
    never the measure's own, nor are those of which it is asked which they are, or how many: "how many councils missed
    the council tax target?"
    """
    own = {*terms(name), *(stem(w) for w in words(name) if len(w) > 3)}
    said = low.split()
    bare = [stem(word.strip(".,;:?!()'\"")) for word in said]
    named = [b in own and b != stem("target") and w not in _OF_WHICH for b, w in zip(bare, said, strict=True)]
    whole = [b or w in words(name) for b, w in zip(named, said, strict=True)]
    runs = [list(run) for is_own, run in groupby(range(len(said)), whole.__getitem__) if is_own]
    for at in (at for run in sorted(runs, key=len, reverse=True) for at in run):
        if named[at] and bare[at] in own:
            own.discard(bare[at])
            said[at] = _ITS_OWN
    return " ".join(said)
