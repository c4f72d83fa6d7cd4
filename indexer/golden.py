"""What must be extracted from the sample papers, beside each of them: `python -m indexer.golden` writes it anew.

One record a line, so that a difference reads as a list of what was gained, lost and changed.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from indexer.reading import read_paper
from kpi_tools.figures import Figure
from kpi_tools.ledger import Record
from kpi_tools.measures import Measure, Observation, Target

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"


def sample_papers() -> list[Path]:
    """The sample papers."""
    return sorted(SAMPLE.glob("*.pdf"))


def golden(path: Path) -> str:
    """All that is extracted of a paper, as JSON with a record a line."""
    found = read_paper(path, path.name)
    pack = found.pack
    sections: dict[str, Iterable[Any]] = {
        "paper": [[pack.title, pack.council, pack.committee, pack.date, len(pack.pages)]],
        "items": [[i.number, i.title, i.first_page, "exempt" if i.exempt else "public"] for i in pack.items],
        "tables": [[n.page, n.title, n.shape or f"not read: {n.reason}"] for n in found.notes],
        "observations": map(_observation, found.observations),
        "targets": map(_target, found.targets),
        "records": map(_record, found.records),
        "passages": [[p.places[0].page, p.heading, " ".join(p.text.split()[:8])] for p in found.passages],
    }
    return "{\n" + ",\n".join(_section(name, lines) for name, lines in sections.items()) + "\n}\n"


def _section(name: str, lines: Iterable[Any]) -> str:
    written = ",\n".join("  " + json.dumps(line, ensure_ascii=False, default=str) for line in lines)
    return f' "{name}": [\n{written}\n ]'


def _measure(measure: Measure) -> Iterator[str]:
    yield from (measure.service, measure.code, measure.name, measure.unit, measure.polarity)


def _observation(seen: Observation) -> list[Any]:
    value = seen.figure.value if isinstance(seen.figure, Figure) else "no figure"
    place = f"page {seen.place.page}, {seen.place.label}, item {seen.place.item}"
    measure, span = [*_measure(seen.measure), seen.entity], [seen.period.start, seen.period.end]
    return [*measure, *span, value, seen.figure.printed, place, *_exempt(seen.exempt)]


def _exempt(exempt: bool) -> list[str]:
    return ["exempt"] if exempt else []


def _target(target: Target) -> list[Any]:
    figure = target.figure.printed if target.figure else "no figure"
    return [*_measure(target.measure), target.entity, target.comparator, figure, target.start, target.end, target.quote]


def _record(record: Record) -> list[Any]:
    return [
        record.kind,
        record.as_of,
        record.place.page,
        {k: v for k, v in record.fields.items() if v},
        *_exempt(record.exempt),
    ]


if __name__ == "__main__":
    for paper in sample_papers():
        paper.with_suffix(".json").write_text(golden(paper), encoding="utf-8")
