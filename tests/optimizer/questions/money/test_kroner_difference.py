"""What another plan changes in kroner: only for those whose office differs, and as the accounts of both plans say."""

import pytest
from frozen import figures, flat_money, host_of, national

from optimizer.grouping import Grouping
from optimizer.money import SharingTerms
from optimizer.questions.money.accounts import plan_accounts
from optimizer.questions.money.kroner_difference import kroner_difference
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
