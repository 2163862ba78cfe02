"""Sentences about one municipality: its office, why, what else it could have, and what stops the rest."""

from collections.abc import Sequence

from maps.told.texts import MINUTE_DECIMALS, Words
from optimizer.judging.difference import CostDifference
from optimizer.judging.evaluation import OfficeRow
from optimizer.problem import Problem
from optimizer.questions.why.explain import PlaceOption, WhatIf
from optimizer.questions.why.inclusion import Inclusion
from optimizer.questions.why.openings import Opening
from optimizer.solve import Status
from scenarios.words.names import Names
from scenarios.words.rules import LIMIT_DECIMALS, enough, figure, nearest, rule, why

SAME = 1e-6
SHOWN = 0.05
"""Minutes; differences in a term below this are left away."""
MOST_MOVES, MOST_OFFICES = 6, 4


def of_what_if(problem: Problem, names: Names, found: WhatIf) -> list[str]:
    """Return all sentences but those about the options."""
    return [*of_office(problem, names, found), of_plan(names, found), of_why(names, found), *of_sharing(names, found)]


def of_office(problem: Problem, names: Names, found: WhatIf) -> list[str]:
    """Return the sentences about the municipality's office."""
    office, name = found.office, names[found.municipality]
    others = [i for i in office.members if i not in {found.municipality, office.host}]
    if not office.is_shared:
        lines = [names.sentence("explain.alone", name=name)]
    elif found.municipality == office.host:
        lines = [names.sentence("explain.own", name=name, others=names.all_of(others))]
    else:
        way = float(problem.minutes[problem.index[found.municipality], problem.index[office.host]])
        key = "explain.member" if others else "explain.member_two"
        facts = {"name": name, "host": names[office.host], "minutes": names.minutes(way)}
        lines = [names.sentence(key, **facts, others=names.all_of(others))]
    lines.append(of_capacity(names, problem, office))
    if office.is_shared:
        mean, longest = names.minutes(office.mean_minutes), names.minutes(office.longest_minutes)
        lines.append(names.sentence("explain.journeys", mean=mean, longest=longest))
    if office.county_lines or office.statsforvalter_lines:
        county, statsforvalter = (
            names.count("members", many) for many in (office.county_lines, office.statsforvalter_lines)
        )
        lines.append(names.sentence("explain.lines", county=county, statsforvalter=statsforvalter))
    return lines


def of_capacity(words: Words, problem: Problem, office: OfficeRow) -> str:
    """Return the sentence about the planners of an office."""
    return words.sentence(
        "explain.office_below" if office.missing_fte > SAME else "explain.office_enough",
        who=words.text(f"explain.who_{'office' if office.is_shared else 'municipality'}"),
        planners=words.fte(office.planner_fte),
        missing=words.fte(office.missing_fte),
        mass=figure(words, problem.limits.min_office_fte),
        need=words.fte(office.need_fte),
    )


def of_plan(words: Words, found: WhatIf) -> str:
    """Return what is known about the plan that is explained."""
    cost = words.minutes(found.evaluation.objective)
    if found.status == Status.OPTIMAL:
        return words.sentence("explain.proved", burden=cost)
    less = words.most_minutes((found.gap or 0.0) * found.evaluation.objective)
    return words.sentence("explain.open", burden=cost, less=less)


def of_why(names: Names, found: WhatIf) -> str:
    """Return why the municipality is where it is: the nearest other place and its price."""
    name = names[found.municipality]
    others = [option for option in found.options if not option.is_now]
    decided = all(option.status in {Status.OPTIMAL, Status.INFEASIBLE} for option in others)
    possible = [(option.difference.total, option) for option in others if option.difference is not None]
    if not possible:
        return names.sentence("explain.why_only" if decided else "explain.why_only_open", name=name)
    total, best = min(possible, key=lambda pair: pair[0])
    option = place(names, best)
    if total < -SAME:
        return names.sentence("explain.why_cheaper", option=option, extra=names.minutes(-total))
    proved = found.status == Status.OPTIMAL
    if total <= SAME:
        return names.sentence("explain.why_tie" if proved else "explain.why_tie_open", name=name, option=option)
    is_certain = decided and proved
    key = "explain.why_next" if is_certain else "explain.why_next_open"
    return names.sentence(key, name=name, option=option, extra=names.minutes(total))


def place(names: Names, option: PlaceOption) -> str:
    """Return a place as a noun."""
    return names.text(f"explain.option_{option.place.kind}", host=names[option.place.host])


