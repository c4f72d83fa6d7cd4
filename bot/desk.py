"""Where what comes from Slack is worked off: each once, in its thread, in the order of its thread."""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any
from zlib import crc32

from bot.audience import ALONE
from bot.charts import picture
from bot.inbox import Inbox, Question
from bot.mrkdwn import shorten
from bot.port import Identity, RefusedError, Slack
from bot.replies import NOTHING, Message, Reply, failed, say
from bot.source import Picture

Handler = Callable[[Question], Reply]

LANES = 4
LONG = 12  # questions ahead of one that are worth a word
BEGINNING = 900  # characters of a text that Slack finds too long
MOST_WAITING = 1000  # more than that are turned away
MOST_PAGES = 5  # of a thread, when we look for an answer of ours
MOST_TRIES = 3  # beginnings that ended in a crash of the whole bot
MARK = "packclerk_answer"  # the metadata by which an answer is known again
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
        self._under_way.discard((question.channel, question.ts))
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
            if state == "done" or (state == "sending" and self._sent(question)):
                self._inbox.done(question)
                return True
            with self._working(question):
                reply = self._reply(question, tries, crowded)
                if not self._inbox.sending(question):
                    return True  # it was withdrawn meanwhile
                try:
                    self._send(question, reply)
                except RefusedError as refusal:
                    if not refusal.doubtful:
                        self._inbox.unsent(question)
                    raise
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
        if files:
            channel, thread = self._place(question)
            given = bool(reply.messages)
            for file in files:
                try:
                    self._slack.upload(channel, thread, own_name(file.name, question), *file.told)
                    given = True
                except RefusedError as refusal:
                    if not given:
                        raise
                    log.warning("file refused", extra={"about": _at(question) | {"refused": refusal.code}})

        for message in reply.besides:
            try:
                self._post(message, channel=self._alone(question))
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
        mark = {"event_type": MARK, "event_payload": {"question": question.ts}}
        self._post(message, channel=channel, metadata=mark, **place)

    def _post(self, message: Message, **place: Any) -> None:
        self._slack.call("chat.postMessage", **place, **message, unfurl_links=False, unfurl_media=False)

    def _place(self, question: Question) -> tuple[str, str]:
        """Where files go: where all may see them who saw the answer, and nobody else."""
        if question.kind not in ALONE:
            return question.channel, question.thread
        return self._alone(question), ""

    def _alone(self, question: Question) -> str:
        """The direct messages with who asked."""
        return str(self._slack.call("conversations.open", users=question.user)["channel"]["id"])

    def _sent(self, question: Question) -> bool:
        """Whether the answer of a question that was being sent has reached Slack already, as far as can be known."""
        if question.kind in ALONE:
            log.warning("perhaps unsent", extra={"about": _at(question)})
            return True  # nobody can look for what one person alone sees: rather once or never than twice
        try:
            return any(_answers(message, question) for message in self._ours(question))
        except RefusedError as refusal:
            if refusal.passing:
                raise
            return False  # better twice than never

    def _ours(self, question: Question) -> Iterator[Mapping[str, Any]]:
        """What we said in the thread of `question` since it was asked."""
        thread = {"channel": question.channel, "ts": question.thread, "oldest": question.ts, "limit": 200}
        cursor: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            found = self._slack.call("conversations.replies", **thread, **cursor, include_all_metadata=True)
            for message in found.get("messages") or []:
                if self._me.bot == message.get("bot_id") or self._me.user == message.get("user"):
                    yield message
            cursor = {"cursor": str((found.get("response_metadata") or {}).get("next_cursor") or "")}
            if not cursor["cursor"]:
                return

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
                self._post({"text": UNANSWERED}, channel=self._alone(question))

    def _queued(self, question: Question, ahead: int) -> None:
        """Tell who asked that others came before; nothing, where the turn has come meanwhile."""
        if (question.channel, question.ts) not in self._under_way or not self._inbox.ahead(question):
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


def own_name(name: str, question: Question) -> str:
    """A file's name with a mark of what it answers, by which it is known again: "chart-1f0c9a2b.png"."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{crc32(question.ts.encode()):08x}{dot}{suffix}"


def _answers(message: Mapping[str, Any], question: Question) -> bool:
    """Whether a message of ours is the answer to `question`, or a file for it."""
    mark = message.get("metadata") or {}
    if mark.get("event_type") == MARK:
        return bool((mark.get("event_payload") or {}).get("question") == question.ts)
    names = [str(file.get("name") or "") for file in message.get("files") or []]
    return any(name and f"-{crc32(question.ts.encode()):08x}." in name for name in names)


def _at(question: Question) -> dict[str, Any]:
    return {"channel": question.channel, "ts": question.ts}
