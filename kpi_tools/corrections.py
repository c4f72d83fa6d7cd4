"""What an officer corrected by hand: `corrections.toml` beside the index, laid over what was read from the papers.

It changes nothing that is stored: it survives indexing again, and holds from the moment it is saved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import SettingError
from corpus.settings import Settings
from kpi_tools.figures import read_bound
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.names import squash
from kpi_tools.periods import Period, read_period
from kpi_tools.store import Store

FILE = "corrections.toml"
# The tables that the file may have, and the keys of each.
TABLES: Mapping[str, tuple[str, ...]] = {
    "alias": ("name", "means"),
    "measure": ("service", "code", "name", "also", "polarity"),
    "target": ("service", "code", "name", "entity", "target", "since", "until"),
}
_WAYS = {"higher": ">=", "lower": "<="}


@dataclass(frozen=True, slots=True)
class About:
    """Which measure is meant: by its code, or its name where it has none; `service` "" is any."""

    service: str
    code: str
    name: str

    def fits(self, service: str, code: str, name: str) -> bool:
        """Whether it means this measure."""
        if self.service and squash(self.service) != squash(service):
            return False
        return squash(self.code) == squash(code) if self.code else squash(self.name) == squash(name)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.service, self.code or self.name)))


@dataclass(frozen=True, slots=True)
class MeasureFix:
    """Other codes and names of a measure, and which way is better ("higher", "lower", "" as read)."""

    about: About
    also: tuple[str, ...]
    polarity: str


@dataclass(frozen=True, slots=True)
class TargetFix:
    """A measure's target as a bound ("> 85%"), for one entity or all (""), within `since` and `until` where given."""

    about: About
    entity: str
    bound: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Used:
    """A figure that an answer gives: of which measure and entity, its target as a decimal string, whether it met it."""

    service: str
    code: str
    name: str
    entity: str
    unit: str
    target: str | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that the file says. `aliases` are the entities by their other names, squashed."""

    aliases: Mapping[str, str]
    names: Mapping[str, str]
    measures: tuple[MeasureFix, ...]
    targets: tuple[TargetFix, ...]

    def entity(self, name: str) -> str:
        """An entity by the name that it is to go by."""
        return self.aliases.get(squash(name), name)

    def measure(self, read: Measure) -> Measure:
        """A measure with its code, name and polarity put right."""
        for fix in self.measures:
            if _is_also(fix, read):
                read = replace(read, code=fix.about.code or read.code, name=fix.about.name or read.name)
            if fix.polarity and fix.about.fits(read.service, read.code, read.name):
                read = replace(read, polarity=fix.polarity)
        return read

    def observations(self, read: Iterable[Observation]) -> list[Observation]:
        """Observations with their measures and entities put right."""
        return [replace(o, measure=self.measure(o.measure), entity=self.entity(o.entity)) for o in read]

    def aims(self, read: Iterable[Target], observations: Sequence[Observation]) -> list[Target]:
        """Targets put right, without those that one set by hand replaces, and with those; `observations` put right."""
        kept = []
        for aim in read:
            measure = self.measure(aim.measure)
            way = aim.comparator or (_WAYS.get(measure.polarity, "") if aim.figure else "")
            kept.append(replace(aim, measure=measure, entity=self.entity(aim.entity), comparator=way))
        for fix in self.targets:
            kept = [aim for aim in kept if not _replaces(fix, aim)] + list(_by_hand(fix, observations))
        return kept

    def in_question(self, question: str) -> str:
        """A question with the names that the papers go by."""
        for name, means in self.names.items():
            question = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", means, question, flags=re.IGNORECASE)
        return question

    def notes(self, figures: Iterable[Used]) -> list[str]:
        """What an answer with these figures rests on by hand, a sentence each."""
        said = []
        for used in figures:
            what = used.service, used.code, used.name
            for way in self.measures:
                if way.polarity and used.met is not None and way.about.fits(*what):
                    said.append(f"That {way.polarity} is better for {way.about} is set by hand in {FILE}.")
            for aim in self.targets:
                mine = aim.about.fits(*what) and used.target is not None and _is_for(aim, used.entity)
                if mine and _level(aim, used.unit) == used.target:
                    said.append(f"The target of {aim.about} ({aim.bound}) is set by hand in {FILE}.")
        return list(dict.fromkeys(said))


class CorrectedStore(Store):
    """The store as the corrections have it. Every reading may raise SettingError where the file makes no sense."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.database)
        self._file = settings.home_path / FILE

    @property
    def corrections(self) -> Corrections | None:
        """What the file says now; None where there is none."""
        return load(self._file) if self._file.is_file() else None

    def generation(self) -> int:
        """Changes with the file too."""
        return super().generation() + (self._file.stat().st_mtime_ns if self._file.is_file() else 0)

    def observations(self, exempt: bool = True) -> list[Observation]:
        """All observations, put right."""
        read, fixes = super().observations(exempt), self.corrections
        return fixes.observations(read) if fixes else read

    def targets(self, exempt: bool = True) -> list[Target]:
        """All targets, put right and completed."""
        read, fixes = super().targets(exempt), self.corrections
        return fixes.aims(read, self.observations(exempt)) if fixes else read


