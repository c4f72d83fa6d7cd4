"""The level rules of a page, joined from their pieces, and those that lie at one height."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.finder.page import Thing

SAME = 2.5  # points between the two sides of one thick rule, or of a double one
JOIN = 4.0  # points between the pieces of one rule
SHORTEST = 12.0  # points: less is a letter's underline, a tick, or a dash
ABUT = 0.6  # points between two pieces that were drawn cell by cell; they may lie over one another as far as SAME


class Rule(NamedTuple):
    """A level line. `joints` are the places where pieces of it meet end to end: it was drawn cell by cell."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...] = ()


class Level(NamedTuple):
    """The rules at one height, from left to right."""

    y: float
    rules: tuple[Rule, ...]

    @property
    def x0(self) -> float:
        return self.rules[0].x0

    @property
    def x1(self) -> float:
        return max(rule.x1 for rule in self.rules)

    def covers(self, x0: float, x1: float) -> float:
        """How much of a stretch lies on rules."""
        return sum(max(0.0, min(rule.x1, x1) - max(rule.x0, x0)) for rule in self.rules) / max(x1 - x0, 1.0)


def levels(edges: Iterable[Thing]) -> list[Level]:
    """The page's level rules by their heights, top to bottom."""
    level = sorted((edge for edge in edges if edge["orientation"] == "h"), key=lambda edge: float(edge["top"]))
    groups: list[list[Thing]] = []
    for edge in level:
        if groups and edge["top"] - groups[-1][0]["top"] <= SAME:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    found = []
    for group in groups:
        y = sum(edge["top"] for edge in group) / len(group)
        pieces = [(edge["x0"], edge["x1"]) for edge in _uncovered(group)]
        rules = [rule for rule in _joined(y, pieces) if rule.x1 - rule.x0 >= SHORTEST]
        if rules:
            found.append(Level(y, tuple(rules)))
    return found


def _uncovered(group: Sequence[Thing]) -> list[Thing]:
    """The edges without those of a shade along the whole of which rules were drawn cell by cell."""
    ruled = [edge for edge in group if edge["object_type"] == "line"]
    if len(ruled) == len(group):
        return list(group)
    whole = [rule for rule in _joined(0.0, [(edge["x0"], edge["x1"]) for edge in ruled]) if rule.joints]
    return [
        edge
        for edge in group
        if edge["object_type"] == "line"
        or not any(abs(rule.x0 - edge["x0"]) <= ABUT and abs(rule.x1 - edge["x1"]) <= ABUT for rule in whole)
    ]


def _joined(y: float, pieces: Sequence[tuple[float, float]]) -> list[Rule]:
    found: list[Rule] = []
    for x0, x1 in sorted(pieces):
        if found and x0 <= found[-1].x1 + JOIN:
            last = found[-1]
            meets = -SAME <= x0 - last.x1 <= ABUT and x1 > last.x1 + ABUT
            met = ((x0 + last.x1) / 2,) if meets else ()
            found[-1] = Rule(y, last.x0, max(last.x1, x1), last.joints + met)
        else:
            found.append(Rule(y, x0, x1))
    return found
