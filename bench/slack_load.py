"""How the Slack bot stands a busy day: `python -m bench.slack_load`.

200 questions of 50 people in 20 channels, over a real socket to the strict fake Slack of the tests and then over signed
HTTP, while the sample papers are read anew and the line is cut every 10 seconds. Every question must be answered
exactly once, and an exempt figure must appear nowhere but where all who see it are cleared; else it ends with 1.
"""

import json
import logging
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from bot.engine import Engine
from corpus.settings import Settings
from indexer.golden import SAMPLE
from indexer.index import READER_VERSION, index_paths
from tests.fake_slack import BOT_USER, TEAM, FakeSlack
from tests.handmade import Letters
from tests.slack_modes import MODES, connected, settings_for

QUESTIONS, USERS, CHANNELS, CUT = 200, 50, 20, 10.0
CLEARED = [f"U{n}" for n in range(1, 11)]
EXEMPT, SECRET = "How much was claimed in service credits for Havant?", "44,000"
ASKED = (
    "what was Havant's PI002 for Customer Services in August 2021?",
    "how did Mendip's PI002 for Customer Services trend in 2021?",
    "which rectification plans are open?",
    "which council was worst in PI002 for calls in June 2021?",
    EXEMPT,
)
SECONDS = 400.0


def main() -> int:
    """Run in each mode and report; the exit code."""
    logging.disable(logging.ERROR)  # that the line is cut, and that there is no model, is as it should be
    return max([_run(mode) for mode in MODES])


def _run(mode: str) -> int:
    with tempfile.TemporaryDirectory() as home, FakeSlack() as slack:
        users = [f"U{n}" for n in range(1, USERS + 1)]
        rooms = [f"C{n}" for n in range(1, CHANNELS + 1)]
        slack.people = {user: {"id": user, "team_id": TEAM} for user in users}
        slack.channels = {room: {"id": room, "is_private": room == "C1"} for room in rooms}
        slack.members = {"C1": [*CLEARED, BOT_USER]}
        slack.groups = {"S1": CLEARED}
        settings = settings_for(slack, Path(home), cleared_usergroups="S1", cleared_channels="C1")
        index_paths([Path(SAMPLE)], settings, embedder=Letters())
        print(f"{mode}:")
        return _busy(slack, settings, mode, users)


def _busy(slack: FakeSlack, settings: Settings, mode: str, users: list[str]) -> int:
    over, cuts, reads = threading.Event(), 0, 0

    def cut() -> None:
        nonlocal cuts
        while not over.wait(CUT):
            slack.hang_up()
            cuts += 1

    def read() -> None:
        nonlocal reads
        while not over.wait(1.0):
            reads += 1
            index_paths([Path(SAMPLE)], settings, embedder=Letters(), reader=READER_VERSION + reads)

    asked: dict[tuple[str, str], str] = {}
    pick, began = random.Random(1), time.monotonic()
    with connected(slack, settings, Engine(settings).ask, mode, ping=1.0) as bot:
        noise = [threading.Thread(target=cut), threading.Thread(target=read)]
        for thread in noise:
            thread.start()
        for _ in range(QUESTIONS):
            room, text = pick.choice([*slack.channels]), pick.choice(ASKED)
            user = pick.choice(CLEARED if room == "C1" else users)
            asked[room, slack.say(f"<@{BOT_USER}> {text}", channel=room, user=user)] = text
            time.sleep(0.05)
        while len(slack.messages) < QUESTIONS and time.monotonic() - began < SECONDS:
            time.sleep(0.5)
            bot.look()
        spent = time.monotonic() - began
        time.sleep(5)
        over.set()
        for thread in noise:
            thread.join()
    answers = Counter((m["channel"], m["thread_ts"]) for m in slack.messages)
    lost, twice = [key for key in asked if not answers[key]], [key for key in answers if answers[key] > 1]
    secret = [m for m in slack.messages if SECRET in json.dumps(m, ensure_ascii=False)]
    leaked = [m for m in secret if m["channel"] != "C1"]
    failed = [m for m in slack.messages if "Something went wrong" in m["text"]]
    print(
        f"{len(asked)} questions, {len(slack.messages)} answers in {spent:.0f} s; line cut {cuts}, read {reads} times"
    )
    print(f"lost {len(lost)}, twice {len(twice)}, failed {len(failed)}")
    print(f"exempt: leaked {len(leaked)}, shown to the cleared {len(secret) - len(leaked)}")
    print(f"refused by the fake: {slack.refused or 'nothing'}")
    return 1 if lost or twice or failed or leaked or slack.refused else 0


if __name__ == "__main__":
    sys.exit(main())
