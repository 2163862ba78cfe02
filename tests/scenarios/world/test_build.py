"""From a scenario to a problem: who takes part, names and numbers, the user's tables, and faults with lines."""

from pathlib import Path
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

from geodata import municipalities as tables
from geodata import neighbours, network, traveltimes
from optimizer.problem import Limits, ProblemError, Weights
from scenarios.export import scenario_text
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.question.load import load
from scenarios.question.schema import Scenario
from scenarios.question.shipped import names
from scenarios.world import build as build_module
from scenarios.world.build import World, build, open_world

BAD = Path(__file__).parents[1] / "data" / "bad"


@pytest.fixture(scope="module")
def known():
    return {}


@pytest.fixture(autouse=True)
def slow_steps_once(monkeypatch, tmp_path, known):
    """Work in an empty folder; keep tables, graphs, links and minutes, which are not under test here."""

    def once(module, name, key):
        step = getattr(module, name)

        def kept(*arguments):
            full = module.__name__, name, key(*arguments)
            if full not in known:
                known[full] = step(*arguments)
            return known[full]

        monkeypatch.setattr(module, name, kept)

    def of_graph(graph, ids):
        minutes = sum(data["minutes"] for *_, data in graph.edges(data=True))
        return tuple(ids.index if hasattr(ids, "columns") else ids), round(minutes)

    once(tables, "load", lambda edition: edition)
    once(network, "load", lambda edition: edition)
    once(neighbours, "find", of_graph)
    once(traveltimes, "from_graph", of_graph)
    monkeypatch.chdir(tmp_path)


def scenario_of(**sections):
    return Scenario.model_validate({"name": "x"} | sections)


def faults_of(scenario):
    """Return line, key, and text of each fault, in the order of the message."""
    with pytest.raises(ScenarioError) as caught:
        build(scenario)
    return [(fault.line, fault.key, f"{fault.what}; {fault.hint}") for fault in caught.value.faults]


def taking_part(world):
    return [id_ for id_, active in zip(world.problem.ids, world.problem.active, strict=True) if active]


@pytest.mark.parametrize("name", names())
def test_shipped_scenarios_build(name):
    world = build(load(name))
    expected = {"nasjonal-2020": 280, "med-byer": 357}.get(name, 277)
    assert world.problem.active.sum() == expected
    assert world.problem.may_host.all()
    n = 356 if name == "nasjonal-2020" else 357
    assert len(world.problem.ids) == len(world.municipalities) == len(world.travel.ids) == n
    assert world.problem.ids == tuple(world.municipalities.index) == world.travel.ids


def test_a_fixed_part_shares_out_the_same_planners():
    plain, fixed = (build(load(name)).problem for name in ("nasjonal", "grunnbemanning"))
    sums = [problem.planner_fte[problem.active].sum() for problem in (plain, fixed)]
    assert sums[1] == pytest.approx(sums[0], abs=0.1)
    before, after = plain.planner_fte[plain.active], fixed.planner_fte[fixed.active]
    assert after.min() > before.min() + 0.2
    assert after.max() < before.max()


def test_the_national_problem_in_full():
    world = build(load("nasjonal"))
    problem = world.problem
    assert problem.limits == Limits()
    assert problem.weights == Weights()
    assert problem.fixed_kept == 0.8
    kautokeino = problem.index["5612"]
    assert problem.names[kautokeino] == "Kautokeino"
    assert problem.counties[kautokeino] == "56"
    assert problem.statsforvaltere[kautokeino] == "Statsforvalteren i Troms og Finnmark"
    population = world.municipalities.loc["5612", "population"]
    assert problem.planner_fte[kautokeino] == pytest.approx(0.27 * population / 1000)
    assert problem.need_fte[kautokeino] == pytest.approx(0.8 + 0.25 * population / 1000)
    assert problem.links.sum() == 2 * len(world.links)
    assert np.array_equal(problem.links, problem.links.T)
    for a, b in world.links[["a", "b"]].itertuples(index=False):
        assert problem.links[problem.index[a], problem.index[b]]
    assert np.array_equal(problem.minutes, world.travel.minutes)


def test_winter_is_slower_and_nothing_else():
    plain, winter = build(load("nasjonal")).problem, build(load("vinter")).problem
    finite = np.isfinite(plain.minutes)
    assert (np.isfinite(winter.minutes) == finite).all()
    assert (winter.minutes[finite] >= 1.2 * plain.minutes[finite] - 0.02).all()
    assert (winter.minutes[finite] <= 1.3 * plain.minutes[finite] + 0.02).all()
    assert np.array_equal(winter.planner_fte, plain.planner_fte)


