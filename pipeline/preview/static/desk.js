"use strict";
// Shows what is saved as soon as it is. All the rest works without this.
const live = document.getElementById("live");
const source = document.querySelector("[data-source]")?.dataset.source;
const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

let asked = 0;
async function refresh(said) {
  const mine = ++asked;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  const parts = [...document.querySelectorAll("[data-live]")];
  if (!answer.ok || parts.some((part) => !fresh.getElementById(part.id)) || document.querySelector("[data-trouble]")) {
    location.reload();
    return;
  }
  for (const part of parts) put(part, fresh.getElementById(part.id));
  document.title = fresh.title;
  choose();
  if (said) live.textContent = `${said} at ${clock()}`;
}

// Put new content in, and leave focus, places and open parts as they are.
function put(old, fresh) {
  const frame = old.querySelector("iframe");
  const same = frame && fresh.querySelector("iframe") && frame.getAttribute("src") === fresh.querySelector("iframe").getAttribute("src");
  if (same && old.hasAttribute("data-frame")) return;
  if (old.innerHTML === fresh.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const scrolled = [...old.querySelectorAll("[tabindex]")].map((each) => each.scrollTop);
  const opened = [...old.querySelectorAll("details[open] summary")].map((each) => each.textContent);
  old.replaceChildren(...fresh.childNodes);
  for (const name of ["data-pending", "data-frame"]) old.toggleAttribute(name, fresh.hasAttribute(name));
  old.querySelectorAll("[tabindex]").forEach((each, number) => { each.scrollTop = scrolled[number] ?? 0; });
  for (const each of old.querySelectorAll("summary")) if (opened.includes(each.textContent)) each.parentElement.open = true;
  if (focused) [...old.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus({ preventScroll: true });
}

function again(frame) {
  const place = frame.contentWindow.scrollY;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
  frame.contentWindow.location.reload();
}

function look(said) {
  const frame = document.querySelector("#view[data-frame] iframe");
  if (frame) again(frame);
  refresh(said);
}

const events = new EventSource(`/events?since=${document.body.dataset.moment}`);
events.addEventListener("saved", (event) => {
  if (source) look(JSON.parse(event.data).sources.includes(source) ? "Saved" : "Something else was saved");
});
events.addEventListener("missed", () => look(""));
events.addEventListener("scanned", () => { if (document.querySelector("[data-scan], [data-trouble]")) refresh(""); });
events.addEventListener("made", (event) => {
  if (JSON.parse(event.data).source === source && document.querySelector("[data-pending]")) refresh("Made and proven");
});
events.addEventListener("error", () => { live.textContent = "The desk is closed, or being opened again."; });
events.addEventListener("open", () => { if (live.textContent.startsWith("The desk is closed")) live.textContent = ""; });

const filter = document.querySelector("[data-filter]");
function choose() {
  if (!filter) return;
  const wanted = filter.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll("[data-find]")) row.hidden = !wanted.every((word) => row.dataset.find.toLowerCase().includes(word));
}
if (filter) {
  filter.hidden = false;
  filter.addEventListener("input", choose);
}
