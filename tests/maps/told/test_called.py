"""Other words for municipality and county."""

import pytest

from maps.told.called import Called
from maps.told.texts import Words, catalogue

SWEDEN = Called(
    municipality=("kommun", "kommunen", "kommuner", "kommunerna", "kommun"),
    county=("län", "länet", "län", "länen", "läns"),
)
PARISHES = Called(county=("sokn", "soknet", "sokna", "sokna", "sokne"))
ISLANDS = Called(municipality=("parish", "parishes"))


@pytest.mark.parametrize(
    ("called", "language", "text", "said"),
    [
        (
            SWEDEN,
            "nb",
            "Kommunene i fylket, vertskommunens nabokommune",
            "Kommunerna i länet, vertskommunens nabokommun",
        ),
        (SWEDEN, "nb", "over fylkesgrensen, i kommunesenteret", "over länsgrensen, i kommunsenteret"),
        (SWEDEN, "nb", "{kommune} er {n} kommune i fylker.", "{kommune} er {n} kommun i län."),
        (SWEDEN, "nb", "data.fylke=x, fylke.csv, kommune;fylke", "data.fylke=x, fylke.csv, kommune;län"),
        (SWEDEN, "nn", "Deltakarkommunane i fylket", "Deltakarkommunerna i länet"),
        (PARISHES, "nn", "eit fylke, over fylkesgrensa", "eit sokn, over soknegrensa"),
        (ISLANDS, "en", "Municipalities of a county; a municipality.", "Parishes of a county; a parish."),
        (ISLANDS, "en", "municipalities.geojson, --municipality X", "municipalities.geojson, --municipality X"),
    ],
)
def test_each_form_is_replaced_and_names_are_not(called, language, text, said):
    assert called.said(text, language) == said


def test_every_text_keeps_its_places():
    ours, theirs = catalogue("nb"), catalogue("nb", called=SWEDEN)
    assert ours.keys() == theirs.keys()
    values = {"municipalities": "1", "n": "1"}
    assert Words("nb", called=SWEDEN).text("count.municipalities_one", **values) == "1 kommun"
    for key in ("rule.county_lines.name", "term.county_lines.name"):
        assert key not in ours or "fylke" not in theirs[key].casefold()
    # What is left are names of files and settings.
    left = [text for text in theirs.values() if "fylke" in text.casefold()]
    assert all("fylke=" in text or "={" in text or "fylke." in text for text in left), left
