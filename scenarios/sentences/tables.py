"""Tables of the answers as people read them: Norwegian headings and numbers."""

from maps.texts import number
from optimizer.frontier import Frontier
from optimizer.terms import TERMS
from scenarios.sentences.words import DECIMALS, percent, text

OBJECTIVE_DECIMALS = 2


def front_table(front: Frontier) -> list[list[str]]:
    """Return the points of a front: minutes, the two terms, the others, what is proved, whether supported."""
    others = [name for name in TERMS if name not in {front.first, front.second}]
    order = [front.second, front.first, *others]
    rows = [
        [
            text("column.point"),
            text("column.minutes"),
            *(text(f"column.{name}") for name in order),
            text("column.offices"),
            text("column.proof"),
        ]
    ]
    for k, point in enumerate(front.points, 1):
        terms = point.evaluation.terms
        rows.append(
            [
                str(k),
                number(point.minutes, OBJECTIVE_DECIMALS),
                *(number(terms[name].value, DECIMALS.get(name, 0)) for name in order),
                str(len(point.evaluation.shared)),
                text("proof.proved") if point.proved else text("proof.gap", gap=percent(point.gap)),
            ]
        )
    return rows
