"""Who was there, what was decided and what was asked for, in lines of notes and minutes."""

import pytest

from tests.tables import paper


def test_notes_of_a_meeting_say_what_was_decided() -> None:
    """Sentences that resolve or agree are decisions of that meeting, also where they run over lines."""
    found = paper(
        lines=(
            "Notes of the meeting of 7 July 2021",
            "A query was raised. Resolved that the dashboard would",
            "say what it counts. Thanks were given.",
            "Members agreed that a survey would be sent",
            "– another point.",
            "Apologies were received from Cllr Dee Brown.",
        )
    )
    decisions = [(r.fields["text"], r.fields["meeting"]) for r in found.records if r.kind == "decision"]
    assert decisions == [
        ("Resolved that the dashboard would say what it counts.", "7 July 2021"),
        ("Members agreed that a survey would be sent", "7 July 2021"),
    ]
    assert [r.fields["meeting"] for r in found.records if r.kind == "member"] == ["7 July 2021"]


@pytest.mark.parametrize(
    ("line", "by", "of", "due"),
    [
        ("Members requested a breakdown of the costs by 31 March 2022.", "Members", "", "31 March 2022"),
        (
            "The panel asked officers to bring figures to the next meeting.",
            "The panel",
            "officers",
            "to the next meeting",
        ),
        ("Cllr Ann Smith asked for a map of the sites.", "Cllr Ann Smith", "", ""),
        ("A suggestion was made for a survey of visitors.", "", "", ""),
        ("Officers to circulate the plan before the June meeting.", "", "Officers", "before the June meeting"),
        ("The Head of Finance agreed to report back in September.", "", "The Head of Finance", "in September"),
        ("Thanks were given, but the manager would brief further.", "", "the manager", ""),
        ("The table is to be amended for clarity.", "", "", ""),
        ("A regular report is required.", "", "", ""),
    ],
)
def test_minutes_say_what_was_asked_for(line: str, by: str, of: str, due: str) -> None:
    """By whom, of whom and by when stand as printed, and are none where the sentence does not say."""
    found = paper(lines=("Notes of the meeting of 7 July 2021", f"- A matter was raised. {line}"))
    (asked,) = [r for r in found.records if r.kind == "request"]
    fields = asked.fields
    assert (fields["text"], fields["by"], fields["of"], fields["due"]) == (line, by, of, due)
    assert (fields["about"], fields["meeting"]) == (f"A matter was raised. {line}", "7 July 2021")


@pytest.mark.parametrize(
    "lines",
    [
        ("Notes of the meeting of 7 July 2021", "- Members asked why the figures had fallen."),
        ("Notes of the meeting of 7 July 2021", "- Thanks were given for the work."),
        ("A report", "Members requested a breakdown of the costs."),
        ("Agenda", "To agree the notes of the last meeting on 7 July 2021", "Officers will be present to report."),
    ],
)
def test_what_asks_for_nothing_is_no_request(lines: tuple[str, ...]) -> None:
    """A question that was answered there, thanks, a paper that is no notes, an agenda that only names some."""
    assert not [r for r in paper(lines=lines).records if r.kind == "request"]


def test_people_are_read_from_their_lists() -> None:
    """Members and officers by their lists' openings, apologies by their sentence."""
    found = paper(
        lines=(
            "Members of the Committee:",
            "Cllr Ann Smith, Hart District Council",
            "Cllr Bob Jones, Mendip DC",
            "Officers:",
            "Carl White, Head of IT",
            "Apologies were received from Cllr Dee Brown.",
        )
    )
    people = [(r.fields["name"], r.fields["role"]) for r in found.records if r.kind == "member"]
    assert people == [
        ("Ann Smith", "member"),
        ("Bob Jones", "member"),
        ("Carl White", "officer"),
        ("Dee Brown", "apologies"),
    ]


def test_minutes_are_of_the_day_that_their_heading_says() -> None:
    """The paper's own meeting is another; one title may stand for several names, and what they are in brackets."""
    found = paper(
        lines=(
            "Cabinet, Thursday 9 June 2022",
            "Minutes of the meeting held on 5 May 2022",
            "Present: Councillors A Marlow (Chair), Beth Nuttall and J Pike.",
            "Apologies for absence were received from Councillors R Desai and T Quill.",
            "The Executive RESOLVED that the strategy be approved.",
        )
    )
    people = [(r.fields["name"], r.fields["role"]) for r in found.records if r.kind == "member"]
    assert people == [
        ("A Marlow", "present"),
        ("Beth Nuttall", "present"),
        ("J Pike", "present"),
        ("R Desai", "apologies"),
        ("T Quill", "apologies"),
    ]
    assert {r.fields["meeting"] for r in found.records} == {"5 May 2022"}
    assert [r.fields["text"] for r in found.records if r.kind == "decision"]
