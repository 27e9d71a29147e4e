// The lead's list without network: ticks are kept on this phone and sent when it is back. The page works without this.
// What is kept are numbers of rows and marks, no names; it is gone when it has been sent.

const EVERY = 15000; // milliseconds between two tries

const form = () => document.querySelector("form[data-ticks]");
const place = () => `ticks-${form().dataset.ticks}`; // one for a shift and the person who is signed in

/** What is kept: `ticks` by row, and `sending`, a parcel with its key that was perhaps received already. */
function kept() {
  try {
    return { ticks: {}, sending: null, ...JSON.parse(localStorage.getItem(place()) || "{}") };
  } catch {
    return { ticks: {}, sending: null };
  }
}

function keep(state) {
  if (state.sending || Object.keys(state.ticks).length) localStorage.setItem(place(), JSON.stringify(state));
  else localStorage.removeItem(place());
}

/** A new key: the server carries a parcel out once, however often it arrives. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(word, more = "") {
  const line = form()?.querySelector("[data-ticks-state]");
  if (!line) return;
  const { ticks, sending } = kept();
  const count = Object.keys({ ...sending?.ticks, ...ticks }).length;
  line.textContent = word ? line.dataset[word].replace("#", count) + more : "";
}

/** The row as it stands now; null where it says what the list says, or what is on its way (`sent`). */
function read(row, sent) {
  const id = row.dataset.row;
  const time = row.querySelector(`[name="at-${id}"]`);
  const mark = row.querySelector(`[name="mark-${id}"]:checked`)?.value;
  const was = sent?.mark ?? row.querySelector(`[name="was-${id}"]`).value;
  const at = mark === "here" ? time.value : "";
  return !mark || (mark === was && (mark === "away" || at === (sent?.at ?? time.defaultValue))) ? null : { mark, was, at };
}

/** Keep what changed in the list. */
function remember(rows) {
  const state = kept();
  for (const row of rows) {
    const tick = read(row, state.sending?.ticks[row.dataset.row]);
    if (tick) state.ticks[row.dataset.row] = tick;
    else delete state.ticks[row.dataset.row];
  }
  keep(state);
}

/** Show in the list what is kept, after the page was loaded or replaced. */
function show() {
  const { ticks, sending } = kept();
  for (const [id, tick] of Object.entries({ ...sending?.ticks, ...ticks })) {
    const radio = form().querySelector(`[name="mark-${id}"][value="${tick.mark}"]`);
    if (radio) radio.checked = true;
    const at = form().querySelector(`[name="at-${id}"]`);
    if (at && tick.at) at.value = tick.at;
  }
}

function parcel(ticks, key) {
  const body = new URLSearchParams({ csrf_token: form().querySelector("[name=csrf_token]").value, key });
  for (const [id, tick] of Object.entries(ticks)) {
    for (const [name, value] of Object.entries(tick)) body.append(`${name}-${id}`, value);
  }
  return body;
}

let busy = false;

/** Send what is kept. A parcel that was sent before is sent again as it was, with the same key. */
async function send() {
  if (busy || !form()) return;
  const state = kept();
  if (!state.sending && Object.keys(state.ticks).length) {
    keep({ ticks: {}, sending: { ticks: state.ticks, key: newKey() } });
  }
  const { sending } = kept();
  if (!sending) return;
  if (!navigator.onLine) {
    say("kept");
    return;
  }
  busy = true;
  say("sending");
  try {
    const headers = { "HX-Request": "true" };
    const answer = await fetch(form().action, { method: "POST", headers, body: parcel(sending.ticks, sending.key) });
    await take(answer, sending);
  } catch {
    say("kept"); // no network, whatever the browser believes: the parcel stays
  } finally {
    busy = false;
  }
}

async function take(answer, sending) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = fresh.getElementById("list");
  if (answer.ok && list) {
    keep({ ...kept(), sending: null });
    replace(list);
    say("done");
    if (Object.keys(kept().ticks).length) setTimeout(send);
  } else if (answer.status === 409 || answer.status === 422) {
    const { ticks } = kept(); // the rule said no, nothing was written: the ticks wait to be changed
    for (const id of Object.keys(ticks)) ticks[id].was = sending.ticks[id]?.was ?? ticks[id].was;
    keep({ ticks: { ...sending.ticks, ...ticks }, sending: null });
    say("refused", fresh.getElementById("said")?.textContent.trim() ?? "");
  } else {
    say(answer.status < 500 ? "out" : "kept");
  }
}

/** Put the list as it is stored into the page, and over it what was ticked meanwhile; not under a time half written. */
function replace(list) {
  if (document.activeElement?.matches("#list input[type=time]")) {
    for (const was of list.querySelectorAll('[name^="was-"]')) form().querySelector(`[name="${was.name}"]`)?.setAttribute("value", was.value);
    document.activeElement.addEventListener("blur", () => setTimeout(() => replace(list)), { once: true });
    return;
  }
  const focus = document.activeElement?.name;
  const value = document.activeElement?.value;
  const open = [...document.querySelectorAll("#list details[open]")].map((fold) => fold.querySelector("summary").textContent);
  document.getElementById("list").replaceWith(document.adoptNode(list));
  for (const fold of list.querySelectorAll("details")) fold.open ||= open.includes(fold.querySelector("summary").textContent);
  window.htmx?.process(list);
  show();
  const again = focus && [...list.querySelectorAll(`[name="${CSS.escape(focus)}"]`)];
  if (again?.length) (again.find((input) => input.value === value) ?? again[0]).focus({ preventScroll: true });
}

let soon;

document.addEventListener("change", (event) => {
  const row = event.target.closest?.("form[data-ticks] [data-row]");
  if (!row) return;
  remember([row]);
  say("kept");
  clearTimeout(soon);
  soon = setTimeout(send, 1200); // several ticks one after the other are one parcel
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-ticks]") || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  remember(event.target.querySelectorAll("[data-row]"));
  const { ticks, sending } = kept();
  if (!sending && !Object.keys(ticks).length) say("done");
  send();
});

document.addEventListener("htmx:after:swap", () => form() && show());
window.addEventListener("online", send);
setInterval(send, EVERY);

if (form()) {
  show();
  send();
}
