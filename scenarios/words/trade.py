"""Sentences about fronts between terms and about the range of a weight."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.questions.tradeoff.frontier import Exchange, Frontier
from optimizer.questions.tradeoff.surface import Surface
from optimizer.questions.tradeoff.weights import MOST_WEIGHT, WeightRange
from optimizer.terms import TERMS
from scenarios.words.words import counted, decimals_of, listed, minutes, number, sentence, text

NOTHING = 5e-7
"""A change below this is none."""
FINEST = 6
"""Decimals of a weight."""


def of_front(problem: Problem, front: Frontier) -> list[str]:
    """Return the sentences about a front with at least one point, the exchanges first."""
    lines = [of_exchange(front, k) for k in range(len(front.exchanges))]
    return [*lines, *about(problem, front)]


def of_exchange(front: Frontier, k: int) -> str:
    """Return the sentences about the way from point k to the next, counted from 0."""
    exchange = front.exchanges[k]
    shown = amount(front.second, exchange.less)
    one = shown == "1"
    parts = [
        sentence(
            "frontier.exchange_one" if one else "frontier.exchange_many",
            a=k + 1,
            b=k + 2,
            less=text(f"term.{front.second}.less_{'one' if one else 'many'}", n=shown),
            minutes=minutes(exchange.minutes),
            rate=minutes(exchange.rate),
            each=text(f"term.{front.second}.each"),
        )
    ]
    return " ".join([*parts, of_first(front.first, exchange)])


def of_first(name: str, exchange: Exchange) -> str:
    """Return what happens to the first term on the way."""
    if abs(exchange.first) < NOTHING:
        return sentence(f"term.{name}.first_same")
    key = "first_more" if exchange.first > 0 else "first_less"
    return sentence(f"term.{name}.{key}", change=amount_with_unit(name, abs(exchange.first)))


def of_surface(found: Surface) -> list[str]:
    """Return the sentences about a selection of plans between three terms, with at least one point."""
    _, second, third = found.terms
    lines = [of_end(found, term) for term in (second, third)]
    meaning = sentence("surface.meaning", second=text(f"term.{second}.noun"), third=text(f"term.{third}.noun"))
    proved = sum(point.proved for point in found.points)
    many = len(found.points)
    key = "surface.proved" if proved == many else "surface.proved_some"
    return [*filter(None, lines), meaning, sentence("surface.selection"), sentence(key, proved=proved, all=many)]


def of_end(found: Surface, term: str) -> str:
    """Return what the least of a term costs against the fewest minutes; empty if the first point has it."""
    values = [point.evaluation.terms[term].value for point in found.points]
    first, last = 0, values.index(min(values))
    less = values[first] - values[last]
    if less <= NOTHING:
        return ""
    shown = amount(term, less)
    return sentence(
        "surface.trade",
        a=first + 1,
        b=last + 1,
        term=text(f"term.{term}.noun"),
        less=text(f"term.{term}.less_{'one' if shown == '1' else 'many'}", n=shown),
        minutes=minutes(found.points[last].minutes - found.points[first].minutes),
    )


def amount(name: str, value: float) -> str:
    """Return a raw value of a term without its noun."""
    return number(value, decimals_of(name))


def amount_with_unit(name: str, value: float) -> str:
    """Return a raw value of a term with its unit, without its noun."""
    if TERMS[name].unit == "minutes":
        return minutes(value)
    if TERMS[name].unit == "årsverk":
        return text("quantity.fte", n=amount(name, value))
    return amount(name, value)


def about(problem: Problem, front: Frontier) -> list[str]:
    """Return the sentences about the whole front."""
    first, second = text(f"term.{front.first}.noun"), text(f"term.{front.second}.noun")
    lines = [sentence(f"frontier.meaning_{front.others}", first=first, second=second)]
    if front.complete and len(front.points) == 1:
        lines.append(sentence("frontier.single"))
    lines.append(sentence("frontier.complete" if front.complete else "frontier.open"))
    proved = sum(point.proved for point in front.points)
    if proved == len(front.points):
        lines.append(sentence("frontier.proved"))
    else:
        lines.append(sentence("frontier.proved_some", proved=proved, all=len(front.points)))
    for key, verdict in (("unsupported", False), ("undecided", None)):
        points = [str(k) for k, point in enumerate(front.points, 1) if point.supported is verdict]
        if points:
            lines.append(sentence(f"frontier.{key}", points=listed(points), second=second))
    if front.others == "priced":
        lines.append(of_own_price(problem, front))
    return lines


def of_own_price(problem: Problem, front: Frontier) -> str:
    """Return which point is the cheapest at the scenario's own price of the second term."""
    costs = [point.evaluation.objective for point in front.points]
    cheapest = [str(k) for k, cost in enumerate(costs, 1) if cost - min(costs) < NOTHING]
    facts = {"weight": minutes(getattr(problem.weights, front.second)), "what": text(f"term.{front.second}.price")}
    if len(cheapest) > 1:
        return sentence("frontier.own_price_tie", **facts, points=listed(cheapest))
    return sentence("frontier.own_price", **facts, point=cheapest[0])


