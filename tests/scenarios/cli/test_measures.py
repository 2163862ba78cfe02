"""The command ``measures``, and the measures of a run."""

import json

import pytest
from program import rows

FINNMARK = ("nasjonal", "--county", "56", "--quiet")


def test_whom_nothing_helps_stands_first_with_the_reason(answer):
    code, told, _ = answer("measures", *FINNMARK)
    assert code == 0
    lines = [line for line in told.splitlines() if ": Står alene med " in line or ": Er i et kontor på " in line]
    helped = ["Bistand: ingen (" not in line for line in lines]
    assert helped == sorted(helped)
    hasvik = next(line for line in lines if line.startswith("Hasvik: "))
    assert "det mangler 2,73 årsverk for å nå et fagmiljø på 3 årsverk" in hasvik
    assert "nærmeste mulige mentor, Alta, er 216,9 minutter unna, og grensen er 180 minutter" in hasvik
    assert hasvik.endswith("Veiledning: bare fra fylkeskommunen; Statsforvalteren i Troms og Finnmark.")
    code, told, _ = answer("measures", *FINNMARK, "--within", "220", "--lang", "en")
    assert "Hasvik: Stands alone with 0.27 FTE (estimate)" in told
    assert "Assistance: could have a mentor from " in told


def test_folder_run_and_object_say_the_same(answer, tmp_path):
    code, _, _ = answer("run", *FINNMARK, "--out", "run", "--no-tradeoff", "--no-firmness")
    assert code == 0
    code, printed, _ = answer("measures", "run", "--quiet", "--json", "--out", "tiltak")
    assert code == 0
    document = json.loads(printed)
    kept = json.loads((tmp_path / "tiltak" / "measures.json").read_text(encoding="utf-8"))
    assert kept["municipalities_short"] == document["municipalities_short"]
    assert rows(tmp_path / "tiltak" / "measures.csv") == rows(tmp_path / "run" / "measures.csv")
    told = [row["kommunenummer"] for row in document["municipalities_short"]]
    assert told == [row["kommunenummer"] for row in rows(tmp_path / "run" / "measures.csv")]
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "Bistand er at noen gjør arbeidet" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--each", "0", "--within", "-1"),
            ("--each    is 0", "expected 1 or more", "--within  is -1", "expected minutes"),
        ),
        (("--within", "inf"), ("--within  is inf",)),
    ],
)
def test_faults(answer, arguments, words):
    code, printed, said = answer("measures", *FINNMARK, *arguments)
    assert (code, printed) == (3, "")
    assert all(word in said for word in words)
