"""Where what comes from Slack is worked off: each once, in its thread, in the order of its thread."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any
from zlib import crc32

from bot.slack.audience import ALONE
from bot.slack.charts import picture
from bot.slack.given import given, mark, own_name
from bot.slack.inbox import Inbox, Question
from bot.slack.mrkdwn import shorten
from bot.slack.port import NARROWER, SLOW, Identity, RefusedError, Slack
from bot.slack.replies import NOTHING, Message, Reply, failed, say
from bot.slack.source import Picture
from bot.slack.takeback import TakeBack

Handler = Callable[[Question], Reply]

LANES = 4
LONG = 12  # questions ahead of one that are worth a word
BEGINNING = 900  # characters of a text that Slack finds too long
MOST_WAITING = 1000  # more than that are turned away
MOST_TRIES = 3  # beginnings that ended in a crash of the whole bot
LATE = 60.0  # seconds in which Slack may still take what it did not answer in time
EYES = "eyes"
SHOWN = ("mention", "direct", "file")  # kinds of question whose asker is shown that we are at work

WORKING = "is looking through the papers…"
QUEUED = "will answer here soon: {ahead} questions came before this one…"
QUEUED_MESSAGE = "I will answer here soon: {ahead} questions came before yours."
UNANSWERED = "I could not answer you in that channel, as Slack does not let me write there. Ask me here instead."
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
            log.warning("refused", extra={"about": _at(question) | {"refused": refusal.code}})
            if refusal.passing:
                self._inbox.later(question)
                return False
            self._inbox.done(question)
            self._excuse(question)
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
            self._send(question, reply)
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

    def _send(self, question: Question, reply: Reply) -> None:
        """Send a reply: the first of its messages that Slack takes, then its files.

        After the first that Slack took, what it does not take is let go: the answer is given, and must not come twice.
        """
        plainer, forms = False, _forms(reply.messages)
        while forms:
            try:
                self._put(question, forms.pop(0), reply)
                break
            except RefusedError as refusal:
                if not (refusal.of_form and forms):
                    raise
                plainer = True
                log.warning("sent plainer", extra={"about": _at(question) | {"refused": refusal.code}})
        files = reply.files
        if plainer and reply.drawn:
            files = (*files, Picture("chart.png", picture(reply.drawn), reply.drawn.title, reply.drawn.alt))
        given = bool(reply.messages)
        for file in files:
            try:
                self._share(question, file, reply)
                given = True
            except RefusedError as refusal:
                if not given:
                    raise
                log.warning("file refused", extra={"about": _at(question) | {"refused": refusal.code}})
        for message in reply.besides:
            try:
                self._tell(question, message, reply.still)
            except RefusedError as refusal:
                log.warning("not told besides", extra={"about": _at(question) | {"refused": refusal.code}})

    def _put(self, question: Question, message: Message, reply: Reply) -> None:
        channel, place = question.channel, {} if reply.openly else {"thread_ts": question.thread}
        if (question.kind in ALONE or reply.quietly) and not reply.openly:
            try:
                self._slack.respond(question.respond, message)
                return
            except RefusedError as refusal:
                if refusal.passing or refusal.of_form:
                    raise
                channel, place = self._alone(question), {}  # the address holds for half an hour
                if not reply.still():  # to open them may have taken its time
                    raise RefusedError(NARROWER) from refusal
        number = self._post(message, channel=channel, metadata=mark(question), **place)
        self._said.note(question, reply, channel, number)

    def _share(self, question: Question, file: Picture, reply: Reply) -> None:
        """Put a file where the answer is, once more if Slack lets us wait, as long as who sees it may."""
        place, name = self._place(question), own_name(file.name, question)
        try:
            number = self._slack.upload(place, name, *file.told, reply.still)
        except RefusedError as refusal:
            if refusal.code != "ratelimited" or not self._slack.wait():
                raise
            number = self._slack.upload(place, name, *file.told, reply.still)
        self._said.note(question, reply, place[0], number)

    def _tell(self, question: Question, message: Message, still: Callable[[], bool] = lambda: True) -> None:
        """Say something besides in the direct messages with who asked, as long as they may see it."""
        channel = self._alone(question)
        for last in (False, True):
            if not still():
                raise RefusedError(NARROWER)
            try:
                self._post(message, channel=channel)
                return
            except RefusedError as refusal:
                if refusal.code != "ratelimited" or last or not self._slack.wait():
                    raise

    def _post(self, message: Message, **place: Any) -> str:
        """Say something; its time stamp."""
        told = self._slack.call("chat.postMessage", **place, **message, unfurl_links=False, unfurl_media=False)
        return str(told.get("ts") or "")

    def _place(self, question: Question) -> tuple[str, str]:
        """Where files go: where all may see them who saw the answer, and nobody else."""
        if question.kind not in ALONE:
            return question.channel, question.thread
        return self._alone(question), ""

    def _alone(self, question: Question) -> str:
        """The direct messages with who asked."""
        return str(self._slack.call("conversations.open", users=question.user)["channel"]["id"])

    @contextmanager
    def _working(self, question: Question) -> Iterator[None]:
        """Show that somebody is at work: a status, else a pair of eyes, else nothing; and no longer than that."""
        at = {"channel": question.channel, "timestamp": question.ts, "name": EYES}
        told = question.kind in SHOWN and self._status(question, WORKING)
        seen = question.kind in SHOWN and not told and self._try("reactions.add", **at)
        try:
            yield
        finally:
            if told:
                self._status(question, "")
            if seen:
                self._try("reactions.remove", **at)

    def _excuse(self, question: Question) -> None:
        """Tell who asked, alone, that we cannot answer where that was; of what was asked and found nothing is said."""
        if question.kind in SHOWN and not question.channel.startswith("D"):
            with suppress(RefusedError):
                self._tell(question, {"text": UNANSWERED})

    def _queued(self, question: Question, ahead: int) -> None:
        """Tell who asked that others came before; nothing, where the turn has come meanwhile."""
        if _key(question) not in self._under_way or not self._inbox.ahead(question):
            return
        if not self._status(question, QUEUED.format(ahead=ahead)):
            place = {"channel": question.channel, "user": question.user, "thread_ts": question.thread}
            self._try("chat.postEphemeral", **place, text=QUEUED_MESSAGE.format(ahead=ahead))

    def _status(self, question: Question, words: str) -> bool:
        at = {"channel_id": question.channel, "thread_ts": question.thread}
        return self._try("assistant.threads.setStatus", **at, status=words)

    def _try(self, method: str, **parameters: Any) -> bool:
        try:
            self._slack.call(method, **parameters)
        except RefusedError:
            return False
        return True


def _forms(messages: Sequence[Message]) -> list[Message]:
    """The messages, then the text of the last, then the beginning of that."""
    if not messages:
        return []
    text = str(messages[-1]["text"])
    plain: list[Message] = [{"text": text}] if "blocks" in messages[-1] else []
    return [*messages, *plain, {"text": shorten(text, BEGINNING)}]


def _key(question: Question) -> tuple[str, str]:
    return question.channel, question.ts


def _at(question: Question) -> dict[str, Any]:
    return {"channel": question.channel, "ts": question.ts}
