"""Sentences about a scenario without a plan: what is in conflict, and what to change."""

from optimizer.questions.why.conflicts import Conflict, Conflicts
from optimizer.questions.why.easings import Change, Easing, Easings
from scenarios.words.names import Names
from scenarios.words.rules import enough, of_limit, rule, rules

MOST_NAMES = 12


def of_conflicts(names: Names, found: Conflicts) -> list[str]:
    """Return the sentences about rules and pins that contradict each other."""
    lines = [names.sentence("conflict.none")]
    lines += [" ".join(of_conflict(names, conflict)) for conflict in found.sets]
    if not found.sets:
        lines.append(names.sentence("conflict.unsettled"))
    elif not found.complete:
        lines.append(names.sentence("conflict.more"))
    return lines


def of_conflict(names: Names, conflict: Conflict) -> list[str]:
    """Return the sentences about one set."""
    many = len(conflict.parts)
    parts = [
        names.sentence(f"conflict.rules_{'one' if many == 1 else 'many'}", n=many, rules=rules(names, conflict.parts))
    ]
    if conflict.without_office:
        parts.append(names.sentence("conflict.without", names=names.all_of(conflict.without_office, MOST_NAMES)))
    elif conflict.municipalities is None:
        parts.append(names.sentence("conflict.names_open"))
    elif conflict.municipalities:
        parts.append(names.sentence("conflict.names", names=names.all_of(conflict.municipalities)))
    else:
        parts.append(names.sentence("conflict.nobody"))
    if conflict.smallest:
        parts.append(names.sentence("conflict.smallest"))
    else:
        parts.append(names.sentence("conflict.irreducible" if conflict.irreducible else "conflict.reducible"))
    return parts


def of_easings(names: Names, found: Easings) -> list[str]:
    """Return the sentences about the ways to a plan, the cheapest first."""
    if not found.found:
        return [names.sentence("relax.none")]
    lines = [of_way(names, number, way) for number, way in enumerate(found.found, 1)]
    fewest = min(sum(change.part is not None for change in way.changes) or 1 for way in found.found)
    if not found.complete:
        return [*lines, names.sentence("relax.incomplete")]
    return [*lines, names.sentence(f"relax.complete_{'one' if fewest == 1 else 'many'}", n=fewest)]


def of_way(names: Names, number: int, way: Easing) -> str:
    """Return one way to a plan and what the best plan then costs."""
    changes = names.listed(of_change(names, change) for change in way.changes)
    if way.result.objective is None:
        return names.sentence("relax.way_without", n=number, changes=changes)
    gap = names.text("relax.gap", gap=names.percent(way.result.gap)) if way.result.gap else ""
    return names.sentence("relax.way", n=number, changes=changes, burden=names.minutes(way.result.objective), gap=gap)


def of_change(names: Names, change: Change) -> str:
    """Return one change as a phrase."""
    part = change.part
    setting = change.setting.removeprefix("limits.")
    if setting in {"alone_exempt", "critical_mass"}:
        return names.text(f"relax.{setting}")
    if setting == "county_lines":
        return names.text("relax.county_lines")
    if setting == "contiguity":
        return names.text(f"relax.contiguity_{change.after}")
    if setting == "may_host":
        return names.text("relax.hosts", names=names.all_of(change.ids))
    if part is None or part.is_pin or not isinstance(change.after, int | float) or change.before is None:
        return names.text("relax.drop", rule="" if part is None else rule(names, part))
    before, after = of_limit(names, part.rule, float(change.before)), enough(names, part.rule, float(change.after))
    return names.text("relax.limit", rule=names.text(f"rule.{part.rule}.limit"), before=before, after=after)
