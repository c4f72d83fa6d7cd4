"""What an answer holds: read off it once it stands, for what is said beside it and what its thread keeps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot import words
from bot.answer import Answer
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import same, terms, vocabulary
from bot.question.unmet import asks_more, half_meant, other_target, turns, unheard
from kpi_tools.measures import OVERALL
from kpi_tools.names import squash
from kpi_tools.saved import Paper

_OF_ALL = frozenset(terms(vocabulary()["words"]["light"])) | set(terms("people folk service"))


def as_near(answer: Answer, plan: Plan, entries: Sequence[Entry]) -> Answer:
    """An answer about measures that were found by meaning alone: it says so, and asks which of several is meant, or
    whether one is that neither its name nor what such are called shares a word with the question."""
    from bot.question.meaning import called

    several = len({(g.service, g.code, g.measure) for g in answer.figures}) > 1
    names = {t for e in entries if e.key in plan.measures for t in (*e.name_terms, *e.other_terms, *called(e.name))}
    shared = any(same(term, names) for term in plan.topic if term not in _OF_ALL)
    if not shared and answer.status == "answered":
        answer = replace(answer, status="clarify", answer=f"{words.NEAREST}\n{answer.answer}")
    status = "clarify" if several else answer.status
    return replace(answer, status=status, assumptions=(words.BY_MEANING, *answer.assumptions))


def honest(answer: Answer, plan: Plan, entries: Sequence[Entry], titles: Mapping[str, str]) -> Answer:
    """An answer out of figures that says what of the question it passes over; where that makes another question of
    it, its figures are beside the point. Words of the `titles` of the papers that it cites, and of
    their files' names, name these."""
    if answer.status not in ("answered", "clarify"):
        return answer
    meant = _given(answer, [entry for entry in entries if entry.key in plan.measures])
    spans = {(figure.start, figure.end) for figure in answer.figures}
    if said := turns(plan, meant, len(spans) == 1):
        head = words.UNMET.format(said=_quoted(said))
        return replace(answer, status="not_found", answer=f"{head}\n{answer.answer}")
    if not answer.figures:
        return answer
    cited = {citation.document for citation in answer.citations}
    named = " ".join(f"{titles.get(document, '')} {document}" for document in cited)
    known = terms(re.sub(r"[-_.]", " ", named))
    if said := half_meant(plan, meant, entries, known):
        head = words.HALF_MEANT.format(said=_quoted(said))
        return replace(answer, status="clarify", answer=f"{head}\n{answer.answer}")
    said = unheard(plan, meant, known)
    if said and asks_more(plan, meant, entries, known):
        head = words.UNHEARD.format(said=_quoted(said))
        return replace(answer, status="clarify", answer=f"{head}\n{answer.answer}")
    notes = [words.NOT_TAKEN.format(said=_quoted(said))] if said else []
    alone = plan.how == "code" and len(meant) == 1 and not plan.services  # one of several, picked by its figures
    described = any(same(term, entry.name_terms) for term in plan.topic for entry in meant)
    if alone and not described and (bare := _without_figures(meant, entries)):
        notes.append(words.DEFINED_TOO.format(titles=words.listed(bare), have="have" if len(bare) > 1 else "has"))
    targets = {Decimal(figure.target) for figure in answer.figures if figure.target}
    if told := other_target(plan.question, targets):
        notes.append(words.OTHER_TARGET.format(said=told))
    return replace(answer, assumptions=(*answer.assumptions, *notes))


def _without_figures(meant: Sequence[Entry], entries: Sequence[Entry]) -> list[str]:
    """The measures of other services with the code that is meant, of which the papers have no figure."""
    codes = {squash(entry.code) for entry in meant}
    return [e.title for e in entries if e.code and squash(e.code) in codes and not e.entities and e not in meant]


def _given(answer: Answer, meant: Sequence[Entry]) -> list[Entry]:
    """The measures that an answer gives figures of, of those that the question may mean; all where it gives none."""
    given = {(figure.service, figure.code, figure.measure) for figure in answer.figures}
    return [e for e in meant if any((e.service, e.code, name) in given for name in e.names)] or list(meant)


def _quoted(said: Sequence[str]) -> str:
    return words.listed([f"“{turn}”" for turn in said])


def read_by_ocr(answer: Answer, pictures: Mapping[str, frozenset[int]]) -> list[str]:
    """A sentence for each paper that the answer cites from pages that were read by OCR."""
    if not pictures:
        return []
    from indexer.report import spans

    cited: dict[str, set[int]] = {}
    for citation in answer.citations:
        if citation.page in pictures.get(citation.document, ()):
            cited.setdefault(citation.document, set()).add(citation.page)
    return [words.READ_BY_OCR.format(document=document, pages=spans(sorted(p))) for document, p in cited.items()]


def of_whom(answer: Answer, plan: Plan, papers: Sequence[Paper]) -> list[str]:
    """Of which papers an answer is, where the question named no council and those it may be of, `papers`, are of
    several; [] for none."""
    if answer.status != "answered" or plan.entities or plan.refs or len({paper.council for paper in papers}) < 2:
        return []
    if answer.figures and all(figure.entity != OVERALL for figure in answer.figures):
        return []  # they say whose they are
    cited = {citation.document for citation in answer.citations}
    titles = [f"“{p.title}”{f' ({p.council})' if p.council else ''}" for p in papers if p.document in cited]
    return [words.NO_COUNCIL.format(papers=words.listed(titles))] if len(titles) == 1 else []


def only_figures(answer: Answer) -> bool:
    """Whether all that is answered is a row of figures, quoted as it stands: a measure of that meaning tells more."""
    from bot.answers.text import is_figures

    return not answer.figures and is_figures(answer.answer)


def shown(answer: Answer) -> tuple[str, ...]:
    """The first and last day of the one period that an answer's figures are of; () for none or several."""
    spans = {(figure.start, figure.end) for figure in answer.figures}
    return spans.pop() if len(spans) == 1 else ()


def came_first(answer: Answer, plan: Plan) -> str:
    """The council that a ranking of councils gave first; "" of any other answer."""
    ranked = plan.operation == "rank" and plan.over != "time" and answer.status == "answered"
    return answer.figures[0].entity if ranked and len({f.entity for f in answer.figures}) > 1 else ""