def test_settings_reach_the_problem():
    scenario = scenario_of(
        limits={
            "max_minutes": 61,
            "min_members": 2,
            "max_members": 7,
            "alone_exempt": True,
            "contiguity": "off",
            "county_lines": "hard",
            "min_office_fte": 2.5,
            "critical_mass": "hard",
            "max_office_need_fte": 12,
            "min_host_share": 0.5,
            "covers": ["gis"],
            "offices": 9,
        },
        weights={
            "travel": 2,
            "missing_fte": 3,
            "county_lines": 4,
            "statsforvalter_lines": 5,
            "unmet_need": 6,
            "alone": 7,
        },
        planners={
            "supply_fixed_fte": 0.5,
            "supply_per_1000": 1,
            "need_fixed_fte": 2,
            "need_per_1000": 3,
            "fixed_kept": 0.5,
        },
        pins={"together": [["Kåfjord", "5536"]], "apart": [["5538", "Nordreisa"]], "fixed": {"Lyngen": "Lyngen"}}
        | {"must_host": ["Lyngen"], "may_not_host": ["5540"], "leave_out": ["Utsira"], "held": {"lom": ["3433"]}},
    )
    problem = build(scenario).problem
    assert problem.limits == Limits(61, 2, 7, True, "off", "hard", 2.5, "hard", 12, 0.5, "off", "off", ("gis",), 9, 9)
    assert problem.weights == Weights(2, 3, 4, 5, 6, 7)
    assert problem.fixed_kept == 0.5
    people = tables.load(scenario.edition).loc["5540", "population"]
    assert problem.planner_fte[problem.index["5540"]] == pytest.approx(0.5 + people / 1000)
    assert problem.fixed_need_fte[problem.index["5540"]] == 2
    pins = problem.pins
    assert pins.together == (frozenset({"5540", "5536"}),)
    assert pins.apart == (frozenset({"5538", "5544"}),)
    assert dict(pins.fixed) == {"5536": "5536"}
    assert (pins.must_host, pins.may_not_host, pins.leave_out) == ({"5536"}, {"5540"}, {"1151"})
    assert dict(pins.held) == {"3434": {"3433", "3434"}}
    assert not problem.active[problem.index["1151"]]


def test_selection_by_class_county_and_name():
    world = build(
        scenario_of(select={"classes": [6], "counties": ["Finnmark", "55"], "municipalities": ["Tromsø", "0301"]})
    )
    facts = world.municipalities
    expected = facts.index[(facts["centrality_class"] == 6) & facts["county_number"].isin(["55", "56"])]
    assert taking_part(world) == sorted([*expected, "5501", "0301"])
    assert world.scenario.select.counties == ("56", "55")
    assert world.scenario.select.municipalities == ("5501", "0301")


def test_hosts_fulfil_all_conditions():
    conditions = {"classes": [5, 6], "min_population": 2000, "municipalities": ["Lyngen", "5540", "5544"]}
    problem = build(scenario_of(hosts=conditions)).problem
    assert {problem.ids[i] for i in np.flatnonzero(problem.may_host)} == {"5536", "5544", "5540"} - {
        number for number, people in tables.load("2024")["population"].items() if people < 2000
    }


@pytest.mark.parametrize(
    ("counties", "ending", "ending_en"),
    [
        (["15"], "Møre og Romsdal", "Møre og Romsdal"),
        (["18", "15", "55"], "Nordland, Møre og Romsdal og Troms", "Nordland, Møre og Romsdal and Troms"),
        (["18", "15", "55", "56"], "4 fylker", "4 counties"),
    ],
)
def test_headings_say_which_counties(counties, ending, ending_en):
    shipped, scenario = load("nasjonal"), build(load("nasjonal", counties=counties)).scenario
    assert scenario.title == f"{shipped.title} \N{EN DASH} {ending}"
    assert scenario.title_en == f"{shipped.title_en} \N{EN DASH} {ending_en}"


def test_hosts_outside_the_county_asked_for_are_no_fault():
    build(scenario_of(select={"counties": ["55"]}, hosts={"municipalities": ["Lyngen", "Bodø"]}))


