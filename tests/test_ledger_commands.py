"""The ledger at the command line: plans, rectification plans, risks, and the tools over all of it."""

import csv
import io
import json
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from corpus.settings import Settings
from kpi_tools.ledger import KINDS

JOINT = "five-councils-joint-committee"


def run(settings: Settings, *words: str, width: int = 300) -> str:
    done = CliRunner().invoke(main, ["--data", settings.home, *words], env={"COLUMNS": str(width)})
    assert done.exit_code == 0, done.stderr
    return done.stdout


def rows(settings: Settings, command: str, *words: str) -> list[dict[str, Any]]:
    ((_, found),) = json.loads(run(settings, command, *words, "--json")).items()
    return list(found)


@pytest.mark.parametrize(
    ("command", "kind"), [("plans", "plan_item"), ("rectification", "rectification"), ("risks", "risk")]
)
def test_json_and_csv_hold_the_same_records(sample_settings: Settings, command: str, kind: str) -> None:
    """By the contract: the kind, the day of the paper, where it stands, and the kind's own fields."""
    listed = rows(sample_settings, command)
    told = list(csv.DictReader(io.StringIO(run(sample_settings, command, "--csv"))))
    assert listed and len(told) == len(listed)
    for one, other in zip(listed, told, strict=True):
        assert one["kind"] == kind
        assert {"as_of", "document", "page", *KINDS[kind]} <= set(one)
        assert all(other[field] == str(one[field] or "") for field in ("document", "page", *KINDS[kind]))


def test_the_table_shows_what_there_is(sample_settings: Settings) -> None:
    """A terminal shows each record with its paper and page, and columns that hold anything."""
    shown = run(sample_settings, "rectification", "--state", "closed")
    assert "RP1-2020" in shown and "RP4-2020" not in shown
    lines = shown.splitlines()
    at = lines.index(f"{JOINT}-2022-04-06-pack.pdf")
    assert [line.split()[-1] for line in lines[at + 1 : at + 3]] == ["Page", "4"]
    shown = run(sample_settings, "risks", "--about", "data centre is lost")
    assert "Head of Infrastructure" in shown and "Lead" not in shown


@pytest.mark.parametrize("width", [60, 80, 160])
def test_no_word_is_cut_at_any_width(sample_settings: Settings, width: int) -> None:
    """A narrow terminal wraps long texts, or sets them one below the other; refs, days and states stay whole."""
    for command in (("plans",), ("ledger", "changes")):
        shown = run(sample_settings, *command, width=width)
        assert max(map(len, shown.splitlines())) <= width and "…" not in shown
    due = {row["due"] for row in rows(sample_settings, "plans") if len(row["due"]) <= 12}
    shown = run(sample_settings, "plans", width=width)
    assert due and all(day in shown for day in due)


def test_plans_are_chosen_by_state_colour_council_and_paper(sample_settings: Settings) -> None:
    """Each choice narrows; overdue is as of the day."""
    october = ("--paper", f"{JOINT}-2021-10")
    red = rows(sample_settings, "plans", *october, "--rag", "red")
    assert {row["rag"] for row in red} == {"red"}
    havant = rows(sample_settings, "plans", *october, "--council", "Havant", "--about", "collection plan")
    assert {row["councils"] for row in havant} == {"Havant"}
    late = rows(sample_settings, "plans", *october, "--state", "overdue", "--today", "2021-05-01")
    later = rows(sample_settings, "plans", *october, "--state", "overdue", "--today", "2021-10-06")
    assert len(late) < len(later)
    assert all(row["due_date"] < "2021-05-01" and row["state"] != "closed" for row in late)


def test_an_item_has_its_day_and_its_dated_notes(sample_settings: Settings) -> None:
    """The due date as printed and as a day, and each note with its own day."""
    (item,) = [
        r for r in rows(sample_settings, "plans", "--about", "signed off", "--rag", "red") if r["ref"] == "M RB8"
    ]
    assert (item["due"], item["due_date"]) == ("30-Nov-19", "2019-11-30")
    assert [note["date"] for note in item["notes"]] == ["2021-09-13", "2022-01-26", "2022-03-07"]


def test_nothing_of_that_kind_is_said_in_a_sentence(sample_settings: Settings) -> None:
    """Without a traceback; as JSON it is an empty list."""
    done = CliRunner().invoke(main, ["--data", sample_settings.home, "risks", "--about", "volcano"])
    assert done.exit_code == 1 and "no risks of that kind" in done.stderr
    assert rows(sample_settings, "risks", "--about", "volcano") == []


def tool(settings: Settings, *words: str) -> list[dict[str, Any]]:
    found = json.loads(run(settings, "ledger", *words, "--json"))
    assert found["tool"] == words[0]
    return list(found["rows"])


def test_the_tools_say_how_a_promise_stands_and_what_changed(sample_settings: Settings) -> None:
    """A ref by its latest paper; a slip in days with both due dates; every row with its paper and page."""
    (plan,) = tool(sample_settings, "status", "--ref", "rp1-2020")
    assert (plan["state"], plan["document"]) == ("closed", f"{JOINT}-2022-04-06-pack.pdf")
    (slip,) = [row for row in tool(sample_settings, "changes") if row["change"] == "slipped"]
    assert (slip["days"], slip["due_before"], slip["due_after"]) == (273, "01/10/21", "01/07/22")
    told = tool(sample_settings, "timeline", "--about", "universal credit")
    assert [row["date"] for row in told] == sorted(row["date"] for row in told)


def test_the_tools_know_people_and_budgets(sample_settings: Settings) -> None:
    """Who was not there on a day; a line's share of the total of its own table."""
    assert [
        row["name"] for row in tool(sample_settings, "people", "--role", "apologies", "--meeting", "2021-07-07")
    ] == ["Alex Rennie"]
    (travel,) = tool(sample_settings, "budget", "--about", "travel")
    assert (travel["printed"], travel["unit"], travel["share"]) == ("£5,000", "£", "0.75")


def test_a_day_that_is_none_is_told(sample_settings: Settings) -> None:
    done = CliRunner().invoke(main, ["--data", sample_settings.home, "ledger", "overdue", "--today", "soon"])
    assert done.exit_code == 1 and "write a day as 2021-10-06" in done.stderr
