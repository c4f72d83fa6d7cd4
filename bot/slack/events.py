"""Which of the things that happen in Slack are questions to us."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.slack.inbox import Question
from bot.slack.mrkdwn import mentioned, typed
from bot.slack.port import Identity

SPOKEN = (None, "file_share", "thread_broadcast")  # the subtypes that a person's own new message can have
PAPERS = (".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".txt")  # how the names of files that are papers end
OPENED = ("app_home_opened", "assistant_thread_started")  # somebody looks at our tab, or at the messages beside it
TEAMS = ("team", "user_team", "source_team")
REPEATED = 3600.0  # seconds for which Slack sends again what we did not acknowledge
_NAMED = (str, Mapping)  # an id, or what has one
_SAID = {"type": str, "subtype": str, "user": _NAMED, "channel": _NAMED, "files": []}
FORM: Mapping[str, Any] = {  # of what Slack sends, where it is there: types, the keys of a mapping, a list of mappings
    "event": {**_SAID, "message": _SAID, "assistant_thread": {}},
    "user": _NAMED, "team": _NAMED, "channel": _NAMED,
    "container": {}, "message": {}, "actions": [], "authorizations": [],
}  # fmt: skip
PRESSED: Mapping[str, Any] = {**FORM, "user": {}, "channel": {}}


def question(body: Mapping[str, Any], me: Identity, knows_thread: Callable[[str, str], bool]) -> Question | None:
    """The question in an event, a slash command or a press of a button; None where there is none."""
    if body.get("command"):
        return _command(body, me)
    if body.get("type") == "block_actions":
        return _press(body, me)
    event = _as_changed(body.get("event") or {})
    if event.get("type") in OPENED:
        return _opened(body, event)
    if event.get("type") not in ("message", "app_mention") or not _by_a_person(event, me):
        return None
    channel, ts = str(event.get("channel", "")), str(event.get("ts", ""))
    thread, text = str(event.get("thread_ts") or ts), str(event.get("text") or "")
    kind = _kind(event, me, channel, thread, knows_thread)
    if not (kind and channel and ts):
        return None
    dropped = _papers(event) if kind != "thread" else []
    asked = typed(text, me.user)
    if dropped or (event.get("files") and not asked and kind != "thread"):
        asked, kind = f"{','.join(dropped)} {asked}", "file"
    return Question(channel, ts, thread, str(event["user"]), asked, kind, _outside(body, event, me))


def is_formed(body: Any) -> bool:
    """Whether what was sent has the form of Slack's events, commands and presses, so that it can be read."""
    if not isinstance(body, Mapping) or body.get("event", {}) is None:
        return False
    return _fits(body, PRESSED if body.get("type") == "block_actions" else FORM)


def _fits(told: Any, form: Any) -> bool:
    if told is None:
        return True
    if isinstance(form, Mapping):
        return isinstance(told, Mapping) and all(_fits(told.get(key), inner) for key, inner in form.items())
    if isinstance(form, list):
        return isinstance(told, list) and all(isinstance(each, Mapping) for each in told)
    return isinstance(told, form)


def edited(body: Mapping[str, Any]) -> bool:
    """Whether the question in an event is one that its writer has changed."""
    event = body.get("event") or {}
    return event.get("subtype") == "message_changed" or bool(event.get("edited"))


def too_late(body: Mapping[str, Any], asked: Question, now: float) -> bool:
    """Whether an event changes what was said so long ago that it cannot be on its way to us still."""
    changed = (body.get("event") or {}).get("subtype") == "message_changed"
    said = asked.ts.partition(".")[0]
    return changed and (not said.isdecimal() or now - int(said) > REPEATED)


def withdrawn(body: Mapping[str, Any]) -> tuple[str, str] | None:
    """Channel and time stamp of a message that its writer deleted; None where that is not what happened. One that has
    replies stays in its place as a tombstone."""
    event = body.get("event") or {}
    if event.get("type") != "message" or event.get("subtype") not in ("message_deleted", "message_changed"):
        return None
    left = event.get("message") or {}
    if event["subtype"] == "message_changed" and left.get("subtype") != "tombstone":
        return None
    return str(event.get("channel") or ""), str(event.get("deleted_ts") or left.get("ts") or "")


