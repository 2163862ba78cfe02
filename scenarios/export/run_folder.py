"""The run folder: what a run leaves for people, for other programs and for whoever wants to check it."""

import hashlib
import math
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from geodata import editions
from maps.told.firm import FirmPlan
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Limits, Pins, Problem, ProblemError, Weights
from scenarios.export import columns, people, scenario_text, tables, user_files
from scenarios.export.csv_files import write_each
from scenarios.export.folders import FolderKind, write_text
from scenarios.export.geography import changed_roads
from scenarios.export.money import files as kroner_files
from scenarios.export.more_files import PLAIN_MANNER, Manner, MoreFiles
from scenarios.export.seal import Disagreement, document_faults, file_faults, sha256
from scenarios.question.shipped import folder_name
from scenarios.world import accounts, sources
from scenarios.world.build import World
from scenarios.world.further import competence, cycle, firmness, measures, ranges, tradeoff
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, dumps, plain, read_json, version
from scenarios.world.running.deadline import Deadline
from scenarios.world.solving import Outcome

RUN = FolderKind("manifest.json")
ENGLISH = Words("en")
LIBRARIES = (
    "resvg_py",
    *("ortools", "geopandas", "shapely", "pyogrio", "pyproj", "numpy", "pandas", "scipy", "networkx", "folium"),
    "xlsxwriter",
)
PATIENCE = frozenset({"time_limit", "workers"})
"""Settings of the solver that a proved plan does not depend on."""
NAMED_COUNTIES = 3
"""Counties named in the name of a folder; of more, the number."""


class ArtifactError(Exception):
    """A run folder cannot be read; the message says why."""


@dataclass(frozen=True)
class RunFolder:
    """What a run folder says, read back.

    Parameters
    ----------
    manifest
        As written.
    problem
        Made from ``inputs/`` and the manifest alone.
    grouping
        From ``grouping.csv``.
    evaluation
        ``evaluation.json`` as written.
    firm
        From ``firmness.json``.
    """

    manifest: dict[str, Any]
    problem: Problem
    grouping: Grouping
    evaluation: dict[str, Any]
    firm: FirmPlan


def run_id(world: World) -> str:
    """Return eight letters, the same for the same question: `question_of` it."""
    return hashlib.sha256(dumps(question_of(world)).encode()).hexdigest()[:8]


def question_of(world: World) -> dict[str, Any]:
    """Return what is asked as plain data: resolved scenario, checksums of the user's tables and of embedded data.

    How long and with how many threads to search for the answer is no part of the question.
    """
    scenario = scenario_text.resolved(world.scenario)
    solver = {name: value for name, value in scenario["solver"].items() if name not in PATIENCE}
    return {
        "scenario": scenario | {"solver": solver},
        "tables": {
            ".".join(setting): user_files.checksum(path)
            for setting, path in sources.user_tables(world.scenario).items()
        },
        "data": data_checksum(),
    }


def default_folder(world: World) -> Path:
    """Return the folder of a run for which none is named: its scenario, counties and letters."""
    counties = world.counties
    where = folder_name("-".join(counties) if len(counties) <= NAMED_COUNTIES else f"{len(counties)}-fylker")
    known = not counties or where in world.scenario.name
    return Path("runs") / "-".join([world.scenario.name, *([] if known else [where]), run_id(world)])


def data_checksum() -> str:
    """Return one checksum of all embedded data."""
    return hashlib.sha256(dumps({name: sha256(editions.DATA / name) for name in editions.FILES}).encode()).hexdigest()


def named_run(folder: Path) -> str | None:
    """Return the name and the letters of the run in a folder, ``nasjonal-709534e9``; ``None`` if there is none."""
    try:
        found = RUN.known(folder)
        return None if found is None else f"{found['scenario']['name']}-{found['run_id']}"
    except (KeyError, TypeError):
        return None


