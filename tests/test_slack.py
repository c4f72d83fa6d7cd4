"""The Slack bot, end to end over a real web socket against a strict Slack on loopback."""

import json
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Answer, Citation, Given
from bot.audience import FOR_MEMBERS, NOT_SHARED, UNSURE
from bot.desk import WORKING
from bot.replies import HELP
from bot.slack import Bot, build
from corpus.errors import SettingError
from tests.fake_slack import BOT_USER, FakeSlack, Params
from tests.slack_modes import MODES, connected
from tests.slack_modes import settings_for as settings

ROOT = Path(__file__).parents[1]
ME = f"<@{BOT_USER}>"
BOX = (0.0, 0.0, 1.0, 1.0)


def answer(question: str, text: str = "It was 45.66%.", **more: Any) -> Answer:
    """An answer with one citation."""
    cited = Citation("pack.pdf", "A pack", 14, "Page 12", "8", "Havant 45.66%", BOX)
    return Answer(question, "answered", text, citations=(cited,), **more)


class Asked(list[tuple[str, date, str, bool]]):
    """An engine that notes what it is asked and gives the same answer to all."""

    def __init__(self, reply: Callable[[str], Answer] = answer) -> None:
        super().__init__()
        self.reply = reply

    def __call__(self, question: str, today: date, thread: str, cleared: bool) -> Answer:
        self.append((question, today, thread, cleared))
        return self.reply(question)


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
    with connected(slack, settings(slack, tmp_path, cleared_usergroups="S1, S2"), asked, request.param) as made:
        yield made


@pytest.fixture
def wired(slack: FakeSlack, asked: Asked, tmp_path: Path) -> Iterator[Bot]:
    """Over the socket, where it matters."""
    with connected(slack, settings(slack, tmp_path), asked, "socket") as made:
        yield made


def shown(message: Params) -> str:
    """All text of a message's blocks."""
    return json.dumps(message["blocks"], ensure_ascii=False)