RELABELLED = [
    {"together": [["5540", "5536"]], "leave_out": ["5612"], "fixed": {"1818": "1820"}},
    {"together": [["Kåfjord", "LYNGEN"]], "leave_out": ["Guovdageaidnu"], "fixed": {"herøy (nordland)": "alstahaug"}},
    {
        "together": [["Gáivuotna - Kåfjord - Kaivuono", " lyngen "]],
        "leave_out": ["Kautokeino"],
        "fixed": {"1818": "1820"},
    },
    {"together": [["kaivuono", "5536", "Lyngen"]], "leave_out": ["5612", "Kautokeino"], "fixed": {"1818": "Alstahaug"}},
]


@pytest.mark.parametrize("pins", RELABELLED)
def test_names_and_numbers_say_the_same(pins):
    assert build(scenario_of(pins=pins)).scenario == scenario_of(pins=RELABELLED[0])


def test_a_resolved_scenario_builds_to_itself():
    world = build(scenario_of(pins=RELABELLED[1]))
    again = build(world.scenario)
    assert again.scenario == world.scenario
    assert again.problem.pins == world.problem.pins


BAD_FILES = {
    "all-left-out": [(8, "pins.leave_out", "leaves out every municipality")],
    "edition-2020": [
        (7, "select.counties[0]", "belong to 54 Troms og Finnmark in 2020"),
        (4, "pins.leave_out[0]", "5426 Kåfjord"),
        (4, "pins.leave_out[1]", "1580 Haram is one of 2024; in 2020: 1507 Ålesund"),
        (4, "pins.leave_out[2]", "5403 Alta"),
    ],
    "ferries": [
        (5, "travel.closed_ferries[1]", "Bognes-Skarberget"),
        (6, "travel.open_in_winter[0]", "Sognefjellet"),
    ],
    "hosts-contradict": [
        (6, "hosts.municipalities[3]", "5501 Tromsø does not take part"),
        (9, "pins.must_host[0]", "5538 Storfjord may not host"),
        (10, 'pins.fixed."5540"', "5542 Skjervøy may not host"),
    ],
    "names-and-numbers": [
        (4, "select.counties[1]", 'no county "99"; the counties of 2024 are 03 Oslo, 11 Rogaland'),
        (4, "select.counties[2]", "Viken"),
        (4, "select.counties[3]", '"03" (Oslo)'),
        (4, "select.counties[4]", "its municipalities of 2020 belong to 55 Troms, 56 Finnmark in 2024"),
        (5, "select.municipalities[0]", "1515 Herøy (Møre og Romsdal) or 1818 Herøy (Nordland)"),
        (6, "select.municipalities[1]", "Atlantis"),
        (6, "select.municipalities[2]", "0301 (Oslo)"),
        (9, "hosts.municipalities[0]", "5301"),
        (17, "pins.must_host[0]", "Våler"),
        (17, "pins.must_host[2]", "5534 Karlsøy"),
        (18, "pins.leave_out[0]", "1508 Ålesund, 1580 Haram"),
        (18, "pins.leave_out[1]", 'called ""'),
        (13, "pins.together[0][1]", "5630 Berlevåg"),
        (14, "pins.together[1]", "names only one municipality, 5540 Kåfjord"),
        (16, "pins.apart[0][0]", "55400"),
        (22, 'pins.fixed."Kåfjord"', "5540 Kåfjord is fixed to two hosts; 5536 Lyngen or 5534 Karlsøy?"),
        (23, 'pins.fixed."3807"', "4003 Skien"),
    ],
    "nobody": [(5, "select.counties", "there is none of class 1 in Finnmark")],
    "nobody-at-all": [(4, "select.classes", "select.classes is empty")],
    "pins-contradict": [
        (9, "pins.must_host[0]", "both must host and may not host; see also line 10"),
        (13, 'pins.fixed."5540"', "is itself fixed to 5544 Nordreisa; see also line 14"),
        (9, "pins.must_host[0]", "must host, but is fixed to 5546 Kvænangen"),
        (4, "pins.together[0][0]", "and kept apart; see also line 7"),
        (9, "pins.must_host[0]", "must have different hosts"),
    ],
    "pins-outside": [
        (6, 'pins.fixed."5540"', "left out by pins.leave_out"),
        (4, "pins.must_host[0]", "5501 Tromsø does not take part; add it to select.municipalities"),
    ],
    "kroner-hours": [(5, "money.mix", '"use" needs the hours of each, and')],
    "kroner-names": [
        (8, "money.zones", "no zones of the employer tax for the edition 2020"),
        (2, "", "9999"),
        (2, "", "1150"),
        (3, "", "1150"),
        (3, "", "-1"),
        (9, "money.key", "exact up to 12 members"),
    ],
    "kroner-shapley": [
        (8, "money.zones", "no zones of the employer tax for the edition 2020"),
        (9, "money.key", "exact up to 12 members, and limits.max_members is 13"),
    ],
    "plans": [
        (5, "travel.new_links[0].between[0]", "did you mean 1127 Randaberg?"),
        (6, "travel.new_links[1].between", "both ends are 1145 Bokn"),
        (8, "travel.new_links[3].between[0]", "did you mean Halhjem?"),
        (13, "travel.pairs[0].between[0]", 'called "Halhjem"'),
        (10, "travel.closed_links[0].between", "from the first, links lead to 3201 (Sandvika)"),
        (10, "travel.closed_links[1].between", "there are: 6"),
        (11, 'travel.ferries."Bognes-Lødinge"', "did you mean Bognes-Lødingen?"),
        (7, "travel.new_links[2].minutes", "expected at least 12.8, 130 km/h"),
        (15, "travel.pairs[2].between", "names a way that stands before"),
    ],
    "table-missing": [(3, "planners.table", "nowhere.csv"), (5, "travel.table", "folder")],
    "tables": [
        (3, "", "-1"),
        (3, "", "'x'"),
        (4, "", "55400"),
        (6, "", "line 5"),
        (7, "travel.table", "minutes.csv"),
    ],
}


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_bad_files(name, monkeypatch):
    monkeypatch.chdir(BAD)
    faults = faults_of(load(f"{name}.toml"))
    assert [fault[:2] for fault in faults] == [expected[:2] for expected in BAD_FILES[name]]
    for (*_, text), (*_, part) in zip(faults, BAD_FILES[name], strict=True):
        assert part in text


