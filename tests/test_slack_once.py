"""Each question is answered once, whatever Slack, the line, or the machine does between its asking and its answer."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Citation, Given
from bot.slack import desk
from bot.slack.app import Bot
from bot.slack.desk import BUSY, WORKING
from bot.slack.inbox import Question
from bot.slack.kept import DAY
from bot.slack.retention import forget_old
from kpi_tools.store import Store
from tests.fake_slack import APP_TOKEN, BOT_TOKEN, BOT_USER, FakeSlack, Params
from tests.slack_modes import MODES, connected, settings_for
from tests.test_exempt import mixed

ROOT = Path(__file__).parents[1]
ME = f"<@{BOT_USER}>"
FIGURE = Given("Service", "PI1", "Calls", "Havant", "Jan-21", "2021-01-01", "2021-01-31", "1", "%", "1%", None, True, 1)

CITED = Citation("pack.pdf", "A pack", 1, "Page 12", "8", "Havant 1%", (0.0, 0.0, 1.0, 1.0))


class Slow:
    """An engine that answers when it is let."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.asked: list[str] = []

    def __call__(self, question: str, _day: date, _thread: str, _cleared: bool) -> Answer:
        self.asked.append(question)
        assert self.may.wait(60)
        return Answer(question, "answered", f"To {question}.", figures=(FIGURE,), citations=(CITED,))


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def engine() -> Slow:
    return Slow()


@pytest.fixture(params=MODES)
def bot(slack: FakeSlack, engine: Slow, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bot]:
    with connected(slack, settings_for(slack, tmp_path), engine, request.param) as made:
        yield made
        engine.may.set()


def said(message: Params) -> str:
    """The first line of a message."""
    return str(message["text"]).splitlines()[0]


def looked(slack: FakeSlack, bot: Bot) -> None:
    """Two looks at what waits, each worked off."""
    for _ in range(2):
        assert slack.until(slack.idle)
        bot.look()
    assert slack.until(slack.idle)


def test_a_question_that_is_deleted(slack: FakeSlack, bot: Bot, engine: Slow) -> None:
    """Before its answer goes out, it gets none, whether it waits or is worked on; afterwards the answer stands."""
    asked = [slack.say(f"{ME} {number}") for number in ("one", "two", "three")]
    assert slack.until(lambda: bool(engine.asked))
    gone = {"type": "message", "subtype": "message_deleted", "channel": "C1", "hidden": True}
    slack.deliver(gone | {"deleted_ts": asked[0], "ts": "1760000000.000100"})
    left = {"subtype": "tombstone", "ts": asked[1], "text": "This message was deleted."}
    slack.deliver(gone | {"subtype": "message_changed", "message": left, "ts": "1760000000.000200"})
    assert slack.until(lambda: len(slack.acknowledged) == 8)
    engine.may.set()
    assert [said(m) for m in slack.answers(1, settle=True)] == ["To three."]
    slack.deliver(gone | {"deleted_ts": asked[2], "ts": "1760000000.000300"})
    slack.answers(1, settle=True)
    assert len(slack.messages) == 1 and not bot.inbox.waiting()


def edited(slack: FakeSlack, ts: str, text: str, user: str = "U1", channel: str = "C1") -> None:
    """The writer of a message changes it."""
    now = {"type": "message", "user": user, "text": text, "ts": ts, "edited": {"user": user, "ts": ts}}
    kind = "im" if channel.startswith("D") else "channel"
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": channel, "channel_type": kind}
    envelope = slack.deliver(event | {"message": now, "ts": f"{float(ts) + 2:.6f}"})
    assert slack.until(lambda: envelope in slack.acknowledged)


