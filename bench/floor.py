"""The floor: what Flask, Jinja and SQLAlchemy cost by themselves, under the same server settings."""

import os
from pathlib import Path

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ROWS, SHOWN = 2000, 50
HELLO = "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"
LIST = """<!doctype html><title>{{ title }}</title><table>{% for row in rows %}
<tr><td>{{ row.id }}</td><td>{{ row.name }}</td><td>{{ row.about }}</td></tr>{% endfor %}</table>"""


class Base(DeclarativeBase):
    """The metadata of the floor."""


db = SQLAlchemy(model_class=Base)


class Thing(Base):
    """A row with three columns."""

    __tablename__ = "thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    about: Mapped[str]


def create_app() -> Flask:
    """Three pages: hello, hello through Jinja, 50 of 2,000 rows through the ORM and Jinja."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"hello.html": HELLO, "list.html": LIST})
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{Path(os.environ['FLOOR']).resolve()}"
    db.init_app(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        if not db.session.scalar(select(Thing.id).limit(1)):
            db.session.add_all(Thing(name=f"名称 {n}", about=f"说明 {n} " * 3) for n in range(ROWS))
            db.session.commit()

    @app.get("/hello")
    def hello():
        return "hello"

    @app.get("/jinja")
    def jinja():
        return render_template("hello.html", title="你好")

    @app.get("/rows")
    def rows():
        found = db.session.scalars(select(Thing).order_by(Thing.name).limit(SHOWN)).all()
        return render_template("list.html", title="五十行", rows=found)

    return app
