"""What is exported: every paper's own rows, not only those that stand."""

from datetime import date
from decimal import Decimal

from corpus.paper import Place
from kpi_tools.figures import Figure
from kpi_tools.frames import build
from kpi_tools.measures import Measure, Observation
from kpi_tools.spans import month


def test_each_paper_s_figure_stands_where_papers_are_not_merged() -> None:
    """A figure that two papers give is one row to answer from, and two to show what each paper says."""
    seen = [
        Observation(
            Measure("Land Charges", "K1", "Searches", "", ""),
            "Hart",
            month(date(2021, 7, 1)),
            Figure(Decimal(value), "", value),
            Place(document, 1, "", "", 1, 1, 1, (0.0, 0.0, 1.0, 1.0)),
            value,
        )
        for document, value in (("a.pdf", "4"), ("b.pdf", "5"))
    ]
    assert [(row.document, row.earlier) for row in build(seen, []).itertuples()] == [("b.pdf", "4")]
    assert [row.document for row in build(seen, [], merged=False).itertuples()] == ["a.pdf", "b.pdf"]
