"""How long answers take in one warm process, over any index.

    python -m bench.speed --data DIR [--most 60]

asks for figures by the index's own measures, councils and periods, then for running text by its own headings, and
prints the median and the slowest twentieth in milliseconds of processor time and of the clock, each also as a part of
what it may take; exit 1 where a median takes more processor time than that, or a figure that was found by its words
loaded torch.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date

from bot.engine import Engine
from bot.question.terms import terms
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.measures import OVERALL

FIGURE_MS, TEXT_MS = 20.0, 100.0  # what the median of each may take
WARM = 3  # questions of each kind that are asked first and not counted


def figure_questions(store: CorrectedStore, most: int) -> list[str]:
    """A question for the last figure of each measure and entity, spread over the index, at most `most`."""
    rows = frame(store).drop_duplicates(["key", "entity"], keep="last")
    ways = ("What was {who} {what} in {when}?", "did {who} meet the target for {what} in {when}?", "{what} {who} trend")
    said = [
        ways[n % len(ways)].format(who="overall" if r.entity == OVERALL else r.entity, what=r.name, when=r.period)
        for n, r in enumerate(rows.itertuples(index=False))
    ]
    return said[:: max(1, len(said) // most)][:most]


def text_questions(store: CorrectedStore, most: int) -> list[str]:
    """A question for what stands under each heading, spread over the index, at most `most`."""
    found = {p.headings[-1]: None for p in store.passages().values()}
    said = [f"what do the papers say about {heading}?" for heading in found if len(terms(heading)) > 1]
    return said[:: max(1, len(said) // most)][:most]


def timed(engine: Engine, questions: Sequence[str], figures: bool) -> tuple[list[tuple[float, float]], bool]:
    """The milliseconds of processor time and of the clock that each question takes; and whether one loaded torch.

    Of questions for `figures` only those count that were answered with some.
    """
    found, heavy = [], False
    for question in questions:
        light = "torch" not in sys.modules
        cpu, clock = time.process_time(), time.perf_counter()
        answer = engine.ask(question, date.today())
        took = (time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000
        if answer.figures or not figures:
            found.append(took)
            heavy = heavy or (light and "torch" in sys.modules)
    return found[WARM:], heavy


def told(what: str, times: Sequence[tuple[float, float]], limit: float) -> float:
    """Print a kind's times; its median processor time as a part of `limit`."""
    cpu, clock = (sorted(pair[n] for pair in times) for n in (0, 1))
    ratio = statistics.median(cpu) / limit
    late = int(0.95 * len(cpu))
    print(
        f"{len(cpu)} {what}: median {statistics.median(cpu):.1f} ms of CPU ({ratio:.2f} of {limit:.0f}), "
        f"{statistics.median(clock):.1f} by the clock ({statistics.median(clock) / limit:.2f}); "
        f"the slowest twentieth from {cpu[late]:.1f} ms of CPU"
    )
    return ratio


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="the folder of the index")
    parser.add_argument("--most", type=int, default=60, help="questions of each kind")
    asked = parser.parse_args()
    settings = Settings(home=asked.data)
    store, engine = CorrectedStore(settings), Engine(settings)
    figures, texts = figure_questions(store, asked.most + WARM), text_questions(store, asked.most + WARM)
    if len(figures) <= WARM or len(texts) <= WARM:
        sys.exit(f"{asked.data} holds too little to ask for")
    found, heavy = timed(engine, figures, figures=True)
    ratios = [told("answers with figures", found, FIGURE_MS)]
    print(f"torch {'was' if heavy else 'was not'} loaded for one of them")
    ratios.append(told("questions for running text", timed(engine, texts, figures=False)[0], TEXT_MS))
    sys.exit(heavy or max(ratios) > 1)


if __name__ == "__main__":
    main()
