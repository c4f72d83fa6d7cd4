"""Answers about what a meeting asked for, and whether a later paper takes it up: with both places, unsure as unsure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.answers import meant
from bot.answers.builder import Builder
from bot.answers.people import day_of, no_such_meeting, of_meeting, quote_of
from bot.question.plan import Plan
from bot.question.terms import said_of_all, same, says, terms
from corpus.paper import Place, place_named
from kpi_tools.ledger import Record

if TYPE_CHECKING:
    from indexer.retrieval.search import Hit

Later = Callable[[str, date], Sequence["Hit"]]  # the passages nearest to a text, of the papers after a day

MOST = 8  # requests put into words
MOST_TEXT = 40  # words of what a later paper says
MOST_FOLLOWED = 5  # where what came of each is told, too
LEAST_OWN = 4  # words that a sentence needs to say what it asks for
SURE = 0.75  # of a request's words, that a later passage holds
ALIKE = 0.55  # in meaning: perhaps the same
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")
_SAID_OF_ALL = said_of_all("requests")
_EVERY = frozenset(terms("would will should discussion considered consideration explored invited be present"))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A sentence of a later paper that has the words of a request; `sure`: nearly all of them."""

    place: Place
    text: str
    sure: bool


def answer(plan: Plan, records: Sequence[Record], builder: Builder, later: Later) -> str:
    """What a meeting asked for, of the meeting or the thing that is asked; "" where no notes say it."""
    if records and not of_meeting(plan, records):
        return no_such_meeting(plan, records, builder)
    about = [t for t in meant.by_title(meant.asked(plan), records, builder)[1] if t not in _SAID_OF_ALL]
    texts = meant.of_fields("text", "about", "of", "by")
    chosen = of_meeting(plan, meant.about(about, records, texts) if about else records)
    follow = len(chosen) == 1 or says("people.followed", plan.question)
    for record in chosen[: MOST_FOLLOWED if follow else MOST]:
        fields = record.fields
        builder.cite(record.place, quote_of(record))
        asked = "".join(f" ({name} {fields[name]})" for name in ("by", "of") if fields[name])
        builder.lines.append(f"• {fields['meeting']}: {_said(record)}{asked}")
        builder.listed.append(_said(record))
        if follow:
            _tell(_taken(record, later), builder)
    left = len(chosen) - (MOST_FOLLOWED if follow else MOST)
    builder.more(left, "requests")
    return "answered" if chosen else ""


def _said(record: Record) -> str:
    """What was asked for, with the sentence before it where it leaves to that what it is about ("this")."""
    text, about = record.fields["text"], record.fields["about"]
    before = _SENTENCE.split(about[: about.find(text)].strip())[-1] if text in about else ""
    return f"{before} {text}".strip() if len(_words(text)) < LEAST_OWN else text


def _tell(taken: _Taken | None, builder: Builder) -> None:
    if taken is None:
        builder.lines.append("  No later paper was found to take it up.")
        return
    where = f"{taken.place.document}, {place_named(taken.place.label, taken.place.page)}"
    builder.cite(taken.place, f"{where}: {taken.text}")
    how = "A later paper takes it up" if taken.sure else "Perhaps taken up later, but that is not certain"
    builder.lines.append(f"  {how} ({where}): “{taken.text}”")


def _taken(record: Record, later: Later) -> _Taken | None:
    """What a later paper says that is nearest to a request; None where nothing is near enough.

    The notes that the request stands in are no answer to it.
    """
    day = day_of(record)
    if day is None:
        return None
    at = record.place
    hits = [h for h in later(_said(record), day) if not _in_notes(h.passage.places[0], at)]
    told = [(_fit(record, hit), hit) for hit in hits]
    near = [pair for pair in told if pair[0] >= SURE or (pair[1].similarity or 0.0) >= ALIKE]
    if not near:
        return None
    score, hit = max(near, key=lambda pair: (pair[0] >= SURE, pair[1].similarity or pair[0]))
    wanted = _words(_said(record))
    sentence = max(_SENTENCE.split(hit.passage.text), key=lambda s: sum(same(t, set(terms(s))) for t in wanted))
    said = sentence.split()
    text = sentence if len(said) <= MOST_TEXT else f"{' '.join(said[:MOST_TEXT])} …"
    return _Taken(hit.passage.places[0], text, score >= SURE)


def _in_notes(place: Place, notes: Place) -> bool:
    same_item = bool(notes.item) and place.item == notes.item
    return place.document == notes.document and (same_item or place.page == notes.page)


def _fit(record: Record, hit: "Hit") -> float:
    """How much of a request's words a passage has."""
    wanted, held = _words(_said(record)), frozenset(terms(f"{hit.passage.heading} {hit.passage.text}"))
    return sum(same(t, held) for t in wanted) / len(wanted) if wanted else 0.0


def _words(text: str) -> list[str]:
    """What a request is about, without the words of asking."""
    return [t for t in terms(text) if t not in _SAID_OF_ALL | _EVERY]
