"""The app's own tab: the latest figures against targets, what is open and overdue, the papers; and first prompts.

It is drawn anew for each who opens it, from what that person may see.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from bot.answers import Answer
from bot.audience import Audience
from bot.blocks import Block, context, heading, section
from bot.inbox import Question
from bot.mrkdwn import escape, shorten
from bot.replies import NOTHING, Office, Reply
from corpus.settings import Settings
from kpi_tools.corrections import CorrectedStore
from kpi_tools.frames import frame
from kpi_tools.public import store_for
from kpi_tools.store import Paper

PROMPTS = (
    ("Missed targets", "Which measures missed their target?"),
    ("Overdue plan items", "Which plan items are overdue?"),
    ("Open rectification plans", "Which rectification plans are open?"),
    ("What is new", "What was decided at the last meeting?"),
)
ASKED = PROMPTS[1:3]  # what the engine is asked for the board
MOST_SERVICES, MOST_LINES, MOST_PAPERS = 12, 12, 10
MOST_TEXT = 2500
EMPTY = "No papers are indexed yet."


class Home:
    """Draws the home tab, and sets the prompts of the messages tab."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings

    def reply(self, opened: Question) -> Reply:
        """`opened.text` is the tab, and a thread that was begun in it. What is drawn goes to Slack at once."""
        tab, _, thread = opened.text.partition(" ")
        if tab == "messages":
            prompts = [{"title": title, "message": message} for title, message in PROMPTS]
            place = {"channel_id": opened.channel} | ({"thread_ts": thread} if thread else {})
            self._office.slack.call("assistant.threads.setSuggestedPrompts", **place, prompts=prompts)
        else:
            drawn = self._office.guarded(opened, self._view)
            self._office.slack.call("views.publish", user_id=opened.user, view=drawn)
        return NOTHING

    def _view(self, seen_by: Audience) -> dict[str, Any]:
        if seen_by.objection:
            return {"type": "home", "blocks": [section(escape(seen_by.objection))]}

        def ask(question: str) -> str:
            answer = self._office.ask(question, date.today(), "", seen_by.cleared)
            return answer.answer if isinstance(answer, Answer) else answer

        return view(store_for(self._settings, seen_by.cleared), ask)


def view(store: CorrectedStore, ask: Callable[[str], str]) -> dict[str, Any]:
    """The home tab over a store; `ask` gives the words of an answer out of it."""
    return {"type": "home", "blocks": list(_blocks(store, ask))}


def _blocks(store: CorrectedStore, ask: Callable[[str], str]) -> Iterator[Block]:
    papers = store.papers()
    yield heading("Latest figures against their targets")
    services = list(board(frame(store)))
    for service, lines in services[:MOST_SERVICES]:
        told = [f"*{escape(service or 'Figures')}*", *lines[:MOST_LINES]]
        more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
        yield section(shorten("\n".join(told + more), MOST_TEXT))
    if not services:
        yield section(EMPTY if not papers else "The papers hold no figure to a target.")
    for title, question in ASKED:
        yield heading(title)
        yield section(shorten(escape(ask(question)), MOST_TEXT))
    yield heading("Papers")
    yield context(_papers(papers))


def board(rows: Any) -> Iterator[tuple[str, list[str]]]:
    """Each service with a line for each measure and council that has a target: its latest figure; misses first."""
    latest: dict[tuple[str, str], Any] = {}
    for row in rows.itertuples(index=False):
        known = latest.get((row.key, row.entity))
        if row.value is not None and row.met is not None and (known is None or row.end >= known.end):
            latest[row.key, row.entity] = row
    services: dict[str, list[Any]] = defaultdict(list)
    for row in latest.values():
        services[row.service].append(row)
    for service, found in services.items():
        yield service, [_line(row) for row in sorted(found, key=lambda row: (bool(row.met), row.code, row.entity))]


def _line(row: Any) -> str:
    mark = "✓" if row.met else "✗"
    what = escape(f"{row.code or row.name} {row.entity}: {row.printed} ({row.period})")
    return f"{mark} {what}, target {escape(str(row.target_printed))} · {escape(row.document)} p. {row.page}"


def _papers(papers: Sequence[Paper]) -> str:
    """The papers that were read last, the newest first."""
    newest = sorted(papers, key=lambda paper: paper.indexed_at, reverse=True)
    lines = [f"• {escape(p.title or p.document)}, {p.date or 'no date'} (read {p.indexed_at[:10]})" for p in newest]
    more = [f"and {len(lines) - MOST_PAPERS} more"] if len(lines) > MOST_PAPERS else []
    return shorten("\n".join(lines[:MOST_PAPERS] + more), MOST_TEXT) or EMPTY
