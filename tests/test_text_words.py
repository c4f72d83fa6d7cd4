"""How running text is held against a question: which words are one, which stand together, and what an answer needs."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.answers.asked import Asked, paired
from bot.answers.extracts import extracts, split
from bot.answers.kin import kin
from bot.answers.needed import gives, has_needed
from bot.answers.text import RAISES, meetings
from bot.question.plan import Plan
from bot.question.terms import stem, terms
from corpus.paper import Passage, Place
from indexer.retrieval.search import Hit
from kpi_tools.ledger import KINDS, Record

ROW = Place("a.pdf", 1, "", "", 0, 1, -1, (0, 0, 1, 1))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("collected", "collection", True),
        ("available", "availability", True),
        ("operating", "operation", True),
        ("fell", "fall", True),
        ("overspent", "overspending", True),
        ("severance", "severity", False),
        ("informal", "information", False),
        ("publicity", "publication", False),
    ],
)
def test_a_common_stem_alone_makes_no_one_word(one: str, other: str, same: bool) -> None:
    """Words of one stem are forms of one word, unless each has an ending that makes it another."""
    assert stem(one) == stem(other)
    assert kin(one, other) is same


def wanted(*said: str, names: tuple[str, ...] = ()) -> Asked:
    """What a question of these words asks, each saying as much, and each beside the next."""
    all_of = {stem(w): frozenset({w}) for w in (*said, *names)}
    terms = [stem(w) for w in said]
    weights, named = dict.fromkeys(terms, 1.0), dict.fromkeys(map(stem, names), 1.0)
    pairs, joined = paired(list(pairwise(terms)), all_of)
    return Asked(weights, named, all_of, dict.fromkeys(all_of, frozenset()), pairs, joined=joined)


@pytest.mark.parametrize(
    ("text", "share", "why"),
    [
        ("The managing director signed.", 1.0, "both words, side by side"),
        ("Directors met the software's managers and their staff, and managing it was discussed.", 0.4, "apart"),
        ("The director signed.", 0.5, "one of two"),
    ],
)
def test_words_that_belong_together_must_stand_together(text: str, share: float, why: str) -> None:
    """Two words that are neighbours in the question say less where a text has them far from one another."""
    assert wanted("managing", "director").share(text) == pytest.approx(share), why


def test_two_words_are_also_written_as_one() -> None:
    """ "data centre" is found in "datacentre", and the other way round."""
    assert wanted("data", "centre").share("They use another council's datacentre.") == 1.0
    assert wanted("datacentre").share("They use another council's data centre.") == 1.0


def test_names_alone_tell_nothing() -> None:
    """Who is asked about is in many passages: without enough of the words the names do not count."""
    asked = wanted("strike", names=("ashby",))
    assert asked.share("Ashby has six depots.") == 0.0
    assert asked.share("The strike at Ashby ended.") == 1.0


def test_several_names_tell_more_than_one_word() -> None:
    """A thing called by three names is told by them, whatever word the question has for what was done with it; one of
    the three alone tells nothing."""
    asked = wanted("give", names=("harbour", "song", "contest"))
    assert asked.share("$100 go to the Harbour Song Contest.") == pytest.approx(0.6)
    assert asked.share("The harbour is open.") == 0.0


@pytest.mark.parametrize(
    ("asked", "told"),
    [("set up", "established"), ("turned down", "rejected"), ("carrying out", "conducted"), ("hand over", "transfer")],
)
def test_a_verb_of_two_words_is_one_word(asked: str, told: str) -> None:
    """Its second word alone would be a rare word that says nothing."""
    assert terms(f"the company was {asked}") == terms(f"the company was {told}")


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("how many young adults are supported?", "The 18-25 team supports 925 young adults.", True),
        ("how many young adults are supported?", "The 18-25 team supports young adults.", False),
        ("how many staff moved?", "Staff moved in phase 2.", False),
        ("how many staff moved?", "Of 70 staff some moved.", True),
        ("how many of our staff moved?", "Of 70 staff some moved.", True),
        ("how many claims are checked?", "10% of claims are checked.", True),
        ("how much budget moves?", "The budget of the 18-25 team moves.", False),
        ("how much budget moves?", "The budget that moves is £59m.", True),
        ("what penalty was paid?", "A penalty was paid.", False),
        ("from which date do functions move?", "Functions move from 1 April.", True),
        ("from which date do functions move?", "Functions move to another team.", False),
        ("when does the lease end?", "The lease changes 3 times before its end date.", False),
        ("when does the lease end?", "Lease end date: Sept 2031.", True),
        ("by when must the lease be signed?", "The lease must be signed.", False),
        ("by when must the lease be signed?", "The lease must be signed by 3 May.", True),
        ("how many people came to the fair?", "The people of the fair got $100.", False),
        ("how many young adults are supported?", "Any young adult aged 0-25 is supported.", False),
        ("what rent does the club pay for the hall?", "The club has the hall.", False),
        ("what rent does the club pay for the hall?", "The club has the hall for £40.", True),
        ("what did members say?", "Members said nothing.", True),
    ],
)
def test_an_answer_holds_what_is_asked_for(question: str, text: str, held: bool) -> None:
    """A number of the very things for "how many", an amount for money, a day for "when"."""
    assert has_needed(Plan(question, "text", "value"), text) is held


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The panel left it as it would cost too much.", True),
        ("The fair was off as there was no ground.", True),
        ("The fee stays as it was.", False),
        ("Bins are as they are.", False),
    ],
)
def test_a_reason_may_follow_as(text: str, reason: bool) -> None:
    """What would be so, or was there, is a reason; how a thing was is none."""
    assert gives(Plan("why?", "text", "value"), text) is reason


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("A question was asked on the ferry fares.", True),
        ("Concerns were again raised over the ferry.", True),
        ("A question was asked on the ferry. Fares stay.", False),
        ("The ferry fares were raised.", False),
    ],
)
def test_what_only_says_that_a_thing_was_spoken_of_is_known(text: str, only: bool) -> None:
    """What was said of it comes after, and is told with it."""
    assert bool(RAISES.match(text)) is only


@pytest.mark.parametrize("text", ["1. The panel met. It heard of bins.", "12. The panel met. It heard of bins."])
def test_a_paragraphs_number_is_no_sentence(text: str) -> None:
    """Nothing is answered with "1.", which is a number, and one of nothing."""
    assert split(text) == [text.partition(" It")[0], "It heard of bins."]


def test_a_heading_that_a_paragraph_opens_with_is_no_answer_by_itself() -> None:
    assert split("14. Work programme. Members asked for more. It was noted.") == [
        "14. Work programme. Members asked for more.",
        "It was noted.",
    ]


@pytest.mark.parametrize(
    ("said", "answers", "why"),
    [
        (("depot", "flood", "insured"), False, "the rating holds nothing of it, and what the row is about not all"),
        (("depot", "rating"), True, "the cell holds what was asked"),
        (("depot", "flood"), True, "all that was asked is the row"),
    ],
)
def test_what_a_row_is_about_is_no_answer(said: tuple[str, ...], answers: bool, why: str) -> None:
    """A cell answers if it holds something of the question besides what its row is about, or that is all of it."""
    passage = Passage("Description: Old depot flood; Rating: 12", "", (ROW,), False)
    found = extracts(
        Plan(" ".join(said), "text", "value"), wanted(*said), Hit("1", passage, "", 1.0, 1, None), 0, "", ()
    )
    assert {e.text for e in found} == ({"Description: Old depot flood … Rating: 12"} if answers else set()), why


@pytest.mark.parametrize(
    ("heading", "title", "turns", "held"),
    [("Awards", "", True, "awards"), ("Staff", "", False, ""), ("Staff", "Award papers", False, "title")],
)
def test_what_stands_over_a_sentence_is_taken_for_granted(heading: str, title: str, turns: bool, held: str) -> None:
    """The kind of thing that is asked for may stand in the heading alone; a word of the paper's title says less."""
    passage = Passage("The bin crew won it twice.", heading, (replace(ROW, row=-1),), False)
    asked = replace(wanted("award", "bin", "crew", "won"), point=(stem("award"),))
    plan = Plan("which award did the bin crew win?", "text", "value")
    found, *_ = extracts(plan, asked, Hit("1", passage, title, 1.0, 1, None), 0, "", ())
    assert found.turns is turns
    lacking = 3 / 4
    assert found.covered == pytest.approx(lacking) if not held else found.covered > lacking


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("The clerk resigned because the pay was low.", True),
        ("The clerk resigned after a row was had over pay.", True),
        ("The clerk resigned in March.", False),
        ("The audit was late because the clerk resigned.", False),  # the reason of another thing
        ("The pay was low because of debts. The clerk resigned.", False),  # and so is one told before
        ("Impact: the clerk resigned; residents affected", False),  # nor is what comes of it
    ],
)
def test_a_reason_is_of_what_is_asked(text: str, gives: bool) -> None:
    """What is told as the cause of something else gives no reason for itself."""
    passage, plan = (
        Passage(text, "", (replace(ROW, row=-1),), False),
        Plan("why did the clerk resign?", "text", "value"),
    )
    found, *_ = extracts(plan, wanted("clerk", "resigned"), Hit("1", passage, "", 1.0, 1, None), 0, "", ())
    assert found.gives is gives


