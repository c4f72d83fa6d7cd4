"""What of an answer is given already: what we send carries a mark, by which it is known again in its thread.

After a crash, or on a line that broke, nobody knows whether Slack took what was being sent.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from bot.slack.audience import ALONE
from bot.slack.inbox import Question
from bot.slack.port import Identity, RefusedError, Slack

MARK = "packclerk_answer"  # the metadata by which an answer is known again
MOST_PAGES = 5  # of a thread, when we look for an answer of ours

log = logging.getLogger("packclerk.slack")


def mark(question: Question) -> dict[str, Any]:
    """The metadata of the answer to a question."""
    return {"event_type": MARK, "event_payload": {"question": question.ts}}


def own_name(name: str, question: Question) -> str:
    """A file's name with a mark of what it answers: "chart-1f0c9a2b.png"."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{crc32(question.ts.encode()):08x}{dot}{suffix}"


def given(slack: Slack, me: Identity, question: Question) -> list[str] | None:
    """What has reached Slack of the answer to a question that was being sent: time stamps of messages, ids of files.
    None where nobody can look. RefusedError where to look again later may help."""
    if question.kind in ALONE:
        log.warning("perhaps unsent", extra={"about": {"channel": question.channel, "ts": question.ts}})
        return None  # what one person alone sees: rather once or never than twice
    try:
        return [
            number
            for message in _ours(slack, me, question)
            if _answers(message, question)
            for number in [str(file.get("id")) for file in message.get("files") or []] or [str(message.get("ts"))]
        ]
    except RefusedError as refusal:
        if refusal.passing:
            raise
        return []  # better twice than never


def _ours(slack: Slack, me: Identity, question: Question) -> Iterator[Mapping[str, Any]]:
    """What we said in the thread of `question` since it was asked."""
    thread = {"channel": question.channel, "ts": question.thread, "oldest": question.ts, "limit": 200}
    cursor: dict[str, str] = {}
    for _ in range(MOST_PAGES):
        found = slack.call("conversations.replies", **thread, **cursor, include_all_metadata=True)
        for message in found.get("messages") or []:
            if me.bot == message.get("bot_id") or me.user == message.get("user"):
                yield message
        cursor = {"cursor": str((found.get("response_metadata") or {}).get("next_cursor") or "")}
        if not cursor["cursor"]:
            return


def _answers(message: Mapping[str, Any], question: Question) -> bool:
    """Whether a message of ours is the answer to `question`, or a file for it."""
    known = message.get("metadata") or {}
    if known.get("event_type") == MARK:
        return bool((known.get("event_payload") or {}).get("question") == question.ts)
    names = [str(file.get("name") or "") for file in message.get("files") or []]
    return any(name and f"-{crc32(question.ts.encode()):08x}." in name for name in names)
