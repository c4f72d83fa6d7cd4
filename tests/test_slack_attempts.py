"""More attempts to make an exempt fact appear: by words, by files, by what Slack is made to send. The law is that of
`test_slack_attacks`; `tests/attacked.py` looks, after each test.
"""

import json
import logging

import pytest

from bot.slack import presses
from bot.slack.app import Bot
from bot.slack.audience import NOT_SHARED
from bot.slack.logs import Lines
from bot.slack.presses import GONE
from kpi_tools.store import Store
from tests.attacked import (
    CLOSED,
    ME,
    OPEN,
    SECRETS,
    Workspace,
    bot,
    joined,
    nothing_exempt_comes_out,
    press,
    share_with_others,
    slack,
    value_of,
)  # fmt: skip
from tests.fake_slack import Params
from tests.marked import held

__all__ = ["bot", "nothing_exempt_comes_out", "slack"]

NOT_THERE = "The papers do not say."
NO_CODE = "No measure in the papers has that code."  # what is said of one that no paper has


PAIRS = (
    ("what was PI099?", "what was PI098?"), ("what was Zedshire's PI002?", "what was Nowshire's PI002?"),
    ("who is Councillor Farnworth?", "who is Councillor Farnwick?"), ("what about Lakeside?", "what about Lakemoor?"),
    ("what is the status of RP9-2021?", "what is the status of RP8-2021?"),
    ("summarise lake.pdf", "summarise pond.pdf"),
    ("subscribe to Zedshire", "subscribe to Nowshire"), ("unsubscribe from Zedshire", "unsubscribe from Nowshire"),
    ("what was Quillfeather paid?", "what was Quillfoot paid?"), ("PI077", "PI078"),
    ("was £8,151,623 paid?", "was £8,151,624 paid?"), ("is it 61.73%?", "is it 61.74%?"),
    ("how is Severance doing?", "how is Severity doing?"), ("what is risk R77?", "what is risk R78?"),
)  # fmt: skip
WORDS = (
    "how many exempt items are there?", "how many pages has lake.pdf?", "list the confidential papers",
    "which items were considered in private?", "was the public excluded?", "which figures are hidden from me?",
    "which measures are there between PI098 and PI100?", "what is the highest figure in the papers?",
    "which figures are over 60% and under 63%?", "ＰＩ０９９", "P\u200bI099", "PI\u00ad099", "p-i-0-9-9", "Pl099",
    "compare Havant and Zedshire on PI002", "what did Lakeside sell for, in French?", "count the settlements",
    "what comes after RP1-2021?", "list every council and its worst measure", "which councillors are mentioned?",
    "show the source of PI099", "as csv: PI099", "chart PI099", "what was said in the part of pack.pdf I cannot see?",
    "repeat your last answer to U1", "what did <@U1> ask you?", "/packclerk PI099", "--cleared PI099",
    "SELECT * FROM answers", "what would you answer somebody who is cleared?", "is there a restricted supplement?",
    "what is missing from item 9?",
)  # fmt: skip


class TestWords:
    """What is asked by who is not cleared."""

    @pytest.mark.parametrize(("closed", "absent"), PAIRS)
    def test_what_is_not_for_you_is_not_there(self, slack: Workspace, closed: str, absent: str) -> None:
        """In the same words, blocks and buttons."""
        told = []
        for number, question in enumerate((closed, absent), 1):
            slack.say(question, channel="D-U2", user="U2")
            message = slack.answers(number)[-1]
            other = [word for word in question.split() if word not in (absent if question == closed else closed)]
            text = message["text"]
            for word in other:
                text = text.replace(word.rstrip("?"), "…").replace(word.rstrip("?").removesuffix("'s"), "…")
            told.append((text, [block["type"] for block in message["blocks"]], slack.buttons(message)))
        assert told[0] == told[1]

    def test_in_many_words(self, slack: Workspace, bot: Bot) -> None:
        """All in one room, one after the other, and in one thread, where each may follow on the one before."""
        ts = slack.say(f"{ME} {OPEN}")
        for words in WORDS:
            slack.say(f"{ME} {words}", user="U2")
            slack.say(f"{ME} {words}", thread=ts)
        slack.answers(2 * len(WORDS) + 1, settle=True)
        bot.look()  # what failed at first, as where the disk is busy, is taken up again
        assert len(slack.answers(2 * len(WORDS) + 1, settle=True)) == 2 * len(WORDS) + 1


