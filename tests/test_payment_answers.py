"""Questions about lists of payments, over rows made by hand: what was paid to whom, when, and how much together."""

import re
from dataclasses import replace

from bot.answers.builder import Builder
from bot.answers.payment import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from corpus.paper import Place
from kpi_tools.ledger import Record


def row(number: int, payee: str, values: str) -> Record:
    place = Place("payments.xlsx", 1, "", "", 1, number, 0, (0.0, 0.0, 1.0, 1.0))
    return Record("table_row", None, {"table": "", "head": "Payee", "line": payee, "values": values}, place, payee)


LIST = [
    row(1, "Ashdown Signs", "Date: 03/07/2023; Ref: 233; Details: Banners; Net £: 1,200.50"),
    row(2, "Marlow Print", "Date: 07/07/2023; Ref: 234; Details: Leaflets; Net £: 80.00"),
    row(3, "Ashdown Signs", "Date: 09/08/2023; Ref: 301; Details: Boards; Net £: 300.25"),
    row(4, "Total", "Net £: 1,580.75"),
]


def told(question: str, records: list[Record], since: str = "", until: str = "") -> tuple[str, Builder]:
    builder = Builder({"payments.xlsx": "Payments"})
    plan = Plan(question, "text", "value", since=since, until=until, topic=terms(question))
    return answer(plan, records, builder, {}), builder


def test_each_payment_to_a_payee_is_told_and_their_sum() -> None:
    """Money alone is added up, never the numbers of a ref."""
    status, builder = told("how much was paid to Ashdown Signs?", LIST)
    assert status == "answered"
    assert builder.lines[0] == "Ashdown Signs: 2 payments listed, £1,500.75 together."
    assert [r.value for r in builder.results if r.operation == "total"] == ["1500.75"]
    assert len(builder.citations) == 2


def test_payments_beyond_a_sum_are_told_the_largest_first() -> None:
    """The whole is no payment; of a payee only those beyond it are told."""
    status, builder = told("list payments over £250", LIST)
    assert status == "answered"
    assert [re.search(r"£: ([\d,.]+)", line)[1] for line in builder.lines] == ["1,200.50", "300.25"]  # type: ignore[index]
    assert told("list payments over £5,000", LIST)[0] == ""
    assert "£1,500.75 together" in told("what was paid to Ashdown Signs over 2023?", LIST)[1].lines[0]
    assert "together" not in " ".join(told("list the payments to Ashdown Signs over £200", LIST)[1].lines)
    assert told("payments of more than £1,000 to Ashdown Signs", LIST)[1].lines[0].count("1,200.50")


def test_nothing_is_added_up_where_a_table_of_the_paper_is_unread() -> None:
    """There may be a payment in it."""
    builder = Builder({"payments.xlsx": "Payments"})
    question = "how much was paid to Ashdown Signs?"
    plan = Plan(question, "text", "value", topic=terms(question))
    assert answer(plan, LIST, builder, {}, frozenset({"payments.xlsx"})) == "answered"
    assert builder.results == [] and len(builder.lines) == 2
    assert "there may be more" in builder.assumptions[0]


def test_payments_of_a_time_are_those_with_a_day_in_it() -> None:
    """The day stands in the row, not in a header."""
    status, builder = told("how much was paid to Ashdown?", LIST, "2023-08-01", "2023-08-31")
    assert status == "answered"
    assert ["300.25" in line for line in builder.lines] == [True]
    assert told("how much was paid to Ashdown?", LIST, "2023-10-01", "2023-10-31")[0] == ""


def test_who_was_paid_nothing_or_is_not_certain_gets_no_figure() -> None:
    """Another name; a name of two payees; a row with two columns of money, of which neither is meant."""
    assert told("how much was paid to Viking?", LIST)[0] == ""
    assert (
        told("how much was paid to Signs?", [*LIST, row(5, "Signs Direct", "Date: 01/07/2023; Net £: 5.00")])[0] == ""
    )
    assert told("how much was paid to Elm?", [row(1, "Elm", "Date: 01/07/2023; Net £: 5.00; VAT £: 1.00")])[0] == ""
    whole = [row(1, "Elm", "Date: 01/07/2023; Net £: 5.00; VAT £: 1.00; Gross £: 6.00")]
    assert "Gross £: 6.00" in told("how much was paid to Elm?", whole)[1].lines[0]
    assert told("how much was paid to Elm?", [row(1, "Elm", "Date: 01/07/2023; Amount £: 6.00; VAT £: 1.00")])[0]


def test_what_was_paid_for_may_be_named_beside_the_payee() -> None:
    """Of a payee's payments only those for it; named alone, its rows are told and not added up, as others may be for it
    in other words; a thing that no row has names no payment."""
    status, builder = told("how much was paid to Ashdown Signs for boards?", LIST)
    assert status == "answered"
    assert ["300.25" in line for line in builder.lines] == [True]
    status, builder = told("how much was paid for boards?", [*LIST, row(5, "Ashdown Signs", LIST[2].fields["values"])])
    assert status == "answered" and not builder.results
    assert ["Ashdown Signs" in line and "300.25" in line for line in builder.lines] == [True, True]
    assert told("how much was paid to Ashdown Signs for carpets?", LIST)[0] == ""


