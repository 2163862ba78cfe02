"""The commands ``compare``, ``evaluate`` and ``run --start --keep`` as their users meet them."""

import json
import re
import subprocess
import sys

import openpyxl
import pytest
from program import FINNMARK, ONLY_TABLES, ONLY_THE_PLAN, left, rows
from written import unlike_written

from geodata import references
from maps.told.texts import Words
from optimizer.judging.comparison import FIGURES
from optimizer.terms import RULES
from scenarios.answers.compare import files
from scenarios.cli import app
from scenarios.export import run_folder
from scenarios.question import shipped


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with a small scenario and two runs of it, the second with shorter journeys."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "finnmark.toml").write_text(FINNMARK, encoding="utf-8")
    scenario = str(folder / "finnmark.toml")
    for name, minutes in (("one", 75), ("two", 60)):
        asked = ("--set", f"limits.max_minutes={minutes}", "--no-pages", "--out", str(folder / name), "-q")
        assert app.program(["run", scenario, *asked]) == 0
    return folder


def write_grouping(path, folder, change=lambda rows: rows):
    """Write the grouping of a run as a table of one's own."""
    pairs = change([(row["kommunenummer"], row["host"]) for row in rows(folder / "grouping.csv")])
    path.write_text("kommunenummer;host\n" + "".join(f"{a};{b}\n" for a, b in pairs), encoding="utf-8")


def test_one_object_holds_everything(here, tmp_path):
    done = here("compare", "one", "two", "regionraad", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["schema_version"], found["judged_by"]["scenario"], found["judged_by"]["edition"]) == (
        3,
        "finnmark",
        "2024",
    )
    assert [(one["label"], one["kind"]) for one in found["options"]] == [
        ("one", "run"),
        ("two", "run"),
        ("regionraad", "reference"),
    ]
    first, second, third = found["options"]
    assert all(set(one["figures"]) == set(FIGURES) for one in found["options"])
    assert first["objective"] == run_folder.read(tmp_path / "one").manifest["objective"] == found["bound"]
    assert (first["solved_by_these_rules"], second["solved_by_these_rules"], third["solved"]) == (True, False, None)
    assert second["objective"] >= first["objective"], "shorter journeys only narrow the choice"
    assert len(found["differences"]) == 2
    assert found["moved"][0][1] == len(found["differences"][0]["moves"])


def test_a_scenario_is_solved_and_equals_its_run(here):
    found = json.loads(here("compare", "finnmark.toml", "one", "--json").stdout)
    scenario, run = found["options"]
    assert scenario["hosts"] == run["hosts"]
    assert scenario["solved_by_these_rules"] is run["solved_by_these_rules"] is True
    assert found["differences"][0]["moves"] == []


def test_the_judge_can_be_named(here):
    found = json.loads(here("compare", "one", "two", "--scenario", "finnmark.toml", "--json").stdout)
    assert [one["solved_by_these_rules"] for one in found["options"]] == [True, False]
    found = json.loads(here("compare", "two", "one", "--json").stdout)
    assert [one["solved_by_these_rules"] for one in found["options"]] == [True, False]
    assert found["options"][1]["figures"]["violations"] > 0, "longer journeys than the judge allows"


