"""Who works together today, and what a plan makes of it."""

from dataclasses import replace

import pytest
from country import answer, country, facts

from maps.told.plan import Plan
from maps.told.texts import Words
from maps.told.today import Council, Existing, Today, TodayWords, fate, fates


@pytest.fixture(scope="module")
def plan() -> Plan:
    return answer(country(), facts()).plan


def existing(*members: str, **other: str) -> Existing:
    plain = {
        "name": "Kontoret",
        "host": members[0],
        "status": "active",
        "since": "1977",
        "source": "s",
        "source_year": "",
    }
    return Existing(members=members, **(plain | other))


def ids(plan: Plan, office: int) -> list[str]:
    return [member.id for member in plan.shared[office].members]


def said(plan: Plan, today: Today, language: str = "nb") -> TodayWords:
    return TodayWords(Words(language), plan, today)


def test_kept_extended_or_split(plan: Plan) -> None:
    big = next(k for k, office in enumerate(plan.shared) if len(office.members) > 2)
    other = next(k for k in range(len(plan.shared)) if k != big)
    whole = fate(plan, existing(*ids(plan, big)))
    assert (whole.kind, len(whole.pieces), whole.away) == ("whole", 1, ())
    extended = fate(plan, existing(*ids(plan, big)[:2]))
    assert extended.kind == "extended"
    assert [member.id for member in extended.pieces[0].joined] == ids(plan, big)[2:]
    split = fate(plan, existing(ids(plan, other)[0], *ids(plan, big)[:2]))
    assert split.kind == "split"
    assert [len(piece.members) for piece in split.pieces] == [2, 1]
    words = said(plan, Today())
    labels = [member.label for member in extended.pieces[0].joined]
    assert words.verdict(extended) == f"Planen holder kontoret samlet og utvider det med {words.listed(labels)}."
    assert words.verdict(split) == "Planen deler kontoret: på det meste 2 av 3 er fortsatt sammen."
    moved = fate(plan, existing(*reversed(ids(plan, big))))
    today, host = plan.members[ids(plan, big)[-1]].label, plan.members[ids(plan, big)[0]].label
    other_host = f"Planen holder kontoret samlet. Vertskommune blir {host}, ikke {today} som i dag."
    assert words.verdict(moved) == other_host
    assert words.verdict(fate(plan, existing(*ids(plan, big), host=""))) == "Planen holder kontoret samlet."
    apart = fate(plan, existing(ids(plan, other)[0], ids(plan, big)[0]))
    assert words.verdict(apart) == "Planen deler kontoret: ingen av dem er fortsatt sammen."


def test_who_does_not_take_part_is_named_and_an_office_of_nobody_is_left_away(plan: Plan) -> None:
    outside = next(member.id for member in plan.members.values() if member.host is None)
    mixed = existing(outside, *ids(plan, 0)[:2])
    found = fate(plan, mixed)
    assert [member.id for member in found.away] == [outside]
    assert found.members[0].id == outside, "the host comes first"
    nobody = existing(outside, next(one.id for one in plan.members.values() if one.host is None and one.id != outside))
    assert fates(plan, Today((mixed, nobody))) == [found]
    [line] = said(plan, Today((mixed,))).lines(outside)
    assert "Planen" not in line


def test_what_is_said_of_a_municipality(plan: Plan) -> None:
    host, second = ids(plan, 0)[:2]
    councils = {host: (Council("Rådet", checked=True), Council("Det andre", checked=False))}
    today = Today((existing(host, second), existing(host, second, status="planned", since="")), councils)
    labels = {id_: plan.members[id_].label for id_ in (host, second)}
    whole = len(ids(plan, 0)) == 2
    made_of = "Planen holder dem samlet." if whole else "Planen holder dem samlet og utvider kontoret."
    assert said(plan, today).lines(host) == [
        f"I dag: Kontoret (siden 1977), med {labels[second]}. {made_of}",
        f"Planlagt: Kontoret, med {labels[second]}. {made_of}",
        "Regionråd: Rådet og Det andre (ikke kontrollert mot kilde)",
    ]
    assert said(plan, today, "en").lines(second)[0].startswith(f"Today: Kontoret (since 1977), with {labels[host]}.")
    assert said(plan, today).share(plan.shared[0]) == "I dag: hele Kontoret", "what is planned does not count"
    wider = replace(today, offices=(existing(host, ids(plan, 1)[0]),))
    assert said(plan, wider).share(plan.shared[0]) == "I dag: 1 av 2 i Kontoret"
    assert said(plan, wider).lines(host)[0].endswith("I planen deler kommunen ikke kontor med noen av disse.")


def test_each_status_and_its_source_have_words(plan: Plan) -> None:
    for language in ("nb", "en"):
        words = said(plan, Today(), language)
        for status in ("active", "reported", "planned", "studied", "uncertain"):
            one = existing(*ids(plan, 0)[:2], status=status, since="1990", source_year="2012")
            assert ("1990" if status == "active" else "2012") in words.state(one)
            assert "s." in words.state(one)
