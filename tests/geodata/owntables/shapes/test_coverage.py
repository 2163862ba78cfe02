"""Each fault of boundaries is mended by a stated rule and told in square metres; what is left is a valid coverage."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from squares import EAST, NORTH, SIDE, moved, square

from geodata.faults import DataError
from geodata.owntables.shapes.coverage import GAP_M, LEAST_M2, repaired

HA = SIDE * SIDE


def of(*shapes):
    return gpd.GeoSeries(list(shapes), index=[f"{n:02}" for n in range(1, len(shapes) + 1)], crs="EPSG:25833")


def mend(*shapes):
    clean, repairs = repaired("m.gpkg", of(*shapes))
    assert shapely.coverage_is_valid(clean.to_numpy())
    assert clean.is_valid.all()
    return clean, {one.id: one for one in repairs}


def test_a_coverage_stays_as_it_is():
    clean, repairs = mend(square(0), square(1), square(0, 1))
    assert clean.geom_equals_exact(of(square(0), square(1), square(0, 1)), tolerance=0).all()
    assert repairs == {}


def test_ground_that_two_claim_goes_to_the_smaller():
    clean, repairs = mend(square(0, width=SIDE + 30), square(1, height=SIDE / 2))
    assert clean.area.tolist() == pytest.approx([HA + 30 * SIDE / 2, HA / 2])
    assert set(repairs) == {"01"}
    assert repairs["01"].lost_m2 == pytest.approx(30 * SIDE / 2)
    assert clean.iloc[0].intersection(clean.iloc[1]).length == pytest.approx(SIDE / 2 + 30)


def test_a_town_whose_surroundings_have_no_hole_stays_whole():
    town = shapely.box(EAST + 4000, NORTH + 4000, EAST + 6000, NORTH + 6000)
    clean, repairs = mend(square(0), town)
    assert clean.area.tolist() == pytest.approx([HA - 4e6, 4e6])
    assert repairs["01"].lost_m2 == pytest.approx(4e6)


def test_narrow_gaps_are_filled_and_wide_ones_are_water():
    around = shapely.box(EAST - SIDE, NORTH - SIDE, EAST + 3 * SIDE, NORTH + 2 * SIDE)
    for width, filled in ((GAP_M - 10, True), (GAP_M + 10, False)):
        left, right = square(0, width=SIDE - width), square(1)
        rest = around.difference(shapely.box(EAST, NORTH, EAST + 2 * SIDE, NORTH + SIDE))
        clean, repairs = mend(left, right, rest)
        assert clean.area.sum() == pytest.approx(around.area - (0 if filled else width * SIDE))
        assert sum(one.gained_m2 for one in repairs.values()) == pytest.approx(width * SIDE if filled else 0)


def test_borders_that_nearly_meet_are_one():
    corners = [(0, 0), (0.4, 3333), (0, SIDE), (SIDE, SIDE), (SIDE, 0)]
    bent = moved(shapely.Polygon(corners), EAST + SIDE, NORTH)
    clean, _ = mend(square(0), moved(bent, 0.3))
    assert clean.iloc[0].intersection(clean.iloc[1]).length == pytest.approx(SIDE, abs=2)


RINGS = {
    "a ring that crosses itself": (
        [(0, 0), (SIDE, SIDE), (SIDE, 0), (0, SIDE)],
        [],
        HA / 2,
        "Self-intersection",
    ),
    "a hole outside": (
        [(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)],
        [[(2 * SIDE, 0), (2 * SIDE + 100, 0), (2 * SIDE, 100)]],
        HA,
        "Hole lies outside shell",
    ),
    "a spike": (
        [(0, 0), (SIDE, 0), (SIDE, 5000), (2 * SIDE, 5000), (SIDE, 5000), (SIDE, SIDE), (0, SIDE)],
        [],
        HA,
        "Self-intersection",
    ),
    "a hole over the edge": (
        [(0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)],
        [[(-100, 0), (100, 0), (100, 100), (-100, 100)]],
        HA - 10_000,
        "Self-intersection",
    ),
}


@pytest.mark.parametrize(("shell", "holes", "area", "why"), RINGS.values(), ids=RINGS)
def test_rings_are_mended(shell, holes, area, why):
    broken = moved(shapely.Polygon(shell, holes), EAST, NORTH)
    clean, repairs = mend(broken, square(1, 1))
    assert clean.iloc[0].area == pytest.approx(area)
    assert repairs["01"].fault.startswith(why)
    assert repairs["01"].mended_m2 == pytest.approx(abs(area - broken.area))


def test_parts_islands_and_holes_stay():
    lake = square(0).difference(shapely.box(EAST + 4000, NORTH + 4000, EAST + 5000, NORTH + 5000))
    island = moved(square(5, width=500, height=500), 0)
    clean, repairs = mend(shapely.MultiPolygon([lake, island]), square(1))
    assert clean.iloc[0].area == pytest.approx(HA - 1e6 + 250_000)
    assert len(shapely.get_parts(clean.iloc[0])) == 2
    assert repairs == {}


def test_two_shapes_of_the_same_ground_are_refused():
    with pytest.raises(DataError) as caught:
        mend(square(0), square(0), square(1))
    (fault,) = caught.value.faults
    assert fault.what == "02 is left with no ground: others claim all of its 100000000 m2"
    with pytest.raises(DataError, match="02 is left with 40000000 of its 100000000 m2"):
        mend(square(0), moved(square(0), 4000), square(0, 1, 100, 100))


def faulty(points, seed, apart):
    """Return the cells of some points, each moved by itself; the ring of the first has a bow tie."""
    land = square(0, 0, 30_000, 30_000)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land))
    way = np.random.default_rng(seed).uniform(-apart, apart, (len(cells), 2))
    shapes = [moved(shape, x, y) for shape, (x, y) in zip(shapely.intersection(cells, land), way, strict=True)]
    ring = np.asarray(shapes[0].exterior.coords)[:-1]
    shapes[0] = shapely.Polygon(np.vstack([ring, ring[-1] + [apart, 3 * apart], ring[0] + [apart, -apart]]))
    return shapes


@given(
    points=st.lists(st.tuples(st.integers(1, 29), st.integers(1, 29)), min_size=2, max_size=12, unique=True),
    seed=st.integers(0, 2**16),
    apart=st.sampled_from([0.0, 0.02, 0.7, 20.0, 45.0]),
)
def test_any_partition_with_faults_becomes_a_coverage_and_every_change_is_told(points, seed, apart):
    shapes = faulty([(EAST + 1000 * x, NORTH + 1000 * y) for x, y in points], seed, apart)
    clean, repairs = mend(*shapes)
    raw = of(*shapes)
    for id_, size in clean.area.items():
        one = repairs.get(id_)
        told = one.changed_m2 if one else LEAST_M2
        assert abs(size - raw.area[id_]) <= told + LEAST_M2
    lost = sum(one.lost_m2 for one in repairs.values())
    gained = sum(one.gained_m2 for one in repairs.values())
    whole = shapely.make_valid(raw.to_numpy(), method="structure", keep_collapsed=False)
    assert clean.area.sum() == pytest.approx(shapely.area(whole).sum() + gained - lost, abs=len(raw) * LEAST_M2 * 2)