def load(path: Path) -> Corrections:
    """The corrections in a file. SettingError with the file, the table and the key that makes no sense."""
    import tomllib

    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingError(f"{path}: {error}") from None
    tables = {kind: list(_tables(path, told, kind)) for kind in TABLES}
    if unknown := [kind for kind in told if kind not in TABLES]:
        raise SettingError(f"{path}: [[{unknown[0]}]] is not known; a table is one of {', '.join(TABLES)}")
    names = {_text(at, one, "name"): _text(at, one, "means") for at, one in tables["alias"]}
    return Corrections(
        {squash(name): means for name, means in names.items()},
        names,
        tuple(_measure(at, one) for at, one in tables["measure"]),
        tuple(_target(at, one) for at, one in tables["target"]),
    )


def _tables(path: Path, told: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables of a kind, each with where it stands: "corrections.toml, [[target]] 2"."""
    tables = told.get(kind, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise SettingError(f"{path}: {kind} must be written as [[{kind}]]")
    for number, one in enumerate(tables, 1):
        at = f"{path}, [[{kind}]] {number}"
        if unknown := [key for key in one if key not in TABLES[kind]]:
            raise SettingError(f"{at}: {unknown[0]!r} is not known; a key is one of {', '.join(TABLES[kind])}")
        yield at, one


def _text(at: str, table: Mapping[str, Any], key: str, needed: bool = True) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise SettingError(f"{at}: {key!r} must be a text in quotation marks")
    return value.strip()


def _about(at: str, table: Mapping[str, Any]) -> About:
    service, code, name = (_text(at, table, key, needed=False) for key in ("service", "code", "name"))
    if not code and not name:
        raise SettingError(f"{at}: 'code' or 'name' must say which measure is meant")
    return About(service, code, name)


def _measure(at: str, table: Mapping[str, Any]) -> MeasureFix:
    also, polarity = table.get("also", []), _text(at, table, "polarity", needed=False)
    if not isinstance(also, list) or not all(isinstance(one, str) for one in also):
        raise SettingError(f"{at}: 'also' must be a list of codes and names")
    if polarity not in ("", *_WAYS):
        raise SettingError(f'{at}: \'polarity\' must be "higher" or "lower", whichever is better')
    return MeasureFix(_about(at, table), tuple(also), polarity)


def _target(at: str, table: Mapping[str, Any]) -> TargetFix:
    text = _text(at, table, "target")
    bound = read_bound(text)
    if bound is None or not bound[0]:
        raise SettingError(f'{at}: \'target\' must be a bound like "> 85%" or "at most 5 days", not {text!r}')
    since, until = (_period(at, table, key) for key in ("since", "until"))
    begins, ends = since.start if since else None, until.end if until else None
    return TargetFix(_about(at, table), _text(at, table, "entity", needed=False), text, begins, ends)


def _period(at: str, table: Mapping[str, Any], key: str) -> Period | None:
    said = _text(at, table, key, needed=False)
    period = read_period(said) if said else None
    if said and period is None:
        raise SettingError(f'{at}: {key!r} must be a period with its year like "Apr-21", not {said!r}')
    return period


def _is_also(fix: MeasureFix, read: Measure) -> bool:
    service = not fix.about.service or squash(fix.about.service) == squash(read.service)
    others = {squash(other) for other in fix.also}
    return service and bool({squash(read.code) or squash(read.name), squash(read.name)} & others)


def _is_for(fix: TargetFix, entity: str) -> bool:
    return not fix.entity or squash(fix.entity) == squash(entity)


def _level(fix: TargetFix, unit: str) -> str:
    bound = read_bound(fix.bound, unit)
    return f"{bound[1].value:f}" if bound else ""


def _replaces(fix: TargetFix, aim: Target) -> bool:
    """Whether a target set by hand stands in place of one that was read: of the same measure, within its time."""
    what = aim.measure.service, aim.measure.code, aim.measure.name
    if not fix.about.fits(*what) or (fix.entity and squash(fix.entity) != squash(aim.entity)):
        return False
    begun = fix.since is None or (aim.start is not None and aim.start >= fix.since)
    return begun and (fix.until is None or (aim.end is not None and aim.end <= fix.until))


def _by_hand(fix: TargetFix, observations: Sequence[Observation]) -> Iterator[Target]:
    """The target for each paper that has the measure, with the place of its first figure there."""
    papers: dict[tuple[str, str, str], Observation] = {}
    for seen in observations:
        if fix.about.fits(seen.measure.service, seen.measure.code, seen.measure.name) and _is_for(fix, seen.entity):
            papers.setdefault((seen.place.document, squash(seen.measure.service), squash(seen.measure.name)), seen)
    for seen in papers.values():
        bound = read_bound(fix.bound, seen.measure.unit)
        if bound:
            said = f"target set by hand in {FILE}: {fix.bound}"
            yield Target(seen.measure, fix.entity, *bound, fix.since, fix.until, seen.place, said, seen.exempt, True)
