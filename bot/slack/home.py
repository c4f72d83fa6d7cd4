"""The app's own tab: the latest figures against targets, what is open and overdue, the papers; and first prompts.

It is drawn anew for each who opens it, from what that person may see; and, as Slack shows an old one until then, soon
after somebody's clearance ended or the papers changed.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from zlib import crc32

from bot import words
from bot.answer import Answer
from bot.slack.audience import Audience, cleared_users
from bot.slack.blocks import MARKS, Block, context, heading, section
from bot.slack.inbox import Question
from bot.slack.mrkdwn import escape, shorten
from bot.slack.places import Papers
from bot.slack.port import RefusedError
from bot.slack.replies import NOTHING, Office, Reply, log
from corpus.settings import Settings
from kpi_tools.corrected import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.public import store_for
from kpi_tools.saved import Paper

PROMPTS = (
    ("Missed targets", "Which measures missed their target?"),
    ("Overdue plan items", "Which plan items are overdue?"),
    ("Open rectification plans", "Which rectification plans are open?"),
    ("What is new", "What was decided at the last meeting?"),
)
ASKED = PROMPTS[1:3]  # what the engine is asked for the board
MOST_SERVICES, MOST_LINES, MOST_PAPERS = 12, 12, 10
MOST_TEXT = 2500
MOST_NAME = 50  # characters of a measure's code and name
EMPTY = "No papers are indexed yet."
MINUTE = 60.0  # seconds between two looks at whether home tabs still show what they may


class Home:
    """Draws the home tab, and sets the prompts of the messages tab."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings
        self._looked, self._generation = 0.0, -1

    def reply(self, opened: Question) -> Reply:
        """`opened.text` is the tab, and a thread that was begun in it. What is drawn goes to Slack at once."""
        tab, _, thread = opened.text.partition(" ")
        if tab == "messages":
            prompts = [{"title": title, "message": message} for title, message in PROMPTS]
            place = {"channel_id": opened.channel} | ({"thread_ts": thread} if thread else {})
            self._office.slack.call("assistant.threads.setSuggestedPrompts", **place, prompts=prompts)
        else:
            self._show(opened.user, self._view, "")
        return NOTHING

    def refresh(self) -> None:
        """Draw the tabs again of those whose clearance ended, and all if the papers changed."""
        homes = self._office.kept.homes()
        if not homes or time.monotonic() - self._looked < MINUTE:
            return
        self._looked, generation = time.monotonic(), store_for(self._settings, cleared=True).generation()
        allowed = cleared_users(self._office.slack, self._office.clearance)
        drawn: dict[Audience, dict[str, Any]] = {}  # the same for all who may see the same

        def once(seen_by: Audience) -> dict[str, Any]:
            return drawn.get(seen_by) or drawn.setdefault(seen_by, self._view(seen_by))

        for user, (cleared, mark) in homes.items():
            if generation != self._generation or (cleared and user not in allowed):
                try:
                    self._show(user, once, mark)
                except RefusedError as refusal:
                    log.warning("home refused", extra={"about": {"user": user, "refused": refusal.code}})
                    if refusal.passing:
                        return  # at the next look
                    self._office.kept.forget_home(user)
        self._generation = generation

    def _show(self, user: str, draw: Callable[[Audience], dict[str, Any]], there: str) -> None:
        """Draw a user's tab, and show it unless that is what is `there`."""
        to = Question(user, "", "", user, "home", "home")
        cleared, drawn = self._office.guarded(to, lambda seen_by: (seen_by.cleared, draw(seen_by)))
        mark = f"{crc32(json.dumps(drawn).encode()):08x}"
        if mark != there:
            self._office.slack.call("views.publish", user_id=user, view=drawn)
        self._office.kept.shown(user, cleared, mark)

    def _view(self, seen_by: Audience) -> dict[str, Any]:
        if seen_by.objection:
            return {"type": "home", "blocks": [section(escape(seen_by.objection))]}

        def ask(question: str) -> str:
            answer = self._office.ask(question, date.today(), "", seen_by.cleared)
            if not isinstance(answer, Answer):
                return answer
            return answer.answer if answer.status == "answered" else ""

        return view(store_for(self._settings, seen_by.cleared), ask)


