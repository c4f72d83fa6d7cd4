"""The tools over figures, as commands: `packclerk kpi ...`."""

import csv
import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner, Result

from bot.commands.kpi import kpi
from corpus.errors import RequestError
from corpus.paper import Pack
from corpus.settings import Settings
from kpi_tools import tools
from kpi_tools.extraction import Extraction
from kpi_tools.store import Store
from tests.test_tools import HAVANT, TARGET


def test_commands_come_from_the_tools() -> None:
    """Each tool is a command with a help text; its options are those of its signature, with their words."""
    listed = CliRunner().invoke(kpi, ["--help"]).output
    for tool in tools.TOOLS:
        assert tool.__name__.replace("_", "-") in listed
        helped = CliRunner().invoke(kpi, [tool.__name__.replace("_", "-"), "--help"])
        assert helped.exit_code == 0
        assert (tool.__doc__ or "").strip().splitlines()[0][:30] in helped.output
    assert "[worst|best|highest|lowest]" in CliRunner().invoke(kpi, ["rank", "--help"]).output


def stored(home: Path) -> Settings:
    """The settings of an index that holds one paper with Havant's calls."""
    settings = Settings(home=str(home))
    store = Store(settings.database)
    pack = Pack("a.pdf", "0" * 64, "A paper", "", "", date(2021, 10, 6), (), (), ())
    store.save(Extraction(pack, tuple(HAVANT), (TARGET,), (), (), ()), Path("a.pdf"), store.intend_adding(0))
    store.close()
    return settings


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(kpi, list(words), obj=settings)


def test_commands_read_the_index(tmp_path: Path) -> None:
    """A command selects by council, code and period, and prints JSON, CSV or a table with the same figures."""
    settings = stored(tmp_path)
    chosen = ("--entity", "havant", "--code", "PI 002", "--since", "Feb-21", "--until", "2021-03-31")
    found = json.loads(run(settings, "change", *chosen, "--json").output)
    assert [row["printed"] for row in found["rows"]] == ["68.99%", "81.01%"]
    assert found["results"] == [{"operation": "change", "value": "12.02", "unit": "percentage points", "of": [0, 1]}]
    lines = list(csv.DictReader(run(settings, "lookup", *chosen, "--csv").output.splitlines()))
    assert [(line["value"], line["start"], line["met"]) for line in lines] == [
        ("68.99", "2021-02-01", "False"),
        ("81.01", "2021-03-01", "True"),
    ]
    table = run(settings, "streak", "--met").output
    assert "current run: 0 periods" in table
    assert "Havant" in table


def test_nothing_found_is_told(tmp_path: Path) -> None:
    """A selection without rows ends in a sentence that repeats what was asked."""
    failed = run(stored(tmp_path), "lookup", "--entity", "Winchester")
    assert isinstance(failed.exception, RequestError)
    assert "Winchester" in str(failed.exception)


def test_a_wrong_period_is_told() -> None:
    """A period that cannot be read is refused with examples."""
    said = CliRunner().invoke(kpi, ["lookup", "--since", "soon"])
    assert said.exit_code == 2
    assert "no day or period" in said.output
