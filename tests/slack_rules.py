"""What Slack accepts as a message: the limits and fields that its documentation gives for what we send, and no more."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Block = dict[str, Any]

MESSAGE = {"channel", "text", "blocks", "thread_ts", "metadata", "unfurl_links", "unfurl_media"} | {
    "response_type", "replace_original"}  # fmt: skip
MOST_BLOCKS = 50
MOST_TEXT = 4000
MOST_ALL_TEXT = 12000
ESCAPED = re.compile(r"&(?!amp;|lt;|gt;)|[<>]")  # what must not stand in text, as we send no link and no mention


class BlocksError(Exception):
    """Slack would refuse the message; says where and why."""


def check_message(message: dict[str, Any]) -> None:
    """Raise BlocksError unless Slack would take `message` and it says nothing unescaped."""
    text = message.get("text")
    _demand(isinstance(text, str) and bool(text.strip()), "text: missing, so there is no notification")
    _escaped(str(text), MOST_TEXT, "text")
    _demand(message.get("unfurl_links") is False and message.get("unfurl_media") is False, "unfurling is not off")
    _demand(not set(message) & {"link_names", "parse", "mrkdwn"}, "link_names, parse or mrkdwn is set")
    _demand(set(message) <= MESSAGE, f"unknown fields {sorted(set(message) - MESSAGE)}")
    mark = message.get("metadata")
    _demand(mark is None or set(mark) == {"event_type", "event_payload"}, "metadata: invalid_metadata_format")
    blocks = message.get("blocks")
    if blocks is None:
        return
    _demand(isinstance(blocks, list) and 0 < len(blocks) <= MOST_BLOCKS, "blocks: not 1 to 50")
    for number, block in enumerate(blocks):
        at = f"blocks[{number}]"
        _demand(block.get("type") in RULES, f"{at}: type {block.get('type')!r} is unknown")
        RULES[block["type"]](block, at)
    _demand(sum(map(len, _texts(blocks))) <= MOST_ALL_TEXT, "blocks: msg_blocks_too_long")
    _demand(sum(b["type"] in ("table", "data_table") for b in blocks) <= 1, "blocks: only_one_table_allowed")
    _demand(sum(b["type"] == "data_visualization" for b in blocks) <= 2, "blocks: more than two charts")
    ids = [e["action_id"] for b in blocks for e in b.get("elements", []) if "action_id" in e]
    _demand(len(set(ids)) == len(ids), "blocks: an action id twice")


def check_home(view: dict[str, Any]) -> None:
    """Raise BlocksError unless Slack would take `view` as a home tab."""
    _fields(view, {"type", "blocks"}, "view")
    _demand(view["type"] == "home" and 0 < len(view["blocks"]) <= 100, "view: no home of 1 to 100 blocks")
    for number, block in enumerate(view["blocks"]):
        _demand(block.get("type") in RULES, f"blocks[{number}]: type {block.get('type')!r} is unknown")
        RULES[block["type"]](block, f"blocks[{number}]")


def check_status(status: dict[str, Any]) -> None:
    """Raise BlocksError unless Slack would take it as the status of a thread."""
    _fields(status, {"channel_id", "thread_ts", "status", "loading_messages"}, "status")
    _demand(bool(status["channel_id"] and status["thread_ts"]), "status: no thread")
    _escaped(status["status"], 150, "status")


def check_prompts(given: dict[str, Any]) -> None:
    """Raise BlocksError unless Slack would take these as prompts."""
    _fields(given, {"channel_id", "thread_ts", "title", "prompts"}, "prompts")
    _demand(1 <= len(given["prompts"]) <= 4, "prompts: not 1 to 4")
    for prompt in given["prompts"]:
        _demand(set(prompt) == {"title", "message"} and all(prompt.values()), "prompts: title and message")


def check_file(file: dict[str, Any]) -> None:
    """Raise BlocksError unless Slack would take a file so; a picture must be told in words for who cannot see it."""
    name, alt = file["filename"], file.get("alt_txt") or ""
    _demand(int(file["length"]) > 0 and 0 < len(name) <= 255 and "/" not in name, "file: empty, or without a name")
    _demand(len(alt) <= 1000, "file: alt text of more than 1000 characters")
    _demand(bool(alt) or not name.endswith(".png"), "file: a picture without alt text")


def _section(block: Block, at: str) -> None:
    _fields(block, {"type", "text", "fields", "block_id", "expand"}, at)
    _demand("text" in block or "fields" in block, f"{at}: neither text nor fields")
    if "text" in block:
        _text(block["text"], 3000, f"{at}.text")
    fields = block.get("fields", [])
    _demand(len(fields) <= 10, f"{at}.fields: more than 10")
    for field in fields:
        _text(field, 2000, f"{at}.fields")


def _context(block: Block, at: str) -> None:
    _fields(block, {"type", "elements", "block_id"}, at)
    _demand(0 < len(block.get("elements", [])) <= 10, f"{at}.elements: not 1 to 10")
    for element in block["elements"]:
        _text(element, 3000, f"{at}.elements")


def _header(block: Block, at: str) -> None:
    _fields(block, {"type", "text", "block_id"}, at)
    _demand(block["text"]["type"] == "plain_text", f"{at}: a header is plain_text")
    _text(block["text"], 150, at)


def _divider(block: Block, at: str) -> None:
    _fields(block, {"type", "block_id"}, at)


def _table(block: Block, at: str) -> None:
    _fields(block, {"type", "rows", "column_settings", "block_id"}, at)
    rows, settings = block.get("rows", []), block.get("column_settings", [])
    _demand(0 < len(rows) <= 100, f"{at}.rows: not 1 to 100")
    _demand(len({len(row) for row in rows}) == 1 and 0 < len(rows[0]) <= 20, f"{at}.rows: not 1 to 20 cells, all alike")
    for cell in (cell for row in rows for cell in row):
        _fields(cell, {"type", "text"}, f"{at}.rows")
        _demand(cell["type"] == "raw_text" and bool(cell.get("text")), f"{at}.rows: a cell without text")
    _demand(len(settings) <= len(rows[0]), f"{at}.column_settings: more than there are columns")
    for setting in settings:
        _fields(setting, {"align", "is_wrapped"}, f"{at}.column_settings")
        _demand(setting.get("align", "left") in ("left", "center", "right"), f"{at}.column_settings: align")


def _data_table(block: Block, at: str) -> None:
    _fields(block, {"type", "caption", "rows", "page_size", "row_header_column_index", "block_id"}, at)
    rows = block["rows"]
    _demand(bool(block.get("caption")), f"{at}: no caption")
    _demand(2 <= len(rows) <= 101 and len({len(row) for row in rows}) == 1, f"{at}.rows: not 2 to 101, all alike")
    _demand(1 <= len(rows[0]) <= 20 and 1 <= block.get("page_size", 5) <= 100, f"{at}: columns or page_size")
    for cell in (cell for row in rows for cell in row):
        _demand(cell["type"] == "raw_text" and set(cell) == {"type", "text"} and bool(cell["text"]), f"{at}: cell")
    _demand(sum(len(cell["text"]) for row in rows for cell in row) <= 10000, f"{at}: more than 10,000 characters")


def _visualization(block: Block, at: str) -> None:
    _fields(block, {"type", "title", "chart", "block_id"}, at)
    _demand(0 < len(block["title"]) <= 50, f"{at}.title: not 1 to 50 characters")
    chart = block["chart"]
    _fields(chart, {"type", "series", "axis_config"}, f"{at}.chart")
    _fields(chart["axis_config"], {"categories", "x_label", "y_label"}, f"{at}.axis_config")
    _demand(chart["type"] in ("line", "bar", "area"), f"{at}.chart: type")
    _demand(all(len(chart["axis_config"].get(axis, "-")) <= 50 for axis in ("x_label", "y_label")), f"{at}: axis label")
    labels, names = chart["axis_config"]["categories"], [series["name"] for series in chart["series"]]
    _demand(1 <= len(labels) <= 20 and len(set(labels)) == len(labels), f"{at}: categories")
    _demand(1 <= len(names) <= 6 and len(set(names)) == len(names), f"{at}: series")
    _demand(all(0 < len(text) <= 20 for text in (*labels, *names)), f"{at}: a label not of 1 to 20 characters")
    for series in chart["series"]:
        _demand([point["label"] for point in series["data"]] == labels, f"{at}: labels are not the categories")
        _demand(all(type(point["value"]) in (int, float) for point in series["data"]), f"{at}: a value is no number")


def _actions(block: Block, at: str) -> None:
    _fields(block, {"type", "elements", "block_id"}, at)
    _demand(1 <= len(block["elements"]) <= 25, f"{at}.elements: not 1 to 25")
    ids = [element["action_id"] for element in block["elements"]]
    _demand(len(set(ids)) == len(ids) and all(0 < len(one) <= 255 for one in ids), f"{at}: action ids")
    for element in block["elements"]:
        _fields(element, {"type", "action_id", "text", "value", "style"}, at)
        _demand(element["type"] == "button" and element["text"]["type"] == "plain_text", f"{at}: no button")
        _text(element["text"], 75, at)
        _demand(re.fullmatch(r"[\w.-]{1,60}", element["value"]) is not None, f"{at}: a value that is no opaque id")


def _context_actions(block: Block, at: str) -> None:
    _fields(block, {"type", "elements", "block_id"}, at)
    _demand(1 <= len(block["elements"]) <= 5, f"{at}.elements: not 1 to 5")
    for element in block["elements"]:
        _fields(element, {"type", "action_id", "positive_button", "negative_button"}, at)
        for which in ("positive_button", "negative_button"):
            _fields(element[which], {"text", "value", "accessibility_label"}, at)
            _text(element[which]["text"], 75, at)
            _demand(0 < len(element[which]["value"]) <= 2000, f"{at}: value")
            _demand(len(element[which].get("accessibility_label", "")) <= 75, f"{at}: accessibility_label")


RULES: dict[str, Callable[[Block, str], None]] = {
    "section": _section,
    "context": _context,
    "header": _header,
    "divider": _divider,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _visualization,
    "actions": _actions,
    "context_actions": _context_actions,
}


def _text(found: dict[str, Any], most: int, at: str) -> None:
    known = {"mrkdwn": {"type", "text", "verbatim"}, "plain_text": {"type", "text", "emoji"}}
    _demand(found.get("type") in known, f"{at}: type {found.get('type')!r}")
    _fields(found, known[found["type"]], at)
    _demand(isinstance(found.get("text"), str) and bool(found["text"]), f"{at}: empty")
    _escaped(found["text"], most, at)


def _escaped(text: str, most: int, at: str) -> None:
    _demand(len(text) <= most, f"{at}: {len(text)} characters, more than {most}")
    wrong = ESCAPED.search(text)
    _demand(wrong is None, f"{at}: unescaped {wrong.group() if wrong else ''!r}")


def _fields(found: dict[str, Any], known: set[str], at: str) -> None:
    _demand(not set(found) - known, f"{at}: unknown fields {sorted(set(found) - known)}")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise BlocksError(otherwise)


def _texts(found: Any) -> Iterator[str]:
    """Every text in a tree of blocks."""
    if isinstance(found, dict):
        if isinstance(found.get("text"), str):
            yield found["text"]
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            yield from _texts(part)
