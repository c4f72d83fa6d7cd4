"""What a question turns on: the words without which no sentence answers it ("who WON it?", "was he FINED?"), and
whether somebody's name, which is asked for, stands by them."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import takewhile

from bot.question.terms import in_full, says, stem, terms, vocabulary
from bot.question.terms import words as said_words
from indexer.text.known import known_words
from kpi_tools.names import find_entities

WITHIN, BESIDE = 10, 6  # words from what somebody does or is stands who it is; from a post who holds it
_NAMED = re.compile(r"^\W*(?:and |but |so )?(?:[a-z]+ )?(?:what|which) (?P<of>[a-z]+)(?: (?P<next>[a-z]+))?")
_LABEL = re.compile(r"[A-Z][^:;]{0,60}:")  # over a column, and before its cell
_TITLED = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|and|for) )?[A-Z][\w’'-]*)*")
_WORD = re.compile(r"[A-Za-z][\w'’&-]*")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(vocabulary()["words"][name].split())


def asks_who(question: str) -> bool:
    """Whether a question asks for somebody."""
    return says("text.who", question)


def asks_holder(question: str) -> bool:
    """Whether a question asks who holds a post: "who is the treasurer?"."""
    return says("text.holder", question)


def asks_whether(question: str) -> bool:
    """Whether a question is to be answered with yes or no."""
    return says("text.whether", question)


def asks_which(question: str) -> bool:
    """Whether a question asks for one of a kind of thing, which the heading over it may name."""
    return bool(_NAMED.search(in_full(question)))


def point(question: str, terms: Collection[str], names: Collection[str] = ()) -> tuple[str, ...]:
    """Those of a question's terms that it turns on; none where it turns on one of its `names`, which is asked anyway.

    Of "who won the cup" and of "who was the cup won by" what is done; of "which hotel was used" the kind of thing, with
    a word that follows at once: of "which hotel won" both; of "when does the lease end" the last word; of "was the
    driver fined" each.
    """
    left = [t for t in map(stem, said_words(question)) if t in terms]
    if asks_holder(question) and (posts := [t for t in left if t in map(stem, _listed("roles"))]):
        return tuple(posts[:1])
    if asks_who(question):
        return tuple(left[-1:] if says("text.passive", question) else left[:1])
    if asks_whether(question):
        return tuple(dict.fromkeys(left))
    if says("text.last", question):
        said = [t for t in map(stem, said_words(question)) if t in terms or t in names]
        return tuple(t for t in said[-1:] if t in terms)
    named = _NAMED.search(in_full(question))
    wanted = named and (stem(named["of"]), stem(named["next"] or ""))
    return tuple(t for t in left if wanted and t in wanted) if wanted and wanted[0] in left else ()


def has_somebody(text: str, doing: Sequence[int], known: Collection[str], holder: bool = False) -> bool:
    """Whether a name or a role stands by one of the words of `text` at the places `doing`; of `known` terms none is
    what was asked for. Of the `holder` of a post, a name that is no council's and stands over no column."""
    if holder:
        text = _LABEL.sub(lambda m: m[0].lower(), text)
        for _, start, end in find_entities(text):
            text = text[:start] + text[start:end].lower() + text[end:]
    told = list(_WORD.finditer(text))
    places = [at for at, _ in enumerate(told) if _is_somebody(text, told, at, known, holder)]
    return any(abs(at - place) <= (BESIDE if holder else WITHIN) for at in doing for place in places)


def _is_name(text: str, start: int) -> bool:
    """Whether a name stands here: capitals in a row, or one that is no word; with a post among them it is a title, but
    for a name before it."""
    run = next((run for run in _TITLED.finditer(text) if run.start() <= start < run.end()), None)
    if run is None:
        return False
    said = list(takewhile(lambda word: word.lower() not in _listed("roles"), run[0].split()))
    strange = any(word.lower() not in known_words() for word in said)
    if said == run[0].split():
        return len(said) > 1 or strange
    return len(said) > 1 and strange and start < run.start() + len(" ".join(said))


def _is_somebody(text: str, told: Sequence[re.Match[str]], at: int, known: Collection[str], holder: bool) -> bool:
    word = told[at].group()
    low = re.sub(r"['’]s?$", "", word.lower())
    if stem(low) in known or low in _listed("calendar") or not terms(low, "little"):
        return False
    if low in _listed("roles"):
        return not holder
    if not word[0].isupper():
        return False
    if holder:
        return _is_name(text, told[at].start())
    begins = not re.search(r"[\w,&(/–-]\s*$", text[: told[at].start()])
    beside = at + 1 < len(told) and told[at + 1].group()[0].isupper()
    return not begins or beside or word.isupper()