@pytest.mark.parametrize(
    ("county", "part"),
    [
        ("99", "the counties of 2024 are 03 Oslo"),
        ("Trøms", "did you mean Troms?"),
        ("3", '"03" (Oslo)?'),
        ("540", "no county"),
    ],
)
def test_a_county_that_does_not_exist(county, part):
    with pytest.raises(ScenarioError) as caught:
        build(load("nasjonal", counties=["55", county]))
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.key) == ("--county", None, "select.counties[1]")
    assert part in f"{fault.what}; {fault.hint}"


def test_an_empty_selection_from_the_command_line():
    with pytest.raises(ScenarioError) as caught:
        build(load("nasjonal", counties=["Oslo"]))
    (fault,) = caught.value.faults
    assert (fault.file, fault.key) == ("--county", "select.counties")
    assert "none of class 4, 5, 6 in Oslo" in fault.what


def test_planners_of_the_user_override_the_estimate():
    Path("fte.csv").write_text("kommunenummer;planner_fte;trips\n5540;1,5;2\n", encoding="utf-8")
    Path("a.toml").write_text('[planners]\ntable = "fte.csv"\n', encoding="utf-8")
    world = build(load("a.toml"))
    i = world.problem.index["5540"]
    assert (world.problem.planner_fte[i], world.problem.trips[i]) == (1.5, 2.0)
    sources = ["planner_fte_source", "need_fte_source"]
    assert world.municipalities.loc["5540", sources].tolist() == ["fte.csv", "estimate"]
    assert world.municipalities.loc["5536", sources].tolist() == ["estimate", "estimate"]


def test_journeys_weigh_by_need_with_mean_one_over_those_that_are_grouped():
    Path("fte.csv").write_text("kommunenummer;need_fte;trips\n5540;8;\n5536;;0,5\n", encoding="utf-8")
    overrides = ["planners.table=fte.csv", "pins.leave_out=5501"]
    problem = build(load("nasjonal", counties=["Troms"], overrides=overrides)).problem
    assert not problem.active[problem.index["5501"]]
    at, given = problem.index["5540"], problem.index["5536"]
    mean = problem.need_fte[problem.active].mean()
    assert problem.trips[at] == pytest.approx(8 / mean, abs=1e-4)
    assert problem.trips[given] == 0.5, "the user's own weight stands"
    others = np.arange(len(problem.ids)) != given
    assert problem.trips[others] == pytest.approx(problem.need_fte[others] / mean, abs=1e-4)
    equal = build(load("nasjonal", overrides=["planners.trips=equal"])).problem
    assert (equal.trips == 1).all()


