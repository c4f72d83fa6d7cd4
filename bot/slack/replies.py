"""What is said to a question from Slack: who may know, the engine's answer, and its message.

The ceiling is looked up before the engine is asked, and once more before the answer is sent.
"""

import logging
import secrets
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from threading import Event, Lock
from typing import Any, TypeVar

from bot.answer import Answer
from bot.slack.audience import ALONE, Audience, Clearance, audience
from bot.slack.blocks import sentence, versions
from bot.slack.charts import Chart, chart
from bot.slack.inbox import Question
from bot.slack.kept import Conversations, Where, rests_on
from bot.slack.port import Identity, RefusedError, Slack
from bot.slack.source import Picture

Ask = Callable[[str, date, str, bool], Answer]  # question, asking day, thread, whether exempt papers may be used
Message = dict[str, Any]
T = TypeVar("T")

HELP = (
    "Ask me about the council papers: a measure, a council, a plan, a budget line or a meeting, in your own words. "
    "Say “subscribe to” and the name of a council or a measure, and I tell you when new papers bring something on it."
)
CALLS = frozenset(["", "help", "hello", "hi", "hey", "good morning", "good afternoon", "what can you do"])
ASKS = (
    "and", "are", "but", "can", "compare", "could", "did", "do", "does", "explain", "find", "give", "had", "has",
    "have", "how", "is", "list", "rank", "show", "summarise", "tell", "was", "were", "what", "when", "where",
    "which", "who", "whose", "why", "will", "would",
)  # fmt: skip
CONVERSATION = 1800.0  # seconds between two direct messages of which the second may follow on the first
FAILED = "Something went wrong, so this question has no answer. The log has it under reference {reference}."

log = logging.getLogger("packclerk.slack")


@dataclass(frozen=True, slots=True)
class Reply:
    """What to send: the first of `messages` that Slack takes, then files. `drawn` is the chart in the first message, to
    be sent as a picture where Slack takes a plainer one.

    `cleared`: exempt papers were used for it; `still` tells after a wait whether who sees it may see as much yet;
    `cited` is what it rests on.

    `besides`: to who asked, in direct messages. `openly`: to the channel itself, not to its thread or to the asker
    alone. `quietly`: to who pressed a button alone.
    """

    messages: tuple[Message, ...] = ()
    files: tuple[Picture, ...] = ()
    drawn: Chart | None = None
    besides: tuple[Message, ...] = ()
    openly: bool = False
    quietly: bool = False
    cleared: bool = False
    still: Callable[[], bool] = lambda: True
    cited: tuple[Where, ...] = ()


NOTHING = Reply()


def say(text: str) -> Reply:
    """A sentence of our own."""
    return Reply((sentence(text),))


