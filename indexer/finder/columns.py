"""Where columns part: upright strips of paper that the words of a table's lines leave blank."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import attrgetter

from indexer.finder.text import Line
from indexer.text.middle import median

LEAST = 0.3  # of the size: no narrower strip parts two columns
EXACT = 0.5  # points: words that begin no farther apart are set flush
FEWEST = 3  # words set flush under one another: fewer may be so by chance
ABREAST = 0.35  # of the size: lines that overlap by more stand beside one another
CROSSING = 0.25  # of the lines that stand on both sides: more across the strip, and it is none

Reach = tuple[float, list[tuple[float, float]], float]


def cuts(
    lines: Sequence[Line], uprights: Sequence[float] = (), header: Sequence[Line] = (), crossing: float = CROSSING
) -> list[float]:
    """The places between the columns, left to right, with those of upright rules.

    A line of one phrase says nothing: it heads a group of rows, or is a cell's second line. Where all lines leave a
    strip blank, one gap in the `header` (lines of `lines`) is enough. No more than the part `crossing` of the lines
    beside a strip has words in it.
    """
    telling = [line for line in lines if len(line.phrases) > 1]
    if not telling:
        return sorted(uprights)
    reaches = [*(line.gaps for line in telling), *_rows(lines)]
    left = min([line.x0 for line in telling] + [first for first, *_ in reaches])
    width = int(max([line.x1 for line in telling] + [last for *_, last in reaches]) - left) + 2
    size = median(line.size for line in telling)
    across, beside = _tally(reaches, left, width)
    found = list(uprights)
    if header:
        beside = _counted(beside, across, header, left)
    for start, end in _strips(across, beside, len(telling), crossing):
        clear = _clearest(across, beside, start, end)
        wide = clear[1] - clear[0] >= LEAST * size
        if wide and not any(left + start - 2 <= x <= left + end + 2 for x in uprights):
            found.append(left + sum(clear) / 2)
    return sorted(found)


def clear_cuts(header: Sequence[Line], body: Sequence[Line]) -> list[float]:
    """The places between the columns that all lines leave blank, but for those that head several columns; one gap
    between phrases is enough."""
    if told := in_turn(header, body):
        return sorted([*told, *flush(header, body, told)])
    found = cuts(body, header=body, crossing=0.0)
    kept: list[Line] = []
    for line in sorted(header, key=lambda each: -len(each.phrases)):
        lines = [*kept, line, *body]
        more = cuts(lines, header=lines, crossing=0.0)
        if len(more) >= len(found):
            found = more
            kept.append(line)
    lines = [*header, *body]
    return cleared(_parting(sorted([*found, *_aligned(header or body[:1], body, found)]), lines), lines)


def in_turn(header: Sequence[Line], body: Sequence[Line]) -> list[float]:
    """The places between the columns where the texts of the header are as many as the columns below, each over its own:
    words set at the left of a column and figures set at its right need not stand over one another. [] elsewhere."""
    below = _spans([line for line in body if len(line.phrases) > 1])
    below = [_grown(span, body, below) for span in below]
    bare = below[:1] + _spans(header[-1:])  # nothing heads the labels
    whole = (_spans(header[first:]) for first in range(len(header)))
    for over in (*whole, *(_spans([line]) for line in header), bare):
        if len(over) == len(below) >= FEWEST:
            columns = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(over, below, strict=True)]
            if all(one[1] < other[0] for one, other in pairwise(columns)):
                return [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]
    return []


def flush(header: Sequence[Line], body: Sequence[Line], found: Sequence[float]) -> Iterator[float]:
    """The places, none of them `found`, that lie in a phrase of the header, between words that stand where in several
    lines below one word ends and the next begins, and that no word crosses: a column set at the right beside one set at
    the left."""
    for line in header:
        for x1, x0 in line.gaps[1]:
            alike = sum(any(abs(a - x1) <= EXACT and abs(b - x0) <= EXACT for a, b in each.gaps[1]) for each in body)
            clear = not any(word.x0 < x0 - EXACT and word.x1 > x1 + EXACT for each in body for word in each.words)
            if alike >= FEWEST and clear and not any(x1 - EXACT <= cut <= x0 + EXACT for cut in found):
                yield (x1 + x0) / 2


def _grown(
    span: tuple[float, float], body: Sequence[Line], spans: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """From where to where a column reaches, with its lines by themselves, which stand under no other column."""
    x0, x1 = span
    for line in body:
        met = [each for each in spans if line.x0 < each[1] and each[0] < line.x1]
        if met == [span]:
            x0, x1 = min(x0, line.x0), max(x1, line.x1)
    return x0, x1


def _spans(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """From where to where the phrases of the lines reach, those that stand over one another as one."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((phrase[0].x0, phrase[-1].x1) for line in lines for phrase in line.phrases):
        if found and x0 < found[-1][1]:
            found[-1] = found[-1][0], max(x1, found[-1][1])
        else:
            found.append((x0, x1))
    return found


