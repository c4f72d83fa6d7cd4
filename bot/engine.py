"""From a question to its answer: understand, look up, calculate or search, verify. One engine serves many threads.

The modules that answer are imported when a question of their kind comes: a command that asks once needs one of them.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from bot import words
from bot.answer import Answer
from bot.answers.builder import Builder
from bot.answers.reason import failing, otherwise
from bot.answers.verify import verify
from bot.outcome import as_near, came_first, only_figures, read_by_ocr, shown
from bot.question.both import both, together
from bot.question.catalogue import Catalogue
from bot.question.entries import Entry
from bot.question.explain import explain
from bot.question.follow import from_before
from bot.question.plan import Plan, recall
from bot.question.terms import says, terms, which
from bot.question.understand import naming, of_no_measure, understand
from bot.view import View, has_name, in_title, papers_of, read_view
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.corrections import Used
from kpi_tools.public import PublicStore

if TYPE_CHECKING:
    from indexer.retrieval.embedder import Embedder
    from indexer.retrieval.search import Hit, Search

FIGURES = ("kpi", "brief", "changes", "other_number")  # the subjects that are answered out of the frame
OWN = ("budget_line", "member", "apologies", "attendance")  # the subjects of which each council has its own
MOST_LATER = 40  # passages among which the answer to what a meeting asked for is sought
AHEAD = timedelta(days=14)  # papers are published some days before the meeting that they are dated by


class Engine:
    """Answers questions over one index; notices new papers by the index's generation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = CorrectedStore(settings)
        self._public = PublicStore(settings)
        self._views: dict[bool, View] = {}
        self._search: object = None
        self._meanings: object = None

    @cached_property
    def _embedder(self) -> "Embedder":
        from indexer.retrieval.embedder import Embedder

        return Embedder(self._settings.embedding_model)

    def ask(self, question: str, today: date, thread: str = "", cleared: bool = True) -> Answer:
        """The answer to `question`, asked on `today`; questions of one `thread` follow on one another.

        `cleared` is whether the asker may see exempt papers.
        """
        begun = time.perf_counter()
        view = self._view(cleared)
        key = f"{thread}|{'cleared' if cleared else 'public'}"
        kept = self._store.threads.of(key) if thread else None
        fixes = self._store.corrections
        asked = fixes.in_question(question, None if cleared else view.catalogue.known) if fixes else question
        papers = papers_of(asked, today, view, self._store)
        about = frozenset.intersection(*papers.values()) if papers else frozenset(view.titles)
        past = recall(kept, {entry.key for entry in view.catalogue.entries}) if kept else None
        view = replace(view, catalogue=view.catalogue.within(about)) if about else view
        catalogue = view.catalogue
        plan = understand(asked, today, catalogue, past)
        unheard = [name for name, documents in papers.items() if not documents] or ([] if about else list(papers))
        plan = replace(plan, unknown=tuple(dict.fromkeys((*plan.unknown, *unheard))))
        pair = both(plan, lambda text, before: understand(text, today, catalogue, before or past), catalogue)
        if pair:
            one, plan = (replace(half, unknown=tuple(dict.fromkeys((*half.unknown, *unheard)))) for half in pair)
            first, _ = self._given(one, view, about, today, cleared)
            second, plan = self._given(plan, view, about, today, cleared)
            answer = together(question, first, second)
        else:
            answer, plan = self._given(plan, view, about, today, cleared)
        answer = replace(answer, question=question)
        if fixes:
            used = [Used(g.service, g.code, g.measure, g.entity, g.unit, g.target, g.met) for g in answer.figures]
            answer = replace(answer, assumptions=(*answer.assumptions, *fixes.notes(used)))
        if plan.spelled and answer.figures:
            slips = (words.SPELLED.format(said=s.split(": ")[0], meant=s.split(": ")[1]) for s in plan.spelled)
            answer = replace(answer, assumptions=(*answer.assumptions, *slips))
        answer = replace(answer, assumptions=(*answer.assumptions, *read_by_ocr(answer, view.pictures)))
        lost = answer.status == "not_found" and plan.subject == "text"  # what found nothing is no new subject
        if thread and plan.subject not in ("refused", "personal") and not lost:
            before = past or plan
            given = shown(answer) if answer.figures or plan.measures != before.measures else before.shown
            listed = before.listed if before.listed and len(answer.listed) < 2 else answer.listed
            kept_of = replace(plan, shown=given, first=came_first(answer, plan), listed=listed)
            self._store.threads.save(key, kept_of.remember())
        took = round((time.perf_counter() - begun) * 1000)
        return replace(answer, elapsed_ms=took, understood=explain(plan, catalogue))

    def _given(self, plan: Plan, view: View, about: frozenset[str], today: date, cleared: bool) -> tuple[Answer, Plan]:
        """The answer to a plan, checked numeral by numeral; and the plan, with the measures that were found for it."""
        answer = self._overleaf(self._answer(plan, view, about, today, cleared), cleared)
        vague = answer.status == "not_found" or plan.of_figure or only_figures(answer)
        if near := self._by_meaning(plan, today, view.catalogue, sure=not vague):
            taken = replace(plan, subject="kpi", measures=near, how="meaning")
            found = self._answer(taken, view, about, today, cleared)
            if found.status in ("answered", "clarify"):
                return verify(as_near(found)), taken
        return verify(answer), plan

    def _overleaf(self, answer: Answer, cleared: bool) -> Answer:
        """The answer, out of rows of tables that go on overleaf with these pages too."""
        if answer.figures or answer.status != "answered":
            return answer
        from bot.answers.overleaf import overleaf

        store = self._store if cleared else self._public
        return replace(answer, citations=tuple(overleaf(answer.citations, store.passages_on)))

    def catalogue(self, cleared: bool) -> Catalogue:
        """What an asker can ask about."""
        return self._view(cleared).catalogue

    def _view(self, cleared: bool) -> View:
        view = self._views.get(cleared)
        if view is None or view.generation != self._store.generation():
            view = self._views[cleared] = read_view(self._store if cleared else self._public, cleared)
        return view

    def _answer(self, plan: Plan, view: View, about: frozenset[str], today: date, cleared: bool) -> Answer:
        builder = Builder(view.titles)
        about -= {p.document for p in view.papers if p.date and p.date > today + AHEAD}  # not yet written by then
        if plan.subject == "refused":
            builder.lines.append(words.REFUSED)
            return builder.answer(plan.question, "refused")
        if not view.titles:
            builder.lines.append(words.NO_PAPERS)
            return builder.answer(plan.question, "not_found")
        if plan.subject == "why":
            return builder.answer(plan.question, self._why(plan, view, about, builder))
        told = self._by_subject(plan, view, today, cleared, builder)
        named = replace(plan, entities=(*plan.entities, *plan.unknown))
        status = told or self._by_text(named, view, about, builder)
        recorded = {w.lower() for name in plan.unknown for w in name.split()} <= view.catalogue.promised
        if told in ("", "not_found") and recorded:
            from bot.answers import evidence  # here, as a figure that is found needs no more

            if plan.subject in evidence.SUBJECTS:
                known = [r for r in view.records if r.place.document in about]
                given, homes = status == "answered", view.catalogue.homes
                status = evidence.answer(plan, known, builder, homes, self._searching(), cleared, given) or status
        return builder.answer(plan.question, status)

    def _why(self, plan: Plan, view: View, about: frozenset[str], builder: Builder) -> str:
        """The figure against its target from the tables, and the reason from the text; the status."""
        moved = says("asked.moved", plan.question)
        figures = replace(plan, subject="kpi", operation="trend" if moved else "against_target")
        figures = from_before(figures) if moved else figures
        given = _by_figures(figures, view, builder) == "answered"
        if given and (missed := failing(plan, view.catalogue.entries, builder)):
            return self._why(replace(plan, measures=missed), view, about, builder.afresh())
        known = [re.sub(r"^(Yes|No): ", "", line) for line in builder.lines]
        kept = list(builder.assumptions)
        if given and otherwise(plan, builder):
            builder.lines[:] = [words.NOT_SO.format(known=known[0]), *known[1:]]
            return "answered"
        builder.lines.clear()
        meant = [e for e in view.catalogue.entries if e.key in plan.measures]
        status = self._by_text(plan, view, about, builder, meant)
        if status == "answered":
            builder.lines[:0] = known if given else []
            return status
        builder.lines[:] = [words.NO_REASON, *known] if given else [words.NO_REASON]
        builder.assumptions[:] = kept
        return "not_found"

    def _by_subject(self, plan: Plan, view: View, today: date, cleared: bool, builder: Builder) -> str:
        """The status of an answer by figures or the ledger; "" where they do not say."""
        if plan.subject in ("index", "personal"):
            from bot.answers import index as index_answers

            return index_answers.answer(plan, view, builder)
        if plan.unknown and plan.subject != "kpi":
            shut = plan.subject in OWN  # a name that stands elsewhere in the papers has none of these
            never = [
                name
                for name in plan.unknown
                if (shut and not in_title(name, view)) or not has_name(name, view, self._store)
            ]
            if never:
                said = "give no such thing for" if shut else "say nothing of"
                builder.lines.append(f"The papers {said} {words.listed(never, 'or')}.")
            if never or not all(in_title(name, view) for name in plan.unknown):
                return "not_found" if never else ""
        if plan.subject == "unknown_code":
            builder.lines.append(words.NO_SUCH_CODE)
            return "not_found"
        if plan.subject in FIGURES:
            status = _by_figures(plan, view, builder)
            if status or plan.subject != "changes":
                return status
        if plan.subject == "slip":
            from bot.answers import slip as slip_answers

            return slip_answers.answer(plan, self._store if cleared else self._public, view.catalogue, builder, cleared)
        from bot.answers import ledger as ledger_answers

        known = [r for r in view.records if r.as_of is None or r.as_of <= today + AHEAD]
        days = {paper.document: paper.date for paper in view.papers if paper.date and paper.date <= today + AHEAD}

        def later(text: str, day: date) -> "list[Hit]":
            hits = self._searching().find(text, MOST_LATER, cleared)
            return [hit for hit in hits if (of := days.get(hit.passage.places[0].document)) and of > day]

        homes = view.catalogue.homes
        return ledger_answers.answer(plan, known or view.records, builder, today, homes, later, view.partly)

    def _by_meaning(self, plan: Plan, today: date, catalogue: Catalogue, sure: bool) -> tuple[str, ...]:
        """The measures that a question may mean which the rules could not answer; () for none. `sure`: only where it is
        plain, as the text has an answer too."""
        if plan.subject != "text" or plan.unknown or of_no_measure(plan):
            return ()
        from bot.question.meaning import SURE, TAKEN, Meanings, glossed, meant

        if not isinstance(self._meanings, Meanings):
            self._meanings = Meanings(self._embedder)
        counted = says("asked.counted", plan.question)
        asked, money = naming(plan.question, today, catalogue), which("needed", plan.question) in ("amount", "money")
        near = [
            n
            for n in self._meanings.nearest(asked, plan.entities, catalogue)
            if not catalogue.parts(plan.topic, n.entry)
            and not (counted and catalogue.other(plan.topic, n.entry, terms(" ".join(glossed(n.entry.name)))))
            and not (money and not n.entry.unit.startswith("£"))
        ]
        if not near or near[0].alike < (SURE if sure else TAKEN if counted else 0.0):
            return ()
        near = [n for n in near if n.entry.service in plan.services] or near
        return tuple(entry.key for entry in meant(near, plan.topic))

    def _by_text(
        self, plan: Plan, view: View, about: frozenset[str], builder: Builder, measures: Sequence[Entry] = ()
    ) -> str:
        from bot.answers import text as text_answers

        met = text_answers.meetings(view.records)
        papers = [p.document for p in view.papers if p.document in about]
        return text_answers.answer(plan, self._searching(), papers, view.cleared, builder, measures, met)

    def _searching(self) -> "Search":
        from indexer.retrieval.search import Search

        if not isinstance(self._search, Search):
            self._search = Search(self._store, self._settings, self._embedder)
        return self._search


def _by_figures(plan: Plan, view: View, builder: Builder) -> str:
    """The status of an answer out of the frame; "" where it does not say."""
    if plan.subject in ("kpi", "other_number"):
        from bot.answers import kpi as kpi_answers

        answer = kpi_answers.answer if plan.subject == "kpi" else kpi_answers.nearest
        return answer(plan, view.frame, view.catalogue, builder)
    from bot.answers import brief as brief_answers

    if plan.subject == "changes":
        return brief_answers.changes(plan, view.frame, view.papers, view.records, builder)
    return brief_answers.answer(plan, view.frame, view.catalogue, builder)
