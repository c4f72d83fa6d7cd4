"""Tables without upright rules whose level rules were drawn cell by cell: where the pieces meet, columns part."""

from bisect import bisect
from collections.abc import Iterator, Sequence

from indexer.finder.area import ALIKE, Area, Cuts, between, crosses, heavy, parted, tail, within
from indexer.finder.columns import cuts as cuts_of
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line

SHARED = 0.5  # of the joints of one of two rules: as many the other has too
OFTEN = 0.5  # of a table's rules: a joint in fewer is none of its columns' borders
CROSSED = 0.3  # of the lines: more across a border, and it is none
ROOM = 0.9  # of the size: lines above the first rule stand no farther apart
HEAD_ROOM = 1.3  # of the size: nor do rows of a header in heavy type
TITLE_ROOM = 0.6  # of the size, from a title to the rule under it
SEVERAL = 3  # borders that the text of a table with a single rule must tell as well


def areas(page_lines: Sequence[Line], levels: Sequence[Level], lone: bool = False) -> Iterator[Area]:
    """The lines between, above and below rules that were drawn in the same pieces, with their columns' borders; or
    those above and below a `lone` one."""
    for chain in _chains(levels):
        for part in parted(chain, page_lines):
            cuts = _cuts(part)
            inner = between(page_lines, part[0], part[-1])
            if not cuts or lone != (len(part) == 1):
                continue
            lead = _lead(page_lines, part[0], cuts, min([line.x0 for line in inner], default=0.0))
            foot = tail(page_lines, part[-1], cuts)
            lines = (*lead, *inner, *foot)
            if _tells(lines, cuts, sure=not lone) and sum(len(line.phrases) > 1 for line in lines) > 1:
                inside = part[0 if lead else 1 : len(part) if foot else -1]
                yield Area(lines, tuple(Level(rule.y, (rule,)) for rule in inside), True, cuts, bool(foot))


def _tells(lines: Sequence[Line], cuts: Cuts, sure: bool) -> bool:
    """Whether the text stands in the columns; a rule may be in pieces for other reasons: one alone is not `sure`."""
    if sum(crosses(line, cuts) for line in lines) > (CROSSED * len(lines) if sure else 0):
        return False
    middles = sorted((word.x0 + word.x1) / 2 for line in lines for word in line.words)
    places = {bisect(middles, cut) for cut in cuts}
    own = {bisect(middles, x) for x in cuts_of(lines)}
    return len(own - places) * 2 <= len(cuts) if sure else own <= places and len(own) >= SEVERAL


def _chains(levels: Sequence[Level]) -> list[list[Rule]]:
    """Rules of one width that follow one another and share their joints."""
    chains: list[list[Rule]] = []
    for rule in (rule for level in levels for rule in level.rules if rule.joints):
        mine = next((chain for chain in reversed(chains) if _one_table(chain[-1], rule)), None)
        if mine is None:
            chains.append([rule])
        else:
            mine.append(rule)
    return chains


def _one_table(above: Rule, below: Rule) -> bool:
    if abs(above.x0 - below.x0) > ALIKE or abs(above.x1 - below.x1) > ALIKE:
        return False
    fewer, more = sorted((above.joints, below.joints), key=len)
    shared = sum(any(abs(a - b) <= ALIKE for b in more) for a in fewer)
    return shared > SHARED * len(fewer)


def _cuts(chain: Sequence[Rule]) -> Cuts:
    """The joints that enough of the rules have."""
    found: list[list[float]] = []
    for x in sorted(x for rule in chain for x in rule.joints):
        if found and x - found[-1][-1] <= ALIKE:
            found[-1].append(x)
        else:
            found.append([x])
    return tuple(sum(group) / len(group) for group in found if len(group) >= OFTEN * len(chain))


def _lead(page_lines: Sequence[Line], rule: Rule, cuts: Cuts, left: float) -> list[Line]:
    """The header over a table's first rule, or its title, which begins where the first column does, at `left`."""
    above = [part for line in page_lines if line.bottom <= rule.y + 1 and (part := within(line, rule))]
    found: list[Line] = []
    y = rule.y
    for line in reversed(above):
        room = y - line.bottom
        if room > (HEAD_ROOM if heavy(line) and len(line.phrases) > 1 else ROOM) * line.size:
            break
        if crosses(line, cuts) or len(line.phrases) < 2:
            titled = not found and room < TITLE_ROOM * line.size and abs(line.x0 - left) < ALIKE
            alone = line is above[0] or line.top - above[above.index(line) - 1].bottom > TITLE_ROOM * line.size
            if titled and alone:
                return [line]
            if crosses(line, cuts):
                break
        found.append(line)
        y = line.top
    while found and len(found[-1].phrases) < 2:
        found.pop()
    return found[::-1]
