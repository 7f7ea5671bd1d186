/** A report: its claims light up under the pointer, open beside the text, and follow one another by keyboard. */

import { el, tell } from "/static/js/kit.js";
import { colourSides } from "/static/js/sides.js";

const text = document.getElementById("text");
const cards = document.getElementById("cards");
const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
const hover = document.getElementById("hover");
const starts = [...text.querySelectorAll(".start[data-claim]")];
const MOST_HOVERED = 3;

/** Runs of the text by the claim they belong to. */
const runs = new Map();
for (const run of text.querySelectorAll(".run[data-claims]")) {
  for (const claim of claimsOf(run)) runs.set(claim, [...(runs.get(claim) || []), run]);
}

let current = -1;
let lit = [];
let asking = null;

function claimsOf(run) {
  return run.dataset.claims.split(" ").filter(Boolean);
}

function card(claim) {
  return document.getElementById(`card-${claim}`);
}

/** Mark the words and the card of claims, and no others. */
function light(claims) {
  for (const element of lit) element.classList.remove("lit");
  lit = claims.flatMap((claim) => [...(runs.get(claim) || []), card(claim)]).filter(Boolean);
  for (const element of lit) element.classList.add("lit");
}

/** Show the cards of claims beside what they were called from. */
function show(claims, near) {
  const copies = claims.slice(0, MOST_HOVERED).map((claim) => card(claim)).filter(Boolean).map((one) => copied(one));
  if (!copies.length) return hide();
  if (claims.length > MOST_HOVERED) copies.push(el("p", { className: "soft" }, `and ${claims.length - MOST_HOVERED} more`));
  hover.replaceChildren(...copies);
  hover.hidden = false;
  const box = near.getClientRects()[0] || near.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left), innerWidth - hover.offsetWidth - 8);
  const below = box.bottom + 8 + hover.offsetHeight < innerHeight;
  hover.style.left = `${left + scrollX}px`;
  hover.style.top = `${(below ? box.bottom + 8 : box.top - hover.offsetHeight - 8) + scrollY}px`;
}

function copied(one) {
  const copy = el("div", { className: one.className.replace("lit", "") });
  copy.append(...[...one.cloneNode(true).childNodes]);
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  return copy;
}

function hide() {
  hover.hidden = true;
}

/** The claims under a run that are shown, the shortest first: what is inside others is meant. */
function meant(run) {
  const shown = claimsOf(run).filter((claim) => !isHidden(claim));
  return shown.sort((one, other) => lengthOf(one) - lengthOf(other));
}

function lengthOf(claim) {
  return (runs.get(claim) || []).reduce((sum, run) => sum + run.textContent.length, 0);
}

function isHidden(claim) {
  const one = card(claim);
  return !one || ["control", "event", "obligation"].some((kind) => one.classList.contains(kind) && text.classList.contains(`hide-${kind}`));
}

/** Open a claim beside the text: what it says, how it was read, what follows from it. */
async function open(claim) {
  if (asking) asking.abort();
  asking = new AbortController();
  const start = text.querySelector(`.start[data-claim="${claim}"]`);
  try {
    const answer = await fetch(start.getAttribute("href"), { signal: asking.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // our own page: scripts in it never run
    body.replaceChildren(document.importNode(page.querySelector(".claim-told"), true));
    panel.hidden = false;
    panel.parentElement.scrollTop = 0;
    body.scrollTop = 0;
    colourSides(body);
    light([claim]);
    body.focus({ preventScroll: true });
    history.replaceState(null, "", `#claim-${claim}`);
  } catch (error) {
    if (error.name !== "AbortError") tell(`The claim could not be opened: ${error.message}`);
  }
}

function close() {
  hide();
  if (panel.hidden) return;
  panel.hidden = true;
  light([]);
  if (starts[current]) starts[current].focus();
}

/** Go so many claims on, over those whose kind is not shown. */
function step(by) {
  let next = current;
  do next += by; while (starts[next] && isHidden(starts[next].dataset.claim));
  if (!starts[next]) return tell(by > 0 ? "That was the last claim." : "That was the first claim.");
  go(next);
}

function go(number) {
  if (starts[current]) starts[current].classList.remove("current");
  current = number;
  const start = starts[current];
  start.classList.add("current");
  start.focus({ preventScroll: true });
  start.scrollIntoView({ block: "center" });
  light([start.dataset.claim]);
  card(start.dataset.claim)?.scrollIntoView({ block: "nearest" });
}

text.addEventListener("pointerover", (event) => {
  const over = event.target.closest(".run[data-claims], .start[data-claim]");
  if (!over || event.pointerType === "touch") return;
  const claims = over.dataset.claim ? [over.dataset.claim] : meant(over);
  light(claims);
  show(claims, over);
});
text.addEventListener("pointerout", (event) => {
  if (!event.relatedTarget?.closest?.("#text .run, #text .start")) { hide(); if (panel.hidden) light([]); }
});
text.addEventListener("focusin", (event) => {
  const start = event.target.closest(".start[data-claim]");
  if (!start) return;
  current = starts.indexOf(start);
  light([start.dataset.claim]);
  show([start.dataset.claim], start);
});
text.addEventListener("focusout", hide);
text.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const over = event.target.closest(".run[data-claims], .start[data-claim]");
  if (!over || String(getSelection())) return;
  const [claim] = over.dataset.claim ? [over.dataset.claim] : meant(over);
  if (!claim) return;
  event.preventDefault();
  hide();
  current = starts.findIndex((start) => start.dataset.claim === claim);
  open(claim);
});
cards.addEventListener("click", (event) => {
  const link = event.target.closest(".what");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { claim } = link.closest("[data-claim]").dataset;
  go(starts.findIndex((start) => start.dataset.claim === claim));
  hide();
  open(claim);
});
cards.addEventListener("pointerover", (event) => {
  const over = event.target.closest("[data-claim]");
  if (over) light([over.dataset.claim]);
});
document.getElementById("close").addEventListener("click", close);
addEventListener("scroll", hide, { passive: true });
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const keys = { j: () => step(1), k: () => step(-1), Escape: close };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
for (const box of document.querySelectorAll(".show-kind")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const place of [text, cards]) place.classList.toggle(`hide-${box.value}`, !box.checked);
    hide();
  });
}

const asked = starts.findIndex((start) => `#${start.id}` === location.hash);
if (asked >= 0) go(asked);
