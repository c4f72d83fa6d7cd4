"""Answers about slips in the papers themselves: what the checks find, in their own sentence."""

from bot.builder import Builder
from bot.catalogue import Catalogue
from bot.understand import Plan
from kpi_tools.checks import run_checks
from kpi_tools.store import Store


def answer(plan: Plan, store: Store, catalogue: Catalogue, builder: Builder, exempt: bool) -> str:
    """Write the slips of what the question is about into `builder`; the status, "" where none was found."""
    codes = catalogue.codes_in(plan.question)
    for slip in run_checks(store, exempt):
        if codes and not any(code in slip.sentence for code in codes):
            continue
        for place, quote in zip(slip.places, slip.quotes, strict=True):
            builder.cite(place, quote)
        builder.lines.append(slip.sentence)
    return "answered" if builder.lines else ""
