"""The shelf: where a paper is put, replaced and taken away, in SQLite and Chroma as one.

The two share no transaction, so it goes in steps, and being killed between or in any of them does no harm:
1. an intent is committed to SQLite, 2. the vectors are added to Chroma, where nobody sees them yet, as a search shows
only passages that SQLite has, 3. one transaction in SQLite puts the new rows in place of the old and makes of the
intent one to drop the old vectors, 4. these are dropped and the intent is settled.
Intents that are left are finished before anything else is done.
"""

import logging
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from corpus.errors import StoreError
from corpus.paper import Passage
from corpus.settings import Settings
from indexer.retrieval.embedder import Embeds
from indexer.retrieval.vectors import Vectors
from kpi_tools.extraction import Extraction
from kpi_tools.saved import Changes, Intent
from kpi_tools.store import Store

AT_ONCE = 512  # passages that are embedded and added to a collection at once

Step = Callable[[str], None]

log = logging.getLogger(__name__)


class Shelf:
    """Puts papers into an index. One at a time: hold the index's lock. Every method may raise StoreError.

    `on_step` is called with its name after every step. `restored` says what had to be made anew, "" for nothing.
    """

    def __init__(self, store: Store, settings: Settings, embedder: Embeds, on_step: Step = lambda _: None) -> None:
        self._store = store
        self._vectors = Vectors(settings)
        self._embedder = embedder
        self._on_step = on_step
        self._ready = False
        self.restored = ""

    def as_left(self) -> bool:
        """Whether there is nothing to finish and nothing to make anew; opens nothing, writes nothing."""
        vectors = self._store.vectors()
        if not vectors.collection:
            return not self._store.intents()
        return not self._store.intents() and vectors.model == self._embedder.name and self._vectors.intact()

    def restore(self) -> None:
        """Finish what was cut short, and make the vectors anew if they are missing, damaged or of another model."""
        if self._ready:
            return
        vectors = self._store.vectors()
        readable = bool(vectors.collection) and self._vectors.renew(vectors.collection, self._store.generation())
        sound = readable and self._finished()
        if not (sound and vectors.model == self._embedder.name and self._complete(vectors.collection)):
            self._make_anew(readable)
        self._ready = True

    def _finished(self) -> bool:
        """Finish what was cut short; False if that cannot be done: after a full disk a collection may be read, and
        changed no more."""
        try:
            self._finish()
        except StoreError as error:
            log.warning("Nothing can be done to the vectors as they are: %s", error)
            return False
        return True

    def _complete(self, collection: str) -> bool:
        return self._vectors.ids(collection, self._store.generation()) == set(self._store.passage_ids())

    def _make_anew(self, readable: bool) -> None:
        """Fill a new collection from the passages, then let it take the place of the old one."""
        if not readable:
            self._vectors.clear()
            self._store.settle(*(intent.number for intent in self._store.intents() if intent.kind != "forget"))
            self._finish()
        filled = self._store.intend_collection()
        self._on_step("intended a collection")
        self._vectors.create(filled.name, self._embedder.name)
        self._on_step("created")
        every = self._store.passage_ids()
        for start in range(0, len(every), AT_ONCE):
            self._add(filled.name, *zip(*self._store.passages(every[start : start + AT_ONCE]).items(), strict=True))
            self._on_step("filled")
        self._store.adopt(filled, self._embedder.name)
        self._vectors.wrote(self._store.generation())
        self._on_step("adopted")
        self._finish()
        if every:
            self.restored = (
                f"The vectors were missing, damaged or of another model: made anew from {len(every)} passages"
            )

    def _finish(self) -> None:
        """Do what is left of every intent."""
        collection = self._store.vectors().collection
        for intent in self._store.intents():
            if intent.kind == "forget":
                self._vectors.forget(intent.name)
            else:
                self._vectors.drop(collection, intent.ids)
            self._on_step(f"{intent.kind} done")
            self._store.settle(intent.number)
            self._on_step("settled")

    def put(self, extraction: Extraction, path: Path, reader: int) -> Changes:
        """Put a paper in, in place of its earlier revision."""
        self.restore()
        count = len(extraction.passages)
        revision = self._store.intend_adding(count)
        self._on_step("intended")
        collection, passages = self._store.vectors().collection, iter(extraction.passages)
        ids = Intent(revision, "add", 0, count, "").ids
        for start in range(0, count, AT_ONCE):
            self._add(collection, ids[start : start + AT_ONCE], list(islice(passages, AT_ONCE)))
        self._on_step("added")
        changes = self._store.save(extraction, path, revision, reader)
        self._vectors.wrote(self._store.generation())
        self._on_step("saved")
        self._finish()
        return changes

    def _add(self, collection: str, ids: Sequence[str], passages: Sequence[Passage]) -> None:
        self._vectors.add(collection, ids, self._embedder.passages([spoken(passage) for passage in passages]))

    def take(self, document: str) -> None:
        """Take a paper away. Raises RequestError if it is not here."""
        if any(paper.document == document for paper in self._store.papers()):
            self.restore()
        self._store.remove(document)
        self._vectors.wrote(self._store.generation())
        self._on_step("removed")
        self._finish()


def spoken(passage: Passage) -> str:
    """What of a passage is embedded: its heading says what a row or a short paragraph is about."""
    return f"{passage.heading}: {passage.text}" if passage.heading else passage.text
