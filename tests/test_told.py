"""What text and records tell: the reason first, the hour of a meeting, one of a list, and the page overleaf."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answer import Citation, Given
from bot.answers.builder import Builder
from bot.answers.kin import in_other_words, kindred
from bot.answers.needed import has_needed
from bot.answers.overleaf import overleaf
from bot.answers.point import point
from bot.answers.reason import noted
from bot.answers.text import Dated, answer
from bot.engine import Engine
from bot.question.entries import Entry
from bot.question.meaning import TAKEN, Meanings, Near
from bot.question.plan import Plan
from bot.question.pointed import of_rows, pointed, the_one
from bot.question.terms import stem, terms
from corpus.paper import Passage, Place
from indexer.retrieval.search import Hit, Search

TODAY = date(2021, 10, 6)
SPENT = "what did Ann Cook spend"
AT = Place("a.pdf", 1, "", "", 0, -1, -1, (0, 0, 1, 1))


class Shelf(Search):
    """A search that finds the same passages whatever is asked, near in meaning, and takes each word for as rare."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def find(self, question: str, limit: int = 8, exempt: bool = True, also: str = "") -> list[Hit]:  # noqa: ARG002
        return [
            Hit(f"1-{at}", Passage(text, "", (AT,), False), "", 1.0, 1, None) for at, text in enumerate(self._texts)
        ]

    def is_near(self, question: str, texts: Iterable[str], least: float) -> bool:  # noqa: ARG002
        return True

    def weights(self, words: Mapping[str, Sequence[str]], exempt: bool = True) -> dict[str, float]:  # noqa: ARG002
        return dict.fromkeys(words, 1.0)

    def after(self, hit: Hit, exempt: bool = True) -> Passage | None:  # noqa: ARG002
        following = int(hit.id.rpartition("-")[2]) + 1
        return Passage(self._texts[following], "", (AT,), False) if following < len(self._texts) else None


FERRIES = Entry("f", "Harbour", "HB3", ("Ferries on time",), (), (), frozenset(), frozenset(), frozenset())
JUNE = ("June 2021", date(2021, 6, 1), date(2021, 6, 30))


def told(question: str, *texts: str, **more: Any) -> str:
    """What is quoted of these passages; "" where nothing is. `more` is what the answer is given besides them."""
    builder = Builder({})
    plan = Plan(question, "text", "value", topic=terms(question), today=TODAY.isoformat())
    if more.get("measures"):
        plan = replace(plan, subject="why", period=JUNE[0], since=JUNE[1].isoformat(), until=JUNE[2].isoformat())
    status = answer(plan, Shelf(*texts), ("a.pdf",), True, builder, **more)
    return " ".join(builder.lines) if status == "answered" else ""


def test_the_sentence_that_gives_the_reason_goes_first() -> None:
    """A sentence with all words of the question and no cause gives way to one with fewer that says because of what."""
    said = told(
        "why did the ferry timetable change?",
        "The ferry timetable did change, and the change to the ferry timetable was noted.",
        "The ferry timetable was altered due to silting of the berth.",
    )
    assert said.startswith("The ferry timetable was altered due to silting")


@pytest.mark.parametrize(
    ("sentence", "gives"),
    [
        ("The ferry was late, pending repair of its engine.", True),
        ("The following ferry was late.", False),  # "the following" follows from nothing
        ("The impacts on the ferry are listed.", False),
        ("Fog impacted the ferry.", True),
    ],
)
def test_what_gives_a_reason(sentence: str, gives: bool) -> None:
    """Words that only look like a cause are none: beside a plain cause they do not win."""
    other = "The late ferry and its being late, late ferry by ferry, because of fog."
    assert told("why was the ferry late?", sentence, other).startswith(sentence if gives else other) or gives


