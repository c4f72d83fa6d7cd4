"""The report of an index run: what is new, changed, restated, and what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.errors import PaperError
from corpus.paper import place_named
from indexer.scan import tesseract
from kpi_tools.extraction import NO_FIGURES, Extraction, TableNote
from kpi_tools.measures import Observation
from kpi_tools.restatements import Restatement
from kpi_tools.saved import Changes

SHOWN = 20  # lines of most lists; the others are counted
# Titles for one page and for more.
READ_BY_OCR = ("1 page read by OCR", "{} pages read by OCR")
NO_OCR = (
    "1 page is a picture without text: install tesseract-ocr to read it",
    "{} pages are pictures without text: install tesseract-ocr to read them",
)
IN_DOUBT = (
    "Closed in doubt, as these pages call something exempt and do not say what (if it is open: packclerk classify)"
)
NO_TEXT = ("1 page is a picture in which no text was found", "{} pages are pictures in which no text was found")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper that was read: how much of each there is in it, its pages that are pictures without text, those that
    were read from pictures, those that could not be read, with the reason, and those for which more was closed in
    doubt."""

    document: str
    pages: int
    figures: int
    targets: int
    records: int
    passages: int
    unread_pages: tuple[int, ...]
    ocr_pages: tuple[int, ...] = ()
    lost_pages: tuple[tuple[int, str], ...] = ()
    doubted_pages: tuple[int, ...] = ()

    def __str__(self) -> str:
        parts = [(self.pages, "page"), (self.figures, "figure"), (self.targets, "target"), (self.records, "record")]
        return f"{self.document}: " + ", ".join(count(number, noun) for number, noun in parts)


@dataclass(slots=True)
class Report:
    """What an index run found, filled as it goes. `unchanged` and `removed` are documents; `restored` and `stopped`
    say what had to be made anew and why the run ended early, "" for nothing."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    restated: list[Restatement] = field(default_factory=list)
    unread_tables: list[tuple[str, TableNote]] = field(default_factory=list)
    unreadable: list[PaperError] = field(default_factory=list)
    restored: str = ""
    stopped: str = ""

    @property
    def ok(self) -> bool:
        """Whether every paper was read or already known."""
        return not self.unreadable and not self.stopped

    def add(self, extraction: Extraction, changes: Changes) -> None:
        """Note a paper that was saved."""
        pack = extraction.pack
        entry = Entry(
            pack.document,
            len(pack.pages),
            len(extraction.observations),
            len(extraction.targets),
            len(extraction.records),
            len(extraction.passages),
            pack.unread_pages,
            tuple(page.number for page in pack.pages if page.ocr),
            pack.lost_pages,
            pack.doubted_pages,
        )
        (self.changed if changes.replaced else self.new).append(entry)
        self.restated += changes.restated
        self.unread_tables += [(pack.document, note) for note in extraction.notes if not note.shape]

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        read = self.new + self.changed
        tables = [
            f"{document}, page {note.page}: {note.title or 'a table without a title'}: {note.reason}"
            for document, note in self.unread_tables
            if note.reason != NO_FIGURES
        ]
        lost = [f"{one.document}, page {page}: {reason}" for one in read for page, reason in one.lost_pages]
        doubted = [f"{one.document}: {spans(one.doubted_pages)}" for one in read if one.doubted_pages]
        plain = len(self.unread_tables) - len(tables)
        return [
            *([self.restored + "."] if self.restored else []),
            *_part("New papers", self.new),
            *_part("Changed papers", self.changed),
            *_part("Removed, as their files are now copies of other papers", self.removed),
            *([f"Unchanged papers: {len(self.unchanged)}."] if self.unchanged else []),
            *_part("Restated figures", [restatement_line(one) for one in self.restated]),
            *_part("Tables of figures that were not recognised, kept as text", tables),
            *([f"Tables without figures, kept as text: {plain}."] if plain else []),
            *_pages(READ_BY_OCR, [(one.document, one.ocr_pages) for one in read]),
            *_pages(NO_TEXT if tesseract.available() else NO_OCR, [(one.document, one.unread_pages) for one in read]),
            *_part("Pages that could not be read; the others of their papers were", lost),
            *_part(IN_DOUBT, doubted),
            *_part("Papers that could not be read", self.unreadable, len(self.unreadable)),  # nothing else names them
            *([self.stopped + "."] if self.stopped else []),
        ]


def restatement_line(restated: Restatement) -> str:
    """One restatement: who, what, when, both figures and where each stands."""
    before, after = restated.earlier, restated.later
    measure = f"{after.measure.code or after.measure.name} {after.measure.service}".strip()
    return f"{measure}, {after.entity}, {after.period.label}: {_stands(before)}, now {_stands(after)}"


def _stands(observation: Observation) -> str:
    place = observation.place
    return f"{observation.figure.printed} ({place.document}, {place_named(place.label, place.page)})"


def _part(title: str, entries: Sequence[object], most: int = SHOWN) -> Iterator[str]:
    if entries:
        yield f"{title}: {len(entries)}"
        yield from _listed(entries, most)


def _listed(entries: Sequence[object], most: int = SHOWN) -> Iterator[str]:
    yield from (f"  {entry}" for entry in entries[:most])
    if len(entries) > most:
        yield f"  and {len(entries) - most} more"


def _pages(titles: tuple[str, str], read: Sequence[tuple[str, tuple[int, ...]]]) -> Iterator[str]:
    """How many pages, and in which papers they are; `titles` are for one page and for more."""
    number = sum(len(pages) for _, pages in read)
    if number:
        yield titles[number > 1].format(number)
        yield from _listed([f"{document}: {spans(pages)}" for document, pages in read if pages])


def count(number: int, noun: str) -> str:
    """ "1 page", "2 pages"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def spans(pages: Sequence[int]) -> str:
    """ "pages 3-5, 9" out of 3, 4, 5, 9."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), lambda pair: pair[1] - pair[0])]
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page {told}" if len(pages) == 1 else f"pages {told}"