def view(store: CorrectedStore, ask: Callable[[str], str]) -> dict[str, Any]:
    """The home tab over a store; `ask` gives the words of an answer out of it, "" where the papers do not say."""
    return {"type": "home", "blocks": list(_blocks(store, ask))}


def _blocks(store: CorrectedStore, ask: Callable[[str], str]) -> Iterator[Block]:
    papers = store.papers()
    yield heading("Latest figures against their targets")
    latest = _latest(frame(store))
    places = Papers(row.document for row in latest)
    services = list(board(latest, places))
    for service, lines in services[:MOST_SERVICES]:
        told = [f"*{escape(service or 'Figures')}*", *lines[:MOST_LINES]]
        more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
        yield section(shorten("\n".join(told + more), MOST_TEXT))
    if services:
        yield context(shorten(f"{MARKS}\n{places.list}", MOST_TEXT))
    else:
        yield section(EMPTY if not papers else "The papers hold no figure to a target.")
    for title, question in ASKED:
        if said := ask(question):
            yield heading(title)
            yield section(shorten(escape(said), MOST_TEXT))
    yield heading("Papers")
    yield context(_papers(papers))


def _latest(rows: Any) -> list[Any]:
    """Of each measure and council that has a target, the row of the latest figure that can be judged."""
    latest: dict[tuple[str, str], Any] = {}
    for row in rows.itertuples(index=False):
        known = latest.get((row.key, row.entity))
        if row.value is not None and row.met is not None and (known is None or row.end >= known.end):
            latest[row.key, row.entity] = row
    return [words.dated(row) for row in latest.values()]


def board(latest: Sequence[Any], places: Papers) -> Iterator[tuple[str, list[str]]]:
    """Each service with a line for each measure, period and target: its councils' latest figures. Misses, and the
    services that have them, come first."""
    services: dict[str, dict[tuple[Any, ...], list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(latest, key=lambda row: (bool(row.met), row.code, row.name, row.entity)):
        of = (bool(row.met), row.key, row.period, str(row.target_printed), row.document)
        services[row.service][of].append(row)
    for service, lines in sorted(services.items(), key=lambda each: (all(met for met, *_ in each[1]), each[0])):
        yield service, [_line(alike, places) for alike in lines.values()]


def _line(alike: Sequence[Any], places: Papers) -> str:
    """ "✗ PI004 Calls answered, Feb-22, target 80%: Hart 71.32%, Havant 74.94% · p. 5"."""
    first = alike[0]
    figures = ", ".join(f"{row.entity} {row.printed}" for row in alike)
    named = " ".join(filter(None, (first.code, first.name)))
    what = f"{shorten(named, MOST_NAME)}, {first.period}, target {first.target_printed}: {figures}"
    return f"{'✓' if first.met else '✗'} {escape(what)} · {places.at(first.document, *(row.page for row in alike))}"


def _papers(papers: Sequence[Paper]) -> str:
    """The papers that were read last, or are of the latest days, the newest first."""
    newest = sorted(papers, key=lambda paper: (paper.indexed_at, paper.date or date.min), reverse=True)
    read = {p.document: f" (read {p.indexed_at[:10]})" if p.indexed_at else "" for p in newest}
    lines = [f"• {escape(words.titled(p.title or p.document, p.date))}{read[p.document]}" for p in newest]
    more = [f"and {len(lines) - MOST_PAPERS} more"] if len(lines) > MOST_PAPERS else []
    return shorten("\n".join(lines[:MOST_PAPERS] + more), MOST_TEXT) or EMPTY
