"""What one asker may see of an index, at one of its states; and in which papers the names of a question stand."""

import re
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from bot.question.catalogue import Catalogue, build
from bot.question.parts import names_in
from bot.question.terms import joined, stem, terms, words
from kpi_tools.corrected import CorrectedStore
from kpi_tools.extraction import NO_FIGURES
from kpi_tools.frames import frame
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities, squash
from kpi_tools.public import PublicStore
from kpi_tools.saved import Paper

MOST_PASSAGES = 2000  # that hold a name; enough to know in which papers it stands
BODIES = frozenset(("committee", "panel", "cabinet", "board", "meeting"))
FIRST, NEAR = 2, 4  # words that a body's name begins with, and among how many after them it says what it is


@dataclass(frozen=True, slots=True)
class View:
    """All that one asker may see, at one state of the index."""

    generation: int
    cleared: bool
    frame: pd.DataFrame
    records: tuple[Record, ...]
    catalogue: Catalogue
    papers: tuple[Paper, ...]
    titles: dict[str, str]
    pictures: dict[str, frozenset[int]]  # by document the pages that were read by OCR
    hyphened: tuple[tuple[str, str], ...]  # by document the texts of records that may join words: "Tel-Solutions"
    partly: frozenset[str]  # documents with lists of rows, of whose tables of figures some could not be read

    def within(self, documents: frozenset[str]) -> "View":
        """The same, with what these papers have to ask about; all of it for none."""
        return replace(self, catalogue=self.catalogue.within(documents)) if documents else self


def read_view(store: CorrectedStore | PublicStore, cleared: bool) -> View:
    """What stands in a store now, read in one piece."""
    with store.snapshot() as still:
        rows = frame(still, exempt=cleared)
        targets = still.targets(exempt=cleared)
        records = tuple(still.records(exempt=cleared))
        papers = still.papers()
        generation = still.generation()
        listing = sorted({r.place.document for r in records if r.kind == "table_row"})
        partly = frozenset(d for d in listing if any(not n.shape and n.reason != NO_FIGURES for n in still.notes(d)))
    titles = {paper.document: paper.title for paper in papers}
    pictures = {paper.document: frozenset(paper.ocr_pages) for paper in papers if paper.ocr_pages}
    homes = {paper.document: paper.council for paper in papers if paper.council}
    titled = frozenset(t for pair in titles.items() for t in terms(re.sub(r"[-_.]", " ", " ".join(pair))))
    catalogue = replace(build(rows, targets, records), homes=homes, titled=titled)
    hyphened = tuple((r.place.document, text) for r in records for text in r.fields.values() if "-" in text)
    return View(generation, cleared, rows, records, catalogue, tuple(papers), titles, pictures, hyphened, partly)


def papers_of(question: str, today: date, view: View, store: CorrectedStore) -> dict[str, frozenset[str]]:
    """For each name in a question the papers that have it: what is asked of one must not be answered of another."""
    own = {squash(part) for e in view.catalogue.entries for part in (e.code, *e.service.split())}
    known = view.catalogue.known
    names = [n for n in names_in(question, today, known) if not find_entities(n, known)]
    held = {name: frozenset.intersection(*(_with_word(w, own, view, store) for w in name.split())) for name in names}
    return {**held, **_of_bodies(question, view)}


def _of_bodies(question: str, view: View) -> dict[str, frozenset[str]]:
    """For each body that a question calls by the first words of its name, "the shared ICT committee", its papers."""
    asked = words(question)
    called = {" ".join(asked[at : at + FIRST]) for at in range(len(asked)) if BODIES & set(asked[at + FIRST :][:NEAR])}
    found: dict[str, set[str]] = {}
    for document, title in view.titles.items():
        body = next((part for part in title.split(" for ") if BODIES & set(words(part))), "")
        names = [body, *(body[end:] for _, _, end in find_entities(body, view.catalogue.known)[:1])]
        for first in {" ".join(words(name)[:FIRST]) for name in names} & called:
            if not BODIES & set(first.split()) and not any(first in s.lower() for s in view.catalogue.services):
                found.setdefault(first, set()).add(document)
    return {name: frozenset(documents) for name, documents in found.items()}


def has_name(name: str, view: View, store: CorrectedStore) -> bool:
    """Whether each word of a name stands somewhere in the papers."""
    return all(_with_word(word, set(), view, store) for word in name.split())


def in_title(name: str, view: View) -> bool:
    """Whether a name stands in a paper's title, or in the name of its file: the paper is of what is called so."""
    told = [terms(f"{title} {re.sub(r'[-_.]', ' ', document)}") for document, title in view.titles.items()]
    return any(set(terms(name)) <= set(own) for own in told)


def _with_word(word: str, own: set[str], view: View, store: CorrectedStore) -> frozenset[str]:
    """The papers that have a word: "Capita" is not "capital", though the search takes them for one."""
    if squash(word) in own:
        return frozenset(view.titles)
    ids = [passage for passage, _ in store.matches(word, MOST_PASSAGES, view.cleared)]
    holding = store.passages(ids, view.cleared).values()
    meant = set(map(stem, words(word)))
    found = {d for d, title in view.titles.items() if squash(word) in squash(f"{d} {title}")}
    low = word.lower()
    told = (pair for pair in view.hyphened if low in pair[1].replace("-", "").lower())  # for speed alone
    found |= {document for document, text in told if low in words(joined(text))}
    for passage in holding:
        document = passage.places[0].document
        if document not in found and meant.issubset(map(stem, words(f"{passage.heading} {passage.text}"))):
            found.add(document)
    return frozenset(found)