@pytest.mark.parametrize(
    ("when", "page", "newest", "gives"),
    [
        ("", "The fair of May.", ("a.pdf",), True),  # it speaks of the figures that the paper ends with
        ("", "The fair of May.", (), False),
        ("", "The fair of June.", (), True),
        (" in June 2021", "The fair of May.", (), True),
        (" in May 2021", "The fair of June.", ("a.pdf",), False),
    ],
)
def test_a_reason_is_of_the_time_that_it_names(when: str, page: str, newest: tuple[str, ...], gives: bool) -> None:
    """Where it names none, it is of the paper's last figures, or of what its page tells of."""
    passage = f"A failure of HB 3 followed{when}. It was due to silting."
    dated = Dated(newest=frozenset(newest))
    assert bool(told("why did HB3 fail in June?", passage, page, measures=(FERRIES,), dated=dated)) is gives


def test_words_that_say_nothing_find_nothing() -> None:
    """Without a name or a thing beside them; what was done, then, is of anything."""
    assert not told("what is being done about it?", "This will be done before 31 March.")
    assert told("what is being done about the ferry?", "The ferry will be done up before 31 March.")


def test_what_is_denied_at_once_is_told_with_its_denial() -> None:
    """A sentence that the next one takes back would say the contrary by itself."""
    passage = "It seemed that the ferry sails had torn. This was not so. New ones were bought."
    assert told("had the ferry sails torn?", passage) == passage.removesuffix(" New ones were bought.")
    assert (
        told("had the ferry sails torn?", "The ferry sails had torn. This was in May.") == "The ferry sails had torn."
    )


def test_the_latest_meeting_is_that_of_its_own_notes() -> None:
    """Its words are no words of what was said at it; and what another meeting's notes, or no notes, tell is not it."""
    text = "A concern about the ferry sails was raised."
    asked = "what concerns about the ferry sails were raised at the last meeting?"
    assert told(asked, text, dated=Dated({("a.pdf", 1): "7 July 2021"})) == text
    assert not told(asked, text, dated=Dated({("a.pdf", 1): "7 July 2021", ("a.pdf", 9): "1 September 2021"}))
    assert not told(asked, text)


def test_what_leads_on_is_told_with_what_it_leads_to() -> None:
    """A sentence that ends with a colon is told with what stands under it."""
    said = told("what must the harbour board ensure?", "The harbour board must ensure:", "that the lights are lit.")
    assert said == "The harbour board must ensure: that the lights are lit."


@pytest.mark.parametrize(
    ("one", "other"), [("sold", "disposal"), ("ended", "closed"), ("ended", "adjourned"), ("moving", "transferred")]
)
def test_kindred_words_say_the_same(one: str, other: str) -> None:
    """A question's word is heard in another of its kin, and searched for in all of them."""
    assert stem(other) in kindred(one) and stem(other) in map(stem, in_other_words((one,)).split())
    assert not kindred("ferry") and not in_other_words(("ferry",))


@pytest.mark.parametrize(
    ("question", "text", "has"),
    [
        ("what time did it end?", "It closed at 3.10pm.", True),
        ("what time did it end?", "It closed on 7 July 2021.", False),
        ("when will it open?", "Opening: TBC", True),  # that it is not known yet is what the papers say
        ("when will it open?", "It opens to the public.", False),
        ("how much did the port get for its shares?", "The port holds 19% of the shares.", False),
        ("how much did the port get for its shares?", "The shares were sold for £3m.", True),
    ],
)
def test_what_an_answer_must_hold(question: str, text: str, has: bool) -> None:
    """An hour, a day or that it is to be confirmed, an amount of money."""
    assert has_needed(Plan(question, "text", "value"), text) is has


def test_a_budget_is_an_amount() -> None:
    """Unless it is asked who pays: a title that only names the budget tells nothing of it."""
    asked = Plan("what was last year's client budget?", "budget_line", "value")
    assert not has_needed(asked, "Draft Client Budget, 22/23")
    assert has_needed(asked, "The client budget was £7,000.")
    assert has_needed(Plan("who pays for the clerk?", "budget_line", "value"), "The parish pays for the clerk.")