@pytest.mark.parametrize(
    ("question", "text", "turns"),
    [
        ("who hired the tower?", "A tower has been hired.", False),  # and the heading's name is nobody's who did it
        ("who hired the tower?", "Ada Moss hired the tower.", True),
        ("when was the tower hired?", "The tower was hired. It fell in 2021.", False),  # the day of something else
        ("when was the tower hired?", "It fell in 2021. The tower was hired in 2019.", True),
        ("who is the tower's secretary?", "Ada Moss is retiring as tower secretary.", False),  # who is no longer
    ],
)
def test_what_answers_is_in_the_sentence_that_is_asked_about(question: str, text: str, turns: bool) -> None:
    """A name or a day in the heading, or in the sentence beside, is of something else."""
    passage = Passage(text, "Training tower at Haddow", (replace(ROW, row=-1),), False)
    said = [w for w in ("hired", "secretary", "tower") if w in question]
    sought = replace(wanted(*said), who=question.startswith("who"), point=(stem(said[0]),))
    found = list(extracts(Plan(question, "text", "value"), sought, Hit("1", passage, "", 1.0, 1, None), 0, "", ()))
    assert any(e.turns for e in found) is turns


def test_a_page_is_of_the_meeting_that_it_tells_of() -> None:
    """From the first to the last page on which something is known of a meeting, its day holds."""
    blank = dict.fromkeys(KINDS["member"], "")
    told = [Record("member", None, blank | {"meeting": "7 July"}, replace(ROW, page=page), "") for page in (3, 5)]
    assert meetings([*told, Record("member", None, blank, ROW, "")]) == dict.fromkeys(
        [("a.pdf", 3), ("a.pdf", 4), ("a.pdf", 5)], "7 July"
    )
