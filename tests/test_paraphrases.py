"""The same question in five ways gets the same answer: the groups of bench/paraphrases.toml over the sample papers."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.engine import Engine
from bot.question.meaning import glossed

TODAY = date(2022, 4, 10)
GROUPS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "bench" / "paraphrases.toml").read_text(encoding="utf-8")
)["group"]


@pytest.mark.parametrize("group", GROUPS, ids=[group["ask"][0] for group in GROUPS])
def test_every_way_of_asking_gets_the_same_answer(engine: Engine, group: dict[str, Any]) -> None:
    """Proves that by code, by name, tersely and in other words the same figure is given, and no other."""
    answers = {asked: engine.ask(asked, group.get("today", TODAY)) for asked in group["ask"]}
    told = {asked: (a.status, a.answer) for asked, a in answers.items()}
    assert {
        a for a, (status, text) in told.items() if status != "answered" or not re.search(group["say"], text)
    } == set()
    assert len({frozenset((g.entity, g.start, g.value) for g in a.figures) for a in answers.values()}) == 1, told


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("% Calls Answered in 50 seconds - Out of Hours", "night"),  # the longer of two names that fit
        ("Call abandoned rate", "gave up"),
        ("Gullies cleansed", ""),  # no gloss is better than a wrong one
    ],
)
def test_glosses_are_of_the_measures_own_words(name: str, says: str) -> None:
    """Proves that a gloss holds only where the name has all words of what it explains."""
    assert says in " ".join(glossed(name)) if says else glossed(name) == ()
