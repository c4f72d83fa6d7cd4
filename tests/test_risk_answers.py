"""Questions about risks: by score, by owner, by what they are about, and what the register does not say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.answers import risk_moves
from bot.answers.builder import Builder
from bot.answers.risk import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from corpus.paper import Place
from kpi_tools.ledger import KINDS, Record


def risk(document: str, **fields: str) -> Record:
    place = Place(document, 4, "Page 4", "", 1, 1, 0, (0.0, 0.0, 1.0, 1.0))
    return Record("risk", None, {name: fields.get(name, "") for name in KINDS["risk"]}, place, fields["description"])


REGISTER = [
    risk("joint.pdf", description="Loss of the archive", score="12", owner="Head of Records", mitigation="A copy"),
    risk("joint.pdf", description="Flood at the depot", score="9", owner="Head of Fleet", impact="No vans"),
    risk("joint.pdf", description="Strike", score="3", owner="Head of Fleet and Stores", likelihood="1"),
]
HOMES: Mapping[str, str] = {}


def told(question: str, operation: str = "value", **named: tuple[str, ...]) -> tuple[str, str]:
    builder = Builder({"joint.pdf": "Joint committee", "hart.pdf": "Panel"})
    plan = Plan(question, "risk", operation, topic=terms(question), **named)  # type: ignore[arg-type]
    status = answer(plan, REGISTER, builder, {"hart.pdf": "Hart"})
    return status, "\n".join(builder.lines)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("which risks are rated 9?", ["Flood"]),
        ("which risks have a residual rating of 9?", ["Flood"]),
        ("which risks have a score of 9 or more?", ["Loss", "Flood"]),
        ("which risks score over nine?", ["Loss"]),
        ("which risks are rated below 9?", ["Strike"]),
        ("which risks have a likelihood of 1?", ["Strike"]),
        ("which risks does the Head of Records own?", ["Loss"]),
        ("what is the Head of Fleet responsible for in the risk register?", ["Flood", "Strike"]),
        ("what is the risk of a flood?", ["Flood"]),
        ("how likely is the depot risk?", ["Flood"]),  # what it is called comes before what is done about others
        ("what are the risks?", ["Loss", "Flood", "Strike"]),
    ],
)
def test_risks_are_those_asked_for(question: str, names: list[str]) -> None:
    """By a score or a likelihood with its comparison, by the whole name of an owner, by its own words."""
    status, text = told(question)
    assert status == "answered"
    assert [r.fields["description"].split()[0] for r in REGISTER if r.fields["description"] in text] == names


def test_what_is_asked_of_a_risk_is_told() -> None:
    """What is done about it, what follows from it, and how many there are."""
    assert "Mitigation: A copy" in told("what mitigations are there for the loss of the archive?")[1]
    assert "Impact: No vans" in told("what is the impact of a flood at the depot?")[1]
    assert told("how likely is a flood?")[1].endswith("The register gives no likelihood.")
    assert (
        told("are any risks rated red?")[1]
        == "No risk of the latest register is scored so; the scores are 12, 9 and 3."
    )
    assert told("how many risks does the Head of Fleet own?")[1].startswith("2 risks")
    assert told("what are the highest risks?", "rank")[1].count("•") == 1


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("which risks are rated 20?", "answered"),
        ("what is the risk of earthquakes?", ""),
        ("Hart's risks?", "not_found"),
    ],
)
def test_what_no_register_has_is_not_answered_with_others(question: str, status: str) -> None:
    """A score that none has is told so; other matters and other councils get none of the risks that there are."""
    found, text = told(question, entities=("Hart",) if "Hart" in question else ())
    assert found == status
    assert "•" not in text


def test_a_register_that_grades_in_words_has_a_highest_risk() -> None:
    """A likelihood and an impact in words are more the higher both are."""
    graded = [
        risk("joint.pdf", description="Loss of the archive", score="Low/ Significant"),
        risk("joint.pdf", description="Flood at the depot", score="Significant/ High"),
        risk("joint.pdf", description="Strike", score="Medium/ Significant"),
    ]
    for question, name in (
        ("what are the highest rated risks?", "Flood at the depot"),
        ("which risks are medium/significant?", "Strike"),
        ("which joint risks are rated low / significant?", "Loss of the archive"),
    ):
        builder = Builder({"joint.pdf": "Joint committee"})
        operation = "rank" if "highest" in question else "value"
        assert answer(Plan(question, "risk", operation, topic=terms(question)), graded, builder, {}) == "answered"
        assert [line.split(": ")[1] for line in builder.lines] == [name]


@pytest.mark.parametrize(
    "question", ["which risks are going up?", "which risk was closed?", "have any risks increased?"]
)
def test_which_way_risks_go_is_not_answered_with_all_of_them(question: str) -> None:
    """The register says how they stand."""
    assert told(question) == ("", "")


def test_which_way_risks_go_is_told_by_their_register() -> None:
    """Where it has no column that says so, no risk is told of."""
    going = [
        risk("joint.pdf", description="Flood", direction="↑"),
        risk("joint.pdf", description="Strike", direction="↓"),
    ]
    for question, name in (("which risks are going up?", "Flood"), ("which risks are going down?", "Strike")):
        builder = Builder({})
        answer(Plan(question, "risk", "trend", topic=terms(question)), going, builder, {})
        assert [name in line for line in builder.lines] == [True]
    assert told("which risks are going up?") == ("", "")


NEXT = [
    risk("later.pdf", description="Loss of the archive", score="8"),
    risk("later.pdf", description="Strike", score="6"),
    risk("later.pdf", description="Cyber attack", score="20"),
]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("which risks have gone up?", ["• Strike: score was 3, is 6, up by 3"]),
        ("which risks have gone down?", ["• Loss of the archive: score was 12, is 8, down by 4"]),
        ("which risks are new?", ["• Cyber attack: new, score 20"]),
        ("which risks were removed?", ["• Flood at the depot: no longer in the register, score 9"]),
        ("has the strike risk changed?", ["• Strike: score was 3, is 6, up by 3"]),
        ("has the strike risk fallen?", ["No risk of the latest register went that way since the one before."]),
        ("what are the risks?", []),
    ],
)
def test_risks_are_held_against_the_register_before(question: str, lines: list[str]) -> None:
    """By what they are, in two papers of one council; a question that asks for no move is none of these."""
    days = {"joint.pdf": date(2021, 8, 1), "later.pdf": date(2021, 11, 1)}
    registers = [replace(r, as_of=days[r.place.document]) for r in (*REGISTER, *NEXT)]
    builder = Builder({})
    risk_moves.answer(Plan(question, "risk", "value", topic=terms(question)), registers, builder, {})
    assert builder.lines == lines
