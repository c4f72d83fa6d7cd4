"""What a table's cell holds, if that is a period, a date, a figure or a reference and nothing else."""

import re

MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
YEAR = r"((19|20)\d\d([-/](20)?\d\d?)?|[’']?\d\d([-/]\d\d)?)"

# What a table's header may hold although it has figures in it: "Jan-21", "As at May", "Q1 2023/24", "2021/22"
PERIOD = re.compile(
    rf"((as at|to|ytd|year to|end of|from)\s+)?(({MONTH}|q(uarter|tr)?\s*[1-4])[\s\-–/]*{YEAR}?|"
    r"(19|20)\d\d([-/](20)?\d\d?)?|\d\d[-/]\d\d)",
    re.IGNORECASE,
)
KINDS = (
    ("period", PERIOD),
    ("date", re.compile(r"\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](19|20)?\d\d")),
    ("figure", re.compile(r"[<>≤≥=~£$€(+−–-]*\s*£?\d[\d,]*(\.\d+)?\s*(%|[kKmM]|bn|days?|hours?)?\)?\*?")),
    ("reference", re.compile(r"[A-Z&]{1,6}([-. ]{0,2}[A-Z])?[-. ]{0,2}\d{1,4}[A-Za-z]?")),
)
TELLING = {"date", "figure", "reference"}


def kind_of(text: str) -> str:
    """ "period", "date", "figure", "reference" for a cell that is that and nothing else; "" for other text."""
    return next((kind for kind, pattern in KINDS if pattern.fullmatch(text)), "")
