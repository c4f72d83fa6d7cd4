"""Which pages are pictures of pages: an image, or letters drawn as lines, and nothing else, but perhaps a stamp, or a
scanner's own text."""

from typing import Any

from indexer.text.letters import Char

Thing = dict[str, Any]

MOST_OF_PAGE = 0.6  # of the page's area: an image so large, or strips of one, is the page itself
LARGE = 0.25  # of it: more than a chart with its letters
MARGIN = 0.08  # of the page's height, at head and foot: where stamps and page numbers are put
FEW = 60  # letters between them that a stamp on a picture may have
OUTLINES = 200  # curves on a page without a letter: rather its letters than a drawing


def is_picture(chars: list[Char], images: list[Thing], curves: int, width: float, height: float) -> bool:
    """Whether the page's text is in an image, or drawn with so many curves, so that its characters do not say it."""
    if not images and curves <= OUTLINES:
        return False
    inked = [char for char in chars if not char.text.isspace()]
    if not inked or not images:
        return not inked
    inner = [char for char in inked if MARGIN * height < (char.top + char.bottom) / 2 < (1 - MARGIN) * height]
    return len(inner) < FEW and _covered(images) > MOST_OF_PAGE * width * height


def is_backed(chars: list[Char], images: list[Thing], width: float, height: float) -> bool:
    """Whether text stands on one large image, as on a watermark that is a picture."""
    for image in images:
        x0, top, x1, bottom = (image[side] for side in ("x0", "top", "x1", "bottom"))
        if (x1 - x0) * (bottom - top) >= LARGE * width * height:
            within = (
                x0 <= char.x0 and char.x1 <= x1 and top <= char.top < bottom for char in chars if not char.face.hidden
            )
            if sum(within) >= FEW:
                return True
    return False


def is_recognised(chars: list[Char]) -> bool:
    """Whether most characters are not painted but laid under a picture: a scanner's own reading of it."""
    return sum(char.face.hidden for char in chars) * 2 > len(chars)


def _covered(images: list[Thing]) -> float:
    return float(sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in images))
