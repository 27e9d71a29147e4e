// Small helps for those who have script; every page works without.

const root = document.documentElement;
root.dataset.script = "";

/** Ask a question once in the page's dialog; resolves to whether the answer was yes. */
function ask(question) {
  const dialog = document.getElementById("ask");
  if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
  dialog.querySelector("#ask-question").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const answered = new WeakSet();

// In the capture phase, so that neither the form nor htmx hears a press that has not been confirmed.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-ask]");
  if (!button || answered.delete(button)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(button.dataset.ask)) {
    answered.add(button);
    button.click();
  }
}, true);

document.addEventListener("click", async (event) => {
  const copy = event.target.closest?.("[data-copy]");
  if (copy) {
    await take(copy);
    return;
  }
  if (event.target.closest?.("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/** Put the value of a copy button on the clipboard; where that is not allowed, select it to be copied by hand. */
async function take(button) {
  const word = button.querySelector("span");
  const before = word.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    word.textContent = button.dataset.done;
    setTimeout(() => { word.textContent = before; }, 3000);
  } catch {
    button.closest(".copy")?.querySelector("input, textarea")?.select();
  }
}

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/** Hide what is only offered for a while (`data-for` in seconds), such as an undo. */
function hideLater(scope) {
  for (const offer of scope.querySelectorAll("[data-for]")) {
    setTimeout(() => offer.remove(), Number(offer.dataset.for) * 1000);
  }
}

/** Bring the keyboard to what is wrong within `scope`; whether there was anything. */
function toErrors(scope) {
  const errors = scope.querySelector("[data-errors]");
  errors?.focus();
  return Boolean(errors);
}

hideLater(document);
toErrors(document);

document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx?.target;
  const fresh = document.getElementById(target?.getAttribute?.("id"));
  if (!fresh || "busy" in fresh.dataset) return; // what only shows how far it is keeps the focus where it was
  hideLater(fresh);
  if (!toErrors(fresh) && fresh !== target && document.activeElement === document.body) {
    fresh.tabIndex = -1;
    fresh.focus({ preventScroll: true });
  }
});

document.addEventListener("htmx:error", () => {
  const said = document.getElementById("said");
  const words = document.getElementById("offline");
  if (said && words) said.replaceChildren(words.content.cloneNode(true));
});
