"""From a question to its answer: understand, look into it (inquiry.py), note what was taken on trust, remember.

One engine serves many threads.
"""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from bot import words
from bot.answer import Answer
from bot.asking import MOST_ASKED, legible
from bot.inquiry import Inquiry
from bot.outcome import came_first, of_whom, read_by_ocr, shown
from bot.question.both import both, together
from bot.question.catalogue import Catalogue
from bot.question.explain import explain
from bot.question.plan import Plan, recall
from bot.question.pointed import OF_ROWS, of_rows, the_one
from bot.question.terms import terms
from bot.question.understand import understand
from bot.view import View, papers_of, read_view
from corpus.errors import SettingError, StoreError
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.public import PublicStore

if TYPE_CHECKING:
    from bot.question.meaning import Meanings
    from indexer.retrieval.embedder import Embedder
    from indexer.retrieval.search import Search


@dataclass(frozen=True, slots=True)
class _Understood:
    """The plans of the one or two questions of a message; and the papers of the names in it, if any."""

    plans: tuple[Plan, ...]
    about: frozenset[str]


class Engine:
    """Answers questions over one index; notices new papers by the index's generation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stores = {True: CorrectedStore(settings), False: PublicStore(settings)}
        self._views: dict[bool, View] = {}

    @cached_property
    def _embedder(self) -> "Embedder":
        from indexer.retrieval.embedder import Embedder

        return Embedder(self._settings.embedding_model)

    @cached_property
    def _search(self) -> "Search":
        from indexer.retrieval.search import Search

        return Search(self._stores[True], self._settings, self._embedder)

    @cached_property
    def _meanings(self) -> "Meanings":
        from bot.question.meaning import Meanings

        return Meanings(self._embedder)

    def ask(self, question: str, today: date, thread: str = "", cleared: bool = True) -> Answer:
        """The answer to `question`, asked on `today`; questions of one `thread` follow on one another.

        `cleared` is whether the asker may see exempt papers.
        """
        begun = time.perf_counter()
        question, thread = legible(question), legible(thread)
        if len(question) > MOST_ASKED:
            return Answer(question, "refused", words.TOO_LONG.format(most=MOST_ASKED, count=len(question)))
        view, store = self._view(cleared), self._stores[cleared]
        key = f"{thread}|{'cleared' if cleared else 'public'}" if thread else ""
        past = self._past(key, view.catalogue)
        asked = self._understood(question, today, view, past)
        view = view.within(asked.about)
        inquiry = Inquiry(view, store, asked.about, today, lambda: self._search, lambda: self._meanings)
        leant = self._of_row(question, inquiry, past)
        *first, (answer, plan) = leant or [inquiry.given(plan) for plan in asked.plans]
        if first:
            answer = together(question, first[0][0], answer)
        answer = self._noted(replace(answer, question=question), plan, view, asked.about)
        if key and not self._remembered(key, past, plan, answer):
            answer = replace(answer, assumptions=(*answer.assumptions, words.NOT_KEPT))
        took = round((time.perf_counter() - begun) * 1000)
        return replace(answer, elapsed_ms=took, understood=explain(plan, view.catalogue))

    def warm(self) -> None:
        """Load the model that questions on running text take, ahead of the first of them; what is wrong with it is told
        when one is asked."""
        with suppress(SettingError):
            self._embedder.question("papers")

    def catalogue(self, cleared: bool) -> Catalogue:
        """What an asker can ask about."""
        return self._view(cleared).catalogue

    def _view(self, cleared: bool) -> View:
        view = self._views.get(cleared)
        if view is None or view.generation != self._stores[cleared].generation():
            view = self._views[cleared] = read_view(self._stores[cleared], cleared)
        return view

    def _past(self, key: str, catalogue: Catalogue) -> Plan | None:
        """What the thread has understood so far."""
        kept = self._stores[True].threads.of(key) if key else None
        return recall(kept, {entry.key for entry in catalogue.entries}) if kept else None

    def _understood(self, question: str, today: date, view: View, past: Plan | None) -> _Understood:
        """What a message asks, read against what its asker may see."""
        fixes = self._stores[True].corrections
        asked = fixes.in_question(question, None if view.cleared else view.catalogue.known) if fixes else question
        papers = papers_of(asked, today, view, self._stores[view.cleared])
        about = frozenset.intersection(*papers.values()) if papers else frozenset(view.titles)
        unheard = [name for name, documents in papers.items() if not documents] or ([] if about else list(papers))
        catalogue = view.within(about).catalogue

        def reads(text: str, before: Plan | None) -> Plan:
            return understand(text, today, catalogue, before or past)

        plan = reads(asked, None)
        plan = replace(plan, unknown=_joined(plan.unknown, unheard))
        pair = both(plan, reads, catalogue)
        halves = tuple(replace(half, unknown=_joined(half.unknown, unheard)) for half in pair or ())
        return _Understood(halves or (plan,), about)

    def _of_row(self, question: str, inquiry: Inquiry, past: Plan | None) -> list[tuple[Answer, Plan]]:
        """The answer to a question that leans on a row of a table, and the plan of what it asks; [] for any other."""
        for text, name in of_rows(question, past):
            plan = understand(text, inquiry.today, inquiry.view.catalogue)
            told = inquiry.by_record(plan) if plan.subject in OF_ROWS else None
            row = the_one(told.listed) if told and told.status == "answered" else ""
            if told and row and (not name or not set(terms(row, "little")).isdisjoint(terms(name, "little"))):
                before = past.seen if past else ()
                return [(told, replace(plan, seen=tuple(dict.fromkeys((*before, *plan.seen)))))]
        return []

    def _noted(self, answer: Answer, plan: Plan, view: View, about: frozenset[str]) -> Answer:
        """The answer with what it took on trust: corrections by hand, words read as others, whose paper is meant, pages
        read by OCR."""
        notes: list[str] = []
        if fixes := self._stores[True].corrections:
            used = (((g.service, g.code, g.measure), g.entity, g.unit, g.target, g.met) for g in answer.figures)
            notes += fixes.notes(used)
        if answer.figures:
            pairs = (spelled.split(": ", 1) for spelled in plan.spelled)
            notes += [words.SPELLED.format(said=said, meant=meant) for said, meant in pairs]
        notes += of_whom(answer, plan, [paper for paper in view.papers if paper.document in about])
        notes += read_by_ocr(answer, view.pictures)
        return replace(answer, assumptions=(*answer.assumptions, *notes))

    def _remembered(self, key: str, past: Plan | None, plan: Plan, answer: Answer) -> bool:
        """Keep for the thread what was understood; what found nothing is no new subject. False where nothing can be
        kept, as where the index is another user's: the answer stands without."""
        lost = answer.status == "not_found" and plan.subject == "text"
        if plan.subject in ("refused", "personal", "index") or lost:
            return True
        before = past or plan
        given = shown(answer) if answer.figures or plan.measures != before.measures else before.shown
        same = plan.measures == before.measures and plan.operation == before.operation
        earlier = before.shown if same and given and given != before.shown else ()
        listed = before.listed if before.listed and len(answer.listed) < 2 else answer.listed
        first, thing = came_first(answer, plan), the_one(answer.listed)
        kept = replace(plan, shown=given, earlier=earlier, first=first, listed=listed, thing=thing)
        try:
            self._stores[True].threads.save(key, kept.remember())
        except StoreError:
            return False
        return True


def _joined(some: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))
