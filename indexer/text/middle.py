"""The middle of some numbers. The standard library's takes fractions and decimals too, and imports them."""

from collections.abc import Iterable


def median(numbers: Iterable[float]) -> float:
    """The middle one, or the mean of the two in the middle. There must be at least one."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
