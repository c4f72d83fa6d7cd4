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
# Who does what the question says, and not who it is done to.
_DOER = re.compile(
    r"^\W*(?:by whom\b|who\s+(?:(?:has|have|had|will|would|can|could|should|must)\s+)?(?:also\s+)?"
    r"(?!(?:is|are|was|were|be|been|do|does|did|has|have|had)\b)\w)"
)
_LABEL = re.compile(r"[A-Z][^:;]{0,60}:")  # over a column, and before its cell
_TITLED = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|and|for) )?[A-Z][\w’'-]*)*")
_WORD = re.compile(r"[A-Za-z][\w'’&]*")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(vocabulary()["words"][name].split())


def asks_who(question: str) -> bool:
    """Whether a question asks for somebody."""
    return says("text.who", question)


def asks_holder(question: str) -> bool:
    """Whether a question asks who holds a post: "who is the treasurer?"."""
    return says("text.holder", question)


def asks_doer(question: str) -> bool:
    """Whether a question asks who does what it says: "who appointed her?", and not "who was appointed?"."""
    return bool(_DOER.match(in_full(question))) or says("text.passive", question)


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
    if asks_who(question):
        return _of_who(question, left)
    if asks_whether(question):
        return tuple(dict.fromkeys(left))
    if says("text.last", question):
        said = [t for t in map(stem, said_words(question)) if t in terms or t in names]
        head = _head(question, left, 1) if says("text.done_to", question) else ()
        return head or tuple(t for t in said[-1:] if t in terms)
    named = _NAMED.search(in_full(question))
    wanted = named and (stem(named["of"]), stem(named["next"] or ""))
    return tuple(t for t in left if wanted and t in wanted) if wanted and wanted[0] in left else ()


def _of_who(question: str, left: Sequence[str]) -> tuple[str, ...]:
    """What a question of somebody turns on: the post, or what is done; where that is said in a word that says little,
    and may be any, what it is done to: "who runs the [car park]"."""
    if asks_holder(question) and (posts := [t for t in left if t in map(stem, _listed("roles"))]):
        return tuple(posts[:1])
    doer = _DOER.match(in_full(question))
    if doer and stem(said_words(in_full(question)[doer.end() - 1 :])[0]) not in left:
        return _head(question, left, 2)
    return tuple(left[-1:] if says("text.passive", question) else left[:1])


def _head(question: str, left: Sequence[str], most: int) -> tuple[str, ...]:
    """The last words `left` of a question before a preposition: "who runs the regatta [car park] in May?", "when
    were residents [consulted] on it?"."""
    told = takewhile(lambda word: word not in _listed("prepositions"), said_words(question))
    return tuple([stem(word) for word in told if stem(word) in left][-most:])


def has_somebody(
    text: str, doing: Collection[str], known: Collection[str], holder: bool = False, does: bool = False
) -> bool:
    """Whether a name or a role stands in one clause of `text` with one of the words `doing`; of `known` terms none is
    what was asked for. Of the `holder` of a post, a name near it that is no council's and stands over no column. Of who
    `does` a thing, what comes before it, or after it with "by" or under its label: who is named before what was done to
    him, or by another, did it not."""
    if holder:
        text = _LABEL.sub(lambda m: m[0].lower(), text)
        for _, start, end in find_entities(text):
            text = text[:start] + text[start:end].lower() + text[end:]
    far, said_so = BESIDE if holder else WITHIN, False
    for clause in [text] if holder else _clauses().split(text):
        told = list(_WORD.finditer(clause))
        at_doing = [at for at, word in enumerate(told) if _bare(word) in doing]
        said_so = said_so or bool(at_doing)
        places = [at for at, _ in enumerate(told) if _is_somebody(clause, told, at, known, holder)]
        near = ((at, who) for at in at_doing for who in places if abs(at - who) <= far)
        if any(not does or _does(clause, told, at, who) for at, who in near):
            return True
    return not said_so and bool(places)  # it is said in two words that mean one


@cache
def _clauses() -> re.Pattern[str]:
    """What stands between one clause and the next."""
    return re.compile(rf"(?<=[.!?;])\s|\b(?=(?:{'|'.join(_listed('opens_clause'))})\b)", re.IGNORECASE)


def _does(text: str, told: Sequence[re.Match[str]], at: int, who: int) -> bool:
    """Whether somebody at the place `who` stands where he does what is said at another."""
    before = {_bare(word) for word in told[max(0, at - 3) : at]}
    if who < at:
        return _listed("undergoes").isdisjoint(before) or _bare(told[at]).endswith("ing")
    return any(_bare(word) == "by" for word in told[at + 1 : who]) or ":" in text[told[at].end() : told[who].start()]


def _bare(word: re.Match[str]) -> str:
    return re.sub(r"['’]s?$", "", word[0].lower())


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
    low = _bare(told[at])
    if stem(low) in known or low in _listed("calendar") or not terms(low, "little"):
        return False
    if low in _listed("roles"):
        return not holder
    if not word[0].isupper():
        return False
    if holder:
        return _is_name(text, told[at].start())
    begins = not re.search(r"[\w,&(/–-]\s*$", text[: told[at].start()])
    beside = re.match(r" ([A-Z][\w’'-]*)", text[told[at].end() :])
    return not begins or word.isupper() or bool(beside and terms(beside[1], "little"))
