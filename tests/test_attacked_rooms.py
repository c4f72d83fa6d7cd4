"""Attempts in rooms that Slack describes oddly or not at all, and by who comes after an exempt answer.

`tests/attacked.py` looks, after each test."""

from collections.abc import Callable

import pytest

from bot.slack.app import Bot
from indexer.extract import extract
from indexer.reader import read_pack
from kpi_tools.store import Store
from tests.attacked import CLOSED, ME, Workspace, bot, joined, nothing_exempt_comes_out, press, slack, value_of
from tests.fake_slack import BOT_USER, Params
from tests.marked import FILLER, draw

__all__ = ["bot", "nothing_exempt_comes_out", "slack"]

FOLLOWS = ("and in September?", "say that again", "and its name?", "compare with PI002", "show the source", "yes")


def told(slack: Workspace, where: str = "C2") -> Params:
    """An exempt answer in a room ("" for a command), after which nothing that was said or written so far counts."""
    if where:
        slack.say(f"{ME} {CLOSED}", channel=where)
    else:
        slack.command(CLOSED)
    [message] = slack.answers(settle=True)
    assert "61.73%" in message["text"]
    slack.forget_what_was_said()
    slack.written.clear()
    return message


@pytest.mark.parametrize("room", [
    {}, {"is_mpim": True, "is_private": True}, {"is_im": False}, {"is_im": True, "user": "U2"}, {"is_im": True},
    {"is_im": True, "is_mpim": True, "user": "U1"}, {"is_im": True, "user": "U1", "shared_team_ids": ["T1", "T9"]},
], ids=["silent", "a group", "none", "another's", "nobody's", "both", "shared"])  # fmt: skip
def test_a_room_that_is_named_like_a_direct_one(slack: Workspace, room: Params) -> None:
    """Direct messages are what Slack says is so, of who it says, whatever the id begins with."""
    slack.channels["D9"] = {"id": "D9"} | room
    slack.members["D9"] = ["U1", "U2", BOT_USER]
    slack.say(CLOSED, channel="D9")
    slack.answers(1, settle=True)


@pytest.mark.parametrize("room", [
    {"is_private": None}, {"is_mpim": True}, {"connected_team_ids": ["T9"]}, {"pending_shared": ["T9"]},
    {"conversation_host_id": "T9"}, {"context_team_id": "T9"}, {"internal_team_ids": ["T1", "T2"]},
    {"is_global_shared": True}, {"is_org_shared": True},
], ids=str)  # fmt: skip
def test_a_listed_room_of_which_others_are_part(slack: Workspace, room: Params) -> None:
    """Every word by which Slack tells that a conversation is not ours alone closes it."""
    slack.channels["C2"].update(room)
    slack.say(f"{ME} {CLOSED}", channel="C2")
    slack.answers(1, settle=True)


@pytest.mark.parametrize(
    "method", ["conversations.members", "users.info", "usergroups.users.list", "conversations.info"]
)
def test_what_cannot_be_looked_up(slack: Workspace, method: str) -> None:
    """Where Slack refuses to say who is there, nobody is cleared."""
    slack.failing[method] = "missing_scope"
    slack.say(f"{ME} {CLOSED}", channel="C2")
    slack.answers(1, settle=True)


@pytest.mark.parametrize("text", FOLLOWS)
def test_a_follow_up(slack: Workspace, text: str) -> None:
    """In the thread by who joined, alone by who lost clearance, by a command of another in the same channel."""
    message = told(slack)
    joined(slack)
    slack.say(text, channel="C2", user="U2", thread=message["thread_ts"])
    slack.answers(0, settle=True)
    slack.as_at_first()
    told(slack, "D-U1")
    slack.groups["S1"] = []
    slack.say(text, channel="D-U1")
    slack.answers(1, settle=True)


@pytest.mark.parametrize("text", FOLLOWS)
def test_a_follow_up_on_a_command(slack: Workspace, text: str) -> None:
    """By a command of somebody else in the same channel, and in the open by who gave it."""
    told(slack, "")
    slack.command(text, user="U2")
    slack.say(f"{ME} {text}")
    slack.answers(2, settle=True)


@pytest.mark.parametrize("forged", [
    {"channel": None}, {"channel": {"id": "D-U2"}, "container": {"type": "view", "view_id": "V"}},
    {"container": {"type": "message", "is_ephemeral": True, "channel_id": "D-U1"}, "channel": {"id": "D-U1"}},
    {"by": {"id": "U2", "name": "U1", "username": "U1"}}, {"by": {"team_id": "T1"}},
    {"by": {"id": "U1,U2", "team_id": "T1"}}, {"type": "view_submission"}, {"type": "message_action"},
], ids=str)  # fmt: skip
def test_a_forged_press(slack: Workspace, forged: Params) -> None:
    """All buttons under an answer that the cleared had among themselves, in a payload that is none of Slack's."""
    message = told(slack)
    joined(slack)
    for action in ("csv", "source", "readings", "share", "reading-0"):
        given = {"action_id": action, "value": value_of(message), "action_ts": "1760000000.000100"}
        payload: Params = {"user": "U2", "actions": [given]} | forged
        slack.press(message, "feedback", **payload)
    slack.answers(0, settle=True)


def moved(_: Workspace) -> Params:
    """A press that says that an answer of direct messages stands in an open channel."""
    return {"channel": {"id": "C1"}, "container": {"type": "message", "channel_id": "C1"}}


@pytest.mark.parametrize(("where", "user", "more"), [
    ("", "U2", lambda _: {}), ("", "U1", lambda s: s.groups.update(S1=[]) or {}), ("D-U1", "U1", moved),
], ids=["by another", "since clearance was lost", "in the open"])  # fmt: skip
def test_buttons_under_what_one_person_saw(
    slack: Workspace, where: str, user: str, more: Callable[[Workspace], Params]
) -> None:
    """All of them."""
    message = told(slack, where)
    for action in ("csv", "source", "readings", "share", "reading-0", "chart"):
        press(slack, message, action, user, **more(slack))
    slack.answers(0, settle=True)


def test_the_second_page_of_an_answer(slack: Workspace, bot: Bot) -> None:
    """Of two pages that an answer rests on, the one that holds something exempt besides is not drawn."""
    head = "# Monthly - PI044 - % Bins emptied on time"
    paper = [
        ["# Waste", head, "| Council | Apr-23 | May-23 |", "| Havant | 31.01% | 32.02% |", f"Bins. {FILLER}"],
        ["# Waste again", head, "| Council | Jun-23 | Jul-23 |", "| Havant | 33.03% | 34.04% |", f"Bins. {FILLER}",
         "# Exempt appendix", "Quillfeather bought it."],
    ]  # fmt: skip
    path = draw(bot.settings.home_path / "bins.pdf", paper)
    Store(bot.settings.database).save(extract(read_pack(path, path.name)), path, 900)
    slack.say(f"{ME} how did Havant's PI044 go from April to July 2023?", user="U2")
    [message] = slack.answers(1, settle=True)
    assert "34.04" in str(message)
    press(slack, message, "source", "U2")
    slack.answers(0, settle=True)
    Store(bot.settings.database).remove("bins.pdf")
    assert not [file for file in slack.files if "page 2" in file["title"]]
