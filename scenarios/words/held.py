"""What a person should know of offices that are held, and of a grouping to start from."""

from collections.abc import Iterable, Sequence

from optimizer.questions.office import Held
from scenarios.words.names import Names
from scenarios.words.robustness import breach


def of_held(names: Names, offices: Iterable[Held]) -> list[str]:
    """Return the lines about offices that are held."""
    lines, offices = [], tuple(offices)
    for office in offices:
        lines.append(names.text("held.office", office=office.name, members=names.all_of(office.members)))
        if office.away:
            lines.append("  " + names.text("held.without", names=names.all_of(office.away)))
        lines += [f"  {breach(names, one)}" for one in office.breaches]
        lines += ["  " + names.text("held.exactly")] if office.breaches else []
    broken = sum(bool(office.breaches) for office in offices)
    return [*lines, names.text("held.broken", offices=names.count("existing", broken))] if broken else lines


def of_too_few(names: Names, office: Held, left: Sequence[str]) -> str:
    """Return why an office cannot be held: who of its members takes part, one at most."""
    if left:
        return names.text("held.only", office=office.name, name=names[left[0]])
    return names.text("held.nobody", office=office.name)


def of_start(names: Names, start: str, dissolved: Sequence[str], *, usable: bool) -> list[str]:
    """Return the lines about a grouping to start from whose offices break rules."""
    lines = []
    if dissolved:
        lines.append(names.text("held.dissolved", start=start, names=names.all_of(dissolved)))
    return lines if usable else [*lines, names.text("held.unusable", start=start)]
