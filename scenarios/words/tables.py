"""Tables of the answers as people read them: Norwegian headings and numbers."""

from collections.abc import Sequence

from maps.told.texts import number
from optimizer.questions.tradeoff.frontier import Frontier, FrontierPoint
from optimizer.questions.tradeoff.surface import Surface, SurfacePoint
from optimizer.terms import TERMS
from scenarios.words.words import at_most, decimals_of, text

OBJECTIVE_DECIMALS = 2
PERCENT_DECIMALS = 2


def front_table(front: Frontier | Surface) -> list[list[str]]:
    """Return points: minutes, the terms that are counted alone, the first, the others, offices, what is proved."""
    asked = front.terms if isinstance(front, Surface) else (front.first, front.second)
    order = [*asked[1:], asked[0], *(name for name in TERMS if name not in asked)]
    heads = ["point", "minutes", *order, "offices", "proof"]
    rows = [[text(f"term.{name}.short" if name in TERMS else f"front.{name}") for name in heads]]
    points: Sequence[FrontierPoint | SurfacePoint] = front.points
    for k, point in enumerate(points, 1):
        terms = point.evaluation.terms
        rows.append(
            [
                str(k),
                number(point.minutes, OBJECTIVE_DECIMALS),
                *(number(terms[name].value, decimals_of(name)) for name in order),
                str(len(point.evaluation.shared)),
                proof(point),
            ]
        )
    return rows


def proof(point: FrontierPoint | SurfacePoint) -> str:
    """Return how sure a point is; no share where there is none that says anything."""
    if point.proved:
        return text("proof.proved")
    gap = (point.minutes - point.bound) / point.minutes if point.minutes > 0 else 0.0
    if not 0 < gap < 1:
        # The minutes may be the least that there are, and something else about the point not settled.
        return text("proof.open")
    return text("proof.gap", gap=text("quantity.percent", n=at_most(100 * gap, PERCENT_DECIMALS)))
