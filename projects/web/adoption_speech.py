"""What the journal says of adoptions that run: steps, pauses, silence, hand-overs, evaluations."""

from kernel.i18n import _

SENTENCES = {
    "adoption.under": _("“%(partner)s”对“%(project)s”的认领写明了依据的协议"),
    "adoption.under_none": _("“%(partner)s”对“%(project)s”的认领不再写明协议"),
    "adoption.begun": _("“%(partner)s”认领了“%(project)s”的“%(part)s” %(quantity)s %(unit)s，按项目约定直接开始"),
    "adoption.leads": _("“%(project)s”现在由“%(partner)s”牵头"),
    "adoption.paused": _("“%(partner)s”暂停了“%(project)s”的“%(part)s”，到%(paused_until)s为止，原因写在认领页上"),
    "adoption.unpaused": _("“%(partner)s”提前结束暂停，接着做“%(project)s”的“%(part)s”"),
    "adoption.idle": _(
        "“%(partner)s”认领的“%(project)s”的“%(part)s”已有 %(days)s 个工作日没有动静；"
        "再过 %(grace)s 个工作日仍没有，就放出来重新认领"
    ),
    "adoption.prolonged": _("社区给“%(partner)s”的“%(project)s”的“%(part)s”延长了一次，原因写在认领页上"),
    "adoption.released": _(
        "“%(partner)s”认领的“%(project)s”的“%(part)s” %(quantity)s %(unit)s 久无动静，已放出重新认领"
    ),
    "adoption.took_over": _("“%(partner)s”接手了“%(project)s”的“%(part)s” %(quantity)s %(unit)s"),
    "project.planned": _("牵头方更新了“%(project)s”的共同计划"),
    "milestone.promised": _("“%(partner)s”为“%(project)s”定下一步：“%(step)s”"),
    "milestone.reached": _("“%(partner)s”做到了“%(project)s”的一步：“%(step)s”"),
    "milestone.progress": _("“%(partner)s”记下“%(project)s”的进展：“%(step)s”"),
    "milestone.moved": _("“%(partner)s”改了“%(project)s”的“%(step)s”的日子，原来的日子和原因写在认领页上"),
    "milestone.dropped": _("“%(partner)s”不再做“%(project)s”的一步“%(step)s”，原因写在认领页上"),
    "transfer.offered": _(
        "“%(partner)s”想把“%(project)s”的“%(part)s” %(quantity)s %(unit)s 转交给“%(to_partner)s”，等对方答复"
    ),
    "transfer.agreed": _("“%(to_partner)s”同意从“%(partner)s”接手“%(project)s”的“%(part)s”，等社区答复"),
    "transfer.declined": _("“%(to_partner)s”这次不接手“%(partner)s”的“%(project)s”的“%(part)s”，原因写在认领页上"),
    "transfer.refused": _(
        "社区没有同意把“%(project)s”的“%(part)s”从“%(partner)s”转交给“%(to_partner)s”，原因写在认领页上"
    ),
    "transfer.withdrawn": _("“%(project)s”的“%(part)s”由“%(partner)s”转交给“%(to_partner)s”一事撤回了"),
    "transfer.done": _("“%(partner)s”把“%(project)s”的“%(part)s” %(quantity)s %(unit)s 转交给了“%(to_partner)s”"),
    "evaluation.given": _("社区评价了“%(partner)s”做的“%(project)s”的“%(part)s”，写在认领页上"),
    "evaluation.answered": _("“%(partner)s”回应了社区对“%(project)s”的“%(part)s”的评价"),
}