def cleared(found: Sequence[float], lines: Sequence[Line]) -> list[float]:
    """The places, moved where that leaves lines whole that say nothing of where columns part."""
    places = sorted(_clear(cut, lines) for cut in found)
    return _under_header(places, lines)


def _under_header(found: list[float], lines: Sequence[Line]) -> list[float]:
    """The places, moved where the header's phrases, each at the left of its column and the figures at the right of it,
    fall between two columns: as many phrases as columns, or one fewer, if the first has labels, head these in turn."""
    head = next((line for line in lines if len(line.phrases) > 1), None)
    if head is None:
        return found
    reach = [(phrase[0].x0, phrase[-1].x1) for phrase in head.phrases]
    bare = len(found) + 1 - len(reach)
    if bare not in (0, 1) or len(found) < 2:
        return found
    if [bisect(found, (x0 + x1) / 2) for x0, x1 in reach] == list(range(bare, len(found) + 1)):
        return found
    inked: list[list[tuple[float, float]]] = [[] for _ in range(len(found) + 1)]
    for line in (line for line in lines if line is not head and len(line.phrases) > 1):
        for word in line.words:
            inked[bisect(found, (word.x0 + word.x1) / 2)].append((word.x0, word.x1))
    for column, phrase in enumerate(reach, bare):
        inked[column].append(phrase)
    if not all(inked):
        return found
    ends = [(max(x1 for _, x1 in left), min(x0 for x0, _ in right)) for left, right in pairwise(inked)]
    return [(x1 + x0) / 2 for x1, x0 in ends] if all(x1 < x0 for x1, x0 in ends) else found


def _clear(cut: float, lines: Sequence[Line]) -> float:
    """The place, or one beside it that leaves whole such lines of one phrase as reach over it, where there is any."""
    over = [line for line in lines if line.x0 < cut < line.x1 and len(line.phrases) == 1]
    if not over:
        return cut
    telling = [word for line in lines if len(line.phrases) > 1 for word in line.words]
    left = max((word.x1 for word in telling if word.x1 <= cut + 1), default=cut)
    right = min((word.x0 for word in telling if word.x0 >= cut - 1), default=cut)
    for line in over:
        if line.x1 + LEAST * line.size < right:
            left = max(left, line.x1)
        elif line.x0 - LEAST * line.size > left:
            right = min(right, line.x0)
    return (left + right) / 2 if left < right else cut


def _aligned(first: Sequence[Line], body: Sequence[Line], found: Sequence[float]) -> Iterator[float]:
    """The places, none of them `found`, where a phrase of the first lines begins and in every line, however near
    the word before it, another."""
    for before, after in (pair for line in first for pair in pairwise(line.phrases)):
        x, size = after[0].x0, after[0].size
        strip = x - LEAST * size
        if any(before[-1].x1 <= cut <= x + 1 for cut in found) or len(body) < FEWEST:
            continue
        begin = [any(abs(word.x0 - x) <= EXACT for word in line.words) for line in body]
        inked = any(word.x0 < x - EXACT and word.x1 > strip for line in body for word in line.words)
        if not inked and sum(begin) >= max(FEWEST, sum(line.x1 > x for line in body)):
            yield (strip + x) / 2


