"""The officer's commands: what they print of the sample papers, for the eye and as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from corpus.settings import Settings


@pytest.fixture(scope="module")
def home(sample_settings: Settings) -> str:
    return sample_settings.home


def run(home: str, *words: str) -> str:
    """What a command prints; it must end well."""
    result = CliRunner().invoke(main, ["--data", home, *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_papers_as_json_says_what_was_understood(home: str) -> None:
    """Measures with entities, periods, targets and counts; the ledger; every table; the slips."""
    documents = [paper["document"] for paper in json.loads(run(home, "papers", "--json"))]
    every = [json.loads(run(home, "papers", document, "--json")) for document in documents]
    for found in every:
        assert found["counts"]["observations"] == sum(m["figures"] + m["without_figure"] for m in found["measures"])
        assert found["counts"]["records"] == len(found["ledger"])
        assert found["counts"]["tables"] == len(found["tables"])
        assert all(table["shape"] or table["reason"] for table in found["tables"])
    calls = next(
        m for found in every for m in found["measures"] if (m["service"], m["code"]) == ("Customer Services", "PI002")
    )
    assert calls["better"] == "higher"
    assert calls["targets"] == ["> 80%"]
    assert "Havant" in calls["entities"]
    assert calls["periods"]["count"] > 1


def test_papers_for_the_eye(home: str) -> None:
    """The same in words: services, measures, unread tables with their reason, and where the slips are told."""
    document = json.loads(run(home, "papers", "--json"))[0]["document"]
    shown, found = run(home, "papers", document), json.loads(run(home, "papers", document, "--json"))
    squeezed = "".join(shown.split())
    for measure in found["measures"]:
        assert measure["code"] in shown
        assert "".join(measure["service"].split()) in squeezed
    assert f"Ledger: {len(found['ledger'])}" in shown
    assert f"Slips: {len(found['slips'])}" in shown


@pytest.mark.parametrize("width", ["80", "160"])
def test_papers_at_any_width(home: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is cut or wider than the terminal; a measure's name stands whole on it, with what holds for it."""
    monkeypatch.setenv("COLUMNS", width)
    documents = [paper["document"] for paper in json.loads(run(home, "papers", "--json"))]
    for document in documents:
        lines = run(home, "papers", document).splitlines()
        assert max(map(len, lines)) <= int(width)
    shown = run(home, "papers", "five-councils-joint-committee-2021-10-06-pack.pdf")
    assert "PI002 % Calls Answered within 20 seconds" in shown
    assert "Jan-21 to Aug-21 (8)" in shown


def test_corrections_that_fit_nothing_are_told(sample_settings: Settings, tmp_path: Path) -> None:
    """A mistyped code in the file beside the index is told with its line, but not to the public."""
    settings = {"PACKCLERK_HOME": str(tmp_path), "PACKCLERK_DATABASE_URL": sample_settings.database}
    (tmp_path / "corrections.toml").write_text('[[measure]]\ncode = "PI0002"\npolarity = "higher"\n')
    cleared = CliRunner().invoke(main, ["papers"], env=settings).output
    assert "line 1, [[measure]] 1: no measure of the papers fits PI0002" in cleared
    assert "Not used" not in CliRunner().invoke(main, ["papers", "--as", "public"], env=settings).output


def test_check_of_one_paper(home: str) -> None:
    """A paper's slips alone, each with its places and quotes; without a paper, those of all."""
    every = json.loads(run(home, "check", "--json"))
    assert every
    document = every[0]["places"][0]["document"]
    own = json.loads(run(home, "check", document, "--json"))
    assert own == [slip for slip in every if document in {place["document"] for place in slip["places"]}]
    assert all(place["quote"] and place["page"] for slip in own for place in slip["places"])
    shown = "".join(run(home, "check", document).split())
    assert all("".join(slip["sentence"].split()) in shown for slip in own)


def test_a_paper_that_is_not_there(home: str) -> None:
    """One sentence, and where to look."""
    result = CliRunner().invoke(main, ["--data", home, "papers", "no such paper"])
    assert result.exit_code == 1
    assert "No indexed paper matches" in result.output
