"""What the platform may send and refuse, after its documentation: all is acknowledged, nothing ends the bot."""

import json
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest

from bot.answer import Answer
from bot.slack.app import Bot
from bot.slack.audience import NOT_SHARED
from bot.slack.delivery import UNANSWERED
from tests.fake_slack import BOT_USER, TEAM, FakeSlack, Params
from tests.slack_modes import MODES, begin_anew, connected, settings_for

ME = f"<@{BOT_USER}>"
USER = {"id": "U1", "team_id": TEAM}


def ask(question: str, _day: date, _thread: str, _cleared: bool) -> Answer:
    return Answer(question, "answered", "Long. " * 300 if "long" in question else f"To {question}.")


@pytest.fixture(scope="module", params=MODES)
def both(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[tuple[FakeSlack, Bot]]:
    with FakeSlack() as fake:
        settings = settings_for(fake, tmp_path_factory.mktemp("platform"), cleared_usergroups="S1")
        with connected(fake, settings, ask, request.param) as made:
            yield fake, made


@pytest.fixture
def slack(both: tuple[FakeSlack, Bot]) -> FakeSlack:
    begin_anew(*both)
    both[0].channels["D-U1"] = {"id": "D-U1", "is_im": True, "user": "U1"}
    return both[0]


@pytest.fixture
def bot(both: tuple[FakeSlack, Bot], slack: FakeSlack) -> Bot:  # noqa: ARG001 - which begins anew
    return both[1]


BY_HTTP = pytest.mark.parametrize("both", ["http"], indirect=True)
BY_SOCKET = pytest.mark.parametrize("both", ["socket"], indirect=True)


INTERACTIONS = (
    "shortcut", "message_action", "view_submission", "view_closed", "block_suggestion", "block_actions",
    "interactive_message", "dialog_submission", "dialog_suggestion", "workflow_step_edit",
)  # fmt: skip
EVENTS: tuple[Params, ...] = (
    {"type": "reaction_added", "user": "U1"}, {"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {}},
    {"type": "message"}, {"type": "message", "channel": None, "user": None, "text": None, "ts": None},
    {"type": "message", "subtype": "message_deleted"},
    {"type": "message", "subtype": "message_changed", "message": None},
    {"type": "message", "subtype": "channel_join", "user": "U1", "channel": "C1", "ts": "1.1"},
    {"type": "app_mention", "user": "U1", "channel": "C1"}, {"type": "app_home_opened"},
    {"type": "assistant_thread_started"}, {"type": "assistant_thread_context_changed"}, {"type": "member_left_channel"},
    {"type": "channel_shared", "connected_team_id": "T9"}, {},
)  # fmt: skip
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.mark.parametrize("kind", INTERACTIONS)
@BY_HTTP
def test_whatever_a_person_sets_off_is_acknowledged(bot: Bot, slack: FakeSlack, kind: str) -> None:
    """Shortcuts, dialogs, modals, menus, even those that we never made, and with nothing in them."""
    bare = {"type": kind, "user": USER, "team": {"id": TEAM}, "trigger_id": "1.1", "actions": []}
    full = bare | {"callback_id": "x", "view": {"id": "V1", "type": "modal", "callback_id": "x"}, "action_id": "x"}
    for payload in (bare, full):
        assert bot.dispatch(urlencode({"payload": json.dumps(payload)}), {"Content-Type": FORM})[0] == 200
    assert bot.dispatch(urlencode({"command": "/packclerk"}), {"Content-Type": FORM})[0] == 200
    slack.answers(0, settle=True)
    assert not slack.messages and not bot.inbox.waiting()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event.get("type")))
@BY_HTTP
def test_every_event_is_acknowledged(bot: Bot, slack: FakeSlack, event: Params) -> None:
    """Those that are not for us, and those that lack what they should have."""
    body = {"type": "event_callback", "event_id": f"Ev {event}", "team_id": TEAM, "event": event}
    assert bot.dispatch(json.dumps(body), {"Content-Type": JSON})[0] == 200
    slack.answers(0, settle=True)
    assert not slack.messages and not bot.inbox.waiting()


@BY_HTTP
def test_what_is_no_event(bot: Bot) -> None:
    """The challenge is answered; a word on our rate limit, and one that means nothing, are acknowledged."""
    challenge = bot.dispatch(json.dumps({"type": "url_verification", "challenge": "abc"}), {"Content-Type": JSON})
    assert challenge[0] == 200 and json.loads(challenge[2]) == {"challenge": "abc"}
    for body in ({"type": "app_rate_limited", "minute_rate_limited": 1}, {"type": "event_callback"}, {}):
        assert bot.dispatch(json.dumps(body), {"Content-Type": JSON})[0] == 200