def test_a_list_that_two_files_hold_is_added_up_once() -> None:
    """The same rows in another file are no more payments; the same row twice in one file is two."""
    again = [replace(r, place=replace(r.place, document="payments.pdf")) for r in LIST]
    _, builder = told("how much was paid to Ashdown Signs?", [*LIST, *again])
    assert builder.lines[0] == "Ashdown Signs: 2 payments listed, £1,500.75 together."
    _, builder = told("how much was paid to Marlow Print?", [*LIST, LIST[1]])
    assert builder.lines[0] == "Marlow Print: 2 payments listed, £160.00 together."


def test_payments_of_a_kind_are_added_up_where_a_column_tells_kinds() -> None:
    """The same few words again and again tell a kind; a purpose in words of its own does not."""
    kinds = [
        row(n, f"Payee {n}", f"Date: 0{n}/07/2023; Details: Thing {n}; Kind: {kind}; Net £: {n}0.00")
        for n, kind in enumerate(["Grants", "Wages", "Grants", "Wages", "Grants", "Wages"], 1)
    ]
    status, builder = told("how much was paid in grants?", kinds)
    assert status == "answered"
    assert builder.lines[0] == "Grants: 3 payments listed, £90.00 together."


def test_the_largest_payment_is_found() -> None:
    """Of all, or of those in a time; never a total."""
    assert told("what was the largest single payment?", LIST)[1].lines[0].startswith("• Ashdown Signs, Net £: 1,200.50")
    august = told("what was the largest payment?", LIST, "2023-08-01", "2023-08-31")[1]
    assert ["300.25" in line for line in august.lines] == [True]


def test_a_payee_may_be_another_council_and_the_title_says_whose_list_it_is() -> None:
    """What the paper's title says names no payee."""
    builder = Builder({"payments.xlsx": "Thornley Payments"})
    rows = [*LIST, row(5, "Thornley Hall", "Date: 03/07/2023; Net £: 7.00")]
    plan = Plan("what did Thornley pay Marlow?", "text", "value", topic=terms("what did Thornley pay Marlow?"))
    assert answer(plan, rows, builder, {}) == "answered"
    assert builder.lines[0].startswith("• Marlow Print")
    builder = Builder({"payments.xlsx": "Payments"})
    plan = Plan("what was paid to Elmbridge?", "text", "value", entities=("Elmbridge",), topic=())
    rows = [*LIST, row(5, "Elmbridge Borough Council", "Date: 03/07/2023; Net £: 7.00")]
    assert answer(plan, rows, builder, {}) == "answered"
    assert "7.00" in builder.lines[0]


def test_what_was_paid_to_all() -> None:
    """Added up for each payee, the most or the least of them; or altogether, without the row of the whole."""
    assert told("who was paid the most?", LIST)[1].lines == ["Ashdown Signs: £1,500.75 in 2 payments."]
    assert told("which supplier was paid the least?", LIST)[1].lines == ["Marlow Print: £80.00 in 1 payment."]
    builder = Builder({"payments.xlsx": "Payments"})
    plan = Plan("what did we pay in total?", "text", "total", topic=())
    assert answer(plan, LIST, builder, {}) == "answered"
    assert builder.lines[0] == "In all: 3 payments listed, £1,580.75 together."


def test_who_pays_is_no_payee() -> None:
    """Though it is called so, too; where the question asks what was paid to it, it is one."""
    own = [*LIST, row(5, "Payments Ashdown Church", "Date: 10/08/2023; Ref: 9; Details: Grant; Net £: 40.00")]
    homes = {"payments.xlsx": "Ashdown Town"}

    def lines(question: str, operation: str) -> list[str]:
        builder = Builder({"payments.xlsx": "Payments of Ashdown Town"})
        answer(Plan(question, "text", operation, topic=terms(question)), own, builder, homes)
        return builder.lines

    assert lines("how much did Ashdown pay in total?", "total")[0].startswith("In all: 4 payments")
    assert lines("what was paid to Ashdown Church?", "value")[0].startswith("• Payments Ashdown Church")
    for question in ("the largest payment by Ashdown Town", "what was the largest payment Ashdown made?"):
        assert "1,200.50" in lines(question, "value")[0]


def test_a_council_that_has_other_papers_may_be_paid_and_did_not_pay_here() -> None:
    """Papers of its own that list no payments do not hide those to it; of several payees the whole name tells one."""
    own = [
        *LIST,
        row(5, "Elmbridge Borough Council", "Date: 03/07/2023; Net £: 7.00"),
        row(6, "Elmbridge Forum", "Date: 04/07/2023; Net £: 9.00"),
        replace(row(7, "Shares", "Share: 20%"), place=replace(LIST[0].place, document="elmbridge.pdf")),
    ]
    homes = {"payments.xlsx": "Ashdown", "elmbridge.pdf": "Elmbridge"}

    def status(question: str, builder: Builder) -> str:
        return answer(Plan(question, "text", "value", entities=("Elmbridge",), topic=()), own, builder, homes)

    builder = Builder({"payments.xlsx": "Payments", "elmbridge.pdf": "Companies"})
    assert status("what was paid to Elmbridge Borough Council?", builder) == "answered"
    assert [("7.00" in line, "9.00" in line) for line in builder.lines] == [(True, False)]
    assert not status("what did Elmbridge pay in total?", builder)
