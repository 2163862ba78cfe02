"""Whether what somebody gives from Python is of the kind that is asked for, before anything is computed with it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields
from functools import cache
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, Protocol, Union, get_args, get_origin, get_type_hints

import numpy as np

from optimizer.checking.errors import ProblemError

NUMBERS, TRUTHS = "fiu", "b"
"""Kinds of arrays, as NumPy writes them."""
MOST_CHARACTERS = 40


class Record(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def kind_faults(record: Record, before: str = "") -> list[str]:
    """Return one sentence for each field of a record that holds something else than its type says.

    Parameters
    ----------
    record
        A dataclass.
    before
        What its fields are called by, such as "limits.".
    """
    hints = _hints(type(record))
    return [
        fault
        for item in fields(record)
        for fault in fault_of(before + item.name, getattr(record, item.name), hints[item.name])
    ]


def require_kinds(record: Record) -> None:
    """Refuse a record of which a field holds something else than its type says.

    Raises
    ------
    ProblemError
        With all such fields.
    """
    if faults := kind_faults(record):
        raise ProblemError(faults)


def require(**given: tuple[object, Any]) -> None:
    """Refuse what is not of the kind that is asked for.

    Parameters
    ----------
    given
        By name: a value and its kind.

    Raises
    ------
    ProblemError
        If some value is of another kind.
    """
    faults = [fault for name, (value, kind) in given.items() for fault in fault_of(name, value, kind)]
    if faults:
        raise ProblemError(faults)


def fault_of(name: str, value: object, kind: Any) -> list[str]:
    """Return the sentence on a value that is not of a kind, if it is not."""
    return [] if fits(value, kind) else [f"{name} is {shown(value)}; expected {told(kind)}"]


def fits(value: object, kind: Any) -> bool:
    """Return whether a value is of a kind; lists pass for tuples, sets for frozen ones, whole numbers for others."""
    return _check_of(kind)(value)


@cache
def _check_of(kind: Any) -> Callable[[Any], bool]:  # noqa: PLR0911 -- one line for each way of writing a type
    """Return what checks values of a kind: the type is taken apart once, and not for each of thousands of values."""
    kind = meant(kind)
    origin, checks = get_origin(kind), [_check_of(part) for part in get_args(kind) if isinstance(part, Hashable)]
    if kind in (float, int):
        number = Real if kind is float else Integral
        return lambda value: isinstance(value, number) and not isinstance(value, bool)
    if origin in (Union, UnionType):
        return lambda value: any(check(value) for check in checks)
    if origin is Literal:
        return lambda value: isinstance(value, str)  # which of them, the faults of the record say
    if origin is np.ndarray:
        held = TRUTHS if np.bool_ in _scalars(kind) else NUMBERS
        return lambda value: isinstance(value, np.ndarray) and value.dtype.kind in held
    if origin is tuple:
        return lambda value: isinstance(value, Sequence) and not isinstance(value, str) and all(map(checks[0], value))
    if origin is frozenset:
        return lambda value: isinstance(value, AbstractSet) and all(map(checks[0], value))
    if origin is Mapping:
        return lambda value: (
            isinstance(value, Mapping) and all(map(checks[0], value)) and all(map(checks[1], value.values()))
        )
    if origin is Sequence:
        return lambda value: isinstance(value, Sequence) and not isinstance(value, str) and all(map(checks[0], value))
    return lambda value: isinstance(value, origin or kind)


def meant(kind: Any) -> Any:
    """Return what a name for a type stands for: from Python 3.12 NumPy's arrays are such a name (PEP 695)."""
    origin = get_origin(kind)
    return origin.__value__[get_args(kind)] if hasattr(origin, "__value__") else getattr(kind, "__value__", kind)


def told(kind: Any) -> str:
    """Return what a kind is called."""
    kind = meant(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(map(told, parts))
    if origin is np.ndarray:
        return "an array of truth values" if np.bool_ in _scalars(kind) else "an array of numbers"
    if origin is Literal:
        return " or ".join(map(repr, parts))
    if origin in (tuple, frozenset):
        each = {str: "texts", frozenset[str]: "sets of texts"}.get(parts[0]) or f"{told(parts[0])} in each place"
        return f"{each} in a {origin.__name__}"
    if origin is Mapping:
        held = {str: "text", frozenset[str]: "sets of texts"}
        return f"a mapping from text to {held.get(parts[1]) or told(parts[1])}"
    names = {float: "a number", int: "a whole number", bool: "True or False", str: "text", NoneType: "None"}
    return names.get(kind) or f"a {kind.__name__}"


def shown(value: object) -> str:
    """Return a value as faults print it: short, and without what steers a terminal."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype.name}"
    try:
        text = ascii(value)
    except Exception:  # noqa: BLE001 -- somebody else's repr
        text = f"a {type(value).__name__}"
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 3]}..."


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _scalars(kind: Any) -> tuple[Any, ...]:
    """Return the types in an array's element type."""
    return get_args(get_args(kind)[1])
