"""Sentences about different good plans."""

from collections import Counter

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.questions.alternatives import Alternative, Alternatives
from optimizer.questions.firmness import Firmness
from scenarios.words.names import Names

LEAST = 5e-7
"""Minutes; plans that differ by less cost the same."""


def of_alternatives(words: Words, found: Alternatives, asked: int) -> list[str]:
    """Return the sentences about a list of plans: each plan, and what is known about the end of the list.

    Parameters
    ----------
    found
        At least one plan.
    asked
        How many alternatives were asked for.
    """
    lines = [of_best(words, found.plans[0])]
    lines += [of_alternative(words, found, rank) for rank in range(1, len(found.plans))]
    return [*lines, of_end(words, found, asked), words.sentence(f"alternatives.counting_{found.counting}")]


def of_best(words: Words, best: Alternative) -> str:
    """Return the sentence about the best plan."""
    facts = {
        "burden": words.minutes(best.objective),
        "offices": words.count("offices", len(best.evaluation.shared)),
        "alone": words.term("alone", len(best.evaluation.alone)),
    }
    if best.proved:
        return words.sentence("alternatives.best_proved", **facts)
    return words.sentence("alternatives.best_open", **facts, less=words.most_minutes(best.objective - best.bound))


def of_alternative(words: Words, found: Alternatives, rank: int) -> str:
    """Return the sentences about one alternative: what it costs, what it moves, what is proved."""
    plan, first = found.plans[rank], found.plans[0]
    extra = plan.objective - first.objective
    key = "same" if abs(extra) < LEAST else "more" if extra > 0 else "less"
    parts = [
        words.sentence(
            f"alternatives.{key}",
            n=words.number(rank),
            extra=words.minutes(abs(extra)),
            share=words.percent(abs(plan.extra)),
            moved=words.count("municipalities", len(plan.moved[0])),
        )
    ]
    if rank > 1:
        least = min(len(moved) for moved in plan.moved[1:])
        parts.append(words.sentence("alternatives.before", moved=words.count("municipalities", least)))
    if plan.proved:
        min_moved = words.count("municipalities", found.min_moved)
        parts.append(words.sentence("alternatives.proved", min_moved=min_moved))
    else:
        parts.append(words.sentence("alternatives.open", less=words.most_minutes(plan.objective - plan.bound)))
    return " ".join(parts)


def of_end(words: Words, found: Alternatives, asked: int) -> str:
    """Return the sentence about what comes after the last plan."""
    within = words.percent(found.within)
    if found.exhausted:
        min_moved = words.count("municipalities", found.min_moved)
        return words.sentence("alternatives.end_exhausted", min_moved=min_moved, within=within)
    if len(found.plans) > asked:
        return words.sentence("alternatives.end_count", k=words.number(asked))
    return words.sentence("alternatives.end_open", within=within)


def of_firmness(words: Words, found: Firmness) -> list[str]:
    """Return the sentences about what all, some or none of the nearly best plans have; with a plan."""
    pairs, hosts, alone = (Counter(claims.values()) for claims in (found.together, found.hosts, found.alone))
    lines = [
        words.sentence(
            "firmness.pairs",
            within=words.percent(found.within),
            all=words.count("neighbours", pairs["all"]),
            some=words.number(pairs["some"]),
            none=words.number(pairs["none"]),
        )
    ]
    if found.grouping is not None:
        own = [firm for pair, firm in found.together.items() if share_office(found.grouping, pair)]
        lines.append(
            words.sentence(
                "firmness.of_plan", pairs=words.count("neighbours", len(own)), all=words.number(own.count("all"))
            )
        )
    for key, claims in (("hosts", hosts), ("alone", alone)):
        many = words.count("municipalities", claims["all"])
        lines.append(words.sentence(f"firmness.{key}", all=many, some=words.number(claims["some"])))
    undecided = pairs["open"] + hosts["open"] + alone["open"]
    if undecided:
        lines.append(words.sentence("firmness.open", many=words.count("claims", undecided)))
    return lines


def share_office(plan: Grouping, pair: tuple[str, str]) -> bool:
    """Return whether two municipalities share an office."""
    return plan.host_of[pair[0]] == plan.host_of[pair[1]]


def place(names: Names, grouping: Grouping, id_: str) -> str:
    """Return where a municipality has its office: the host's name, "vert selv" or "alene"."""
    host = grouping.host_of[id_]
    if host != id_:
        return names[host]
    return names.text("place.alone" if len(grouping.offices[host]) == 1 else "place.own")
