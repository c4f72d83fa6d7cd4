"""Traces every numeral of every answer to what the answer rests on.

    python -m bench.numerals [--data DIR] [FILE...]

asks the questions of FILEs (YAML as of the acceptance set, or TOML as of bench/questions.toml; by default all of this
folder) over the index of DIR, by default the sample papers, and looks for each numeral of `answer` in the figures, the
results, the quotes and the question of the answer object as it is handed out. It shares no code with
`bot.answers.verify`, and is stricter: of a figure's first and last day only the whole day and the year count. Exit 1
where one stands nowhere.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from bench.sample import TODAY, indexed
from bot.engine import Engine
from corpus.settings import Settings

HERE = Path(__file__).parent
FILES = (HERE / "questions.toml", HERE / "paraphrases.toml")
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
SAID = ("service", "code", "measure", "entity", "period", "value", "printed", "target")  # of a figure


def load(path: Path) -> Iterator[tuple[str, Sequence[str], date]]:
    """The questions of a file: what is asked, what was asked before it in its thread, and the asking day."""
    text = path.read_text(encoding="utf-8")
    held: Any = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    for item in held if isinstance(held, list) else [item for items in held.values() for item in items]:
        said = item.get("q") or item.get("ask") or item["question"]
        day = item.get("today", TODAY)
        for question in [said] if isinstance(said, str) else said:
            yield question, item.get("before", []), day if isinstance(day, date) else date.fromisoformat(day)


def numerals(text: str) -> set[str]:
    """The numerals of a text as plain numbers: "£1,200.50" is "1200.5"."""
    plain = (m.group().replace(",", "").rstrip(".") for m in NUMERAL.finditer(text))
    return {n.rstrip("0").rstrip(".").lstrip("0") or "0" if "." in n else n.lstrip("0") or "0" for n in plain}


def grounds(answer: Mapping[str, Any]) -> Iterator[str]:
    """All that a numeral of an answer object may rest on."""
    yield answer["question"]
    for figure in answer["figures"]:
        yield from (str(figure[name]) for name in SAID if figure[name] is not None)
        yield from (figure[end][:4] for end in ("start", "end"))
    yield from (f"{result['value']} {result['unit']}" for result in answer["results"])
    yield from (citation["quote"] for citation in answer["citations"])


def unfounded(answer: Mapping[str, Any]) -> set[str]:
    """The numerals of an answer object that stand in nothing that it rests on."""
    days = {
        f"{int(day[8:])} {date.fromisoformat(day):%B %Y}" for f in answer["figures"] for day in (f["start"], f["end"])
    }
    told = answer["answer"]
    for day in days:
        told = told.replace(day, " ")
    return numerals(told) - {n for ground in grounds(answer) for n in numerals(ground)}


def asked(engine: Engine, path: Path) -> tuple[int, list[str]]:
    """How many answers of a file's questions were looked at, and a line for each numeral that stands nowhere."""
    count, found = 0, []
    for number, (question, before, day) in enumerate(load(path)):
        thread = f"{path}{number}" if before else ""
        for earlier in before:
            engine.ask(earlier, day, thread)
        answer = json.loads(json.dumps(engine.ask(question, day, thread).to_json()))
        count += 1
        found += [f"{path.name}: {question!r}: {n} stands nowhere in: {answer['answer']}" for n in unfounded(answer)]
    return count, found


def main() -> None:
    """Ask and trace; exit 1 where a numeral stands nowhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--data", default="", help="the folder of an index; by default the sample papers are indexed")
    wanted = parser.parse_args()
    with nullcontext(Settings(home=wanted.data)) if wanted.data else indexed() as settings:
        engine = Engine(settings)
        each = {path: asked(engine, path) for path in wanted.files}
    for path, (count, found) in each.items():
        print(f"{path.name}: {count} answers, {len(found)} numerals that stand nowhere")
        print("\n".join(f"    {line}" for line in found), end="\n" if found else "")
    sys.exit(any(found for _, found in each.values()))


if __name__ == "__main__":
    main()
