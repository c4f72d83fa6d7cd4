"""How questions are read that are easily read wrongly: a question, and what its answer must and must not say."""

from datetime import date

import pytest

from bot import words
from bot.engine import Engine

TODAY = date(2022, 4, 10)


@pytest.mark.parametrize(
    ("question", "status", "said", "unsaid"),
    [
        # the financial year as far as it is reported, not all that is reported
        ("Mendip calls in 20 seconds year to date", "answered", ("78.28%", "Apr-21"), ("94.88%",)),
        # "the year" is the one of which the papers have more, the calendar's or the last financial one
        ("average Havant calls in 20 seconds over the year", "answered", ("taken as Apr-21 to Feb-22",), ()),
        ("Havant's calls in 20 seconds in the second quarter of 2021", "answered", ("counted from April",), ()),
        # what has no figure a year earlier is held against none
        ("has Mendip's PI004 improved on last year?", "answered", ("from 79.21% in Feb-21",), ("Jan-21",)),
        ("how much did Mendip's PI004 rise on the previous month?", "answered", ("Jan-22", "Feb-22"), ("Jan-21",)),
        ("how many months running did Mendip's calls in 20 seconds fall?", "not_found", ("not worked out here",), ()),
        # a month of one council, both times it was measured, and the lot of them at any time
        ("which council tax calls month was worst overall?", "answered", ("The worst for Overall", "56.08%"), ()),
        ("was the P1 incidents target missed by anyone?", "answered", ("East Hampshire", "Mar-21 (50%)"), ()),
        ("the swing between Havant's best and worst months on council tax calls", "answered", ("47.77",), ()),
        # what a council is compared with is no council, and no figure of a council stands for it
        ("What was the England average for customer satisfaction in June 2021?", "not_found", ("England",), ("94.72",)),
        # a council that the papers only mention has no budget in them
        ("What is Croydon's budget?", "not_found", ("Croydon",), ()),
        # what is asked is a share of searches, not whether one was met
        ("percentage of five day searches that met the target, June 2021, overall", "answered", ("64.01%",), ("Yes",)),
        # the sum of those that are named
        ("how many P2 incidents in total across Brent, Lewisham and Southwark in December 2017", "answered",
         ("29",), ()),
        # a body that the question calls by the first words of its name, and no other body's chair
        ("who chaired the shared ICT joint committee?", "not_found", (), ("Fawcett",)),
        ("who chairs the five councils joint committee?", "answered", ("Fawcett",), ()),
        # the days on which a body met, by its papers and the notes in them
        ("when did the five councils joint committee last meet?", "answered", ("6 April 2022", "7 July 2021"), ()),
        ("when did Mendip last meet its target for PI004?", "answered", ("Jan-22",), ("notes",)),
        # a decision about nothing else than what is asked
        ("what was agreed about the risks in July 2021?", "not_found", (), ("dashboard",)),
        # what changed from one month to another, over all measures, and what of it went one way
        ("what changed between June and August 2021?", "answered", ("From Jun-21 to Aug-21", "in 8 of 17"), ()),
        ("what got worse in Mendip between June and August 2021?", "answered", ("Mendip got worse",), (" rose ",)),
        # what was missed, where it is asked whether all was met
        ("did we meet everything in August 2021?", "answered", ("55.52%",), ("99.43%",)),
        ("did anything miss its target in June 2021?", "answered", ("34.56%",), ()),
        # a year is no number to hold figures to, and a count no other measure's word
        ("did Mendip's PI004 improve over 2021?", "answered", ("rose from",), ("above 2021",)),
        ("P1 count Southwark December 2017", "answered", ("was 8",), ()),
        # a number of complaints is no time
        ("how long do land charges searches take?", "not_found", (), ("Complaint",)),
        # of other services' measures with the code that have no figure it is told
        ("Is PI005 met?", "answered", ("have the same code, and no figure",), ()),
        ("never mind, which councils do you have?", "answered", ("Mendip",), ()),
        # both ends of a ranking
        ("Which council was worst for council tax calls in August 2021 and which was best?", "answered",
         ("62.96%", "The best: Mendip, 73.00%"), ()),
        ("Is higher or lower better for land charges complaints?", "answered", ("ower is better",), ()),
        # every word of a name counts, also the small one that tells two measures apart
        ("first time resolution for non R&B calls in Havant, May 2021", "answered", ("98.52%",), ("KPI002",)),
        ("what happened to council tax calls between July and August 2021 overall?", "answered",
         ("81.82%", "66.73%"), ()),
        ("in which month was Lewisham busiest for calls logged?", "answered", ("3767",), ()),
        # a word that tells another measure of the same papers, or none of what is near, asks for another thing
        ("open P1 incidents at Lewisham in January 2018", "clarify", ("“open”", "The nearest"), ()),
        ("survey postage in Lewisham in January 2018", "clarify", ("“postage”", "The nearest"), ()),
        # what figures are counted by is not what they count, and no percentage is a time
        ("how many employees are there at Brent, January 2018?", "not_found", (), ("Brent's",)),
        ("how long does it take on average to respond to emails in Mendip?", "not_found", (), ()),
        # "overall" alone names no measure that has the word
        ("which months was the overall out of hours figure under 82?", "answered", ("81.98%", "81.41%"), ("SLA",)),
        # how far the first of a ranking is from its target
        ("how far below target was Havant at its lowest for calls in 20 seconds?", "answered", ("12.95%", "67.05"), ()),
        # the same month of two years
        ("were overall calls in 20 seconds better this February than last February?", "answered",
         ("78.36%", "80.90%"), ()),
        ("vale P2 - P4 incidents may", "answered", ("97.14%", "May-21"), ()),
        ("which months did Hart make the 80% for council tax calls in 2021?", "answered", ("80.07%", "88.69%"), ()),
        # a percentage is of the measure in per cent, and to hit it is to have at least that where none says otherwise
        ("which boroughs hit 90% on service requests in January 2018", "answered", ("91.39%", "2 of 3"), ("3301",)),
        # the average of one month is that of all who report it
        ("what was the average net promoter score in January 2018?", "answered", ("56.61 (3 figures)",), ()),
        # two times, however the other is said
        ("Brent: open calls change November 2017 to January 2018", "answered", ("by 59",), ()),
        # a place is one among the others
        ("Where did Mendip come for council tax calls in July 2021?", "answered", ("89.95%", "Mendip 77.48%"), ()),
        # sums on a side of the one that is named; an undated split of another year's budget is of no other year
        ("which councils pay less than £110,000 for the client team?", "answered",
         ("2 of 5 are below £110,000", "£73,011"), ("£666,156",)),
        ("What was the client team budget for Mendip in 2020/21?", "not_found", (), ("149",)),
        # a sentence that has the words, and is far from what is meant
        ("what will IT work on next quarter?", "not_found", (), ("five working days",)),
        # of risks the part of the score that is asked for
        ("which risk has the highest impact?", "answered", ("Impact score: 3",), ()),
    ],
)  # fmt: skip
def test_questions_are_read_as_meant(
    engine: Engine, question: str, status: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    """Proves each reading by what is and is not in the answer."""
    answer = engine.ask(question, TODAY)
    told = "\n".join((answer.answer, *answer.assumptions))
    assert answer.status == status, told
    assert [text for text in said if text not in told] == []
    assert [text for text in unsaid if text in told] == []


def test_a_measures_name_alone_follows_on(engine: Engine) -> None:
    """Proves that "council tax calls?", said after a council's figure, is of that council and period."""
    engine.ask("What was Havant's PI002 for calls in June 2021?", TODAY, "names")
    assert "90.17%" in engine.ask("council tax calls?", TODAY, "names").answer


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("which borough had the most P1 incidents in January 2018?", "add them up"), "is 26 (3 figures)"),
        (("P1 incidents at Brent in January 2018?", "and the others?", "add them up"), "is 26 (3 figures)"),
        (("Mendip's PI004 in August 2021?", "and which councils do you have?", "and in July?"), "77.48% in Jul-21"),
        (
            ("Mendip's PI004 in August 2021?", "and a year earlier?"),
            "for that period. The papers give PI004 from Jan-21",
        ),
        (("Mendip's PI004 in August 2021?", "and in July?", "how far apart are those?"), "by 4.48 percentage points"),
        # what is asked of "it" over time is of all its months, and the worst is one of them
        (("Mendip's PI004 in August 2021?", "how many months has it been below 80?"), "of 14 figures were below 80"),
        (
            ("Mendip's PI004 in August 2021?", "how many months has it been below 80?", "which was worst?"),
            "Mar-21, 49.40%",
        ),
        (("Mendip's PI004 in June 2021?", "and in July?", "how much did it drop by August?"), "from 77.48% in Jul-21"),
        # those that were told of one by one are added up, and no others
        (("P1 incidents at Brent in January 2018?", "and Lewisham?", "both together?"), "is 21 (2 figures)"),
        (
            ("how much does Vale pay for the client team?", "and Hart?", "what do those two come to?"),
            "£180,529 together",
        ),
        (("Mendip's PI004 in August 2021?", "calls in 20 seconds there in July 2021?"), "76.31%"),
        (("Mendip's PI004 in August 2021?", "show me the months"), "rose from 65.90% in Jan-21"),
        (("Mendip's PI004 in August 2021?", "and in July?", "by month please"), "Feb-22"),
    ],
)
def test_what_follows_on_is_of_what_was_answered(engine: Engine, asked: tuple[str, ...], said: str) -> None:
    """Proves that sums and months are of the figures that were given, whatever was asked of the index between."""
    thread = " ".join(asked)
    answers = [engine.ask(question, TODAY, thread) for question in asked]
    assert said in answers[-1].answer


def test_those_of_a_list_are_narrowed(engine: Engine) -> None:
    """Proves that "which of those affects" a council leaves out what is about others."""
    engine.ask("Which rectification plans are still open?", date(2021, 10, 6), "those")
    told = engine.ask("which of those affects South and Vale?", date(2021, 10, 6), "those").answer
    assert "RP4-2020" in told
    assert "RP1-2020" not in told


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Jan-21", "in Jan-21"),
        ("As at May 2023", "as at May 2023"),  # a column says the word itself
        ("previous quarter (Q1 2021/22)", "in the previous quarter (Q1 2021/22)"),
        ("a year earlier (Q1 2020/21)", "a year earlier (Q1 2020/21)"),
        ("YTD (Apr-21 to Sep-21)", "in the year to date (Apr-21 to Sep-21)"),
    ],
)
def test_periods_get_their_word(label: str, said: str) -> None:
    """Proves that a column's name reads as English in a sentence."""
    assert words.when(label) == said
