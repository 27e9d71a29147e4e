"""The language of one person: of messages everywhere, and of pages where this browser was told nothing else."""

from flask import after_this_request, g

from kernel.fields import Form, Pick
from kernel.i18n import _, force_locale
from kernel.look import keep
from kernel.request import permit, say

from .sign_in import bp

NAMES = [("zh", _("中文")), ("en", _("英文 English"))]


class LanguageForm(Form):
    """Which one."""

    language = Pick(_("用哪种语言"), choices=NAMES)


@bp.post("/me/account/language")
@permit("account:change-own", form=LanguageForm, back=("accounts.show", None))
def speak(form):
    """Choose it; whoever chooses here has also chosen for this browser, so that he sees what he asked for."""
    code = form.language.data
    g.person.language = code
    after_this_request(lambda response: keep(response, "language", code))
    with force_locale(code):
        say(_("记下了：以后的消息和页面都用%(language)s。", language=dict(NAMES)[code]))
