"""Tables of the answers as people read them: Norwegian headings and numbers."""

from collections.abc import Sequence

from maps.told.texts import FTE_DECIMALS, Words
from optimizer.judging.kroner.office_money import office_money
from optimizer.judging.kroner.three_states import YearlyMoney
from optimizer.money import Money
from optimizer.problem import Problem
from optimizer.questions.tradeoff.frontier import Frontier, FrontierPoint
from optimizer.questions.tradeoff.surface import Surface, SurfacePoint
from optimizer.terms import TERMS

OBJECTIVE_DECIMALS = 2
PERCENT_DECIMALS = 2


def front_table(words: Words, problem: Problem, front: Frontier | Surface) -> list[list[str]]:
    """Return points: minutes, the terms that are counted alone, the first, the others, offices, what is proved.

    Beside kroner like for like stand money out and work left undone.
    """
    asked = front.terms if isinstance(front, Surface) else (front.first, front.second)
    counted = front.points[0].evaluation.terms if front.points else {}
    order = [*asked[1:], asked[0], *(name for name in counted if name not in asked)]
    money = problem.money if "cost" in counted else None
    kroner = ["money_out", "undone"] if money is not None else []
    heads = ["point", "minutes", *order, *kroner, "offices", "proof"]
    rows = [[words.text(f"term.{name}.short" if name in TERMS else f"front.{name}") for name in heads]]
    points: Sequence[FrontierPoint | SurfacePoint] = front.points
    for k, point in enumerate(points, 1):
        terms = point.evaluation.terms
        rows.append(
            [
                str(k),
                words.number(point.minutes, OBJECTIVE_DECIMALS),
                *(words.number(terms[name].value, words.decimals(name)) for name in order),
                *([] if money is None else both(words, problem, money, point)),
                str(len(point.evaluation.shared)),
                proof(words, point),
            ]
        )
    return rows


def both(words: Words, problem: Problem, money: Money, point: FrontierPoint | SurfacePoint) -> list[str]:
    """Return money out and work left undone of a plan whose kroner are counted."""
    offices = point.grouping.offices.items()
    year = YearlyMoney.sum(YearlyMoney.of(office_money(problem, money, *office)) for office in offices)
    return [words.millions(year.cash_kr), words.number(year.undone_fte, FTE_DECIMALS)]


def proof(words: Words, point: FrontierPoint | SurfacePoint) -> str:
    """Return how sure a point is; no share where there is none that says anything."""
    if point.proved:
        return words.text("proof.proved")
    gap = (point.minutes - point.bound) / point.minutes if point.minutes > 0 else 0.0
    if not 0 < gap < 1:
        # The minutes may be the least that there are, and something else about the point not settled.
        return words.text("proof.open")
    return words.text("proof.gap", gap=words.text("quantity.percent", n=words.at_most(100 * gap, PERCENT_DECIMALS)))
