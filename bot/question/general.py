"""Questions about measures in general: which service missed the most targets, how many indicators got worse."""

from dataclasses import replace

from bot.question.catalogue import Catalogue
from bot.question.plan import Plan
from bot.question.shifts import from_before
from bot.question.terms import heard, says, terms, vocabulary, which

SERVICE = terms("service team department directorate")


def of_all(plan: Plan, low: str, catalogue: Catalogue) -> bool:
    """Whether a question speaks of measures in general: it says no word that is of one, but whose they are and how they
    did, and none that nothing is known of."""
    defined = plan.operation == "definition" and not says("board.aimed", low)
    apart = plan.refs or plan.unknown or defined
    if apart or which("index", low) or says("asked.why", low) or not says("board.speaks", low):
        return False
    return all(heard(term, "brief") for term in _besides(plan, catalogue))


def measured(plan: Plan, catalogue: Catalogue) -> bool:
    """Whether a question has words that are of measures, and of no service."""
    return any(catalogue.has(term) for term in _besides(plan, catalogue))


def _besides(plan: Plan, catalogue: Catalogue) -> set[str]:
    """What a question says but for services, verdicts and the papers' titles."""
    of_services = {term for service in plan.services for term in terms(service)}
    judging = terms(vocabulary()["words"]["judging"])
    return set(plan.topic).difference(judging, SERVICE, catalogue.titled, of_services)


def all_measures(plan: Plan, low: str) -> Plan:
    """The plan of such a question: how they stand; or how they moved, in one period from the one before."""
    plan = replace(plan, subject="brief", measures=(), how="all")
    return replace(from_before(plan), subject="changes") if which("mover", low) else plan


def of_service(plan: Plan) -> bool:
    """Whether a question names a service and nothing else."""
    return bool(plan.services) and not set(plan.topic) - {t for s in plan.services for t in (*terms(s), *SERVICE)}