def test_text_names_what_matters(here):
    done = here("compare", "one", "regionraad", "one", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("vurdert etter finnmark", "[3] one (2)", "Samlet ulempe", "fra [1] til [2]", "kommunepar", "5 "):
        assert part in done.stdout
    assert "egne regler" not in done.stdout
    told = here("compare", "one", "two", "-q").stdout
    assert "etter egne regler" in told
    assert "  [2] Lengste reise til verten, minutter: 60 (her: 75)" in told


def test_tables_are_written_whole_and_agree(here, tmp_path):
    done = here("compare", "one", "two", "eksisterende", "--out", "out", "--json")
    assert done.returncode == 0, done.stderr
    assert set(left(tmp_path / "out")) == {files.COMPARISON.document, *files.COMPARISON.files}
    found = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in found.items() if key not in {"files", "sha256"}} == json.loads(done.stdout)
    figures = {row["figure"]: row for row in rows(tmp_path / "out" / "figures.csv")}
    for number, label in enumerate(("one", "two", "eksisterende")):
        option = found["options"][number]
        for name, value in option["figures"].items():
            assert figures[name][label] == ("" if value is None else figures[name][label])
            assert value is None or float(figures[name][label]) == pytest.approx(value)
        assert float(figures["objective"][label]) == pytest.approx(option["objective"])
        assert float(figures["like_for_like"][label]) > float(figures["money_out"][label]) > 0
        assert float(figures["undone_fte"][label]) > 0
    moves = rows(tmp_path / "out" / "moves.csv")
    assert len(moves) == sum(len(one["moves"]) for one in found["differences"])
    offices = rows(tmp_path / "out" / "offices.csv")
    assert sum(int(row["size"]) for row in offices) == 3 * len(found["options"][0]["hosts"])
    before = (tmp_path / "out" / "comparison.xlsx").read_bytes()
    here("compare", "one", "two", "eksisterende", "--out", "out")
    assert (tmp_path / "out" / "comparison.xlsx").read_bytes() == before, "the same comparison is the same file"


