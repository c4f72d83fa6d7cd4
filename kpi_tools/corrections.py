"""What an officer corrected by hand: `corrections.toml` beside the index, laid over what was read from the papers.

It changes nothing that is stored: it survives indexing again, and holds from the moment it is saved.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kpi_tools.corrections_file import Entry, entries
from kpi_tools.figures import read_bound
from kpi_tools.measures import WAYS, Measure, Observation, Target
from kpi_tools.names import squash
from kpi_tools.periods import read_period
from kpi_tools.rulings import named

FILE = "corrections.toml"

# Of a figure that an answer gives: its service, code and name, entity, unit, target as a decimal, whether it met that.
Used = tuple[tuple[str, str, str], str, str, str | None, bool | None]


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
class Corrections:
    """All that the file says. `aliases` are the entities by their other names, squashed; `names` the same as written.
    `exempt` are documents, each with an agenda item or "", that are exempt whatever reading found.
    """

    aliases: Mapping[str, str]
    names: Mapping[str, str]
    measures: tuple[MeasureFix, ...]
    targets: tuple[TargetFix, ...]
    exempt: tuple[tuple[str, str], ...] = ()

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
            way = aim.comparator or (WAYS.get(measure.polarity, "") if aim.figure else "")
            kept.append(replace(aim, measure=measure, entity=self.entity(aim.entity), comparator=way))
        for fix in self.targets:
            kept = [aim for aim in kept if not _replaces(fix, aim)] + list(_by_hand(fix, observations))
        return kept

    def in_question(self, question: str, known: Collection[str] | None = None) -> str:
        """A question with the names that the papers go by; `known`: with no others than these."""
        bodies = None if known is None else {squash(name) for name in known}
        for name, means in self.names.items():
            if bodies is not None and squash(means) not in bodies:
                continue  # who asks is not to learn that there is one
            said = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
            question = said.sub(means.replace("\\", r"\\"), question)
        return question

    def notes(self, figures: Iterable[Used]) -> list[str]:
        """What an answer with these figures rests on by hand, a sentence each."""
        said = []
        for what, entity, unit, target, met in figures:
            for way in self.measures:
                if way.polarity and met is not None and way.about.fits(*what):
                    said.append(f"That {way.polarity} is better for {way.about} is set by hand in {FILE}.")
            for aim in self.targets:
                mine = aim.about.fits(*what) and target is not None and _is_for(aim, entity)
                if mine and _level(aim, unit) == target:
                    said.append(f"The target of {aim.about} ({aim.bound}) is set by hand in {FILE}.")
        return list(dict.fromkeys(said))


def beside(home: Path) -> Corrections | None:
    """What the file in an index's folder says now; None where there is none. Raises as `load` does."""
    return load(home / FILE) if (home / FILE).exists() else None


def closed_by_hand(home: Path) -> Sequence[tuple[str, str]]:
    """The documents, each with an item or "", that the file in an index's folder holds exempt. Raises as `load`."""
    fixes = beside(home)
    return fixes.exempt if fixes else ()


def unused(home: Path, observations: Iterable[Observation], documents: Collection[str]) -> list[str]:
    """The corrections in an index's folder that fit none of its measures, councils and papers, a sentence each."""
    if not (home / FILE).exists():
        return []
    found, seen = entries(home / FILE), list(observations)
    measures, bodies = {each.measure for each in seen}, {squash(each.entity) for each in seen}
    names = {squash(one.text("name")): one.text("means") for one in found["alias"]}
    idle = [
        one.wrong(f"no measure of the papers fits {about}")
        for one in (*found["measure"], *found["target"])
        if (about := _about(one)) and not any(about.fits(m.service, m.code, m.name) for m in measures)
    ]
    idle += [
        one.wrong(f"no figure of the papers is for {name!r}", key)
        for kind, key in (("alias", "means"), ("target", "entity"))
        for one in found[kind]
        if (name := one.text(key, needed=False)) and squash(names.get(squash(name), name)) not in bodies
    ]
    idle += [
        one.wrong(f"no paper of the index is called {name!r}", "document")
        for one in found["exempt"]
        if named(name := one.text("document")) not in {named(document) for document in documents}
    ]
    return [str(each) for each in idle]


def load(path: Path) -> Corrections:
    """The corrections in a file. SettingError with the file, the line and the key that makes no sense."""
    found = entries(path)
    return Corrections(
        _aliases(found["alias"]),
        {one.text("name"): one.text("means") for one in found["alias"]},
        tuple(_measure(one) for one in found["measure"]),
        tuple(_target(one) for one in found["target"]),
        tuple((one.text("document"), _item(one.text("item", needed=False))) for one in found["exempt"]),
    )


def _item(said: str) -> str:
    """An item's number, however it is written: "Agenda item 9." is 9."""
    return re.sub(r"^(?:agenda\s+)?item\s+(?:no\.?\s*)?", "", said, flags=re.IGNORECASE).rstrip(".: ")


def _aliases(found: Sequence[Entry]) -> Mapping[str, str]:
    aliases: dict[str, str] = {}
    for one in found:
        name, means = one.text("name"), one.text("means")
        if aliases.setdefault(squash(name), means) != means:
            raise one.wrong(f"{name!r} already means {aliases[squash(name)]!r}", "name")
    for one in found:
        means = one.text("means")
        if aliases.get(squash(means), means) != means:
            raise one.wrong(f"{means!r} is itself given another meaning, {aliases[squash(means)]!r}", "means")
    return aliases


def _about(one: Entry) -> About:
    service, code, name = (one.text(key, needed=False) for key in ("service", "code", "name"))
    if not code and not name:
        raise one.wrong("'code' or 'name' must say which measure is meant")
    return About(service, code, name)


def _measure(one: Entry) -> MeasureFix:
    also, polarity = one.texts("also"), one.text("polarity", needed=False).lower()
    if polarity not in ("", *WAYS):
        raise one.wrong('\'polarity\' must be "higher" or "lower", whichever is better', "polarity")
    if not also and not polarity:
        raise one.wrong("it corrects nothing: give 'also' or 'polarity'")
    return MeasureFix(_about(one), also, polarity)


def _target(one: Entry) -> TargetFix:
    bound = one.read("target", _bound, 'a bound like "> 85%" or "at most 5 days"')
    since, until = (
        one.read(key, read_period, 'a period with its year like "Apr-21"', needed=False) for key in ("since", "until")
    )
    if since and until and until.end < since.start:
        raise one.wrong(f"it ends ({until.label}) before it begins ({since.label})", "until")
    begins, ends = since.start if since else None, until.end if until else None
    return TargetFix(_about(one), one.text("entity", needed=False), bound or "", begins, ends)


def _bound(text: str) -> str | None:
    bound = read_bound(text)
    return text if bound and bound[0] else None


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
