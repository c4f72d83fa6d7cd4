"""Questions about agendas and about those at meetings, over records made by hand of the papers of two councils."""

from datetime import date

import pytest

from bot.answers.builder import Builder
from bot.answers.ledger import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from corpus.paper import Place
from kpi_tools.ledger import KINDS, Record


def item(document: str, number: str, title: str, of: str = "") -> Record:
    fields = {"number": number, "title": title, "of": of, "first_page": "4", "last_page": "4"}
    place = Place(document, 4, "Page 4", number, -1, -1, -1, (0.0, 0.0, 1.0, 1.0))
    return Record("agenda_item", None, {name: fields.get(name, "") for name in KINDS["agenda_item"]}, place, title)


ITEMS = [
    item("ash.pdf", "5", "Performance to June", "Head of Data"),
    item("ash.pdf", "6", "Risk register"),
    item("elm.pdf", "4", "Performance to May", "Chief Officer"),
]
HOMES = {"ash.pdf": "Ashby", "elm.pdf": "Elmley"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who wrote the performance report in Ashby?", ["Item 5: Performance to June – report of Head of Data."]),
        ("whose report is Elmley's performance report?", ["Item 4: Performance to May – report of Chief Officer."]),
        ("what is on the Ashby agenda?", ["• Item 5: Performance to June.", "• Item 6: Risk register."]),
    ],
)
def test_a_council_says_whose_agenda_is_meant(question: str, said: list[str]) -> None:
    """Its name is no word of an item's title."""
    builder = Builder(dict.fromkeys(HOMES, "A pack"))
    council = next(name for name in HOMES.values() if name in question)
    plan = Plan(question, "agenda_item", "value", entities=(council,), topic=terms(question))
    assert answer(plan, ITEMS, builder, date(2024, 7, 1), HOMES) == "answered"
    assert builder.lines == said


def test_a_paper_s_own_name_says_whose_items_are_meant() -> None:
    """Where no item is called so."""
    builder = Builder({"ash.pdf": "Scrutiny of housing", "elm.pdf": "Cabinet"})
    plan = Plan("what is on the housing scrutiny agenda?", "agenda_item", "value")
    assert answer(plan, ITEMS, builder, date(2024, 7, 1), HOMES) == "answered"
    assert [line[:8] for line in builder.lines] == ["• Item 5", "• Item 6"]


def person(name: str, role: str, post: str) -> Record:
    fields = dict.fromkeys(KINDS["member"], "") | {"name": name, "role": role, "post": post, "meeting": "7 July 2021"}
    place = Place("ash.pdf", 2, "Page 2", "1", -1, -1, -1, (0.0, 0.0, 1.0, 1.0))
    return Record("member", date(2021, 7, 7), fields, place, f"{name}, {post}")


PEOPLE = [
    person("Ann Smith", "present", "substitute for Cllr Dee Brown"),
    person("Bob Jones", "officer", "Head Solicitor"),
    person("Cas Reed", "officer", "Finance Manager"),
]


@pytest.mark.parametrize(
    ("question", "subject", "said"),
    [
        ("who stood in for Cllr Dee Brown?", "attendance", "Ann Smith, substitute for Cllr Dee Brown"),
        ("who stood in for Cllr Dee Green?", "attendance", ""),
        ("who is the finance manager?", "member", "Cas Reed, Finance Manager"),
        ("who is the parks manager?", "member", ""),
    ],
)
def test_a_post_or_a_substitute_is_told_by_name(question: str, subject: str, said: str) -> None:
    """And of nobody whom the papers do not list so."""
    builder = Builder(dict.fromkeys(HOMES, "A pack"))
    plan = Plan(question, subject, "value", topic=terms(question))
    status = answer(plan, PEOPLE, builder, date(2021, 10, 1), HOMES)
    assert (status, builder.lines) == (("answered", [f"{said}, at the meeting of 7 July 2021."]) if said else ("", []))


@pytest.mark.parametrize(
    ("council", "home", "said"),
    [
        ("Ashby", "Ashby", True),
        ("Elmley", "Ashby", False),  # it has papers, and these are another's
        ("Elmley", "", True),  # a partnership's papers may tell of it
        ("Thornley", "Ashby", True),  # of which there is no paper at all
    ],
)
def test_what_another_council_decided_is_no_answer(council: str, home: str, said: bool) -> None:
    """Though the council that is asked about has papers, and decided nothing in them."""
    homes = {"ash.pdf": home, "elm.pdf": "Elmley"}
    plan = Plan("what was decided on the lease?", "decision", "value", entities=(council,), topic=("leas",))
    assert bool(answer(plan, [decided("The lease be sold.")], Builder({}), date(2024, 7, 1), homes)) is said


def test_a_resolution_is_known_by_its_number() -> None:
    """And no other is given for one that the papers do not have."""
    records = [decided("2024-02 That the lease be sold."), decided("2024-03 That the minutes be approved.")]
    for number, said in (("2024-03", ["• 7 July 2021: 2024-03 That the minutes be approved."]), ("2024-30", [])):
        builder, plan = Builder({}), Plan(f"what was resolution {number}?", "decision", "value", today="2024-07-01")
        answer(plan, records, builder, date(2024, 7, 1))
        assert builder.lines == said


def decided(text: str) -> Record:
    fields = dict.fromkeys(KINDS["decision"], "") | {"text": text, "meeting": "7 July 2021"}
    place = Place("ash.pdf", 3, "Page 3", "2", -1, -1, -1, (0.0, 0.0, 1.0, 1.0))
    return Record("decision", date(2021, 7, 7), fields, place, text)
