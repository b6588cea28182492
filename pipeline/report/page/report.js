"use strict";
// What depends on the day, on order and on choice. All the rest of the page is there without it.
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
const rows = [...document.querySelectorAll("[data-sortable] tbody tr")];

const late = rows.filter((row) => row.dataset.due && row.dataset.due < today);
for (const row of late) {
  row.dataset.states += " overdue";
  const mark = document.createElement("strong");
  mark.className = "mark";
  mark.textContent = " overdue";
  row.cells[6].append(mark);
}

const line = document.querySelector("svg[data-first]");
if (line) {
  const [first, last, day] = [line.dataset.first, line.dataset.last, today].map((text) => Date.parse(text));
  const place = (100 * (day - first)) / (last - first);
  for (const due of line.querySelectorAll("[data-due]")) if (due.dataset.due < today) due.classList.add("late");
  if (place >= 0 && place <= 100) {
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ class: "now", x1: `${place}%`, x2: `${place}%`, y1: 20, y2: line.clientHeight - 8 })) mark.setAttribute(name, value);
    line.querySelector("[data-now]").append(mark);
  }
  const said = document.querySelector("[data-today]");
  const number = late.length === 1 ? "1 review is" : `${late.length} reviews are`;
  said.textContent = `Today, ${today}, ${late.length ? number : "none is"} overdue.`;
  said.hidden = false;
}

const form = document.querySelector("[data-filter]");
const [words, state] = form.querySelectorAll("input, select");
const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
function choose() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits = wanted.every((word) => texts.get(row).includes(word));
    row.hidden = !fits || (state.value && !row.dataset.states.split(" ").includes(state.value));
    shown += row.hidden ? 0 : 1;
  }
  form.querySelector("[data-count]").textContent = `${shown} of ${rows.length} shown`;
}
form.hidden = false;
form.addEventListener("input", choose);
form.addEventListener("submit", (event) => event.preventDefault());
choose();

const order = new Intl.Collator(undefined, { numeric: true });
for (const head of document.querySelectorAll("[data-sortable] thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.addEventListener("click", () => {
    const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const value = (row) => row.cells[head.cellIndex].dataset.value ?? row.cells[head.cellIndex].textContent.trim();
    rows.sort((one, other) => direction * compare(value(one), value(other)));
    document.querySelector("[data-sortable] tbody").append(...rows);
  });
}

function compare(one, other) {
  const [left, right] = [Number(one), Number(other)];
  return Number.isNaN(left) || Number.isNaN(right) ? order.compare(one, other) : left - right;
}

// A link into a closed part opens it.
function open() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", open);
open();
