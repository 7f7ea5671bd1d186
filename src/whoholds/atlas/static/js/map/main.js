/** The map's page, put together. */

import { oncolours } from "../colours.js";
import { el, tell, Told } from "../kit.js";
import { Atlas } from "./atlas.js";
import { setUpComparison } from "./changes.js";
import { setUpClocks } from "./clocks.js";
import { setUpFinder } from "./finder.js";
import { setUpKeys } from "./keys.js";
import { setUpLayers } from "./layers.js";
import { setUpLegend } from "./legend.js";
import { setUpMaps } from "./maps.js";
import { setUpPanel } from "./panel.js";
import { setUpTable } from "./table.js";
import { setUpTimeBar } from "./timebar.js";
import { keepWatch } from "./watch.js";
import { spoken } from "./words.js";

const AGAIN = 4000; // ms
const id = (name) => document.getElementById(name);
const atlas = new Atlas();

setUpMaps(atlas);
setUpLegend(atlas);
setUpLayers(atlas);
setUpTable(atlas);
setUpClocks(atlas, (published, recorded) => guarded(() => atlas.setClocks(published, recorded)));
const panel = setUpPanel(atlas);
const bar = setUpTimeBar(atlas);
const finder = setUpFinder(atlas);
const changes = setUpComparison(atlas);
setUpKeys({
  step: (days) => bar.step(days),
  month: (months) => bar.month(months),
  change: (direction) => bar.toChange(direction),
  play: () => bar.toggle(),
  find: () => finder.focus(),
  compare: () => changes.toggle(),
  list: () => atlas.setList(!atlas.state.list),
  close: () => closeDrop() || panel.close(),
});

id("copy-link").addEventListener("click", copyLink);
for (const drop of document.querySelectorAll("details.drop")) drop.addEventListener("toggle", () => closeOthers(drop));
addEventListener("popstate", () => guarded(() => atlas.restore()));
oncolours(() => atlas.recolour());
atlas.hear("world", told);
guarded(start);

async function start() {
  await atlas.load();
  if (atlas.state.list) atlas.tell("list");
  if (atlas.place !== null) atlas.tell("place", {});
  else if (atlas.state.place && atlas.timeline.size) tell("The place of this link is not known in this state of knowledge.");
  keepWatch(atlas, () => guarded(() => atlas.load({ fresh: true })));
}

/** Do something that asks the server; where it fails say so, with a way to try again. */
async function guarded(act) {
  id("maps").setAttribute("aria-busy", "true");
  try {
    await act();
    id("trouble").hidden = true;
  } catch (error) {
    if (error instanceof Told && error.status === 503) return later(act);
    trouble(error, act);
  } finally {
    id("maps").removeAttribute("aria-busy");
  }
}

/** The server works the data out for somebody else first: ask again until it is there. */
function later(act) {
  id("loading").hidden = false;
  id("loading").textContent = "The register is being worked out; this page asks again in a few seconds…";
  setTimeout(() => guarded(act), AGAIN);
}

function trouble(error, act) {
  const gone = error instanceof TypeError && !(error instanceof Told) && /fetch|network/i.test(error.message);
  if (!gone && !(error instanceof Told)) console.error(error);
  const words = gone ? "The server does not answer. Is whoholds still running?" : `${error.message}. ${error.hint ?? ""}`;
  id("loading").hidden = true;
  id("trouble").hidden = false;
  id("trouble").replaceChildren(words, el("button", { type: "button", onclick: () => guarded(act) }, "Try again"));
}

/** What there is, once the places are there. */
function told() {
  const { timeline, world } = atlas;
  id("loading").hidden = timeline.size > 0;
  if (!timeline.size) id("loading").replaceChildren(...empty());
  id("trouble").hidden = !world.missing.length;
  if (world.missing.length) id("trouble").textContent = `Not shown, because the server did not tell them: ${world.missing.join(", ")}.`;
  id("live").textContent = timeline.size ? `${timeline.size} places on ${spoken(timeline.day(atlas.day))}` : "No places yet";
}

function empty() {
  if (!atlas.isNow) return [el("h2", {}, "Nothing was known then"), el("p", {}, "No report of who holds a place had been published and recorded by that day.")];
  return [
    el("h2", {}, "No places yet"),
    el("p", {}, "This register holds no report of who holds a place. Reports go in with ", el("code", {}, "whoholds add"), "; the map then shows what they tell."),
  ];
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    tell("The link to this view is copied.");
  } catch {
    prompt("The link to this view:", location.href);
  }
}

function closeDrop() {
  const open = document.querySelector("details.drop[open]");
  if (!open) return false;
  open.open = false;
  open.querySelector("summary").focus();
  return true;
}

function closeOthers(drop) {
  if (drop.open) for (const other of document.querySelectorAll("details.drop[open]")) if (other !== drop) other.open = false;
}

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("details.drop")) for (const open of document.querySelectorAll("details.drop[open]")) open.open = false;
});
