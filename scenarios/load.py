"""Read a scenario: TOML, `extends`, overrides from the command line; faults with file, line and suggestion."""

from collections.abc import Sequence

from scenarios.schema import Scenario


def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios."""
    raise NotImplementedError


def source(name: str) -> str:
    """Return the text of a shipped scenario, comments and all."""
    raise NotImplementedError


def template(name: str) -> str:
    """Return a commented file with every setting for a new scenario of this name."""
    raise NotImplementedError


def load(reference: str, *, overrides: Sequence[str] = (), counties: Sequence[str] = ()) -> Scenario:
    """Return a scenario by name or file.

    Parameters
    ----------
    reference
        Name of a shipped scenario, or a file (it ends in ``.toml`` or contains a separator of folders).
    overrides
        ``section.key=value``, the value as in TOML; quotes of a text and brackets of a list may be left out.
    counties
        Numbers or names that replace ``select.counties``.

    Raises
    ------
    ScenarioError
        With all faults at once. Names of municipalities and counties are checked by `scenarios.build.build`.
    """
    raise NotImplementedError
