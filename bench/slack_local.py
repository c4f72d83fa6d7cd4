"""The Slack bot against local-slack, a Slack by others for who writes bots: `python -m bench.slack_local`.

The same scenarios over Socket Mode and over HTTP, with the real engine over the sample papers. local-slack comes from
npm; where npm is absent, or does not have it, nothing is run, and the reason is said. It knows no statuses, groups,
repetitions or limits: the tests prove those over our own fake. With `--pictures FOLDER`, and Chromium, threads
are saved as a person would see them.
"""

import argparse
import json
import logging
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import socket
from typing import Any

import httpx

from bot.engine import Engine
from bot.slack.app import build
from bot.slack.webserver import WebServer
from corpus.settings import Settings
from indexer.golden import SAMPLE
from indexer.index import index_paths
from tests.handmade import Letters

VERSION = "0.1.8"
ME, ALICE, BOB, ROOM = "U0BOT", "U01ALICE", "U02BOB", "C01GEN"
TOKENS = {"slack_bot_token": "xoxb-local", "slack_app_token": "xapp-local", "slack_signing_secret": "a-secret"}
SECONDS = 60.0  # for one thing to come true; a machine may have other work
SIZE = "1500,1300"  # of a picture of the page
SHOWN = (
    "how did Havant's PI002 for calls trend in 2021?",
    "which council was worst in PI002 for calls in August 2021?",
    "what was PI2?",
    "what was Havant's PI777 in August 2021?",
    "which plan items are overdue?",
    "what was said about staffing in the contact centre?",
)

Json = dict[str, Any]


