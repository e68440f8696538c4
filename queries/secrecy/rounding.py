"""Random rounding to base 5, drawn from a secret: the same persons always give the same number.

Unbiased: a count is rounded to one of the two neighbouring multiples of 5, up with a probability of its distance from the lower
one over 5. Fellegi, "Controlled random rounding", Survey Methodology, 1975; Fraser and Wooton, "A proposed method for
confidentialising tabular output to protect against differencing", UNECE/Eurostat, 2005.
"""

import hmac
import math
from typing import Final

BASE: Final = 5


def draw(secret: bytes, *key: str) -> float:
    """A number between 0 and 1, both left out: the same for the same secret and key, as if at random for another."""
    digest = hmac.digest(secret, "\x1f".join(key).encode(), "sha256")
    return ((int.from_bytes(digest[:8]) >> 12) + 0.5) / 2**52


def rounded(count: int, drawn: float) -> int:
    """A neighbouring multiple of 5 of a count; a multiple of 5 stays itself."""
    low = count - count % BASE
    return low + BASE if drawn * BASE < count - low else low


def highest_hidden(threshold: int) -> int:
    """The multiple of 5 up to which a rounded count is hidden, so that no count below the threshold is ever shown."""
    return -(-(threshold - 1) // BASE) * BASE


def laplace(scale: float, drawn: float) -> float:
    """Noise of that scale: 0 on average, without a bound."""
    side = drawn - 0.5
    return -scale * math.copysign(math.log1p(-2 * abs(side)), side)