def _parting(found: Sequence[float], lines: Sequence[Line]) -> list[float]:
    """The places without those of which no row has words on both sides, up to the next: a header at the left of its
    column, and figures at the right of it, are one column. A title that runs over both says nothing."""
    rows = [*([line] for line in lines if len(line.phrases) > 1), *_abreast(lines)]
    held = [{bisect(found, (word.x0 + word.x1) / 2) for line in row for word in line.words} for row in rows]
    kept: list[float] = []
    first = 0  # of the columns that have become one
    for number, cut in enumerate(found):
        left = set(range(first, number + 1))
        if any(left & columns and number + 1 in columns for columns in held):
            kept.append(cut)
            first = number + 1
    return kept


def _counted(beside: Sequence[int], across: Sequence[int], header: Sequence[Line], left: float) -> list[int]:
    """The gaps with those between the header's phrases, where no line has a word, counted twice."""
    steps = [0] * (len(beside) + 1)
    apart = [(a[-1].x1, b[0].x0) for line in header for a, b in pairwise(line.phrases)]
    for x0, x1 in [*apart, *(gap for _, gaps, _ in _rows(header) for gap in gaps)]:
        start, end = int(x0 - left) + 1, int(x1 - left)
        if start < end:
            steps[start] += 1
            steps[end] -= 1
    more = list(accumulate(steps))[:-1]
    return [gaps if inked else gaps + each for gaps, inked, each in zip(beside, across, more, strict=True)]


def _abreast(lines: Sequence[Line]) -> list[list[Line]]:
    """The several lines of each row in which one goes on beside the other: of cells that stand halfway down others, no
    two need have a line in common."""
    rows: list[list[Line]] = []
    foot = -inf
    for line in sorted(lines, key=attrgetter("middle")):
        if line.top < foot - ABREAST * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
            foot = line.bottom
        foot = max(foot, line.bottom)
    return [row for row in rows if len(row) > 1]


def _rows(lines: Sequence[Line]) -> Iterator[Reach]:
    """From where to where the texts of such rows leave room between them."""
    for row in _abreast(lines):
        spans = _spans(row)
        gaps = [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] > LEAST * row[0].size]
        yield spans[0][0], gaps, spans[-1][1]


def _tally(reaches: Sequence[Reach], left: float, width: int) -> tuple[list[int], list[int]]:
    """For each point from `left` on, how many lines have a word there, and how many a gap between two words."""
    across, beside = [0] * (width + 2), [0] * (width + 2)
    for first, gaps, last in reaches:
        covered = int(first - left)
        for x0, x1 in gaps:
            start, end = int(x0 - left) + 1, int(x1 - left)
            across[covered] += 1
            across[start] -= 1
            beside[start] += 1
            beside[max(end, start)] -= 1
            covered = end
        across[covered] += 1
        across[int(last - left) + 1] -= 1
    return list(accumulate(across)), list(accumulate(beside))


def _strips(across: Sequence[int], beside: Sequence[int], lines: int, crossing: float) -> list[tuple[int, int]]:
    """The strips that are blank in nearly all lines."""
    least = 2 if lines > 3 else 1
    blank = bytes([gaps >= least and inked <= crossing * gaps for inked, gaps in zip(across, beside, strict=True)])
    found: list[tuple[int, int]] = []
    start = blank.find(1)
    while start >= 0:
        end = blank.find(0, start)
        if end < 0:
            break
        found.append((start, end))
        start = blank.find(1, end)
    return found


def _clearest(across: Sequence[int], beside: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The part of a strip that most lines leave blank."""
    fewest = min(across[start:end])
    clear = [at for at in range(start, end) if across[at] == fewest]
    most = max(beside[at] for at in clear)
    best = [at for at in clear if beside[at] == most]
    return best[0], best[-1] + 1
