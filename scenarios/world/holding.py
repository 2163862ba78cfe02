"""Begin from what there is: a grouping to start from, and offices to hold."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Violation
from optimizer.judging.offices import EXCUSED
from optimizer.problem import Problem, ProblemError
from optimizer.questions.office import Held
from optimizer.terms import RULES
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault, mean
from scenarios.question.gazetteer import fold
from scenarios.world.build import World, the_pins
from scenarios.world.references import Group, nearest

OPTION = "--keep"
FEWEST = 2
"""Members of a shared office."""
MENDED_BY_OTHERS = {"contiguity", "min_members", "min_office_fte"}
"""Rules that an office may come to keep when others join it."""
SHOWN = 8
"""Offices that a fault names."""


def offices_of(
    problem: Problem,
    grouping: Grouping,
    names: Mapping[str, str] | None = None,
    guessed: Iterable[str] = (),
    groups: Iterable[Group] = (),
) -> list[Held]:
    """Return the shared offices of a grouping, to be held.

    Parameters
    ----------
    problem
        Names the municipalities.
    grouping
        Any grouping.
    names
        Names of offices by host, where they have one.
    guessed
        Hosts that no source names.
    groups
        What a reference says of them: who does not take part. Groups of which fewer than two do are offices too, to
        be told of.
    """
    called, unnamed, known = names or {}, set(guessed), {group.host: group for group in groups if group.outside}
    shared = {host: members for host, members in grouping.offices.items() if len(members) > 1}
    found = [
        Held(
            called.get(host, problem.label(host)),
            host,
            members,
            host not in unnamed,
            known[host].outside if host in known else (),
        )
        for host, members in shared.items()
    ]
    lost = [group for host, group in known.items() if host not in shared]
    return found + [Held(group.name, group.host, group.members, away=group.outside) for group in lost]


def find(problem: Problem, offices: Iterable[Held], written: str) -> list[Held]:
    """Return the offices that somebody may mean by a name.

    Parameters
    ----------
    problem
        Names the municipalities.
    offices
        To choose from.
    written
        Name of an office; number or name of its host; a part of the office's name; number or name of a member. The
        first of these that anything fits decides; upper and lower case are the same.
    """
    offices, text = tuple(offices), fold(written)

    def is_called(id_: str) -> bool:
        return text in {id_, fold(problem.names[problem.index[id_]])}

    readings: tuple[Callable[[Held], bool], ...] = (
        lambda office: fold(office.name) == text,
        lambda office: is_called(office.host),
        lambda office: bool(text) and text in fold(office.name),
        lambda office: any(map(is_called, office.members)),
    )
    fitting = ([office for office in offices if fits(office)] for fits in readings)
    return next((found for found in fitting if found), [])


def find_all(problem: Problem, offices: Iterable[Held], written: Iterable[str], option: str) -> list[Held]:
    """Return the office that each name means.

    Raises
    ------
    ScenarioError
        With every name that means none, or several.
    """
    offices, faults, chosen = tuple(offices), [], []
    for text in written:
        found = find(problem, offices, text)
        if len(found) == 1:
            chosen.append(found[0])
        elif found:
            hint = f"write one of: {', '.join(office.name for office in found)}"
            faults.append(Fault(option, None, text, f"means {len(found)} offices", hint))
        else:
            known = ", ".join(office.name for office in offices[:SHOWN])
            more = f" and {len(offices) - SHOWN} more" if len(offices) > SHOWN else ""
            guess = mean(text, (office.name for office in offices))
            faults.append(
                Fault(option, None, text, "no shared office of this name", guess or f"there are {known}{more}")
            )
    if faults:
        raise ScenarioError(faults)
    return list(dict.fromkeys(chosen))


def hold(
    world: World, offices: Iterable[Held], *, strict: bool = False, option: str = OPTION
) -> tuple[World, tuple[Held, ...]]:
    """Return the world in which these offices are pinned, and the offices as they are held.

    An office that keeps the limits is held together with its host, and others may join. One that breaks a limit as it
    stands is held exactly as it is (`optimizer.problem.Pins.held`), and nobody joins.

    Parameters
    ----------
    world
        What is asked.
    offices
        To hold; members that do not take part are in `Held.away`.
    strict
        Refuse an office that breaks a limit, or of which somebody does not take part.
    option
        That named the offices, for messages.

    Raises
    ------
    ScenarioError
        With every reason why one of them cannot be held.
    """
    judged = [as_it_is(world.problem, taking_part(world.problem, office)) for office in offices]
    faults = [
        Fault(option, None, office.name, what, hint)
        for office in judged
        for what, hint in obstacles(world.problem, office, strict=strict)
    ]
    if faults:
        raise ScenarioError(faults)
    pins = world.scenario.pins
    open_, closed = ([office for office in judged if bool(office.breaches) is broken] for broken in (False, True))
    fixed = {id_: office.host for office in open_ if office.host_named for id_ in office.members}
    more = {
        "fixed": dict(pins.fixed) | fixed,
        "together": (*pins.together, *(office.members for office in open_)),
        "held": dict(pins.held) | {office.host: office.members for office in closed},
    }
    scenario = world.scenario.model_copy(update={"pins": pins.model_copy(update=more)})
    scenario = scenario.written_at(world.scenario.origins)
    try:
        problem = replace(world.problem, pins=the_pins(scenario))
    except ProblemError as error:
        raise ScenarioError(
            Fault(option, None, "", fault, "change a pin, or hold other offices") for fault in error.faults
        ) from None
    return replace(world, scenario=scenario, problem=problem), tuple(judged)


def taking_part(problem: Problem, office: Held) -> Held:
    """Return the office with those that take part; if its host does not, rule 3 of `references` chooses."""
    members = tuple(id_ for id_ in office.members if takes_part(problem, id_))
    away = tuple(sorted({*office.away, *office.members, office.host} - set(members)))
    if office.host in members or not members or not away:
        return replace(office, members=members or office.members, away=away)
    return replace(office, host=nearest(problem, members), members=members, away=away, host_named=False)


def as_it_is(problem: Problem, office: Held) -> Held:
    """Return the office with the limits that it breaks; of several possible hosts, one at which it breaks none."""
    if len(office.members) < FEWEST or not all(takes_part(problem, id_) for id_ in office.members):
        return office
    hosts = [office.host] if office.host_named else [office.host, *office.members]
    broken = [breaches_at(problem, host, office.members) for host in hosts]
    return replace(office, breaches=() if not all(broken) else broken[0])


def breaches_at(problem: Problem, host: str, members: tuple[str, ...]) -> tuple[Violation, ...]:
    """Return the rules that an office of these members at this host breaks and that may be excused."""
    whole = evaluate(problem, Grouping.of(dict.fromkeys(members, host)))
    return tuple(breach for breach in whole.violations if breach.rule in EXCUSED)


def obstacles(problem: Problem, office: Held, *, strict: bool) -> list[tuple[str, str]]:
    """Return why no plan can contain an office, each with the next step.

    A missing neighbour or too few planners are no obstacle even where it is asked strictly: others may join.
    """
    label, hint = problem.label, "add it to select.municipalities"
    strangers = [(f"{label(id_)} does not take part", hint) for id_ in office.away]
    here = [id_ for id_ in office.members if takes_part(problem, id_)]
    if len(here) < FEWEST:
        more = "add its members to select.municipalities, or do not name it"
        return strangers if strict and strangers else [(too_few(problem, office), more)]
    found = strangers if strict else []
    for id_, host in problem.pins.fixed.items():
        if office.host_named and id_ in office.members and host != office.host:
            found.append(
                (f"{label(id_)} is fixed to {label(host)} by pins.fixed", f"the office is at {label(office.host)}")
            )
    if office.host not in office.members:
        found.append((f"its host {label(office.host)} is not a member", "an office sits with one of its members"))
    if office.host in problem.pins.may_not_host and office.host_named:
        found.append((f"{label(office.host)} may not host", "see pins.may_not_host"))
    if strict:
        found += [said(problem, breach) for breach in office.breaches if breach.rule not in MENDED_BY_OTHERS]
    return found


def too_few(problem: Problem, office: Held) -> str:
    """Return who of an office takes part, if they are too few to hold it; otherwise nothing."""
    left = [id_ for id_ in office.members if takes_part(problem, id_)]
    if len(left) >= FEWEST:
        return ""
    who = f"only {problem.label(left[0])} of its members takes part" if left else "none of its members takes part"
    return f"cannot be held: {who}"


def said(problem: Problem, breach: Violation) -> tuple[str, str]:
    """Return what an office breaks, in words, and what would have to be otherwise."""
    label, found, limit = problem.label, breach.found or 0.0, breach.limit or 0.0
    who, host = ", ".join(map(label, breach.ids)), label(breach.host or "")
    return {
        "max_minutes": (
            f"{who} has {found:.0f} minutes to {host}, limit {limit:g}",
            f"needs limits.max_minutes of {found:.2f} or more",
        ),
        "min_members": (f"{found:g} members, fewest {limit:g}", "lower limits.min_members"),
        "max_members": (f"{found:g} members, limit {limit:g}", "raise limits.max_members"),
        "contiguity": ("its members are not neighbours of each other", "see limits.contiguity"),
        "county_lines": (f"{who} is in another county than {host}", 'limits.county_lines is "hard"'),
        "min_office_fte": (f"employs {found:.1f} årsverk, fewest {limit:g}", "lower limits.min_office_fte"),
        "max_office_need_fte": (f"needs {found:.1f} årsverk, limit {limit:g}", "raise limits.max_office_need_fte"),
        "min_host_share": (
            f"{host} employs {found:.0%} of what {who} employs, least {limit:.0%}",
            "lower limits.min_host_share",
        ),
        "may_host": (f"{host} may not host", "see [hosts]"),
    }.get(breach.rule, (RULES[breach.rule].meaning, f"see limits.{breach.rule}"))


def takes_part(problem: Problem, id_: str) -> bool:
    """Return whether a municipality is to be grouped."""
    return bool(problem.active[problem.index[id_]])


@dataclass(frozen=True)
class Start:
    """A grouping to start from, made usable.

    Parameters
    ----------
    grouping
        Legal, or ``None`` if even its legal part is not.
    dissolved
        Hosts of the offices that break a rule, whose members stand alone instead.
    """

    grouping: Grouping | None
    dissolved: tuple[str, ...]


def usable(problem: Problem, grouping: Grouping) -> Start:
    """Return what of a grouping can be started from: offices that break a rule are dissolved.

    Strangers are left away, and who is missing stands alone.
    """
    active = [id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part]
    host_of = {id_: grouping.host_of.get(id_, id_) for id_ in active}
    whole = Grouping.of({id_: host if takes_part_as_host(problem, host) else id_ for id_, host in host_of.items()})
    broken = {violation.host for violation in evaluate(problem, whole).violations if violation.host}
    dissolved = tuple(host for host in sorted(broken) if len(whole.offices.get(host, ())) > 1)
    rest = Grouping.of({id_: id_ if host in dissolved else host for id_, host in whole})
    return Start(None if evaluate(problem, rest).violations else rest, dissolved)


def takes_part_as_host(problem: Problem, host: str) -> bool:
    """Return whether a host is one of those to be grouped."""
    return host in problem.index and takes_part(problem, host)
