"""Subscriptions, and what subscribers are told of new papers: what changed, failed, was restated and promised.

A digest goes to one person's direct messages, out of what that person may see on that day.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot import words
from bot.blocks import context, heading, section
from bot.inbox import Question
from bot.mrkdwn import escape, shorten
from bot.port import RefusedError
from bot.replies import Message, Office, Reply, log, say
from corpus.settings import Settings
from kpi_tools.corrections import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.ledger import Record
from kpi_tools.names import squash
from kpi_tools.public import store_for

COMMAND = re.compile(r"^(subscribe|unsubscribe|subscriptions)\b(?:\s+(?:to|from))?\s*(.*?)[.!]?$", re.IGNORECASE)
PROMISES = ("rectification", "plan_item", "decision")
MOST_LINES = 8
MOST_TEXT = 2500

SUBSCRIBED = "You will hear of {topic} here in our direct messages when papers are indexed."
UNSUBSCRIBED = "You will hear no more of {topic}."
NOT_SUBSCRIBED = "You are not subscribed to {topic}."
YOURS = "You are subscribed to {topics}."
NONE = "You have no subscriptions. Say, for example: subscribe to, and the name of a council or a measure."


class Digests:
    """Keeps who wants to hear of what, and tells them."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings
        self._generation = -1

    def reply(self, question: Question) -> Reply:
        """The answer to a question in words: ours where it is about subscriptions, else the engine's."""
        found = COMMAND.match(question.text) if question.kind in ("direct", "command") else None
        if found is None:
            return self._office.reply(question)
        seen_by = self._office.audience(question)
        if seen_by.objection:
            return say(seen_by.objection)
        verb, topic = found[1].lower(), found[2].strip()
        if verb == "subscriptions" or not topic:
            topics = self._office.kept.topics(question.user)
            return say(YOURS.format(topics=words.listed(topics)) if topics else NONE)
        if verb == "unsubscribe":
            was = self._office.kept.unsubscribe(question.user, topic.casefold())
            return say((UNSUBSCRIBED if was else NOT_SUBSCRIBED).format(topic=topic))
        store = store_for(self._settings, seen_by.cleared)
        if not any(_about(topic, row) for row in frame(store).itertuples(index=False)):
            return say(words.NOT_FOUND)
        self._office.kept.subscribe(question.user, topic.casefold())
        self._office.kept.tell(question.user, {p.document: p.sha256 for p in store.papers()})
        return say(SUBSCRIBED.format(topic=topic))

    def tell(self) -> None:
        """Tell all subscribers of the papers that they have not heard of, if the index changed since we last looked."""
        generation = store_for(self._settings, cleared=True).generation()
        if generation == self._generation:
            return
        for user in self._office.kept.subscribers():
            try:
                self._tell(user)
            except RefusedError as refusal:
                log.warning("digest refused", extra={"about": {"user": user, "refused": refusal.code}})
                return  # at the next look
        self._generation = generation

    def _tell(self, user: str) -> None:
        seen_by = self._office.audience(Question(user, "", "", user, "", "home"))
        if seen_by.objection:
            return
        store, kept = store_for(self._settings, seen_by.cleared), self._office.kept
        heard = kept.told(user)
        new = {p.document: p.sha256 for p in store.papers() if heard.get(p.document) != p.sha256}
        message = digest(store, kept.topics(user), list(new)) if new else None
        if message:
            channel = self._office.slack.call("conversations.open", users=user)["channel"]["id"]
            self._office.slack.call(
                "chat.postMessage", channel=channel, unfurl_links=False, unfurl_media=False, **message
            )
        kept.tell(user, new)


def digest(store: CorrectedStore, topics: Sequence[str], documents: Sequence[str]) -> Message | None:
    """What these papers bring on these topics; None where they bring nothing."""
    rows: list[Any] = list(frame(store).itertuples(index=False))
    mine = [r for r in rows if any(_about(topic, r) for topic in topics)]
    new = [r for r in mine if r.document in documents and r.value is not None]
    latest = {(r.key, r.entity): r for r in sorted(new, key=lambda r: r.end)}
    before = {(r.key, r.entity): r for r in sorted(mine, key=lambda r: r.end)
              if (n := latest.get((r.key, r.entity))) and r.end < n.end and r.value is not None}  # fmt: skip
    promised = [r for r in store.records() if r.place.document in documents and _names(r, topics)]
    parts = {
        "What changed": [_change(before[at], r) for at, r in latest.items()
                         if at in before and before[at].unit == r.unit and before[at].value != r.value],
        "What missed its target": [f"{_what(r)}, target {r.target_printed}{_at(r)}"
                                   for r in latest.values() if r.met is False],
        "What was restated": [f"{_what(r)}, before {r.earlier}{_at(r)}" for r in new if r.restated],
        "What was promised": [f"{_promise(r)} · {r.place.document} p. {r.place.page}"
                              for r in promised if r.kind in PROMISES],
        "Questions worth asking": list(_questions(list(latest.values()), promised))[:3],
    }  # fmt: skip
    if not any(list(parts.values())[:4]):
        return None
    blocks = [heading("New papers on what you follow"), context(shorten(escape(", ".join(documents)), MOST_TEXT))]
    for title, lines in parts.items():
        if lines:
            shown = [f"*{title}*", *(f"• {escape(line)}" for line in lines[:MOST_LINES])]
            more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
            blocks.append(section(shorten("\n".join(shown + more), MOST_TEXT)))
    return {"text": f"New papers on {escape(words.listed(list(topics)))}", "blocks": blocks}


def _questions(latest: Sequence[Any], promised: Sequence[Record]) -> Iterator[str]:
    """Questions that the new papers raise, each with where it arises."""
    for row in sorted(latest, key=lambda r: r.met is not False)[:2]:
        measure = f"{row.service} {row.code or row.name}".strip()
        ask = "Why did {e}'s {m} miss its target in {p}?" if row.met is False else "How did {e}'s {m} trend up to {p}?"
        yield ask.format(e=row.entity, m=measure, p=row.period) + _at(row)
    for record in promised:
        if record.fields.get("ref"):
            yield f"What is the status of {record.fields['ref']}? · {record.place.document} p. {record.place.page}"


def _about(topic: str, row: Any) -> bool:
    wanted = squash(topic)
    named = {squash(row.entity), squash(row.code), squash(row.name), squash(row.service)}
    return bool(wanted) and (
        wanted in named or wanted in {squash(f"{row.service} {row.code}"), squash(f"{row.entity} {row.code}")}
    )


def _names(record: Record, topics: Sequence[str]) -> bool:
    said = " ".join(record.fields.values())
    return any(re.search(rf"\b{re.escape(topic)}\b", said, re.IGNORECASE) for topic in topics)


def _what(row: Any) -> str:
    return f"{row.entity} {row.service} {row.code or row.name}: {row.printed} in {row.period}"


def _at(row: Any) -> str:
    return f" · {row.document} p. {row.page}"


def _change(before: Any, now: Any) -> str:
    verb = "rose" if now.value > before.value else "fell"
    what = f"{now.entity} {now.service} {now.code or now.name}"
    return f"{what} {verb} from {before.printed} in {before.period} to {now.printed} in {now.period}{_at(now)}"


def _promise(record: Record) -> str:
    keys = ("ref", "area", "description", "text", "update", "milestone", "due")
    return shorten(", ".join(record.fields[k] for k in keys if record.fields.get(k)), 200)