def test_a_question_that_is_edited(slack: FakeSlack, bot: Bot, engine: Slow) -> None:
    """It is answered as it reads when the answer goes out, once, whether it waited or was worked on; by then its own
    answer stands."""
    asked = [slack.say(f"{ME} {number}") for number in ("one", "two", "three")]
    asked.append(slack.say("four", channel="D1"))
    assert slack.until(lambda: bool(engine.asked) and len(slack.acknowledged) == 7)
    for ts, text in zip(asked[:2], ("one, please", "two, please"), strict=True):
        edited(slack, ts, f"{ME} {text}")
    edited(slack, asked[3], "four, please", channel="D1")
    engine.may.set()
    told = ["To four, please.", "To one, please.", "To three.", "To two, please."]
    assert sorted(said(m) for m in slack.answers(4, settle=True)) == told
    edited(slack, asked[2], f"{ME} three, please")
    looked(slack, bot)
    assert len(slack.messages) == 4 and not bot.inbox.waiting()


def test_an_edit_while_slack_lets_us_wait(slack: FakeSlack, bot: Bot, engine: Slow) -> None:
    """What is answered late is answered as it reads by then."""
    engine.may.set()
    slack.limited["chat.postMessage"] = deque([1])
    ts = slack.say(f"{ME} one")
    assert slack.until(lambda: not slack.limited["chat.postMessage"])
    edited(slack, ts, f"{ME} two")
    assert [said(m) for m in slack.answers(settle=True)] == ["To two."]
    assert not bot.inbox.waiting()


def test_what_overtakes_its_own_message(slack: FakeSlack, bot: Bot, engine: Slow) -> None:
    """A message whose deletion came first is not answered; one whose edit came first is answered as it was edited, and
    an edit of something said long ago, which we did not hear, asks nothing."""
    engine.may.set()
    gone, changed, old = (f"{time.time() - age:.6f}" for age in (2, 1, 7200))
    withdrawal = {"type": "message", "subtype": "message_deleted", "channel": "D1", "hidden": True, "deleted_ts": gone}
    envelope = slack.deliver(withdrawal)
    assert slack.until(lambda: envelope in slack.acknowledged)
    edited(slack, changed, "new", channel="D1")
    edited(slack, old, "long ago", channel="D1")
    for ts in (gone, changed):
        slack.say("old", channel="D1", ts=ts)
    assert [said(m) for m in slack.answers(settle=True)] == ["To new."]
    assert not bot.inbox.waiting()


