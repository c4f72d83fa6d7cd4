"""Questions made out of the figures of an index, whose answers are worked out here and not by our tools.

    python -m bench.made [--data DIR] [--number N] [--seed N] [--forms FILE] [--show]

asks N questions of the forms in bench/made.toml, each of a measure, council and months chosen at random, over the
sample papers or the index in DIR. An answer is right if it gives every number and names every month or council that
was worked out; one that is not answered is silent; all others are wrong. --show prints those that are not right.
"""

import argparse
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, pairwise
from pathlib import Path

import pandas as pd

from bench.sample import indexed
from bench.truths import TRUTHS, Figure, Scene, Series, Truth
from bot.answer import Answer
from bot.engine import Engine
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.measures import OVERALL
from kpi_tools.tools import each

Forms = dict[str, list[str]]
FORMS: Forms = tomllib.loads((Path(__file__).parent / "made.toml").read_text(encoding="utf-8"))
LATER = timedelta(days=60)  # from the last figure to the day of asking
_TRIES = 500  # of a measure, council and months of which a form can be asked
_NONE = re.compile(r"\b(?:none|no (?:month|one))\b", re.IGNORECASE)
_ROUNDED = Decimal("0.06")
_STYLES = ("%B %Y", "%b %Y", "%b-%y", "%B '%y")


@dataclass(frozen=True, slots=True)
class Made:
    """A question of a form, the day on which it is asked, and what is true."""

    form: str
    question: str
    today: date
    truth: Truth


def series_of(rows: pd.DataFrame) -> dict[str, dict[str, Series]]:
    """The monthly figures of every measure, by "service code" or name, and by council; of measures without a gap."""
    found: dict[str, dict[str, Series]] = {}
    titles: dict[str, set[str]] = {}
    known = rows[(rows.grain == "month") & rows.value.notna()]
    for (key, entity), own in known.groupby(["key", "entity"], sort=True):
        ordered = sorted(each(own), key=lambda row: row.start)
        gap = any(not timedelta() < last.start - first.start < timedelta(days=32) for first, last in pairwise(ordered))
        title = f"{ordered[0].service} {ordered[0].code}" if ordered[0].code else str(ordered[0].name)
        titles.setdefault(title.strip(), set()).update((str(key), "gap" if gap or len(ordered) < 2 else str(key)))
        figures = [Figure(row.start, row.value, row.met, row.target, row.polarity, row.unit == "%") for row in ordered]
        found.setdefault(title.strip(), {})[str(entity)] = figures
    return {title: measure for title, measure in found.items() if len(titles[title]) == 1}


def _service(title: str) -> str:
    """The service of a title that ends in a code; "" for all others."""
    service, _, code = title.rpartition(" ")
    return service if re.search(r"\d", code) else ""


Known = dict[str, dict[str, Series]]


def _scene(title: str, who: str, known: Known, rng: random.Random) -> tuple[Scene, str, str]:
    """Figures of one measure of one council over months at random; another measure and another council beside it."""
    measure, service = known[title], _service(title)
    own, other, second = measure[who], rng.choice(sorted(measure)), rng.choice(sorted(known))
    first, last = sorted(rng.sample(range(len(own)), 2))
    months = [figure.month for figure in own[first : last + 1]]
    then = {key: {e: f for e, fs in every.items() for f in fs if f.month == months[0]} for key, every in known.items()}
    spans = {e: [f for f in figures if f.month in months] for e, figures in measure.items() if e != OVERALL}
    councils = {entity: figure for entity, figure in then[title].items() if entity != OVERALL}
    scene = Scene(
        series=own[first : last + 1],
        until=own[: last + 1],
        number=Decimal(round(own[first].value)),
        other=councils.get(other) if OVERALL != who != other else None,
        overall=then[title].get(OVERALL) if who != OVERALL else None,
        beside=then[second].get(who) if second != title and service and _service(second) else None,  # both by code
        councils=councils,
        spans={e: figures for e, figures in spans.items() if len(figures) == len(months)},
        service={k.rpartition(" ")[2]: f[who] for k, f in then.items() if service == _service(k) and who in f},
    )
    return scene, other, second


def _one(form: str, forms: Forms, known: Known, rng: random.Random) -> Made | None:
    title = rng.choice(sorted(known))
    who = rng.choice(sorted(known[title]))
    scene, other, second = _scene(title, who, known, rng)
    truth = TRUTHS[form](scene)
    if truth is None or truth == Truth():
        return None
    style = rng.choice(_STYLES)
    a, b = (figure.month.strftime(style) for figure in (scene.series[0], scene.series[-1]))
    words = {"m": title, "w": _called(who), "v": _called(other), "k": second, "s": _service(title)}
    asked = rng.choice(forms[form]).format(**words, a=a, b=b, n=scene.number)
    return Made(form, asked, max(figures[-1].month for figures in known[title].values()) + LATER, truth)


def _called(entity: str) -> str:
    return entity.lower() if entity == OVERALL else entity


def made(rows: pd.DataFrame, number: int, seed: int, forms: Forms = FORMS) -> Iterator[Made]:
    """So many questions over the figures of a frame, each form in turn; fewer where the figures have none of a form."""
    rng, known = random.Random(seed), series_of(rows)
    for form, _ in zip(cycle(sorted(forms)), range(number), strict=False):
        tries = (_one(form, forms, known, rng) for _ in range(_TRIES))
        if question := next(filter(None, tries), None):
            yield question


def grade(asked: Made, answer: Answer) -> str:
    """ "right", "silent" or "wrong"; numbers may be rounded, as answers are."""
    if answer.status != "answered":
        return "silent"
    values = [said for figure in answer.figures for said in (figure.value, figure.target)]
    values += [result.value for result in answer.results]
    values += [] if values else re.findall(r"\d+(?:\.\d+)?", answer.answer)  # a target's definition
    told = [abs(Decimal(value)) for value in values if value]
    told += [Decimal()] if _NONE.search(answer.answer) else []
    numbers = all(any(abs(abs(number) - value) <= _ROUNDED for value in told) for number in asked.truth.numbers)
    text, named = answer.answer.lower(), asked.truth.named
    names = all(name.lower() in text for name in named) or f"all {len(named)} months" in text
    return "right" if numbers and names and re.search(asked.truth.said, text) else "wrong"


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="the folder of another index")
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forms", type=Path, help="other ways to ask, a file in the form of made.toml")
    parser.add_argument("--show", action="store_true", help="what is not right")
    wanted = parser.parse_args()
    forms = tomllib.loads(wanted.forms.read_text(encoding="utf-8")) if wanted.forms else FORMS
    with nullcontext(Settings(home=wanted.data)) if wanted.data else indexed() as settings:
        engine, counts = Engine(settings), Counter[tuple[str, str]]()
        for asked in made(frame(CorrectedStore(settings)), wanted.number, wanted.seed, forms):
            answer = engine.ask(asked.question, asked.today)
            how = grade(asked, answer)
            counts[asked.form, how] += 1
            if wanted.show and how != "right":
                print(f"{how.upper()} [{asked.form}] {asked.question} {asked.truth}\n    {answer.answer[:300]}")
    for form in forms:
        print(form, *(f"{how} {counts[form, how]}" for how in ("right", "silent", "wrong") if counts[form, how]))
    print(
        "all:", *(f"{how} {sum(n for (_, h), n in counts.items() if h == how)}" for how in ("right", "silent", "wrong"))
    )


if __name__ == "__main__":
    main()