def of_weight(found: WeightRange, plan: Grouping) -> str:
    """Return the sentences about the range of one weight over which a plan stays the best."""
    what, weight = text(f"term.{found.term}.price"), number(found.weight, 6)
    lower, upper = found.lower, found.upper
    if found.better is not None:
        return sentence("weights.not_best", what=what, weight=weight)
    if lower is None or upper is None or lower.weight is None:
        return sentence("weights.unknown", what=what, weight=weight)
    shown = bounds(lower.weight, upper.weight, found.weight)
    proved = lower.proved and upper.proved
    key = "between" if upper.weight is not None else "above" if lower.successor is not None else "any"
    if not proved:
        key += "_open"
    parts = [sentence(f"weights.{key}", what=what, weight=weight, lower=shown[0], upper=shown[1])]
    for side, end, inner in (("lower", lower, shown[0]), ("higher", upper, shown[1])):
        if end.successor is not None and end.weight is not None:
            moved = counted("municipalities", len(plan.moved(end.successor)))
            parts.append(sentence(f"weights.{side}", end=outwards(end.weight, inner, side), moved=moved))
    if upper.weight is None:
        parts.append(sentence("weights.most", most=number(MOST_WEIGHT, 0)))
    if not proved:
        parts.append(sentence("weights.unproved"))
    return " ".join(parts)


def outwards(end: float, inner: str, side: str) -> str:
    """Return an end of a range rounded outwards, so that another plan is better beyond it, as finely as its inner."""
    decimals = max(1, len(inner.partition(",")[2]))
    rounding = ROUND_CEILING if side == "higher" else ROUND_FLOOR
    return number(float(Decimal(repr(end)).quantize(Decimal(1).scaleb(-decimals), rounding)), decimals)


def bounds(lower: float, upper: float | None, weight: float) -> tuple[str, str]:
    """Return the ends of a range, rounded inwards so that what is promised holds, and never past the weight.

    So many decimals that an end which is not the weight itself does not read like it, up to `FINEST`.
    """
    own = Decimal(repr(weight))
    low, high = Decimal(repr(lower)), None if upper is None else Decimal(repr(upper))
    for decimals in range(1, 13):
        step = Decimal(1).scaleb(-decimals)
        inner = low.quantize(step, ROUND_CEILING)
        outer = None if high is None else high.quantize(step, ROUND_FLOOR)
        holds = inner <= own and (outer is None or outer >= own)
        tells = (inner < own or low == own) and (outer is None or outer > own or high == own)
        if holds and (tells or decimals >= FINEST):
            return number(float(inner), decimals), "" if outer is None else number(float(outer), decimals)
    return number(weight, 12), number(weight, 12)
