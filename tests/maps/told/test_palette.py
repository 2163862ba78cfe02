"""Colours that everybody can tell apart, given so that neighbours differ."""

from itertools import combinations

import numpy as np
import pytest
from country import Country
from hypothesis import given
from hypothesis import strategies as st

from maps.told import palette
from maps.told import plan as model
from maps.told.places import geometry
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate

SEEN = [palette.seen(colour) for colour in palette.OFFICES]
PAIRS = list(combinations(SEEN, 2))


@pytest.mark.parametrize("blindness", [None, *palette.COLOUR_BLINDNESS])
def test_any_two_office_colours_differ_for_everybody(blindness: str | None) -> None:
    assert min(palette.distance(a, b, blindness) for a, b in PAIRS) >= palette.MIN_DISTANCE


def test_no_two_office_colours_are_the_same_grey_in_print() -> None:
    assert min(abs(np.cbrt(palette.luminance(a)) - np.cbrt(palette.luminance(b))) for a, b in PAIRS) > 0.03


@pytest.mark.parametrize("ground", [*SEEN, palette.LAND, palette.GROUND, palette.ALONE])
def test_outlines_stand_out_from_every_fill(ground: str) -> None:
    assert palette.contrast(palette.OUTLINE, ground) >= 3


@pytest.mark.parametrize("ground", ["#ffffff", palette.GROUND, palette.LAND])
def test_text_can_be_read(ground: str) -> None:
    assert palette.contrast(palette.INK, ground) >= 4.5
    assert palette.contrast(palette.MUTED, ground) >= 4.5


def test_offices_do_not_look_like_those_who_stand_alone_or_outside() -> None:
    for other in (palette.LAND, palette.ALONE, palette.GROUND):
        assert min(palette.distance(colour, other) for colour in SEEN) > 0.05


def test_contrast_and_mixing_by_value() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert palette.seen("#000000", "#ffffff", 0.65) == "#595959"
    assert palette.distance("#ffffff", "#000000") == pytest.approx(1, abs=1e-3)
    assert palette.distance("#ff0000", "#00ff00", "deuteranopia") < palette.distance("#ff0000", "#00ff00") / 2


def test_a_host_without_neighbours_has_its_own_colour() -> None:
    assert palette.assign({"5540": ()}) == {"5540": palette.preferred("5540")}


@given(st.integers(2, 9), st.integers(2, 9), st.integers(0, 9000))
def test_neighbours_in_a_grid_with_diagonals_differ(rows: int, columns: int, first: int) -> None:
    name = {(i, j): f"{first + i * columns + j:04d}" for i in range(rows) for j in range(columns)}
    near = {
        name[i, j]: {name[k, m] for k, m in name if max(abs(k - i), abs(m - j)) == 1 or (k == i and abs(m - j) == 1)}
        for i, j in name
    }
    colours = palette.assign(near)
    assert palette.clashes(colours, near) == []
    assert set(colours.values()) <= set(range(len(palette.OFFICES)))


def test_more_neighbours_than_colours_is_no_crash() -> None:
    everybody = [f"{i:04d}" for i in range(8)]
    near = {host: set(everybody) - {host} for host in everybody}
    assert set(palette.assign(near).values()) == set(range(len(palette.OFFICES)))


def test_the_order_of_the_input_does_not_matter(norway: Country) -> None:
    near = country_offices(norway)
    backwards = {host: near[host] for host in reversed(near)}
    assert palette.assign(near) == palette.assign(backwards)


def test_national_offices_differ_from_their_neighbours_and_mostly_keep_their_colour(norway: Country) -> None:
    near = country_offices(norway)
    colours = palette.assign(near)
    assert palette.clashes(colours, near) == []
    assert np.mean([colours[host] == palette.preferred(host) for host in near]) > 0.5
    gone = sorted(near)[::10]
    fewer = {host: others - set(gone) for host, others in near.items() if host not in gone}
    assert np.mean([palette.assign(fewer)[host] == colours[host] for host in fewer]) > 0.8


def country_offices(norway: Country) -> dict[str, set[str]]:
    office_of = {i: row.host for row in norway.evaluation.shared for i in row.members}
    shapes = norway.municipalities.geometry.to_numpy()
    return geometry.near_offices(shapes, [office_of.get(i) for i in norway.municipalities.index])


def test_a_host_has_one_colour_in_several_plans(norway: Country) -> None:
    """The first ten offices give up their hosts' hosting to another member in a second plan."""
    other = dict(norway.grouping.host_of)
    for row in norway.evaluation.shared[:10]:
        new = next(id_ for id_ in row.members if id_ != row.host)
        other |= dict.fromkeys(row.members, new)
    second = evaluate(norway.problem, Grouping.of(other))
    alone, _ = model.office_colours(norway.municipalities, norway.links, [norway.evaluation])
    both, clashes = model.office_colours(norway.municipalities, norway.links, [norway.evaluation, second])
    assert clashes == 0
    assert set(both) == set(alone) | {row.host for row in second.shared}
    for judged, grouping in ((norway.evaluation, norway.grouping), (second, Grouping.of(other))):
        plan = model.build(norway.municipalities, norway.problem, grouping, judged, norway.links).coloured(both)
        assert {office.host.id: office.colour for office in plan.shared} == {
            row.host: both[row.host] for row in judged.shared
        }
