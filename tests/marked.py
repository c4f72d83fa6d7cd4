"""Papers that mark parts of themselves, for the tests of what is exempt: each holds what is OPEN and what is SHUT.

A page is a list of lines: "# " is a heading, "^ " stands at the page's head, "_ " at its foot, "| " is a table's row.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import wrap

import pytest

from corpus.paper import Pack
from indexer.extract import extract
from indexer.reader import read_pack
from tests.drawing import Drawing

# Slack's names of messages, also as what an answer answers, and a log record's times and numbers
CLOCK = frozenset(
    ["ts", "thread_ts", "event_payload", "created", "msecs", "relativeCreated", "thread", "threadName", "process"]
)

Paper = Sequence[Sequence[str]]

FILLER = "The service was delivered as planned and members were content with what they heard about it."


def draw(path: Path, paper: Paper, title: str = "", outline: Sequence[str] = ()) -> Path:
    """The paper as a PDF; `outline` has one entry a page, "" for none."""
    drawing = Drawing(path, title)
    for number, page in enumerate(paper):
        if number < len(outline) and outline[number]:
            drawing.mark(outline[number])
        rows: list[list[str]] = []
        for line in [*page, ""]:
            if line.startswith("| "):
                rows.append([cell.strip() for cell in line.strip("| ").split("|")])
                continue
            if rows:
                drawing.table(rows, [400 / len(rows[0])] * len(rows[0]))
                rows = []
            if line.startswith("^ "):
                drawing.at(line[2:], 60, 20, 9)
            elif line.startswith("_ "):
                drawing.at(line[2:], 60, 815, 9)
            elif line.startswith("# "):
                drawing.text(line[2:], size=14, bold=True)
            elif line:
                for part in (part for whole in line.splitlines() for part in wrap(whole, 95)):
                    drawing.text(part, gap=2)
                drawing.y += 8
        drawing.page()
    return drawing.done()


def write(path: Path, paper: Paper) -> Path:
    """The paper as a text file, a form feed between its pages."""
    pages = [
        "".join(f"\n{_row(line)}" if line[0] == "|" else f"\n\n{line.lstrip('#^_ ')}" for line in p) for p in paper
    ]
    path.write_text("\f".join(pages), encoding="utf-8")
    return path


def _row(line: str) -> str:
    return "\t".join(cell.strip() for cell in line.strip("| ").split("|"))


def held(secrets: Sequence[str], found: object) -> list[str]:
    """Which of the secrets stand in what is found, the times at which it was said left out."""
    text = json.dumps(_timeless(found), ensure_ascii=False, default=str)
    return [secret for secret in secrets if secret in text]


def _timeless(found: object) -> object:
    """A tree without the fields that hold the clock: their digits may be any."""
    if isinstance(found, dict):
        return {key: _timeless(value) for key, value in found.items() if key not in CLOCK}
    return [_timeless(part) for part in found] if isinstance(found, list | tuple) else found


def told(pack: Pack) -> dict[str, str]:
    """What the paper's passages and records tell the public ("open"), and the cleared alone ("shut")."""
    found = extract(pack)
    said = {"open": [], "shut": []}  # type: dict[str, list[str]]
    for passage in found.passages:
        said["shut" if passage.exempt else "open"].append(f"{passage.heading} {passage.text}")
    for seen in found.observations:
        measure = f"{seen.measure.service} {seen.measure.name}"
        said["shut" if seen.exempt else "open"].append(f"{measure} {seen.entity} {seen.quote}")
    for aim in found.targets:
        said["shut" if aim.exempt else "open"].append(f"{aim.measure.service} {aim.measure.name} {aim.quote}")
    for record in found.records:
        said["shut" if record.exempt else "open"].append(f"{' '.join(record.fields.values())} {record.quote}")
    return {way: " ".join(texts) for way, texts in said.items()}


AGENDA = ["# Agenda", "Aldbury District Council Cabinet, 5 March 2025"]


def checks(papers: dict[str, Paper]) -> list[object]:
    """Each paper as a PDF and as a text, as parameters (paper, way to make it, file name)."""
    ways: tuple[tuple[str, Callable[[Path, Paper], Path]], ...] = (("a.pdf", draw), ("a.txt", write))
    return [
        pytest.param(paper, way, name, id=f"{what} ({name[2:]})")
        for what, paper in papers.items()
        for name, way in ways
    ]


def hold(path: Path, paper: Paper, way: Callable[[Path, Paper], Path]) -> None:
    """Assert that the public is told what the paper leaves open, and nothing that it shuts."""
    said = told(read_pack(way(path, paper), path.name))
    words = [word for page in paper for line in page for word in line.split() if word.startswith(("OPEN", "SHUT"))]
    assert words
    assert [word for word in words if word in said["open"]] == [word for word in words if word.startswith("OPEN")]