class TestUnheard:
    """Slack takes what we send, and the line breaks before it says so."""

    def test_an_answer(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """It is found in its thread, behind others' messages, and not sent again."""
        engine.may.set()
        slack.unheard["chat.postMessage"] = 1
        ts = slack.say(f"{ME} one")
        slack.answers()
        slack.shares += [{"channel": "C1", "thread_ts": ts, "ts": f"{float(ts) + 1:.6f}", "user": "U2"}] * 3
        looked(slack, bot)
        assert [said(m) for m in slack.messages] == ["To one."]
        assert not bot.inbox.waiting()

    def test_an_answer_that_slack_takes_late(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """What was not answered in time may still be taken: it is looked for, and not sent again meanwhile."""
        engine.may.set()
        client = bot.desk._slack._client  # type: ignore[attr-defined]
        client.timeout = 1
        slack.late["chat.postMessage"] = 3.0
        slack.say(f"{ME} one")
        for _ in range(8):
            time.sleep(0.5)
            bot.look()
        assert [m["text"].split(".")[0] for m in slack.answers(1, settle=True)] == ["To one"]
        assert slack.calls["chat.postMessage"] == 1 and not bot.desk._slow

    def test_an_answer_to_one_person(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """Nobody can look for it, so it is not sent again."""
        engine.may.set()
        slack.unheard["respond"] = 1
        slack.command("one")
        slack.answers()
        looked(slack, bot)
        assert [said(m) for m in slack.messages] == ["To one."]
        assert not bot.inbox.waiting()

    def test_a_file(self, slack: FakeSlack, bot: Bot, engine: Slow, tmp_path: Path) -> None:
        """It is known by its name."""
        Store(settings_for(slack, tmp_path).database).save(mixed(), Path("pack.pdf"), 1)
        engine.may.set()
        slack.say(f"{ME} one")
        [message] = slack.answers()
        slack.unheard["files.completeUploadExternal"] = 1
        slack.press(message, "csv")
        assert slack.until(lambda: bool(slack.files))
        looked(slack, bot)
        assert len(slack.files) == 1

    def test_what_was_surely_not_taken_is_sent_again(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """A command's answer that Slack refuses for now comes later, though nobody could look for it."""
        engine.may.set()
        slack.limited["U1"] = deque([1])
        slack.command("one")
        assert [said(m) for m in slack.answers()] == ["To one."]
        looked(slack, bot)
        assert len(slack.messages) == 1

    def test_an_address_that_is_over(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """A command that waited longer than its address holds is answered in a direct message."""
        engine.may.set()
        slack.channels["D-U1"] = {"id": "D-U1", "is_im": True, "user": "U1"}
        slack.failing["respond"] = "expired_url"
        slack.command("one")
        [message] = slack.answers(settle=True)
        assert (message["channel"], said(message)) == ("D-U1", "To one.")
        assert not bot.inbox.waiting()


class TestCrowds:
    """Many questions at once."""

    def test_more_than_can_wait(
        self, slack: FakeSlack, bot: Bot, engine: Slow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those beyond the bound hear at once that they are turned away; the others are answered."""
        monkeypatch.setattr(desk, "MOST_WAITING", 6)
        for number in range(10):
            slack.say(f"{ME} {number}")
        assert slack.until(lambda: len(slack.messages) == 4)
        assert [m["text"] for m in slack.messages] == [BUSY] * 4
        assert bot.ready()["queue is short"]  # its own bound is far
        engine.may.set()
        assert len(slack.answers(10, settle=True)) == 10
        assert len({m["thread_ts"] for m in slack.messages}) == 10

    def test_a_long_queue_is_told(
        self, slack: FakeSlack, bot: Bot, engine: Slow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """By a status or, where Slack shows none, by a message to who asked; it ends with the answer."""
        monkeypatch.setattr(desk, "LONG", 6)
        for number in range(7):
            slack.say(f"{ME} {number}")
        assert slack.until(lambda: any("6 questions came before" in s["status"] for s in slack.statuses))
        slack.failing["assistant.threads.setStatus"] = "missing_scope"
        slack.say(f"{ME} last", user="U2")
        assert slack.until(lambda: bool(slack.asides))
        assert (slack.asides[0]["user"], "7 questions" in slack.asides[0]["text"]) == ("U2", True)
        slack.failing.clear()
        engine.may.set()
        slack.answers(8, settle=True)
        assert bot.desk.waiting == 0
        last = {status["thread_ts"]: status["status"] for status in slack.statuses}
        assert {last[status["thread_ts"]] for status in slack.statuses if status["status"] == WORKING} == {""}

    def test_all_are_acknowledged_while_none_is_answered(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """What is asked is taken at once, however long the answers take."""
        began = time.monotonic()
        for number in range(60):
            slack.say(f"{ME} {number}", channel="D1")
        assert slack.until(lambda: len(slack.acknowledged) == 60)
        assert time.monotonic() - began < 3
        engine.may.set()
        assert len(slack.answers(60, settle=True)) == 60
        assert bot.desk.waiting == 0

    def test_a_rate_limit_holds_for_all(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """No other thread calls the same method before the time is over; the fake notes it where one does."""
        engine.may.set()
        slack.limited["chat.postMessage"] = deque([1, 1])
        for number in range(8):
            slack.say(f"{ME} {number}")
        assert len(slack.answers(8, settle=True)) == 8
        assert [r for r in slack.refused if "Retry-After" in r] == []
        assert bot.desk.waiting == 0

    def test_taken_up_in_the_wrong_order(self, slack: FakeSlack, bot: Bot, engine: Slow) -> None:
        """A question that is taken up before an earlier one of its thread stands aside, and follows it at once."""
        engine.may.set()
        take = bot.desk.take
        later: list[Question] = []
        bot.desk.take = later.append  # type: ignore[assignment, method-assign]
        ts = slack.say(f"{ME} one")
        assert slack.until(lambda: len(later) == 1)
        slack.say(f"{ME} two", thread=ts)
        assert slack.until(lambda: len(later) == 2)
        bot.desk.take = take  # type: ignore[method-assign]
        for question in reversed(later):
            take(question)
        assert [said(m) for m in slack.answers(2, settle=True)] == ["To one.", "To two."]


def test_what_has_grown_old_is_forgotten(slack: FakeSlack, engine: Slow, tmp_path: Path) -> None:
    """Questions, answers and what threads remember of them go when their time is over; what is young stays."""
    settings = settings_for(slack, tmp_path)
    engine.may.set()
    with connected(slack, settings, engine, "socket") as bot:
        slack.say(f"{ME} one")
        [message] = slack.answers(settle=True)
        name = f"C1:{message['thread_ts']}|public"
        Store(settings.database).threads.save(name, {"question": "one"})
        forget_old(settings, bot.inbox, bot.kept, DAY)
        assert list(bot.kept.export()) and Store(settings.database).threads.of(name)
        forget_old(settings, bot.inbox, bot.kept, 0.0)
        assert not list(bot.kept.export()) and not list(bot.inbox.export())
        assert Store(settings.database).threads.of(name) is None


PROGRAM = """
import sys, time
from bot.answer import Answer
from bot.slack.app import run
from corpus.settings import load

def ask(question, today, thread, cleared):
    print("asked", flush=True)
    time.sleep(float(sys.argv[1]))
    return Answer(question, "answered", "Here it is.")

run(load(), ask)
"""


@contextmanager
def running(slack: FakeSlack, home: Path, seconds: float = 0.0) -> Iterator[subprocess.Popen[str]]:
    """A bot in a process of its own, that takes so long for an answer."""
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.url}
    env = os.environ | tokens | {"PACKCLERK_HOME": str(home)}
    command = [sys.executable, "-c", PROGRAM, str(seconds)]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def waiting(home: Path) -> int:
    """How many questions wait, as another program sees it."""
    with closing(sqlite3.connect(home / "slack.db")) as db:
        return int(db.execute("SELECT count(*) FROM questions WHERE state != 'done'").fetchone()[0])


def test_killed_after_slack_took_the_answers(slack: FakeSlack, tmp_path: Path) -> None:
    """kill -9 between Slack's taking an answer and its saying so: none comes a second time, in a thread or alone."""
    slack.hold("chat.postMessage", "respond")
    with running(slack, tmp_path):
        slack.command("alone")
        assert "ephemeral" in slack.answers()[0]
        asked = [slack.say(f"{ME} {number}") for number in range(6)]  # of which some stand behind others
        slack.answers(2)
    slack.let_go()
    with running(slack, tmp_path) as second:
        assert slack.connected(2)
        slack.answers(1 + len(asked), settle=True)
        assert slack.until(lambda: not waiting(tmp_path))
        second.terminate()
        assert second.wait(60) == 0
    assert sorted(m.get("thread_ts", "") for m in slack.messages) == ["", *sorted(asked)]


def test_told_to_stop_in_the_middle_of_an_answer(slack: FakeSlack, tmp_path: Path) -> None:
    """SIGTERM: the answer under way goes out, the bot ends with 0, and what waited is answered at the next start."""
    with running(slack, tmp_path, 0.5) as first:
        ts = slack.say(f"{ME} one")
        assert first.stdout and first.stdout.readline() == "asked\n"
        slack.say(f"{ME} two", thread=ts)
        assert slack.until(lambda: len(slack.acknowledged) >= 3)
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) == 0
    assert len(slack.messages) == 1
    with running(slack, tmp_path):
        assert len(slack.answers(2)) == 2


def test_a_crash_in_the_middle_of_an_answer(slack: FakeSlack, tmp_path: Path) -> None:
    """A process dies over a question that it acknowledged; the next one answers it, once."""
    with running(slack, tmp_path, 30) as first:
        ts = slack.say(f"{ME} what?")
        assert first.stdout and first.stdout.readline() == "asked\n"
    assert not slack.messages
    with running(slack, tmp_path):
        [message] = slack.answers(settle=True)
    assert (message["thread_ts"], message["text"]) == (ts, "Here it is.")
