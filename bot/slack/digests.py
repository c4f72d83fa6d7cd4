"""Subscriptions, and what subscribers are told of new papers: what changed, failed, was restated and promised.

A digest goes to one person's direct messages, out of what that person may see on that day.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from bot import words
from bot.question.topics import about, named, topics
from bot.slack.audience import Audience
from bot.slack.blocks import context, heading, section
from bot.slack.inbox import Question
from bot.slack.kept import Said, Where
from bot.slack.mrkdwn import escape, shorten
from bot.slack.news import is_news, marks
from bot.slack.places import Papers
from bot.slack.port import NARROWER, RefusedError
from bot.slack.replies import Message, Office, Reply, log, say
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.ledger import Record
from kpi_tools.public import store_for

Told = tuple[Message, tuple[Where, ...]]  # a message, and what it rests on

COMMAND = re.compile(
    r"^(?:please\s+)?(?:my\s+)?(subscribe|unsubscribe|subscriptions)\b(?:\s+me\b)?(?:\s+(?:to|from)\b)?"
    r"\s*(.*?)(?:,?\s+please)?[.!?]*$",
    re.IGNORECASE,
)
ASKED_IN = ("direct", "command", "mention")  # kinds of question that may be about subscriptions
MARK = "packclerk_digest"  # the metadata by which a digest is known again
PROMISES = ("rectification", "plan_item", "decision")
MOST_LINES = 8
MOST_PROMISE = 260
MOST_NAME = 60  # characters of a measure's name
MOST_TEXT = 1800  # characters of each of its six parts: Slack takes 12,000 in all

SUBSCRIBED = "You will hear of {topic} in our direct messages when papers are indexed."
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
        found = COMMAND.match(" ".join(question.text.split())) if question.kind in ASKED_IN else None
        if found is None:
            return self._office.reply(question)
        verb, said = found[1].lower(), found[2].strip()
        return say(self._office.guarded(question, lambda seen_by: self._change(verb, said, question, seen_by)))

    def _change(self, verb: str, said: str, question: Question, seen_by: Audience) -> str:
        """Do what was said of subscriptions; what to say to that."""
        if seen_by.objection:
            return seen_by.objection
        user, kept, store = question.user, self._office.kept, store_for(self._settings, seen_by.cleared)
        if verb == "subscriptions" or not said:
            mine = named(kept.topics(user), store)
            return YOURS.format(topics=words.listed(mine)) if mine else NONE
        if verb == "unsubscribe":
            own = [said] if question.kind != "mention" else named([said], store)  # before others, what they may know
            ended = [topic for topic in (*own, *topics(said, store)) if kept.unsubscribe(user, topic)]
            return UNSUBSCRIBED.format(topic=words.listed(ended)) if ended else NOT_SUBSCRIBED.format(topic=said)
        found = topics(said, store)
        if not found:
            return words.NOT_FOUND
        for topic in found:
            kept.subscribe(user, topic)
        kept.tell(user, marks(store))
        return SUBSCRIBED.format(topic=words.listed(found))

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
                if refusal.passing:
                    return  # at the next look
        self._generation = generation

    def _tell(self, user: str) -> None:
        to = Question(user, "", "", user, "", "home")
        still = self._office.still(to, self._office.audience(to))
        seen, told, seen_by = self._office.guarded(to, lambda seen_by: (*self._new(user, seen_by), seen_by))
        try:
            if told:
                self._send(user, told, seen, seen_by.cleared, still)
        except RefusedError as refusal:
            if refusal.passing:
                raise
            log.warning("digest refused", extra={"about": {"user": user, "refused": refusal.code}})
        self._office.kept.tell(user, seen)

    def _new(self, user: str, seen_by: Audience) -> tuple[dict[str, str], Told | None]:
        """The papers that a user has not seen as they are now, and what is to be told of them."""
        if seen_by.objection:
            return {}, None
        store, kept = store_for(self._settings, seen_by.cleared), self._office.kept
        heard = kept.told(user)
        seen = {document: mark for document, mark in marks(store).items() if heard.get(document) != mark}
        news = [document for document, mark in seen.items() if is_news(mark, heard.get(document, ""))]
        followed = named(kept.topics(user), store)
        message = digest(store, followed, news) if news else None
        return seen, (message, _rests_on(store, followed, news)) if message else None

    def _send(self, user: str, told: Told, new: dict[str, str], cleared: bool, still: Callable[[], bool]) -> None:
        """Send a digest, unless it stands there already: nobody knows that after a crash, or on a broken line."""
        slack = self._office.slack
        channel = str(slack.call("conversations.open", users=user)["channel"]["id"])
        mark = {"papers": f"{crc32(repr(sorted(new.items())).encode()):08x}"}
        said = slack.call("conversations.history", channel=channel, limit=20, include_all_metadata=True)["messages"]
        known = [m.get("metadata") or {} for m in said if self._office.me.user == m.get("user") or m.get("bot_id")]
        if any(m.get("event_type") == MARK and m.get("event_payload") == mark for m in known):
            return
        about = {"event_type": MARK, "event_payload": mark}
        quiet = {"unfurl_links": False, "unfurl_media": False}
        if not still():  # Slack may have let us wait
            raise RefusedError(NARROWER)
        message, cited = told
        sent = slack.call("chat.postMessage", channel=channel, metadata=about, **quiet, **message)
        if not cleared:
            self._office.kept.stands(Said(channel, str(sent.get("ts") or ""), False, cited), user)


def _rests_on(store: CorrectedStore, followed: Sequence[str], documents: Sequence[str]) -> tuple[Where, ...]:
    """Where in these papers what a digest tells may stand."""
    rows: list[Any] = list(frame(store).itertuples(index=False))
    figures = [(r.document, r.page, r.item) for r in rows if any(about(topic, r) for topic in followed)]
    owners = _owners(rows)
    records = [(r.place.document, r.place.page, r.place.item) for r in store.records() if _names(r, followed, owners)]
    return tuple(place for place in (*figures, *records) if place[0] in documents)


def digest(store: CorrectedStore, followed: Sequence[str], documents: Sequence[str]) -> Message | None:
    """What these papers bring on these topics; None where they bring nothing."""
    rows: list[Any] = list(frame(store).itertuples(index=False))
    mine = [words.dated(r) for r in rows if any(about(topic, r) for topic in followed)]
    new = [r for r in mine if r.document in documents and r.value is not None]
    latest = {(r.key, r.entity): r for r in sorted(new, key=lambda r: r.end)}
    before = {(r.key, r.entity): r for r in sorted(mine, key=lambda r: r.end)
              if (n := latest.get((r.key, r.entity))) and r.end < n.end and r.value is not None}  # fmt: skip
    owners = _owners(rows)
    promised = [r for r in store.records() if r.place.document in documents and _names(r, followed, owners)]
    told = {r.document for r in new} | {r.place.document for r in promised}
    places = Papers(document for document in documents if document in told)
    parts = {
        "What changed": [_change(before[at], r, places) for at, r in latest.items()
                         if at in before and before[at].unit == r.unit and before[at].value != r.value],
        "What missed its target": [f"{_what(r)}, target {r.target_printed}{_at(r, places)}"
                                   for r in latest.values() if r.met is False],
        "What was restated": [f"{_what(r)}, before {r.earlier}{_at(r, places)}" for r in new if r.restated],
        "What was promised": list(_promises([r for r in promised if r.kind in PROMISES], places)),
        "Questions worth asking": list(_questions(list(latest.values()), promised, places))[:3],
    }  # fmt: skip
    if not any(list(parts.values())[:4]):
        return None
    blocks = [heading("New papers on what you follow"), context(shorten(places.list, MOST_TEXT))]
    for title, lines in parts.items():
        if lines:
            shown = [f"*{title}*", *(f"• {escape(line)}" for line in lines[:MOST_LINES])]
            more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
            blocks.append(section(shorten("\n".join(shown + more), MOST_TEXT)))
    return {"text": f"New papers on {escape(words.listed(list(followed)))}", "blocks": blocks}


def _questions(latest: Sequence[Any], promised: Sequence[Record], places: Papers) -> Iterator[str]:
    """Questions that the new papers raise, each with where it arises, the weightiest first."""
    missed_first = sorted(latest, key=lambda r: r.met is not False)
    yield from (_why(row) + _at(row, places) for row in missed_first[:2])
    for record in [r for r in promised if r.fields.get("ref")][:1]:
        yield f"What is the status of {record.fields['ref']}? · {places.at(record.place.document, record.place.page)}"
    yield from (_why(row) + _at(row, places) for row in missed_first[2:3])
    for row in missed_first[:1]:
        measure = f"{row.service} {row.code or row.name}"
        yield f"Which council was worst in {measure} {words.when(row.period)}?{_at(row, places)}"


def _why(row: Any) -> str:
    measure = f"{row.service} {row.code or row.name}".strip()
    if row.met is False:
        return f"Why did {row.entity}'s {measure} miss its target {words.when(row.period)}?"
    return f"How did {row.entity}'s {measure} trend up to {row.period}?"


def _owners(rows: Sequence[Any]) -> dict[str, str]:
    """The papers whose figures are all of one council, with that council: what else they hold is of it, too."""
    of: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        of[row.document].add(row.entity)
    return {document: next(iter(entities)) for document, entities in of.items() if len(entities) == 1}


def _names(record: Record, followed: Sequence[str], owners: Mapping[str, str]) -> bool:
    said = " ".join([*record.fields.values(), owners.get(record.place.document, "")])
    return any(re.search(rf"\b{re.escape(topic)}\b", said, re.IGNORECASE) for topic in followed)


def _measure(row: Any) -> str:
    """ "Havant Customer Services PI002 (% calls answered)"."""
    name = f"{row.code} ({shorten(row.name, MOST_NAME)})" if row.code and row.name else row.code or row.name
    return " ".join(filter(None, (row.entity, row.service, name)))


def _what(row: Any) -> str:
    return f"{_measure(row)}: {row.printed} {words.when(row.period)}"


def _at(row: Any, places: Papers) -> str:
    return f" · {places.at(row.document, row.page)}"


def _change(before: Any, now: Any, places: Papers) -> str:
    verb = "rose" if now.value > before.value else "fell"
    was, is_ = (f"{row.printed} {words.when(row.period)}" for row in (before, now))
    return f"{_measure(now)} {verb} from {was} to {is_}{_at(now, places)}"


def _promises(records: Sequence[Record], places: Papers) -> Iterator[str]:
    """A line for each plan, item or decision, with all of its milestones."""
    alike: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        alike[record.place.document, _told(record, ("ref", "area", "description", "text", "update"))].append(record)
    for (document, what), found in alike.items():
        steps = "; ".join(filter(None, dict.fromkeys(_told(record, ("milestone", "due")) for record in found)))
        said = shorten(f"{what}: {steps}" if steps else what, MOST_PROMISE)
        yield f"{said} · {places.at(document, *(record.place.page for record in found))}"


def _told(record: Record, keys: Sequence[str]) -> str:
    return ", ".join(record.fields[k] for k in keys if record.fields.get(k))
