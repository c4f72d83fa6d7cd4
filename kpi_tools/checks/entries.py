"""What the lines of a table have in words, under which header, whatever the table is of; and how the text counts it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from corpus.paper import Passage
from kpi_tools.checks.claims import Text, each_sentence, hedged
from kpi_tools.checks.naming import stems
from kpi_tools.checks.often import NUMBER, number_of
from kpi_tools.checks.slip import Slip, View, listed, row_name, slip
from kpi_tools.figures import Figure, read_figure

_PARTS = re.compile(r"[;,] ")
_LABELLED = re.compile(r"[^:;]{1,60}: [^;]*(?:; [^:;]{1,60}: [^;]*){2,}")
_NOTE = re.compile(r"\s*[(\[–—*]|\s-\s|[.:]\s|\s*,")
_BAND = re.compile(r"\b([A-Z][a-z]+(?: [a-z]+)?|[RAG])\s?[:=(]?\s?(\d{1,3})\s?(?:-|–|to)\s?(\d{1,3})\b")
_LETTERS = {"r": "red", "a": "amber", "g": "green"}
_WHOLE = re.compile(r"(?:grand |sub-?)?totals?\b|overall\b", re.IGNORECASE)
_OF_ALL = re.compile(rf"\bof (?:(?:the|our|these|all) )*(?P<all>{NUMBER})\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:last|previous|compared|previously|earlier|than|not|no longer)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:and|or|by|of|in|to|for|with|at|the)\b")
MOST_APART = 2  # lines that a table of which the text speaks may have more or fewer than it counts
# "All four areas were above 90%", "no risk scores above 15"
_BOUND = re.compile(
    rf"\b(?:all (?:of the )?(?P<many>{NUMBER})|(?P<none>no|none of the)) [a-z]+ (?:[a-z]+ ){{0,4}}?(?:(?P<below>below"
    r"|under|no more than|at most|(?:less|fewer|lower|shorter|younger|smaller) than)|above|over|at least"
    r"|(?:more|\w+er) than|met|exceed(?:s|ed)?|achieved|reached)\b[^.;%\d]*(?:\d+-[a-z]+ [^.;%\d]*)?"
    r"(?P<bound>\d{1,4}(?:\.\d+)?)\s?(?P<unit>%?)",
    re.IGNORECASE,
)
FEWEST_LINES = 3
PAGES_APART = 1  # of the text and a table that it does not size
LONGEST_HEADER = 3  # words
FEWEST_BANDS = 2
MOST_WORDS = 3  # of an entry that lines may have in common

Column = Sequence[tuple[Passage, str]]  # the lines that have an entry, each with it


def entered(cell: str) -> str:
    """What a cell says before its note, in small letters: "green" of "Green (see note 2)", "G - on track"."""
    word = _NOTE.split(cell.strip(), maxsplit=1)[0].strip(" .*").casefold()
    return _LETTERS.get(word, word)


def columns(view: View) -> Mapping[tuple[str, int], Mapping[str, Column]]:
    """The columns of each table that hold words, by document and table, then by header."""
    lines: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for passage in view.passages:
        if passage.places[0].table and not _WHOLE.match(passage.text):
            lines[passage.places[0].document, passage.places[0].table].append(passage)
    return {about: _columns(rows) for about, rows in lines.items() if len(rows) >= FEWEST_LINES}


def _columns(lines: Sequence[Passage]) -> Mapping[str, Column]:
    parts = [(line, _parts(line.text)) for line in lines]
    leads = Counter(lead for _, some in parts for lead in {lead for part in some for lead in _leads(part)})
    heads = [head for head, count in leads.items() if count >= max(len(lines) - 1, FEWEST_LINES)]
    heads = [h for h in heads if not any(o.startswith(f"{h} ") and leads[o] == leads[h] for o in heads)]
    found: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for line, some in parts:
        for part in some:
            head = max((head for head in heads if part.startswith(f"{head} ")), key=len, default="")
            if head:
                found[head].append((line, entered(part.removeprefix(head))))
    return found


def _parts(text: str) -> Sequence[str]:
    """The cells of a line, each with its header before it."""
    parts = text.split("; ") if _LABELLED.fullmatch(text) else _PARTS.split(text.partition(": ")[2])
    return [part.replace(": ", " ", 1) for part in parts]


def _leads(part: str) -> Iterator[str]:
    words = part.split()
    for count in range(1, min(len(words), LONGEST_HEADER + 1)):
        yield " ".join(words[:count])


def counts_of_entries(view: View) -> Iterator[Slip]:
    """ "7 were green, 2 amber and 1 red", "three of the six projects are complete", where the table has others."""
    every = columns(view)
    for text, sentence in each_sentence(view):
        if hedged(sentence) or hedged(sentence, "about") or _BEFORE.search(sentence):
            continue
        near: list[tuple[Column, Counter[str], Mapping[str, int]]] = []
        for (document, _), table in every.items() if re.search(rf"\b{NUMBER}\b", sentence, re.IGNORECASE) else ():
            for head, column in table.items() if document == text.at.document else ():
                told = _told(sentence, column)
                beside = abs(column[0][0].places[0].page - text.at.page) <= PAGES_APART
                if told and _is_of(sentence, head if beside else "", column, told):
                    near.append((column, Counter(entry for _, entry in column), told))
        odd = [{entry for entry in told if told[entry] != has[entry]} for _, has, told in near]
        if len(near) != 1 or not all(odd):
            continue
        column, has, told = near[0]
        yield slip(
            "count against table",
            f"The text counts {_shown(told)}, the table has {_shown({one: has[one] for one in has.keys() | told})}.",
            (text.at, sentence),
            *((line.places[0], line.text) for line, entry in column if entry in odd[0]),
        )


def bounds_of_entries(view: View) -> Iterator[Slip]:
    """ "All four areas were above 90%", "no risk scores above 15", where no column of the table near by has that."""
    every = columns(view)
    for text, sentence in each_sentence(view):
        said = _BOUND.search(sentence)
        for table in every.items() if said and not hedged(sentence) else ():
            found = (_beyond(said, sentence, head, column) for head, column in _near(table, text) if said)
            fewest = min((off for off in found if off is not None), key=len, default=())
            if said and fewest:
                who, are = listed(row_name(line.text) for line in fewest), "is" if len(fewest) == 1 else "are"
                yield slip(
                    "met all, but missed",
                    f"The text says {said[0].strip()!r}, but {who} of the table beside it {are} not so.",
                    (text.at, sentence),
                    *((line.places[0], line.text) for line in fewest),
                )


def _near(table: tuple[tuple[str, int], Mapping[str, Column]], text: Text) -> Iterator[tuple[str, Column]]:
    """The columns of a table on the page of a text, or the next or the last."""
    for head, column in table[1].items():
        at = column[0][0].places[0]
        if at.document == text.at.document and abs(at.page - text.at.page) <= PAGES_APART:
            yield head, column


def _beyond(said: re.Match[str], sentence: str, head: str, column: Column) -> Sequence[Passage] | None:
    """The few lines of a column for which it is not so; None for a column that is not meant."""
    figures = [(line, read_figure(entry)) for line, entry in column]
    read = [(line, figure) for line, figure in figures if isinstance(figure, Figure)]
    named = bool(stems(head) & stems(sentence))
    meant = number_of(said["many"]) == len(column) if said["many"] else named
    if not meant or len(read) < len(column) or {figure.unit == "%" for _, figure in read} != {bool(said["unit"])}:
        return None
    bound, above = Decimal(said["bound"]), not said["below"]
    if said["none"]:
        off = [line for line, figure in read if (figure.value > bound if above else figure.value < bound)]
    else:
        off = [line for line, figure in read if (figure.value < bound if above else figure.value > bound)]
    return off if len(off) * 2 <= len(column) else None


def entries_off_their_band(view: View) -> Iterator[Slip]:
    """A line that is called low, medium or high by a figure that the paper's key, "Low 1-6, High 12-25", calls else."""
    keys = {p.places[0].document: (bands, p) for p in view.passages if len(bands := _bands(p.text)) >= FEWEST_BANDS}
    tables = ((keys[document], table) for (document, _), table in columns(view).items() if document in keys)
    for (bands, key), table in tables:
        scores = [{line.text: int(entry) for line, entry in column if entry.isdigit()} for column in table.values()]
        for column in table.values():
            if any(entry not in bands for _, entry in column):
                continue
            called = [[(score.get(line.text), line, entry) for line, entry in column] for score in scores]
            off = [[one for one in told if one[0] not in bands[one[2]]] for told in called]
            fewest = min(off, key=len, default=[])
            for score, line, entry in fewest if len(fewest) * 2 < len(column) else ():
                band = f"{bands[entry][0]} to {bands[entry][-1]}"
                yield slip(
                    "rating against figure",
                    f"{row_name(line.text)} is called {entry!r} with {score}; the key has {entry!r} from {band}.",
                    (line.places[0], line.text),
                    (key.places[0], key.text),
                )


