"""What a press of a button does. Who pressed, and who would see the outcome, are looked up at every press."""

import csv
import io
from dataclasses import replace
from datetime import date

from bot import words
from bot.answer import Answer
from bot.slack.audience import ALONE, Audience
from bot.slack.blocks import sentence
from bot.slack.charts import chart, picture
from bot.slack.inbox import Question
from bot.slack.kept import Kept, rests_on
from bot.slack.replies import NOTHING, Office, Reply
from bot.slack.source import Picture, Sources

GONE = "That answer is no longer kept. Please ask again."
THANKS = "Thank you, noted."
NO_PICTURE = "The page cannot be drawn: the paper's file is not there, or is no PDF."
CITED = "What is cited says:"
CHANGED = "The paper was read again since, and no longer says that on that page. Please ask again."
NOT_TO_ALL = "This answer cannot be shared in the channel. Ask there for what can be said in it."
NO_READINGS = "The question has no other reading that the papers can answer."
COLUMNS = (
    "service", "code", "measure", "entity", "period", "start", "end", "value", "unit", "printed", "target", "met",
)  # fmt: skip


def tell(text: str) -> Reply:
    """A sentence to who pressed, seen by nobody else."""
    return Reply((sentence(text),), quietly=True)


class Presses:
    """Answers presses of the buttons under answers."""

    def __init__(self, office: Office, sources: Sources) -> None:
        self._office, self._sources = office, sources
        self._actions = {
            "source": self._source,
            "chart": self._chart,
            "csv": self._csv,
            "readings": self._readings,
            "share": self._share,
        }

    def reply(self, press: Question) -> Reply:
        """What a press brings; `press.text` is "action value"."""
        return self._office.guarded(press, lambda seen_by: self._kept(press, seen_by))

    def _kept(self, press: Question, seen_by: Audience) -> Reply:
        """What a press brings, looked at again where Slack lets us wait with it."""
        brought = self._brings(press, seen_by)
        if brought.openly or not seen_by.cleared:
            return brought
        return replace(brought, cleared=True, still=self._office.still(press, seen_by))

    def _brings(self, press: Question, seen_by: Audience) -> Reply:
        action, _, value = press.text.partition(" ")
        number, _, judged = value.partition(".")
        kept = self._office.kept.answer(number)
        if seen_by.objection or kept is None:
            return tell(seen_by.objection or GONE)
        if action == "feedback":
            self._office.kept.judge(number, press.user, judged == "good")
            return tell(THANKS) if press.kind in ALONE else NOTHING
        if kept.channel != press.channel or (kept.alone and kept.user != press.user):
            return tell(words.NOT_FOUND)  # an id that came from elsewhere
        name, _, reading = action.partition("-")
        if name == "reading":
            return self._reading(press, kept, reading, seen_by)
        if name != "share" and (why := self._closed(kept, seen_by.cleared)):
            return tell(why)
        brought = self._actions[name](press, kept, seen_by.cleared) if name in self._actions else NOTHING
        return replace(brought, cited=brought.cited or rests_on(kept.answer.citations))

    def _closed(self, kept: Kept, cleared: bool) -> str:
        """Why an answer may no more be drawn upon by those who would see it, "" where it may: what was ruled since, or
        read again, holds too."""
        cited = kept.answer.citations
        if (kept.cleared and not cleared) or not self._sources.may_show(cited, cleared):
            return words.NOT_FOUND
        return "" if self._sources.stands(cited, cleared, kept.at) else CHANGED

    def _source(self, _: Question, kept: Kept, cleared: bool) -> Reply:
        drawn = self._sources.pictures(kept.answer.citations, cleared)
        if drawn:
            return Reply(files=tuple(drawn))
        quoted = [f"“{quote}”" for quote in self._sources.quotes(kept.answer.citations, cleared)]
        return tell("\n".join([f"{NO_PICTURE} {CITED}" if quoted else NO_PICTURE, *quoted]))

    def _chart(self, _: Question, kept: Kept, cleared: bool) -> Reply:  # noqa: ARG002 - one form for all actions
        found = chart(kept.answer.figures)
        return Reply(files=(Picture("chart.png", picture(found), found.title, found.alt),)) if found else NOTHING

    def _csv(self, _: Question, kept: Kept, cleared: bool) -> Reply:  # noqa: ARG002 - one form for all actions
        content = table(kept.answer).encode("utf-8-sig")  # the mark by which Excel knows UTF-8
        return Reply(files=(Picture("figures.csv", content, "The figures of the answer", ""),))

    def _readings(self, _: Question, kept: Kept, cleared: bool) -> Reply:  # noqa: ARG002 - one form for all actions
        assumed = " ".join(kept.answer.assumptions)
        asks = " ".join(kept.answer.suggestions) or NO_READINGS
        return tell(f"I took it so: {assumed} {asks}")

    def _reading(self, press: Question, kept: Kept, number: str, seen_by: Audience) -> Reply:
        """Ask one of the readings that were offered; it must be there for who pressed, too."""
        offered, cleared = kept.answer.suggestions, seen_by.cleared
        if not number.isdigit() or int(number) >= len(offered) or (kept.cleared and not cleared):
            return tell(words.NOT_FOUND)
        thread = f"{press.channel}:{press.thread}"
        answer = self._office.ask(offered[int(number)], date.fromtimestamp(kept.at), thread, cleared)
        return tell(answer) if isinstance(answer, str) else self._office.message(press, answer, seen_by)

    def _share(self, press: Question, kept: Kept, _: bool) -> Reply:
        """Say an answer that one person saw to the whole channel: as the channel may have it, or not at all."""
        in_channel = Question(press.channel, press.ts, press.ts, press.user, "", "mention", press.outside)
        return self._office.guarded(in_channel, lambda seen_by: self._shared(in_channel, kept, seen_by))

    def _shared(self, in_channel: Question, kept: Kept, seen_by: Audience) -> Reply:
        if seen_by.objection:
            return tell(seen_by.objection)
        answer: Answer | str = kept.answer
        if kept.cleared and not seen_by.cleared:
            answer = self._office.ask(kept.answer.question, date.fromtimestamp(kept.at), "", False)
            if isinstance(answer, str) or answer.answer != kept.answer.answer:
                return tell(NOT_TO_ALL)
        if isinstance(answer, str) or not self._sources.may_show(answer.citations, seen_by.cleared):
            return tell(NOT_TO_ALL)
        if answer is kept.answer and not self._sources.stands(answer.citations, seen_by.cleared, kept.at):
            return tell(CHANGED)
        shared = self._office.message(in_channel, answer, seen_by)
        return replace(shared, drawn=None, openly=True)


def table(answer: Answer) -> str:
    """The figures as CSV, each with where it stands; a cell that a spreadsheet would take for a formula is text."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow((*COLUMNS, "document", "page"))
    for given in answer.figures:
        cited = answer.citations[given.citation - 1]
        cells = [getattr(given, name) for name in COLUMNS]
        rows.writerow([_plain(cell) for cell in (*cells, cited.document, cited.page)])
    return out.getvalue()


def _plain(cell: object) -> object:
    if not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "" if cell is None else cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
