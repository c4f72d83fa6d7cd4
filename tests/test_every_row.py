"""Every row of the sample papers' plans, rectification plans and budgets, as written, is in the ledger once."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from indexer.golden import SAMPLE
from kpi_tools.ledger import KINDS

# What a header's first words call a field of a record.
HEADS = {
    "plan_item": {
        "ref": "ref", "description": "description", "milestones": "milestone", "due dates": "due", "lead": "lead",
        "council(s) impacted": "councils", "councils impacted": "councils", "delivery status": "status",
        "rag status": "rag", "progress": "progress", "driver or source": "driver", "links to service outcomes": "links",
    },
    "rectification": {"ref.": "ref", "area": "area", "default": "default", "update": "update"},
}  # fmt: skip
RAG = {"R": "red", "A": "amber", "G": "green", "Complete": "complete"}
PAPERS = sorted(path.stem for path in Path(SAMPLE).glob("*.json"))


def tables(paper: str) -> Iterator[list[list[str]]]:
    """The tables of a paper's source, cell by cell; what is merged with the row above has its text."""
    rows: list[list[str]] = []
    for line in (Path(SAMPLE) / "source" / f"{paper}.md").read_text(encoding="utf-8").split("\n"):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split(" |")]
            rows.append([rows[-1][n] if cell == "^" else cell for n, cell in enumerate(cells)])
        elif rows:
            yield rows
            rows = []


def written(paper: str, kind: str) -> Iterator[Mapping[str, str]]:
    """The rows of one kind of table as a record's fields."""
    for head, *rows in tables(paper):
        names = [HEADS[kind].get(cell.lower(), "") for cell in head]
        if {"milestone", "due"} <= set(names) or "default" in names:
            for row in rows:
                told = {name: cell for name, cell in zip(names, row, strict=True) if name}
                yield told | ({"rag": RAG.get(told["rag"], "")} if "rag" in told else {})


def held(paper: str, kind: str) -> list[dict[str, str]]:
    golden = json.loads((Path(SAMPLE) / f"{paper}.json").read_text(encoding="utf-8"))
    return [dict.fromkeys(KINDS[kind], "") | record[3] for record in golden["records"] if record[0] == kind]


@pytest.mark.parametrize("kind", HEADS)
def test_every_row_is_a_record_once(kind: str) -> None:
    """With the ref and description of a merged cell above it, its step, days, councils, status, colour and notes."""
    seen = 0
    for paper in PAPERS:
        rows = list(written(paper, kind))
        records = held(paper, kind) if rows else []
        names = sorted({name for row in rows for name in row})
        told = Counter(tuple(row.get(name, "") for name in names) for row in rows)
        assert Counter(tuple(" ".join(record[name].split()) for name in names) for record in records) == told
        seen += len(rows)
    assert seen > {"plan_item": 60, "rectification": 5}[kind]


def test_every_amount_of_a_budget_is_held_once() -> None:
    """Each line with its amounts, and its total with them."""
    budgets = [rows for rows in tables(PAPERS[0]) if any(cell.startswith("Budget") for cell in rows[0])]
    told = Counter((name, *filter(None, amounts)) for _, *rows in budgets for name, *amounts in rows)
    lines = [r for r in held(PAPERS[0], "budget_line") if "Budget" in r["amounts"]]
    amounts = ((r["line"], *(part.partition(": ")[2] for part in r["amounts"].split("; "))) for r in lines)
    assert Counter(amounts) == told
    assert len(told) > 10
