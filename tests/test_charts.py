"""Charts: when figures make one, that Slack would take it, and that the picture shows it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.answer import Answer, Citation, Given
from bot.slack.blocks import message
from bot.slack.charts import COLOURS, block, chart, picture
from bot.slack.source import MARGIN, draw
from indexer.pdf import read_tables
from indexer.tasks import Pages
from tests.drawing import Drawing
from tests.slack_rules import check_message
from tests.test_blocks import MONTHS, QUIET, figure

MONTHLY = [figure("Havant", f"{n:02}/21", f"2021-{n:02}-28", f"{60 + n}.5%") for n in range(1, 9)]


def aimed(figures: list[Given], target: str = "80") -> list[Given]:
    return [replace(g, target=target) for g in figures]


def test_a_trend_is_a_line_with_its_target() -> None:
    """A point a period, in the order of time, and the target beside it."""
    found = chart(aimed(MONTHLY[::-1]))
    assert found and found.kind == "line"
    assert found.title == "Customer Services PI002 Havant"
    assert found.labels[0] == "01/21" and found.labels[-1] == "08/21"
    assert dict(found.series) == {"Havant": tuple(60.5 + n for n in range(1, 9)), "Target": (80.0,) * 8}


def test_a_comparison_is_bars() -> None:
    """A bar a council, where they are of one period."""
    found = chart([figure(name, "Aug-21", "2021-08-31", "45.6%") for name in ("Hart", "Havant", "Mendip")])
    assert found and (found.kind, found.labels) == ("bar", ("Hart", "Havant", "Mendip"))


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (MONTHS[:2], "two points are no trend"),
        ([*MONTHS[:2], replace(MONTHS[2], unit="£")], "units that cannot be held together"),
        ([*MONTHS, replace(MONTHS[2], value="3")], "two values of one period"),
        ([], "no figures"),
    ],
)
def test_no_chart(figures: list[Given], why: str) -> None:
    """What makes no honest chart makes none."""
    assert chart(figures) is None, why


def test_a_gap_is_a_gap() -> None:
    """A missing month is left out of the line, never drawn as zero; Slack's own chart has no place for it."""
    hart = [replace(g, entity="Hart") for g in MONTHLY[:3]]
    found = chart([*MONTHLY, *hart])
    assert found and dict(found.series)["Hart"][3:] == (None,) * 5
    assert block(found) is None
    assert "04/21 no figure" in found.alt
    assert picture(found).startswith(b"\x89PNG")


def test_the_picture_has_a_size_and_words() -> None:
    """A PNG wide enough to be read, with its values in the words for who cannot see it."""
    found = chart(aimed(MONTHLY))
    assert found
    with Image.open(BytesIO(picture(found))) as image:
        assert image.format == "PNG" and image.width >= 1000
    assert "08/21 68.5%" in found.alt and "Target: 01/21 80%" in found.alt


def test_names_and_sums_are_whole_but_where_slack_cuts_them() -> None:
    """Words and picture have room for a long name, and a large sum is said to its last digit; Slack's chart cuts names,
    and is not drawn where that makes two the same."""
    long = ("The Joint Councils of Aldbury and Berrow", "The Joint Councils of Calder and Dunmere", "Hart")
    figures = [replace(figure(n, "Aug-21", "2021-08-31", "£1,234,567.50"), value="1234567.5", unit="£") for n in long]
    found = chart(figures)
    assert found and found.labels == long and f"{long[1]} £1,234,567.5" in found.alt
    assert block(found) is None
    whole = chart([replace(g, entity=g.entity[-20:]) for g in figures])
    assert whole and block(whole)


def test_nothing_throughout_stands_at_the_foot_of_its_axis() -> None:
    """A count that is 0 in every month: the axis begins there, so the line is drawn low, and not in the middle."""
    found = chart([replace(g, value="0", unit="", printed="0") for g in MONTHLY])
    assert found
    colour = ImageColor.getrgb(COLOURS[0])
    with Image.open(BytesIO(picture(found))) as image:
        told = image.convert("RGB")
        drawn = [y for y in range(told.height) for x in range(told.width) if told.getpixel((x, y)) == colour]
    assert drawn and min(drawn) > 0.8 * image.height


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(max_size=60), min_size=1, max_size=12, unique=True), st.integers(1, 30), st.text(max_size=90),
    st.decimals(-10**9, 10**9, places=2),
)  # fmt: skip
def test_slack_takes_whatever_comes(names: list[str], periods: int, service: str, value: object) -> None:
    """Names, numbers of series and of points as long as they may be: the message keeps Slack's limits."""
    figures = tuple(
        replace(figure(name, f"P{n}", f"{2000 + n}-01-01", f"{value}%"), service=service)
        for name in names
        for n in range(periods)
    )
    cited = Citation("p.pdf", "", 1, "", "", "", (0.0, 0.0, 1.0, 1.0))
    answer = Answer("q", "answered", "So.", ("x",), figures, (), (cited,))
    check_message(message(answer, "id", rich=True, alone=True) | QUIET)


def test_the_source_is_cropped_and_its_cells_outlined(tmp_path: Path) -> None:
    """The picture is of the part around the cells, with their frames in red, and nothing else is red."""
    path = Drawing(tmp_path / "a.pdf").table([["Council", "Aug-21"], ["Havant", "45.66%"]], [100, 80]).page().done()
    box = (160.0, 90.0, 240.0, 110.0)
    with Image.open(BytesIO(draw(str(path), 1, [box]))) as image:
        assert image.height < image.width / 2
        red = [(x, y) for x in range(image.width) for y in range(image.height) if _red(image.getpixel((x, y)))]
    assert red
    left, right = min(x for x, _ in red) / 2, max(x for x, _ in red) / 2
    assert left == pytest.approx(160, abs=4) and right == pytest.approx(240, abs=4)


def test_a_long_table_is_shown_from_its_header(tmp_path: Path) -> None:
    """However far down the cited cell stands, the picture begins with the table's header, and ends with the table."""
    rows = [["Council", "Aug-21"], *([f"Council {n}", f"{n}%"] for n in range(24))]
    path = Drawing(tmp_path / "a.pdf").table(rows, [100, 80]).page().done()
    [sheet] = read_tables(Pages(path, "a.pdf", 1, 1))
    [grid] = sheet.grids
    cell = grid.rows[-1][1]
    assert cell
    with Image.open(BytesIO(draw(str(path), 1, [cell.box]))) as image:
        table = grid.box[3] - grid.box[1]
        assert table * 2 <= image.height <= (table + 2 * MARGIN) * 2 + 2


def _red(pixel: object) -> bool:
    r, g, b = pixel if isinstance(pixel, tuple) else (0, 0, 0)
    return bool(r > g + 80 and r > b + 80)
