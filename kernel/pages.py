"""Pages and fragments: a page is a template and what it needs; a fragment is one of its blocks."""

from typing import Any, cast

from flask import (
    current_app,
    flash,
    g,
    get_flashed_messages,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)


def is_htmx() -> bool:
    """Whether htmx asks, and so only a part of the page is wanted."""
    return request.headers.get("HX-Request") == "true"


def asset(name: str) -> str:
    """The address of a file under static/; a page has forty icons, so no route is looked up for it."""
    return f"/static/{name}"


def address_in(app):
    """`url_for` for the templates of this application; the address of a page without keys is found once."""
    known = {}

    def address(endpoint, **keys):
        if keys or endpoint.startswith(".") or not has_request_context():
            return app.url_for(endpoint, **keys)
        if endpoint not in known:
            known[endpoint] = app.url_for(endpoint)
        return known[endpoint]

    return address


def say(message) -> None:
    """Tell the person what was done; shown once, on the next page or beside the fragment."""
    flash(str(message), "status")


def messages() -> list[tuple[str, str]]:
    """(kind, text) of what is to be said now: the refusal, unless a form's summary said it, then what was done."""
    refusal = g.get("refusal")
    told = [("refusal", str(refusal))] if refusal and not g.get("refusal_shown") else []
    return [*told, *cast(list[tuple[str, str]], get_flashed_messages(with_categories=True))]


def faults(form) -> list[tuple[Any, str]]:
    """(field or None, sentence) of all that is wrong with a form, for its summary; the message line leaves it out."""
    found = [(None, error) for error in form.form_errors]
    found += [(field, error) for field in form for error in field.errors]
    refusal = g.get("refusal")
    if refusal and any(str(error) == str(refusal) for _field, error in found):
        g.refusal_shown = True
    return found


class Page:
    """A template and what it needs, not rendered yet."""

    def __init__(self, template: str, **names: Any):
        self.template, self.names, self.status = template, names, 200
        self.headers: dict[str, str] = {}

    def render(self, block: str | None = None) -> str:
        """The whole page, or one block of it followed by the messages out of band."""
        if not block:
            return render_template(self.template, **self.names)
        template = current_app.jinja_env.get_template(self.template)
        names = dict(self.names)
        current_app.update_template_context(names)
        part = "".join(template.blocks[block](template.new_context(names)))
        return part + render_template("layout/said.html", out_of_band=True)

    def answer(self, block: str | None = None, status: int | None = None):
        """The response for this page."""
        response = make_response(self.render(block if is_htmx() else None), status or self.status)
        response.headers.update(self.headers)
        return response


class Back:
    """Where an answer leads: the GET view of `endpoint`; its `block` for htmx, the whole page by 303 for others."""

    def __init__(self, endpoint: str, block: str | None = None, **keys: Any):
        self.endpoint, self.block, self.keys = endpoint, block, keys

    def page(self) -> Page:
        """Run the GET view again, in a fresh read."""
        return current_app.view_functions[self.endpoint].page(**self.keys)  # type: ignore[union-attr]

    def url(self) -> str:
        """Its address, with the filters of the page that was left (they travel in the query of the form)."""
        if self.block is None:
            return url_for(self.endpoint, **self.keys)
        # `endpoint` and `_scheme`, `_external` … are url_for()'s own: nobody sends them to it from outside
        names = [name for name in request.args if name not in {"back", "endpoint"} and not name.startswith("_")]
        kept = {name: request.args.getlist(name) for name in names}
        return url_for(self.endpoint, **(kept | self.keys))

    def done(self):
        """After a change that took place."""
        if not is_htmx():
            return redirect(self.url(), 303)
        if self.block is None:  # another page: let the browser go there
            response = make_response("", 204)
            response.headers["HX-Redirect"] = self.url()
            return response
        return self.page().answer(self.block)

    def not_done(self, status: int):
        """After bad input (422) or a refusal (409): the page again, with what was typed."""
        return self.page().answer(self.block, status)
