"""Which measures a question means: by their codes, by the words of their names, by their service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.question.catalogue import Catalogue, Match
from bot.question.entries import Entry
from bot.question.terms import stem, terms, vocabulary
from kpi_tools.measures import OVERALL

# A measure is meant when the question's words fit it so well, and no other nearly as well.
ENOUGH_ASKED, ENOUGH_NAMED, NEARLY = 0.55, 0.5, 0.12
WHOLLY, MOSTLY, CLEARLY = 0.95, 0.85, 0.15  # of the question explained by a measure, and so much more than another
LEAST_NAMED = 0.1  # a word out of a very long name names nothing
APART = 0.25  # so much better may a measure fit that has no figures from the time asked, and give way
RECENT = timedelta(days=450)  # of figures, where no time was asked
_OVERALL = stem(OVERALL.lower())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question says of the measure it means.

    `terms` are the words that may name it, `without` those that it sets aside ("not garden"), `numbers` its numbers
    with the words beside them, `since` and `until` the days asked about, `counted` whether it asks how many, `aimed`
    whether it speaks of a target, `share` whether it asks for a percentage, `among` whether it asks which of the
    councils, `dated` whether it names a time, `percent` whether it names a percentage.
    """

    terms: tuple[str, ...]
    numbers: frozenset[tuple[str, str]]
    codes: tuple[str, ...]
    services: tuple[str, ...]
    entities: tuple[str, ...]
    since: date
    until: date
    counted: bool
    without: frozenset[str] = frozenset()
    aimed: bool = False
    share: bool = False
    among: bool = False
    dated: bool = False
    percent: bool = False


def window(since: str, until: str, today: date) -> tuple[date, date]:
    """The days asked about, as ISO dates; where none were, those of late."""
    if since and until:
        return date.fromisoformat(since), date.fromisoformat(until)
    return today - RECENT, today


def measures(wanted: Wanted, catalogue: Catalogue) -> list[Match]:
    """The measures that may be meant: one where the question tells, several where it does not, [] for none.

    Those that report on the council asked come first; only where none of them is meant, all others. "Missed" is a
    word of a measure's name ("missed bins"), unless one is meant without it; where a target is asked about, it is
    said of that, unless the name is said in full.
    """
    found = _measures(wanted, catalogue)
    if wanted.among and found and not wanted.codes and not any(_of_several(m.entry) for m in found):
        several = replace(catalogue, entries=tuple(filter(_of_several, catalogue.entries)))
        found = _measures(wanted, several) or _measures(_of_any_service(wanted), several) or found
    in_full = not wanted.aimed or any(m.named == 1 or m.asked > MOSTLY for m in found)
    if wanted.codes or (in_full and _reporting(found, wanted, catalogue)):
        return found
    plain = _unjudged(wanted.terms)
    again = _measures(replace(wanted, terms=plain), catalogue) if plain and plain != wanted.terms else []
    return again if _reporting(again, wanted, catalogue) else found


def _unjudged(said: Sequence[str]) -> tuple[str, ...]:
    """The words without those that judge a figure."""
    return tuple(term for term in said if term not in terms(vocabulary()["words"]["judging"]))


def _of_several(entry: Entry) -> bool:
    """Whether a measure is reported of several councils or areas, so that it can be asked which of them."""
    return sum(entity != OVERALL for entity in entry.entities) > 1


def _of_any_service(wanted: Wanted) -> Wanted:
    """What is wanted, of whatever service: "happy with ICT" may be a measure of a service that is called otherwise."""
    named = {t for s in wanted.services for t in terms(s)}
    return replace(wanted, services=(), terms=tuple(t for t in wanted.terms if t not in named))


def _reporting(found: Sequence[Match], wanted: Wanted, catalogue: Catalogue) -> bool:
    """Whether there is any, and it reports on who was asked about."""
    return any(not wanted.entities or catalogue.reported(m.entry).intersection(wanted.entities) for m in found)


def _measures(wanted: Wanted, catalogue: Catalogue) -> list[Match]:
    among = [e for e in catalogue.entries if not wanted.codes or e.code in wanted.codes]
    own = [e for e in among if e.service in wanted.services]
    more = _of_any_service(wanted).terms  # what is said besides the service
    if own and (wanted.codes or more):
        told = _told(replace(wanted, terms=more), own, catalogue)
        reported = [m for m in told if m.entry.entities]  # what is only defined has figures of no time
        late = wanted.dated and not any(m.entry.spans(wanted.since, wanted.until) for m in reported)
        others = _told(replace(wanted, terms=more), among, catalogue) if late and reported and not wanted.codes else []
        if any(m.entry.spans(wanted.since, wanted.until) for m in others):
            return others  # another service's of that name, which was reported then
        if told or wanted.codes:
            return told
    return _told(wanted, among, catalogue)


