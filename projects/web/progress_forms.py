"""The forms of the page of an adoption: steps, the common plan, a pause, a hand-over, an evaluation."""

from wtforms import HiddenField

from kernel.fields import Day, Form, Line, Lines, Pick, Upload, row_id
from kernel.i18n import _

from ..evaluation import Word

EVIDENCE = _("一张 JPG、PNG 图片或一份 PDF，最多 10 MB。只有社区和各认领方能看；尽量不拍到人脸。")


class PromiseForm(Form):
    """One step, and by when."""

    title = Line(_("下一步做什么"), most=120, description=_("一步一步写，例如：上门看完前 10 户。"))
    due = Day(_("哪天以前"))


class ProgressForm(Form):
    """Something that was done and nobody had promised."""

    words = Line(_("做了什么"), most=120, description=_("一句话就够。记一条，社区就知道你们还在做。"))
    file = Upload(_("图片或文件"), needed=False, description=EVIDENCE)


class StepForm(Form):
    """Something said about one step; it names the step, since a page shows several."""

    milestone = HiddenField()


class ReachForm(StepForm):
    """It is reached."""

    words = Lines(_("做到了什么"), most=500, description=_("一句话：做了多少、谁受益。不写居民的姓名。"))
    file = Upload(_("图片或文件"), needed=False, description=EVIDENCE)


class DayForm(StepForm):
    """Another day, or not at all."""

    due = Day(_("改到哪天"), needed=False, description=_("不做这一步了，可以不填。"))
    reason = Lines(_("为什么改"), most=500, description=_("原来的日子会留着，社区和各家看得到原因。"))


class PauseForm(Form):
    """A pause."""

    until = Day(_("暂停到哪天"), description=_("从今天起，最多 20 个工作日；一份认领只能暂停一次。"))
    reason = Lines(_("为什么暂停"), most=500, description=_("一句话就够，社区会看到。"))


class PlanForm(Form):
    """Who does what when."""

    plan = Lines(
        _("共同计划"), needed=False, most=4000, description=_("哪家哪天做哪一段、谁备料、在哪碰头。会写在项目页上。")
    )


class ProlongForm(Form):
    """Why it may stay silent for longer."""

    reason = Lines(_("为什么延长"), most=500, description=_("一句话就够，认领方会看到。只能延长一次。"))


class TransferForm(Form):
    """Who could take it over, and why."""

    to_id = Pick(_("请哪家接手"), coerce=row_id)
    reason = Lines(_("为什么转交"), most=500, description=_("做到哪里了、还差什么。对方和社区会看到。"))


class AgreeForm(Form):
    """What the other partner promises."""

    pledge = Lines(_("我们能做的"), needed=False, most=500, description=_("不填就沿用原来的承诺，会写在项目页上。"))


class TransferNoForm(Form):
    """Why not, says the other partner or the committee."""

    reason = Lines(_("原因"), most=500, description=_("一句话就够，对方会看到。"))


class EvaluationForm(Form):
    """How it was."""

    word = Pick(_("这次合作"), choices=Word.pairs())
    sentence = Lines(
        _("具体说一句"), most=500, description=_("哪里做得好，或者哪里可以更好。只有对方和社区看得到，不打分、不排名。")
    )


class ReplyForm(Form):
    """The partner's answer."""

    sentence = Lines(_("回应一句"), most=500, description=_("只能写一次，社区会看到。"))
