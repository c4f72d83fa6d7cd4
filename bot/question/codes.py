"""How people type the codes of measures and the refs of records."""

import re
from collections.abc import Mapping, Sequence

_LIKE = re.compile(r"\bk?pis?[\s-]?\d+[a-z]?\b")
# "The last ICT 3 months" names no code.
_COUNTED = r"\s(?:days?|weeks?|months?|quarters?|years?|kpis?|measures?|indicators?|targets?|of)\b"


def code_pattern(code: str, services: Sequence[str] = ()) -> str:
    """A pattern for a code as people type it: PI002 is "pi 2", "PI-02"; a bare number needs "KPI" before it, or one of
    the services that have it: "ICT 4"."""
    parts = re.findall(r"[a-z]+|\d+", code.lower())
    body = r"[\s\-./_&]*".join(f"0*{int(p)}" if p.isdigit() else p for p in parts)
    if parts and all(p.isdigit() for p in parts):
        body = r"[\s\-./_]*".join(parts)
        owned = "".join(rf"|{re.escape(service.lower())}" for service in services)
        body = rf"(?:kpi|pi|indicator|measure|ref\w*|(?<!item )no\.?{owned})[\s.]*{body}(?!{_COUNTED})"
    return rf"(?<![a-z0-9]){body}(?![a-z0-9])(?!\.\d)"


def like_code(text: str, numbered: Mapping[str, Sequence[str]]) -> bool:
    """Whether a text, in lower case, says what looks like a code: "kpi 12", or a number of a service that counts its
    measures, "ict 4". `numbered` are the services by the numbers that they have."""
    owned = "|".join(re.escape(service.lower()) for service in {s for own in numbered.values() for s in own})
    number = rf"\b(?:{owned})[\s.]*\d{{1,3}}(?![\w.%/-]|{_COUNTED})"
    return bool(_LIKE.search(text) or (owned and re.search(number, text)))
