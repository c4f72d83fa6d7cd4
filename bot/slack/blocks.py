"""An answer as a Slack message: Block Kit blocks, and the plain text for notifications and old clients.

Everything that a paper or a person wrote is escaped; nothing is ever a link. Slack's limits are kept by cutting, and
what is cut is said.
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from bot.answer import Answer, Citation, Given
from bot.slack.charts import block as block_of
from bot.slack.charts import chart
from bot.slack.mrkdwn import escape, shorten, split
from bot.slack.tabular import grid
from corpus.paper import page_named

Block = dict[str, Any]

# Characters, escaped. Slack takes 3,000 in a text, and about 12,000 in a message, of which a table may have 4,400.
MOST_SECTION = 2300
MOST_SECTIONS = 2
MOST_SOURCES = 1500
MOST_LIST = 600
MOST_SOURCE = 360
MOST_QUOTE = 160
MOST_QUOTE_OF_MANY = 80
FEW = 3  # sources that are quoted at length
MOST_TEXT = 3500
NOTHING = "–"  # Slack takes no empty text

CUT = "The answer is longer than fits here: {left:,} more characters are left out. Ask for less at a time."
MORE = "and {left} more"
CAPTION = "Figures as the papers print them"
MOST_BUTTON = 75
MOST_READINGS = 5
MARKS = "✓ meets its target  ✗ misses it"


def message(answer: Answer, kept: str = "", rich: bool = False, alone: bool = False) -> dict[str, Any]:
    """`text` and `blocks` of an answer: what is said, its figures, what was assumed, where it stands, what to ask.

    `rich`: with Slack's newest blocks, a chart and a table to sort. `kept` is the answer's id for its buttons, "" for
    none; `alone`: its asker alone sees it, and may share it.
    """
    drawn = chart(answer.figures) if rich else None
    blocks = [*_said(answer.answer), *filter(None, [block_of(drawn) if drawn else None])]
    if len(answer.figures) > 2:
        blocks += _table(answer.figures, rich)
    if answer.assumptions:
        blocks.append(context(_lines("*Notes*", (f"• {escape(a)}" for a in answer.assumptions), MOST_LIST)))
    if answer.citations:
        blocks.append(context(_lines("*Sources*", _sources(answer.citations), MOST_SOURCES)))
    if answer.suggestions:
        head, block = ("*Which is meant?*", section) if answer.status == "clarify" else ("*You could ask*", context)
        told = () if kept and _on_buttons(answer) else answer.suggestions
        blocks.append(block(_lines(head, (f"• {escape(s)}" for s in told), MOST_LIST)))
    if kept:
        blocks += _buttons(answer, kept, alone)
    return {"text": _plain(answer), "blocks": blocks}


def versions(answer: Answer, kept: str = "", alone: bool = False) -> tuple[dict[str, Any], ...]:
    """The message in Slack's newest blocks, in those that every Slack knows, and as text: what to try in turn."""
    plain = message(answer, kept, alone=alone)
    return message(answer, kept, True, alone), plain, {"text": plain["text"]}


def _buttons(answer: Answer, kept: str, alone: bool) -> list[Block]:
    """What can be had besides: values are ids that tell nothing."""
    wanted = [
        *([("source", "Show the source")] if answer.citations else []),
        *([("chart", "Chart")] if chart(answer.figures) else []),
        *([("csv", "As CSV")] if answer.figures else []),
        *([("readings", "Other readings")] if answer.assumptions and answer.status == "answered" else []),
        *([("share", "Share in channel")] if alone and answer.status == "answered" else []),
    ]
    readings = answer.suggestions[:MOST_READINGS] if answer.status == "clarify" else ()
    wanted = [(f"reading-{n}", reading) for n, reading in enumerate(_apart(readings))] + wanted
    rows = [button(action, said, kept) for action, said in wanted]
    return [*([{"type": "actions", "elements": rows}] if rows else []), _feedback(kept)]


def _apart(readings: Sequence[str]) -> Sequence[str]:
    """What buttons say of readings: where some do not fit, without the words with which all begin."""
    if len(readings) < 2 or all(len(escape(reading)) <= MOST_BUTTON for reading in readings):
        return readings
    told = [reading.split() for reading in readings]
    shared = sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*told, strict=False)))
    return [" ".join(["…", *each[shared:]]) for each in told] if shared else readings


def _on_buttons(answer: Answer) -> bool:
    """Whether each reading that is offered stands on a button in full."""
    whole = all(len(escape(said)) <= MOST_BUTTON for said in answer.suggestions)
    return answer.status == "clarify" and whole and len(answer.suggestions) <= MOST_READINGS


def button(action: str, said: str, value: str) -> Block:
    """A button; `said` is cut to what fits on one."""
    cut = said if len(said) <= MOST_BUTTON else said[: MOST_BUTTON - 1] + "…"
    text = {"type": "plain_text", "text": escape(cut) if len(escape(cut)) <= MOST_BUTTON else escape(cut[:40])}
    return {"type": "button", "action_id": action, "text": text, "value": value}


