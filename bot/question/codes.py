"""How people type the codes of measures and the refs of records."""

import re
from collections.abc import Sequence

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