@pytest.mark.usefixtures("bot")
class TestQuestions:
    """What is asked is answered, once, where it was asked."""

    def test_a_mention_is_answered_in_its_thread_with_its_source(self, slack: FakeSlack, asked: Asked) -> None:
        """A mention comes as two events with two ids; it is asked once, without the mention, and answered cited."""
        ts = slack.say(f"{ME} how did Havant PI002 &amp; PI003 trend this year?")
        [message] = slack.answers(settle=True)
        assert (message["channel"], message["thread_ts"]) == ("C1", ts)
        assert "It was 45.66%." in shown(message)
        assert "pack.pdf · *Page 12* (PDF page 14) · item 8: “Havant 45.66%”" in shown(message)
        question = "how did Havant PI002 & PI003 trend this year?"
        assert asked == [(question, date.fromtimestamp(float(ts)), f"C1:{ts}", False)]
        assert slack.until(lambda: [s["status"] for s in slack.statuses] == [WORKING, ""])
        assert {s["thread_ts"] for s in slack.statuses} == {ts}
        assert not slack.refused

    def test_a_direct_message_needs_no_mention(self, slack: FakeSlack, asked: Asked) -> None:
        """In a direct message every message is a question."""
        ts = slack.say("and Mendip?", channel="D1")
        [message] = slack.answers()
        assert (message["channel"], message["thread_ts"]) == ("D1", ts)
        assert [a[0] for a in asked] == ["and Mendip?"]

    def test_an_event_delivered_three_times_is_answered_once(self, slack: FakeSlack) -> None:
        """Slack may repeat an event that was acknowledged; every copy is acknowledged, one is answered."""
        event = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"{ME} what?", "ts": "1760000000.0001"}
        slack.deliver(event, times=3)
        assert len(slack.answers(settle=True)) == 1
        assert len(slack.acknowledged) == 3

    def test_a_thread_goes_on_without_a_mention(self, slack: FakeSlack, asked: Asked) -> None:
        """Once we are in a thread, what follows there is asked in the same thread, unless it is meant for others."""
        ts = slack.say(f"{ME} how did Havant do?")
        slack.answers()
        slack.say("<@U2> did you see that?", thread=ts)
        slack.say("and Mendip?", thread=ts, user="U2")
        messages = slack.answers(2, settle=True)
        assert [m["thread_ts"] for m in messages] == [ts, ts]
        assert [(a[0], a[2]) for a in asked] == [("how did Havant do?", f"C1:{ts}"), ("and Mendip?", f"C1:{ts}")]

    def test_talk_among_others_is_left_alone(self, slack: FakeSlack, asked: Asked) -> None:
        """No mention, another's thread, other bots, our own words, edits and deletions: acknowledged, not answered."""
        slack.say("how did Havant do?")
        slack.say("and then?", thread="1760000000.0001")
        slack.say(f"{ME} from a machine", bot_id="B9")
        slack.say("our own", channel="D1", user=BOT_USER, bot_id="BBOT")
        for subtype in ("message_changed", "message_deleted", "bot_message", "channel_join"):
            slack.say(f"{ME} {subtype}", channel="D1", subtype=subtype)
        slack.deliver({"type": "app_home_opened", "user": "U1", "tab": "messages"})
        slack.deliver({"type": "team_join", "user": {"id": "U9"}})
        assert slack.until(lambda: len(slack.acknowledged) == len(slack.sent))
        assert not slack.answers(0, settle=True)
        assert not asked

    @pytest.mark.parametrize(
        "said",
        [
            f"<@U2> and {ME}: how did *Havant* do in `PI002` :chart_with_upwards_trend:",
            f"<!subteam^S7> {ME} _how_ did Havant do in <https://example.org/pi|PI002>",
            f"&gt; what he said\n{ME} how did Havant do in PI002",
        ],
    )
    def test_what_is_written_in_slacks_ways(self, slack: FakeSlack, asked: Asked, said: str) -> None:
        """Other people, groups, emoji, styles and links are read as they are seen."""
        slack.say(said)
        slack.answers()
        assert asked[0][0].endswith("how did Havant do in PI002")
        assert not [mark for mark in "<>@*`_:" if mark in asked[0][0].removeprefix("and :")]

    @pytest.mark.parametrize(
        "said", ["PI002 " * 6666, "x" * 40_000, "Что с показателем?", "哈文特怎么样？", "🤷" * 900]
    )
    def test_long_and_foreign_questions(self, slack: FakeSlack, said: str) -> None:
        """They are questions like others; what is said back fits."""
        slack.say(f"{ME} {said}")
        assert len(slack.answers(settle=True)) == 1
        assert not slack.refused

    def test_a_mention_that_was_edited(self, slack: FakeSlack, asked: Asked) -> None:
        """Slack sends an edited mention once more with its old time: it is asked once, or now if it was none before."""
        ts = slack.say(f"{ME} one")
        late = slack.say("two")
        slack.answers(settle=True)
        for number, (stamp, text) in enumerate(((ts, "one, please"), (late, "two"))):
            edited = {"user": "U1", "ts": f"{float(stamp) + 9:.6f}"}
            mention = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"{ME} {text}", "ts": stamp}
            changed = {"type": "message", "subtype": "message_changed", "channel": "C1", "channel_type": "channel"}
            slack.deliver(mention | {"edited": edited}, event_id=f"EvEdit{number}")
            slack.deliver(changed | {"message": mention | {"type": "message"}, "ts": f"{float(stamp) + 9:.6f}"})
        assert len(slack.answers(2, settle=True)) == 2
        assert [a[0] for a in asked] == ["one", "two"]

    def test_below_what_we_said_ourselves(self, slack: FakeSlack, asked: Asked) -> None:
        """A thread below a message of ours needs no mention, nor do we speak in others' threads."""
        slack.say("and Mendip?", thread="1760000000.000100", parent_user_id=BOT_USER)
        slack.say("and Hart?", thread="1760000000.000200", parent_user_id="U2")
        slack.answers(settle=True)
        assert [a[0] for a in asked] == ["and Mendip?"]

    def test_direct_messages_below_one_another(self, slack: FakeSlack, asked: Asked) -> None:
        """They are one talk, whether written in a thread or not; after a long while another begins."""
        first = slack.say("how did Havant do?", channel="D1")
        slack.answers(1, settle=True)
        second = slack.say("and Mendip?", channel="D1")
        slack.answers(2, settle=True)
        slack.say("why?", channel="D1", thread=second)
        slack.answers(3, settle=True)
        slack.say("hello?", channel="D1", ts=f"{float(second) + 7200:.6f}")
        slack.say("how did Hart do?", channel="D1", ts=f"{float(second) + 7300:.6f}")
        slack.answers(5, settle=True)
        assert [a[2] for a in asked] == [f"D1:{first}"] * 3 + [f"D1:{float(second) + 7300:.6f}"]

    @pytest.mark.parametrize(("said", "answered"), [("see you there", False), ("them?", True), ("And Hart", True)])
    def test_what_the_papers_do_not_say_in_a_thread(
        self, slack: FakeSlack, asked: Asked, said: str, answered: bool
    ) -> None:
        """A question that was put to nobody is told so; what is none is left alone."""
        ts = slack.say(f"{ME} how did Havant do?")
        slack.answers(settle=True)
        asked.reply = lambda question: Answer(question, "not_found", "The papers do not say.")
        slack.say(said, thread=ts)
        assert slack.until(lambda: len(asked) == 2)
        assert len(slack.answers(1, settle=True)) == 1 + answered

    def test_a_bare_mention_gets_help(self, slack: FakeSlack, asked: Asked) -> None:
        """A mention without a question is told how to ask."""
        slack.say(f" {ME} ")
        [message] = slack.answers()
        assert message["text"] == HELP
        assert not asked

    def test_a_command_is_answered_to_its_giver_alone(self, slack: FakeSlack, asked: Asked) -> None:
        """/packclerk answers ephemerally, and what one person asks in one channel follows on."""
        slack.command("how did Havant do?")
        slack.answers()
        envelope = slack.command("and Mendip?")
        messages = slack.answers(2)
        assert [(m["ephemeral"], m["user"], m["response_type"]) for m in messages] == [(True, "U1", "ephemeral")] * 2
        assert [a[2] for a in asked] == ["C1:command-U1"] * 2
        assert slack.until(lambda: envelope in slack.acknowledged)

    def test_a_refusal_to_small_talk_stays_unsaid_in_a_thread(self, slack: FakeSlack, asked: Asked) -> None:
        """In a thread, what was not addressed to us and is no question for papers gets no reply."""
        ts = slack.say(f"{ME} how did Havant do?")
        slack.answers()
        asked.reply = lambda question: Answer(question, "refused", "Not for papers.")
        slack.say("thank you all", thread=ts)
        assert slack.until(lambda: len(asked) == 2)
        assert len(slack.answers(1, settle=True)) == 1
        slack.say("thank you", channel="D1")
        assert slack.answers(2)[1]["text"] == "Not for papers."


