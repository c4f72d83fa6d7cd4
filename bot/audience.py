"""Who may have an answer, and who may see exempt papers. Asked anew for every question; closed when in doubt."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.inbox import Question
from bot.port import Identity, RefusedError, Slack

GUEST = "is_restricted", "is_ultra_restricted", "is_stranger"
SHARED = "is_ext_shared", "is_shared", "is_pending_ext_shared"

FOR_MEMBERS = "I answer members of this workspace only, not guests or other organisations."
NOT_SHARED = "I do not answer in channels that are shared with other organisations. Ask me in a direct message."
UNSURE = "I could not check who can see this conversation, so I have not answered. Please ask again in a minute."


def objection(slack: Slack, question: Question, me: Identity) -> str:
    """Why the question gets no answer, as a sentence; "" where it does. RefusedError where to ask again may help."""
    try:
        user = slack.call("users.info", user=question.user)["user"]
        if not _member(user, me):
            return FOR_MEMBERS
        if question.outside or (question.kind != "command" and _shared(slack, question.channel)):
            return NOT_SHARED
    except KeyError:
        return UNSURE
    except RefusedError as refusal:
        if refusal.passing:
            raise
        return UNSURE
    return ""


def cleared(slack: Slack, question: Question, groups: Iterable[str]) -> bool:
    """Whether the answer may draw on exempt papers: nobody else sees it, and the asker is in one of `groups`."""
    if question.kind not in ("direct", "command"):
        return False
    try:
        if _shared(slack, question.channel):
            return False
        return any(question.user in slack.call("usergroups.users.list", usergroup=g)["users"] for g in groups)
    except (RefusedError, KeyError):
        return False


def _member(user: Mapping[str, Any], me: Identity) -> bool:
    if user.get("deleted") or user.get("is_bot") or any(user.get(flag) for flag in GUEST):
        return False
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    return user.get("team_id") == me.team or bool(me.enterprise and enterprise == me.enterprise)


def _shared(slack: Slack, channel: str) -> bool:
    found = slack.call("conversations.info", channel=channel)["channel"]
    return any(found.get(flag) for flag in SHARED)
