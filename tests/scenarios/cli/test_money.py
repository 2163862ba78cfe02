"""The command ``money``, and the kroner of ``run`` and ``evaluate``."""

import json

import pytest
from program import ONLY_TABLES, rows

from maps.told import kroner
from maps.told.texts import Words
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from scenarios.export import run_folder

TROMS = ("nasjonal", "--county", "55", "--quiet")


def test_an_office_is_told_in_both_languages(answer):
    code, told, _ = answer("money", *TROMS, "--office", "Kåfjord", "--key", "equal=0.5,inhabitants=0.5")
    assert code == 0
    assert "Nordreisa (anslag)" in told
    assert "Harstad" not in told
    assert "2 048 378 kr" in told
    assert "Mellom 41 og 91 prosent i like deler, resten etter innbyggertall: ingen får det dyrere enn alene, " in told
    assert "50 prosent i like deler og 50 prosent etter innbyggertall" in told
    code, told, _ = answer("money", *TROMS, "--office", "5540", "--key", "equal", "--lang", "en")
    assert code == 0
    assert "Kvænangen bears" in told
    assert "Smallest in the office: " in told
    assert "more than alone, like for like." in told
    assert "spare" not in told


def test_differences_are_those_of_the_figures_as_written(answer):
    code, told, _ = answer("money", "nasjonal", "--county", "56", "--quiet", "--key", "equal=0.5,inhabitants=0.5")
    assert code == 0
    vardo = next(line for line in told.splitlines() if line.split()[:2] == ["Vardø", "2"])
    assert [part.strip() for part in vardo.split("kr")] == [
        "Vardø          2 056 553",
        "1 666 478",
        "\N{MINUS SIGN}390 075",
        "",
    ]
    assert "1,37 årsverk mindre blir ugjort" in told
    assert "8,60 årsverk ugjort  " in told
    assert "0,50 årsverk ugjort  " in told
    assert "46,7 mill. kr.\n" in told
    assert "Her er det regnet med at 20 % av det faste behovet for planleggere faller bort for hver deltaker" in told
    assert "det er Karasjok og Porsanger som hindrer det. Et tilskudd på 12 866 kr i året dekker resten." in told


@pytest.mark.parametrize("large", [False, True])
def test_what_reads_as_nothing_is_told_as_the_same(large):
    before, after = YearlyMoney(1_000_000.1, 500_000.1, 1.001, 1, 0), YearlyMoney(1_000_000.4, 500_000.4, 1.003, 1, 0)
    told = kroner.change(Words(), ThreeStates(before, before, after), large=large)
    assert told == "Felles mot hver for seg: like mye ut, og like mye arbeid blir ugjort. Likt for likt: like mye."


def test_folder_and_object_say_the_same(answer, tmp_path):
    code, printed, _ = answer(
        "money", *TROMS, "--out", "kroner", "--json", "--set", "money.grant_kr=500000", "--set", "money.grant_years=4"
    )
    assert code == 0
    document = json.loads(printed)
    assert (
        json.loads((tmp_path / "kroner" / "money.json").read_text(encoding="utf-8"))["country"] == document["country"]
    )
    offices, members = rows(tmp_path / "kroner" / "money.csv"), rows(tmp_path / "kroner" / "shares.csv")
    assert [row["host"] for row in offices] == [row["host"] for row in document["offices"]]
    assert len(members) == document["municipalities"]
    paid = sum(float(row["shared_cost_kr"]) for row in members)
    assert paid == pytest.approx(document["country"]["shared"]["cost_kr"])
    with_grant, without = (document["country"]["first_years"][name][0] for name in ("with_grant", "without_grant"))
    assert without["shared"]["cost_kr"] - with_grant["shared"]["cost_kr"] == pytest.approx(500_000 * len(offices))
    assert document["sentences"]["offices"].keys() == {row["host"] for row in offices}
    years = rows(tmp_path / "kroner" / "first-years.csv")
    for level, number in (("office", offices[0]["host"]), ("municipality", members[0]["kommunenummer"])):
        some = [row for row in years if (row["level"], row["number"]) == (level, number)]
        assert [(row["first_year"], row["last_year"]) for row in some] == [("1", "4"), ("5", "")]
    for name in ("cash", "cost"):
        of_level = {
            level: sum(float(row[f"{name}_kr"]) for row in years if (row["level"], row["last_year"]) == (level, "4"))
            for level in ("all", "county", "municipality")
        }
        assert of_level["all"] == pytest.approx(of_level["county"]) == pytest.approx(of_level["municipality"])
        assert of_level["all"] == pytest.approx(
            document["country"]["first_years"]["with_grant"][0]["shared"][f"{name}_kr"]
        )
        assert sum(float(row[f"first_year_{name}_kr"]) for row in members) == pytest.approx(of_level["all"])


