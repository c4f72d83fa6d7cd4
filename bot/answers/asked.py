"""What a question asks of running text: its words, each with how much it says, its names, what an answer must hold."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from bot.answers.kin import kindred, places, said
from bot.answers.needed import asks_change, asks_why, counted
from bot.answers.point import asks_doer, asks_holder, asks_who, has_somebody, point
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import same, says, stands_for, stem, terms, vocabulary, without
from bot.question.terms import words as said_words
from indexer.retrieval.nearwords import near
from indexer.retrieval.search import Search
from kpi_tools.names import find_entities
from kpi_tools.periods import find_periods

SHORT = 2  # words; a question of no more leans on what its thread is about
NAMED = 0.5  # of what another word of its rarity says, says a name: it is in every passage about whom it names
APART = 0.4  # of what it says is held by a word whose neighbour in the question stands elsewhere
LIGHT = 0.3  # of what another word of its rarity says, says one that no answer need repeat
SEVERAL = 3  # names of one thing: "the Harbour Song Contest"
FEWEST = 0.4  # of the words asked, without which a name tells nothing
VERY = 0.45  # the cosine from which a near word says what a question turns on
NEAR = 3  # words; so close stand words that belong together
_BEGINNING = frozenset(map(stem, ("start", "begin", "commence")))  # that of a meeting is where its hour is told
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]+\b")  # in mid-sentence
_FULL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+\b(?! [A-Z])")  # of two words, as somebody's is
_CODE = re.compile(r"\b[A-Z]+[-/ ]?\d[\w/-]*")  # "RP4-2020", "P5"
_FIGURE = re.compile(r"(?<![\w.,£])£?\d[\d,]*\.\d+\s?%?|(?<![\w.,])\d[\d,]*\s?%|£\d[\d,]*")  # as papers print one
_POSSESSIVE = re.compile(r"['’]s?\s")  # "the council's shares" may be shares of the council


Pair = tuple[str, str]  # of words that stand together


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's terms: the words that say what it is about, and the names that it is about, each with how much it
    says (the fewer passages have it, the more). `forms` are the words that it used, `others` the terms that each may
    stand for, `pairs` those that each stands together with, `joined` how these are written as one, `figures` those that
    it quotes, `alike` how surely other words of the texts say the same, `point` those that the question turns on, `who`
    whether it asks for somebody, `holder` who holds a post, `doer` who does a thing, `full` the names of two words."""

    words: Mapping[str, float]
    names: Mapping[str, float]
    forms: Mapping[str, frozenset[str]]
    others: Mapping[str, frozenset[str]]
    pairs: Mapping[str, Sequence[Pair]] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()
    point: Sequence[str] = ()
    who: bool = False
    holder: bool = False
    doer: bool = False
    full: Sequence[tuple[str, str]] = ()
    alike: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    joined: Mapping[Pair, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def share(
        self, text: str, also: frozenset[str] = frozenset(), of: frozenset[str] = frozenset(), near: bool = True
    ) -> float:
        """How much of the words and names asked a text holds: `part` of what is `held`."""
        return self.part(self.held(text, also, near), of)

    def held(self, text: str, also: frozenset[str] = frozenset(), near: bool = True) -> dict[str, float]:
        """How surely a text holds each word and name asked: 1 as it is, by a word near to it in meaning the
        cosine of the two, 0 not.

        `also` are terms that the text may be taken to hold. Where `near`, a word says less if its neighbours in the
        question are there, but elsewhere.
        """
        told = frozenset(said(text)) | also
        at = {t: places(self.forms[t], t, text) or self._joined(t, text) for t in self.words}
        found = {n: float(same(n, told)) for n in self.names}
        for term in self.words:
            if at[term] or term in also or not self.others[term].isdisjoint(told):
                found[term] = APART if near and at[term] and self._alone(term, at) else 1.0
            else:
                found[term] = max((sure for t, sure in self.alike.get(term, {}).items() if t in told), default=0.0)
        return found

    def part(self, held: Mapping[str, float], of: frozenset[str] = frozenset()) -> float:
        """What part of the words and names asked is held, by how much each says; all of it, where nothing is asked.

        Names alone are not enough where words were asked too, but for a thing that has several. The names in `of` need
        not be held, as all that stands there is theirs.
        """
        found = sum(w * held[t] for t, w in self.words.items())
        names = {n: NAMED * w for n, w in self.names.items() if not same(n, of)}
        words = sum(self.words.values())
        called = len(names) >= SEVERAL and words <= sum(names.values()) and all(held[n] for n in names)
        if words and found < FEWEST * words and not called:
            return found / words
        whole = words + sum(names.values())
        return (found + sum(w * held[n] for n, w in names.items())) / whole if whole else 1.0

    def turns_on(self, text: str) -> bool:
        """Whether a text has each word that the question turns on, or one that says it; and somebody by it, where the
        question asks who."""
        told = said(text)
        doing = {t: {word for own in self._saying(t) for _, word in told.get(own, ())} for t in self.point}
        for term, held in doing.items():
            at = (*places(self.forms[term], term, text), *self._joined(term, text))
            held.update(said_words(text)[n] for n in at)
        if not self.who or not all(doing.values()):
            return all(doing.values())
        known = {*self.words, *self.names}
        return has_somebody(text, set().union(*doing.values()), known, self.holder, self.doer)

    def _saying(self, term: str) -> list[str]:
        """The other terms that say the same as one, or very nearly."""
        return [*self.others[term], *(t for t, sure in self.alike.get(term, {}).items() if sure >= VERY)]

    def lacks(self, held: Mapping[str, float]) -> float:
        """What part of the words asked is the one that says most of those that are not held at all."""
        whole = sum(self.words.values()) + NAMED * sum(self.names.values())
        return max((w for t, w in self.words.items() if not held[t]), default=0.0) / whole if whole else 0.0

    def nearer(self, texts: Iterable[str]) -> "Asked":
        """The same, with the words of these texts that are near in meaning to one asked."""
        irregular: Mapping[str, str] = vocabulary()["words"]["irregular"]
        forms = {irregular.get(form, form): t for t in self.words for form in self.forms[t]}
        found: dict[str, dict[str, float]] = {}
        for form, others in near(forms, {w for text in texts for w in said_words(text)}).items():
            sure = found.setdefault(forms[form], {})
            for word, cosine in others.items():
                sure[stem(word)] = max(sure.get(stem(word), 0.0), cosine)
        return replace(self, alike=found)

    def _joined(self, term: str, text: str) -> tuple[int, ...]:
        """Where a text writes a word together with its neighbour in the question: "datacentre"."""
        told = said(text)
        both = [one for pair in self.pairs.get(term, ()) for one in self.joined[pair] if one[1] in told]
        return tuple(at for word, of in both for at in places((word,), of, text))

    def _alone(self, term: str, at: Mapping[str, Sequence[int]]) -> bool:
        """Whether a word's neighbours in the question are all held, and none of them beside it."""
        beside = self.pairs.get(term, ())
        return bool(beside) and all(
            at[a] and at[b] and not any(abs(y - x) <= NEAR for x in at[a] for y in at[b]) for a, b in beside
        )


def paired(
    beside: Sequence[Pair], forms: Mapping[str, Iterable[str]]
) -> tuple[dict[str, list[Pair]], dict[Pair, list[tuple[str, str]]]]:
    """`pairs` and `joined` of the words that stand beside one another."""
    pairs: dict[str, list[Pair]] = {}
    for pair in beside:
        for term in set(pair):
            pairs.setdefault(term, []).append(pair)
    return pairs, {(a, b): [(x + y, stem(x + y)) for x in forms[a] for y in forms[b]] for a, b in beside}


def asked(plan: Plan, search: Search, exempt: bool, measures: Sequence[Entry]) -> Asked:
    """The question's words, names apart; of a follow-up, those of its topic too. Of a question for a reason not how
    good or bad a thing is, unless that is all: "why so bad?"."""
    codes = {t for e in measures for t in terms(e.code, "little")}
    dated = set(terms(plan.period, "little"))
    named = {t for m in _NAME.finditer(plan.question) for t in terms(m.group(), "little")}
    councils = [(e, plan.question[start:end]) for e, start, end in find_entities(plan.question, plan.entities)]
    called = {t for _, said in councils for t in terms(said, "little")}  # by whatever name: "East Hants"
    named -= {t for e, said in councils if e in plan.entities for t in terms(said, "little")}
    named |= {t for e in plan.entities for t in terms(e, "little")}
    named |= {t for m in _CODE.finditer(plan.question) for t in terms(m.group(), "little")}
    named -= {t for service in plan.services for t in terms(service, "little")}  # often said for a part of a paper
    named -= codes | dated
    plain = plainly(plan)
    own = terms(plain, "little")
    more = () if len(own) > SHORT else [t for t in plan.topic if t not in terms(plan.question, "little")]
    left = {*own, *more} - named - dated - codes - called
    if says("needed.clock", plan.question):
        left -= _BEGINNING
    if asks_change(plan):
        left -= {
            t for t in left if says("text.moves", " ".join(_forms(plan.question, t)))
        }  # papers say it as they like
    if asks_why(plan):
        calm = left - set(terms(vocabulary()["words"]["moods"], "little"))
        left = calm if measures else calm or left
    forms = {t: frozenset(_forms(plan.question, t)) for t in left | named}
    others = {t: stands_for(t).union(*map(kindred, forms[t])) for t in left | named}
    weights = search.weights({t: (*forms[t], *others[t]) for t in left | named}, exempt)
    runs = [] if measures else _POSSESSIVE.split(plain)  # papers call a measure what they like
    rows = ([stem(w) for w in said_words(run)] for run in runs)
    beside = [(a, b) for row in rows for a, b in pairwise(row) if a in left and b in left]
    pairs, joined = paired(beside, forms)
    figures = frozenset(_bare(m.group()) for m in _FIGURE.finditer(plain))
    full = [(stem(a), stem(b)) for a, b in (m.group().lower().split() for m in _FULL.finditer(plan.question))]
    light = {stem(w) for w in vocabulary()["words"]["light"].split()}
    holder = asks_holder(plan.question)
    turn = () if asks_why(plan) or asks_change(plan) else point(plain, left if holder else left - light, named)
    if (thing := stem(counted(plan.question))) in left - light:
        turn = (*turn, thing)
    told = named or not left <= light  # "what is done about it?" is of nothing
    said = {t: weights[t] * (LIGHT if t in light else 1.0) for t in left if told}
    names = {t: weights[t] for t in named}
    who = asks_who(plan.question)
    doer = asks_doer(plan.question)
    return Asked(said, names, forms, others, pairs, figures, turn, who, holder, doer, full, joined=joined)


def plainly(plan: Plan) -> str:
    """The question without its periods, as "last year" is held against days and not words; and without what asks how
    much or which way, or only fills it: "get", "take place"."""
    left = plan.question
    today = date.fromisoformat(plan.today) if plan.today else date.max
    for _, start, end in sorted(find_periods(left, today), key=lambda found: -found[1]) if plan.since else ():
        left = f"{left[:start]} {left[end:]}"
    for aside in ("asked.fillers", "asked.why", "asked.every_time"):
        left = without(aside, left)
    return left


def _forms(text: str, term: str) -> Sequence[str]:
    """The words of a text that a term is the stem of; the term itself, where it is from elsewhere."""
    return [w for w in said_words(text) if stem(w) == term] or [term]


def _bare(figure: str) -> str:
    return re.sub(r"[\s,]", "", figure)


def figures_of(text: str) -> frozenset[str]:
    """The figures of a text that are printed as such: "44.44%", "£1,200"."""
    return frozenset(_bare(m.group()) for m in _FIGURE.finditer(text))
