"""Who gets an answer from the Slack bot, and out of which papers."""

import pytest

from bot.slack.audience import FOR_MEMBERS, NOT_SHARED, UNSURE
from tests.fake_slack import FakeSlack, Params
from tests.slack_asked import ME, Asked, asked, bot, both, slack

__all__ = ["asked", "bot", "both", "slack"]


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