def test_run_and_evaluate_tell_the_same_lines(answer, tmp_path):
    code, printed, _ = answer("run", *TROMS, "--out", "run", *ONLY_TABLES)
    assert code == 0
    lines = [line for line in printed.splitlines() if "(anslag): " in line]
    assert [line.partition(" (")[0].partition(",")[0] for line in lines] == [
        "penger ut",
        "ansatte årsverk",
        "arbeid ugjort",
        "tilskudd som holder planen",
    ]
    (priced,) = (line for line in printed.splitlines() if "tusen kr" in line)
    assert priced.startswith("  Kroner likt for likt, uten reiser (anslag) ")
    _, judged, _ = answer("evaluate", "run", *TROMS[1:])
    assert all(line in judged for line in lines)
    in_folder = json.loads((tmp_path / "run" / "evaluation.json").read_text("utf-8"))["money"]
    _, judged, _ = answer("evaluate", "run", *TROMS[1:], "--json")
    assert json.loads(judged)["money"] == in_folder
    _, told, _ = answer("money", "run", "--quiet", "--json")
    assert json.loads(told)["hold"] == in_folder["hold"]
    assert in_folder["hold"]["better_offices"] == len(rows(tmp_path / "run" / "better.csv")) > 0
    assert {row["host"] for row in json.loads(told)["offices"]} == {
        row["host"] for row in rows(tmp_path / "run" / "money.csv")
    }
    losing = {id_ for row in rows(tmp_path / "run" / "money.csv") for id_ in row["worse_off"].split()}
    _, compared, _ = answer("compare", "run", "eksisterende", "--county", "55", "--quiet", "--missing-alone")
    (line,) = (line for line in compared.splitlines() if "Får det dyrere enn alene" in line)
    assert str(len(losing)) in line.split()
    _, left_out, _ = answer("evaluate", "run", *TROMS[1:], "--set", "money.enabled=false", "--json")
    assert json.loads(left_out)["money"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--key", "equl=0.4,need=x"),
            ("2 problems in --key", "did you mean equal?", "is x; expected a number from 0 to 1"),
        ),
        (("--key", "shaply"), ("1 problem in --key", "money.key", "did you mean shapley?")),
        (("--set", "money.key={equal=0.4}"), ("for several: mix =",)),
        (("--set", "money.bought_kr=1"), ("expected a number from 20000 to",)),
        (("--set", "data.edition=2020"), ("did you mean edition?",)),
        (("--set", "measures.each=0"), ("unknown key; known are",)),
        (("--set", "money.min_share=0.3"), ("unknown key; known are",)),
        (("--key", "use"), ("needs the hours of each, and 20 of 20 have none",)),
        (("--key", "equal=0.4,need=0.5"), ("the parts sum to 0.9; expected 1",)),
        (("--key", "shapley", "--set", "limits.max_members=13"), ("exact up to 12 members", "equal_gain")),
        (("--office", "Kåfjor"), ("--office", "Kåfjord")),
        (("--office", "Oslo"), ("0301 Oslo does not take part",)),
        (("--set", "money.enabled=false"), ("money.enabled is false",)),
        (("--set", "money.grant_kr=500000"), ("1 problem in --set\n  money.grant_years", "or grant_kr = 0")),
        (("--set", "money.fte_kr=1150"), ("money.fte_kr", "thousands? Write 1150000")),
        (
            ("--set", "money.start_kr=600", "--set", "money.office_kr=900000000"),
            (
                "money.start_kr",
                "thousands? Write 600000",
                "money.office_kr",
                "is 900000000; expected a number from 0 to",
            ),
        ),
    ],
)
def test_faults(answer, arguments, words):
    code, printed, said = answer("money", *TROMS, *arguments)
    assert code == (2 if arguments[1] == "money.enabled=false" else 3)
    assert printed == ""
    assert all(word in said for word in words)


def test_what_holds_the_plan_and_who_would_rather_be_elsewhere(answer, tmp_path):
    code, told, _ = answer("money", *TROMS, "--office", "Kåfjord", "--json", "--lang", "en", "--out", "kr")
    assert code == 0
    hold = json.loads(told)["hold"]
    assert 0 <= hold["grant"]["least_kr"] <= hold["grant"]["enough_kr"] < hold["grant"]["plan_kr"]
    assert 0 <= hold["office_grant"]["least_kr"] <= hold["office_grant"]["most_kr"]
    better = rows(tmp_path / "kr" / "better.csv")
    assert len(better) == hold["better_offices"] > 0
    for row in better:
        lines = -float(row["cash_more_kr"]) - 1_900_000 * float(row["undone_more_fte"])
        assert float(row["gain_by_lines_kr"]) == pytest.approx(lines, abs=2)
    assert better[0]["members"].split() == hold["first_better"][0]["members"]
    office = {"5536", "5540", "5544", "5546", "5538"}
    assert all(set(row["members"].split()) & office for row in better)
    assert any("Nordreisa alone" in line for line in json.loads(told)["sentences"]["hold"])