def test_journeys_that_nobody_makes_are_one_fault():
    nothing = ["planners.need_fixed_fte=0", "planners.need_per_1000=0"]
    [(_, key, said)] = faults_of(load("nasjonal", overrides=nothing))
    assert (key, "nobody who takes part needs a planner" in said) == ("planners.trips", True)
    build(load("nasjonal", overrides=[*nothing, "planners.trips=equal"]))
    Path("fte.csv").write_text("kommunenummer;trips\n5501;0\n0301;1\n", encoding="utf-8")
    alone = ["select.classes=", "select.municipalities=5501", "planners.table=fte.csv"]
    [(_, key, said)] = faults_of(load("nasjonal", overrides=alone))
    assert (key, "trips is 0 for everybody who takes part" in said) == ("planners.table", True)


def test_minutes_of_the_user_replace_the_graph_between_those_that_take_part():
    ids = ("5536", "5538", "5540")
    minutes = np.array([[0, 1, 2], [3, 0, 4], [5, traveltimes.UNREACHABLE, 0]], dtype=float)
    traveltimes.write(traveltimes.TravelTimes(ids, minutes, "x"), "minutes.csv")
    overrides = ["travel.table=minutes.csv", "select.classes=", "select.municipalities=5536,5538,5540"]
    world = build(load("nasjonal", overrides=overrides))
    at = [world.problem.index[id_] for id_ in ids]
    assert np.array_equal(world.problem.minutes[np.ix_(at, at)], minutes)
    others = np.delete(world.problem.minutes, at, axis=1)[at]
    assert np.isinf(others).all()
    assert world.travel.source == "minutes.csv"
    assert world.travel.own


def test_single_ways_of_the_user_over_the_changed_roads():
    Path("ways.csv").write_text("fra;til;minutter\n5536;5538;7\n", encoding="utf-8")
    overrides = ["travel.table=ways.csv", "travel.road_factor=2", "select.counties=Troms"]
    world, without = (build(load("nasjonal", overrides=some)) for some in (overrides, overrides[1:]))
    a, b, c = (world.problem.index[id_] for id_ in ("5536", "5538", "5540"))
    assert world.problem.minutes[a, b] == world.problem.minutes[b, a] == 7
    assert world.problem.minutes[a, c] == without.problem.minutes[a, c]
    assert not world.travel.own, "the rest is still an estimate"


