"""Sentences about fronts between terms and about the range of a weight."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.questions.tradeoff.frontier import Exchange, Frontier, price_of
from optimizer.questions.tradeoff.surface import Surface
from optimizer.questions.tradeoff.weights import MOST_WEIGHT, WeightRange
from optimizer.terms import TERMS

NOTHING = 5e-7
"""A change below this is none."""
RATE_DECIMALS = 2
"""Of the minutes that a thousand kroner weigh."""
FINEST = 6
"""Decimals of a weight."""


def of_front(words: Words, problem: Problem, front: Frontier) -> list[str]:
    """Return the sentences about a front with at least one point, the exchanges first."""
    lines = [of_exchange(words, front, k) for k in range(len(front.exchanges))]
    return [*lines, *about(words, problem, front)]


def of_exchange(words: Words, front: Frontier, k: int) -> str:
    """Return the sentences about the way from point k to the next, counted from 0."""
    exchange = front.exchanges[k]
    shown = amount(words, front.second, exchange.less)
    one = shown == "1"
    parts = [
        words.sentence(
            "frontier.exchange_one" if one else "frontier.exchange_many",
            a=k + 1,
            b=k + 2,
            less=words.text(f"term.{front.second}.less_{'one' if one else 'many'}", n=shown),
            minutes=words.minutes(exchange.minutes),
            rate=words.minutes(exchange.rate),
            each=words.text(f"term.{front.second}.each"),
        )
    ]
    return " ".join([*parts, of_first(words, front.first, exchange)])


def of_first(words: Words, name: str, exchange: Exchange) -> str:
    """Return what happens to the first term on the way."""
    if abs(exchange.first) < NOTHING:
        return words.sentence(f"term.{name}.first_same")
    key = "first_more" if exchange.first > 0 else "first_less"
    return words.sentence(f"term.{name}.{key}", change=amount_with_unit(words, name, abs(exchange.first)))


def of_surface(words: Words, problem: Problem, found: Surface) -> list[str]:
    """Return the sentences about a selection of plans between three terms, with at least one point."""
    first, second, third = found.terms
    lines = [of_end(words, found, term) for term in (second, third)]
    meaning = words.sentence(
        "surface.meaning", second=words.text(f"term.{second}.noun"), third=words.text(f"term.{third}.noun")
    )
    proved = sum(point.proved for point in found.points)
    many = len(found.points)
    key = "surface.proved" if proved == many else "surface.proved_some"
    return [
        *filter(None, lines),
        meaning,
        *of_kroner(words, found.terms),
        *of_kroner_price(words, problem, first),
        words.sentence("surface.selection"),
        words.sentence(key, proved=proved, all=many),
    ]


def of_end(words: Words, found: Surface, term: str) -> str:
    """Return what the least of a term costs against the fewest minutes; empty if the first point has it."""
    values = [point.evaluation.terms[term].value for point in found.points]
    first, last = 0, values.index(min(values))
    less = values[first] - values[last]
    if less <= NOTHING:
        return ""
    shown = amount(words, term, less)
    return words.sentence(
        "surface.trade",
        a=first + 1,
        b=last + 1,
        term=words.text(f"term.{term}.noun"),
        less=words.text(f"term.{term}.less_{'one' if shown == '1' else 'many'}", n=shown),
        minutes=words.minutes(found.points[last].minutes - found.points[first].minutes),
    )


def amount(words: Words, name: str, value: float) -> str:
    """Return a raw value of a term without its noun."""
    return words.short(value, words.decimals(name))


def amount_with_unit(words: Words, name: str, value: float) -> str:
    """Return a raw value of a term with its unit, without its noun."""
    if TERMS[name].unit == "minutes":
        return words.minutes(value)
    if TERMS[name].unit == "årsverk":
        return words.text("quantity.fte", n=amount(words, name, value))
    return amount(words, name, value)


def about(words: Words, problem: Problem, front: Frontier) -> list[str]:
    """Return the sentences about the whole front."""
    first, second = words.text(f"term.{front.first}.noun"), words.text(f"term.{front.second}.noun")
    lines = [words.sentence(f"frontier.meaning_{front.others}", first=first, second=second)]
    lines += [*of_kroner(words, (front.first, front.second)), *of_kroner_price(words, problem, front.first)]
    if front.complete and len(front.points) == 1:
        lines.append(words.sentence("frontier.single"))
    lines.append(words.sentence("frontier.complete" if front.complete else "frontier.open"))
    proved = sum(point.proved for point in front.points)
    if proved == len(front.points):
        lines.append(words.sentence("frontier.proved"))
    else:
        lines.append(words.sentence("frontier.proved_some", proved=proved, all=len(front.points)))
    for key, verdict in (("unsupported", False), ("undecided", None)):
        points = [str(k) for k, point in enumerate(front.points, 1) if point.supported is verdict]
        if points:
            lines.append(words.sentence(f"frontier.{key}", points=words.listed(points), second=second))
    # Without a price of kroner in the scenario its own objective is another than the minutes of the table.
    if front.others == "priced" and not of_kroner_price(words, problem, front.first):
        lines.append(of_own_price(words, problem, front))
    return lines


def of_kroner_price(words: Words, problem: Problem, first: str) -> list[str]:
    """Return what kroner weigh in the minutes where the scenario has no price for them; nothing otherwise."""
    if first != "cost" or problem.weights.cost:
        return []
    return [words.sentence("frontier.kroner_price", minutes=words.minutes(price_of(problem, first), RATE_DECIMALS))]


def of_kroner(words: Words, terms: Iterable[str]) -> list[str]:
    """Return what kroner are, for they are not money out; nothing where no term counts them."""
    return [words.sentence("frontier.kroner_like")] if "cost" in terms else []


def of_own_price(words: Words, problem: Problem, front: Frontier) -> str:
    """Return which point is the cheapest at the scenario's own price of the second term."""
    costs = [point.evaluation.objective for point in front.points]
    cheapest = [str(k) for k, cost in enumerate(costs, 1) if cost - min(costs) < NOTHING]
    facts = {
        "weight": words.minutes(getattr(problem.weights, front.second)),
        "what": words.text(f"term.{front.second}.price"),
    }
    if len(cheapest) > 1:
        return words.sentence("frontier.own_price_tie", **facts, points=words.listed(cheapest))
    return words.sentence("frontier.own_price", **facts, point=cheapest[0])


