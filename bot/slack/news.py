"""What is news to a subscriber: papers of which something that this person may see was not told yet.

A paper is known by its content and by what of it can be seen: where only an exempt part changed, the public hear
nothing, not even that the paper came again; and where a paper is only read anew, nobody does.
"""

from collections import defaultdict
from zlib import crc32

from kpi_tools.store import Store


def marks(store: Store) -> dict[str, str]:
    """For each paper of a store what it and its content are known by: "content seen". Where on its pages something
    stands counts for nothing, as what is exempt moves it."""
    said: dict[str, list[str]] = defaultdict(list)
    for seen in store.observations():
        said[seen.place.document].append(repr((seen.measure, seen.entity, seen.period, seen.figure)))
    for target in store.targets():
        said[target.place.document].append(repr((target.measure, target.entity, target.comparator, target.figure)))
    for record in store.records():
        said[record.place.document].append(repr((record.kind, sorted(record.fields.items()))))
    return {
        paper.document: f"{paper.sha256} {crc32(repr(sorted(said[paper.document])).encode()):08x}"
        for paper in store.papers()
    }


def is_news(mark: str, told: str) -> bool:
    """Whether a paper that is known by `mark` is news to somebody who was told of it as `told`, "" for never."""
    return not told or all(now != then for now, then in zip(mark.split(), [*told.split(), ""], strict=False))
