"""What a language model may do for an answer: say a question again in the papers' words, and smooth our sentences.

It is never believed. A question that it says again is answered by the same tools, and the reading is stated. A
sentence that it smooths must hold the very facts of ours, in the same order: figures, names, periods, verdicts and
denials; else ours stands. It is shown no exempt paper, and nothing that the public may not see.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from bot.answer import Answer
from bot.engine import Engine
from bot.llm import LanguageModel, language_model
from bot.question.catalogue import Catalogue
from bot.question.entries import Entry
from corpus.settings import Settings
from kpi_tools.names import find_entities

Ask = Callable[[str, date, str, bool], Answer]

# How each tool is asked for in words; what the model may choose from.
OPERATIONS = {
    "lookup": "What was {what}?",
    "trend": "What was the trend of {what}?",
    "change": "How much did {what} change?",
    "compare": "Compare {what}",
    "rank": "Rank the councils by {what}",
    "average": "What was the average of {what}?",
    "total": "What was the total of {what}?",
    "against-target": "Was {what} above target?",
    "streak": "How many periods in a row did {what} miss its target?",
}
MOST_MEASURES = 150  # that the model is shown
MOST_WORDS = 400  # of an answer that is smoothed: a longer one is a list, and well as it is

# What an answer may claim besides figures and names, each by its meaning.
CLAIMS = {
    "met": r"\b(?:met|meets?|meeting|pass(?:ed|es)?|achieved?|hit|on target)\b",
    "missed": r"\b(?:miss(?:ed|es|ing)?|fail(?:ed|s|ing|ure)?|off target|short of)\b",
    "up": r"\b(?:rose|rises?|risen|increas\w+|grew|grown|went up|climb\w+|gain\w*)\b",
    "down": r"\b(?:fell|falls?|fallen|decreas\w+|dropp?\w*|declin\w+|reduc\w+|went down|lost)\b",
    "better": r"\b(?:improv\w+|better|best|good|strong\w*|excellent)\b",
    "worse": r"\b(?:worse\w*|worst|deteriorat\w+|poor\w*|bad\w*|weak\w*)\b",
    "above": r"\b(?:above|over|more|exceed\w*|greater|at least)\b",
    "below": r"\b(?:below|under|less|fewer|at most)\b",
    "high": r"\bhigh(?:er|est)?\b",
    "low": r"\blow(?:er|est)?\b",
    "red": r"\bred\b",
    "amber": r"\bamber\b",
    "green": r"\bgreen\b",
    "open": r"\b(?:open|outstanding|ongoing|in progress)\b",
    "closed": r"\b(?:closed?|complet\w+|finish\w+|resolved|delivered)\b",
    "late": r"\b(?:overdue|late|delay\w*|behind|slipped)\b",
    "same": r"\b(?:same|unchanged|equal\w*|stable|steady)\b",
    "no": r"\b(?:no|not|never|none|neither|nor|without|cannot|nobody|nothing|hardly)\b|n['’]t\b",
    "all": r"\b(?:all|every|each|both|only|always|most|some|few|almost|nearly|about|half|twice)\b",
    "why": r"\b(?:because|due|caused?|owing|therefore|thanks|blam\w+|responsib\w+|fault)\b",
}

# The words that it may put between ours: they claim nothing. With any other our sentence stands, as numbers in words,
# reasons, places and orders are without end.
_PLAIN = """the a an in for this that these those it its their they there and of at to by on with from as is are
was were has have had which who while where then also stood stands standing came comes recorded
reported figure figures result results rate level measure measures month months quarter quarters
year years period periods council"""
NEUTRAL = frozenset(_PLAIN.split())
_SIGNS = re.compile(r"[^\w\s.,;:'’()%£-]")  # of links, mentions and markup

READ = """You map a question about council performance to one measure of a list. Reply with one JSON object and
nothing else: {"operation": one of %s, "measure": the number of the measure, "entities": names from the list that the
question names, "period": the very words of the question that say when, or ""}. If no measure of the list is what the
question asks about, reply {}."""
SMOOTH = """Rewrite the answer of a committee officer in plain, short English. Keep every figure, name, period, date
and verdict, in the same order and spelling. Add nothing, leave out nothing. Reply with the rewritten answer alone."""


def answering(settings: Settings) -> Ask:
    """The engine's `ask` over the index of these settings, with the help of the model that they name, if any."""
    return assisted(Engine(settings), language_model(settings))


