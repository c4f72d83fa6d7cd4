"""Where questions from Slack are answered: each once, in its thread, in the order of its channel."""

import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import Any
from zlib import crc32

from bot.answers import Answer
from bot.audience import cleared, objection
from bot.blocks import message, sentence
from bot.inbox import Inbox, Question
from bot.port import Identity, RefusedError, Slack

Ask = Callable[[str, date, str, bool], Answer]  # question, asking day, thread, whether exempt papers may be used

LANES = 4
MOST_TRIES = 3  # beginnings that ended in a crash of the whole bot
MARK = "packclerk_answer"  # the metadata by which an answer is known again
EYES = "eyes"

WORKING = "is looking through the papers…"
HELP = "Ask me about the council papers: a measure, a council, a plan, a budget line or a meeting, in your own words."
FAILED = "Something went wrong, so this question has no answer. The log has it under reference {reference}."

log = logging.getLogger("packclerk.slack")


class Desk:
    """Answers questions in a few lanes, one for each channel's turn; what is not answered stays in the inbox."""

    def __init__(self, slack: Slack, inbox: Inbox, ask: Ask, me: Identity, groups: Sequence[str]) -> None:
        self._slack, self._inbox, self._ask, self._me, self._groups = slack, inbox, ask, me, groups
        self._lanes = [ThreadPoolExecutor(1, f"slack-{n}") for n in range(LANES)]
        self._asking = Lock()  # the engine serves one question at a time
        self._under_way: set[Question] = set()
        self._counting = Lock()

    def take(self, question: Question) -> None:
        """Answer the question as soon as its channel's lane is free."""
        with self._counting:
            if question in self._under_way:
                return
            self._under_way.add(question)
        lane = self._lanes[crc32(question.channel.encode()) % LANES]
        lane.submit(self._handle, question).add_done_callback(lambda _: self._under_way.discard(question))

    def take_up(self) -> None:
        """Take everything that still waits: after a start, and after Slack did not take an answer."""
        for question in self._inbox.waiting():
            self.take(question)

    def close(self) -> None:
        """End what is under way, leave the rest in the inbox."""
        for lane in self._lanes:
            lane.shutdown(wait=False, cancel_futures=True)
        for lane in self._lanes:
            lane.shutdown()

    def _handle(self, question: Question) -> None:
        """Answer and send; nothing may come out of here, or the lane would lose the question in silence."""
        try:
            state, tries = self._inbox.begin(question)
            if state == "done" or (state == "sending" and self._sent(question)):
                return self._inbox.done(question)
            with self._working(question):
                reply = sentence(self._failed(None)) if tries > MOST_TRIES else self._reply(question)
                self._inbox.sending(question)
                self._send(question, reply)
            self._inbox.done(question)
        except RefusedError as refusal:
            log.warning("channel=%s ts=%s refused=%s", question.channel, question.ts, refusal.code)
            (self._inbox.later if refusal.passing else self._inbox.done)(question)
        except Exception as error:  # noqa: BLE001 - the edge: what fails here is tried again at the next start
            self._failed(error)

    def _reply(self, question: Question) -> dict[str, Any]:
        """What is to be said; {} where silence is the better answer."""
        reason = objection(self._slack, question, self._me)
        if reason:
            return {} if question.kind == "thread" else sentence(reason)
        if not question.text:
            return {} if question.kind == "thread" else sentence(HELP)
        may = cleared(self._slack, question, self._groups)
        began = time.monotonic()
        answer = self._answer(question, may)
        if isinstance(answer, str):
            return sentence(answer)
        spent = round((time.monotonic() - began) * 1000)
        log.info(
            "channel=%s ts=%s status=%s cleared=%s ms=%d", question.channel, question.ts, answer.status, may, spent
        )
        if question.kind == "thread" and answer.status == "refused":
            return {}  # a "thank you" among people in the thread
        return message(answer)

    def _answer(self, question: Question, may: bool) -> Answer | str:
        """The engine's answer, or a sentence with a reference where it failed."""
        try:
            with self._asking:
                return self._ask(question.text, _day(question), f"{question.channel}:{question.thread}", may)
        except Exception as error:  # noqa: BLE001 - the edge: whatever the engine raises, the asker gets a sentence
            return self._failed(error)

    def _failed(self, error: Exception | None) -> str:
        """Log an error by its kind and places alone, as its message may hold the question; the sentence to say."""
        reference = secrets.token_hex(4)
        frames = traceback.extract_tb(error.__traceback__) if error else []
        places = " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames))
        log.error("reference=%s error=%s at %s", reference, type(error).__name__ if error else "crash", places)
        return FAILED.format(reference=reference)

    def _send(self, question: Question, reply: dict[str, Any]) -> None:
        """Send a reply; where Slack does not take its blocks, its text alone."""
        if not reply:
            return
        try:
            self._put(question, reply)
        except RefusedError as refusal:
            if refusal.code != "invalid_blocks":
                raise
            log.warning("channel=%s ts=%s refused=%s, sent as text", question.channel, question.ts, refusal.code)
            self._put(question, {"text": reply["text"]})

    def _put(self, question: Question, reply: dict[str, Any]) -> None:
        if question.kind == "command":
            self._slack.respond(question.respond, reply)
            return
        self._slack.call(
            "chat.postMessage",
            channel=question.channel,
            thread_ts=question.thread,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": MARK, "event_payload": {"question": question.ts}},
            **reply,
        )

    def _sent(self, question: Question) -> bool:
        """Whether the answer of a question that was being sent stands in its thread already."""
        if question.kind == "command":
            return False
        thread = {"channel": question.channel, "ts": question.thread, "oldest": question.ts, "limit": 200}
        try:
            found = self._slack.call("conversations.replies", **thread, include_all_metadata=True)
        except RefusedError as refusal:
            if refusal.passing:
                raise
            return False  # better twice than never
        ours = [m.get("metadata") or {} for m in found["messages"] if m.get("bot_id") == self._me.bot]
        return any(m.get("event_type") == MARK and m["event_payload"].get("question") == question.ts for m in ours)

    @contextmanager
    def _working(self, question: Question) -> Iterator[None]:
        """Show that somebody is at work: a status, else a pair of eyes, else nothing."""
        at = {"channel": question.channel, "timestamp": question.ts, "name": EYES}
        seen = False
        if question.kind in ("mention", "direct") and not self._try(
            "assistant.threads.setStatus", channel_id=question.channel, thread_ts=question.thread, status=WORKING
        ):
            seen = self._try("reactions.add", **at)
        try:
            yield
        finally:
            if seen:
                self._try("reactions.remove", **at)

    def _try(self, method: str, **parameters: Any) -> bool:
        try:
            self._slack.call(method, **parameters)
        except RefusedError:
            return False
        return True


def _day(question: Question) -> date:
    """The day on which the question was put; a command's trigger begins with no time that counts."""
    return date.today() if question.kind == "command" else date.fromtimestamp(float(question.ts))
