"""Papers that are dropped into Slack: an officer's are indexed, and what was found in them is told."""

import re
from dataclasses import replace
from pathlib import Path

from bot.audience import Audience, in_groups
from bot.blocks import after
from bot.inbox import Question
from bot.port import RefusedError
from bot.replies import Office, Reply, log, say
from corpus.errors import PackclerkError
from corpus.settings import Settings, ids
from indexer.report import Report
from kpi_tools.public import store_for
from kpi_tools.store import Paper

FOLDER = "dropped"  # in the home: the papers' own files
MOST_LINES, MOST_SLIPS = 25, 5
MOST_FILES = 10
MOST_NAME = 120

NOT_OFFICER = "Thank you, but only officers may add papers. Ask democratic services to add it."
NOT_FETCHED = "I could not fetch that file from Slack. Please drop it again."
ADDED = "{name} is in the index: {pages} pages, {observations} figures and {records} records that all here may see."
READING = "is reading papers: {done} of {total} done…"
HIDDEN = "{name} is in the index. What was found in it is told in a direct message only."


class Uploads:
    """Takes papers from officers."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings

    def reply(self, dropped: Question) -> Reply:
        """Index the files whose ids `dropped.text` begins with: the report, as far as all who see it may, and then the
        answer to what was asked with them."""
        numbers, _, asked = dropped.text.partition(" ")
        seen_by = self._office.audience(dropped)
        if seen_by.objection:
            return say(seen_by.objection)
        report = self._report(dropped, numbers.split(",")[:MOST_FILES])
        if not asked:
            return say(report)
        answer = self._office.reply(replace(dropped, text=asked))
        return replace(answer, messages=tuple(after(report, message) for message in answer.messages))

    def _report(self, dropped: Question, numbers: list[str]) -> str:
        if not in_groups(self._office.slack, dropped.user, ids(self._settings.officer_usergroups)):
            return NOT_OFFICER
        paths = []
        for number in numbers:
            path = self._fetch(number)
            if path is None:
                return NOT_FETCHED
            paths.append(path)
        return "\n".join(self._index(dropped, paths))

    def _fetch(self, number: str) -> Path | None:
        """The file with that id, saved under a name that is no path."""
        try:
            about = self._office.slack.call("files.info", file=number)["file"]
            content = self._office.slack.download(str(about["url_private_download"]))
            name = re.sub(r"[^\w .()&,-]", "_", str(about["name"]))[-MOST_NAME:].lstrip(". ") or number
            path = self._settings.home_path / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (RefusedError, KeyError, OSError) as error:
            log.warning("not fetched", extra={"about": {"file": number, "error": type(error).__name__}})
            return None
        return path

    def _index(self, dropped: Question, paths: list[Path]) -> list[str]:
        from indexer.index import index_paths

        def tell(_: str, done: int, total: int) -> None:
            log.info("indexing", extra={"about": {"ts": dropped.ts, "done": done, "total": total}})
            self._office.show(dropped, READING.format(done=done, total=total))

        try:
            report = index_paths(paths, self._settings, tell)
        except PackclerkError as error:
            return [str(error)]
        return self._office.guarded(dropped, lambda seen_by: self._found(report, paths, seen_by))

    def _found(self, report: Report, paths: list[Path], seen_by: Audience) -> list[str]:
        """What is told of a run to those who see it now that it is over, which may have taken minutes."""
        if seen_by.objection:
            return [seen_by.objection]
        if seen_by.cleared:
            lines = report.lines()
            more = [f"and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
            return [*lines[:MOST_LINES], *more, *self._slips(paths)]
        known = {paper.document: paper for paper in store_for(self._settings, cleared=False).papers()}
        unread = {error.document: str(error) for error in report.unreadable}
        return [self._public(path.name, known, unread) for path in paths]

    def _public(self, name: str, known: dict[str, Paper], unread: dict[str, str]) -> str:
        if name in unread:
            return unread[name]
        paper = known.get(name)
        if paper is None:
            return HIDDEN.format(name=name)
        return ADDED.format(name=name, pages=paper.pages, **paper.counts)

    def _slips(self, paths: list[Path]) -> list[str]:
        """The first contradictions and slips in these papers."""
        from kpi_tools.checks import run_checks

        names = {path.name for path in paths}
        slips = [s for s in run_checks(store_for(self._settings, True)) if names & {p.document for p in s.places}]
        more = [f"and {len(slips) - MOST_SLIPS} more: packclerk check"] if len(slips) > MOST_SLIPS else []
        return [f"The checks find {len(slips)} slips.", *(f"• {s.sentence}" for s in slips[:MOST_SLIPS]), *more]
