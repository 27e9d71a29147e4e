"""The table of kinds is complete, and each asks for just what it says."""

import pytest

from partners.kind import ASKED, MEANS, Fact, Kind
from partners.partner import Partner
from partners.web.forms import FIELDS, form_of


def test_every_kind_has_a_sentence_and_facts():
    assert set(MEANS) == set(ASKED) == set(Kind)
    assert {fact for facts in ASKED.values() for fact in facts} == set(Fact) == set(FIELDS)


def test_every_fact_is_kept():
    assert {fact.value for fact in Fact} <= set(Partner.__mapper__.attrs.keys())


@pytest.mark.parametrize("kind", Kind)
def test_the_form_of_a_kind_asks_for_its_facts_and_no_others(site, kind):
    with site.test_request_context():
        form = form_of(kind)(meta={"csrf": False})
        assert {fact for fact in Fact if fact.value in form} == set(ASKED[kind])
        assert all(form[fact.value].flags.required for fact in ASKED[kind])