def test_who_did_it_turns_on_what_was_done() -> None:
    """Said the other way round too."""
    assert point("who was the auditor paid by?", terms("auditor paid")) == (stem("paid"),)
    assert point("who paid the auditor?", terms("paid auditor")) == (stem("paid"),)


@pytest.mark.parametrize("question", ["what time did the July meeting finish?", "when did the meeting end?"])
def test_the_hour_is_told_in_whatever_words(engine: Engine, question: str) -> None:
    """ "finish" is heard in "ended", and a line that looks like a heading is kept."""
    assert "3.10" in engine.ask(question, TODAY).answer


def test_a_number_of_things_is_no_measure_that_is_only_like_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "How many" is not answered by a measure found by meaning alone below the likeness from which one is taken."""
    entry = next(e for e in engine.catalogue(True).entries if "surveys" in e.name.lower())

    def ask(alike: float) -> str:
        monkeypatch.setattr(Meanings, "nearest", lambda *_: [Near(entry, alike)])
        return engine.ask("how many questionnaires were sent back by users in Brent?", TODAY).status

    assert ask(TAKEN - 0.01) == "not_found"
    assert ask(TAKEN + 0.01) != "not_found"


def test_a_budget_s_line_gives_way_to_no_measure_that_is_like_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that answers stands, though all that it tells are figures."""
    question = "what was the training budget?"
    line = engine.ask(question, TODAY)
    entry = next(e for e in engine.catalogue(True).entries if "surveys" in e.name.lower())
    monkeypatch.setattr(Meanings, "nearest", lambda *_: [Near(entry, 1.0)])
    assert line.status == "answered"
    assert engine.ask(question, TODAY).answer == line.answer


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("why is the second one still open?", "why is B-2 still open?"),
        ("and the first?", "and A-1?"),
        ("who leads the last of those?", "who leads C-3?"),
        ("the third item on the agenda", ""),  # that is of another list
        ("and the fourth one?", ""),  # there is none
        ("what was the second quarter like?", ""),
    ],
)
def test_one_of_a_list_is_pointed_at(question: str, means: str) -> None:
    """By where it stood, and only in the list that was given."""
    before = Plan("which are open?", "rectification", "value", listed=("A-1", "B-2", "C-3"))
    assert pointed(question, before).strip() == means
    assert pointed(question, None) == ""


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("who leads on it?", "who leads on Quayside repairs?"),
        ("why?", "why Quayside repairs?"),
        ("what is the reason?", "what is the reason Quayside repairs?"),
        ("and amber?", "which items are rated amber?"),
        ("what about the green ones?", "which items are rated green?"),
        ("what about paused?", ""),  # the question before was of no state
        ("which items are overdue?", ""),  # of all
        ("who is the treasurer?", ""),  # of something else
        ("what does IT say?", ""),  # of a service
    ],
)
def test_what_says_nothing_of_its_own_is_of_the_one_thing_told(question: str, means: str) -> None:
    """A colour stands in the place of the one asked before; nothing is meant where several were told of."""
    before = Plan("which items are rated red?", "plan_item", "value", thing="Quayside repairs")
    assert pointed(question, before) == means
    assert pointed("who leads on it?", replace(before, thing="")) == ""
    assert pointed("and Hart?", replace(before, question="What is late at Havant?")) == "What is late at Hart?"
    assert the_one(["Quayside: survey", "Quayside: paint"]) == "Quayside" and the_one(["Quayside", "Dredging"]) == ""


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("and the year before?", "what was spent on verges in 2020/21?"),
        ("and in 2019/20?", "what was spent on verges in 2019/20?"),
        ("and what was spent on trees in 2019/20?", ""),  # of something else
        ("and the verges?", ""),  # of no time
    ],
)
def test_records_are_asked_again_of_another_time(question: str, means: str) -> None:
    """The time stands in the place of the one asked before."""
    asked = "what was spent on verges in 2021/22?"
    span = {"since": "2021-04-01", "until": "2022-03-31", "today": "2022-05-01"}
    before = Plan(asked, "budget_line", "value", period="2021/22", **span)  # type: ignore[arg-type]
    assert pointed(question, before) == means
    assert pointed(question, replace(before, subject="kpi")) == ""