@pytest.mark.usefixtures("bot")
class TestWhatIsSaid:
    """What is said keeps Slack's limits and lets nothing through."""

    def test_hostile_text_is_shown_not_obeyed(self, slack: FakeSlack, asked: Asked) -> None:
        """Mentions and links in papers are escaped everywhere; the fake refuses any message with a bare one."""
        evil = "<!here> <@U1> <https://example.org|click> R&D > 80%"
        cited = Citation(evil, evil, 1, evil, evil, evil, BOX)
        figures = tuple(_given(f"{month}-21", f"{evil}%", entity=evil) for month in ("Jan", "Feb", "Mar"))
        asked.reply = lambda q: Answer(q, "clarify", evil, (evil,), figures, (), (cited,), (evil,))
        slack.say(f"{ME} show me")
        [message] = slack.answers()
        assert not slack.refused
        assert "&lt;!here&gt; &lt;@U1&gt;" in shown(message)
        assert "R&amp;D" in message["text"]

    def test_an_over_long_answer_is_cut_within_the_limits(self, slack: FakeSlack, asked: Asked) -> None:
        """However long words, quotes and lists are, Slack takes the message, and it says that it was cut."""
        cited = Citation("p" * 300, "", 1, "L" * 200, "9" * 50, "q & " * 2000, BOX)
        figures = tuple(_given(f"{n:03}", "1&2", entity=f"E{n}" * 30, start=f"{n:04}-01-01") for n in range(300))
        asked.reply = lambda q: Answer(
            q, "clarify", "word & " * 4000, ("so " * 900,) * 40, figures, (), (cited,) * 60, ("ask " * 900,) * 40
        )
        slack.say(f"{ME} tell me all")
        [message] = slack.answers()
        assert not slack.refused
        assert "more characters are left out" in shown(message)
        assert "of 300" in shown(message)

    def test_blocks_that_slack_refuses_are_sent_as_text(self, slack: FakeSlack, asked: Asked) -> None:
        """A workspace that does not take our blocks still gets the answer and its sources, in words."""
        asked.reply = lambda q: answer(q, figures=tuple(_given(f"{m}-21", "") for m in ("Jan", "Feb", "Mar")))
        slack.forbidden = ("data_table", "table")
        slack.say(f"{ME} what?")
        slack.answers()
        slack.command("what?")
        for message in slack.answers(2):
            assert "blocks" not in message
            assert "pack.pdf · *Page 12*" in message["text"]
            assert "Jan-21: 1%" in message["text"]

    def test_a_chart_that_slack_refuses_comes_as_a_picture(self, slack: FakeSlack, asked: Asked) -> None:
        """The plainer message has the table, and a PNG with its words follows in the thread."""
        asked.reply = lambda q: answer(
            q, figures=tuple(_given(f"{n:02}/21", "", start=f"2021-{n:02}-01") for n in (1, 2, 3))
        )
        slack.say(f"{ME} what?")
        [rich] = slack.answers()
        assert {"data_visualization", "data_table"} <= {block["type"] for block in rich["blocks"]}
        slack.forbidden = ("data_visualization",)
        ts = slack.say(f"{ME} what?")
        plain = slack.answers(2)[1]
        assert "table" in {block["type"] for block in plain["blocks"]}
        assert slack.until(lambda: bool(slack.files))
        [file] = slack.files
        assert (file["name"][:6], file["channel"], file["thread_ts"]) == ("chart-", "C1", ts)
        assert file["content"].startswith(b"\x89PNG") and "03/21 1%" in file["alt"]

    def test_a_later_question_waits_for_an_earlier_one(self, slack: FakeSlack, bot: Bot, asked: Asked) -> None:
        """In a thread answers come in order, also where the first could not be sent at once."""
        slack.failing["chat.postMessage"] = "internal_error"
        ts = slack.say(f"{ME} one")
        assert slack.until(lambda: slack.calls["chat.postMessage"] == 1)
        slack.say(f"{ME} two", thread=ts)
        assert slack.until(lambda: len(bot.inbox.waiting()) == 2)
        time.sleep(0.2)
        assert [a[0] for a in asked] == ["one"]
        slack.failing.clear()
        bot.look()
        assert len(slack.answers(2)) == 2
        assert [a[0] for a in asked] == ["one", "one", "two"]

    def test_a_failing_engine_is_one_sentence_with_a_reference(
        self, slack: FakeSlack, asked: Asked, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The asker sees no exception; the log has the reference and the kind of error, and not the question."""

        def fail(question: str) -> Answer:
            raise ValueError(f"cannot read {question}")

        asked.reply = fail
        with caplog.at_level(logging.DEBUG, "packclerk"):
            slack.say(f"{ME} how did Havant do?")
            [message] = slack.answers()
        assert "Something went wrong" in message["text"]
        assert "Havant" not in message["text"]
        reference = message["text"].rstrip(".").rsplit(" ", 1)[1]
        [about] = [record.__dict__["about"] for record in caplog.records if "about" in record.__dict__]
        assert (about["reference"], about["error"]) == (reference, "ValueError")
        assert not [record for record in caplog.records if "Havant" in str(record.__dict__)]

    def test_eyes_where_a_status_is_refused(self, slack: FakeSlack) -> None:
        """Where no status can be shown, a reaction is added and taken away; where that is refused too, nothing."""
        slack.failing["assistant.threads.setStatus"] = "missing_scope"
        ts = slack.say(f"{ME} what?")
        slack.answers()
        assert slack.until(lambda: slack.reactions == [("add", ts), ("remove", ts)])
        slack.failing["reactions.add"] = "missing_scope"
        slack.say(f"{ME} what else?")
        assert len(slack.answers(2)) == 2
        assert len(slack.reactions) == 2


@pytest.mark.usefixtures("bot")
class TestAudience:
    """Who gets an answer, and what from."""

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"is_restricted": True}, FOR_MEMBERS),
            ({"is_ultra_restricted": True}, FOR_MEMBERS),
            ({"is_stranger": True}, FOR_MEMBERS),
            ({"deleted": True}, FOR_MEMBERS),
            ({"team_id": "T9"}, FOR_MEMBERS),
            ({"team_id": None}, FOR_MEMBERS),
        ],
    )
    def test_guests_and_strangers_get_a_reason_and_no_figure(
        self, slack: FakeSlack, asked: Asked, change: Params, reason: str
    ) -> None:
        """Only full members of this workspace are answered."""
        slack.people["U1"] |= change
        slack.say("how did Havant do?", channel="D1")
        assert slack.answers()[0]["text"] == reason
        assert not asked

    @pytest.mark.parametrize("flag", ["is_ext_shared", "is_shared", "is_pending_ext_shared"])
    def test_shared_channels_get_a_reason_and_no_figure(self, slack: FakeSlack, asked: Asked, flag: str) -> None:
        """A channel that another organisation sees, or soon may, gets no figure."""
        slack.channels["C1"][flag] = True
        slack.say(f"{ME} how did Havant do?")
        assert slack.answers()[0]["text"] == NOT_SHARED
        assert not asked

    def test_an_event_from_outside_gets_a_reason(self, slack: FakeSlack, asked: Asked) -> None:
        """The event's own mark of Slack Connect is enough."""
        event = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"{ME} what?", "ts": "1760000000.0001"}
        slack.deliver(event, is_ext_shared_channel=True)
        slack.deliver(event | {"ts": "1760000000.0002", "user_team": "T9"})
        assert [m["text"] for m in slack.answers(2)] == [NOT_SHARED] * 2
        assert not asked

    def test_closed_when_slack_does_not_say(self, slack: FakeSlack, asked: Asked) -> None:
        """If who can see it cannot be checked, there is no figure."""
        slack.failing["conversations.info"] = "missing_scope"
        slack.say(f"{ME} how did Havant do?")
        assert slack.answers()[0]["text"] == UNSURE
        assert not asked

    def test_exempt_papers_only_for_the_cleared_and_only_in_private(self, slack: FakeSlack, asked: Asked) -> None:
        """A member of a cleared group sees exempt papers in a direct message or by command, never in a channel."""
        slack.groups = {"S2": ["U1"], "S1": []}
        slack.say("one", channel="D1", user="U1")
        slack.say("two", channel="D1", user="U2")
        slack.answers(2)
        slack.say(f"{ME} three", channel="C1", user="U1")
        slack.answers(3)
        slack.command("four", user="U1")
        slack.answers(4)
        seen = {"one": True, "two": False, "three": False, "four": True}
        assert {a[0]: a[3] for a in asked} == seen

    def test_not_cleared_when_slack_does_not_say(self, slack: FakeSlack, asked: Asked) -> None:
        """A user group that cannot be read clears nobody."""
        slack.groups = {"S1": ["U1"], "S2": ["U1"]}
        slack.failing["usergroups.users.list"] = "missing_scope"
        slack.say("one", channel="D1")
        slack.answers()
        assert [a[3] for a in asked] == [False]


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

    @pytest.mark.parametrize("how", ["internal_error", "down", "token_revoked"])
    def test_an_answer_that_slack_cannot_take_now_is_sent_later(self, slack: FakeSlack, bot: Bot, how: str) -> None:
        """While posting fails the question waits; when Slack is back it is answered, once."""
        slack.failing["chat.postMessage"] = how
        slack.say(f"{ME} what?")
        assert slack.until(lambda: slack.calls["chat.postMessage"] == 1)
        slack.failing.clear()
        time.sleep(0.2)
        bot.look()
        assert len(slack.answers()) == 1
        bot.look()
        assert len(slack.answers(settle=True)) == 1

    def test_what_can_never_be_sent_is_let_go(self, slack: FakeSlack, bot: Bot) -> None:
        """A channel that is gone is not tried for ever."""
        slack.failing["chat.postMessage"] = "is_archived"
        slack.say(f"{ME} what?")
        assert slack.until(lambda: slack.calls["chat.postMessage"] == 2)  # and once more, to say so in a direct message
        time.sleep(0.2)
        bot.look()
        time.sleep(0.2)
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
        assert slack.sent[envelope] == 3

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
        """Where nobody listens at the address, the setting is named."""
        with pytest.raises(SettingError, match="SLACK_API_URL"):
            build(settings(slack, tmp_path, slack_api_url="http://127.0.0.1:9/api/"), asked)


def _given(period: str, printed: str, entity: str = "Havant", start: str = "2021-01-01") -> Given:
    return Given("Service", "PI1", "Calls", entity, period, start, start, "1", "%", printed or "1%", None, True, 1)
