"""The checks of figures against each other: each finds its slip, and is silent beside what is right."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tools.checks.overall import (
    full_overall,
    impossible_scores,
    impossible_shares,
    masked_failures,
    overall_off_its_weights,
    overall_outside_parts,
)
from kpi_tools.checks.series import (
    council_left_out,
    equal_to_target,
    half_yearly_left_out,
    identical_measures,
    identical_series,
    mixed_kinds,
    never_measured,
    outliers,
    quarterly_in_the_wrong_months,
)
from kpi_tools.checks.totals import totals_off_their_rule
from tests.checks_view import line, sentences, view

CALLS = "Customer Services | PI004 | % council tax and benefits calls answered within 20 seconds"
MONTHS = ("Jan-21", "Feb-21", "Mar-21", "Apr-21", "May-21", "Jun-21")


def months(*figures: str) -> dict[str, str]:
    return dict(zip(MONTHS, figures, strict=False))


@pytest.mark.parametrize(
    ("parts", "council", "found"),
    [
        ({"Hart": "76.9%", "Havant": "90%"}, "", True),
        ({"Hart": "76.9%", "Havant": "90%"}, "Hart", True),
        ({"Old Town": "76.9%", "Hilltop": "90%"}, "Hart", False),
        ({"Hart": "81%", "Havant": "90%"}, "", False),
    ],
)
@pytest.mark.parametrize("target", ["> 80%", "80%"])  # that more of it is better the name tells
def test_masked_failures(parts: dict[str, str], council: str, found: bool, target: str) -> None:
    """A council that missed under an overall that passed is named, where each council has the target for itself."""
    rows = [line(CALLS, name, months(figure), target) for name, figure in parts.items()]
    told = sentences(masked_failures, view(line(CALLS, "Overall", months("84%"), target), *rows, council=council))
    assert bool(told) is found
    assert all("Hart (76.9% in Jan-21)" in sentence and "Havant" not in sentence for sentence in told)


def test_masked_in_several_months() -> None:
    """What was masked month after month is one slip, with each month and what it hid."""
    rows = [
        line(CALLS, "Overall", months("84%", "85%", "70%"), "> 80%"),
        line(CALLS, "Hart", months("79%", "78%"), "> 80%"),
    ]
    (told,) = sentences(masked_failures, view(*rows))
    assert "Jan-21 (84%) and Feb-21 (85%), but Hart (79% in Jan-21) and Hart (78% in Feb-21)" in told


@pytest.mark.parametrize(("part", "found"), [("50%", True), ("97%", False), ("100%", False)])
def test_full_overall(part: str, found: bool) -> None:
    """100% overall cannot be when one of two is at half; a part near 100 may vanish in rounding."""
    rows = [line(CALLS, "Overall", months("100%")), line(CALLS, "Hart", months(part))]
    assert bool(sentences(full_overall, view(*rows, line(CALLS, "Havant", months("100%"))))) is found


@pytest.mark.parametrize(
    ("count", "share", "nearest"),
    [
        ("16", "93.33%", "15 of 16, is 93.75%"),
        ("17", "94.12%", ""),
        ("17", "94.11%", ""),
        ("4", "50%", ""),
        ("885", "76.71%", ""),
    ],
)
def test_impossible_shares(count: str, share: str, nearest: str) -> None:
    """A share that no whole number of a few cases gives; cut off is as good as rounded, many cases prove nothing."""
    rows = (
        line("ICT | | Number of P1 incidents", "Brent", months(count)),
        line("ICT | | % of P1 incidents on time", "Brent", months(share)),
    )
    told = sentences(impossible_shares, view(*rows))
    assert bool(told) is bool(nearest)
    assert all(nearest in sentence for sentence in told)


@given(st.integers(1, 100), st.data())
def test_a_true_share_is_never_impossible(count: int, data: st.DataObject) -> None:
    """Whatever the cases, a share rounded to two places from a whole number of them is possible."""
    share = f"{data.draw(st.integers(0, count)) / count * 100:.2f}%"
    rows = (
        line("ICT | | Number of P1 incidents", "Brent", months(str(count))),
        line("ICT | | % of P1 incidents on time", "Brent", months(share)),
    )
    assert not sentences(impossible_shares, view(*rows))


@pytest.mark.parametrize(("overall", "found"), [("81.5%", True), ("85%", False)])
def test_overall_off_its_weights(overall: str, found: bool) -> None:
    """The kinds weighted by their numbers make 86%: far off is told, near is not, nor where a kind is not counted."""
    texts = {
        "Number of P3 incidents": "900",
        "Number of service requests": "2700",
        "% of P3 incidents on time": "77%",
        "% of service requests on time": "89%",
        "Overall % on time": overall,
    }
    rows = [line(f"ICT | | {name}", "Brent", months(text)) for name, text in texts.items()]
    assert bool(sentences(overall_off_its_weights, view(*rows))) is found
    assert not sentences(overall_off_its_weights, view(*rows[1:]))


def test_totals_off_their_rule() -> None:
    """A total that breaks a sum which the other months keep; where no month keeps it, it is no sum."""
    right, off = months("30", "32", "34", "36"), months("30", "32", "43", "36")
    parts = [line("Waste | W1 | Missed bins", name, months("15", "16", "17", "18")) for name in ("Hart", "Havant")]
    told = sentences(totals_off_their_rule, view(line("Waste | W1 | Missed bins", "Overall", off), *parts))
    assert len(told) == 1
    assert "Mar-21: the 2 rows add up to 34, the total says 43: a difference of 9" in told[0]
    assert not sentences(totals_off_their_rule, view(line("Waste | W1 | Missed bins", "Overall", right), *parts))
    other = months("90", "91", "92", "93")
    assert not sentences(totals_off_their_rule, view(line("Waste | W1 | Missed bins", "Overall", other), *parts))


def test_quarterly_in_the_wrong_months() -> None:
    """A quarterly measure without figures at the ends of quarters, and with one between; the other way is right."""
    wrong = {"Mar-21": "Not measured as quarterly report", "Apr-21": "100%"}
    right = {"Mar-21": "100%", "Apr-21": "Not measured as quarterly report"}
    for figures, found in ((wrong, True), (right, False)):
        rows = line("Procurement | P4 | Reports produced (%)", "Hart", figures)
        assert bool(sentences(quarterly_in_the_wrong_months, view(rows))) is found
    for often, after, found in (
        ("Quarterly", "May-21", True),
        ("Quarterly", "Jul-21", False),
        ("Monthly", "May-21", False),
    ):
        seen, _ = line("Procurement | P4 | Stages delivered (%)", "Hart", {"Apr-21": "100%", after: "98%"})
        rows = [replace(one, quote=f"P4 | {often} | 100%") for one in seen], []
        assert bool(sentences(quarterly_in_the_wrong_months, view(rows))) is found


def test_identical_measures() -> None:
    """Two measures with the same figures are told; one measure under two names, or few figures, are not."""
    same = months("92.5%", "95.0%", "96.2%", "97.1%")
    one = line("Waste | W1 | % of bins emptied on the day", "Hart", same)
    for other, found in (("% of trees inspected after storms", True), ("Bins emptied on their day (%)", False)):
        assert bool(sentences(identical_measures, view(one, line(f"Parks | T1 | {other}", "Hart", same)))) is found
    few = months("92.5%", "95.0%")
    pair = line("Waste | W1 | % of bins emptied", "Hart", few), line("Parks | T1 | % of trees seen", "Hart", few)
    assert not sentences(identical_measures, view(*pair))


def test_identical_series() -> None:
    """Two councils with the same figures in every month are told; a constant 100% and joint rows are not."""
    same = months("92.5%", "95.0%", "96.2%", "97.1%")
    rows = [line(CALLS, name, same) for name in ("Hart", "Havant")]
    assert "Hart and Havant have the very same" in sentences(identical_series, view(*rows))[0]
    flat = [line(CALLS, name, months("100%", "100%", "100%")) for name in ("Hart", "Havant")]
    assert not sentences(identical_series, view(*flat))
    other = [
        line(CALLS, name, months(low, "2%", "3%", "4%"), table=2) for name, low in (("Hart", "1%"), ("Havant", "5%"))
    ]
    assert len(sentences(identical_series, view(*rows, *other))) == 1  # another table under the same code
    joint = "South Oxfordshire & Vale of White Horse"
    assert not sentences(identical_series, view(*(line(CALLS, name, same) for name in (joint, "South Oxfordshire"))))


@pytest.mark.parametrize(
    ("figures", "target", "found"),
    [
        (("95.8", "95.8", "95.4", "95.8", "95.8"), "95.8", True),
        (("95.8", "95.8", "95.4", "95.3", "95.8"), "95.8", False),
        (("100", "100", "100", "100", "100"), "100", False),
        (("95.8", "95.8", "95.8"), "95.8", False),
    ],
)
def test_equal_to_target(figures: tuple[str, ...], target: str, found: bool) -> None:
    """The target entered for the result, month after month; 100% is a natural bound, and few months prove nothing."""
    rows = line("Revenues | K1 | % collected", "Hart", months(*figures), f">= {target}%")
    assert bool(sentences(equal_to_target, view(rows))) is found


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        (("1.2%", "1.1%", "1.3%", "11.0%"), True),
        (("1.2%", "1.1%", "1.3%", "3.1%"), False),
        (("1.2%", "4.1%", "1.3%", "11.0%"), False),  # they vary
        (("48", "52", "47", "410"), True),
        (("48", "52", "47", "6"), True),
        (("1", "1", "1", "6"), False),  # few cases
    ],
)
def test_outliers_alone(figures: tuple[str, ...], found: bool) -> None:
    """A figure that is several times all the others of its measure, or a small part of them, where these are close."""
    assert bool(sentences(outliers, view(line("Waste | W1 | Waste", "Hart", months(*figures))))) is found


def test_outliers() -> None:
    """Far from its own months and from the other council is told; a month that all share, or a trend, is not."""
    usual, low = (line(CALLS, "Havant", months("100%", "100%", third, "100%")) for third in ("98%", "52%"))
    mine = line(CALLS, "Hart", months("100%", "100%", "50%", "99%"))
    assert "50% in Mar-21" in sentences(outliers, view(usual, mine))[0]
    assert not sentences(outliers, view(low, mine))
    trend = line(CALLS, "Hart", months("20%", "45%", "60%", "75%"))
    assert not sentences(outliers, view(usual, trend))
    short = [line(CALLS, name, months("100%", "99%", last)) for name, last in (("Hart", "50%"), ("Havant", "95%"))]
    assert "50% in Mar-21" in sentences(outliers, view(*short))[0]
    assert not sentences(outliers, view(short[0], line(CALLS, "Havant", months("100%", "99%", "88%"))))
    single = "Desk | D7 | % requests fulfilled"
    assert sentences(outliers, view(line(single, "Hart", months("89%", "93%", "59%", "96%", "99%", "98%"))))
    assert not sentences(outliers, view(line(single, "Hart", months("89%", "93%", "76%", "96%", "99%", "98%"))))
    assert not sentences(outliers, view(line(single, "Hart", months("89%", "93%", "59%", "96%"))))
    counts = line("Waste | W1 | Missed bins", "Hart", months("28", "25", "22", "3860"))
    assert "3860 in Apr-21" in sentences(outliers, view(counts))[0]
    days = "Housing | H3 | Time to relet a home (days)"
    assert sentences(outliers, view(line(days, "Hart", months("24 days", "23 days", "26 days", "240 days"))))
    assert not sentences(outliers, view(line(days, "Hart", months("24 days", "23 days", "26 days", "60 days"))))
    assert not sentences(outliers, view(line("Waste | W1 | Missed bins", "Hart", months("28", "25", "22", "90"))))


def test_mixed_kinds() -> None:
    """100 beside 0 under a target of no failures: a percentage among counts. Noughts alone are counts."""
    mixed = line("ICT | 1 | Severe incidents not resolved", "Hart", months("100", "100", "0", "0"), "at most 0")
    assert "can only be a percentage" in sentences(mixed_kinds, view(mixed))[0]
    plain = line("ICT | 1 | Severe incidents not resolved", "Hart", months("0", "0", "0", "0"), "at most 0")
    assert not sentences(mixed_kinds, view(plain))


@pytest.mark.parametrize(("beside", "found"), [(("South West", "England"), False), (("Hart", "Havant"), True)])
def test_those_that_a_council_is_compared_with_are_no_parts_of_it(beside: tuple[str, str], found: bool) -> None:
    """A council may well lie below its region and England; an overall cannot below all its parts."""
    rows = [
        line(CALLS, who, {"Jun-21": value})
        for who, value in zip(("Overall", *beside), ("76%", "80%", "81%"), strict=True)
    ]
    assert bool(sentences(overall_outside_parts, view(*rows))) == found


def test_council_left_out() -> None:
    """One table of a service that lacks the row of one council; where tables differ more than so, none is left out."""
    whole = [
        line(f"IT | K{n} | % of kind {n} available", name, months("100%"), table=n)
        for n in range(1, 6)
        for name in ("Hart", "Havant", "Mendip")
    ]
    left = [line("IT | K6 | % of files available", name, months("100%"), table=6) for name in ("Hart", "Mendip")]
    told = sentences(council_left_out, view(*whole, *left))
    assert told == ["IT K6 (% of files available) has no row for Havant, which the other 5 tables of IT have."]
    other = line("IT | K7 | % of mail available", "Hart", months("100%"), table=7)
    third = line("IT | K7 | % of mail available", "Havant", months("100%"), table=7)
    assert not sentences(council_left_out, view(*whole, *left, other, third))
    assert not sentences(council_left_out, view(*whole[:9], *left))


@pytest.mark.parametrize(
    ("reason", "found"), [("N/A", True), ("Annual PI", False), ("Not measured - quarterly", False), ("90%", False)]
)
def test_never_measured(reason: str, found: bool) -> None:
    """A target, and no figure in any of the periods; one that is not due in them is no slip."""
    row = line("ICT | 20 | % of calls answered", "Hart", months(*["N/A"] * 4, reason), "> 90%")
    assert bool(sentences(never_measured, view(row))) is found


def test_an_overall_whose_parts_are_not_all_there() -> None:
    """A part that has no figure in one month may be why the overall of that month lies outside the others."""
    whole = [line(CALLS, name, months("80%", "82%")) for name in ("Hart", "Havant")]
    low = line(CALLS, "Mendip", months("60%"))
    assert not sentences(overall_outside_parts, view(line(CALLS, "Overall", months("75%", "75%")), *whole, low))
    assert sentences(overall_outside_parts, view(line(CALLS, "Overall", months("75%", "75%")), *whole))


@pytest.mark.parametrize(
    ("december", "march", "found"),
    [
        ("No survey", "95%", False),
        ("95%", "No survey", True),
        ("95%", "Annual survey", False),
        ("95%", "95%", False),
    ],
)
def test_half_yearly_left_out(december: str, march: str, found: bool) -> None:
    """Taken every six months, with a figure in September and none in March; the last month may be late."""
    figures = {"Sep-20": "96%", "Dec-20": december, "Mar-21": march, "Jun-21": "No survey"}
    seen, aims = line("Support | S1 | % of users satisfied", "Hart", figures, ">= 90%")
    rows = [replace(one, quote="S1 | % of users satisfied | 6 Monthly") for one in seen]
    assert bool(sentences(half_yearly_left_out, view((rows, aims)))) is found
    assert not sentences(half_yearly_left_out, view((seen, aims)))


@pytest.mark.parametrize(("score", "found"), [("68.75", False), ("68.05", False), ("68.50", True), ("-68.75", False)])
def test_impossible_scores(score: str, found: bool) -> None:
    """A net promoter score that no whole number of the surveys beside it gives, where others come out."""
    rows = [
        line("|| Customer satisfaction (net promoter score)", "Hart", {"Jul-21": "50", "Aug-21": score}),
        line("|| Number of surveys returned", "Hart", {"Jul-21": "100", "Aug-21": "144"}),
    ]
    assert bool(sentences(impossible_scores, view(*rows))) is found
