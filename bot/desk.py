"""Where what comes from Slack is worked off: each once, in its thread, in the order of its thread."""

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any
from zlib import crc32

from bot.audience import ALONE
from bot.charts import picture
from bot.inbox import Inbox, Question
from bot.port import Identity, RefusedError, Slack
from bot.replies import Message, Reply, failed, say
from bot.source import Picture

Handler = Callable[[Question], Reply]

LANES = 4
LONG = 12  # questions ahead of one that are worth a word
MOST_WAITING = 1000
MOST_TRIES = 3  # beginnings that ended in a crash of the whole bot
MARK = "packclerk_answer"  # the metadata by which an answer is known again
EYES = "eyes"

WORKING = "is looking through the papers…"
QUEUED = "will answer here soon: {ahead} questions came before this one…"
BUSY = "So many questions are waiting that I cannot take this one. Please ask again in ten minutes."

log = logging.getLogger("packclerk.slack")


class Desk:
    """Works questions off in a few lanes, each thread in one of them; what is not answered stays in the inbox.

    `handlers` are by the Question's kind, "" for any other.
    """

    def __init__(self, slack: Slack, inbox: Inbox, me: Identity, handlers: Mapping[str, Handler]) -> None:
        self._slack, self._inbox, self._me, self._handlers = slack, inbox, me, handlers
        self._lanes = [ThreadPoolExecutor(1, f"slack-{n}") for n in range(LANES)]
        self._words = ThreadPoolExecutor(1, "slack-words")
        self._under_way: set[tuple[str, str]] = set()
        self._counting = Lock()

    def take(self, question: Question) -> None:
        """Answer the question as soon as its lane is free."""
        key = (question.channel, question.ts)
        with self._counting:
            if key in self._under_way:
                return
            self._under_way.add(key)
            ahead = len(self._under_way) - 1
        lane = self._lanes[crc32(f"{question.channel} {question.thread}".encode()) % LANES]
        lane.submit(self._handle, question).add_done_callback(lambda _: self._under_way.discard(key))
        if ahead >= LONG and question.kind in ("mention", "direct"):
            self._words.submit(self._status, question, QUEUED.format(ahead=ahead))

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

    def _handle(self, question: Question) -> None:
        """Answer and send; nothing may come out of here, or the lane would lose the question in silence."""
        try:
            if self._inbox.blocked(question):
                return None  # its turn comes when the one before it is answered, at the next look
            state, tries = self._inbox.begin(question)
            if state == "done" or (state == "sending" and self._sent(question)):
                return self._inbox.done(question)
            with self._working(question):
                reply = self._reply(question, tries)
                self._inbox.sending(question)
                self._send(question, reply)
            self._inbox.done(question)
        except RefusedError as refusal:
            log.warning("refused", extra={"about": _at(question) | {"refused": refusal.code}})
            (self._inbox.later if refusal.passing else self._inbox.done)(question)
        except Exception as error:  # noqa: BLE001 - the edge: what fails here is tried again at the next look
            failed(error)

    def _reply(self, question: Question, tries: int) -> Reply:
        if tries > MOST_TRIES:
            return say(failed(None))
        if self._inbox.ahead(question) > MOST_WAITING:
            return say(BUSY)
        return (self._handlers.get(question.kind) or self._handlers[""])(question)

    def _send(self, question: Question, reply: Reply) -> None:
        """Send a reply: the first of its messages that Slack takes, then its files."""
        plainer = False
        for number, message in enumerate(reply.messages):
            try:
                self._put(question, message, reply)
                break
            except RefusedError as refusal:
                if refusal.code not in ("invalid_blocks", "msg_blocks_too_long") or number + 1 == len(reply.messages):
                    if refusal.code != "invalid_blocks" or "blocks" not in message:
                        raise
                    self._put(question, {"text": message["text"]}, reply)
                    break
                plainer = True
                log.warning("sent plainer", extra={"about": _at(question) | {"refused": refusal.code}})
        files = reply.files
        if plainer and reply.drawn:
            files = (*files, Picture("chart.png", picture(reply.drawn), reply.drawn.title, reply.drawn.alt))
        if files:
            channel, thread = self._place(question)
            for file in files:
                self._slack.upload(channel, thread, file.name, file.content, file.title, file.alt)

    def _put(self, question: Question, message: Message, reply: Reply) -> None:
        if (question.kind in ALONE or reply.quietly) and not reply.openly:
            self._slack.respond(question.respond, message)
            return
        place = {} if reply.openly else {"thread_ts": question.thread}
        self._slack.call(
            "chat.postMessage",
            channel=question.channel,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": MARK, "event_payload": {"question": question.ts}},
            **place,
            **message,
        )

    def _place(self, question: Question) -> tuple[str, str]:
        """Where files go: where all may see them who saw the answer, and nobody else."""
        if question.kind not in ALONE:
            return question.channel, question.thread
        return str(self._slack.call("conversations.open", users=question.user)["channel"]["id"]), ""

    def _sent(self, question: Question) -> bool:
        """Whether the answer of a question that was being sent stands in its thread already."""
        if question.kind in ALONE:
            return False  # nobody can look; better twice than never
        thread = {"channel": question.channel, "ts": question.thread, "oldest": question.ts, "limit": 200}
        try:
            found = self._slack.call("conversations.replies", **thread, include_all_metadata=True)
        except RefusedError as refusal:
            if refusal.passing:
                raise
            return False  # better twice than never
        ours = [m for m in found["messages"] if self._me.bot == m.get("bot_id") or self._me.user == m.get("user")]
        marks = [m.get("metadata") or {} for m in ours]
        return any(m.get("event_type") == MARK and m["event_payload"].get("question") == question.ts for m in marks)

    @contextmanager
    def _working(self, question: Question) -> Iterator[None]:
        """Show that somebody is at work: a status, else a pair of eyes, else nothing."""
        at = {"channel": question.channel, "timestamp": question.ts, "name": EYES}
        seen = False
        if question.kind in ("mention", "direct", "file") and not self._status(question, WORKING):
            seen = self._try("reactions.add", **at)
        try:
            yield
        finally:
            if seen:
                self._try("reactions.remove", **at)

    def _status(self, question: Question, words: str) -> bool:
        at = {"channel_id": question.channel, "thread_ts": question.thread}
        return self._try("assistant.threads.setStatus", **at, status=words)

    def _try(self, method: str, **parameters: Any) -> bool:
        try:
            self._slack.call(method, **parameters)
        except RefusedError:
            return False
        return True


def _at(question: Question) -> dict[str, Any]:
    return {"channel": question.channel, "ts": question.ts}
