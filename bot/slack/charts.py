"""Figures as a chart: Slack's own block, and a picture for where Slack does not take that."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from textwrap import fill
from typing import Any

from bot.answer import Given
from bot.slack.tabular import names_of, period_of, series_of
from kpi_tools.figures import write_figure

MOST_POINTS = 20
MOST_SERIES = 6  # the target's among them
MOST_TITLE, MOST_LABEL = 50, 20
FEWEST = 3  # points that are worth a chart
TARGET = "Target"
MOST_LINE, SHORTEST = 90, 8  # characters of all labels side by side, and of one before it is put on several lines
SIZE, DPI = (8.0, 4.2), 150  # of a picture, in inches
INK, RULE, COLOURS = "#1d2b36", "#c9d2d8", ("#1d6f8a", "#d1662b", "#5a8f3c", "#8a4f9e", "#b8860b", "#4a5a66")
OVER_LINES = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # around a figure, that no line strikes through


@dataclass(frozen=True, slots=True)
class Chart:
    """Series over labels, a value for each or None; `kind` is "line" over time or "bar" over councils."""

    kind: str
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]

    @property
    def alt(self) -> str:
        """What the chart shows, in words, for who cannot see it."""
        lines = (f"{n}: {', '.join(self._told(v))}" for n, v in self.series)
        return f"{'Line' if self.kind == 'line' else 'Bar'} chart of {self.title}. {'; '.join(lines)}."[:990]

    def _told(self, values: Sequence[float | None]) -> list[str]:
        return [f"{label} {'no figure' if v is None else _written(v, self.unit)}"
                for label, v in zip(self.labels, values, strict=True)]  # fmt: skip


def chart(figures: Sequence[Given]) -> Chart | None:
    """The chart of `figures` in one unit, a trend or a comparison; None where they make none."""
    drawn = [g for g in figures if g.value]
    if len({g.unit for g in drawn}) != 1:
        return None
    every, periods = list(dict.fromkeys(map(series_of, drawn))), sorted(set(map(period_of, drawn)))
    values = {(series_of(g), period_of(g)): g for g in drawn}
    if len(values) < len(drawn):
        return None
    names = names_of(every)
    if len(periods) >= FEWEST and len(every) < MOST_SERIES:
        periods = periods[-MOST_POINTS:]
        rows = [(names[s], [values.get((s, p)) for p in periods]) for s in every]
        return _made("line", drawn, [p[2] for p in periods], rows)
    if len(periods) == 1 and FEWEST <= len(every) <= MOST_POINTS:
        return _made("bar", drawn, [names[s] for s in every], [(periods[0][2], [values[s, periods[0]] for s in every])])
    return None


def block(found: Chart) -> dict[str, Any] | None:
    """The chart as Slack's block; None where Slack has no place for it, as where a value is missing, or names that are
    cut to its length are the same."""
    labels, names = ([_cut(one) for one in every] for every in (found.labels, [name for name, _ in found.series]))
    missing = any(v is None for _, values in found.series for v in values)
    if missing or len(set(labels)) < len(labels) or len(set(names)) < len(names):
        return None
    series = [
        {"name": name, "data": [{"label": x, "value": v} for x, v in zip(labels, values, strict=True)]}
        for name, (_, values) in zip(names, found.series, strict=True)
    ]
    axes = {"categories": labels} | ({"y_label": _cut(found.unit, MOST_TITLE)} if found.unit else {})
    drawn = {"type": found.kind, "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": found.title, "chart": drawn}


def picture(found: Chart) -> bytes:
    """The chart as a PNG."""
    from matplotlib.figure import Figure  # half a second, and most answers need none

    figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    axes = figure.subplots()
    at = range(len(found.labels))
    for (name, values), colour in zip(found.series, COLOURS, strict=False):
        heights = [float("nan") if v is None else v for v in values]
        if name == TARGET and found.kind == "bar":  # each bar has its own, and between two bars there is none
            ends = [place - 0.5 for place in at], [place + 0.5 for place in at]
            axes.hlines(heights, *ends, color=INK, linestyle="--", linewidth=1.4, label=TARGET)
        elif name == TARGET:
            axes.plot(at, heights, color=INK, linestyle="--", linewidth=1.4, label=TARGET)
        elif found.kind == "line":
            axes.plot(at, heights, color=colour, linewidth=2.2, marker="o", markersize=5, label=name, clip_on=False)
        else:
            bars = axes.bar(at, heights, color=colour, width=0.65, label=name)
            axes.bar_label(bars, fmt=_written, padding=2, fontsize=9, color=INK, bbox=OVER_LINES)
    least = max(MOST_LINE // len(found.labels), SHORTEST)
    labels = [fill(label, least, break_long_words=False) for label in found.labels]
    long = max(len(line) for label in labels for line in label.splitlines()) * len(labels) > MOST_LINE
    side, how = ("right", "anchor") if long else ("center", "default")
    below = [fill(label, MOST_LABEL) for label in found.labels] if long else labels
    axes.set_xticks(list(at), below, rotation=40 if long else 0, ha=side, rotation_mode=how)
    axes.set_title(found.title, loc="left", fontsize=12, color=INK, parse_math=False)
    axes.set_ylabel(found.unit, color=INK, parse_math=False)
    axes.yaxis.set_major_formatter(lambda tick, _: _written(tick))
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.margins(y=0.12)
    told = [value for _, values in found.series for value in values if value is not None]
    if min(told) >= 0:  # what is counted has no axis below nothing
        axes.set_ylim(max(axes.get_ylim()[0], 0), None if any(told) else 1)
    if all(value.is_integer() for value in told):
        axes.locator_params(axis="y", integer=True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(colors=INK, length=0)
    if len(found.series) > 1:
        beside = MOST_LINE // max(len(name) for name, _ in found.series) or 1
        figure.legend(frameon=False, fontsize=9, ncols=min(beside, 3), loc="outside lower center")
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _made(
    kind: str, drawn: Sequence[Given], labels: list[str], rows: list[tuple[str, list[Given | None]]]
) -> Chart | None:
    if len(set(labels)) < len(labels) or len({name for name, _ in rows}) < len(rows):
        return None
    series = [(name, tuple(float(g.value) if g else None for g in given)) for name, given in rows]
    targets = [next((g.target for _, given in rows if (g := given[i]) and g.target), None) for i in range(len(labels))]
    same = all(g is None or g.target == targets[i] for _, given in rows for i, g in enumerate(given))
    if same and all(targets):
        series.append((TARGET, tuple(float(t or 0) for t in targets)))
    return Chart(kind, _title(drawn), drawn[0].unit, tuple(labels), tuple(series))


def _title(drawn: Sequence[Given]) -> str:
    """What all figures share: service, code, measure, and the council or the period where it is one."""
    told = [(g.service, g.code or g.measure, g.entity, g.period) for g in drawn]
    parts = [column[0] for column in zip(*told, strict=True) if len(set(column)) == 1]
    return _cut(" ".join(filter(None, parts)) or "Figures of the papers", MOST_TITLE)


def _written(value: float, unit: str = "") -> str:
    """A value to its last digit, whatever its size: a rounded one would be another figure."""
    return write_figure(Decimal(f"{value:.15g}"), unit)


def _cut(text: str, most: int = MOST_LABEL) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