def of_weight(words: Words, found: WeightRange, plan: Grouping) -> str:
    """Return the sentences about the range of one weight over which a plan stays the best."""
    what, weight = words.text(f"term.{found.term}.price"), words.short(found.weight, 6)
    lower, upper = found.lower, found.upper
    if found.better is not None:
        return words.sentence("weights.not_best", what=what, weight=weight)
    if lower is None or upper is None or lower.weight is None:
        return words.sentence("weights.unknown", what=what, weight=weight)
    shown = bounds(words, lower.weight, upper.weight, found.weight)
    proved = lower.proved and upper.proved
    key = "between" if upper.weight is not None else "above" if lower.successor is not None else "any"
    if not proved:
        key += "_open"
    parts = [words.sentence(f"weights.{key}", what=what, weight=weight, lower=shown[0], upper=shown[1])]
    for side, end, inner in (("lower", lower, shown[0]), ("higher", upper, shown[1])):
        if end.successor is not None and end.weight is not None:
            moved = words.count("municipalities", len(plan.moved(end.successor)))
            parts.append(words.sentence(f"weights.{side}", end=outwards(words, end.weight, inner, side), moved=moved))
    if upper.weight is None:
        parts.append(words.sentence("weights.most", most=words.number(MOST_WEIGHT)))
    if not proved:
        parts.append(words.sentence("weights.unproved"))
    return " ".join(parts)


def outwards(words: Words, end: float, inner: str, side: str) -> str:
    """Return an end of a range rounded outwards, so that another plan is better beyond it, as finely as its inner."""
    decimals = max(1, len(inner.partition(words.point)[2]))
    rounding = ROUND_CEILING if side == "higher" else ROUND_FLOOR
    return words.short(float(Decimal(repr(end)).quantize(Decimal(1).scaleb(-decimals), rounding)), decimals)


def bounds(words: Words, lower: float, upper: float | None, weight: float) -> tuple[str, str]:
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
            return words.short(float(inner), decimals), "" if outer is None else words.short(float(outer), decimals)
    return words.short(weight, 12), words.short(weight, 12)
