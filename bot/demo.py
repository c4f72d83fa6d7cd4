"""What `make demo` shows: the sample papers indexed, and questions of different kinds answered from them."""

import os
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

from rich.console import Console

from bot.engine import Engine
from bot.render import print_answer
from corpus.settings import load

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
HOME = Path(".demo")
TODAY = date(2021, 12, 31)  # the sample packs report on 2021
QUESTIONS = (
    "how did Havant PI002 trend this year?",
    "which council had the worst call answering (PI002) in June 2021?",
    "what does customer services PI005 measure and what's the target?",
    "which rectification plans are still open?",
    "why did council tax calls performance fail in August?",
    "total P1 incidents across the three boroughs in January 2018",
)


def main() -> int:
    """Index the sample papers and answer; the exit code."""
    console = Console(highlight=False)
    packclerk = Path(sys.executable).with_name("packclerk")
    console.rule("packclerk index corpus/sample")
    done = subprocess.run([packclerk, "--data", str(HOME), "index", str(SAMPLE)], check=False)
    if done.returncode:
        return done.returncode
    engine = Engine(load(environ=dict(os.environ), home=str(HOME)))
    for question in QUESTIONS:
        console.print()
        console.rule(f'packclerk ask --today {TODAY} "{question}"')
        print_answer(engine.ask(question, TODAY), console)
    console.print()
    command = f'{shlex.quote(os.path.relpath(packclerk))} --data {HOME} ask "and Mendip?"'
    console.print(f"[bold]Ask your own:[/bold] {command.replace('and Mendip?', 'your question')}")
    console.print(
        "[bold]Add your own papers:[/bold] " + f"{shlex.quote(os.path.relpath(packclerk))} --data {HOME} index FOLDER"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