def of_option(names: Names, option: PlaceOption) -> str:
    """Return the sentences about one place: what it costs whom, or what stops it."""
    # As exactly as the limit that it is set against in the same sentence.
    is_set_against = any(part.rule == "max_minutes" for stop in option.stops for part in stop.parts)
    minutes = names.minutes(option.minutes, LIMIT_DECIMALS if is_set_against else MINUTE_DECIMALS)
    heading = names.text(f"explain.heading_{option.place.kind}", host=names[option.place.host], minutes=minutes)
    if option.is_now and (option.difference is None or abs(option.difference.total) <= SAME):
        return names.sentence("explain.now", heading=heading)
    if option.status == Status.INFEASIBLE:
        cannot = names.sentence("explain.cannot", heading=heading, why=why(names, option.place, option.stops))
        return f"{cannot} {nearest(names, option.stops)}".rstrip()
    if option.difference is None:
        return names.sentence("explain.unknown", heading=heading)
    total = option.difference.total
    key = "same" if abs(total) <= SAME else "more" if total > 0 else "less"
    parts = [names.sentence(f"explain.{key}", heading=heading, extra=names.minutes(abs(total)))]
    if option.status != Status.OPTIMAL and option.at_least is not None:
        parts.append(of_bound(names, option.at_least))
    return " ".join([*parts, *of_difference(names, option.difference)])


def of_bound(words: Words, at_least: float) -> str:
    """Return the sentence about what is proved of an option whose best plan is not."""
    if at_least < 0:
        return words.sentence("explain.at_least_saves", least=words.most_minutes(-at_least))
    # Rounded down: less is promised, never more.
    least = int(at_least * 10) / 10
    if not least:
        return words.sentence("explain.at_least_nothing")
    return words.sentence("explain.at_least", least=words.minutes(least))


def of_difference(names: Names, difference: CostDifference) -> list[str]:
    """Return which terms a difference is made of, who gets another host, and what offices there are then."""
    parts = []
    terms = [
        names.text(
            f"explain.term_{'more' if term.minutes > 0 else 'less'}",
            term=names.text(f"term.{term.name}.noun"),
            minutes=names.minutes(abs(term.minutes)),
        )
        for term in difference.terms
        if abs(term.minutes) >= SHOWN
    ]
    if len(terms) > 1:
        parts.append(names.sentence("explain.terms", terms=names.listed(terms)))
    moves = [
        names.text(
            "explain.move_home" if move.after == move.municipality else "explain.move",
            name=names[move.municipality],
            before=host(names, move.municipality, move.before),
            after=host(names, move.municipality, move.after),
            minutes=names.minutes(move.minutes_after),
        )
        for move in difference.moves
    ]
    if not moves:
        return [*parts, names.sentence("explain.moves_none")]
    count = names.count("municipalities", len(moves))
    parts.append(names.sentence("explain.moves", count=count, moves=names.listed(moves, MOST_MOVES)))
    offices = [of_new_office(names, office) for office in difference.after]
    return [*parts, names.sentence("explain.offices", offices=names.listed(offices, MOST_OFFICES))]


def of_new_office(names: Names, office: OfficeRow) -> str:
    """Return an office that the other plan has, as a phrase."""
    facts = {"host": names[office.host], "planners": names.fte(office.planner_fte)}
    if not office.is_shared:
        return names.text("explain.office_alone", **facts)
    others = names.all_of(i for i in office.members if i != office.host)
    return names.text("explain.office", **facts, members=others)


def host(names: Names, municipality: str, host_id: str) -> str:
    """Return a host's name, or that it is the municipality itself."""
    return names.text("explain.move_self") if host_id == municipality else names[host_id]


def of_sharing(names: Names, found: WhatIf) -> list[str]:
    """Return what would let a municipality that stands alone share an office."""
    if found.office.is_shared:
        return []
    name = names[found.municipality]
    lines = []
    if found.can_share is False:
        lines.append(names.sentence("explain.can_share_not", name=name))
    elif found.can_share is None:
        lines.append(names.sentence("explain.can_share_unknown", name=name))
    lines += [of_opening(names, name, opening) for opening in found.openings]
    if found.inclusion is not None:
        lines.append(of_inclusion(names, name, found.inclusion))
    return lines


def of_opening(names: Names, name: str, opening: Opening) -> str:
    """Return what must change for the municipality to share an office."""
    changes: Sequence[str] = [
        names.text(f"rule.contiguity.change_{opening.contiguity or 'off'}")
        if part.rule == "contiguity"
        else names.text(f"rule.{part.rule}.change", value=enough(names, part.rule, opening.value))
        if opening.value is not None and part == opening.parts[-1]
        else names.text("explain.change_drop", rule=rule(names, part))
        for part in opening.parts
    ]
    own = names.text("explain.move_self")
    host_name = names[opening.host] if names[opening.host] != name else own
    return names.sentence("explain.opening", name=name, host=host_name, changes=names.listed(changes))


def of_inclusion(words: Words, name: str, inclusion: Inclusion) -> str:
    """Return from which longest journey on the best plan takes the municipality in."""
    least, upto = figure(words, inclusion.not_below), figure(words, inclusion.searched_to)
    if inclusion.minutes is None:
        never = inclusion.not_below >= inclusion.searched_to
        return words.sentence(
            "explain.inclusion_never" if never else "explain.inclusion_unknown", name=name, upto=upto, least=least
        )
    key = "explain.inclusion" if inclusion.proved else "explain.inclusion_open"
    return words.sentence(key, name=name, minutes=enough(words, "max_minutes", inclusion.minutes), least=least)
