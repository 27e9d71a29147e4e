"""What the committee does with an application and with a partner; an end also by its managers."""

from flask import g

from communities.post import DECIDERS
from kernel.i18n import _
from kernel.request import Back, permit, say

from ..partner import Partner
from .answer_forms import AnswerForm

BACK = ("partners.show", "partner")


@permit("partner:verify", of=Partner, back=BACK)
def verify(partner):
    """The committee confirms that it is what it says."""
    partner.verify(by=g.person)
    say(_("“%(partner)s”已经是合伙人，可以认领项目了。对方会收到消息。", partner=partner.name))


@permit("partner:refuse", of=Partner, form=AnswerForm, back=BACK)
def refuse(partner, form):
    """Not this time."""
    partner.refuse(form.reason.data or "", by=g.person)
    say(_("已告诉“%(partner)s”这次没有通过，对方看到原因后可以改好再申请。", partner=partner.name))


@permit("partner:suspend", of=Partner, form=AnswerForm, back=BACK)
def suspend(partner, form):
    """Nothing new for a while."""
    partner.suspend(form.reason.data or "", by=g.person)
    say(_("“%(partner)s”已暂停，不能认领新的项目；恢复也在这一页。", partner=partner.name))


@permit("partner:resume", of=Partner, back=BACK)
def resume(partner):
    """Active again."""
    partner.resume(by=g.person)
    say(_("“%(partner)s”已恢复。", partner=partner.name))


@permit("partner:end", of=Partner, form=AnswerForm, back=BACK)
def end(partner, form):
    """Out of the register; a manager, who may no longer see the page then, is led to the register."""
    partner.end(form.reason.data or "", by=g.person)
    say(_("“%(partner)s”已退出合伙人，做过的事都还记着。", partner=partner.name))
    return None if g.person.holds(DECIDERS, partner.place) else Back("partners.index")
