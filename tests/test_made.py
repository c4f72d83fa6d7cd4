"""Questions made out of the figures of the sample papers are answered with what is worked out beside our tools."""

from collections import Counter

from bench.made import FORMS, grade, made
from bench.truths import TRUTHS
from bot.engine import Engine
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame

NUMBER = 300


def test_every_form_has_its_truth() -> None:
    """Proves that no form is asked of which nothing is known, and none forgotten."""
    assert set(FORMS) == set(TRUTHS)


def test_no_question_is_answered_wrongly(engine: Engine, sample_settings: Settings) -> None:
    """Proves that whatever is asked of whichever measure and months, the numbers told are the true ones."""
    asked = list(made(frame(CorrectedStore(sample_settings)), NUMBER, seed=2026))
    graded = [(one, grade(one, engine.ask(one.question, one.today))) for one in asked]
    assert [(one.question, one.truth) for one, how in graded if how == "wrong"] == []
    assert Counter(how for _, how in graded)["silent"] <= NUMBER // 50
    assert {one.form for one in asked} == set(FORMS)
