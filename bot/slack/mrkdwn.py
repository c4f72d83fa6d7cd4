"""Text for Slack and from Slack: escaping, cutting, and reading what a person typed."""

import re

ELLIPSIS = " …"
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_JOINER = "\u2060"  # no width, no word's end: after it Slack takes a mark for an ordinary character
_MARK = re.compile(r"(?:(?<!\w)(?=[*_~`]))|(?:^(?=\s*&gt;))", re.MULTILINE)
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_LABELLED = re.compile(r"<[^<>|]*\|([^<>]*)>")
_BARE = re.compile(r"<(?:mailto:|tel:)?([^<>|]*)>")
_CALL = re.compile(r"<[#!][^<>|]*>")  # a channel, a group or all who are here, without a name that could be read
_EMOJI = re.compile(r":[a-z_+-][a-z0-9_+'-]*:(?::skin-tone-[2-6]:)?")
_STYLE = re.compile(r"(?<!\w)([*_~`]{1,3})(?=\S)([^*_~`\n]+?)(?<=\S)\1(?!\w)")  # *bold*, _italic_, ~struck~, `code`
_QUOTED = re.compile(r"^\s*(?:&gt;)+(?!\s*[\d£])\s?", re.MULTILINE)  # "> 80%" is no quotation
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")


def escape(text: str) -> str:
    """`text` so that Slack shows it as it is: no mention, no link, no *bold*, no quotation out of "> 80%"."""
    for raw, safe in _ESCAPES:
        text = text.replace(raw, safe)
    return _MARK.sub(_JOINER, text)


def unescape(text: str) -> str:
    """What `escape` and Slack itself escaped, as a person typed it."""
    for raw, safe in reversed(_ESCAPES):
        text = text.replace(safe, raw)
    return text


def split(text: str, most: int) -> tuple[str, str]:
    """Escaped `text` in two: a head of at most `most` characters, ended at a line or a word, and the rest."""
    if len(text) <= most:
        return text, ""
    at = max(text.rfind("\n", most // 2, most), -1)
    if at < 0:
        at = text.rfind(" ", most // 2, most)
    if at < 0:
        entity = text.rfind("&", most - 5, most)
        at = entity if entity >= 0 and ";" not in text[entity:most] else most
    return text[:at].rstrip(), text[at:].lstrip()


def shorten(text: str, most: int) -> str:
    """Escaped `text` of at most `most` characters, its end cut off with an ellipsis where it is longer."""
    head, rest = split(text, most)
    return head if not rest else split(text, most - len(ELLIPSIS))[0] + ELLIPSIS


def mentioned(text: str) -> frozenset[str]:
    """The ids of the users that a message mentions."""
    return frozenset(_MENTION.findall(text))


def typed(text: str, me: str) -> str:
    """A message as its writer sees it: without mentions, emoji and styles, links and channels by their names, on one
    line."""
    text = re.sub(rf"<@{re.escape(me)}(?:\|[^>]*)?>", " ", text)
    text = _CALL.sub(" ", _LABELLED.sub(r"\1", _MENTION.sub(" ", text)))
    text = _EMOJI.sub(" ", _QUOTED.sub("", _BARE.sub(r"\1", text)))
    return " ".join(unescape(_STYLE.sub(r"\2", _STYLE.sub(r"\2", text.translate(_UNSEEN)))).split())
