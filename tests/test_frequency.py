"""How often measures are measured, where the papers print that beside them."""

from datetime import date
from types import SimpleNamespace

import pytest

from bot.answers.frequency import printed
from bot.engine import Engine
from bot.question.terms import which

TODAY = date(2021, 10, 6)


@pytest.mark.parametrize(
    ("quote", "often"),
    [
        ("K1 | Days to pay | 6 Monthly | days | 12", "half year"),
        ("K1 | Days to pay | Annual | 12", "year"),
        ("Quarterly - K1 - Days to pay: Ash | 12 | 13", "quarter"),
        ("K1 | Monthly report on the annual accounts | 12", ""),  # what is measured, and not how often
    ],
)
def test_how_often_is_read_from_a_cell_of_its_own(quote: str, often: str) -> None:
    """Proves that words of a measure's name say nothing of how often it is measured."""
    found = printed(SimpleNamespace(quote=quote))
    assert (which("frequency", found) if found else "") == often


@pytest.mark.parametrize(
    ("question", "status", "says", "never"),
    [
        ("which indicators are measured quarterly?", "answered", "Land Charges KPI001", "IT PI001"),
        ("which Land Charges KPIs are reported every month?", "answered", "Land Charges PI002", "KPI001"),
        ("which KPIs are quarterly?", "answered", "Land Charges KPI001", "IT PI001"),
        ("which measures are reported annually?", "not_found", "no measure", "•"),
        ("how often is the 5 day search target measured?", "answered", "Quarterly", "%."),
    ],
)
def test_how_often_is_answered(engine: Engine, question: str, status: str, says: str, never: str) -> None:
    """Proves that what is printed is told, and no verdict on targets."""
    answer = engine.ask(question, TODAY)
    assert answer.status == status
    assert says in answer.answer
    assert never not in answer.answer
