"""Which ratios got worse since the results that are kept. Pure."""

from collections.abc import Iterator

from benchmarks.results import PartResult, Ratio, shown

MARGIN = 0.15
"""Ratios of two runs may be so far apart, beyond what their rounds were: heat, neighbours, the order of memory."""


def regressions(name: str, kept: PartResult, measured: PartResult) -> Iterator[str]:
    """A sentence for each ratio of the part that got worse by more than the noise.

    Worse by more than the noise: even the best round is worse than the worst round that is kept, by more than MARGIN
    of it. A part of other data, and a ratio that is not measured any more, cannot be compared, which is said likewise.
    """
    if kept.data.films != measured.data.films:
        yield (
            f"{name}: kept are the ratios of {kept.data.films:,} films, this warehouse has {measured.data.films:,}; "
            f"compare on the same data, or write new results: make bench PART={name}"
        )
        return
    for ratio in kept.ratios.values():
        now = measured.ratios.get(ratio.name)
        if now is None:
            yield f"{name}: {ratio.name} is kept, but not measured any more; write new results: make bench PART={name}"
        elif is_worse(ratio, now):
            yield (
                f"{name}: {ratio.name} was {shown(ratio.median)} ({ratio.spread}), "
                f"is {shown(now.median)} ({now.spread}); {ratio.better} is better"
            )


def is_worse(kept: Ratio, now: Ratio) -> bool:
    """Whether the whole range of now lies beyond that of the kept one and the margin, on the worse side."""
    if kept.better == "higher":
        return now.greatest < kept.least * (1 - MARGIN)
    return now.least > kept.greatest * (1 + MARGIN)