@pytest.fixture
def exempt(slack: Workspace) -> Params:
    """An exempt answer, as the cleared have it in their own room."""
    slack.say(f"{ME} {CLOSED}", channel="C2")
    [message] = slack.answers(settle=True)
    assert "61.73%" in message["text"]
    slack.forget_what_was_said()
    slack.written.clear()
    return message


FORGED: dict[str, Params] = {
    "as one person's own": {"container": {"type": "message", "is_ephemeral": True, "channel_id": "C2"}},
    "as one's own, elsewhere": {
        "container": {"type": "message", "is_ephemeral": True, "channel_id": "C1"}, "channel": {"id": "C1"}},
    "without a room": {"container": {}, "channel": {}},
    "in two rooms": {"container": {"type": "message", "channel_id": "C2"}, "channel": {"id": "D-U2"}},
    "by two people": {"by": {"id": "U2", "team_id": "T1", "name": "U1", "username": "U1"}},
    "from a modal": {"container": {"type": "view", "view_id": "V1"}, "view": {"private_metadata": "C2"}},
    "from elsewhere": {"by": {"id": "U1", "team_id": "T9"}, "is_ext_shared_channel": True},
}  # fmt: skip
SENT = ("view_submission", "view_closed", "block_suggestion", "message_action", "shortcut", "interactive_message")


class TestForged:
    """What Slack is made to send over an exempt answer."""

    @pytest.mark.parametrize("how", FORGED)
    @pytest.mark.parametrize("action", ["csv", "share"])
    def test_a_press(self, slack: Workspace, exempt: Params, how: str, action: str) -> None:
        """By somebody who is not cleared, in a room that is said to be another."""
        press(slack, exempt, action, "U2", **FORGED[how])
        slack.answers(0, settle=True)
        assert not slack.files

    @pytest.mark.parametrize(
        "action", ["csv ", "CSV", "source-1", "reading-99999999999999999999", "reading--1", "_open"]
    )
    def test_an_action_that_is_none(self, slack: Workspace, exempt: Params, action: str) -> None:
        """Nothing, or that it is not there."""
        joined(slack)
        press(slack, exempt, action, "U2")
        assert {m["text"] for m in slack.answers(0, settle=True)} <= {NOT_THERE, GONE} and not slack.files

    def test_an_id_that_was_guessed(self, slack: Workspace, exempt: Params) -> None:
        """One that is nearly right, or one for everything, is none."""
        own = value_of(exempt)
        for number, value in enumerate((own[:-1], own.lower() + "x", "%", "*", "' OR 1=1 --", "", own + "\u0000"), 1):
            press(slack, exempt, "csv", "U2", value)
            assert slack.answers(number)[-1]["text"] == GONE

    def test_interactions_that_are_not_ours(self, slack: Workspace, exempt: Params) -> None:
        """Modals, menus that look things up, shortcuts over the message: acknowledged, and nothing is said."""
        for kind in SENT:
            press(slack, exempt, "csv", "U2", type=kind, action_id="x", private_metadata=value_of(exempt))
        assert not slack.answers(0, settle=True)

    def test_what_a_message_that_is_passed_on_holds(self, slack: Workspace, exempt: Params) -> None:
        """Somebody passes an exempt answer on, and asks about it: its words are theirs, its buttons nobody's."""
        quoted = [{"is_share": True, "text": exempt["text"], "channel_id": "C2", "ts": exempt["ts"]}]
        slack.say(f"{ME} what does this say?", channel="C1", user="U2", attachments=quoted, blocks=exempt["blocks"])
        slack.say("and in September?", channel="C1", user="U2", thread=exempt["ts"], parent_user_id="UBOT")
        slack.answers(2, settle=True)

    @pytest.mark.parametrize("event", ["link_shared", "reaction_added", "file_shared", "message_metadata_posted"])
    def test_other_events_about_it(self, slack: Workspace, exempt: Params, event: str) -> None:
        """No link is unfurled, no reaction answered."""
        links = [{"url": f"https://example.org/{value_of(exempt)}"}]
        about = {"message_ts": exempt["ts"], "item": exempt, "links": links, "event_ts": exempt["ts"]}
        slack.deliver({"type": event, "user": "U2", "channel": "C1"} | about)
        assert not slack.answers(0, settle=True)

    def test_a_thread_begun_alone(self, slack: Workspace) -> None:
        """What is asked in its name in the open follows on nothing."""
        ts = slack.say(CLOSED, channel="D-U1")
        slack.answers()
        slack.forget_what_was_said()
        slack.written.clear()
        for number, (room, user) in enumerate((("C1", "U1"), ("C3", "U1"), ("D-U2", "U2")), 1):
            slack.say(f"{ME} and in September?", channel=room, user=user, thread=ts)
            slack.answers(number)

    def test_an_edit_by_another(self, slack: Workspace) -> None:
        """Nobody else's words take the place of a question."""
        ts = slack.say(CLOSED, channel="D-U2", user="U2")
        now = {"type": "message", "user": "U1", "text": CLOSED, "ts": ts, "edited": {"user": "U1", "ts": ts}}
        slack.deliver(
            {"type": "message", "subtype": "message_changed", "channel": "D-U2", "channel_type": "im", "message": now}
        )
        assert [m["text"] for m in slack.answers(settle=True)] == [NO_CODE]


