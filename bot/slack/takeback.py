"""Exempt answers that stand in a room are taken back when somebody can read it who may not see them.

Slack shows a room's past to whoever joins. What we said there goes when we are told of it, and at the latest a minute
after; nothing is said in its place, as that would say that there was something.
"""

import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from bot.slack.audience import room_is_cleared
from bot.slack.port import RefusedError
from bot.slack.replies import Office, failed

MINUTE = 60.0  # seconds between two looks at the rooms in which something exempt stands
EVENTS = frozenset(["member_joined_channel", "channel_shared", "shared_channel_invite_accepted"])
SUBTYPES = frozenset(["channel_join", "group_join", "channel_convert_to_public", "group_convert_to_channel"])

log = logging.getLogger("packclerk.slack")


def changed_room(body: Mapping[str, Any]) -> str:
    """The room of which an event tells that others can read it by now; "" where it tells something else."""
    event = body.get("event") or {}
    tells = event.get("type") in EVENTS or (event.get("type") == "message" and event.get("subtype") in SUBTYPES)
    return str(event.get("channel") or "") if tells else ""


class TakeBack:
    """Takes back what stands in rooms that are no longer those of the cleared alone."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._looked = 0.0
        self._worker = ThreadPoolExecutor(1, "slack-rooms")

    def hear(self, channel: str) -> None:
        """A room changed: look at it now."""
        with suppress(RuntimeError):  # we are closing: it is looked at after the next start
            self._worker.submit(self._look_alone, channel)

    def look(self) -> None:
        """Look at all rooms, if a minute has passed."""
        if time.monotonic() - self._looked >= MINUTE:
            self._looked = time.monotonic()
            for channel in self._office.kept.standing():
                self._look(channel)

    def close(self) -> None:
        """End what is under way."""
        self._worker.shutdown(cancel_futures=True)

    def _look_alone(self, channel: str) -> None:
        try:
            self._look(channel)
        except Exception as error:  # noqa: BLE001 - the edge: the next look tries again, and the log has it
            failed(error)

    def _look(self, channel: str) -> None:
        office = self._office
        standing = office.kept.standing().get(channel, [])
        try:
            if not standing or room_is_cleared(office.slack, channel, office.me, office.clearance):
                return
            for number in standing:
                self._take(channel, number)
        except RefusedError as refusal:  # at the next look
            log.warning("room not looked at", extra={"about": {"channel": channel, "refused": refusal.code}})

    def _take(self, channel: str, number: str) -> None:
        """Take one back; one that Slack does not let us is let go. RefusedError where it may do later."""
        gone = (
            ("chat.delete", {"channel": channel, "ts": number}) if "." in number else ("files.delete", {"file": number})
        )
        try:
            self._office.slack.call(gone[0], **gone[1])
            log.info("taken back", extra={"about": {"channel": channel, "what": gone[0]}})
        except RefusedError as refusal:
            if refusal.passing:
                raise
            log.warning("not taken back", extra={"about": {"channel": channel, "refused": refusal.code}})
        self._office.kept.fell(channel, number)
