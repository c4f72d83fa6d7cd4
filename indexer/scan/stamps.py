"""Stamps: small pictures upon a page of text, of which the words may say that the page is exempt."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from indexer.scan import tesseract

if TYPE_CHECKING:
    from indexer.scan.picture import Grey

SCALE = 3.0  # of the picture that is read, in pixels a point
LOW, HIGH = 14.0, 140.0  # points: how high a stamp is
WIDE, WIDEST = 1.4, 14.0  # times as wide as high
MOST = 3  # pictures of a page that are read
MARGIN = 6  # pixels about a stamp


def said(images: Sequence[Mapping[str, Any]], drawn: "Callable[[], Grey]") -> Iterator[str]:
    """The words of each picture that may be a stamp; `drawn` is the page in grey, at SCALE."""
    likely = [image for image in images if _is_likely(image)]
    if not likely or len(likely) > MOST or not tesseract.available():
        return
    page = drawn()
    for image in likely:
        x0, top, x1, bottom = (int(image[side] * SCALE) for side in ("x0", "top", "x1", "bottom"))
        part = page[max(top - MARGIN, 0) : bottom + MARGIN, max(x0 - MARGIN, 0) : x1 + MARGIN]
        if part.size:
            yield _read(part.shape[0], part.shape[1], part.tobytes())


def _is_likely(image: Mapping[str, Any]) -> bool:
    wide, high = float(image["width"]), float(image["height"])
    return LOW <= high <= HIGH and WIDE * high <= wide <= WIDEST * high


@lru_cache(maxsize=64)  # the same emblem stands on many pages
def _read(height: int, width: int, content: bytes) -> str:
    import numpy as np

    grey = np.frombuffer(content, np.uint8).reshape(height, width)
    words = tesseract.words(grey, round(72 * SCALE), tesseract.SPARSE) or []
    return " ".join(word.text for word in words)
