"""How well measures are found by what a question means, where it has no word of their names.

    python -m bench.meaning [--data DIR]

asks ASKED over the sample papers, and those questions of bench/questions.toml that no paper answers, and prints what
each threshold of bot.question.meaning would find rightly and wrongly.
"""

import argparse

from bench.questions import load
from bench.sample import TODAY, indexed
from bot.engine import Engine
from bot.question.meaning import AHEAD, OFFERED, TAKEN, Meanings, Near
from bot.question.naming import naming
from bot.question.understand import understand
from indexer.retrieval.embedder import Embedder

# A question, and a word of the name of the measure that it means; none of them is a gloss of the vocabulary.
ASKED = {
    "are callers getting through quickly in Havant?": "Calls Answered",
    "how promptly are electronic messages dealt with?": "Email",
    "do technicians sort faults out straight away?": "First Time Fix",
    "were the systems working for staff?": "Service Availability",
    "keeping software protected against attacks": "Patch",
    "is anyone there to speak to after the offices have closed?": "Out of Hours",
    "entries in the land register made punctually": "Registrations",
    "folk ringing with questions on their local tax": "Council Tax and Benefits Calls",
    "sorting out people's issues without a second contact": "First Time",
    "how many users filled in the feedback form": "surveys returned",
    "how busy was the IT service desk": "Calls Logged",
    "how likely users are to speak well of IT": "Net Promoter",
    "moans about property searches": "Complaint",
    "how soon do conveyancers hear back on property enquiries": "Search",
}


def main() -> None:
    """Ask, and print the likeness of each, then what the thresholds would do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="the folder of the index, kept for the next run")
    asked = parser.parse_args()
    with indexed(asked.data) as settings:
        catalogue = Engine(settings).catalogue(cleared=True)
        meanings = Meanings(Embedder(settings.embedding_model))
        asks = [(q["q"], q.get("today", TODAY)) for q in load() if q["kind"] == "absent" and "before" not in q]
        absent = [(q, day) for q, day in asks if understand(q, day, catalogue).subject == "text"]
        found = {q: meanings.nearest(naming(q, TODAY, catalogue), (), catalogue) for q in ASKED}
        none = {q: meanings.nearest(naming(q, day, catalogue), (), catalogue) for q, day in absent}
    for question, near in (*found.items(), *none.items()):
        print(f"{near[0].alike if near else 0:.2f} {question}: {near[0].entry.name if near else 'nothing'}")
    for offered in (0.35, 0.4, OFFERED, TAKEN, 0.55, 0.6):
        right = sum(_is(near, ASKED[q]) and near[0].alike >= offered for q, near in found.items())
        wrong = sum(bool(near) and near[0].alike >= offered for near in none.values())
        mark = " (offered)" if offered == OFFERED else " (taken)" if offered == TAKEN else ""
        print(
            f"from {offered:.2f}{mark}: {right} of {len(found)} rightly first, {wrong} of {len(none)} absent ones near"
        )
    print(f"taken only where {AHEAD} ahead of the next")


def _is(near: list[Near], named: str) -> bool:
    return bool(near) and named.lower() in near[0].entry.name.lower()


if __name__ == "__main__":
    main()
