"""Items of plans in a line each: what, by when, how it stands, and the newest of its notes."""

import re
from collections.abc import Sequence
from itertools import groupby

from bot.answers.builder import Builder
from bot.question.terms import terms
from kpi_tools import promises
from kpi_tools.ledger import Record

MOST_TEXT = 30  # words of a description or a milestone
MOST_NAME = 12  # words of a description, a milestone and how it stands, where many are told together
MOST_STATE = 4
MOST_NOTE = 70  # words of a note
# What a question may ask of an item beside how it stands, with the words before it.
BESIDE = {"lead": "led by", "councils": "for", "driver": "driver:", "links": "linked to"}


def item(record: Record, asked: Sequence[str] = (), short: bool = False) -> str:
    """A plan's item in one line: what, when, how it stands, the newest note where it is not to be `short`."""
    f = record.fields
    what = " ".join(p for p in (f["ref"], cut(f["description"])) if p)
    parts = [f"{what}: {cut(f['milestone'])}" if f["milestone"] else what]
    parts += [f"due {f['due']}"] if f["due"] else []
    parts += [f"{said} {f[name]}" for name, said in BESIDE.items() if f[name] and name in asked]
    parts += [f["status"].lower() if is_state(record) else cut(f["status"])] if f["status"] else []
    parts += [f"rated {f['rag']}"] if f["rag"] and f["rag"] != f["status"].lower() else []
    told = promises.notes(record)
    newest = [n.text for n in reversed(told)][: 1 if short else 2]
    about = frozenset(terms(f["milestone"] or f["description"]))
    return f"{', '.join(parts)}. {' '.join(trim(text, 20 if short else MOST_NOTE, about) for text in newest)}".strip()


def is_state(record: Record) -> bool:
    """Whether the status of an item is a word or a few, and no note."""
    return len(record.fields["status"].split()) < MOST_STATE


def without(records: Sequence[Record], asked: Sequence[str], builder: Builder) -> None:
    """That the plan has none of what is `asked` of items, where none of them has it."""
    for name in asked:
        if records and not any(record.fields[name] for record in records):
            builder.lines.append(f"The plan gives no {name} for this.")


def cut(text: str, most: int = MOST_TEXT) -> str:
    """A description or milestone, of a long one its first words."""
    said = text.split()
    return text if len(said) <= most else f"{' '.join(said[:most])} …"


def trim(text: str, most: int = 45, about: frozenset[str] = frozenset()) -> str:
    """The first sentences of a text, up to about `most` words; of a longer one those from the sentence on that has most
    of the words `about` which it is."""
    said, sentences = "", re.split(r"(?<=[.!?])\s+", text)
    if about and len(text.split()) > most:
        best = max(range(len(sentences)), key=lambda at: (len(about.intersection(terms(sentences[at]))), -at))
        sentences = sentences[best:]
    for sentence in sentences:
        if said and len(f"{said} {sentence}".split()) > most:
            break
        said = f"{said} {sentence}".strip()
    return said if len(said.split()) <= 2 * most else f"{' '.join(said.split()[:most])} …"


def write(builder: Builder, record: Record, sentence: str) -> None:
    """A line on an item, and where it stands."""
    note(builder, record)
    builder.lines.append(sentence)


def note(builder: Builder, record: Record) -> None:
    """Where an item stands, and its name; what stands in cells merged above its row is quoted with it."""
    fields = record.fields
    what = " ".join(p for p in (fields["ref"], fields["description"]) if p)
    carried = "" if what in record.quote.replace(" | ", " ") else f"{what} | "
    builder.cite(record.place, f"{carried}{record.quote}")
    builder.listed.append(": ".join(filter(None, (fields["description"], fields["milestone"]))))


def several(records: Sequence[Record], lines: Sequence[str], builder: Builder, most: int, most_words: int) -> None:
    """A line on each of some items, if these are at most so many and have so many words; else what they are called,
    the steps of one item together, as far as so many words go."""
    if len(lines) <= most and builder.length(*lines) <= most_words:
        for record, line in zip(records, lines, strict=True):
            write(builder, record, line)
        return
    told, stated = 0, len({r.fields["status"].lower() for r in records}) > 1
    rated = len({r.fields["rag"] for r in records}) > 1
    for (_, ref, of), steps in groupby(records, lambda r: (r.place.document, r.fields["ref"], r.fields["description"])):
        line = f"• {' '.join(filter(None, (ref, cut(of, MOST_NAME))))}"
        for at, record in enumerate(steps):
            fields = record.fields
            step = cut(fields["milestone"], MOST_NAME)
            state = fields["status"].lower().rstrip(".") if stated and is_state(record) else ""
            so = ", ".join(dict.fromkeys(filter(None, (fields["due"], state, fields["rag"] if rated else ""))))
            more = f"{'; ' if at else ': ' if step else ''}{step}{f' ({cut(so, MOST_NAME)})' if so else ''}"
            if told and builder.length(f"{line}{more}") > most_words:
                break
            line, told = f"{line}{more}", told + 1
            note(builder, record)
        else:
            builder.lines.append(f"{line}.")
            continue
        builder.lines.extend([f"{line}."] if at else [])
        break
    builder.more(len(records) - told, "items")


def how(record: Record) -> str:
    """ "due 30/04/21, started, rated amber", or as much of it as the plan says."""
    fields = record.fields
    parts = [f"due {fields['due']}"] if fields["due"] else []
    parts += [fields["status"].lower()] if fields["status"] else []
    parts += [f"rated {fields['rag']}"] if fields["rag"] and fields["rag"] != fields["status"].lower() else []
    return ", ".join(parts)