def _told(wanted: Wanted, among: Sequence[Entry], catalogue: Catalogue) -> list[Match]:
    """The measures of `among` that are meant; "overall" is a word of a measure's name only where one is meant by it."""
    if wanted.terms == (_OVERALL,) and not wanted.codes:
        return []
    if _OVERALL in wanted.terms:
        whole = _meant(wanted, among, catalogue)
        if whole and all(_OVERALL in m.said and len(m.said) > 1 for m in whole):
            return whole
        wanted = replace(wanted, terms=tuple(t for t in wanted.terms if t != _OVERALL))
    return _of_kind(_meant(wanted, among, catalogue), wanted)


def _of_kind(found: list[Match], wanted: Wanted) -> list[Match]:
    """Of several measures those in per cent where a share is asked for, and the others where it is "how many"."""
    if not wanted.share and not wanted.counted:
        return found
    return [m for m in found if (m.entry.unit == "%") is wanted.share] or found


def _meant(wanted: Wanted, among: Sequence[Entry], catalogue: Catalogue) -> list[Match]:
    own = [e for e in among if catalogue.reported(e).intersection(wanted.entities)]
    if wanted.codes:
        every = _coded(wanted, among, catalogue)
        return [m for m in every if m.entry in own] or every
    among = [e for e in among if not e.denies(wanted.numbers) and not wanted.without & e.name_terms]
    reporting = _fitting(wanted, [e for e in among if e in own], catalogue)
    every = _fitting(wanted, among, catalogue) or (
        [] if reporting or wanted.entities else _vague(wanted, among, catalogue)
    )
    if not reporting and (not every or wanted.entities):
        reporting = _vague(wanted, own, catalogue)
    if reporting and every and _of_others(every[0], reporting[0]):
        return every
    plainer = [m for m in every if reporting and m.plainer_than(reporting[0])]
    near = [m for m in plainer if m.entry.documents & reporting[0].entry.documents]
    return near or reporting or every


def _of_others(best: Match, own: Match) -> bool:
    """Whether the papers that report on who was asked have the very measure, for others only: the calls out of hours,
    though some other measure out of hours is theirs."""
    same_paper = best.entry.documents & own.entry.documents
    return bool(same_paper) and best.asked > WHOLLY and own.asked < best.asked - CLEARLY


def _coded(wanted: Wanted, among: Sequence[Entry], catalogue: Catalogue) -> list[Match]:
    """All that bear the question's codes; only those that its other words fit, where they fit any: to miss a target is
    not to speak of missed bins."""
    matches = catalogue.match(_unjudged(wanted.terms), among)
    if not matches or matches[0].asked < 0.3:
        return [Match(e) for e in among]
    return _best(matches, wanted)


def _fitting(wanted: Wanted, among: Sequence[Entry], catalogue: Catalogue) -> list[Match]:
    """Those of `among` that the question's words mean."""
    matches = catalogue.match(wanted.terms, among)
    if not matches or matches[0].asked < ENOUGH_ASKED or not _named_well(matches, wanted.terms):
        return []
    if all(t.isdigit() for t in wanted.terms):
        return []
    if wanted.counted:  # "calls per employee" counts no employees
        own = (m for m in matches if m.said & m.entry.head_terms or stem(m.entry.unit) in wanted.terms)
        matches = list(own)
    if not matches:
        return []
    if wanted.percent:
        matches = _rather(matches, lambda entry: entry.unit == "%")
    return _best(_rather(matches, lambda entry: entry.spans(wanted.since, wanted.until)), wanted)


def _best(matches: Sequence[Match], wanted: Wanted) -> list[Match]:
    best = max(m.score for m in matches)
    whole = frozenset(wanted.terms)  # "call answering" is all of "Call answering (within 20 seconds)" that is measured
    near = [m for m in matches if m.score >= best - NEARLY or m.entry.head_terms == whole]
    near = [m for m in near if m.entry.name_terms.issuperset(wanted.terms)] or near  # every word as it stands there
    return [m for m in near if not any(other.plainer_than(m) or other.fuller_than(m) for other in near)]


def _rather(matches: Sequence[Match], so: Callable[[Entry], bool]) -> list[Match]:
    """The matches that are so, where one of them fits about as well as the best does."""
    first, found = matches[0], [m for m in matches if so(m.entry)]
    well = [m for m in found if m.asked >= first.asked - 0.05 and m.score >= first.score - APART]
    return found if well else list(matches)


def _named_well(matches: Sequence[Match], asked: Sequence[str]) -> bool:
    """Whether a measure is named: by several words, by most of its name, or by the word with which it alone begins."""
    first = matches[0]
    if len(asked) > 1:
        return first.named >= LEAST_NAMED
    begins = terms(first.entry.name)[:1]
    return first.named >= ENOUGH_NAMED or (len(matches) == 1 and bool(first.said.intersection(begins)))


def _vague(wanted: Wanted, among: Sequence[Entry], catalogue: Catalogue) -> list[Match]:
    """All that one word may mean ("how are we doing on calls?"), as what they measure; it counts nothing."""
    if len(wanted.terms) != 1 or wanted.counted:
        return []
    matches = [m for m in catalogue.match(wanted.terms, among) if m.said & m.entry.head_terms]
    return [m for m in matches if m.entry.spans(wanted.since, wanted.until)] or matches
