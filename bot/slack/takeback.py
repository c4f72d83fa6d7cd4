"""Exempt answers that stand in a room are taken back when somebody can read it who may not see them, and answers
wherever they stand when what they rest on became exempt.

Slack shows a room's past to whoever joins. What we said there goes when we are told of it, and at the latest a minute
after; so does what was public when it was said, and was ruled or read to be exempt since. Nothing is said in its place,
as that would say that there was something.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from bot.slack.audience import ALONE, room_is_cleared
from bot.slack.inbox import Question
from bot.slack.kept import Said, rests_on
from bot.slack.port import RefusedError
from bot.slack.replies import Office, Reply, failed
from corpus.settings import Settings
from kpi_tools.public import PublicStore

MINUTE = 60.0  # seconds between two looks at the rooms in which something exempt stands
EVENTS = frozenset(["member_joined_channel", "channel_shared", "shared_channel_invite_accepted"])
SUBTYPES = frozenset(["channel_join", "group_join", "channel_convert_to_public", "group_convert_to_channel"])
MOVED = "channel_id_changed"  # as when a room is shared with another organisation

log = logging.getLogger("packclerk.slack")


def changed_room(event: Mapping[str, Any]) -> str:
    """The room of which an event tells that others can read it by now; "" where it tells something else."""
    tells = event.get("type") in EVENTS or (event.get("type") == "message" and event.get("subtype") in SUBTYPES)
    return str(event.get("channel") or "") if tells else ""


class TakeBack:
    """Takes back what stands in rooms that are no longer those of the cleared alone, and what is exempt since it was
    said."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings
        self._looked, self._judged, self._generation = 0.0, 0.0, -1
        self._worker = ThreadPoolExecutor(1, "slack-rooms")

    def note(self, question: Question, reply: Reply, channel: str, number: str) -> None:
        """Note what was said and may have to be taken back; of what exempt papers were used for, look at once whether
        somebody came while it was sent."""
        alone = question.kind in ALONE or channel.startswith("D")
        if number and (not alone if reply.cleared else reply.cited):
            self._office.kept.stands(Said(channel, number, reply.cleared, reply.cited), question.user)
            if reply.cleared:
                self._submit(channel)

    def found(self, question: Question, numbers: Sequence[str]) -> None:
        """Note what was found in a thread of the answer to a question, which we could not note when we said it."""
        if numbers and (kept := self._office.kept.last(question.channel, question.thread, question.user)):
            reply = Reply(cleared=kept.cleared, cited=rests_on(kept.answer.citations))
            for number in numbers:
                self.note(question, reply, question.channel, number)

    def hear(self, body: Mapping[str, Any]) -> None:
        """An event that may tell that a room changed: look at it now."""
        event = body.get("event") or {}
        room = changed_room(event)
        if event.get("type") == MOVED:
            room = str(event.get("new_channel_id") or "")
            self._office.kept.moved(str(event.get("old_channel_id") or ""), room)
        if room:
            self._submit(room)

    def look(self) -> None:
        """Look at all rooms in which something exempt stands, if a minute has passed, and at what is exempt since."""
        if time.monotonic() - self._looked < MINUTE:
            return
        self._looked = time.monotonic()
        for channel in {said.channel for said in self._office.kept.standing() if said.cleared}:
            self._look(channel)
        self._judge()

    def _judge(self) -> None:
        """Take back what the public were told and is exempt by now: of all, if the papers changed, else of what was
        said since we last looked, which may be drawn from papers as they were before."""
        store, now = PublicStore(self._settings), time.time()
        changed = (generation := store.generation()) != self._generation
        told = self._office.kept.standing(0.0 if changed else self._judged)
        try:
            for said in store.closed([each for each in told if not each.cleared], lambda each: each.cited):
                self._take(said)
        except RefusedError as refusal:  # at the next look
            log.warning("not all taken back", extra={"about": {"refused": refusal.code}})
            return
        self._generation, self._judged = generation, now

    def close(self) -> None:
        """End what is under way."""
        self._worker.shutdown(cancel_futures=True)

    def _submit(self, channel: str) -> None:
        with suppress(RuntimeError):  # we are closing: it is looked at after the next start
            self._worker.submit(self._look_alone, channel)

    def _look_alone(self, channel: str) -> None:
        try:
            self._look(channel)
        except Exception as error:  # noqa: BLE001 - the edge: the next look tries again, and the log has it
            failed(error)

    def _look(self, channel: str) -> None:
        office = self._office
        standing = [said for said in office.kept.standing() if said.cleared and said.channel == channel]
        try:
            if not standing or room_is_cleared(office.slack, channel, office.me, office.clearance):
                return
            for said in standing:
                self._take(said)
        except RefusedError as refusal:  # at the next look
            log.warning("room not looked at", extra={"about": {"channel": channel, "refused": refusal.code}})

    def _take(self, said: Said) -> None:
        """Take one back; one that Slack does not let us is let go. RefusedError where it may do later."""
        channel, number = said.channel, said.number
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
        self._office.kept.fell(said)