def main() -> int:
    """Run all scenarios in both modes; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    pictures = parser.parse_args().pictures
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as scratch:
        program, reason = install(Path(scratch))
        if not program:
            print(f"Skipped: {reason}")
            return 0
        home = Path(scratch) / "home"
        index_paths([Path(SAMPLE)], Settings(home=str(home)), embedder=Letters())
        failed = 0
        for mode in ("socket", "events"):
            with serving(program, Path(scratch), mode, home) as slack:
                failed += scenarios(slack, mode)
                if pictures and mode == "socket":
                    slack.draw(pictures)
            (home / "slack.db").unlink()
    return 1 if failed else 0


def install(folder: Path) -> tuple[str, str]:
    """The path of local-slack's program, or "" and why there is none."""
    npm = shutil.which("npm")
    system = (sys.platform, platform.machine())
    if not npm or system not in (("linux", "x86_64"), ("linux", "aarch64")):
        return "", "npm is not installed." if not npm else f"there is no local-slack for {' '.join(system)}."
    name = f"local-slack-linux-{'x64' if system[1] == 'x86_64' else 'arm64'}"
    command = [npm, "install", "--prefix", str(folder), f"{name}@{VERSION}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    program = folder / "node_modules" / name / "bin" / "local-slack"
    if program.is_file():
        return str(program), ""
    return "", f"npm gave no {name}@{VERSION} ({run.stderr.strip()[-200:]})."


class LocalSlack:
    """local-slack on one port of this machine, as the people in it use it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://localhost:{port}"

    def tell(self, what: str, **body: Any) -> Json:
        """Do something as a person."""
        answer = httpx.post(f"{self.url}/_control/{what}", json=body, timeout=30)
        answer.raise_for_status()
        return dict(answer.json())

    def messages(self, channel: str) -> list[Json]:
        """What stands in a channel, threads included."""
        found = httpx.get(f"{self.url}/_control/messages/{channel}", timeout=30).json()
        return list(found["messages"] if isinstance(found, dict) else found)

    def ours(self, channel: str) -> list[Json]:
        """What the bot said there."""
        return [m for m in self.messages(channel) if m.get("user") == ME or m.get("bot_id")]

    def log(self) -> str:
        """All that went between it and the bot."""
        return httpx.get(f"{self.url}/_control/log", timeout=30).text

    def draw(self, folder: Path) -> None:
        """Ask questions of every kind, and save each thread as a person sees it, where there is Chromium."""
        browser = shutil.which("chromium") or shutil.which("google-chrome")
        if not browser:
            print("No pictures: Chromium is not installed.")
            return
        self.tell("reset")
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--window-size={SIZE}", "--virtual-time-budget=8000"]
        for number, question in enumerate(SHOWN, 1):
            self.tell("message", channel=ROOM, user=ALICE, text=f"<@{ME}> {question}")
            until(lambda count=number: len(self.ours(ROOM)) == count)  # type: ignore[misc]
            ts = next(m["ts"] for m in reversed(self.messages(ROOM)) if m.get("user") == ALICE)
            page = f"{self.url}/archives/{ROOM}/p{ts.replace('.', '')}?thread_ts={ts}&cid={ROOM}"
            target = f"--screenshot={folder / f'thread-{number}.png'}"
            subprocess.run([browser, *options, target, page], capture_output=True, check=False)


@contextmanager
def serving(program: str, scratch: Path, mode: str, home: Path) -> Iterator[LocalSlack]:
    """local-slack and the bot, connected in this mode."""
    port, own = _free(), _free()
    app = {"appId": "A1", "botUserId": ME, "botName": "packclerk", "botToken": "xoxb-local", "appToken": "xapp-local",
           "signingSecret": "a-secret", "mode": mode, "requestUrl": f"http://localhost:{own}/slack/events"}  # fmt: skip
    people = [{"id": ALICE, "name": "alice", "real_name": "Alice"}, {"id": BOB, "name": "bob", "real_name": "Bob"}]
    rooms = [{"id": ROOM, "name": "performance", "members": [ALICE, BOB, ME]}]
    about = {"workspace": {"name": "Council", "domain": "council", "teamId": "T1"}, "app": app, "users": people}
    config = scratch / f"{mode}.json"
    config.write_text(json.dumps(about | {"channels": rooms}))
    slack = LocalSlack(port)
    settings = Settings(home=str(home), slack_api_url=f"{slack.url}/api/", **TOKENS)
    with subprocess.Popen([program, "--config", str(config), "--port", str(port)], stdout=-3, stderr=-3) as process:
        try:
            assert until(lambda: httpx.get(f"{slack.url}/_control/state", timeout=5).is_success), "local-slack is down"
            with ExitStack() as stack:
                bot = stack.enter_context(build(settings, Engine(settings).ask, http=mode == "events"))
                if mode == "events":
                    stack.enter_context(WebServer("127.0.0.1", own, bot.ready, bot.dispatch, "a-secret"))
                assert until(lambda: bot.ready()["hears Slack"]), "the bot is not connected"
                yield slack
        finally:
            process.terminate()


def scenarios(slack: LocalSlack, mode: str) -> int:
    """Play all; how many failed."""
    failed = 0
    for name, play in SCENARIOS.items():
        slack.tell("reset")
        try:
            wrong = play(slack)
        except (httpx.HTTPError, KeyError, IndexError) as error:
            wrong = repr(error)
        print(f"{mode:7}{'FAILED ' if wrong else 'ok     '}{name}{f': {wrong}' if wrong else ''}")
        failed += bool(wrong)
    return failed


def mention(slack: LocalSlack) -> str:
    """A mention is answered in its thread, once, cited; what follows there follows on; edits are left alone."""
    asked = slack.tell("message", channel=ROOM, user=ALICE,
                       text=f"<@{ME}> what was Havant's PI002 for Customer Services in August 2021?")  # fmt: skip
    ts = asked.get("ts") or asked["message"]["ts"]
    if not until(lambda: len(slack.ours(ROOM)) == 1):
        return "no answer"
    [first] = slack.ours(ROOM)
    slack.tell("message", channel=ROOM, user=BOB, text="and Mendip?", thread_ts=ts)
    if not until(lambda: len(slack.ours(ROOM)) == 2):
        return "no answer to the follow-up"
    slack.tell("edit-message", channel=ROOM, user=ALICE, ts=ts, text=f"<@{ME}> and what was it in July?")
    slack.tell("message", channel=ROOM, user=BOB, text="what do you think?")
    time.sleep(1)
    said = json.dumps(slack.ours(ROOM), ensure_ascii=False)
    return wrong_unless({
        "in its thread": first.get("thread_ts") == ts,
        "the figure": "45.66%" in said,
        "the follow-up": "Mendip" in said,
        "the page": "PDF page" in said,
        "nothing more": len(slack.ours(ROOM)) == 2,
    })  # fmt: skip


def trend_and_files(slack: LocalSlack) -> str:
    """A trend has its chart and table, in whichever blocks are taken; its source and figures come as files."""
    slack.tell("message", channel=ROOM, user=ALICE, text=f"<@{ME}> how did Havant's PI002 for calls trend in 2021?")
    if not until(lambda: len(slack.ours(ROOM)) >= 1):
        return "no answer"
    message = slack.ours(ROOM)[0]
    kinds = [block["type"] for block in message["blocks"]]
    buttons = {e["action_id"]: e for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]}
    for action in ("source", "chart", "csv"):
        pressed = {"type": "button", "action_id": action, "value": buttons[action]["value"]}
        slack.tell("interact", channel=ROOM, messageTs=message["ts"], user=BOB, action=pressed)
    files = until(lambda: slack.log().count("files.completeUploadExternal") >= 3)
    return wrong_unless({"table": bool({"table", "data_table"} & set(kinds)), "files": files})


def command(slack: LocalSlack) -> str:
    """A slash command is answered to its giver alone."""
    slack.tell("command", channel=ROOM, user=ALICE, command="/packclerk", text="which rectification plans are open?")
    heard = until(lambda: "RP" in json.dumps(slack.messages(ROOM)))
    return wrong_unless({"answered": heard})


def direct(slack: LocalSlack) -> str:
    """A direct message needs no mention; subscriptions are kept."""
    channel = httpx.post(
        f"{slack.url}/api/conversations.open", data={"users": ALICE}, headers={"Authorization": "Bearer xoxb-local"}
    ).json()["channel"]["id"]
    slack.tell("message", channel=channel, user=ALICE, text="subscribe to Havant")
    heard = until(lambda: "You will hear of Havant" in json.dumps(slack.ours(channel)))
    return wrong_unless({"subscribed": heard})


def home(slack: LocalSlack) -> str:
    """The home tab is drawn."""
    slack.tell("open-home", user=ALICE)
    return wrong_unless({"drawn": until(lambda: "Latest figures" in slack.log())})


SCENARIOS: dict[str, Callable[[LocalSlack], str]] = {
    play.__name__: play for play in (direct, home, command, mention, trend_and_files)
}


def wrong_unless(holds: dict[str, bool]) -> str:
    """What does not hold, by its name; "" where all does."""
    return ", ".join(name for name, held in holds.items() if not held)


def until(holds: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if holds():
                return True
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    return False


def _free() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
