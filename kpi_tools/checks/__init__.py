"""Contradictions and slips in the papers themselves, each with its places and quotes. One function a check.

A slip is only named where the papers' own words and figures show it; what might be right is left alone.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

from kpi_tools.checks import (
    arithmetic,
    asserted,
    claims,
    colours,
    days,
    definitions,
    leftovers,
    narrative,
    overall,
    overdue,
    papers,
    people,
    plans,
    ranks,
    ratings,
    registers,
    series,
    spans,
    statements,
    statuses,
    steps,
    summaries,
    sums,
    tallies,
    targets,
    totals,
)
from kpi_tools.checks.order import by_weight, kinds_asked, theme
from kpi_tools.checks.slip import Check, Slip, View, quoted
from kpi_tools.store import Store

__all__ = ["CHECKS", "Slip", "View", "kinds_asked", "quoted", "run_checks", "slips_json", "theme"]


_made: WeakKeyDictionary[Store, dict[bool, tuple[int, list[Slip]]]] = WeakKeyDictionary()


def run_checks(store: Store, exempt: bool = True) -> list[Slip]:
    """All slips in what is stored, the weightiest first, kept until it changes; `exempt` False: of public papers."""
    kept, generation = _made.setdefault(store, {}), store.generation()
    if exempt not in kept or kept[exempt][0] != generation:
        kept[exempt] = generation, _run(store, exempt)
    return kept[exempt][1]


def _run(store: Store, exempt: bool) -> list[Slip]:
    every = store.papers()
    view = View(
        store.observations(exempt),
        store.targets(exempt),
        store.records(exempt=exempt),
        tuple(store.passages(exempt=exempt).values()),
        {paper.document: paper.council for paper in every},
        {paper.document: paper.date for paper in every},
    )
    slips = by_weight(slip for check in CHECKS for slip in check(view))
    for read in (claims.texts, claims.claims, people.named):
        read.cache_clear()  # what was read of the sentences is for this run of the checks
    return slips


def slips_json(slips: Iterable[Slip]) -> list[dict[str, Any]]:
    """Slips as JSON holds them: kind, sentence, and for each place its document, page, label, item, box and quote."""
    return [
        {
            "kind": slip.kind,
            "sentence": slip.sentence,
            "places": [{**asdict(at), "quote": quote} for at, quote in zip(slip.places, slip.quotes, strict=True)],
        }
        for slip in slips
    ]


CHECKS: tuple[Check, ...] = (
    targets.title_against_definition,
    definitions.narrower_definitions,
    targets.title_against_chart,
    targets.target_out_of_reach,
    targets.target_without_figure,
    targets.target_run_out,
    definitions.odd_end_of_target,
    definitions.same_definition,
    definitions.codes_used_twice,
    definitions.codes_on_two_rows,
    definitions.definitions_and_figures,
    definitions.services_without_figures,
    overall.overall_outside_parts,
    overall.full_overall,
    overall.overall_off_its_weights,
    overall.masked_failures,
    overall.impossible_shares,
    overall.impossible_scores,
    overall.shares_above_the_whole,
    series.identical_series,
    series.identical_measures,
    series.council_left_out,
    series.never_measured,
    series.equal_to_target,
    series.outliers,
    series.mixed_kinds,
    series.quarterly_in_the_wrong_months,
    series.half_yearly_left_out,
    sums.sums_that_do_not_add_up,
    sums.split_off_its_total,
    sums.shares_that_do_not_make_100,
    sums.amounts_off_their_shares,
    totals.totals_off_their_rule,
    arithmetic.rows_off_their_rule,
    sums.variances_that_do_not_come_out,
    sums.spending_told_otherwise,
    narrative.value_against_table,
    narrative.average_against_table,
    ranks.extremes_among_rows,
    ranks.bounds_of_all_rows,
    asserted.assertions_against_table,
    narrative.target_against_table,
    statements.changes_that_do_not_come_out,
    statements.shares_that_do_not_come_out,
    statements.differences_off_their_share,
    statements.parts_off_their_whole,
    statements.margins_off_their_ends,
    ratings.ratings_against_figures,
    ratings.verdicts_against_figures,
    summaries.met_all,
    summaries.all_improved,
    summaries.blame,
    summaries.only_one_missed,
    narrative.missed_in_another_quarter,
    tallies.hits_against_table,
    tallies.indicators_told_of,
    tallies.misses_by_quarter,
    tallies.counts_in_sentences,
    colours.counts_of_colours,
    registers.failure_without_plan,
    registers.gaps_in_plan_numbers,
    registers.gaps_in_codes,
    registers.plans_without_a_number,
    registers.refs_used_twice,
    overdue.overdue_not_red,
    overdue.reviews_passed,
    plans.entries_off_the_key,
    ratings.ratings_off_the_key,
    plans.statuses_told_otherwise,
    statuses.status_against_columns,
    plans.wrong_council,
    plans.left_blank,
    steps.items_alike,
    steps.live_before_it_is_tested,
    steps.passed_and_going_on,
    steps.text_behind_the_plan,
    steps.text_and_status,
    people.people_with_two_names,
    people.present_and_absent,
    people.votes_of_those_present,
    papers.council_of_a_member,
    papers.lines_alike_but_for_a_reference,
    papers.names_in_two_spellings,
    papers.versions_out_of_order,
    papers.contents_and_headings,
    papers.minutes_of_another_day,
    papers.next_meeting_of_another_day,
    days.weekdays,
    days.days_that_no_month_has,
    days.times_of_two_clocks,
    spans.ends_before_it_begins,
    spans.months_of_another_quarter,
    spans.quarters_of_the_same_months,
    days.last_updates,
    days.scheduled_after_its_deadline,
    days.planned_for_the_past,
    days.done_in_the_future,
    days.event_with_two_dates,
    days.reviewed_before_it_began,
    spans.pages_that_overlap,
    leftovers.unfinished_entries,
    leftovers.left_from_the_template,
    leftovers.questions_left,
)
