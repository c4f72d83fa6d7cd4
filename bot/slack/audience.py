"""Who may have an answer, and who may see exempt papers. Asked anew every time, never kept; closed when in doubt.

The ceiling of an answer is the lowest of the asker's clearance and that of all who see the answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.inbox import Question
from bot.slack.port import Identity, RefusedError, Slack

GUEST = "is_restricted", "is_ultra_restricted", "is_stranger"
SHARED = "is_ext_shared", "is_shared", "is_pending_ext_shared", "is_org_shared", "is_global_shared"
TEAMS = "shared_team_ids", "connected_team_ids", "pending_connected_team_ids", "pending_shared", "internal_team_ids"
TEAM = "conversation_host_id", "context_team_id"  # whose conversation it is
ALONE = frozenset(["command", "press_alone", "home"])  # kinds of question whose answer its asker alone sees
MOST_MEMBERS = 100  # of a private channel in which exempt papers may be used: each is looked up
MOST_PAGES = 5  # of a list of members

FOR_MEMBERS = "I answer members of this workspace only, not guests or other organisations."
NOT_SHARED = "I do not answer in channels that are shared with other organisations. Ask me in a direct message."
NOT_HERE = "I cannot check who is in this conversation, so I have not answered. Invite me, or write to me directly."
UNSURE = "I could not check who can see this conversation, so I have not answered. Please ask again in a minute."


@dataclass(frozen=True, slots=True)
class Clearance:
    """Slack ids: the user groups that may see exempt papers, and the private channels that may show them."""

    groups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Why a question gets no answer, as a sentence ("" where it does), and whether exempt papers may be used."""

    objection: str = ""
    cleared: bool = False

    def narrower(self, before: "Audience") -> bool:
        """Whether less may be told than before."""
        return bool(self.objection) or (before.cleared and not self.cleared)


def audience(slack: Slack, question: Question, me: Identity, clearance: Clearance) -> Audience:
    """Who would see an answer to `question`, now. RefusedError where to ask again later may help."""
    try:
        if not is_member(slack, question.user, me):
            return Audience(FOR_MEMBERS)
        if question.kind == "home":
            return Audience(cleared=question.user in cleared_users(slack, clearance))
        room = slack.call("conversations.info", channel=question.channel)["channel"]
    except KeyError:
        return Audience(UNSURE)
    except RefusedError as refusal:
        if refusal.passing:
            raise
        return Audience(NOT_HERE if refusal.code == "channel_not_found" else UNSURE)
    if question.outside or any(room.get(flag) for flag in SHARED) or (_teams(room) - {me.team} and not me.enterprise):
        return Audience(NOT_SHARED)
    return Audience(cleared=_cleared(slack, question, room, me, clearance))


def _teams(room: Mapping[str, Any]) -> set[str]:
    """The workspaces that share, or are about to share, a conversation."""
    named = {str(team) for key in TEAMS for team in room.get(key) or []}
    return named | {str(room[key]) for key in TEAM if room.get(key)}


def is_member(slack: Slack, user: str, me: Identity) -> bool:
    """Whether a user is a full member of this workspace. Raises RefusedError and KeyError."""
    found = slack.call("users.info", user=user)["user"]
    if (
        found.get("deleted")
        or found.get("is_bot")
        or found.get("is_invited_user")
        or any(found.get(flag) for flag in GUEST)
    ):
        return False
    enterprise = (found.get("enterprise_user") or {}).get("enterprise_id")
    return found.get("team_id") == me.team or bool(me.enterprise and enterprise == me.enterprise)


def in_groups(slack: Slack, user: str, groups: tuple[str, ...]) -> bool:
    """Whether a user is in one of these groups; no, where that cannot be read."""
    try:
        return any(user in slack.call("usergroups.users.list", usergroup=group)["users"] for group in groups)
    except (RefusedError, KeyError):
        return False


def _cleared(slack: Slack, question: Question, room: Mapping[str, Any], me: Identity, clearance: Clearance) -> bool:
    """Whether all who will see the answer may see exempt papers."""
    if not clearance.groups:
        return False
    try:
        if question.kind in ALONE:
            return question.user in cleared_users(slack, clearance)
        if room.get("is_im"):
            own = room.get("user") == question.user and not room.get("is_mpim")
            return own and question.user in cleared_users(slack, clearance)
        return question.user in _cleared_members(slack, question.channel, room, me, clearance)
    except (RefusedError, KeyError):
        return False


def room_is_cleared(slack: Slack, channel: str, me: Identity, clearance: Clearance) -> bool:
    """Whether all who can read a room may see exempt papers, now. RefusedError where to ask again later may help."""
    try:
        room = slack.call("conversations.info", channel=channel)["channel"]
        if any(room.get(flag) for flag in SHARED) or (_teams(room) - {me.team} and not me.enterprise):
            return False
        return bool(_cleared_members(slack, channel, room, me, clearance))
    except KeyError:
        return False
    except RefusedError as refusal:
        if refusal.passing:
            raise
        return False


def _cleared_members(
    slack: Slack, channel: str, room: Mapping[str, Any], me: Identity, clearance: Clearance
) -> set[str]:
    """The members of a listed private channel, if all of them may see exempt papers; else none. Raises RefusedError and
    KeyError."""
    if channel not in clearance.channels or not room.get("is_private") or room.get("is_mpim"):
        return set()
    members = set(_members(slack, channel)) - {me.user}
    known = len(members) <= MOST_MEMBERS and members <= cleared_users(slack, clearance)
    return members if known and all(is_member(slack, member, me) for member in members) else set()


def cleared_users(slack: Slack, clearance: Clearance) -> set[str]:
    """The members of the cleared groups; nobody, where one cannot be read."""
    try:
        lists = [slack.call("usergroups.users.list", usergroup=group)["users"] for group in clearance.groups]
    except (RefusedError, KeyError):
        return set()
    return {user for users in lists for user in users}


def _members(slack: Slack, channel: str) -> Iterator[str]:
    """All members of a channel. KeyError where the list does not end."""
    cursor = ""
    for _ in range(MOST_PAGES):
        more = {"cursor": cursor} if cursor else {}
        found = slack.call("conversations.members", channel=channel, limit=200, **more)
        yield from found["members"]
        cursor = (found.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
    raise KeyError("members")
