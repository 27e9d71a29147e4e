"""A project that was adopted, delivered and closed: what a certificate can speak of."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.work import work
from projects.in_kind import InKind


@pytest.fixture
def done(world):
    """白鹭科技 mended 43 households' things at the centre with parts worth 2,600 yuan; the committee closed it."""
    with work():
        project, partner = world.project, world.egret
        adoption = project.adopt(partner, project.parts[0].id, 43, pledge="", by=world.zhao)
        adoption.accept(by=world.lin)
        InKind.note_down(adoption, "维修配件", 2600, "进货单合计", by=world.zhao)
        adoption.deliver("都修好了。", by=world.zhao)
        project.close("修好 43 户的家电。", 86, by=world.lin)
        adoption.delivered_on = clock.today() - timedelta(days=1)
    return adoption.id
