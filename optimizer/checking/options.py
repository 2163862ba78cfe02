"""Whether options of solving can be meant."""

from typing import get_args

from optimizer.checking.kinds import Record, kind_faults
from optimizer.engine_table import Engine


def option_faults(options: Record) -> list[str]:
    """Return one sentence for each option that cannot be meant."""
    if found := kind_faults(options, "options."):
        return found
    known, least = get_args(Engine), {"time_limit": 0, "workers": 0, "max_groups": 1}
    engine: object = vars(options)["engine"]
    if engine not in known:
        found.append(f"options.engine: there is no engine {engine!r}; expected one of {', '.join(known)}")
    return found + [
        f"options.{name} is {value}; expected {expected} or more"
        for name, expected in least.items()
        if (value := getattr(options, name)) is not None and not value >= expected
    ]