class Office:
    """Where questions meet the engine; what the desk's handlers share."""

    def __init__(self, slack: Slack, kept: Conversations, ask: Ask, me: Identity, clearance: Clearance) -> None:
        self.slack, self.kept, self.me, self.clearance = slack, kept, me, clearance
        self.closing = Event()  # set when we are to end: long work stops, and is taken up at the next start
        self._ask = ask
        self._asking = Lock()  # the engine serves one question at a time
        self._talks: dict[str, tuple[float, str]] = {}  # by direct channel: when it was last asked in, and its talk
        self._talk_of: dict[str, str] = {}  # by thread, for threads that begin within a talk

    def audience(self, question: Question) -> Audience:
        """Who would see an answer, now."""
        return audience(self.slack, question, self.me, self.clearance)

    def guarded(self, question: Question, make: Callable[[Audience], T]) -> T:
        """What `make` gives for those who see it; made anew for them as they are now, if they may see less by then."""
        seen_by = self.audience(question)
        made = make(seen_by)
        if not seen_by.objection and (now := self.audience(question)).narrower(seen_by):
            return make(now)
        return made

    def still(self, question: Question, seen_by: Audience) -> Callable[[], bool]:
        """What tells whether those who see an answer may see as much as when it was made; of a public one, that they
        may."""
        return (lambda: not self.audience(question).narrower(seen_by)) if seen_by.cleared else (lambda: True)

    def reply(self, question: Question) -> Reply:
        """What is to be said to a question in words; nothing, where silence is the better answer."""
        seen_by = self.audience(question)
        unasked = question.kind == "thread"
        if seen_by.objection or question.text.rstrip(" ?!.").casefold() in CALLS:
            return NOTHING if unasked else say(seen_by.objection or HELP)
        began = time.monotonic()
        thread = self._thread(question)
        answer = self.ask(question.text, day(question), thread, seen_by.cleared)
        if (now := self.audience(question)).narrower(seen_by):
            if now.objection:
                return NOTHING if unasked else say(now.objection)
            seen_by, answer = now, self.ask(question.text, day(question), thread, False)
        if isinstance(answer, str):
            return say(answer)
        log.info("answered", extra={"about": _about(question, answer, seen_by, began)})
        if unasked and not _expects(question.text, answer):
            return NOTHING  # a "thank you" among people in the thread
        return self.message(question, answer, seen_by)

    def show(self, question: Question, words: str) -> None:
        """Show what is being done for a question; where Slack shows none, nothing."""
        with suppress(RefusedError):
            at = {"channel_id": question.channel, "thread_ts": question.thread}
            self.slack.call("assistant.threads.setStatus", **at, status=words)

    def _thread(self, question: Question) -> str:
        """Where the engine keeps what a question may follow on: its thread. Direct messages soon after one another, as
        people write them below one another, are one talk, named by the thread of the first."""
        own = f"{question.channel}:{question.thread}"
        if question.kind != "direct" or question.thread != question.ts:
            return self._talk_of.get(own, own)
        last, talk = self._talks.get(question.channel, (0.0, own))
        at = float(question.ts)
        if not 0 <= at - last <= CONVERSATION:
            talk = own
        self._talks[question.channel], self._talk_of[own] = (at, talk), talk
        return talk

    def message(self, question: Question, answer: Answer, seen_by: Audience) -> Reply:
        """An answer's message, kept for its buttons."""
        alone, cleared = question.kind in ALONE, seen_by.cleared
        number = self.kept.keep(question.channel, question.thread, question.user, answer, cleared, alone)
        drawn, still = None if alone else chart(answer.figures), self.still(question, seen_by)
        messages, cited = versions(answer, number, alone), rests_on(answer.citations)
        return Reply(messages, drawn=drawn, cleared=cleared, still=still, cited=cited)

    def ask(self, text: str, today: date, thread: str, cleared: bool) -> Answer | str:
        """The engine's answer, or a sentence with a reference where it failed."""
        try:
            with self._asking:
                return self._ask(text, today, thread, cleared)
        except Exception as error:  # noqa: BLE001 - the edge: whatever the engine raises, the asker gets a sentence
            return failed(error)


def _expects(text: str, answer: Answer) -> bool:
    """Whether what was said in a thread, and to nobody, expects an answer such as this."""
    if answer.status != "not_found":
        return answer.status != "refused"
    return asks(text)


def asks(text: str) -> bool:
    """Whether a message puts a question, by its mark or its first word."""
    return "?" in text or text.casefold().startswith(tuple(f"{word} " for word in ASKS))


def failed(error: Exception | None) -> str:
    """Log an error by its kind and places alone, as its message may hold the question; the sentence to say."""
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__) if error else []
    places = " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames))
    about = {"reference": reference, "error": type(error).__name__ if error else "crash", "where": places}
    log.error("failed", extra={"about": about})
    return FAILED.format(reference=reference)


def day(question: Question) -> date:
    """The day on which the question was put; a command's trigger begins with no time that counts."""
    return date.today() if question.kind in ALONE else date.fromtimestamp(float(question.ts))


def _about(question: Question, answer: Answer, seen_by: Audience, began: float) -> dict[str, Any]:
    spent = round((time.monotonic() - began) * 1000)
    at = {"channel": question.channel, "ts": question.ts, "user": question.user}
    return at | {"status": answer.status, "cleared": seen_by.cleared, "ms": spent}
