"""What another plan changes in kroner: only for those whose office differs, and as the accounts of both plans say."""

import pytest
from frozen import figures, flat_money, host_of, national

from optimizer.grouping import Grouping
from optimizer.judging.kroner.three_states import group_year
from optimizer.money import SharingTerms
from optimizer.questions.money.accounts import plan_accounts
from optimizer.questions.money.kroner_difference import by_themselves, kroner_difference, without_member
from optimizer.sharing.keys import SharingKey

TERMS = SharingTerms(SharingKey.of("inhabitants"), figures())
KAFJORD, NORDREISA = "5540", "5544"


def test_kafjord_alone():
    before = Grouping.of(host_of())
    after = Grouping.of({**before.host_of, KAFJORD: KAFJORD})
    found = kroner_difference(national(), flat_money(), TERMS, (before, after), KAFJORD)
    assert set(found.members) == before.companions(KAFJORD)
    assert found.office.before.cost_kr == pytest.approx(7_671_059, abs=0.5)
    assert (found.own.before.cost_kr, found.own.after.cost_kr) == pytest.approx((1_386_353, 2_048_378), abs=0.5)
    assert found.office.after == found.own.after
    whole = [plan_accounts(national(), flat_money(), plan, TERMS) for plan in (before, after)]
    more = whole[1].country.shared - whole[0].country.shared
    assert vars(found.together.more) == pytest.approx(vars(more), abs=1e-2)
    assert found.members[NORDREISA].after == whole[1].members[NORDREISA].shared


def test_what_changes_if_a_member_leaves_or_a_group():
    """Like for like it is what the accounts say; money out and work left undone are those of the offices then."""
    found = plan_accounts(national(), flat_money(), Grouping.of(host_of()), TERMS)
    host = host_of()[KAFJORD]
    account = found.offices[host]
    for leaver, more in account.if_left.items():
        assert without_member(found, host, leaver).more.cost_kr == pytest.approx(more / 100, abs=0.1)
    first = account.leaving[0]
    change = by_themselves(found, [first.members])
    assert change.more.cost_kr == pytest.approx(-first.gain / 100, abs=0.1)
    assert first.members == (NORDREISA,)
    assert change.after == found.members[NORDREISA].alone
    members = next(one.members for one in account.leaving if len(one.members) > 1)
    cost = sum(account.shares[id_] for id_ in members) - next(o.gain for o in account.leaving if o.members == members)
    year = group_year(national(), flat_money(), members, cost)
    assert vars(year) == pytest.approx(vars(by_themselves(found, [members]).after), abs=0.01)
