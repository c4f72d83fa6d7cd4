"""From how much evidence a sentence is quoted as the answer to a question in free words, and when nothing is.

    python -m bench.silence [--data DIR] [--questions FILE] [--show]

asks bench/text.toml over the sample papers, or FILE, of the same form, over the index in DIR. A question with `say` is
answered in the papers, one without is not, though it uses their words. Prints for several thresholds of
bot.answers.text how many questions are answered rightly, how many with something else ("junk"), and how many the
papers are wrongly taken not to answer: of every other two questions, by which the thresholds were chosen, and of the
rest, which had no part in it. `--show` prints what goes wrong with the thresholds in force.
"""

import argparse
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench.sample import TODAY, indexed
from bot.answers import text as text_answers
from bot.engine import Engine
from corpus.settings import Settings

QUESTIONS = Path(__file__).parent / "text.toml"
# OWN, ENOUGH and LACKS, the strictest last.
GRID = ((0.2, 0.3, 0.6), (0.35, 0.45, 0.45), (0.45, 0.56, 0.34), (0.55, 0.65, 0.28), (0.7, 0.8, 0.2), (0.85, 0.9, 0.1))

Item = Mapping[str, Any]


def grade(engine: Engine, item: Item) -> tuple[str, str]:
    """What became of a question: "right", "junk" or "silent"; and the answer."""
    answer = engine.ask(item["q"], item.get("today", TODAY))
    said = answer.status == "answered"
    if "say" not in item:
        return ("junk" if said else "right"), answer.answer
    fits = all(re.search(pattern, answer.answer, re.IGNORECASE) for pattern in item["say"])
    return ("right" if fits else "junk") if said else "silent", answer.answer


def told(graded: Sequence[tuple[Item, str]]) -> str:
    """The counts of some questions in a line."""
    there = [how for item, how in graded if "say" in item]
    absent = [how for item, how in graded if "say" not in item]
    junk = f"{there.count('junk')} junk, {there.count('silent')} silent"
    return f"{there.count('right')}/{len(there)} right ({junk}), absent {absent.count('right')}/{len(absent)}"


@contextmanager
def _papers(data: str, others: bool) -> Iterator[Settings]:
    if others:
        yield Settings(home=data)
    else:
        with indexed(data) as settings:
            yield settings


def main() -> None:
    """Ask at each of the thresholds, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="the folder of the index, kept for the next run")
    parser.add_argument("--questions", default="", help="other questions, of the papers in --data")
    parser.add_argument("--show", action="store_true", help="what goes wrong with the thresholds in force")
    asked = parser.parse_args()
    items: list[Item] = tomllib.loads(Path(asked.questions or QUESTIONS).read_text(encoding="utf-8"))["questions"]
    items = [{**item, "today": date.fromisoformat(str(item["today"]))} if "today" in item else item for item in items]
    with _papers(asked.data, bool(asked.questions)) as settings:
        engine = Engine(settings)
        in_force = (text_answers.OWN, text_answers.ENOUGH, text_answers.LACKS)
        for own, enough, lacks in GRID if not asked.show else (in_force,):
            text_answers.OWN, text_answers.ENOUGH, text_answers.LACKS = own, enough, lacks
            graded = [(item, *grade(engine, item)) for item in items]
            halves = (told([(i, how) for n, (i, how, _) in enumerate(graded) if n // 2 % 2 == h]) for h in (0, 1))
            mark = " (in force)" if (own, enough, lacks) == in_force else ""
            print(f"own {own}, enough {enough}, lacks {lacks}{mark}: {'; the rest: '.join(halves)}")
    for item, how, answer in graded if asked.show else ():
        if how != "right":
            print(f"{how.upper()} {item['q']}: {answer[:200]}")


if __name__ == "__main__":
    main()
