"""Asks all of bench/questions.toml over the sample papers and grades the answers.

    python -m bench.questions [--data DIR] [--kind KIND] [--show] [--save]

prints what fails (a numeral that stands in no source is a fault too), what was gained and lost against the results kept
in bench/questions.json, and the median times in one warm process. --data keeps the index for the next run, --save the
results.
"""

import argparse
import json
import re
import statistics
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.numerals import unfounded
from bench.sample import TODAY, indexed
from bot.answer import Answer
from bot.engine import Engine

HERE = Path(__file__).parent
QUESTIONS, RESULTS = HERE / "questions.toml", HERE / "questions.json"
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Graded:
    """One question asked: its answer, what is wrong with it, and the milliseconds that it took."""

    item: Mapping[str, Any]
    answer: Answer
    faults: tuple[str, ...]
    took: float

    @property
    def name(self) -> str:
        return " > ".join((*self.item.get("before", []), self.item["q"]))

    @property
    def forbidden(self) -> bool:
        """Whether it says what must not be said, or a numeral that stands nowhere."""
        return any(fault.startswith("WRONG") for fault in self.faults)


def load() -> list[dict[str, Any]]:
    """The questions of the set."""
    found: list[dict[str, Any]] = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    return found


def ask(engine: Engine, item: Mapping[str, Any]) -> Graded:
    """Ask one question, after those that went before it in its thread."""
    today: date = item.get("today", TODAY)
    thread = f"{today}{item.get('before', '')}{item['q']}"
    for before in item.get("before", []):
        engine.ask(before, today, thread)
    start = perf_counter()
    answer = engine.ask(item["q"], today, thread)
    return Graded(item, answer, tuple(faults(item, answer)), (perf_counter() - start) * 1000)


def faults(item: Mapping[str, Any], answer: Answer) -> list[str]:
    """What is wrong with an answer; [] for nothing."""
    allowed = item.get("status", "answered")
    told = "\n".join((answer.answer, *answer.assumptions))
    found = [] if answer.status in allowed else [f"is {answer.status}"]
    found += [f"does not say {p}" for p in item.get("say", []) if not re.search(p, told, re.IGNORECASE | re.DOTALL)]
    found += [f"WRONG: says {p}" for p in item.get("never", []) if re.search(p, answer.answer, re.IGNORECASE)]
    found += [f"WRONG: {numeral} stands nowhere" for numeral in sorted(unfounded(answer.to_json()))]
    if len(answer.answer.split()) > MOST_WORDS:
        found.append(f"is {len(answer.answer.split())} words long")
    paper, page = item.get("page", ("", 0))
    if page and not any(c.document.startswith(paper) and c.page == page for c in answer.citations):
        found.append(f"does not cite page {page} of {paper}")
    return found


def report(graded: Sequence[Graded], show: bool) -> None:
    """Print what fails and how many of each kind pass."""
    for one in graded:
        if one.faults or show:
            print(f"{'FAILS' if one.faults else 'passes'} [{one.item['kind']}] {one.name}: {'; '.join(one.faults)}")
            print("    " + one.answer.answer[:500].replace("\n", "\n    "))
    all_of, good = Counter(g.item["kind"] for g in graded), Counter(g.item["kind"] for g in graded if not g.faults)
    print(" ".join(f"{kind} {good[kind]}/{number}" for kind, number in sorted(all_of.items())))
    wrong = sum(g.forbidden for g in graded)
    print(f"{sum(good.values())} of {len(graded)} pass; {wrong} say what is forbidden or stands nowhere")
    for what, some in (
        ("with figures", [g.took for g in graded if g.answer.figures]),
        ("from running text", [g.took for g in graded if g.answer.status == "answered" and not g.answer.figures]),
    ):
        if some:
            print(f"median of {len(some)} answers {what}: {statistics.median(some):.1f} ms")


def compare(graded: Sequence[Graded]) -> None:
    """Print what was gained and lost against the results kept."""
    kept: dict[str, bool] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    gained = [g.name for g in graded if not g.faults and kept.get(g.name) is False]
    lost = [g.name for g in graded if g.faults and kept.get(g.name)]
    print(f"gained {len(gained)}, lost {len(lost)} against the results kept")
    for sign, names in (("+", gained), ("-", lost)):
        for name in names:
            print(f"  {sign} {name}")


def main() -> None:
    """Ask, grade, compare; exit 1 where an answer says what is forbidden."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="the folder of the index, kept for the next run")
    parser.add_argument("--kind", default="", help="only questions of this kind")
    parser.add_argument("--show", action="store_true", help="also the answers that pass")
    parser.add_argument("--save", action="store_true", help="keep the results")
    asked = parser.parse_args()
    with indexed(asked.data) as settings:
        engine = Engine(settings)
        engine.ask("What did members say?", TODAY)  # loads what the first answer would wait for
        graded = [ask(engine, item) for item in load() if asked.kind in ("", item["kind"])]
    report(graded, asked.show)
    compare(graded)
    if asked.save:
        RESULTS.write_text(json.dumps({g.name: not g.faults for g in graded}, indent=0) + "\n", encoding="utf-8")
    sys.exit(any(g.forbidden for g in graded))


if __name__ == "__main__":
    main()