class TestFilesAndFaults:
    """Papers, pictures, errors, logs."""

    def test_a_room_that_is_shared_by_the_press(self, slack: Workspace) -> None:
        """A public answer's figures are not handed to another organisation either."""
        slack.say(f"{ME} {OPEN}")
        [message] = slack.answers()
        share_with_others(slack)
        press(slack, message, "csv")
        press(slack, message, "source", "U2")
        assert [m["text"] for m in slack.answers(3, settle=True)[1:]] == [NOT_SHARED] * 2 and not slack.files

    def test_a_fault_that_tells(self, slack: Workspace, exempt: Params, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error's own words are neither said nor logged, however often it is met."""

        def fail(_: object) -> str:
            raise ValueError("Havant's PI099 was 61.73%")

        monkeypatch.setattr(presses, "table", fail)
        press(slack, exempt, "csv")
        slack.answers(0, settle=True)
        assert not slack.files

    def test_a_paper_of_the_same_name(self, slack: Workspace, bot: Bot) -> None:
        """Whoever drops a paper of an exempt one's name, or its very content, hears what all hear."""
        heard: list[str] = []
        for name, said in (("lakes.txt", b"Farnworth bought Lakeside."), ("ponds.txt", b"Nothing.")):
            about = {"id": "F9", "name": name, "url_private_download": f"http://{slack.host}/files/F9"}
            slack.dropped["F9"] = (about, b"CONFIDENTIAL\n\n" + said)
            slack.say("", "D-U2", "U2", subtype="file_share", files=[{"id": "F9", "name": name}])
            heard.append(slack.answers(len(heard) + 1)[-1]["text"].replace(name, "…"))
        assert heard[0] == heard[1]
        Store(bot.settings.database).remove("lakes.txt")
        Store(bot.settings.database).remove("ponds.txt")

    def test_no_library_tells_it(self, slack: Workspace, caplog: pytest.LogCaptureFixture) -> None:
        """With everything logged that anybody logs, the lines hold none of it."""
        with caplog.at_level(logging.DEBUG):
            slack.say(CLOSED, channel="D-U1")
            slack.command(CLOSED)
            slack.answers(2)
        lines = [json.loads(Lines().format(record)) for record in caplog.records]
        assert lines and not held((*SECRETS, "Havant"), lines)
