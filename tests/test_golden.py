"""The sample papers yield what the golden files beside them say: `make golden` regenerates them for review."""

import json
from pathlib import Path

import pytest

from indexer.golden import golden, sample_papers


@pytest.mark.parametrize("paper", sample_papers(), ids=lambda p: p.stem)
def test_a_sample_paper_yields_its_golden_file(paper: Path) -> None:
    """Every figure, target, record, passage and unread table of a sample paper, to the letter."""
    expected = json.loads(paper.with_suffix(".json").read_text(encoding="utf-8"))
    found = json.loads(golden(paper))
    for section, lines in expected.items():
        assert found[section] == lines, section


def test_every_kind_of_record_is_in_the_samples() -> None:
    """The samples hold an exempt record, and each kind of record that is read from tables."""
    kinds, exempt = set(), False
    for paper in sample_papers():
        file = json.loads(paper.with_suffix(".json").read_text(encoding="utf-8"))
        kinds |= {record[0] for record in file["records"]}
        exempt |= any(record[-1] == "exempt" for record in file["records"])
    assert kinds >= {"rectification", "plan_item", "risk", "budget_line", "member"}
    assert exempt