def test_a_note_beside_a_figure_is_its_reason() -> None:
    """In words; a figure of another year is none."""
    figure = Given(
        "", "", "Website up", "Hart", "Q1", "", "", "99.1", "%", "99.1% (first quarter had a launch)", None, None, 1
    )
    assert noted(Builder({}, figures=[figure]))
    assert not noted(Builder({}, figures=[replace(figure, printed="20.1% (May 22/23 was 21.4%)")]))


def test_a_list_is_remembered_over_several_turns(engine: Engine) -> None:
    """Each question points at the list, whatever was asked of it between."""
    asked = ("Which rectification plans are still open?", "why is the second one still open?", "and the first?")
    every, second, first = (engine.ask(question, TODAY, thread="list").answer for question in asked)
    assert every.index("RP1-2020") < every.index("RP4-2020")
    assert second.startswith("RP4-2020") and first.startswith("RP1-2020")


def test_a_question_that_says_all_itself_takes_nothing_from_its_thread(engine: Engine) -> None:
    """ "Why" opens what leans on the thread, unless it says what it asks about."""
    asked = ("how did Havant PI002 for calls trend this year?", "why was the committals rectification plan opened?")
    last = [engine.ask(question, TODAY, thread="whole") for question in asked][-1]
    assert "Calls Answered" not in last.answer


def test_a_risk_that_has_no_such_number_is_not_found(engine: Engine) -> None:
    """A number that none has names none; all of them are no answer."""
    assert engine.ask("who owns risk 77?", date(2018, 3, 1)).status == "not_found"


def test_a_row_cut_by_a_pages_end_cites_both_pages() -> None:
    """So does a paragraph; a row that ends on its page cites that one."""
    first, second = (
        Place("a.pdf", 1, "1", "", 1, 4, -1, (0, 0, 1, 1)),
        Place("a.pdf", 2, "2", "", 1, 4, -1, (0, 0, 1, 1)),
    )
    cut = Passage("Plan: Dredge the harbour; Update: The dredger was hired in the spring", "", (first, second), False)
    whole = Passage("Plan: Paint the lighthouse; Update: The paint was bought in the autumn", "", (first,), False)

    def cited(quote: str) -> list[int]:
        citation = Citation("a.pdf", "", 1, "1", "", quote, (0, 0, 1, 1))
        return [c.page for c in overleaf([citation], lambda _, page: [whole, cut] if page == 1 else [])]

    assert cited("Dredge the harbour | The dredger was hired in the spring") == [1, 2]
    assert cited("Paint the lighthouse | The paint was bought in the autumn") == [1]


@pytest.mark.parametrize(
    ("asked", "follow", "meant"),
    [
        ("how much was Ann Cook paid?", "and Bell Ltd?", ["how much was bell ltd paid", "bell ltd Ann Cook "]),
        ("what is the Ann Cook grant?", "how much was spent?", ["how much was spent Ann Cook "]),
        (SPENT, "is that more than the grant?", [f"{SPENT}; is that more than the grant"]),
        ("how much was Ann Cook paid?", "what is the weather like in the north of France this week?", []),
        ("how much was Ann Cook paid?", "who chairs the harbour board?", []),
        ("how much was Ann Cook paid?", "who got the least?", ["how much was paid who got the least"]),
    ],
)
def test_a_row_that_was_told_of_may_be_meant_again(asked: str, follow: str, meant: list[str]) -> None:
    """Of another row, of all rows, of another column, of two columns; no question that says itself what it is about."""
    before = Plan(asked, "budget_line", "value", thing="Ann Cook")
    assert [text for text, _ in of_rows(follow, before)] == meant
    assert list(of_rows(follow, replace(before, thing=""))) == []
