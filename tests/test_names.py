"""Councils, joint rows, the overall, services."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tools.names import entity, find_entities, members, service, squash

JOINT = "South Oxfordshire & Vale of White Horse"
KNOWN = ("Havant", "Hart", "Mendip", "South Oxfordshire", "Vale of White Horse", JOINT, "Overall", "Hilltop", "Council")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hart", "Hart"),
        ("Hart District Council", "Hart"),
        ("London Borough of Brent", "Brent"),
        ("City of York", "York"),
        ("VoWH", "Vale of White Horse"),
        ("SODC", "South Oxfordshire"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("King’s Lynn and West Norfolk", "King's Lynn and West Norfolk"),
        ("Overall", "Overall"),
        ("Total", "Overall"),
        ("All councils", "Overall"),
        ("Partnership", "Overall"),
        (JOINT, JOINT),
        ("South & Vale", JOINT),
        ("S&V", JOINT),
        ("South Oxfordshire / Vale of White Horse", JOINT),
        ("H&EH", "East Hampshire & Havant"),
        ("Brent & Lewisham", "Brent & Lewisham"),
        ("HBC", None),
        ("South", None),
        ("Council", None),
        ("Hilltop", None),
        ("Jan-21", None),
        ("% calls answered", None),
        ("", None),
    ],
)
def test_entity(text: str, name: str | None) -> None:
    """A whole cell is a council, a joint row, the overall, or none of these; shared initials are none."""
    assert entity(text) == name


def test_known_names_resolve_what_is_shared() -> None:
    """Initials and very short names hold among the entities of the papers, where one alone fits."""
    assert entity("HBC", KNOWN) == "Havant"
    assert entity("South", KNOWN) == "South Oxfordshire"
    assert entity("hilltop", KNOWN) == "Hilltop"
    assert entity("HBC", ("Havant", "Hartlepool")) is None


def test_members_of_a_joint_row() -> None:
    """A joint row knows its councils; a single council has none."""
    assert members(JOINT) == ("South Oxfordshire", "Vale of White Horse")
    assert members("Brent & Lewisham") == ("Brent", "Lewisham")
    assert members("Brighton and Hove") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("how did Havant PI002 trend this year?", ["Havant"]),
        ("Mendip's figure", ["Mendip"]),
        ("what of Winchester?", ["Winchester"]),
        ("compare South & Vale with Havant", [JOINT, "Havant"]),
        ("South and Vale against S&V", [JOINT, JOINT]),
        ("SO & VWH, or SO & VoWH", [JOINT, JOINT]),
        ("South Oxfordshire and Vale of White Horse", ["South Oxfordshire", "Vale of White Horse"]),
        ("bins in S Oxfordshire and S. Oxfordshire", ["South Oxfordshire", "South Oxfordshire"]),
        ("the panel's Oxfordshire bins", ["Oxfordshire"]),  # the s of an owner cuts no name short
        ("Hart missed bins", ["Hart"]),
        ("hart bins", ["Hart"]),
        ("havent trend", ["Havant"]),
        ("Mendpi in June", ["Mendip"]),
        ("HBC and MDC", ["Havant", "Mendip"]),
        ("overall PI004", ["Overall"]),
        ("visits at Reading Borough Council", ["Reading"]),
        ("calls in Reading", ["Reading"]),
        ("Reading's calls", ["Reading"]),  # what owns a thing is a name, at the beginning too
        ("Reading hours", []),
        ("I haven't been in a safe haven", []),
        ("reading the wells of bath", []),
        ("total across the three boroughs", []),
        ("which council, each council, all councils", []),
        ("the heart of the matter", []),
        ("", []),
    ],
)
def test_running_text(text: str, names: list[str]) -> None:
    """Names are found in questions, with slips of the keyboard; words that look alike are not."""
    assert [name for name, _, _ in find_entities(text, KNOWN)] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What was Town in Melbury's figure?", True),
        ("and Town?", True),
        ("Town's figure", True),
        ("what is there in town?", False),
        ("Town centre visits", False),
        ("visits to the Town Council", False),
    ],
)
def test_an_area_with_a_common_word_for_a_name_needs_its_capital(text: str, found: bool) -> None:
    """Proves that no area is passed over for the whole council, and no word taken for an area."""
    assert ("Town" in {name for name, _, _ in find_entities(text, (*KNOWN, "Town"))}) is found


def test_slips_are_forgiven_for_known_names_alone() -> None:
    """Without papers that know a name nothing is guessed."""
    assert find_entities("havent trend") == []


@given(st.text(max_size=50))
def test_any_text_is_safe(text: str) -> None:
    """Finding ends on any text; what is found stands in it, in order."""
    found = find_entities(text, KNOWN)
    assert [at for _, at, _ in found] == sorted(at for _, at, _ in found)
    assert all(text[start:end].strip() for _, start, end in found)


@given(st.text())
def test_squash_is_settled(text: str) -> None:
    """Squashing twice is squashing once, so squashed names can be compared."""
    assert squash(squash(text)) == squash(text)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("CUSTOMER SERVICES KPIs/Pis", "Customer Services"),
        ("IT KPIs/PIs", "IT"),
        ("Revenues & Benefits", "Revenues and Benefits"),
        ("REVENUES & BENEFITS", "Revenues and Benefits"),
        ("LAND CHARGES KPIs/PIs", "Land Charges"),
        ("Customer services", "Customer Services"),
        ("HR AND PAYROLL", "HR and Payroll"),
        ("4. Finance", "Finance"),
        ("Performance indicators: Waste and recycling", "Waste and Recycling"),
        ("Children's Services", "Children's Services"),
    ],
)
def test_service(heading: str, name: str) -> None:
    """A heading becomes the name of its service, however it is shouted."""
    assert service(heading) == name