def _bands(text: str) -> Mapping[str, range]:
    """The figures of which a key speaks, by what it calls them; none where two share one."""
    bands = {entered(band): range(int(low), int(high) + 1) for band, low, high in _BAND.findall(text)}
    every = [score for band in bands.values() for score in band]
    alone = len(set(every)) == len(every)
    return bands if alone else {}


def _told(sentence: str, column: Column) -> Mapping[str, int]:
    """How many lines have which entry of a column, as a sentence counts them."""
    entries = {entry for _, entry in column}
    if not all(len(entry.split()) <= MOST_WORDS and not re.search(r"\d", entry) for entry in entries):
        return {}
    if any(_GOES_ON.match(entry) for entry in entries):
        return {}  # what stands before is no header
    if entries & set(_LETTERS.values()):
        entries |= set(_LETTERS.values())
    words = "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True) if entry)
    many = rf"(?: (?:out )?of (?:(?:the|our|these|all) )*{NUMBER})?"
    counted = rf"\b(?P<count>{NUMBER})\b{many}(?:\s(?!{NUMBER}\b|and\b)[\w’'-]+){{0,6}}?\s(?P<entry>{words})\b"
    told = list(re.finditer(counted, sentence, re.IGNORECASE)) if words else []
    return {found["entry"].casefold(): number_of(found["count"]) for found in told}


def _is_of(sentence: str, head: str, column: Column, told: Mapping[str, int]) -> bool:
    """Whether a sentence counts the lines of this column: it says how many they are, or so many in all, or its name."""
    whole = _OF_ALL.search(sentence)
    apart = abs(len(column) - sum(told.values()))
    if whole:
        return number_of(whole["all"]) == len(column)
    kinds = len({entry for _, entry in column}) * 2 <= len(column) + 1
    return apart <= MOST_APART if len(told) > 1 else kinds and bool(stems(head) & stems(sentence))


def _shown(counts: Mapping[str, int]) -> str:
    return listed(f"{count} {entry}" for entry, count in sorted(counts.items()))
