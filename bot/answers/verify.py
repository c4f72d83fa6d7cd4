"""The last look at an answer: every numeral in it must stand in what it rests on."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot import words
from bot.answer import Answer

_NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numerals(text: str) -> set[str]:
    """The numerals of `text`, without thousands commas and idle zeros: "1,200.50" is "1200.5"."""
    return {_bare(m.group()) for m in _NUMERAL.finditer(text)}


def _bare(numeral: str) -> str:
    whole, _, part = numeral.replace(",", "").partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _grounds(answer: Answer) -> Iterator[str]:
    yield answer.question
    for figure in answer.figures:
        yield from (figure.service, figure.code, figure.measure, figure.entity, figure.period)
        yield from (figure.start, figure.end, figure.value, figure.printed, figure.target or "")
    for result in answer.results:
        yield from (result.value, result.unit)
    for citation in answer.citations:
        yield citation.quote


def unfounded(answer: Answer) -> set[str]:
    """The numerals of the answer's text that stand in no figure, result, quote, or the question."""
    founded = {n for ground in _grounds(answer) for n in numerals(ground)}
    return numerals(answer.answer) - founded


def verify(answer: Answer) -> Answer:
    """The answer itself, or, where a numeral in it has no ground, a refusal to give it; then without assumptions."""
    if not unfounded(answer):
        return answer
    if answer.status not in ("answered", "clarify"):
        return replace(answer, answer=words.NOT_FOUND, figures=(), results=(), assumptions=())
    text = "The papers may hold this, but a figure in the answer could not be traced to them, so it is not given."
    return replace(answer, status="not_found", answer=text, figures=(), results=(), assumptions=())