def write(
    target: Path,
    outcome: Outcome,
    seconds: Mapping[str, float],
    manner: Manner = PLAIN_MANNER,
    deadline: Deadline | None = None,
) -> Path:
    """Write the run folder, whole or not at all, in the place of an earlier run.

    Parameters
    ----------
    target
        The folder.
    outcome
        With a plan.
    seconds
        By stage, for the manifest.
    manner
        How to write for people.
    deadline
        When to leave out the files of `more_files`, which the manifest then names; without one all are written.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    scenarios.export.folders.FolderError
        If it cannot be written; nothing is left behind then.
    """
    begun = time.perf_counter()
    world, evaluation, grouping = outcome.world, outcome.evaluation, outcome.result.grouping
    if evaluation is None or grouping is None:
        raise ValueError("there is no plan to write")
    facts = facts_of(outcome, seconds)
    with RUN.new(target) as part:
        inputs = part / "inputs"
        inputs.mkdir()
        tables.write_inputs(inputs, world)
        for setting, path in sources.user_tables(world.scenario).items():
            user_files.keep(path, part / sources.kept_at(setting, path))
        for name, asked in {"scenario.toml": world.scenario, **changed_roads.scenarios(world.scenario)}.items():
            write_text(part / name, scenario_text.of(asked))
        _write_tables(part, outcome, grouping, evaluation, csv_excel=manner.csv_excel)
        told = {
            "fte_sources": sources.of_folder(world.fte_sources),
            "ranges": ranges.document(world, grouping, evaluation),
            "money": accounts.document(world, outcome.accounts, outcome.hold),
        }
        write_text(part / "evaluation.json", dumps(judgement(evaluation) | told))
        write_text(part / firmness.FILE, dumps(firmness.document(outcome.firm)))
        more = MoreFiles(outcome, grouping, evaluation, facts, manner)
        left_out = more.write(part, deadline, time.perf_counter() - begun)
        RUN.seal(part, manifest(world, facts) | {"left_out": left_out})
    return target.resolve()


def _write_tables(part: Path, outcome: Outcome, grouping: Grouping, evaluation: Evaluation, *, csv_excel: bool) -> None:
    """Write what was found as tables, and for a Norwegian Excel what it opens."""
    world = outcome.world
    made = {
        "grouping": tables.grouping_table(world, grouping),
        "offices": columns.OFFICES.of(tables.offices(world, evaluation)),
    }
    if outcome.tradeoff.points:
        plans = tradeoff.plans(world.problem, outcome.tradeoff).plans
        made["tradeoff"] = columns.TRADEOFF.of(map(tradeoff.document_row, plans))
    if not outcome.firm.left_out:
        made["firmness"] = columns.FIRM_PLACES.of(tables.firm_places(world, outcome.firm))
        made["variants"] = columns.VARIANTS.of(tables.variants(outcome.firm))
    made |= kroner_files.csv_tables(world, outcome.accounts, outcome.hold)
    made["measures"] = columns.MEASURES.of(people.helped(world, measures.help_of(world, grouping)))
    covered = competence.competence_of(world, grouping)
    if covered is not None:
        made["competence"] = columns.COMPETENCE.of(people.competence(world, covered))
    renewed = cycle.cycle_of(world, grouping)
    if renewed is not None:
        made["cycle"] = columns.CYCLE.of(people.cycle(world, renewed))
    made["posts"] = columns.POSTS.of(people.posts(world, grouping))
    made |= changed_roads.csv_tables(world)
    write_each(part, made, for_excel=csv_excel)


def facts_of(outcome: Outcome, seconds: Mapping[str, float]) -> dict[str, Any]:
    """Return what manifest and pages say of a run."""
    of_run = {"seconds": dict(seconds), "run_id": run_id(outcome.world), "version": version()}
    of_question = {"changed": sources.given(outcome.world.scenario), "data_sha256": data_checksum()}
    return answer(outcome) | of_run | of_question


