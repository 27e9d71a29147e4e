"""The mechanism of the site, put together on one Flask application."""

import gc
from pathlib import Path

from flask import Flask, abort, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import event
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from . import (
    audit,
    config,
    doctor,
    errors,
    headers,
    health,
    i18n,
    jobs,
    logs,
    look,
    metrics,
    pages,
    permits,
    slots,
    statistics,
    who,
)
from .cli import show_permits
from .db import db, speak_sqlite

migrate = Migrate(render_as_batch=True)
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)


def found(app: Flask, given=None) -> None:
    """Lay the ground floor: configuration, database, languages, protection, jobs, the operator's pages."""
    config.configure(app, given)
    logs.set_up(app)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite" and not event.contains(db.engine, "begin", speak_sqlite):
            speak_sqlite(db.engine)
    migrate.init_app(app, db, directory=str(Path(app.root_path) / "migrations"))
    i18n.babel.init_app(app, locale_selector=i18n.choose_locale)
    who.login_manager.init_app(app)
    errors.set_up(app)
    jobs.set_up(app)
    jobs.every_minute(statistics.keep_fresh)
    # The page that says no is a page like any other, so who asks is known before anything can be refused.
    for first in (logs.begin, who.recognise, refuse_nul):
        app.before_request(first)
    csrf.init_app(app)
    limiter.init_app(app)
    for step in (logs.note, metrics.count, headers.protect):
        app.after_request(step)
    app.context_processor(look.names)
    teach_templates(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(look.bp)
    for command in (doctor.doctor, show_permits, audit.audit):
        app.cli.add_command(command)
    serve_static(app)


def settle() -> None:
    """What a server has loaded by now stays for good: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def refuse_nul() -> None:
    """No page of ours writes a NUL into an address, and PostgreSQL takes none."""
    if "\0" in request.path or any("\0" in value for _, value in request.args.items(multi=True)):
        abort(400)


def teach_templates(app: Flask) -> None:
    """The words that every template and every block knows."""
    i18n.teach(app.jinja_env)
    words = app.jinja_env.globals
    words.update(may=permits.may, slot=slots.slot, messages=pages.messages, faults=pages.faults, g=g)
    words.update(day=i18n.day, hour=i18n.hour, month=i18n.month, moment=i18n.moment, span=i18n.span)
    words.update(asset=pages.asset, url_for=pages.address_in(app), in_wechat=look.in_wechat)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    words["ui"] = app.jinja_env.get_template("ui.html").module


def serve_static(app: Flask) -> None:
    """Static files go past Flask; a proxy is believed only where the configuration says how many there are."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(Path(app.root_path) / "static"), prefix="static/", max_age=3600
    )
    if proxies := int(app.config["PROXIES"]):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
