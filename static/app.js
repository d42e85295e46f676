// Shortcuts and small helps. Every page works without this file.
"use strict";

(() => {
  // --- Keyboard: "/" searches, "j" and "k" walk the rows, Enter opens the link that has focus.
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const rowLinks = () => [...document.querySelectorAll(".rows tbody tr")]
    .map((row) => row.querySelector("a[href]"))
    .filter((link) => link !== null);

  function step(by) {
    const links = rowLinks();
    let row = document.activeElement.closest(".rows tbody tr");
    if (row?.classList.contains("acts")) row = row.previousElementSibling;
    const here = links.findIndex((link) => row !== null && row.contains(link));
    const next = here < 0 ? 0 : here + by;
    links[Math.max(0, Math.min(next, links.length - 1))]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.body.dataset.shortcuts === "off" || typing(event.target)) return;
    if (event.key === "/") {
      const search = document.getElementById("search");
      if (search === null || search.offsetParent === null) return;
      search.focus();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });

  // --- Attendance: on the row that has focus 1-4 mark and go on to the next, 0 takes the mark away, arrows walk.
  const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-marks] tbody tr");
    if (!row || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.body.dataset.shortcuts === "off") return;
    const radio = /^[0-4]$/.test(event.key) && row.querySelector(`[data-key="${event.key}"]`);
    if (radio) radio.checked = true;
    else if (!(event.key in STEPS)) return;
    const rows = [...row.parentElement.rows];
    const next = rows[rows.indexOf(row) + (radio ? 1 : STEPS[event.key])];
    const to = next ? next.querySelector("input:checked") : radio && row.closest("form").querySelector("button");
    to?.focus();
    event.preventDefault();
  });
  for (const help of document.querySelectorAll("[data-needs-script]")) help.hidden = false;

  // --- A row that was dealt with may be gone: whoever works down the list goes on with the one in its place.
  let place = -1;
  const bodies = () => [...document.querySelectorAll(".rows tbody")];
  document.addEventListener("submit", (event) => { place = bodies().indexOf(event.target.closest(".rows tbody")); });
  document.addEventListener("htmx:after:swap", () => {
    const left = bodies();
    const here = left[Math.min(place, left.length - 1)];
    if (place >= 0 && document.activeElement === document.body) {
      (here?.querySelector(".date input") ?? here?.querySelector("a[href]") ?? document.getElementById("main")).focus();
    }
    place = -1;
  });

  // --- Errors: the summary takes focus (autofocus does it on a whole page), and its links lead to the first field of a group.
  const announce = () => document.querySelector(".error-summary")?.focus();
  document.addEventListener("htmx:after:swap", announce);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (link === null) return;
    const target = document.getElementById(link.hash.slice(1));
    const field = target?.matches("input, select, textarea") ? target : target?.querySelector("input");
    if (!field) return;
    event.preventDefault();
    field.focus();
  });

  // --- Dates: a whole date pasted or typed into the day fills all three fields.
  function parts(text) {
    const found = /^\s*(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4}|\d{2})\s*$/.exec(text)
      ?? /^\s*(\d{2})(\d{2})(\d{4}|\d{2})\s*$/.exec(text);
    if (found === null) return null;
    const [, day, month, year] = found;
    if (year.length === 4) return [day, month, year];
    return [day, month, (Number(year) < 70 ? "20" : "19") + year];
  }

  function fill(group, values) {
    group.querySelectorAll("input").forEach((input, place) => {
      input.value = values[place];
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  const isDay = (target) => target.matches?.(".date input") && target === target.closest(".date").querySelector("input");

  document.addEventListener("paste", (event) => {
    if (!isDay(event.target)) return;
    const values = parts(event.clipboardData.getData("text"));
    if (values === null) return;
    event.preventDefault();
    fill(event.target.closest(".date"), values);
  });
  document.addEventListener("focusout", (event) => {
    if (!isDay(event.target)) return;
    const values = parts(event.target.value);
    if (values !== null) fill(event.target.closest(".date"), values);
  });

  // --- The text of a chosen file goes into the field that it names.
  document.addEventListener("change", async ({ target }) => {
    const field = document.getElementById(target.dataset.into);
    if (field !== null) field.value = await target.files[0].text();
  });

  // --- "I dag" is only there when this file is; the page says which day it is, else the computer.
  function showTodayButtons() {
    for (const button of document.querySelectorAll(".date button[hidden]")) button.hidden = false;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".date button");
    if (button === null) return;
    const now = new Date();
    const local = [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-");
    const [year, month, day] = (button.dataset.today || local).split("-");
    fill(button.closest(".date"), [String(Number(day)), String(Number(month)), year]);
  });
  document.addEventListener("htmx:after:swap", showTodayButtons);

  showTodayButtons();
})();