def answer(outcome: Outcome) -> dict[str, Any]:
    """Return what the solver says about the plan."""
    result = outcome.result
    return {
        "status": str(result.status),
        "interrupted": result.interrupted,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "engine": result.engine,
        "candidates": result.candidates,
        "ties": result.ties,
        "tradeoff_left_out": outcome.tradeoff.left_out,
        "start": outcome.start,
        "kept": [office.name for office in outcome.kept],
        "held": [office.told() for office in outcome.kept],
    }


def manifest(world: World, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest but for its checksums: what was asked, with what, and what came out."""
    problem = world.problem
    return {
        "schema_version": SCHEMA_VERSION,
        "program": PROGRAM,
        **facts,
        "edition": world.scenario.edition,
        "scenario": scenario_text.resolved(world.scenario),
        "problem": {
            "limits": problem.limits,
            "weights": problem.weights,
            "pins": problem.pins,
            "fixed_kept": problem.fixed_kept,
            "money": tables.written_money(problem),
            "sharing": tables.written_sharing(problem),
            "disciplines": tables.written_disciplines(problem),
            # Text: numbers of a manifest are rounded.
            **({"road_fte_per_minute": repr(problem.road_fte_per_minute)} if problem.road_fte_per_minute else {}),
        },
        "versions": {"python": platform.python_version(), PROGRAM: version()} | library_versions(),
    }


def library_versions() -> dict[str, str]:
    """Return the version of each library that has a part in the answer or its files."""
    return {name: metadata.version(name) for name in LIBRARIES}


def judgement(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "objective": evaluation.objective,
        "terms": evaluation.terms,
        "rules": evaluation.rules,
        "violations": evaluation.violations,
        "excused": evaluation.excused,
        "offices": evaluation.offices,
    }


def read(folder: Path) -> RunFolder:
    """Read a run folder, and believe it only if it is as it was written and its figures follow from one another.

    Raises
    ------
    ArtifactError
        If it is no run folder, or is damaged, or somebody changed it.
    """
    manifest = manifest_of(folder)
    _refuse(folder, damages(folder, manifest))
    run = parsed(folder, manifest)
    _refuse(folder, contradictions(run))
    return run


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest of a run folder.

    Raises
    ------
    ArtifactError
        If it is no run folder, or was written by another version.
    """
    try:
        found = RUN.read(folder)
    except OSError as fault:
        raise ArtifactError(f"{folder} is not a whole run folder: {fault.filename}: {fault.strerror}") from fault
    except ValueError as fault:
        raise ArtifactError(f"{folder} is damaged: {RUN.document} is no JSON: {fault}") from fault
    if not isinstance(found, dict):
        raise ArtifactError(f"{folder} is damaged: {RUN.document} holds no object")
    if found.get("program") != PROGRAM:
        raise ArtifactError(f"{folder} is not a run folder of {PROGRAM}")
    if (form := found.get("schema_version")) != SCHEMA_VERSION:
        raise ArtifactError(
            f"{folder} was written by another version of {PROGRAM} (form {form}, this is form {SCHEMA_VERSION}); "
            f"make it again: {PROGRAM} run {folder / 'scenario.toml'}"
        )
    if not isinstance(found.get("files"), dict):
        raise ArtifactError(f"{folder} is damaged: {RUN.document} has no checksums of its files")
    return found


def parsed(folder: Path, manifest: dict[str, Any]) -> RunFolder:
    """Return what a run folder says.

    Raises
    ------
    ArtifactError
        If something is missing or cannot be understood.
    """
    try:
        asked = manifest["problem"]
        problem = tables.read_problem(
            folder / "inputs",
            limits=Limits(**asked["limits"] | {"covers": tuple(asked["limits"].get("covers", ()))}),
            weights=Weights(**asked["weights"]),
            pins=_pins(asked["pins"]),
            fixed_kept=asked["fixed_kept"],
            money=asked.get("money"),
            sharing=asked.get("sharing"),
            disciplines=asked.get("disciplines"),
            road_fte_per_minute=float(asked.get("road_fte_per_minute", 0.0)),
        )
        grouping = tables.read_grouping(folder / "grouping.csv")
        evaluation = read_json(folder / "evaluation.json")
        firm = firmness.read(read_json(folder / firmness.FILE))
    except OSError as fault:
        raise ArtifactError(f"{folder} is not a whole run folder: {fault.filename}: {fault.strerror}") from fault
    except (KeyError, ValueError, TypeError, ProblemError) as fault:
        raise ArtifactError(f"{folder} is damaged: {type(fault).__name__}: {fault}") from fault
    return RunFolder(manifest, problem, grouping, evaluation, firm)


def damages(folder: Path, manifest: Mapping[str, Any]) -> list[Disagreement]:
    """Return whether the manifest, or a file that is read back, is not the one that was written."""
    read_back = {
        name: checksum
        for name, checksum in manifest["files"].items()
        if name in {"grouping.csv", "evaluation.json", firmness.FILE} or Path(name).parts[0] == "inputs"
    }
    return document_faults(RUN.document, manifest) + file_faults(folder, read_back)


def _refuse(folder: Path, faults: Sequence[Disagreement]) -> None:
    """Refuse a folder in which something was found.

    Raises
    ------
    ArtifactError
        With all of it.
    """
    if faults:
        told = "; ".join(one.told(ENGLISH) for one in faults)
        edited = f"an edited plan is judged by {PROGRAM} evaluate {folder / 'grouping.csv'}"
        again = f"make it again: {PROGRAM} run {folder / 'scenario.toml'}"
        raise ArtifactError(f"{folder} is not as it was written: {told}; {edited}; {again}")


def contradictions(run: RunFolder) -> list[Disagreement]:
    """Return where files of a run folder contradict one another or the specification: somebody changed one of them."""
    again = evaluate(run.problem, run.grouping)
    follows = plain(judgement(again))
    faults = [Disagreement("rule", violation["rule"]) for violation in follows["violations"]]
    for where, said in ((RUN.document, run.manifest), ("evaluation.json", run.evaluation)):
        if not _alike(said["objective"], again.objective):
            faults.append(Disagreement("objective", where, str(said["objective"]), str(follows["objective"])))
    faults += [
        Disagreement("figures", name)
        for name, figures in follows.items()
        if name != "objective" and run.evaluation[name] != figures
    ]
    return [*dict.fromkeys(faults), *_standing(run.manifest)]


def _standing(manifest: Mapping[str, Any]) -> list[Disagreement]:
    """Return whether what is said of the proof does not follow from the bound; see `optimizer.solve.Result`."""
    objective, bound, gap = (float(manifest[name]) for name in ("objective", "bound", "gap"))
    share = (objective - bound) / objective if objective else 0.0
    proved = _alike(objective, bound)
    sound = _alike(gap, share) and (bound <= objective or proved) and (manifest["status"] == "feasible" or proved)
    if sound and manifest["status"] in {"optimal", "feasible"}:
        return []
    return [Disagreement("standing", RUN.document, f"{manifest['status']}, {bound}, {gap}", f"{objective}, {share}")]


def _alike(one: float, other: float) -> bool:
    """Return whether two figures are the same but for what rounding makes of them."""
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=1e-3)


def _pins(written: Mapping[str, Any]) -> Pins:
    """Return the pins that a manifest holds."""
    return Pins(
        together=tuple(map(frozenset, written["together"])),
        apart=tuple(map(frozenset, written["apart"])),
        fixed=dict(written["fixed"]),
        must_host=frozenset(written["must_host"]),
        may_not_host=frozenset(written["may_not_host"]),
        leave_out=frozenset(written["leave_out"]),
        held={host: frozenset(members) for host, members in written["held"].items()},
    )
