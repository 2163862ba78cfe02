"""Sentences about different good plans."""

from collections import Counter

from optimizer.grouping import Grouping
from optimizer.questions.alternatives import Alternative, Alternatives
from optimizer.questions.firmness import Firmness
from scenarios.words.words import Names, counted, minutes, most_minutes, number, percent, sentence, term, text

LEAST = 5e-7
"""Minutes; plans that differ by less cost the same."""


def of_alternatives(found: Alternatives, asked: int) -> list[str]:
    """Return the sentences about a list of plans: each plan, and what is known about the end of the list.

    Parameters
    ----------
    found
        At least one plan.
    asked
        How many alternatives were asked for.
    """
    lines = [of_best(found.plans[0])]
    lines += [of_alternative(found, rank) for rank in range(1, len(found.plans))]
    return [*lines, of_end(found, asked), sentence(f"alternatives.counting_{found.counting}")]


def of_best(best: Alternative) -> str:
    """Return the sentence about the best plan."""
    facts = {
        "cost": minutes(best.objective),
        "offices": counted("offices", len(best.evaluation.shared)),
        "alone": term("alone", len(best.evaluation.alone)),
    }
    if best.proved:
        return sentence("alternatives.best_proved", **facts)
    return sentence("alternatives.best_open", **facts, less=most_minutes(best.objective - best.bound))


def of_alternative(found: Alternatives, rank: int) -> str:
    """Return the sentences about one alternative: what it costs, what it moves, what is proved."""
    plan, first = found.plans[rank], found.plans[0]
    extra = plan.objective - first.objective
    key = "same" if abs(extra) < LEAST else "more" if extra > 0 else "less"
    parts = [
        sentence(
            f"alternatives.{key}",
            n=number(rank, 0),
            extra=minutes(abs(extra)),
            share=percent(abs(plan.extra)),
            moved=counted("municipalities", len(plan.moved[0])),
        )
    ]
    if rank > 1:
        least = min(len(moved) for moved in plan.moved[1:])
        parts.append(sentence("alternatives.before", moved=counted("municipalities", least)))
    if plan.proved:
        min_moved = counted("municipalities", found.min_moved)
        parts.append(sentence("alternatives.proved", min_moved=min_moved))
    else:
        parts.append(sentence("alternatives.open", less=most_minutes(plan.objective - plan.bound)))
    return " ".join(parts)


def of_end(found: Alternatives, asked: int) -> str:
    """Return the sentence about what comes after the last plan."""
    within = percent(found.within)
    if found.exhausted:
        min_moved = counted("municipalities", found.min_moved)
        return sentence("alternatives.end_exhausted", min_moved=min_moved, within=within)
    if len(found.plans) > asked:
        return sentence("alternatives.end_count", k=number(asked, 0))
    return sentence("alternatives.end_open", within=within)


def of_firmness(found: Firmness) -> list[str]:
    """Return the sentences about what all, some or none of the nearly best plans have; with a plan."""
    pairs, hosts, alone = (Counter(claims.values()) for claims in (found.together, found.hosts, found.alone))
    lines = [
        sentence(
            "firmness.pairs",
            within=percent(found.within),
            all=counted("neighbours", pairs["all"]),
            some=number(pairs["some"], 0),
            none=number(pairs["none"], 0),
        )
    ]
    if found.grouping is not None:
        own = [firm for pair, firm in found.together.items() if share_office(found.grouping, pair)]
        lines.append(
            sentence("firmness.of_plan", pairs=counted("neighbours", len(own)), all=number(own.count("all"), 0))
        )
    for key, claims in (("hosts", hosts), ("alone", alone)):
        many = counted("municipalities", claims["all"])
        lines.append(sentence(f"firmness.{key}", all=many, some=number(claims["some"], 0)))
    undecided = pairs["open"] + hosts["open"] + alone["open"]
    if undecided:
        lines.append(sentence("firmness.open", many=counted("claims", undecided)))
    return lines


def share_office(plan: Grouping, pair: tuple[str, str]) -> bool:
    """Return whether two municipalities share an office."""
    return plan.host_of[pair[0]] == plan.host_of[pair[1]]


def place(names: Names, grouping: Grouping, id_: str) -> str:
    """Return where a municipality has its office: the host's name, "vert selv" or "alene"."""
    host = grouping.host_of[id_]
    if host != id_:
        return names[host]
    return text("place.alone" if len(grouping.offices[host]) == 1 else "place.own")
