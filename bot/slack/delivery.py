"""How a reply reaches Slack: as plainly as it takes it, in its room or alone with who asked, and never twice."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from bot.slack.audience import ALONE
from bot.slack.charts import picture
from bot.slack.given import mark, own_name
from bot.slack.inbox import Question
from bot.slack.mrkdwn import shorten
from bot.slack.port import NARROWER, RefusedError, Slack
from bot.slack.replies import Message, Reply
from bot.slack.source import Picture
from bot.slack.takeback import TakeBack

BEGINNING = 900  # characters of a text that Slack finds too long
UNANSWERED = "I could not answer you in that channel, as Slack does not let me write there. Ask me here instead."

log = logging.getLogger("packclerk.slack")


class Delivery:
    """Sends replies; `said` hears of all that we said that rests on papers."""

    def __init__(self, slack: Slack, said: TakeBack) -> None:
        self._slack, self._said = slack, said

    def send(self, question: Question, reply: Reply) -> None:
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
                log.warning("sent plainer", extra={"about": at(question) | {"refused": refusal.code}})
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
                log.warning("file refused", extra={"about": at(question) | {"refused": refusal.code}})
        for message in reply.besides:
            try:
                self._tell(question, message, reply.still)
            except RefusedError as refusal:
                log.warning("not told besides", extra={"about": at(question) | {"refused": refusal.code}})

    def excuse(self, question: Question) -> None:
        """Tell who asked, alone, that we cannot answer where that was; of what was asked and found nothing is said."""
        if not question.channel.startswith("D"):
            with suppress(RefusedError):
                self._tell(question, {"text": UNANSWERED})

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
        """Put a file where the answer is, as long as who sees it may."""
        place, name = self._place(question), own_name(file.name, question)
        number = self._patiently(lambda: self._slack.upload(place, name, *file.told, reply.still))
        self._said.note(question, reply, place[0], number)

    def _tell(self, question: Question, message: Message, still: Callable[[], bool] = lambda: True) -> None:
        """Say something besides in the direct messages with who asked, as long as they may see it."""
        channel = self._alone(question)

        def tell() -> str:
            if not still():
                raise RefusedError(NARROWER)
            return self._post(message, channel=channel)

        self._patiently(tell)

    def _patiently(self, send: Callable[[], str]) -> str:
        """Send something, once more if Slack lets us wait."""
        try:
            return send()
        except RefusedError as refusal:
            if refusal.code != "ratelimited" or not self._slack.wait():
                raise
            return send()

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


def _forms(messages: Sequence[Message]) -> list[Message]:
    """The messages, then the text of the last, then the beginning of that."""
    if not messages:
        return []
    text = str(messages[-1]["text"])
    plain: list[Message] = [{"text": text}] if "blocks" in messages[-1] else []
    return [*messages, *plain, {"text": shorten(text, BEGINNING)}]


def at(question: Question) -> dict[str, Any]:
    """A question as the logs name it."""
    return {"channel": question.channel, "ts": question.ts}
