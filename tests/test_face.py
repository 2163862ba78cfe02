"""What the packages offer to Python: short lists that are complete, documented and loaded when used."""

import ast
import inspect
import pydoc
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

import geodata
import maps
import optimizer
import scenarios

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "pandas", "ortools", "scipy", "geopandas", "shapely", "networkx", "folium", "resvg_py", "pydantic"}

packages = pytest.mark.parametrize("package", [optimizer, geodata, scenarios, maps], ids=lambda one: one.__name__)


@packages
def test_list_is_what_one_sees(package: ModuleType) -> None:
    assert dir(package) == sorted(package.__all__)
    assert len(set(package.__all__)) == len(package.__all__) <= 25
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = package.no_such_name


@packages
def test_each_name_stands_for_something_with_a_first_line(package: ModuleType) -> None:
    for name in package.__all__:
        value = getattr(package, name)
        if isinstance(value, ModuleType) or callable(value):
            first = (inspect.getdoc(value) or "").partition("\n")[0]
            assert first.endswith((".", ":")), name
            assert not first.startswith(f"{name}("), f"{name} has the docstring that dataclasses make up"
        if inspect.isclass(value):
            methods = [one for key, one in vars(value).items() if not key.startswith("_") and inspect.isroutine(one)]
            assert [one for one in methods if not inspect.getdoc(one)] == [], name


@packages
def test_guide_has_each_name_and_no_other(package: ModuleType) -> None:
    """A line of the lists is indented, and begins with the names, two spaces before what they are."""
    lines = re.findall(r"^    (\w+(?:, \w+)*)  +\S", inspect.getdoc(package) or "", re.MULTILINE)
    assert sorted(name for line in lines for name in line.split(", ")) == sorted(package.__all__)


@packages
def test_type_checkers_see_the_same(package: ModuleType) -> None:
    assert package.__file__ is not None
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    for_checkers = next(node for node in tree.body if isinstance(node, ast.If)).body
    aliases = [
        (node.module, alias) for node in for_checkers if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    assert sorted(alias.asname or alias.name for _, alias in aliases) == sorted(package.__all__)
    for module, alias in aliases:
        there = getattr(__import__(str(module), fromlist=[alias.name]), alias.name)
        assert getattr(package, alias.asname or alias.name) is there


@packages
def test_help_begins_with_the_guide(package: ModuleType) -> None:
    """Its first line stands behind the name, the rest below."""
    first, _, rest = (inspect.getdoc(package) or "").partition("\n\n")
    lines = pydoc.plain(pydoc.render_doc(package)).splitlines()
    page = "\n".join(line.rstrip() for line in lines)
    assert f"{package.__name__} - {first.rstrip('.')}" in page
    assert "DESCRIPTION\n" + textwrap.indent(rest, "    ").rstrip() in page


def test_importing_is_cheap() -> None:
    """Nothing heavy before the first use."""
    code = f"import sys, optimizer, geodata, scenarios, maps; print(sorted({HEAVY} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_solve_is_the_function_whatever_was_imported() -> None:
    """The module of the same name does not take its place, in either order."""
    code = "import optimizer.solve; from optimizer import solve; assert callable(solve) and solve is optimizer.solve"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    from optimizer.solve import Options, solve  # noqa: PLC0415

    assert optimizer.solve is solve
    assert optimizer.Options is Options


@pytest.mark.parametrize("package", [optimizer, geodata], ids=lambda one: one.__name__)
def test_example_of_the_guide_runs(package: ModuleType) -> None:
    """It is the first indented block; the application's is that of the README."""
    lines = (
        (inspect.getdoc(package) or "").split("    import ", 1)[1].split("\n\nWhat is asked")[0].split("\n\nModules")[0]
    )
    code = textwrap.dedent("    import " + lines)
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102
    if package is optimizer:
        said = re.search(r"# (<Result: .*)\.\.\.", code)
        assert said is not None
        assert repr(names["result"]).startswith(said[1])


def test_example_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(blocks[0], names)  # noqa: S102
    outcome, shapes = names["outcome"], names["shapes"]
    assert isinstance(outcome, scenarios.Outcome)
    assert outcome.result.grouping is not None
    assert capsys.readouterr().out.startswith("<Outcome: nasjonal, optimal, ")
    assert dict(shapes["host"].dropna()) == dict(outcome.result.grouping.host_of)  # type: ignore[index]
    assert (tmp_path / "finnmark.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "runs/finnmark/report.html").exists()
    again = scenarios.read_run(tmp_path / "runs/finnmark")
    assert optimizer.evaluate(again.problem, again.grouping).objective == pytest.approx(outcome.result.objective)
    assert "resvg" not in repr(scenarios.plot(outcome))
    assert "are estimates" in outcome._repr_html_()
    assert list(outcome.to_frame()["minutes_equivalents"]) == [
        row.minutes_equivalents for row in outcome.evaluation.offices
    ]
    assert len(names["world"].to_frame()) == len(outcome.result.grouping)
    assert repr(names["world"]).startswith("<World: nasjonal, edition 2024, ")
    shapes.to_file(tmp_path / "shapes.gpkg")  # type: ignore[attr-defined]
