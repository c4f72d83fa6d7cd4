"""What the Slack bot says: within Slack's limits, nothing let through, plainer where Slack takes no more."""

import logging

import pytest

from bot.answer import Answer, Citation
from bot.slack.app import Bot
from tests.fake_slack import FakeSlack
from tests.slack_asked import BOX, ME, Asked, answer, asked, bot, both, given, shown, slack

__all__ = ["asked", "bot", "both", "slack"]


@pytest.mark.usefixtures("bot")
class TestWhatIsSaid:
    """What is said keeps Slack's limits and lets nothing through."""

    def test_hostile_text_is_shown_not_obeyed(self, slack: FakeSlack, asked: Asked) -> None:
        """Mentions and links in papers are escaped everywhere; the fake refuses any message with a bare one."""
        evil = "<!here> <@U1> <https://example.org|click> R&D > 80%"
        cited = Citation(evil, evil, 1, evil, evil, evil, BOX)
        figures = tuple(given(f"{month}-21", f"{evil}%", entity=evil) for month in ("Jan", "Feb", "Mar"))
        asked.reply = lambda q: Answer(q, "clarify", evil, (evil,), figures, (), (cited,), (evil,))
        slack.say(f"{ME} show me")
        [message] = slack.answers()
        assert not slack.refused
        assert "&lt;!here&gt; &lt;@U1&gt;" in shown(message)
        assert "R&amp;D" in message["text"]

    def test_an_over_long_answer_is_cut_within_the_limits(self, slack: FakeSlack, asked: Asked) -> None:
        """However long words, quotes and lists are, Slack takes the message, and it says that it was cut."""
        cited = Citation("p" * 300, "", 1, "L" * 200, "9" * 50, "q & " * 2000, BOX)
        figures = tuple(given(f"{n:03}", "1&2", entity=f"E{n}" * 30, start=f"{n:04}-01-01") for n in range(300))
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
        asked.reply = lambda q: answer(q, figures=tuple(given(f"{m}-21", "") for m in ("Jan", "Feb", "Mar")))
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
            q, figures=tuple(given(f"{n:02}/21", "", start=f"2021-{n:02}-01") for n in (1, 2, 3))
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
        assert slack.until(slack.idle)
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
