"""Questions to the Slack bot, end to end over a real web socket and over HTTP against a strict Slack on loopback."""

import threading
from datetime import date

import pytest

from bot.answer import Answer
from bot.slack.desk import WORKING
from bot.slack.replies import HELP
from tests.fake_slack import BOT_USER, FakeSlack
from tests.slack_asked import ME, Asked, answer, asked, bot, both, shown, slack

__all__ = ["asked", "bot", "both", "slack"]


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

    def test_an_event_delivered_three_times_is_answered_once(self, slack: FakeSlack, asked: Asked) -> None:
        """Slack may repeat an event that was acknowledged; every copy is acknowledged, while the one that is answered
        has no answer yet, and none is sent again."""
        may = threading.Event()
        asked.reply = lambda question: answer(question, f"It was so: {may.wait(60)}.")
        slack.patience = 60.0  # however slow this machine is
        event = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"{ME} what?", "ts": "1760000000.0001"}
        slack.deliver(event, times=3)
        assert slack.until(lambda: len(slack.acknowledged) == 3, 40)
        assert not slack.messages
        may.set()
        assert [m["text"].splitlines()[0] for m in slack.answers(settle=True)] == ["It was so: True."]
        assert set(slack.sent.values()) == {1} and len(asked) == 1

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
        slack.channels["D7"] = {"id": "D7", "is_im": True}
        first = slack.say("how did Havant do?", channel="D7")
        slack.answers(1, settle=True)
        second = slack.say("and Mendip?", channel="D7")
        slack.answers(2, settle=True)
        slack.say("why?", channel="D7", thread=second)
        slack.answers(3, settle=True)
        slack.say("hello?", channel="D7", ts=f"{float(second) + 7200:.6f}")
        slack.say("how did Hart do?", channel="D7", ts=f"{float(second) + 7300:.6f}")
        slack.answers(5, settle=True)
        assert [a[2] for a in asked] == [f"D7:{first}"] * 3 + [f"D7:{float(second) + 7300:.6f}"]

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