def assisted(engine: Engine, model: LanguageModel | None) -> Ask:
    """The engine's `ask`, with the help of the model where there is one."""
    if model is None:
        return engine.ask
    helper = model

    def ask(question: str, today: date, thread: str = "", cleared: bool = True) -> Answer:
        answer = engine.ask(question, today, thread, cleared)
        if answer.status == "not_found":
            again = read_again(helper, question, engine.catalogue(cleared=False))
            second = engine.ask(again, today, thread, cleared) if again else answer
            if second.status != "answered":
                return answer
            reading = f"Read as: {again}"
            return replace(second, question=question, assumptions=(reading, *second.assumptions))
        if answer.status == "answered" and _same(answer, engine.ask(question, today, "", cleared=False)):
            return smooth(helper, answer, engine.catalogue(cleared=False).entities)
        return answer

    return ask


def _same(one: Answer, other: Answer) -> bool:
    return (one.answer, one.figures, one.citations) == (other.answer, other.figures, other.citations)


def read_again(model: LanguageModel, question: str, catalogue: Catalogue) -> str:
    """The question in the papers' own words, as the model reads it; "" where it offers nothing that can be taken."""
    measures = catalogue.entries[:MOST_MEASURES]
    shown = {
        "question": question,
        "measures": [f"{number}: {entry.title}" for number, entry in enumerate(measures)],
        "entities": list(catalogue.entities),
    }
    reply = model.complete(READ % ", ".join(OPERATIONS), json.dumps(shown, ensure_ascii=False))
    try:
        said = json.loads(reply)
    except ValueError:
        return ""
    return _question(said, question, measures, catalogue.entities) if isinstance(said, dict) else ""


def _question(said: dict[str, object], question: str, measures: Sequence[Entry], entities: Sequence[str]) -> str:
    """The question that a reading amounts to; "" unless each part of it is known and was asked for."""
    form, number = OPERATIONS.get(str(said.get("operation"))), said.get("measure")
    chosen, period = said.get("entities", []), said.get("period", "")
    if form is None or not isinstance(number, int) or not 0 <= number < len(measures):
        return ""
    if not isinstance(chosen, list) or not isinstance(period, str) or period.casefold() not in question.casefold():
        return ""
    named = {name for name, _, _ in find_entities(question, entities)}
    if set(map(str, chosen)) != named:
        return ""
    whose = f" for {' and '.join(sorted(named))}" if named else ""
    when = f" {period}" if period else ""
    return form.format(what=f"{measures[number].title}{whose}{when}")


def smooth(model: LanguageModel, answer: Answer, entities: Sequence[str]) -> Answer:
    """The answer in the model's words, where they claim the same in the same order; else the answer as it is."""
    if len(answer.answer.split()) > MOST_WORDS:
        return answer
    words = model.complete(SMOOTH, answer.answer)
    same = words and claims(words, entities) == claims(answer.answer, entities)
    return replace(answer, answer=words) if same and not _added(words, answer.answer) else answer


def claims(text: str, entities: Sequence[str]) -> list[str]:
    """All that a text claims, in order: numerals, entities, quotations, and CLAIMS by their meaning."""
    found = [(start, name) for name, start, _ in find_entities(text, entities)]
    found += [(m.start(), m[0].rstrip(".,:-/")) for m in re.finditer(r"[-−(]?£?\d[\d,./:-]*(?:%|[kKmM]\b|bn\b)?", text)]
    found += [(m.start(), m[1]) for m in re.finditer(r"[“\"]([^”\"]*)[”\"]", text)]
    for claim, pattern in CLAIMS.items():
        found += [(m.start(), claim) for m in re.finditer(pattern, text, re.IGNORECASE)]
    return [fact for _, fact in sorted(found)]


def _added(text: str, ours: str) -> set[str]:
    """Words and signs that we did not write, but for words that claim nothing."""
    known = set(re.findall(r"\w+", ours.casefold())) | NEUTRAL
    words = {word for word in re.findall(r"\w+", text.casefold()) if word not in known}
    return words | (set(_SIGNS.findall(text)) - set(_SIGNS.findall(ours)))
