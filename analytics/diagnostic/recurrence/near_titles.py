"""Near titles: distinct normalised titles of one block put together where they are nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

# Of 100: as alike as this are two spellings of one thing. On words in alphabetical order.
NEARLY_THE_SAME = 88
# Comparisons altogether, some seconds in all; the rarest titles of large blocks are left as they are.
_MOST_COMPARISONS = 60_000_000


@dataclass(frozen=True)
class NearTitles:
    """`leader` is, for each row handed in, the most frequent title that its own is nearly the same as.

    `capped` is how many rare titles were compared with none, because there were too many.
    """

    leader: pd.Series
    capped: int


def near_titles(titles: pd.DataFrame, alike: int = NEARLY_THE_SAME) -> NearTitles:
    """Of rows with `block`, `title` (normalised, distinct within its block) and `tickets`: who leads whom.

    Only titles of the same block are compared. Where the comparisons would be more than can be waited for, each block
    gives its most frequent titles.
    """
    ordered = titles.sort_values(["block", "tickets", "title"], ascending=[True, False, True], kind="stable")
    sizes = ordered.groupby("block", sort=False)["title"].transform("size")
    most = _most_of_a_block(ordered.groupby("block", sort=False).size().to_numpy())
    places = ordered.groupby("block", sort=False).cumcount()
    compared = ordered[places < most]
    leader = ordered["title"].copy()
    for _, block in compared.groupby("block", sort=False):
        if len(block) > 1:
            leader.loc[block.index] = _leaders(block["title"].tolist(), alike)
    capped = int(((places >= most) & (sizes > most)).sum())
    return NearTitles(leader.reindex(titles.index), capped)


def _most_of_a_block(sizes: np.ndarray) -> int:
    """The largest size so that all blocks, cut to it, stay within the comparisons."""
    low, high = 1, int(sizes.max(initial=1))
    while low < high:
        middle = (low + high + 1) // 2
        if (np.minimum(sizes, middle).astype(float) ** 2).sum() <= _MOST_COMPARISONS:
            low = middle
        else:
            high = middle - 1
    return low


def _leaders(titles: Sequence[str], alike: int) -> list[str]:
    """Each title joins the first, most frequent one that it is near and that has not joined another itself."""
    near = process.cdist(titles, titles, scorer=fuzz.ratio, score_cutoff=alike, dtype=np.uint8)
    leads = np.full(len(titles), -1)
    for place in range(len(titles)):
        if leads[place] < 0:
            leads[(near[place] > 0) & (leads < 0)] = place
            leads[place] = place
    return [titles[place] for place in leads]


def largest_share(titles: pd.Series, alike: int) -> float:
    """The part of these titles (normalised, one a ticket) that are near the commonest of them; 0 without any."""
    counts = titles[titles != ""].value_counts()
    if counts.empty:
        return 0.0
    names = [str(name) for name in counts.index]
    near = process.cdist(names, names, scorer=fuzz.token_set_ratio, score_cutoff=alike, dtype=np.uint8) > 0
    return float((near * counts.to_numpy()).sum(axis=1).max() / len(titles))
