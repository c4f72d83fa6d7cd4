"""What Slack, the line and machines do to the Slack bot on bad days."""

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.slack import line
from bot.slack.app import Bot, build
from bot.slack.inbox import Question
from corpus.errors import SettingError
from tests.fake_slack import FakeSlack
from tests.slack_asked import ME, Asked
from tests.slack_modes import MODES, connected
from tests.slack_modes import settings_for as settings


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture(params=MODES)
def bot(slack: FakeSlack, asked: Asked, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bot]:
    """Over the socket, and over HTTP."""
    with connected(slack, settings(slack, tmp_path), asked, request.param) as made:
        yield made


@pytest.fixture
def wired(slack: FakeSlack, asked: Asked, tmp_path: Path) -> Iterator[Bot]:
    """Over the socket, where it matters."""
    with connected(slack, settings(slack, tmp_path), asked, "socket") as made:
        yield made


class TestBadDays:
    """What Slack and machines do on bad days."""

    @pytest.mark.parametrize("reason", ["warning", "refresh_requested", "too_old", "link_disabled"])
    def test_a_disconnect_frame_and_a_cut_line(self, slack: FakeSlack, wired: Bot, reason: str) -> None:
        """After Slack asks for a new connection, and after the line breaks, questions are answered."""
        slack.ask_to_reconnect(reason)
        assert slack.connected(2)
        slack.say(f"{ME} one")
        assert len(slack.answers(1)) == 1
        before = slack.connections
        slack.hang_up()
        assert slack.connected(before + 1)
        slack.say(f"{ME} two")
        assert len(slack.answers(2, settle=True)) == 2
        wired.look()

    @pytest.mark.parametrize("how", ["internal_error", "down"])
    def test_slack_gone_for_a_while(self, slack: FakeSlack, wired: Bot, how: str) -> None:
        """While no connection can be had it is tried again and again; what was said meanwhile is answered."""
        slack.failing["apps.connections.open"] = how
        slack.hang_up()
        before = slack.calls["apps.connections.open"]
        assert slack.until(lambda: slack.calls["apps.connections.open"] > before + 1)
        slack.say(f"{ME} anybody?")
        slack.failing.clear()
        assert len(slack.answers()) == 1
        wired.look()

    def test_slack_is_not_pestered_while_it_is_gone(
        self, slack: FakeSlack, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each attempt to connect waits twice as long as the one before, and not after one that did."""
        monkeypatch.setattr(line, "AGAIN", 0.05)
        monkeypatch.setattr(line, "MOST_AGAIN", 0.8)
        with connected(slack, settings(slack, tmp_path), asked, "socket"):
            for _ in range(2):
                slack.failing["apps.connections.open"] = "down"
                slack.hang_up()
                before = slack.calls["apps.connections.open"]
                assert slack.until(lambda old=before: slack.calls["apps.connections.open"] > old + 3)  # type: ignore[misc]
                time.sleep(1.0)
                assert slack.calls["apps.connections.open"] <= before + 8
                up = slack.connections
                slack.failing.clear()
                assert slack.connected(up + 1)

    def test_a_deaf_socket_is_given_up(self, slack: FakeSlack, asked: Asked, tmp_path: Path) -> None:
        """A connection that looks alive, but on which no sign of life comes back, is replaced."""
        slack.deaf = True
        with build(settings(slack, tmp_path), asked, ping=0.1) as bot:
            assert slack.connected()
            slack.deaf = False
            deadline = time.monotonic() + 60
            while slack.connections < 2 and time.monotonic() < deadline:
                time.sleep(0.1)
                bot.look()
            slack.say(f"{ME} are you there?")
            assert len(slack.answers()) == 1

    def test_a_rate_limit_is_waited_out(self, slack: FakeSlack, bot: Bot) -> None:
        """429 with Retry-After delays an answer by that long, and does not lose it."""
        slack.limited["chat.postMessage"] = deque([1])
        began = time.monotonic()
        slack.say(f"{ME} what?")
        assert len(slack.answers()) == 1
        assert time.monotonic() - began >= 1
        assert slack.calls["chat.postMessage"] == 2
        bot.look()

    @pytest.mark.parametrize("how", ["internal_error", "down", "page", "token_revoked"])
    def test_an_answer_that_slack_cannot_take_now_is_sent_later(self, slack: FakeSlack, bot: Bot, how: str) -> None:
        """While posting fails the question waits; when Slack is back it is answered, once."""
        slack.failing["chat.postMessage"] = how
        slack.say(f"{ME} what?")
        assert slack.until(lambda: slack.calls["chat.postMessage"] == 1)
        slack.failing.clear()
        assert slack.until(slack.idle)
        bot.look()
        [answer] = slack.answers()
        assert answer["channel"] == "C1"  # where it was asked
        bot.look()
        assert len(slack.answers(settle=True)) == 1

    def test_an_answer_that_slack_took_before_it_failed_is_not_sent_again(self, slack: FakeSlack, bot: Bot) -> None:
        """Slack broke down after it had done what was asked: we look into the thread before we send again."""
        slack.failing["chat.postMessage"] = "broken"
        slack.say(f"{ME} what?")
        assert slack.until(lambda: slack.calls["chat.postMessage"] == 1)
        assert slack.until(slack.idle)
        slack.failing.clear()
        bot.look()
        assert len(slack.answers(settle=True)) == 1
        assert slack.calls["chat.postMessage"] == 1

    def test_what_can_never_be_sent_is_let_go(self, slack: FakeSlack, bot: Bot) -> None:
        """A channel that is gone is not tried for ever."""
        slack.failing["chat.postMessage"] = "is_archived"
        slack.say(f"{ME} what?")
        assert slack.until(lambda: slack.calls["chat.postMessage"] == 2)  # and once more, to say so in a direct message
        assert slack.until(slack.idle)
        bot.look()
        assert slack.until(slack.idle)
        assert slack.calls["chat.postMessage"] == 2

    def test_not_kept_is_not_acknowledged(self, slack: FakeSlack, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
        """If a question cannot be kept, Slack is not told that we have it, and its repetition is answered."""
        keep = bot.inbox.add
        failures = iter([OSError("disk full"), OSError("disk full")])

        def add(*args: Any) -> bool:
            for failure in failures:
                raise failure
            return keep(*args)

        monkeypatch.setattr(bot.inbox, "add", add)
        envelope = slack.deliver(
            {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"{ME} what?", "ts": "1760000000.0001"}
        )
        assert len(slack.answers(settle=True)) == 1
        assert slack.sent[envelope] >= 3  # once more where the machine is slow, and Slack has no patience

    @pytest.mark.parametrize(
        ("token", "name"), [("slack_bot_token", "SLACK_BOT_TOKEN"), ("slack_app_token", "SLACK_APP_TOKEN")]
    )
    @pytest.mark.parametrize(("value", "said"), [("", "is not set"), ("xoxb-wrong", "invalid_auth")])
    def test_a_missing_or_wrong_token_is_one_sentence(
        self, slack: FakeSlack, asked: Asked, tmp_path: Path, token: str, name: str, value: str, said: str
    ) -> None:
        """A token that is missing or that Slack refuses is named, with what Slack said."""
        with (
            pytest.raises(SettingError, match=f"{name}.*{said}|{said}.*{name}|{name}.*") as raised,
            build(settings(slack, tmp_path, **{token: value}), asked),
        ):
            pass
        assert said in str(raised.value)

    def test_slack_out_of_reach_is_one_sentence(self, slack: FakeSlack, asked: Asked, tmp_path: Path) -> None:
        """Where nobody listens at the address, or only a page that says so answers, the setting is named."""
        with pytest.raises(SettingError, match="SLACK_API_URL"):
            build(settings(slack, tmp_path, slack_api_url="http://127.0.0.1:9/api/"), asked)
        slack.failing["auth.test"] = "down"  # it listens, and is not well: that is not the token's fault
        with pytest.raises(SettingError, match="cannot be reached"):
            build(settings(slack, tmp_path), asked)


def test_who_writes_into_the_file_takes_turns(
    slack: FakeSlack, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who wait for SQLite's lock may be overtaken until they give up; nobody of one bot ever waits for it."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, **more | {"timeout": 0}))
    with connected(slack, settings(slack, tmp_path), asked, "socket") as bot, ThreadPoolExecutor(4) as pool:
        ended: list[Future[Any]] = []
        for number in range(40):
            told = Question("C1", f"1.{number}", "1.1", "U1", "how?", "mention")
            ended += [pool.submit(bot.inbox.add, told, f"Ev{number}")]
            ended += [pool.submit(bot.kept.subscribe, "U1", f"topic {number}")]
        assert [str(wrong) for each in ended if (wrong := each.exception())] == []
        assert len(bot.kept.topics("U1")) == len(bot.inbox.waiting()) == 40
        bot.inbox.purge()
