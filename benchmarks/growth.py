"""How figures grow with the size of what is measured."""

from collections.abc import Sequence

import numpy as np


def exponent(sizes: Sequence[int], figures: Sequence[float]) -> float:
    """The power of the size that the figures grow with: the slope of a line through their logarithms, least squares."""
    return float(np.polyfit(np.log(sizes), np.log(figures), 1)[0])
