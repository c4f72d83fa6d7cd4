"""Papers that are dropped into Slack: an officer's are indexed, and what was found in them is told."""

import re
from dataclasses import replace
from pathlib import Path

from bot.slack.audience import Audience, in_groups
from bot.slack.blocks import after
from bot.slack.blocks import report as outlined
from bot.slack.inbox import Question
from bot.slack.port import LARGE, MOST_FILE, RefusedError
from bot.slack.replies import Office, Reply, asks, log, say
from corpus.errors import PackclerkError
from corpus.paper import place_named
from corpus.settings import Settings, ids
from indexer.report import Report
from kpi_tools.public import store_for

TO_INDEX = re.compile(
    r"(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:index|add|upload|include|take|read|store|file)\b",
    re.IGNORECASE,
)
FOLDER = "dropped"  # in the home: the papers' own files
MOST_LINES, MOST_SLIPS = 25, 5
MOST_FILES = 10
MOST_NAME = 120

NOT_OFFICER = "Thank you, but only officers may add papers. Ask democratic services to add it."
NOT_FETCHED = "I could not fetch that file from Slack. Please drop it again."
TOO_LARGE = "That file is larger than {most} MB, more than I take. Please split it."
NO_PAPER = "I read papers as PDF, Word (.docx), Excel (.xlsx) or text files, and that is none of them."
TAKEN = "{name} is in the index."
TOLD_ALONE = "What was found is told in our direct messages."
ADDED = "{name} is in the index: {pages} pages, {observations} figures and {records} records that all here may see."
BEFORE = "is {what}…"
PROGRESS = "is reading papers, {done} of {total} done: {what}…"


class Uploads:
    """Takes papers from officers."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings

    def reply(self, dropped: Question) -> Reply:
        """Index the files whose ids `dropped.text` begins with: the report, as far as all who see it may, and then the
        answer to what was asked with them."""
        numbers, _, said = dropped.text.partition(" ")
        asked = said if asks(said) and not TO_INDEX.match(said) else ""
        seen_by = self._office.audience(dropped)
        if seen_by.objection:
            return say(seen_by.objection)
        report, besides = self._report(dropped, numbers.split(",")[:MOST_FILES])
        more = (outlined(besides),) if besides else ()
        alone = replace(dropped, kind="home")  # who hears what is told besides
        still = self._office.still(alone, self._office.audience(alone))
        cleared = seen_by.cleared and not besides
        if not asked:
            return Reply((outlined(report),), besides=more, still=still, cleared=cleared)
        answer = self._office.reply(replace(dropped, text=asked))
        told = tuple(after(report, message) for message in answer.messages)
        if cleared and self._office.audience(dropped).narrower(seen_by):
            told, cleared = answer.messages, False  # whoever came meanwhile hears no report
        both = answer.cleared or cleared
        return replace(answer, messages=told, besides=more, cleared=both, still=lambda: answer.still() and still())

    def _report(self, dropped: Question, numbers: list[str]) -> tuple[str, str]:
        """What to say where the papers were dropped, and to who dropped them alone."""
        if numbers == [""]:
            return NO_PAPER, ""
        if not in_groups(self._office.slack, dropped.user, ids(self._settings.officer_usergroups)):
            return NOT_OFFICER, ""
        paths = []
        for number in numbers:
            path = self._fetch(number)
            if isinstance(path, str):
                return path, ""
            paths.append(path)
        return self._index(dropped, paths)

    def _fetch(self, number: str) -> Path | str:
        """The file with that id, saved under a name that is no path; else why it is not there."""
        try:
            about = self._office.slack.call("files.info", file=number)["file"]
            if int(about.get("size") or 0) > MOST_FILE:
                raise RefusedError(LARGE)
            content = self._office.slack.download(str(about["url_private_download"]))
            name = re.sub(r"[^\w .()&,-]", "_", str(about["name"]))[-MOST_NAME:].lstrip(". ") or number
            path = self._settings.home_path / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (RefusedError, KeyError, OSError) as error:
            log.warning("not fetched", extra={"about": {"file": number, "error": type(error).__name__}})
            large = isinstance(error, RefusedError) and error.code == LARGE
            return TOO_LARGE.format(most=MOST_FILE // 1_000_000) if large else NOT_FETCHED
        return path

    def _index(self, dropped: Question, paths: list[Path]) -> tuple[str, str]:
        from indexer.index import index_paths

        def tell(what: str, done: int, total: int) -> None:
            if self._office.closing.is_set():
                raise RefusedError("closing")
            log.info("indexing", extra={"about": {"ts": dropped.ts, "done": done, "total": total}})
            if not total:
                self._office.show(dropped, BEFORE.format(what=what))
            elif what.startswith("reading"):
                self._office.show(dropped, PROGRESS.format(done=done, total=total, what=what))

        try:
            report = index_paths(paths, self._settings, tell)
        except PackclerkError as error:
            return str(error), ""
        here = self._office.guarded(dropped, lambda seen_by: self._found(report, paths, seen_by))
        if here or dropped.channel.startswith("D"):
            return here or "\n".join(self._public(report, paths)), ""
        alone = replace(dropped, kind="home")  # a direct message to who dropped them
        found = self._office.guarded(alone, lambda seen_by: self._found(report, paths, seen_by))
        return "\n".join([*self._taken(report, paths), TOLD_ALONE]), found or "\n".join(self._public(report, paths))

    def _found(self, report: Report, paths: list[Path], seen_by: Audience) -> str:
        """The whole report of a run for those who see it now that it is over, which may have taken minutes; "" where
        they may not see all of it."""
        if seen_by.objection or not seen_by.cleared:
            return seen_by.objection
        lines = report.lines()
        more = [f"and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
        read = {path.name for path in paths} - {error.document for error in report.unreadable}
        return "\n".join([*lines[:MOST_LINES], *more, *(self._slips(read, cleared=True) if read else [])])

    def _public(self, report: Report, paths: list[Path]) -> list[str]:
        """What all may know of the papers."""
        known = {paper.document: paper for paper in store_for(self._settings, cleared=False).papers()}
        added = {
            name: ADDED.format(name=name, pages=paper.pages, **paper.counts)
            for name, paper in known.items()
            if name in {path.name for path in paths}
        }
        lines = [added.get(path.name, said) for path, said in zip(paths, self._taken(report, paths), strict=True)]
        return [*lines, *(self._slips(set(added), cleared=False) if added else [])]

    def _taken(self, report: Report, paths: list[Path]) -> list[str]:
        """That each paper is in the index, or why it is not: the same of every paper, whatever is in it."""
        unread = {error.document: str(error) for error in report.unreadable}
        return [unread.get(path.name, TAKEN.format(name=path.name)) for path in paths]

    def _slips(self, names: set[str], cleared: bool) -> list[str]:
        """The first contradictions and slips in these papers."""
        from kpi_tools.checks import run_checks

        found = run_checks(store_for(self._settings, cleared))
        pages: dict[str, list[str]] = {}  # of each sentence: more than one place may say the same
        for slip in found:
            at = [f"{p.document}, {place_named(p.label, p.page)}" for p in slip.places if p.document in names]
            if at:
                pages[slip.sentence] = list(dict.fromkeys([*pages.get(slip.sentence, []), *at]))
        slips = [f"  {sentence} ({'; '.join(at[:2])})" for sentence, at in pages.items()]
        more = [f"and {len(slips) - MOST_SLIPS} more: packclerk check"] if len(slips) > MOST_SLIPS else []
        return [f"Slips that the checks find: {len(slips)}", *slips[:MOST_SLIPS], *more]
