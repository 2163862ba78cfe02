"""The scripts of docs/instances.md make tables of public formats, and the answer is the best there is."""

import math
import re
import sys
import warnings
from itertools import combinations, product

import pytest
from program import ROOT

from geodata.faults import DataRemark
from scenarios.world.build import open_world
from scenarios.world.solving import run

PLACES = [(0, 0, 3), (0, 4, 4), (3, 0, 3), (20, 0, 5), (20, 5, 2), (24, 0, 3)]
"""x, y and demand; the two halves have a demand of 10 each, which is the capacity."""
P_MEDIAN = "1 99\n6 2 10\n" + "".join(f"{k} {x} {y} {demand}\n" for k, (x, y, demand) in enumerate(PLACES, 1))
GRAPH = "p edge 6 7\ne 1 2\ne 2 3\ne 4 5\ne 5 6\ne 1 4\ne 2 5\ne 3 6\n"
PEOPLE = {"1": 2000, "2": 1500, "3": 2500, "4": 1000, "5": 2500, "6": 1500}


@pytest.fixture
def blocks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/instances.md").read_text(encoding="utf-8")
    return re.findall(r"```(?:python|toml)\n(.*?)```", text, re.DOTALL)


def solved(folder, monkeypatch, script, scenario, *files):
    monkeypatch.setattr(sys, "argv", ["script", *files])
    exec(compile(script, "script", "exec"), {})  # noqa: S102  the document's own lines
    (folder / "asked.toml").write_text(scenario, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataRemark)
        return run(open_world("asked.toml")).result


def test_capacitated_p_median(tmp_path, blocks, monkeypatch):
    (tmp_path / "pmedcap").write_text(P_MEDIAN)
    result = solved(tmp_path, monkeypatch, blocks[0], blocks[1], "pmedcap")
    best = min(
        sum(math.floor(math.dist(PLACES[k][:2], PLACES[h][:2])) for k, h in enumerate(hosts))
        for medians in combinations(range(6), 2)
        for hosts in product(medians, repeat=6)
        if all(hosts[m] == m and sum(PLACES[k][2] for k in range(6) if hosts[k] == m) <= 10 for m in medians)
    )
    assert (result.status, result.objective) == ("optimal", best)


def test_districting(tmp_path, blocks, monkeypatch):
    (tmp_path / "g.dimacs").write_text(GRAPH)
    (tmp_path / "g.population").write_text("".join(f"{k} {many}\n" for k, many in PEOPLE.items()))
    result = solved(tmp_path, monkeypatch, blocks[2], blocks[3], "g.dimacs", "g.population")
    # 1, 2 and 4, 5 with 3 or 6 on either side: 6 of 11 thousand at most, and 5 at least; each is a path of three units.
    assert sorted(sum(PEOPLE[unit] for unit in units) for units in result.grouping.offices.values()) == [5000, 6000]
    assert (result.status, result.objective) == ("optimal", 4)
