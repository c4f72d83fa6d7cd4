"""What we send to Slack, against Slack's own types: `python -m bench.slack_types`.

A message of every kind, and the home tab, as TypeScript that must be of the types of npm's `@slack/types`. Where npm is
absent nothing is checked, and the reason is said. Slack's charts, which those types do not know yet, are left out.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from bot.engine import Engine
from bot.slack.blocks import after, message, sentence
from bot.slack.digests import digest
from bot.slack.home import view
from bot.slack.replies import HELP
from corpus.settings import Settings
from indexer.golden import SAMPLE
from indexer.index import index_paths
from kpi_tools.public import store_for
from tests.handmade import Letters

PACKAGES = ("@slack/types@3.2.0", "typescript@5.9.3")
UNKNOWN = ("data_visualization",)  # blocks that are younger than these types
TODAY = date(2021, 12, 31)
QUESTIONS = (
    "how did Havant's PI002 for calls trend in 2021?",
    "which council was worst in PI002 for calls in August 2021?",
    "compare Havant and Mendip in PI002 for calls in 2021",
    "what was PI002?",
    "what was Havant's PI777 in August 2021?",
    "which plan items are overdue?",
    "give me a brief on Havant",
    "write me a poem",
)


def main() -> int:
    """Check; the exit code."""
    npm = shutil.which("npm")
    if not npm:
        print("Skipped: npm is not installed.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        install = [npm, "install", "--prefix", scratch, *PACKAGES]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            print(f"Skipped: npm gave no {' and '.join(PACKAGES)}.")
            return 0
        blocks, home = sent(Settings(home=str(folder / "home")))
        lines = ["import type { HomeView, KnownBlock } from '@slack/types';"]
        lines += [f"export const m{n}: KnownBlock[] = {json.dumps(one)};" for n, one in enumerate(blocks)]
        lines.append(f"export const home: HomeView = {json.dumps(home)};")
        (folder / "sent.ts").write_text("\n".join(lines))
        compiler = [str(folder / "node_modules" / ".bin" / "tsc"), "--noEmit", "--strict", "--skipLibCheck", "sent.ts"]
        run = subprocess.run(compiler, cwd=scratch, capture_output=True, text=True, check=False)
    print(run.stdout or f"{len(blocks)} messages and the home tab are of Slack's types.")
    return run.returncode


def sent(settings: Settings) -> tuple[list[list[dict[str, Any]]], dict[str, Any]]:
    """The blocks of a message of each kind, and the home tab, over the sample papers."""
    index_paths([Path(SAMPLE)], settings, embedder=Letters())
    engine, store = Engine(settings), store_for(settings, cleared=False)
    answers = [engine.ask(question, TODAY, "", False) for question in QUESTIONS]
    messages = [message(answer, "an-id", rich, rich) for answer in answers for rich in (False, True)]
    told = [digest(store, ["Havant"], [paper.document]) for paper in store.papers()]
    messages += [sentence(HELP), after(HELP, sentence(HELP)), *filter(None, told)]
    known = [[block for block in one["blocks"] if block["type"] not in UNKNOWN] for one in messages]
    return known, view(store, lambda question: engine.ask(question, TODAY, "", False).answer)


if __name__ == "__main__":
    sys.exit(main())
