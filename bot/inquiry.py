"""One question looked into: looked up, calculated or searched by what its plan says, and checked numeral by numeral.

The modules that answer are imported when a question of their kind comes: a command that asks once needs one of them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot import words
from bot.answer import Answer
from bot.answers.builder import Builder
from bot.answers.reason import beside, failing, noted, otherwise
from bot.answers.verify import verify
from bot.outcome import as_near, honest, only_figures
from bot.question.entries import Entry
from bot.question.naming import naming
from bot.question.plan import Plan
from bot.question.shifts import from_before
from bot.question.terms import same, says, terms, which
from bot.question.understand import of_no_measure
from bot.question.unmet import unheard
from bot.view import View, has_name, in_title
from kpi_tools.corrected import CorrectedStore

if TYPE_CHECKING:
    from bot.question.meaning import Meanings
    from indexer.retrieval.search import Hit, Search

FIGURES = ("kpi", "brief", "changes", "other_number")  # the subjects that are answered out of the frame
HONEST = ("kpi", "brief", "budget_line")  # the subjects whose answers say what of the question they pass over
OWN = ("budget_line", "member", "apologies", "attendance", "contact")  # the subjects of which each council has its own
AMOUNTS = ("amount", "money")  # what is needed for an answer in pounds
MOST_LATER = 40  # passages among which the answer to what a meeting asked for is sought
_WORD = re.compile(r"[^\W\d_]{2}")
AHEAD = timedelta(days=14)  # papers are published some days before the meeting that they are dated by


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a question is answered from: all that its asker may see, the papers that it is about, the asking day."""

    view: View
    store: CorrectedStore  # as the asker may see it
    about: frozenset[str]  # documents
    today: date
    searching: "Callable[[], Search]"
    meanings: "Callable[[], Meanings]"

    def given(self, plan: Plan) -> tuple[Answer, Plan]:
        """The answer to a plan, checked; and the plan, with the measures that were found for it by their meaning."""
        answer = self._overleaf(self._answer(plan))
        of_money = plan.subject == "budget_line"  # whose answers are figures, and stand
        vague = answer.status == "not_found" or (not of_money and (plan.of_figure or only_figures(answer)))
        if near := self._by_meaning(plan, sure=not vague):
            taken = replace(plan, subject="kpi", measures=near, how="meaning")
            found = self._answer(taken)
            if found.status in ("answered", "clarify"):
                answer, plan = as_near(found, taken, self.view.catalogue.entries), taken
        told, heard = self._with_column(answer, plan)
        return self._honest(verify(told), heard), plan

    def by_record(self, plan: Plan) -> Answer:
        """The answer to a plan out of the records alone, checked."""
        builder = Builder(self.view.titles)
        return verify(builder.answer(plan.question, self._by_ledger(plan, builder) or "not_found"))

    def _with_column(self, answer: Answer, plan: Plan) -> tuple[Answer, Plan]:
        """The answer with a column of its measure's table that the question names, if any; and the plan without the
        words that name it."""
        own = [e for e in self.view.catalogue.entries if e.key in plan.measures]
        rows = self.view.frame[self.view.frame["key"].isin(plan.measures)] if answer.figures and len(own) == 1 else None
        if plan.subject != "kpi" or rows is None or not unheard(plan, own, ()):
            return answer, plan
        from bot.answers.column import column

        found = column(plan, own[0], next(rows.tail(1).itertuples()), self.store.passages_on, Builder(self.view.titles))
        if not found:
            return answer, plan
        topic = tuple(term for term in plan.topic if term not in terms(found.head))
        return found.beside(answer, plan, own[0].title), replace(plan, topic=topic)

    def _honest(self, answer: Answer, plan: Plan) -> Answer:
        if plan.subject not in HONEST:
            return answer
        return honest(answer, plan, self.view.catalogue.entries, self.view.titles)

    def _overleaf(self, answer: Answer) -> Answer:
        """The answer, out of rows of tables that go on overleaf with these pages too."""
        if answer.figures or answer.status != "answered":
            return answer
        from bot.answers.overleaf import overleaf

        return replace(answer, citations=tuple(overleaf(answer.citations, self.store.passages_on)))

    def _answer(self, plan: Plan) -> Answer:
        builder = Builder(self.view.titles)
        return builder.answer(plan.question, self._status(plan, builder))

    def _status(self, plan: Plan, builder: Builder) -> str:
        """The status of the answer that is laid into `builder`."""
        if plan.subject == "refused" or not self.view.titles:
            builder.lines.append(words.REFUSED if plan.subject == "refused" else words.NO_PAPERS)
            return "refused" if plan.subject == "refused" else "not_found"
        if plan.subject == "text" and not _WORD.search(plan.question):
            builder.lines.append(words.NOT_FOUND)
            return "not_found"  # numbers alone stand in every table, and ask nothing
        if plan.subject == "why":
            return self._why(plan, builder)
        if told := self._by_section(plan, builder):
            return told
        told = self._by_subject(plan, builder)
        named = replace(plan, entities=(*plan.entities, *plan.unknown))
        status = told or self._by_text(named, builder)
        own = plan.subject in OWN or self._of_measures(plan)
        sure = told == "not_found" and own and bool(plan.entities)  # of theirs no other record tells
        if told in ("", "not_found") and not sure and self._recorded(plan):
            return self._by_evidence(plan, builder, status)
        return status

    def _recorded(self, plan: Plan) -> bool:
        """Whether all words of the names that no list knows stand in records."""
        return {w.lower() for name in plan.unknown for w in name.split()} <= self.view.catalogue.promised

    def _why(self, plan: Plan, builder: Builder) -> str:
        """The figure against its target from the tables, and the reason from the text; the status."""
        moved = says("asked.moved", plan.question) and not which("asked.judged", plan.question)  # nobody fell short
        figures = replace(plan, subject="kpi", operation="trend" if moved else "against_target")
        given = self._by_figures(from_before(figures) if moved else figures, builder) == "answered"
        if given and (missed := failing(plan, self.view.catalogue.entries, builder)):
            return self._why(replace(plan, measures=missed), builder.afresh())
        known, kept = [re.sub(r"^(Yes|No): ", "", line) for line in builder.lines], list(builder.assumptions)
        meant = [e for e in self.view.catalogue.entries if e.key in plan.measures]
        one = plan.how == "code" or len(meant) == 1  # of several that fit none may be what is asked about
        given = given and not beside(plan, meant)
        if given and one and otherwise(plan, builder):
            builder.lines[:] = [words.NOT_SO.format(known=known[0]), *known[1:]]
            return "answered"
        note = given and noted(builder)
        builder.lines.clear()
        if self._by_text(plan, builder, meant if given else (), self._newest(plan)) == "answered":
            builder.lines[:0] = known if given and one else []
            return "answered"
        builder.lines[:] = [*([] if note else [words.NO_REASON]), *(known if given else [])]
        builder.assumptions[:] = kept
        return "answered" if note else "not_found"

    def _by_subject(self, plan: Plan, builder: Builder) -> str:
        """The status of an answer by figures or the ledger; "" where they do not say."""
        if plan.subject in ("index", "personal"):
            from bot.answers import index as index_answers

            return index_answers.answer(plan, self.view, builder)
        theirs = plan.subject == "plan_changes" and self._recorded(plan)
        if plan.unknown and plan.subject != "kpi" and not theirs and not self._of_titles(plan, builder):
            return "not_found" if builder.lines else ""
        if plan.subject == "unknown_code":
            return builder.end("not_found", words.NO_SUCH_CODE)
        if plan.subject in FIGURES:
            status = self._by_figures(plan, builder)
            if status or plan.subject != "changes":
                return status
        if plan.subject == "slip":
            from bot.answers import slip as slip_answers

            return slip_answers.answer(plan, self.store, self.view.catalogue, builder, self.view.cleared)
        return self._by_ledger(plan, builder)

    def _by_section(self, plan: Plan, builder: Builder) -> str:
        """The status of an answer out of a section that reports have, where a question asks for one."""
        from bot.answers import section

        if not section.asks_of(plan):
            return ""
        written = self._written()
        passages = self.store.passages(exempt=self.view.cleared).values()
        own = [p for p in passages if p.places[0].document in written]
        return section.answer(plan, own, self.view.records, builder)

    def _of_titles(self, plan: Plan, builder: Builder) -> bool:
        """Whether all the names that no list knows stand in titles of papers; names that stand nowhere are told of."""
        shut = plan.subject in OWN  # a name that stands elsewhere in the papers has none of these
        untitled = [name for name in plan.unknown if not in_title(name, self.view)]
        never = [n for n in plan.unknown if (shut and n in untitled) or not has_name(n, self.view, self.store)]
        if never:
            said = "give no such thing for" if shut else "say nothing of"
            builder.lines.append(f"The papers {said} {words.listed(never, 'or')}.")
        return not never and not untitled

    def _by_figures(self, plan: Plan, builder: Builder) -> str:
        """The status of an answer out of the frame; "" where it does not say."""
        view = self.view
        if plan.subject in ("kpi", "other_number"):
            from bot.answers import kpi as kpi_answers

            answer = kpi_answers.answer if plan.subject == "kpi" else kpi_answers.nearest
            return answer(plan, view.frame, view.catalogue, builder)
        from bot.answers import between
        from bot.answers import brief as brief_answers

        restated = says("asked.restated", plan.question)
        if plan.subject == "changes" and (plan.since or plan.how == "all") and not restated:
            return between.answer(plan, view.frame, view.catalogue, builder)
        if plan.subject == "changes":
            return between.of_papers(plan, view.frame, view.papers, view.records, builder)
        return brief_answers.answer(plan, view.frame, view.catalogue, builder)

    def _by_ledger(self, plan: Plan, builder: Builder) -> str:
        """The status of an answer out of the records as they stood on the asking day; "" where they do not say."""
        from bot.answers import ledger as ledger_answers

        view, latest = self.view, self.today + AHEAD
        own = [r for r in view.records if r.place.document in self.about]
        known = tuple(r for r in own if r.as_of is None or r.as_of <= latest)
        days = {paper.document: paper.date for paper in view.papers if paper.date and paper.date <= latest}

        def later(text: str, day: date) -> "list[Hit]":
            hits = self.searching().find(text, MOST_LATER, view.cleared)
            return [hit for hit in hits if (of := days.get(hit.passage.places[0].document)) and of > day]

        homes = view.catalogue.homes
        told = ledger_answers.answer(plan, known or own, builder, self.today, homes, later, view.partly)
        if told or plan.subject != "budget_line":
            return told
        from bot.answers import money_moved

        return money_moved.answer(plan, known or own, self.store.passages_on, homes, builder)

    def _by_evidence(self, plan: Plan, builder: Builder, status: str) -> str:
        """The status once records and text are weighed, where no cue of the question says which it asks for."""
        from bot.answers import evidence

        if plan.subject not in evidence.SUBJECTS or says("asked.decided", plan.question):
            return status
        view, written = self.view, self._written()
        known = [r for r in view.records if r.place.document in written]
        homes, given = view.catalogue.homes, status == "answered"
        return evidence.answer(plan, known, builder, homes, self.searching(), view.cleared, given) or status

    def _newest(self, plan: Plan) -> frozenset[str]:
        """The papers whose last figures of a question's measures are of the very time that it asks about."""
        frame = self.view.frame
        last = frame[frame["key"].isin(plan.measures) & frame["value"].notna()].groupby("document")["end"].max()
        return frozenset(str(document) for document, end in last.items() if plan.covers(end))

    def _by_text(
        self, plan: Plan, builder: Builder, measures: Sequence[Entry] = (), newest: frozenset[str] = frozenset()
    ) -> str:
        from bot.answers import text as text_answers

        view, written = self.view, self._written()
        days = {paper.document: paper.date for paper in view.papers if paper.date}
        dated = text_answers.Dated(text_answers.meetings(view.records), newest, days)
        papers = [p.document for p in view.papers if p.document in written]
        return text_answers.answer(plan, self.searching(), papers, view.cleared, builder, measures, dated)

    def _written(self) -> frozenset[str]:
        """The papers that the question is about and that were written by the asking day."""
        latest = self.today + AHEAD
        return self.about - {p.document for p in self.view.papers if p.date and p.date > latest}

    def _of_measures(self, plan: Plan) -> bool:
        """Whether a question has no words but those of the measures that it asks for."""
        meant = [e.name_terms for e in self.view.catalogue.entries if plan.subject == "kpi" and e.key in plan.measures]
        return any(all(same(term, named) for term in plan.topic) for named in meant)

    def _of_others(self, plan: Plan) -> bool:
        """Whether all measures whose names fit a question are reported of others than it asks about."""
        catalogue = self.view.catalogue
        meant = [e for e in catalogue.entries if e.key in plan.measures]
        asked = plan.how == "words" and plan.subject == "kpi" and plan.entities
        return bool(asked) and all(catalogue.reported(e).isdisjoint(plan.entities) for e in meant)

    def _by_meaning(self, plan: Plan, sure: bool) -> tuple[str, ...]:
        """The measures that a question may mean which the rules could not answer; () for none. `sure`: only where it is
        plain, as the text has an answer too."""
        others = plan.subject == "budget_line" or self._of_others(plan)
        if plan.unknown or of_no_measure(plan) or not (plan.subject == "text" or (not sure and others)):
            return ()
        from bot.question.meaning import SURE, TAKEN, called, meant, only_beside, outdone

        catalogue = self.view.catalogue
        counted, lasting = says("asked.counted", plan.question), says("asked.lasting", plan.question)
        asked, money = naming(plan.question, self.today, catalogue), which("needed", plan.question) in AMOUNTS
        near = [
            n
            for n in self.meanings().nearest(asked, plan.entities, catalogue)
            if not catalogue.parts(plan.topic, n.entry)
            and not (counted and catalogue.other(plan.topic, n.entry, called(n.entry.name)))
            and (counted or not outdone(plan.topic, n.entry, catalogue.entries))
            and not (counted and only_beside(plan.topic, n.entry))
            and not (lasting and not n.entry.lasts)
            and not (money and not n.entry.unit.startswith("£"))
        ]
        if not near or near[0].alike < (SURE if sure else TAKEN if counted else 0.0):
            return ()
        near = [n for n in near if n.entry.service in plan.services] or near
        return tuple(entry.key for entry in meant(near, plan.topic))
