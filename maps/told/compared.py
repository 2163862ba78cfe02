"""What a comparison page tells: computed where the options are known, written here as plain facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from maps.told.answer import Answer
from maps.told.firm import NOT_ASKED, FirmPlan
from optimizer.checking.errors import ProblemError
from optimizer.checking.kinds import require_kinds
from optimizer.judging.comparison import Agreement

Value = str | float | None


@dataclass(frozen=True)
class Row:
    """One key figure of all options.

    Parameters
    ----------
    name
        As in the comparison's other outputs.
    unit
        Of the values.
    values
        One for each option; ``None`` where there is none.
    """

    name: str
    unit: str
    values: Sequence[Value]


@dataclass(frozen=True)
class ComparedSetting:
    """A rule or price under which an option was made, and what it is here.

    Parameters
    ----------
    key
        Dotted name in a scenario.
    own, here
        Values; both ``None`` for something that is no single value.
    """

    key: str
    own: object = None
    here: object = None


@dataclass(frozen=True, eq=False)
class ComparedOption:
    """One option.

    Parameters
    ----------
    label
        As the user wrote it; no other has it.
    title
        In Norwegian; may be empty.
    kind
        ``run``, ``scenario``, ``reference`` or ``table``.
    answer
        The plan and its judgement.
    status
        What a solver said of it, ``optimal`` or ``feasible``; empty if none made it.
    own_rules
        Whether the solver answered under other rules than those of the judgement.
    gap
        From the plan to the bound, relative, under the rules of the judgement; ``None`` if unknown.
    differing
        What those other rules were.
    guessed
        Hosts that no source names, by the number of offices.
    title_en
        In English; may be empty.
    firm
        How firm it is, under the rules that it was made by.
    lacks
        How many disciplines each municipality needs and its office does not cover; empty if nothing is known.
    bears
        What each municipality bears in a year, kroner, work left undone included; empty where that is not known.
    """

    label: str
    title: str
    kind: str
    answer: Answer
    status: str = ""
    own_rules: bool = False
    gap: float | None = None
    differing: tuple[ComparedSetting, ...] = ()
    guessed: int = 0
    title_en: str = ""
    firm: FirmPlan = NOT_ASKED
    lacks: Mapping[str, int] = field(default_factory=dict)
    bears: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ComparedPair:
    """What differs between two options.

    Parameters
    ----------
    before, after
        Positions of the options; `before` is the smaller.
    moved
        Municipalities whose office is not the counterpart of the one they had, or that stand alone in one only.
    new_hosts
        Shared offices that are counterparts and have another host: before, after.
    """

    before: int
    after: int
    moved: tuple[str, ...]
    new_hosts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ComparedPoint:
    """A plan of a front.

    Parameters
    ----------
    minutes
        Minutes-equivalents without the second term.
    second
        Raw value of the second term.
    supported
        Whether it is the best at some price; ``None`` if not decided.
    proved
        Whether it is proved that nothing beats it.
    offices, alone
        Shared offices, and municipalities that stand alone.
    same_as
        Positions of the options that are this very plan.
    """

    minutes: float
    second: float
    supported: bool | None
    proved: bool
    offices: int
    alone: int
    same_as: tuple[int, ...] = ()


@dataclass(frozen=True)
class Front:
    """A front between two terms of the same problem.

    Parameters
    ----------
    first, second
        Names of terms.
    ignored
        Whether the other terms do not count.
    complete
        Whether it is proved that there are no further points.
    points
        From the fewest minutes on.
    options
        Minutes and second value of each option.
    """

    first: str
    second: str
    ignored: bool
    complete: bool
    points: tuple[ComparedPoint, ...]
    options: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class File:
    """A file that the page hands out.

    Parameters
    ----------
    name
        With its ending.
    key
        What it is called, in the catalogue.
    content
        Its bytes.
    language
        Of the pages that hand it out; empty: of every one.
    for_programs
        Whether it is made to be read by other programs rather than by people.
    """

    name: str
    key: str
    content: bytes
    language: str = ""
    for_programs: bool = False


@dataclass(frozen=True, eq=False)
class Compared:
    """A whole comparison.

    Parameters
    ----------
    options
        In the order given; all judged by one problem.
    rows
        Key figures.
    changes
        Between any two options.
    agreed
        What holds in all.
    clashes
        Pairs of neighbouring offices of one colour, in all options.
    files
        Spreadsheets.
    front
        Trade-offs, if they were asked for.
    reach
        Municipalities that some possible office within the rules would bring to the critical mass; ``None`` where there
        are too many offices to know.
    """

    options: tuple[ComparedOption, ...]
    rows: tuple[Row, ...]
    changes: tuple[ComparedPair, ...]
    agreed: Agreement
    clashes: int = 0
    files: tuple[File, ...] = ()
    front: Front | None = None
    reach: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse what is of another kind, and a comparison of nothing."""
        require_kinds(self)
        if not self.options:
            raise ProblemError(["options is (); expected one option at least"])

    def told_in(self, language: str) -> "Compared":
        """Return the same in a language."""
        told = (replace(option, answer=option.answer.told_in(language)) for option in self.options)
        files = (file for file in self.files if file.language in {"", language})
        return replace(self, options=tuple(told), files=tuple(files))
