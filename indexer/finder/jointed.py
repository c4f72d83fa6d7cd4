"""Tables without upright rules whose level rules were drawn cell by cell: where the pieces meet, columns part."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from indexer.finder.area import ALIKE, APART, Area, Cuts, between, crosses, heavy, is_taken, parted
from indexer.finder.around import ends, foot, header, rest, title_over
from indexer.finder.columns import cuts as cuts_of
from indexer.finder.pieces import figures, row_of
from indexer.finder.rows import single
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line
from indexer.sheet import Grid
from indexer.text.middle import median

SHARED = 0.5  # of the joints of one of two rules: as many the other has too
OFTEN = 0.5  # of a table's rules: a joint in fewer is none of its columns' borders
CROSSED = 0.3  # of the lines: more across a border, and it is none
HEADER = 3  # rules: a header of two levels has no more
MERGED = 2  # rules in one piece between two in pieces: a merged row's
SEVERAL = 3  # borders that the text of a table with a single rule must tell as well, but for one under a header
STRIP = 9.0  # points: a narrower column holds no text


Part = tuple[tuple[Level, ...], list[Rule], Cuts, list[Line]]


def parts(page_lines: Sequence[Line], chains: Iterable[Sequence[Level]], levels: Sequence[Level]) -> list[Part]:
    """The rules that may be of one table, in pieces and whole, the borders of its columns, and the lines between."""
    return [part for chain in chains for part in _parts(page_lines, chain, levels)]


def areas(
    page_lines: Sequence[Line], drawn: Iterable[Part], found: Sequence[Grid], lone: bool = False
) -> Iterator[Area]:
    """The lines between, above and below rules that were drawn in the same pieces, with their columns' borders, where
    no table is `found` yet; or those above and below a `lone` one."""
    for own, part, cuts, inner in drawn:
        if lone != (len(part) == 1) or is_taken(inner, (part[0].x0, part[0].x1), found):
            continue
        under = foot(page_lines, part[-1], cuts)
        left = min([line.x0 for line in (*inner, *under)], default=0.0)
        over = rest(page_lines, part[0], cuts) or header(page_lines, part, cuts, left)
        lines = (*over, *inner, *under)
        if lone and not under:
            continue  # it closes a table
        sure = not lone or _heads_all(over, cuts)
        if _tells(lines, cuts, sure) and sum(len(line.phrases) > 1 for line in lines) > 1:
            inside = own[0 if over else 1 : len(part) if under else -1]
            sides = part[0].x0, part[0].x1
            yield Area(lines, inside, True, cuts, bool(under), sides=sides, foot=0.0 if under else part[-1].y)


def overleaf(page_lines: Sequence[Line], drawn: Iterable[Part], found: Sequence[Grid]) -> Iterator[Area]:
    """What no table is by itself: rows at a page's head, of which the first may have begun overleaf, and a header at
    its foot, whose rows stand overleaf."""
    for own, part, cuts, inner in drawn:
        sides = part[0].x0, part[0].x1
        if is_taken(inner, sides, found):
            continue
        if len(part) == 1 and ends(page_lines, part[0]) and _is_header(over := header(page_lines, part, cuts, 0.0)):
            yield Area(tuple(over), (), True, cuts, banded=True, sides=sides, overleaf=True)
        elif over := rest(page_lines, part[0], cuts):
            under = foot(page_lines, part[-1], cuts)
            lines, inside = (*over, *inner, *under), own[: len(part) if under else -1]
            if not any(crosses(line, cuts) for line in lines):
                yield Area(lines, inside, True, cuts, bool(under), sides=sides, overleaf=True)


def begun(page_lines: Sequence[Line], drawn: Iterable[Part], found: Sequence[Grid]) -> Iterator[Area]:
    """A header at a page's foot, with what stands over it, in columns that only the rules show; its rows stand
    overleaf."""
    for own, part, cuts, inner in drawn:
        if len(part) > 1 and ends(page_lines, part[-1]) and not is_taken(inner, (part[0].x0, part[0].x1), found):
            over = header(page_lines, part, cuts, min([line.x0 for line in inner], default=0.0))
            bands = [over, *(between(page_lines, above, below) for above, below in pairwise(part))]
            made = [[row_of(line, cuts) for line in band] for band in bands if band]
            several = [any(len(row.pieces) > 1 for row in band) for band in made]
            told = sum(several) == 1 and several[-1] and not any(map(figures, made[-1]))
            if told and all(single(band, [*cuts, part[0].x1]) for band in made):
                inside, sides = own[0 if over else 1 : -1], (part[0].x0, part[0].x1)
                yield Area((*over, *inner), inside, True, cuts, banded=True, sides=sides, overleaf=True)


def _is_header(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(map(heavy, lines)) and any(len(line.phrases) > 2 for line in lines)


def several(drawn: Iterable[Part], found: Sequence[Grid]) -> Iterator[tuple[list[Rule], Cuts]]:
    """The rules that may be of one table, where there are two or more, and the borders of its columns."""
    for _, part, cuts, inner in drawn:
        if len(part) > 1 and not is_taken(inner, (part[0].x0, part[0].x1), found):
            yield part, cuts


def _parts(page_lines: Sequence[Line], chain: Sequence[Level], levels: Sequence[Level]) -> Iterator[Part]:
    x0, x1 = min(level.x0 for level in chain), max(level.x1 for level in chain)
    pieces = {level.y: level for level in chain}
    rules = [Rule(level.y, x0, x1) for level in chain]
    for own in (each for whole in parted(rules, page_lines) for each in _titled(whole, pieces, page_lines)):
        over = list(_merged(own[0], levels, page_lines))[::-1]
        pieces |= {level.y: level for level in over}
        part = [*(Rule(level.y, x0, x1) for level in over), *own]
        mine = tuple(pieces[rule.y] for rule in part)
        inner = between(page_lines, part[0], part[-1])
        if cuts := _wide(_cuts(mine, x0, x1), x0, x1, inner):
            yield mine, part, cuts, inner


def _wide(cuts: Cuts, x0: float, x1: float, lines: Sequence[Line]) -> Cuts:
    """The cuts without those beside a column that is too narrow for text, and holds none."""
    words = [(word.x0 + word.x1) / 2 for line in lines for word in line.words]
    strips = [(a, b) for a, b in pairwise((x0, *cuts, x1)) if b - a < STRIP and not any(a < x < b for x in words)]
    gone = {b if b != x1 else a for a, b in strips}
    return tuple(x for x in cuts if x not in gone)


def _titled(part: Sequence[Rule], pieces: Mapping[float, Level], page_lines: Sequence[Line]) -> Iterator[list[Rule]]:
    """The rules in parts: one in one piece with more room over it than rows have begins another table, with a title."""
    bands = [between(page_lines, above, below) for above, below in pairwise(part)]
    rooms = [below.y - band[-1].bottom for band, below in zip(bands, part[1:], strict=True) if band]
    found = [part[0]]
    for band, rule in zip(bands, part[1:], strict=True):
        whole = not any(each.joints for each in pieces[rule.y].rules)
        if whole and band and rule.y - band[-1].bottom > median(rooms) + APART * band[-1].size:
            yield found
            found = []
        found.append(rule)
    yield found


def _merged(first: Rule, levels: Sequence[Level], page_lines: Sequence[Line]) -> Iterator[Level]:
    """The rules in one piece over the first in pieces, from the lowest on: each over a title or a group's name, or over
    a row under one."""
    waiting: list[Level] = []
    for level in reversed(levels):
        mine = [rule for rule in level.rules if not rule.joints and _same_sides(rule, (first.x0, first.x1))]
        if not mine or level.y >= first.y:
            continue
        band = between(page_lines, mine[0], first)
        if len(band) != 1 or max(band[0].top - level.y, first.y - band[0].bottom) > band[0].size:
            return
        first = mine[0]
        waiting.append(Level(level.y, (first,)))
        titled = heavy(band[0]) and title_over(page_lines, first)
        if titled or (heavy(band[0]) and len(band[0].phrases) == 1):
            yield from waiting
            waiting = []


def _tells(lines: Sequence[Line], cuts: Cuts, sure: bool) -> bool:
    """Whether the text stands in the columns; a rule may be in pieces for other reasons: one alone is not `sure`."""
    if sum(crosses(line, cuts) for line in lines) > (CROSSED * len(lines) if sure else 0):
        return False
    middles = sorted((word.x0 + word.x1) / 2 for line in lines for word in line.words)
    places = {bisect(middles, cut) for cut in cuts}
    own = {bisect(middles, x) for x in cuts_of(lines) if not sure or _parts_texts(x, lines, cuts)}
    headed = heavy(lines[0]) and len(lines[0].phrases) > len(cuts)
    least = min(SEVERAL - 1, len(cuts)) if headed else SEVERAL
    return len(own - places) * 2 <= len(cuts) if sure else own <= places and len(own) >= least


def _parts_texts(x: float, lines: Sequence[Line], cuts: Cuts) -> bool:
    """Whether a border that the text tells parts the words of some line between two of the borders: what it parts but
    in different lines are a header and the figures under it, set on different sides of one column."""
    at = bisect(cuts, x)
    left, right = cuts[at - 1] if at else 0.0, cuts[at] if at < len(cuts) else inf
    return any(
        {word.x0 < x for word in line.words if left < (word.x0 + word.x1) / 2 < right} == {True, False}
        for line in lines
    )


def _heads_all(over: Sequence[Line], cuts: Cuts) -> bool:
    """Whether the lines over a rule are a header in heavy type with a text for each of its pieces but one."""
    if not over or not all(map(heavy, over)) or any(crosses(line, cuts) for line in over):
        return False
    held = {bisect(cuts, (word.x0 + word.x1) / 2) for line in over for word in line.words}
    return len(held) >= max(SEVERAL, len(cuts))


@dataclass
class _Chain:
    """Levels of one table in the making: the places where its rules begin, meet and end."""

    levels: list[Level]
    places: list[float]
    whole: list[Level] = field(default_factory=list)  # rules in one piece, until another in pieces stands below

    def take(self, y: float, rules: Sequence[Rule]) -> None:
        """Put rules at one height to those above; a merged row may have one in one piece between others."""
        if len(rules) == 1 and not rules[0].joints and _same_sides(rules[0], self.places):
            self.whole.append(Level(y, tuple(rules)))
            return
        merged = self.whole if len(self.whole) <= MERGED else []
        self.levels += [*merged, Level(y, tuple(rules))]
        self.whole.clear()
        self.places += [x for rule in rules for x in _places(rule) if not _near(x, self.places)]


def chains(levels: Sequence[Level]) -> list[list[Level]]:
    """The levels, top to bottom, whose rules begin, meet and end at the same places; a rule of fewer pieces leaves
    open a merged cell."""
    made: list[_Chain] = []
    for level in levels:
        left = list(level.rules)
        for at, chain in reversed([*enumerate(made)]):
            mine = [rule for rule in left if _belongs(rule, chain) and not _over(rule, chain, made[at + 1 :])]
            if mine:
                chain.take(level.y, mine)
                left = [rule for rule in left if rule not in mine]
        made += [_Chain([Level(level.y, (rule,))], list(_places(rule))) for rule in left if rule.joints]
    return [chain.levels for chain in made]


def _over(rule: Rule, chain: _Chain, later: Sequence[_Chain]) -> bool:
    """Whether another table as wide stands between a chain and a rule in pieces."""
    below = (each for each in later if len(each.levels) > 1 and each.levels[0].y > chain.levels[-1].y)
    return bool(rule.joints) and any(_same_sides(rule, each.places) for each in below)


def _places(rule: Rule) -> tuple[float, ...]:
    return (rule.x0, *rule.joints, rule.x1)


def _same_sides(rule: Rule, places: Sequence[float]) -> bool:
    return abs(rule.x0 - min(places)) <= ALIKE and abs(rule.x1 - max(places)) <= ALIKE


def _near(x: float, places: Sequence[float]) -> bool:
    return any(abs(x - place) <= ALIKE for place in places)


def _belongs(rule: Rule, chain: _Chain) -> bool:
    """Whether the rule is as wide as the chain and shares its joints, or is a part of it from one joint to another, or
    has it as such a part: rules under the heads of several columns each, over the one under the whole header."""
    if _same_sides(rule, chain.places):
        x0, x1 = min(chain.places), max(chain.places)
        joints = [x for x in chain.places if x0 + ALIKE < x < x1 - ALIKE]
        shared = sum(_near(x, joints) for x in rule.joints)
        return not rule.joints or shared > SHARED * min(len(rule.joints), len(joints))
    if len(chain.levels) < HEADER and len(rule.joints) > len(chain.places) - 2:
        return all(_near(x, _places(rule)) for x in chain.places)
    return all(_near(x, chain.places) for x in _places(rule))


def _cuts(chain: Sequence[Level], x0: float, x1: float) -> Cuts:
    """The joints that enough have of the rules that reach so far; of a header's, those of the lowest, which all the
    others share."""
    rules = [rule for level in chain for rule in level.rules if rule.joints or not _same_sides(rule, (x0, x1))]
    found: list[list[float]] = []
    for x in sorted(x for rule in rules for x in _places(rule) if x0 + ALIKE < x < x1 - ALIKE):
        if found and x - found[-1][-1] <= ALIKE:
            found[-1].append(x)
        else:
            found.append([x])
    means = [(sum(group) / len(group), len(group)) for group in found]
    finest = [x for rule in chain[-1].rules for x in rule.joints]
    if len(chain) <= HEADER and len(finest) > 1 and all(_near(x, finest) for x, _ in means):
        return tuple(x for x, _ in means)
    return tuple(
        x for x, having in means if having >= OFTEN * sum(rule.x0 - ALIKE <= x <= rule.x1 + ALIKE for rule in rules)
    )
