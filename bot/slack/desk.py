"""Where what comes from Slack is worked off: each once, in its thread, in the order of its thread."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any
from zlib import crc32

from bot.slack.delivery import Delivery, at
from bot.slack.given import given
from bot.slack.inbox import Inbox, Question
from bot.slack.port import NARROWER, SLOW, Identity, RefusedError, Slack
from bot.slack.replies import NOTHING, Reply, failed, say
from bot.slack.takeback import TakeBack

Handler = Callable[[Question], Reply]

LANES = 4
LONG = 12  # questions ahead of one that are worth a word
MOST_WAITING = 1000  # more than that are turned away
MOST_TRIES = 8  # beginnings that ended in a crash of the whole bot, whatever brought that about
LATE = 60.0  # seconds in which Slack may still take what it did not answer in time
EYES = "eyes"
SHOWN = ("mention", "direct", "file")  # kinds of question whose asker is shown that we are at work

WORKING = "is looking through the papers…"
QUEUED = "will answer here soon: {ahead} questions came before this one…"
QUEUED_MESSAGE = "I will answer here soon: {ahead} questions came before yours."
BUSY = "So many questions are waiting that I cannot take this one. Please ask again in ten minutes."

log = logging.getLogger("packclerk.slack")


class Desk:
    """Works questions off in a few lanes, each thread in one of them; what is not answered stays in the inbox.

    `handlers` are by the Question's kind, "" for any other; `said` hears of all that we said that rests on papers.
    """

    def __init__(
        self, slack: Slack, inbox: Inbox, me: Identity, handlers: Mapping[str, Handler], said: TakeBack
    ) -> None:
        self._slack, self._inbox, self._me, self._handlers, self._said = slack, inbox, me, handlers, said
        self._delivery = Delivery(slack, said)
        self._lanes = [ThreadPoolExecutor(1, f"slack-{n}") for n in range(LANES)]
        self._words = ThreadPoolExecutor(1, "slack-words")
        self._under_way: set[tuple[str, str]] = set()
        self._counting = Lock()
        self._slow: dict[tuple[str, str], float] = {}  # when Slack let us wait in vain for its word on an answer

    def take(self, question: Question) -> None:
        """Answer the question as soon as its lane is free."""
        key = _key(question)
        with self._counting:
            if key in self._under_way:
                return
            self._under_way.add(key)
            ahead = len(self._under_way) - 1
        lane = self._lanes[crc32(f"{question.channel} {question.thread}".encode()) % LANES]
        if ahead >= MOST_WAITING:
            lane = self._words
        work = lane.submit(self._handle, question, ahead >= MOST_WAITING)
        work.add_done_callback(lambda ended: self._left(question, not ended.cancelled() and ended.result()))
        if LONG <= ahead < MOST_WAITING and question.kind in SHOWN:
            self._words.submit(self._queued, question, ahead)

    def take_up(self) -> None:
        """Take everything that still waits: after a start, and after Slack did not take an answer."""
        for question in self._inbox.waiting():
            self.take(question)

    @property
    def waiting(self) -> int:
        """How many are under way or wait for their turn."""
        return len(self._under_way)

    def close(self) -> None:
        """End what is under way, leave the rest in the inbox."""
        for lane in (*self._lanes, self._words):
            lane.shutdown(wait=False, cancel_futures=True)
        for lane in (*self._lanes, self._words):
            lane.shutdown()

    def _left(self, question: Question, settled: bool) -> None:
        """Its turn is over. One of its thread that was taken up too soon, and stood aside for it, is taken up again."""
        self._under_way.discard(_key(question))
        if settled:
            self._slow.pop(_key(question), None)
        with suppress(RuntimeError, sqlite3.Error):  # we are closing; all that waits is taken up at the next start
            after = self._inbox.next_in_thread(question) if settled else None
            if after and after.ts != question.ts:
                self.take(after)

    def _handle(self, question: Question, crowded: bool) -> bool:
        """Answer and send, and say whether that is settled; nothing may come out of here, or the lane would lose the
        question in silence."""
        try:
            if self._inbox.blocked(question) and not crowded:
                return False  # its turn comes when the one before it is answered
            state, tries = self._inbox.begin(question)
            sent = given(self._slack, self._me, question) if state == "sending" else []
            if state == "done" or sent is None or sent:
                self._said.found(question, sent or [])
                self._inbox.done(question)
                return True
            if state == "sending" and time.monotonic() < self._slow.get(_key(question), -LATE) + LATE:
                raise RefusedError(SLOW)  # it may come yet: we look again before we send again
            with self._working(question):
                while (now := self._inbox.as_it_reads(question)) and not self._answer(now, tries, crowded):
                    pass
            self._inbox.done(question)
        except RefusedError as refusal:
            log.warning("refused", extra={"about": at(question) | {"refused": refusal.code}})
            if refusal.passing:
                self._inbox.later(question)
                return False
            self._inbox.done(question)
            if question.kind in SHOWN:
                self._delivery.excuse(question)
        except Exception as error:  # noqa: BLE001 - the edge: what fails here is tried again at the next look
            failed(error)
            return False
        return True

    def _answer(self, question: Question, tries: int, crowded: bool) -> bool:
        """Whether it is sent; not where the question reads otherwise by then, or where Slack lets us wait with it, as
        then who may see it may have changed, too."""
        reply = self._reply(question, tries, crowded)
        if not self._inbox.sending(question):
            return False
        try:
            self._delivery.send(question, reply)
        except RefusedError as refusal:
            if refusal.code == SLOW:
                self._slow[_key(question)] = time.monotonic()
            if not refusal.doubtful:
                self._inbox.unsent(question)
            if refusal.code not in ("ratelimited", NARROWER) or not self._slack.wait():
                raise
            return False
        return True

    def _reply(self, question: Question, tries: int, crowded: bool) -> Reply:
        if tries > MOST_TRIES:
            return say(failed(None))
        if crowded:
            return say(BUSY) if question.kind in (*SHOWN, "command") else NOTHING
        return (self._handlers.get(question.kind) or self._handlers[""])(question)

    @contextmanager
    def _working(self, question: Question) -> Iterator[None]:
        """Show that somebody is at work: a status, else a pair of eyes, else nothing; and no longer than that."""
        place = {"channel": question.channel, "timestamp": question.ts, "name": EYES}
        told = question.kind in SHOWN and self._status(question, WORKING)
        seen = question.kind in SHOWN and not told and self._try("reactions.add", **place)
        try:
            yield
        finally:
            if told:
                self._status(question, "")
            if seen:
                self._try("reactions.remove", **place)

    def _queued(self, question: Question, ahead: int) -> None:
        """Tell who asked that others came before; nothing, where the turn has come meanwhile."""
        if _key(question) not in self._under_way or not self._inbox.ahead(question):
            return
        if not self._status(question, QUEUED.format(ahead=ahead)):
            place = {"channel": question.channel, "user": question.user, "thread_ts": question.thread}
            self._try("chat.postEphemeral", **place, text=QUEUED_MESSAGE.format(ahead=ahead))

    def _status(self, question: Question, words: str) -> bool:
        place = {"channel_id": question.channel, "thread_ts": question.thread}
        return self._try("assistant.threads.setStatus", **place, status=words)

    def _try(self, method: str, **parameters: Any) -> bool:
        try:
            self._slack.call(method, **parameters)
        except RefusedError:
            return False
        return True


def _key(question: Question) -> tuple[str, str]:
    return question.channel, question.ts