@BY_SOCKET
def test_frames_that_are_no_envelopes(slack: FakeSlack) -> None:
    """What cannot be read, or lacks what an envelope has, deafens nobody."""
    frames: tuple[object, ...] = (
        "no json", "[]", "5", "null", "", {"type": "new"}, {"type": "events_api", "payload": {}},
        {"type": "events_api", "envelope_id": "e1"}, {"type": "events_api", "envelope_id": "e2", "payload": None},
        {"type": "interactive", "envelope_id": "e3", "payload": []}, {"envelope_id": "e4"}, {"type": "hello"},
    )  # fmt: skip
    before = slack.connections
    for frame in frames:
        slack.whisper(frame)
    slack.say(f"{ME} one")
    assert [m["text"] for m in slack.answers(1, settle=True)] == ["To one."]
    assert slack.connections == before


REFUSALS = (
    "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "restricted_action_read_only_channel",
    "restricted_action_thread_locked", "ekm_access_denied", "message_limit_exceeded", "no_permission",
)  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS)
@BY_HTTP
def test_where_we_may_not_write(slack: FakeSlack, bot: Bot, refusal: str) -> None:
    """Who asked is told in a direct message, without the answer; nothing is tried again, and others are answered."""
    slack.closed["C1"] = refusal
    slack.say(f"{ME} one")
    slack.say("two", channel="D-U1")
    said = {m["text"] for m in slack.answers(2, settle=True)}
    assert said == {UNANSWERED, "To two."}
    bot.look()
    assert len(slack.answers(2, settle=True)) == 2


def test_what_is_too_long_for_this_workspace(slack: FakeSlack) -> None:
    """The beginning is said."""
    slack.too_long = 1000
    slack.say(f"{ME} long")
    slack.command("long")
    texts = [m["text"] for m in slack.answers(2, settle=True)]
    assert all(text.startswith("Long. Long.") and text.endswith("…") for text in texts)


@BY_HTTP
@pytest.mark.parametrize("refusal", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
def test_blocks_that_this_workspace_does_not_take(slack: FakeSlack, refusal: str) -> None:
    """By whatever name it refuses them."""
    slack.forbidden, slack.forbidding = ("section",), refusal
    slack.say(f"{ME} one")
    [message] = slack.answers(1, settle=True)
    assert message["text"] == "To one." and "blocks" not in message


AROUND = {
    "assistant.threads.setStatus": ("not_in_channel", "channel_not_found", "invalid_thread_ts", "ratelimited"),
    "reactions.add": ("already_reacted", "not_reactable", "too_many_reactions", "missing_scope"),
    "views.publish": ("hash_conflict", "not_enabled", "view_too_large", "invalid_arguments"),
    "assistant.threads.setSuggestedPrompts": ("channel_not_found", "not_allowed", "invalid_arguments"),
}


@pytest.mark.parametrize(("method", "refusal"), [(method, one) for method, all_ in AROUND.items() for one in all_])
def test_what_is_around_an_answer_costs_no_answer(slack: FakeSlack, method: str, refusal: str) -> None:
    """Where a status, a pair of eyes, the home tab or prompts are refused, questions are answered."""
    slack.failing |= {"assistant.threads.setStatus": "not_allowed", method: refusal}
    for tab in ("home", "messages"):
        slack.deliver({"type": "app_home_opened", "user": "U1", "tab": tab, "channel": "D-U1"})
    slack.say(f"{ME} one")
    assert [m["text"] for m in slack.answers(1, settle=True)] == ["To one."]


@BY_HTTP
@pytest.mark.parametrize(
    "room",
    [
        {"connected_team_ids": ["T9"]}, {"shared_team_ids": [TEAM, "T9"]}, {"pending_shared": ["T9"]},
        {"pending_connected_team_ids": ["T9"]}, {"is_ext_shared": True}, {"is_pending_ext_shared": True},
    ],
)  # fmt: skip
def test_a_channel_that_others_share_by_any_sign(slack: FakeSlack, room: Params) -> None:
    """A workspace that is not ours among those that share it, now or soon."""
    slack.channels["C1"] |= room
    slack.say(f"{ME} one")
    assert [m["text"] for m in slack.answers(1, settle=True)] == [NOT_SHARED]


@BY_HTTP
def test_a_channel_of_our_own_workspace_alone(slack: FakeSlack) -> None:
    """Slack names our workspace among those that share a channel, too."""
    slack.channels["C1"] |= {"shared_team_ids": [TEAM], "is_org_shared": False, "pending_shared": []}
    slack.say(f"{ME} one")
    assert [m["text"] for m in slack.answers(1, settle=True)] == ["To one."]
