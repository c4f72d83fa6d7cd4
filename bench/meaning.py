"""How well measures are found by what a question means, where it has no word of their names.

    python -m bench.meaning [--data DIR]

asks ASKED over the sample papers, and those questions of bench/questions.toml that no paper answers, and prints what
each threshold of bot.meaning would find rightly and wrongly.
"""

import argparse
import tempfile
from datetime import date

from bench.questions import SAMPLE, load
from bot.engine import Engine
from bot.meaning import AHEAD, OFFERED, TAKEN, Meanings, Near
from bot.understand import naming, understand
from corpus.settings import Settings
from indexer.embedder import Embedder

TODAY = date(2022, 4, 10)
# A question, and a word of the name of the measure that it means.
ASKED = {
    "how quickly does Havant pick up the handset?": "Calls Answered",
    "how fast do we get back to people who write in electronically?": "Email",
    "share of computer problems solved at the first attempt": "First Time Fix",
    "are the computers up and running internally?": "Internal Service Availability",
    "security updates rolled out on schedule": "Patch",
    "night time phone answering": "Out of Hours",
    "overnight telephone response": "Out of Hours",
    "property registrations finished on schedule": "Registrations",
    "telephone queries about local taxation": "Council Tax and Benefits Calls",
    "enquiries sorted out on first contact": "First Time Resolution",
    "questionnaires sent back by users": "surveys returned",
    "tickets raised with the helpdesk": "Calls Logged",
    "would users recommend the service?": "Net Promoter",
    "grievances about property searches": "Complaint",
}


def main() -> None:
    """Ask, and print the likeness of each, then what the thresholds would do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="", help="the folder of the index, kept for the next run")
    asked = parser.parse_args()
    from indexer.index import index_paths

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=asked.data or folder)
        index_paths([SAMPLE], settings)
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
