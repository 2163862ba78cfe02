"""What changed roads changed, in words."""

import math
from types import SimpleNamespace

from maps.pages.render import fill
from maps.told.places.travel_changes import ChangedJourney, LinkEnd, TravelChanges, TravelChangeWords
from maps.told.texts import Words

JOURNEYS = (
    ChangedJourney("1", "2", math.inf, 30),
    ChangedJourney("1", "3", 80, 60),
    ChangedJourney("3", "2", 70, 76.5),
)
LINKS = (("Brua", LinkEnd("1", "centre", 0), LinkEnd("59.1, 5.4", "place", 1.25)),)
FOUND = TravelChanges(75, JOURNEYS, (("1", "2"),), (), LINKS)


def told(found, language="nb"):
    return TravelChangeWords(Words(language), found, {"1": "Ada", "2": "Bo", "3": "Cai"}.__getitem__)


def test_whose_journeys_and_how_many_come_within_reach():
    assert (FOUND.came_within, FOUND.fell_out) == (2, 1)
    counts = {one.municipality: (one.shorter, one.longer, one.most) for one in FOUND.municipalities}
    assert counts == {"1": (2, 0, JOURNEYS[0]), "2": (1, 1, JOURNEYS[0]), "3": (1, 1, JOURNEYS[1])}


def test_the_headline():
    first, *others = told(FOUND, "en").headline
    assert first.startswith("3 municipalities with other times than by the roads of the data: 3 journeys of at most 75")
    assert first.endswith("2 shorter and 1 longer.")
    assert others == [
        "What changes most is Ada \N{EN DASH} Bo: no way before, 30 minutes now.",
        "Now within 75 minutes: 2 journeys; no longer: 1 journey.",
        "New neighbours: Ada and Bo.",
        "Brua leads from the centre of Ada to the road 1.3 km from the point 59.1, 5.4.",
    ]
    assert told(FOUND).headline[2] == "2 reiser kommer innenfor 75 minutter, og 1 reise faller utenfor."
    nothing = TravelChanges(75, (), (), (), ())
    assert told(nothing).headline[0].startswith("Endringene i [travel] gir ingen andre reisetider")


def test_a_row_names_the_other_end():
    rows = [told(FOUND).cells(one) for one in FOUND.municipalities]
    assert rows[1] == ["Bo", "1", "1", "Ada: før ingen veg, nå 30 minutter"]


def test_the_section_of_the_report():
    report = SimpleNamespace(changes=told(FOUND))
    section = fill("report/travel_changes.html", Words("nb"), report=report)
    assert "Brua går mellom kommunesenteret i Ada og vegen 1,3 km fra punktet 59.1, 5.4." in section
    assert section.count("data-ids=") == 3