PROJECTION = {"5540": (2071, 1800), "5542": (2800, 2900), "5544": (4700, 4900), "5546": (1150, 900)}
"""Inhabitants of the members of one office in 2026 and 2036."""


def test_key_over_the_years(answer, tmp_path):
    table = "".join(f"{id_};{year};{many}\n" for id_, both in PROJECTION.items() for year, many in
                    zip((2026, 2036), both, strict=True))  # fmt: skip
    (tmp_path / "years.csv").write_text(f"kommunenummer;year;inhabitants\n{table}", encoding="utf-8")
    code, told, _ = answer("money", *TROMS, "--office", "Kåfjord", "--projection", "years.csv", "--phase-in", "4",
                           "--json", "--out", "kr")  # fmt: skip
    assert code == 0
    document = json.loads(told)
    drift, phase_in = document["drift"], document["phase_in"]
    cost = sum(row["shared_cost_kr"] for row in document["members"])
    for year, of in ((2026, 0), (2036, 1)):
        paid = {row["kommunenummer"]: row["shared_cost_kr"] for row in drift if row["year"] == year}
        assert sum(paid.values()) == pytest.approx(cost)
        whole = sum(both[of] for both in PROJECTION.values())
        for id_, both in PROJECTION.items():
            assert paid[id_] == pytest.approx(cost * both[of] / whole, abs=0.01)
    today = {row["kommunenummer"]: row["today_cash_kr"] for row in document["members"]}
    by_key = {row["kommunenummer"]: row["shared_cost_kr"] for row in document["members"]}
    for row in phase_in:
        id_, share = row["kommunenummer"], row["year"] / 4
        begin = cost * today[id_] / sum(today.values())
        assert row["shared_cost_kr"] == pytest.approx(begin + share * (by_key[id_] - begin), abs=0.02)
    assert len(rows(tmp_path / "kr" / "drift.csv")) == len(drift) == 2 * len(PROJECTION)
    assert len(rows(tmp_path / "kr" / "phase-in.csv")) > len(phase_in) == 4 * len(PROJECTION)
    _, told, _ = answer("money", *TROMS, "--key", "equal", "--projection", "years.csv")
    assert "så framskrivingen endrer ikke hva noen betaler" in told
    _, told, _ = answer("money", *TROMS, "--set", "money.projection=years.csv", "--set", "money.phase_in_years=2")
    assert told.count("Nøkkelen over årene") == 1
    assert "Framskrivingen mangler noen av deltakerne i 4 plankontor" in told
    assert told.count("Innfasing i like store steg") == 5


def test_faults_of_a_projection_are_told_at_once(answer, tmp_path):
    (tmp_path / "years.csv").write_text("kommunenummer;year;inhabitants\n5540;x;1\n9999;2030;1\n", encoding="utf-8")
    for asked in (("--projection", "years.csv"), ("--set", "money.projection=years.csv")):
        code, printed, said = answer("money", *TROMS, *asked, "--out", "kr")
        assert (code, printed) == (3, "")
        assert "year is 'x', not a year" in said
        assert "9999 is no municipality of 2024" in said
    assert not (tmp_path / "kr").exists()


def test_rules_on_shares_are_asked_of_a_scenario(answer, tmp_path):
    code, told, _ = answer(
        *("run", *TROMS, "--set", "limits.stable=hard", "--set", "limits.nobody_worse=hard"),
        *("--out", "held", *ONLY_TABLES),
    )
    assert code == 0
    rules = json.loads((tmp_path / "held" / "evaluation.json").read_text("utf-8"))["rules"]
    assert (rules["stable"], rules["nobody_worse"]) == ("met", "met")
    run_folder.read(tmp_path / "held")
    code, told, _ = answer("compare", "held", "held/grouping.csv", "-q")
    assert code == 0
    assert "Tilskudd som holder planen" in told
    code, _, said = answer("run", *TROMS, "--set", "limits.stable=hard", "--set", "money.enabled=false")
    assert code == 3
    assert "limits.stable  asks something of kroner, which are not counted; set money.enabled = true" in said
    code, _, said = answer("run", *TROMS, "--set", "limits.stable=hard", "--set", "solver.engine=assignment")
    assert code == 3
    assert "it cannot count limits.stable" in said
