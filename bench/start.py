"""From the start of the process to the answer of a question about a KPI, in CPU seconds.

    python -m bench.start [QUESTION]

indexes the sample papers into a folder of its own and asks; the same run measures the bare imports of pandas,
SQLAlchemy and click, which every such answer needs. Each figure is the least of several starts.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from bench.sample import SAMPLE, cpu_seconds

QUESTION = "how did Havant PI002 trend this year?"
TODAY = "2021-12-31"  # so that the papers answer it
STARTS = 9


def least(command: Sequence[str], environment: dict[str, str]) -> float:
    """The least CPU seconds of several runs."""
    return min(cpu_seconds(command, environment) for _ in range(STARTS))


def main() -> None:
    question = " ".join(sys.argv[1:]) or QUESTION
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"PACKCLERK_HOME": home}
        packclerk = (sys.executable, "-m", "bot")
        subprocess.run([*packclerk, "index", str(SAMPLE)], env=environment, stdout=subprocess.DEVNULL, check=True)
        imports = least((sys.executable, "-c", "import pandas, sqlalchemy, click"), environment)
        asked = {
            "as text": least((*packclerk, "ask", "--today", TODAY, question), environment),
            "as JSON": least((*packclerk, "ask", "--today", TODAY, question, "--json"), environment),
        }
    print(f"import pandas, sqlalchemy, click: {imports:.2f} s of CPU")
    for form, seconds in asked.items():
        print(f"{question!r} {form}: {seconds:.2f} s of CPU, {seconds / imports:.2f} times the imports")


if __name__ == "__main__":
    main()