def test_the_workbook_is_typed_and_explains_itself(here, tmp_path):
    here("compare", "one", "two", "regionraad", "--out", "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "comparison.xlsx")
    assert book.sheetnames == [
        "Nøkkeltall",
        "Hvem bytter kontor",
        "Felles for alle",
        "Kontor",
        "Definisjoner",
        "Kilder",
    ]
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    found = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    table = {row[0].value: row for row in book["Nøkkeltall"].iter_rows(min_row=2)}
    words = Words("nb")
    for name, value in found["options"][0]["figures"].items():
        assert table[words.text(f"figure.{name}")][1].value == pytest.approx(value), name
    assert table["Ulempe: reise"][1].value == pytest.approx(found["options"][0]["terms"]["travel"]["minutes"])
    heads = [cell.value for cell in book["Nøkkeltall"][1]]
    assert heads == ["Nøkkeltall", "1: Prøve (one)", "2: Prøve (two)", "3: Regionråd", "Enhet", "Bygger på"]
    assert table["Regel: Lengste reise til verten"][3].value == "brutt"
    assert [cell.value for cell in table["Bytter kontor fra alternativ 1"]][1:4] == found["moved"][0]
    assert table["Kommuner i kontor med fagmiljø"][1].number_format == "0.0 %"
    assert [cell.value for cell in table["Resultat av beregningen"]][1:4] == [
        "bevist best",
        "bevist best etter egne regler",
        None,
    ]
    assert table["Udekket behov"][5].value == table["Samlet ulempe"][5].value == "anslag"
    assert table["Lengste reise"][5].value == "anslag: beregnede reisetider"
    assert table["Over fylkesgrense"][5].value is None
    for sheet, column in (("Hvem bytter kontor", "B"), ("Felles for alle", "E"), ("Kontor", "C")):
        assert book[sheet][f"{column}1"].value == "Fylke"
        assert all(cell.value for cell in book[sheet][column])
    for sheet in ("Hvem bytter kontor", "Kontor"):
        for column in book[sheet].iter_cols(min_row=2):
            formats = {cell.number_format for cell in column if isinstance(cell.value, int | float)}
            assert len(formats) <= 1, "one format of numbers a column"
    assert len(book["Nøkkeltall"]._charts) == 2
    assert book["Kontor"]["F1"].value == "Ansatt, årsverk (anslag)"
    heads, *places = book["Hvem bytter kontor"].iter_rows(values_only=True)
    assert heads[2:5] == ("1: Vertskommune", "1: Reise til verten, minutter (anslag)", "2: Vertskommune")
    moves = [{move["id"]: move for move in one["moves"]} for one in found["differences"]]
    assert [row[-1] for row in places] == sorted({id_ for one in moves for id_ in one})
    for *_, host, minutes, change, id_ in places:
        move = moves[1].get(id_)
        assert (change is None) == (move is None)
        if move:
            assert minutes == pytest.approx(move["minutes_after"], abs=1e-6)
            assert change == pytest.approx(move["minutes_after"] - move["minutes_before"], abs=1e-6)
            assert host == ("alene" if move["kind"] == "leaves" else found["names"][move["after"]])
    names = [[row[0].value, row[1].value, row[4].value] for row in book["Definisjoner"].iter_rows(min_row=2)]
    defined = {name for _, _, name in names}
    assert {name for name, _, _ in table_of(found)} | set(FIGURES) | set(RULES) <= defined
    assert ["Alle", "2: Prøve (two)", "two"] in names
    for file, sheet in (("together", "Felles for alle"), ("offices", "Kontor")):
        known = {heading: name for where, heading, name in names if where == sheet and heading}
        shown = [str(cell.value).removesuffix(" (anslag)") for cell in book[sheet][1]]
        columns = (tmp_path / "out" / f"{file}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert sorted(known[heading] for heading in shown if known[heading]) == sorted(columns)
    sources = " ".join(str(cell.value) for row in book["Kilder"].iter_rows() for cell in row)
    assert all(part in sources for part in ("Kartverket", "SSB", "ofr.no", "finnmark"))
    offices = book["Kontor"]
    assert len(list(offices.iter_rows(min_row=2))) == len(rows(tmp_path / "out" / "offices.csv"))


def test_a_comparison_is_printed_on_few_pages(here, tmp_path):
    """Who stands alone is not printed among the offices, which the page says; each sheet has its number of pages."""
    here("compare", "one", "two", "regionraad", "--out", "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "comparison.xlsx")
    assert {int(sheet.page_setup.fitToWidth or 1) for sheet in book} == {1}
    assert [int(sheet.page_setup.fitToHeight or 1) for sheet in book] == [1, 1, 1, 1, 2, 1]
    sheet = book["Kontor"]
    size = next(cell.column for cell in sheet[1] if cell.value == "Antall kommuner")
    sizes = [sheet.cell(row, size).value for row in range(2, sheet.max_row + 1)]
    shared = sum(size > 1 for size in sizes)
    assert 0 < shared < len(sizes)
    assert min(sizes[:shared]) > max(sizes[shared:]) == 1
    assert sheet.print_area.endswith(f"$A$1:$I${shared + 1}")
    assert "Bare felles kontor er med i utskriften" in sheet.oddHeader.left.text


def test_the_workbook_speaks_the_language_asked_for(here, tmp_path):
    here("compare", "one", "two", "regionraad", "--out", "out", "--lang", "en")
    book = openpyxl.load_workbook(tmp_path / "out" / "comparison.xlsx")
    assert book.sheetnames[0] == "Key figures"
    assert "proved optimal" in [cell.value for cell in book["Key figures"]["B"]]
    assert "Rule: Longest journey to the host" in [cell.value for cell in book["Key figures"]["A"]]
    titles = {"Vurdert etter", "Regionråd"}
    told = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [text for text in told if re.search(r"\b(vert|anslag|kommuner|holdt)\b", text) and text not in titles]


def table_of(found):
    return [(f"burden_{name}", "", []) for name in found["options"][0]["terms"]]


def test_names_of_references_and_scenarios_do_not_clash():
    assert not set(references.names()) & set(shipped.names())


# Bad input


def test_all_faults_come_at_once_and_nothing_is_written(here, tmp_path):
    write_grouping(tmp_path / "short.csv", tmp_path / "one", lambda pairs: pairs[2:])
    strange = [("9999", "5601"), ("9999", "5603")]
    write_grouping(
        tmp_path / "twice.csv", tmp_path / "one", lambda pairs: [*pairs, (pairs[0][0], pairs[-1][0]), *strange]
    )
    before = left(tmp_path)
    done = here("compare", "one", "regionrad", "twice.csv", "nowhere/x", "--out", "out")
    assert (done.returncode, done.stdout) == (3, "")
    assert "error: 2 problems in the data" in done.stderr, "names are judged before tables are read"
    assert "did you mean regionraad" in done.stderr
    assert "nowhere/x" in done.stderr
    done = here("compare", "one", "twice.csv", "short.csv", "--out", "out")
    assert done.returncode == 3
    assert "stands here a second time, with another host" in done.stderr
    assert done.stderr.count("9999 is no municipality of 2024") == 2
    assert "short.csv: leaves out " in done.stderr
    assert "--missing-alone" in done.stderr
    assert left(tmp_path) == before


def test_who_is_missing_can_stand_alone(here, tmp_path):
    write_grouping(tmp_path / "short.csv", tmp_path / "one", lambda pairs: pairs[2:])
    found = json.loads(here("compare", "one", "short.csv", "--missing-alone", "--json").stdout)
    assert set(found["options"][1]["hosts"]) == set(found["options"][0]["hosts"])


def test_strangers_are_refused_with_the_way_out(here):
    done = here("compare", "one", "nasjonal")
    assert done.returncode == 3
    assert "who do not take part in finnmark" in done.stderr
    assert "--scenario" in done.stderr
    assert here("compare", "one", "nasjonal", "--scenario", "nasjonal", "--missing-alone", "-q").returncode == 0


def test_editions_are_not_mixed(here):
    done = here("compare", "one", "nasjonal-2020")
    assert done.returncode == 3
    assert "nasjonal-2020: is of edition 2020, but is to be judged by finnmark of edition 2024" in done.stderr


def test_a_folder_of_an_older_version_is_named(here, tmp_path):
    manifest = tmp_path / "two" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"schema_version": 3', '"schema_version": 0', 1))
    done = here("compare", "one", "two")
    assert done.returncode == 3
    assert "two: was written by another version of plankontor (form 0, this is form 3)" in done.stderr
    assert "plankontor run two/scenario.toml" in done.stderr
    manifest.unlink()
    assert "this is a folder, but no run folder" in here("compare", "one", "two").stderr
    manifest.write_text("[]")
    assert "is damaged" in here("compare", "one", "two").stderr


@pytest.mark.parametrize("number", [1, 9])
def test_two_to_eight(here, number):
    done = here("compare", *["one"] * number)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"compare takes 2 to 8 options, not {number}" in done.stderr


@pytest.mark.parametrize("text", ["", "x" * 5000, "a\0b", "\ud800"])
def test_names_that_nobody_can_have(here, text):
    done = here("compare", "one", text)
    assert (done.returncode, done.stdout) == (3, "")


def test_a_folder_that_is_not_ours_is_left_alone(here, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x")
    done = here("compare", "one", "two", "--out", "mine")
    assert (done.returncode, left(tmp_path / "mine")) == (2, ["notes.txt"])


def test_a_scenario_without_a_plan_has_the_code_of_one(here, tmp_path):
    rules = "[limits]\nmin_members = 3\nmax_minutes = 1\n"
    (tmp_path / "never.toml").write_text(FINNMARK + rules, encoding="utf-8")
    done = here("compare", "one", "never.toml", "--out", "out")
    assert (done.returncode, done.stdout) == (4, "")
    assert "ingen plan er innenfor reglene" in done.stderr
    assert "out" not in left(tmp_path)


# evaluate and run


def test_evaluate_says_how_far_from_the_optimum(here, tmp_path):
    found = json.loads(here("evaluate", "regionraad", "--scenario", "finnmark.toml", "--optimum", "--json").stdout)
    best = run_folder.read(tmp_path / "one").manifest["objective"]
    assert found["optimum"]["objective"] == pytest.approx(best)
    assert found["optimum"]["distance"]["minutes"] == pytest.approx(found["objective"] - best)
    assert found["optimum"]["distance"]["share"] == pytest.approx(found["objective"] / best - 1)
    assert found["grouping"]["kind"] == "reference"
    own = json.loads(here("evaluate", "one", "--scenario", "finnmark.toml", "--optimum", "--json").stdout)
    assert (own["optimum"]["distance"]["minutes"], own["violations"]) == (pytest.approx(0), [])
    assert found["like_with_like"]["as_judged"]["objective"] == pytest.approx(found["objective"])
    assert found["like_with_like"]["regrouped"]["objective"] >= best - 1e-6, "its parts keep the rules, the whole too"
    said = here("evaluate", "regionraad", "--scenario", "finnmark.toml", "--optimum", "-q").stdout
    assert "Beste mulige plan etter disse reglene (bevist)" in said
    assert "inndelingen bryter regler som den beste planen følger" in said
    assert re.search(r"slik den er +\d", said)
    assert re.search(r"deltakerne på nytt +\d", said)
    assert re.search(r"kontorene holdt +\d", said)


def test_evaluate_gives_no_distance_if_somebody_is_left_out(here, tmp_path):
    write_grouping(tmp_path / "short.csv", tmp_path / "one", lambda pairs: pairs[2:])
    arguments = ("evaluate", "short.csv", "--scenario", "finnmark.toml", "--optimum")
    assert "avstanden er ikke gitt: noen er utelatt" in here(*arguments, "-q").stdout
    found = json.loads(here(*arguments, "--json").stdout)
    assert found["optimum"]["distance"] == {"minutes": None, "most": None, "share": None}
    assert found["like_with_like"] is None
    whole = json.loads(here(*arguments, "--json", "--missing-alone").stdout)
    assert whole["optimum"]["distance"]["minutes"] >= 0


def test_evaluate_reports_an_office(here):
    arguments = ("evaluate", "regionraad", "--scenario", "finnmark.toml", "--office", "øst-finnmarkrådet")
    found = json.loads(here(*arguments, "--json").stdout)
    (report,) = found["reports"]
    assert report["name"] == "Øst-Finnmarkrådet"
    assert list(report["member_sentences"]) == [member["id"] for member in report["members"]]
    said = here(*arguments, "-q").stdout
    assert all(one["text"] in said for one in report["sentences"])
    wrong = here("evaluate", "regionraad", "--scenario", "finnmark.toml", "--office", "Lofoten")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert "no shared office of this name" in wrong.stderr


def test_run_starts_from_a_grouping_and_proves_the_same_plan(here, tmp_path):
    for start in ("regionraad", "two"):
        done = here("run", "finnmark.toml", "--start", start, *ONLY_TABLES, "--out", "again", "-q")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "again" / "grouping.csv").read_bytes() == (tmp_path / "one" / "grouping.csv").read_bytes()
        manifest = run_folder.read(tmp_path / "again").manifest
        assert (manifest["start"], manifest["kept"]) == (start, [])
        assert unlike_written(tmp_path / "again") == []
    said = here("run", "finnmark.toml", "--start", "regionraad", "--dry-run").stderr
    assert "bryter regler i " in said


def test_run_keeps_offices_and_lists_them(here, tmp_path):
    done = here("run", "nasjonal", "--county", "34", "--keep", *ONLY_TABLES, "--out", "kept")
    assert done.returncode == 0, done.stderr
    assert "Lom-Skjåk felleskontor holdes: Skjåk og Lom" in done.stderr
    kept = run_folder.read(tmp_path / "kept")
    assert kept.manifest["kept"] == ["Lom-Skjåk felleskontor"]
    assert kept.manifest["scenario"]["pins"]["together"] == [["3433", "3434"]]
    assert kept.grouping.host_of["3433"] == kept.grouping.host_of["3434"]
    assert kept.evaluation["rules"]["together"] == "met"


HOMES = [part for county in ("15", "34", "40", "50", "55") for part in ("--county", county)]


def test_offices_that_break_the_rules_are_kept_all_the_same(here, tmp_path):
    done = here("run", "--start", "eksisterende", "--keep", *HOMES, *ONLY_THE_PLAN, "--out", "kept")
    assert done.returncode == 0, done.stderr
    assert "2 kontor som finnes, bryter reglene, men beholdes likevel" in done.stderr
    assert "2 kontor som finnes, bryter reglene, men beholdes likevel" in done.stdout
    kept = run_folder.read(tmp_path / "kept")
    assert unlike_written(tmp_path / "kept") == []
    members = {office["name"]: tuple(office["members"]) for office in kept.manifest["held"]}
    assert list(members) == kept.manifest["kept"]
    assert {name: len(some) for name, some in members.items()} == {
        "Lom-Skjåk felleskontor": 2,
        "Nissedal-Kviteseid plankontor": 2,
        "Plankontoret": 8,
        "Nord-Troms Plan og Eiendom": 4,
    }
    for some in members.values():
        assert len({kept.grouping.host_of[id_] for id_ in some}) == 1
    assert kept.grouping.offices["5022"] == members["Plankontoret"]
    assert {breach["host"] for breach in kept.evaluation["excused"]} == {"5022", "5544"}
    assert kept.evaluation["violations"] == []
    assert kept.evaluation["rules"]["max_members"] == "excused"
    page = (tmp_path / "kept" / "report.html").read_text(encoding="utf-8")
    assert "2 kontor som finnes, bryter reglene, men beholdes likevel" in page


def test_offices_of_which_nobody_takes_part(here):
    said = here("run", "nasjonal", "--county", "34", "--keep", "--dry-run").stderr
    assert "Plankontoret kan ikke holdes: ingen av deltakerne er med" in said
    done = here("run", "nasjonal", "--county", "34", "--keep-office", "plankontoret", "--dry-run")
    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be held: none of its members takes part" in done.stderr
    assert here("run", "nasjonal", "--county", "34", "--keep=strict", "--dry-run").returncode == 0
    done = here("run", "nasjonal", "--keep=stict")
    assert (done.returncode, done.stderr) == (2, "error: --keep is stict; expected --keep alone, or --keep=strict\n")
    done = here("run", "nasjonal", "--county", "50", "--keep=strict", "--dry-run")
    assert done.returncode == 3
    assert "1576 Aure does not take part" in done.stderr


def test_what_cannot_be_kept_is_said_at_once(here, tmp_path):
    before = left(tmp_path)
    done = here("run", "nasjonal", "--keep=strict", "--out", "kept")
    assert (done.returncode, done.stdout) == (3, "")
    for part in (
        "Plankontoret",
        "8 members, limit 6",
        "Nord-Troms Plan og Eiendom",
        "needs limits.max_minutes of ",
    ):
        assert part in done.stderr
    done = here("run", "nasjonal", "--start", "nasjonal")
    assert (done.returncode, "is a scenario, not a grouping" in done.stderr) == (3, True)
    done = here("run", "nasjonal-2020", "--start", "one")
    assert (done.returncode, "is of edition 2024" in done.stderr) == (3, True)
    assert left(tmp_path) == before


def test_without_a_page_there_is_no_map_to_load():
    """Reading run folders and comparing them needs no Folium, which takes a second or two."""
    code = (
        "import sys; import scenarios.cli.app; from scenarios.answers import options;"
        " from scenarios.answers.compare import files, tables; print('folium' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_missing_table_is_named_beside_other_faults(here):
    done = here("compare", "nasjonal", "nasjonal2", "nowhere.csv")
    assert done.returncode == 3
    assert "nasjonal2" in done.stderr
    assert "nowhere.csv" in done.stderr


def test_one_county_of_scenarios_and_references(capsys):
    options = ("regionraad", "okonomiske-regioner", "--county", "56")
    code = app.program(["compare", *options, "--missing-alone", "--json", "-q"])
    found = json.loads(capsys.readouterr().out)
    assert code == 0
    placed = {id_ for one in found["options"] for id_ in one["hosts"]}
    assert placed
    assert {id_[:2] for id_ in placed} == {"56"}


def test_a_folder_s_name_steers_neither_terminal_nor_tables(made, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    odd = "r\u202eu\x1b[31mn"
    (tmp_path / odd).symlink_to(made / "one", target_is_directory=True)
    assert app.program(["compare", odd, "eksisterende", "--out", "c\u202e", "--html", "p\u2066.html", "-q"]) == 0
    told = capsys.readouterr()
    seen = "r\\u202eu\\u001b[31mn"
    assert f"[1] {seen}: " in told.out
    assert "c\\u202e" in told.out
    assert "p\\u2066.html" in told.out
    pages = [tmp_path / "p\u2066.html", *(tmp_path / "c\u202e").glob("*.csv")]
    texts = [told.out, told.err, *(page.read_text(encoding="utf-8") for page in pages)]
    assert not [text for text in texts if re.search("[\x1b\u202a-\u202e\u2066-\u2069]", text)]
    assert any(seen in page.read_text(encoding="utf-8") for page in pages[1:])