def test_a_binary_file_as_a_table():
    Path("fte.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    ((line, key, _),) = faults_of(load("nasjonal", overrides=["planners.table=fte.csv"]))
    assert (line, key) == (None, "planners.table")


def test_closing_a_ferry_reaches_the_graph():
    ferry = next(name for name in network.named_links(network.load("2024")) if name.startswith("Bognes"))
    closed = build(load("nasjonal", overrides=[f"travel.closed_ferries={ferry}"]))
    refs = {data["ref"] for *_, data in closed.graph.edges(data=True)}
    assert ferry not in refs
    assert (closed.problem.minutes >= build(load("nasjonal")).problem.minutes - 0.011).all()


def test_plans_reach_times_and_neighbours_and_are_read_again(tmp_path):
    plans = [
        'travel.new_links=[{name = "Rogfast", between = ["Kvitsøy", "Bokn"], minutes = 16}]',
        'travel.closed_links=[{between = ["Sauda", "Suldal"]}]',
        'travel.pairs=[{between = ["Utsira", "Haugesund"], minutes = 80, one_way = true}]',
    ]
    world = build(load("nasjonal", overrides=plans))
    assert world.travel.between("1144", "1145") == 16
    assert (world.travel.between("1151", "1106"), world.travel.between("1106", "1151")) == (80, 120.92)
    index = world.problem.index
    assert world.problem.links[index["1144"], index["1145"]]
    assert not world.problem.links[index["1134"], index["1135"]]
    written = tmp_path / "again.toml"
    written.write_text(scenario_text.scenario(world.scenario.model_dump(mode="json")), encoding="utf-8")
    assert load(str(written)).travel == world.scenario.travel


def test_a_road_open_in_winter_reaches_the_graph():
    opened = build(load("nasjonal", overrides=["travel.open_in_winter=['Sognefjellet']"]))
    assert network.seasonal_links(opened.graph) == ["Sognefjellet"]
    # Lom and Luster.
    assert opened.travel.between("3434", "4644") < build(load("nasjonal")).travel.between("3434", "4644") - 60


def test_a_contradiction_points_at_the_pins_that_it_speaks_of(tmp_path):
    """Not at others that name the same municipalities."""
    file = tmp_path / "contra.toml"
    file.write_text(
        """name = "contra"
[pins]
together = [["Kåfjord", "Nordreisa"]]
apart = [["Kåfjord", "Nordreisa"]]
must_host = ["Nordreisa"]
""",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as caught:
        build(load(str(file)))
    [fault] = caught.value.faults
    assert (fault.line, fault.key, fault.hint) == (3, "pins.together[0][0]", "see also line 4")


@pytest.mark.parametrize("written", ["Møre og Romsdal", "more og romsdal", "MORE OG ROMSDAL", "15"])
def test_a_county_is_found_in_plain_letters_too(written):
    world = build(load("nasjonal", counties=[written]))
    assert world.scenario.select.counties == ("15",)
    assert world.scenario.title.endswith(" \N{EN DASH} Møre og Romsdal")
    assert build(world.scenario).scenario.title == world.scenario.title


def test_what_is_asked_on_the_command_line_is_in_the_world():
    world = open_world("nasjonal", overrides=("limits.max_minutes=61",), counties=("Finnmark",))
    assert world.problem.limits.max_minutes == 61
    assert {id_[:2] for id_ in taking_part(world)} == {"56"}
    _, numbers = build_module.taking_part(world.scenario)
    assert sorted(numbers) == taking_part(world)
    with pytest.raises(ScenarioError, match="none of class 4, 5, 6 in Oslo"):
        build_module.taking_part(load("nasjonal", counties=["03"]))
    table = world.to_geodataframe()
    assert sorted(table.index[table["takes_part"]]) == taking_part(world)
    assert table["may_host"].sum() == world.problem.may_host.sum()


@pytest.mark.parametrize(
    ("overrides", "keys"),
    [
        (("limits.max_minutes=-1", "pins.leave_out=['Nowhere']"), ["limits.max_minutes", "pins.leave_out[0]"]),
        (("edition='1900'", "pins.leave_out=['Nowhere']"), ["edition"]),
        (("select.classes=[9]", "pins.leave_out=['Nowhere']"), ["select.classes[0]", "pins.leave_out[0]"]),
        (("select.classes=[]", "hosts.min_population=-1"), ["hosts.min_population"]),
        (("select.classes=[]",), ["select.classes"]),
    ],
)
def test_faults_of_what_is_asked_and_of_what_follows_come_at_once(overrides, keys):
    """What may only follow from a fault is not told: who takes part, where the settings that say so are wrong."""
    with pytest.raises(ScenarioError) as caught:
        open_world("nasjonal", overrides=overrides)
    assert [fault.key for fault in caught.value.faults] == keys


def test_counties_that_are_no_texts_are_refused():
    with pytest.raises(ProblemError, match="counties"):
        open_world("nasjonal", counties=(56,))


def test_fewest_offices_stay_where_no_exact_number_is_asked():
    limits = {"min_offices": 2, "max_offices": 5}
    found = build(scenario_of(select={"counties": ["56"]}, limits=limits)).problem.limits
    assert (found.min_offices, found.max_offices) == (2, 5)
    exact = build(scenario_of(select={"counties": ["56"]}, limits={"offices": 3})).problem.limits
    assert (exact.min_offices, exact.max_offices) == (3, 3)


def test_only_who_takes_part_needs_figures_for_the_key(tmp_path):
    world = build(scenario_of(select={"counties": ["56"]}))
    rows = "".join(f"{id_};10\n" for id_ in taking_part(world))
    (tmp_path / "m.csv").write_text(f"kommunenummer;hours\n{rows}")
    asked = {"select": {"counties": ["56"]}, "money": {"key": "use", "table": "m.csv"}}
    assert build(scenario_of(**asked)).kroner is not None
    (tmp_path / "m.csv").write_text(f"kommunenummer;hours\n{rows.partition(chr(10))[2]}")
    assert [key for _, key, _ in faults_of(scenario_of(**asked))] == ["money.key"]


def test_what_else_is_wrong_with_what_was_asked_is_told_too():
    wrong = Fault("--here", None, "", "is odd", "change it")
    with pytest.raises(ScenarioError) as caught:
        open_world("nasjonal", counties=["Finnmark"], further=lambda _: [wrong])
    assert caught.value.faults == (wrong,)


def test_whose_the_roads_are():
    for own, told in (({"own": "Kartverket"}, "Kartverket"), ({}, "")):
        assert World.own_roads.fget(SimpleNamespace(graph=nx.Graph(**own))) == told
