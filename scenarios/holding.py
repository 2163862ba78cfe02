"""Begin from what there is: a grouping to start from, and offices to hold."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from optimizer.evaluate import evaluate, office_row, office_violations
from optimizer.grouping import Grouping
from optimizer.problem import Pins, Problem, ProblemError
from scenarios.build import World, the_pins
from scenarios.faults import Fault, ScenarioError, mean
from scenarios.gazetteer import fold

OPTION = "--keep"
SHOWN = 8
"""Offices that a fault names."""


@dataclass(frozen=True)
class Held:
    """An office that a plan must contain.

    Parameters
    ----------
    name
        As people call it; the host's number and name if it has no other.
    host, members
        Ids; the members in id order, the host among them. Others may join.
    host_named
        Whether the host is part of what is held; if not, only the members stay together.
    """

    name: str
    host: str
    members: tuple[str, ...]
    host_named: bool = True

    def pinned(self, pins: Pins) -> Pins:
        """Return the pins with this office held."""
        fixed = dict.fromkeys(self.members, self.host) if self.host_named else {}
        return replace(
            pins, together=(*pins.together, frozenset(self.members)), fixed=MappingProxyType(dict(pins.fixed) | fixed)
        )


def offices_of(
    problem: Problem, grouping: Grouping, names: Mapping[str, str] | None = None, guessed: Iterable[str] = ()
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
    """
    called, unnamed = names or {}, set(guessed)
    return [
        Held(called.get(host, problem.label(host)), host, members, host not in unnamed)
        for host, members in grouping.offices.items()
        if len(members) > 1
    ]


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


def hold(world: World, offices: Iterable[Held]) -> World:
    """Return the world in which these offices are pinned: their members together, each with its host.

    Raises
    ------
    ScenarioError
        With every reason why one of them cannot be held: it breaks a limit as it stands, or contradicts a pin.
    """
    offices = tuple(offices)
    faults = [
        Fault(OPTION, None, office.name, what, hint) for office in offices for what, hint in obstacles(world, office)
    ]
    if faults:
        raise ScenarioError(faults)
    pins = world.scenario.pins
    fixed = dict(pins.fixed) | {id_: office.host for office in offices if office.host_named for id_ in office.members}
    together = (*pins.together, *(office.members for office in offices))
    scenario = world.scenario.model_copy(
        update={"pins": pins.model_copy(update={"fixed": fixed, "together": together})}
    )
    scenario = scenario.written_at(world.scenario.origins)
    try:
        problem = replace(world.problem, pins=the_pins(scenario))
    except ProblemError as error:
        raise ScenarioError(
            Fault(OPTION, None, "", fault, "change a pin, or hold other offices") for fault in error.faults
        ) from None
    return replace(world, scenario=scenario, problem=problem)


def obstacles(world: World, office: Held) -> list[tuple[str, str]]:
    """Return why no plan can contain an office, each with the next step.

    A missing neighbour or too few planners are no obstacle: others may join.
    """
    problem = world.problem
    label = problem.label
    strangers = [id_ for id_ in sorted({*office.members, office.host}) if not takes_part(problem, id_)]
    found = [(f"{label(id_)} does not take part", "add it to select.municipalities") for id_ in strangers]
    for id_, host in world.problem.pins.fixed.items():
        if office.host_named and id_ in office.members and host != office.host:
            found.append(
                (f"{label(id_)} is fixed to {label(host)} by pins.fixed", f"the office is at {label(office.host)}")
            )
    if office.host not in office.members:
        found.append((f"its host {label(office.host)} is not a member", "an office sits with one of its members"))
    if strangers:
        return found
    return [*found, *limits_broken(problem, office), *(host_refused(problem, office) if office.host_named else [])]


def host_refused(problem: Problem, office: Held) -> list[tuple[str, str]]:
    """Return whether the host may not be one."""
    may = problem.may_host[problem.index[office.host]] and office.host not in problem.pins.may_not_host
    return [] if may else [(f"{problem.label(office.host)} may not host", "see [hosts] and pins.may_not_host")]


def limits_broken(problem: Problem, office: Held) -> list[tuple[str, str]]:
    """Return the limits that an office breaks whoever joins it."""
    label, found = problem.label, []
    row = office_row(problem, office.host, office.members)
    for violation in office_violations(problem, row):
        who = ", ".join(map(label, violation.ids))
        if violation.rule in {"max_minutes", "county_lines"} and not office.host_named:
            continue
        if violation.rule == "max_minutes":
            found.append(
                (
                    f"{who} has {violation.found:.0f} minutes to {label(office.host)}, limit {violation.limit:g}",
                    f"needs limits.max_minutes of {violation.found:.2f} or more",
                )
            )
        elif violation.rule == "max_members":
            found.append((f"{violation.found:g} members, limit {violation.limit:g}", "raise limits.max_members"))
        elif violation.rule == "county_lines":
            found.append((f"{who} is in another county than {label(office.host)}", 'limits.county_lines is "hard"'))
        elif violation.rule == "max_office_need_fte":
            found.append(
                (f"needs {violation.found:.1f} årsverk, limit {violation.limit:g}", "raise limits.max_office_need_fte")
            )
    return found


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
