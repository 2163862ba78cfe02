"""What would let a municipality that no office can take share one: which rule or pin must change, and by how much."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse.csgraph import connected_components

from optimizer.budget import Budget
from optimizer.engines.candidates import adjacency
from optimizer.problem import Problem
from optimizer.questions.why.one_office import OfficeQuestions, Place
from optimizer.questions.why.parts import Part


@dataclass(frozen=True)
class Opening:
    """What must change for the municipality to share an office with somebody, all other rules and pins kept.

    Parameters
    ----------
    parts
        The rule or pin that has to change or go; two where none suffices by itself, ``max_minutes`` the last.
    value
        The nearest value of the last part's limit that leaves a legal office which the municipality shares; ``None``
        for a rule or pin without a figure, and beside rules on kroner, where it is not known: then it has to go.
    host
        The host of such an office.
    contiguity
        If contiguity is among the parts: the nearest value that will do, ``through`` or ``off``; otherwise ``None``.
    """

    parts: tuple[Part, ...]
    value: float | None
    host: str
    contiguity: str | None = None


@dataclass(frozen=True, eq=False)
class OpeningSearch:
    """Looks for the changes of one rule or pin, or of one and the longest journey, that let a municipality share.

    Parameters
    ----------
    problem, municipality
        The problem, and whom it is about.
    office_parts
        The rules and pins on single offices.
    budget
        Time.
    """

    problem: Problem
    municipality: str
    office_parts: tuple[Part, ...]
    budget: Budget

    def openings(self) -> Iterator[Opening]:
        """Yield each rule or pin that keeps the municipality from sharing an office; if none does so alone, pairs."""
        found = [opening for part in self.office_parts if (opening := self.opening((part,)))]
        longest = next((part for part in self.office_parts if part.rule == "max_minutes"), None)
        if not found and longest:
            others = [part for part in self.office_parts if part != longest]
            found = [opening for part in others if (opening := self.opening((part, longest)))]
        yield from found

    def opening(self, parts: tuple[Part, ...]) -> Opening | None:
        """Return by what the last of some parts must change when those before it go; ``None`` if that is no help."""
        contiguity = [part for part in parts if part.rule == "contiguity"]
        kept = frozenset(self.office_parts) - set(parts)
        if contiguity and self.problem.limits.contiguity == "hard":
            through = replace(self.problem, limits=replace(self.problem.limits, contiguity="through"))
            found = self.opening_of(through, parts, kept | {*contiguity})
            if found is not None:
                return replace(found, contiguity="through")
        found = self.opening_of(self.problem, parts, kept)
        return replace(found, contiguity="off") if contiguity and found else found

    def opening_of(self, problem: Problem, parts: tuple[Part, ...], kept: frozenset[Part]) -> Opening | None:
        """Return `opening` in a problem with these parts kept."""
        best: Opening | None = None
        farther = parts[-1].rule == "max_minutes"
        joined = self.joined(problem, kept)
        for place, least in self.shared_places():
            enough = farther and best is not None and least >= (best.value or 0.0)
            too_far = not farther and least > problem.limits.max_minutes
            if enough or too_far or not self.budget.lasts():
                break
            if place.host in joined:
                office = OfficeQuestions(self.office_parts, self.budget, problem=problem, place=place)
                best = nearer(best, opening_at(office, parts, kept))
        return best

    def joined(self, problem: Problem, kept: frozenset[Part]) -> set[str]:
        """Return whom contiguity, if it is kept, lets share an office with the municipality at all."""
        active = np.flatnonzero(problem.active)
        ids = np.array(problem.ids)[active]
        if all(part.rule != "contiguity" for part in kept):
            return set(ids.tolist())
        component = connected_components(adjacency(problem, active), directed=False)[1]
        return set(ids[component == component[ids == self.municipality]].tolist())

    def shared_places(self) -> list[tuple[Place, float]]:
        """Return every place in a shared office with the least longest journey that it can have, that first."""
        problem, i = self.problem, self.problem.index[self.municipality]
        others = problem.active.copy()
        others[i] = False
        places = [
            (Place(self.municipality, problem.ids[h], "host"), float(problem.minutes[i, h]))
            for h in np.flatnonzero(others).tolist()
        ]
        least = float(problem.minutes[others, i].min()) if others.any() else float("inf")
        places.append((Place(self.municipality, self.municipality, "own"), least))
        return sorted(((p, m) for p, m in places if np.isfinite(m)), key=lambda pair: pair[1])


def opening_at(office: OfficeQuestions, parts: tuple[Part, ...], kept: frozenset[Part]) -> Opening | None:
    """Return by what the last of some parts must change for one place, the others gone; ``None`` if it is no help."""
    if parts[-1].limit is not None and not office.needs_list(kept):
        value = office.attainable(parts[-1], kept)
        return None if value is None else Opening(parts, value, office.place.host)
    return Opening(parts, None, office.place.host) if office.feasible(kept) else None


def nearer(best: Opening | None, other: Opening | None) -> Opening | None:
    """Return which of two openings of the same part changes less."""
    if best is None or other is None:
        return best or other
    if best.value is None or other.value is None:
        return best
    sign = -1 if best.parts[-1].rule in {"min_members", "min_office_fte", "min_host_share"} else 1
    return other if sign * other.value < sign * best.value else best
