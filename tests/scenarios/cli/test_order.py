"""The command ``order``, and the order of a run."""

import json

import pytest
from program import rows

TROMS = ("nasjonal", "--county", "55", "--quiet")


def test_a_run_and_the_command_tell_the_same_order(answer, tmp_path):
    code, _, _ = answer("run", *TROMS, "--out", "run", "--no-tradeoff", "--no-firmness", "--set", "order.starts=1")
    assert code == 0
    code, printed, _ = answer("order", "run", "--quiet", "--json", "--out", "rekke")
    assert code == 0
    document = json.loads(printed)
    assert document["proved"]
    assert rows(tmp_path / "rekke" / "order.csv") == rows(tmp_path / "run" / "order.csv")
    began = [row["start_year"] for row in document["offices"] if row["start_year"]]
    assert began == [1, 2, 3, 4]
    gains = [row["gain_kr"] for row in document["offices"] if row["start_year"]]
    assert gains == sorted(gains, reverse=True)
    assert document["gain_kr"] == pytest.approx(sum((9 - y) * g - 600_000 for y, g in zip(began, gains, strict=True)))
    report = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "Rekkefølge: hvilke kontor først" in report
    assert "På jobb, Tiltak og Rekkefølge, og hvor fast planen er, krever programmet." in report


def test_who_waits_is_told_and_kept(answer):
    code, told, _ = answer(
        "order", *TROMS, "--starts", "1", "--years", "2", "--after", "Skjervøy:Senja", "--lang", "en"
    )
    assert code == 0
    assert "Given the prices it is proved that no order gains more." in told
    assert "against their members each alone (estimate): " in told
    assert "Senja does not start before" in told
    code, told, _ = answer("order", *TROMS, "--budget", "0")
    assert "0 av " in told
    assert "for høyst 0 kr i året" in told
    (room,) = (line for line in told.splitlines() if line.startswith("Får ikke plass mens det lønner seg: "))
    assert "Senja" in room
    _, told, _ = answer("order", *TROMS, "--set", "money.start_kr=5e7")
    assert "Lønner seg ikke å starte: " in told
    assert "Får ikke plass" not in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--years", "0", "--starts", "0", "--after", "Kåfjor:Senja", "--after", "Senja"),
            ("--years   is 0", "--starts  is 0", "did you mean 5540 Kåfjord", "expected two municipalities like"),
        ),
        (("--after", "Senja:Kåfjord", "--after", "Kåfjord:Senja"), ("each waits for the other",)),
        (("--after", "Oslo:Kåfjord"), ("0301 Oslo", "is in no shared office of the plan")),
        (("--set", "money.enabled=false"), ("money.enabled is false",)),
        (("--set", "order.horizon=2"), ("order.horizon", "fewer than the 4 years of starts")),
    ],
)
def test_faults(answer, arguments, words):
    code, printed, said = answer("order", *TROMS, *arguments)
    assert code in {2, 3}
    assert printed == ""
    assert all(word in said for word in words), said