def _as_changed(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """An event; of one that tells of a change, the message as it reads now."""
    now = event.get("message")
    if event.get("subtype") != "message_changed" or not isinstance(now, Mapping):
        return event
    return {**now, **{key: event.get(key) for key in ("type", "channel", "channel_type")}}


def event_id(body: Mapping[str, Any], asked: Question) -> str:
    """What tells a repetition of the same happening."""
    return str(body.get("event_id") or body.get("trigger_id") or f"{asked.channel} {asked.ts}")


def _command(body: Mapping[str, Any], me: Identity) -> Question | None:
    """A slash command; its trigger stands for a time stamp, and one person's in one channel follow on."""
    channel, user = str(body.get("channel_id") or ""), str(body.get("user_id") or "")
    if not (channel and user):
        return None
    text, address = typed(str(body.get("text") or ""), me.user), str(body.get("response_url") or "")
    outside = bool(body.get("is_ext_shared_channel")) or _foreign(body.get("team_id"), me)
    ts = str(body.get("trigger_id") or address)
    return Question(channel, ts, f"command-{user}", user, text, "command", outside, address)


def _press(body: Mapping[str, Any], me: Identity) -> Question | None:
    """A press of a button under a message. Its value is an id of ours, or nothing that we know."""
    action, box = (body.get("actions") or [{}])[0], body.get("container") or {}
    message, user = body.get("message") or {}, body.get("user") or {}
    channel = str((body.get("channel") or {}).get("id") or box.get("channel_id") or "")
    if not (channel and user.get("id") and action.get("action_id")):
        return None
    ts = str(action.get("action_ts") or body.get("trigger_id") or "")
    thread = str(message.get("thread_ts") or box.get("thread_ts") or message.get("ts") or box.get("message_ts") or ts)
    kind = "press_alone" if box.get("is_ephemeral") else "press"
    text = f"{action['action_id']} {action.get('value') or ''}"
    outside = bool(body.get("is_ext_shared_channel")) or _foreign(user.get("team_id"), me)
    return Question(channel, ts, thread, str(user["id"]), text, kind, outside, str(body.get("response_url") or ""))


def _opened(body: Mapping[str, Any], event: Mapping[str, Any]) -> Question | None:
    """Somebody opened our tab: `text` is which and, where one was begun, the thread; `channel` is the direct messages
    with them."""
    begun = event.get("assistant_thread") or {}
    user = str(event.get("user") or begun.get("user_id") or "")
    ts = str(event.get("event_ts") or body.get("event_id") or "")
    channel = str(event.get("channel") or begun.get("channel_id") or user)
    tab = f"messages {begun.get('thread_ts') or ''}".strip() if begun else str(event.get("tab") or "")
    return Question(channel, ts, f"home-{user}", user, tab, "home") if user else None


def _papers(event: Mapping[str, Any]) -> list[str]:
    """The ids of the files in a message that may be papers."""
    files = [f for f in event.get("files") or [] if isinstance(f, Mapping) and f.get("id")]
    return [str(f["id"]) for f in files if str(f.get("name") or "").lower().endswith(PAPERS)]


def _by_a_person(event: Mapping[str, Any], me: Identity) -> bool:
    return (
        event.get("subtype") in SPOKEN
        and not event.get("bot_id")
        and not event.get("hidden")
        and event.get("user") not in (None, "", "USLACKBOT", me.user)
    )


def _kind(
    event: Mapping[str, Any], me: Identity, channel: str, thread: str, knows_thread: Callable[[str, str], bool]
) -> str:
    """The Question's kind; "" for talk among others."""
    if event["type"] == "message" and event.get("channel_type") == "im":
        return "direct"
    others = mentioned(str(event.get("text") or ""))
    if event["type"] == "app_mention" or me.user in others:
        return "mention"
    took_part = event.get("parent_user_id") == me.user or knows_thread(channel, thread)
    return "thread" if event.get("thread_ts") and not others and took_part else ""


def _outside(body: Mapping[str, Any], event: Mapping[str, Any], me: Identity) -> bool:
    return bool(body.get("is_ext_shared_channel")) or any(_foreign(event.get(key), me) for key in TEAMS)


def _foreign(team: object, me: Identity) -> bool:
    return team not in (None, "", me.team) and not me.enterprise