def _feedback(kept: str) -> Block:
    good, bad = (
        {"text": {"type": "plain_text", "text": said}, "accessibility_label": why, "value": f"{kept}.{value}"}
        for said, why, value in (("Good", "A good answer", "good"), ("Bad", "A bad answer", "bad"))
    )
    both = {"type": "feedback_buttons", "action_id": "feedback", "positive_button": good, "negative_button": bad}
    return {"type": "context_actions", "elements": [both]}


def sentence(text: str) -> dict[str, Any]:
    """`text` and `blocks` of something that we say ourselves."""
    return {"text": shorten(escape(text), MOST_TEXT), "blocks": [section(shorten(escape(text), MOST_SECTION))]}


def report(text: str) -> dict[str, Any]:
    """`text` and `blocks` of lines that we say ourselves, of which some head those that are set in below them."""
    said = _outlined(text)
    return {"text": shorten(said, MOST_TEXT), "blocks": [section(shorten(said, MOST_SECTION))]}


def _outlined(text: str) -> str:
    """Lines, escaped, those that are set in as a list: of spaces at a line's beginning Slack shows nothing."""
    told, below = [], False
    for line in reversed(text.splitlines()):
        said, inset = escape(line.strip()), line.startswith(" ")
        told.append(f"• {said}" if inset else f"*{said}*" if below else said)
        below = inset
    return "\n".join(reversed(told))


def after(text: str, message: dict[str, Any]) -> dict[str, Any]:
    """`message` with something that we say ourselves before it."""
    said = shorten(_outlined(text), MOST_SECTION)
    blocks = {"blocks": [section(said), *message["blocks"]]} if "blocks" in message else {}
    return {"text": shorten(f"{said}\n{message['text']}", MOST_TEXT)} | blocks


def source(citation: Citation, most: int = MOST_QUOTE) -> str:
    """ "paper.pdf · *Page 12* (PDF page 14) · item 8: “quote”", escaped."""
    named, beside = page_named(citation.label, citation.page)
    where = [escape(citation.document), f"*{escape(named)}*{f' ({beside})' if beside else ''}"]
    if citation.item:
        where.append(f"item {escape(citation.item)}")
    quote = shorten(escape(" ".join(citation.quote.split())), most)
    return shorten(" · ".join(where) + (f": “{quote}”" if quote else ""), MOST_SOURCE)


def _sources(citations: Sequence[Citation]) -> Iterable[str]:
    """One line a place: cells of one row read the same here. Many are quoted briefly."""
    lines = dict.fromkeys(source(c) for c in citations)
    if len(lines) > FEW:
        lines = dict.fromkeys(source(c, MOST_QUOTE_OF_MANY) for c in citations)
    return (f"{number}. {line}" for number, line in enumerate(lines, 1))


def _said(text: str) -> list[Block]:
    """The words of the answer in one section or two, with a line on what is left out."""
    blocks, rest = [], escape(text.strip())
    for _ in range(MOST_SECTIONS):
        head, rest = split(rest, MOST_SECTION)
        blocks.append(section(head))
        if not rest:
            return blocks
    return [*blocks, context(CUT.format(left=len(rest)))]


def _table(figures: Sequence[Given], rich: bool) -> list[Block]:
    """The figures as a table, and under it what its marks mean and what did not fit."""
    found = grid(figures)
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in found.rows]
    settings = [{"align": "left" if column < found.labels else "right"} for column in range(len(cells[0]))]
    notes = [MARKS] if any(g.met is not None for g in figures) else []
    if found.left_out:
        notes.append(escape(found.left_out))
    table: Block = {"type": "table", "rows": cells, "column_settings": settings}
    if rich:
        table = {"type": "data_table", "caption": CAPTION, "rows": cells, "page_size": len(cells) - 1}
    return [table, context("\n".join(notes))] if notes else [table]


def _lines(head: str, lines: Iterable[str], most: int) -> str:
    """A heading and as many lines as fit under it in `most` characters, then how many do not."""
    shown, left = [head], list(lines)
    while left and sum(map(len, shown)) + len(shown) + len(shorten(left[0], most // 2)) <= most:
        shown.append(shorten(left.pop(0), most // 2))
    return "\n".join([*shown, *([MORE.format(left=len(left))] if left else [])])


def _plain(answer: Answer) -> str:
    """The answer, its figures and its sources without blocks, within what Slack takes as text."""
    said = shorten(escape(answer.answer.strip()), MOST_TEXT) or NOTHING
    rows = grid(answer.figures).rows if len(answer.figures) > 2 else ()
    offered = [f"• {escape(one)}" for one in answer.suggestions if answer.status == "clarify"]
    for line in (*offered, *(escape(f"{row[0]}: {', '.join(row[1:])}") for row in rows), *_sources(answer.citations)):
        if len(said) + len(line) + 1 > MOST_TEXT:
            break
        said += f"\n{line}"
    return said


def section(text: str) -> Block:
    """Escaped text as a block."""
    return {"type": "section", "text": _mrkdwn(text), "expand": True}


def heading(text: str) -> Block:
    """A heading of our own, of up to 150 characters."""
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def context(text: str) -> Block:
    """Escaped text as a block in small print."""
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _mrkdwn(text: str) -> Block:
    # verbatim: an address in a paper does not become a link, nor "#minutes" a channel
    return {"type": "mrkdwn", "text": text or NOTHING, "verbatim": True}
