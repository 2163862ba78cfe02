"""Few colours that everybody can tell apart, given so that neighbouring offices differ.

The six office colours were chosen by search: laid over the ground as the map shows them, any two of them are
at least `MIN_DISTANCE` apart in OKLab for normal sight and for the three kinds of colour blindness, and no two
have the same grey in print. `tests/maps/told/test_palette.py` checks this.
"""

import zlib
from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OFFICES: Final = ("#924258", "#4673c4", "#bb8d52", "#8fafd6", "#e0ce64", "#ace9d9")
"""Fills of offices, before they are laid over the ground: mulberry, blue, sand, sky, straw, mint."""

FILL_OPACITY: Final = 0.65
GROUND: Final = "#eef1f2"
"""Sea and everything that is not Norway."""
LAND: Final = "#fbfbf9"
"""Municipalities that do not take part."""
ALONE: Final = "#eceeed"
"""Ground of the hatching of municipalities that stand alone."""
HATCH: Final = "#8b959b"
OUTLINE: Final = "#22313b"
"""Borders of offices, hosts, travel lines."""
COUNTY: Final = "#5b4a8a"
INK: Final = "#1c2a33"
MUTED: Final = "#50606b"

MIN_DISTANCE: Final = 0.09
"""Smallest OKLab distance between two office colours as seen; 0.02 is just noticeable side by side."""

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
COLOUR_BLINDNESS: Final[Mapping[str, tuple[tuple[float, float, float], ...]]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

# Ottosson (2020), OKLab: linear RGB to cone responses, and their cube roots to lightness and two hues.
_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                   [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
_OKLAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def assign(neighbours: Mapping[str, Collection[str]], colours: int = len(OFFICES)) -> dict[str, int]:
    """Give each office a colour so that no two neighbours share one.

    Each host has a colour of its own by its id, which it keeps unless a neighbour has taken it; so a host mostly
    looks the same in two plans. Hosts choose in an order that depends on their ids alone. If that leaves somebody
    without a colour, they choose in the order in which a map that can be drawn in the plane never does so with six.

    Parameters
    ----------
    neighbours
        Host id to the hosts of its neighbouring offices, symmetric.
    colours
        How many there are.

    Returns
    -------
    dict
        Host id to colour index. Only if both orders fail do two neighbours share a colour.
    """
    by_id = sorted(neighbours, key=lambda host: (zlib.crc32(host[::-1].encode()), host))
    for order in (by_id, _smallest_last(neighbours)):
        given = _greedy(order, neighbours, colours)
        if not clashes(given, neighbours):
            break
    return dict(sorted(given.items()))


def preferred(host: str, colours: int = len(OFFICES)) -> int:
    """Return the colour that a host has unless a neighbour has taken it."""
    return zlib.crc32(host.encode()) % colours


def clashes(given: Mapping[str, int], neighbours: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Return the neighbours that share a colour."""
    return sorted((a, b) for a, others in neighbours.items() for b in others if a < b and given[a] == given[b])


def _greedy(order: list[str], neighbours: Mapping[str, Collection[str]], colours: int) -> dict[str, int]:
    given: dict[str, int] = {}
    for host in order:
        taken = [given[other] for other in neighbours[host] if other in given]
        wished = [(preferred(host, colours) + step) % colours for step in range(colours)]
        given[host] = min(wished, key=lambda colour: (taken.count(colour), wished.index(colour)))
    return given


def _smallest_last(neighbours: Mapping[str, Collection[str]]) -> list[str]:
    left = {host: set(others) for host, others in neighbours.items()}
    order = []
    while left:
        host = min(left, key=lambda candidate: (len(left[candidate]), candidate))
        order.append(host)
        for other in left.pop(host):
            left[other].discard(host)
    return order[::-1]


def rgb(colour: str) -> Floats:
    """Return the sRGB parts of ``#rrggbb``, 0 to 1 (3,)."""
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def linear(colour: str) -> Floats:
    """Return the linear RGB parts of ``#rrggbb`` (3,), as in WCAG 2.1."""
    parts = rgb(colour)
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def seen(colour: str, ground: str = GROUND, opacity: float = FILL_OPACITY) -> str:
    """Return the colour that is seen where a fill lies on the ground."""
    mixed = opacity * rgb(colour) + (1 - opacity) * rgb(ground)
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.1)."""
    return float(linear(colour) @ _LUMINANCE)


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(a: str, b: str, blindness: str | None = None) -> float:
    """Return how different two colours look: the distance in OKLab, for a kind of colour blindness if one is named."""
    return float(np.linalg.norm(_oklab(a, blindness) - _oklab(b, blindness)))


def _oklab(colour: str, blindness: str | None) -> Floats:
    light = linear(colour)
    if blindness is not None:
        light = np.clip(np.array(COLOUR_BLINDNESS[blindness]) @ light, 0, 1)
    lab: Floats = _OKLAB @ np.cbrt(_CONES @ light)
    return lab
