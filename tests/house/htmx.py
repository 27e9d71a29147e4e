"""What is wrong with the htmx attributes of an element: nothing inherited, nothing eval, all works without script."""

ASKS = {"hx-get", "hx-post"}
NEVER = {"hx-ext", "hx-disabled-elt", "hx-delete", "hx-put", "hx-patch", "hx-prompt", "hx-vars", "hx-params"}
FALLBACK = {"form": "action", "button": "formaction", "input": "formaction", "a": "href"}


def htmx_faults(tag: str, given: dict, form: dict) -> list[str]:
    """The faults of one element that stands in this form."""
    names = {name for name in given if name.startswith("hx-")}
    wrong = [f"{name} is not for us" for name in names if name in NEVER or name.startswith("hx-on")]
    if tag == "body":  # the layout hands the token down
        return wrong
    wrong += [f"{name} is handed down" for name in names if ":" in name]
    if not names & ASKS and names - {"hx-swap-oob"}:
        wrong.append(f"nobody inherits {sorted(names)}")
    if any("js:" in (given[name] or "") or "javascript:" in (given[name] or "") for name in names):
        wrong.append("script in an attribute")
    if "[" in (given.get("hx-trigger") or ""):
        wrong.append("a filter is eval")
    if names & ASKS and not {"hx-target", "hx-select"} & names:
        wrong.append("no target")
    plain = {given.get(FALLBACK.get(tag, "")), form.get("action") if tag in {"button", "input"} else None}
    wrong += [f"without script {ask} goes elsewhere" for ask in names & ASKS if given[ask] not in plain]
    return wrong
