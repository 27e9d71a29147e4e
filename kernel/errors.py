"""What is shown when something cannot be shown: a sentence, as a page, or in the message line for htmx."""

from flask import g, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from .db import db
from .i18n import _
from .logs import log, route
from .pages import is_htmx
from .request import SignInFirst, ask_to_sign_in
from .work import Busy, Refusal, is_busy

SENTENCES = {
    400: _("这个请求不完整，请回到上一页刷新后再试。"),
    403: _("这一步要由负责的人来做，您现在的身份做不了。"),
    404: _("没有找到这一页，可能地址写错了，也可能不对您开放。"),
    405: _("这个地址不能这样用，请回到上一页再试。"),
    413: _("文件太大了：最多 10 MB。"),
    429: _("试得太勤了，请过几分钟再来。"),
    500: _("我们这里出了错，您填的内容没有保存。请过一会儿再试。"),
    503: _("现在人多，没来得及办完，什么都没有改动。请过几秒再试。"),
}


def sentence_page(status: int, text):
    """The sentence as a page; for htmx into the message line, so that nothing on the page is lost."""
    if is_htmx():
        g.refusal = text
        response = make_response(render_template("layout/said.html", out_of_band=False), status)
        response.headers["HX-Retarget"] = "#said"
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    return make_response(render_template("layout/error.html", status=status, sentence=text), status)


def set_up(app) -> None:
    """Register the handlers."""

    @app.errorhandler(SignInFirst)
    def sign_in_first(_error):
        return ask_to_sign_in()

    @app.errorhandler(Refusal)
    def refused(refusal):
        return sentence_page(409, str(refusal))

    @app.errorhandler(Busy)
    def busy(_error):
        response = sentence_page(503, SENTENCES[503])
        response.headers["Retry-After"] = "5"
        return response

    @app.errorhandler(DBAPIError)
    def database(error):
        db.session.rollback()
        if is_busy(error):
            return busy(error)
        return broken(error)

    @app.errorhandler(CSRFError)
    def forged(_error):
        return sentence_page(400, _("这张表单放得太久或不是本站的，请刷新页面后再试。"))

    @app.errorhandler(SecurityError)
    def strange_host(_error):
        """No page has an address there, so this is no page."""
        return make_response(f"{SENTENCES[400]}\n", 400, {"Content-Type": "text/plain; charset=utf-8"})

    @app.errorhandler(HTTPException)
    def other(error):
        if error.code == 308 or error.code < 400:
            return error
        response = sentence_page(error.code, SENTENCES.get(error.code, SENTENCES[400]))
        if error.code == 405 and error.valid_methods:
            response.headers["Allow"] = ", ".join(error.valid_methods)
        return response

    @app.errorhandler(Exception)
    def broken(error):
        if app.testing or app.debug:
            raise error
        log.error("broken", id=g.get("request_id"), route=route(), exc_info=error)
        db.session.rollback()
        return sentence_page(500, SENTENCES[500])
