/** Two days compared: the control, and the list of what changed between them. */

import { swatch } from "../colours.js";
import { el } from "../kit.js";
import { holderName } from "./words.js";

const MOST = 100; // places listed at once
const id = (name) => document.getElementById(name);

/** Put up the comparison; gives `{toggle}`. */
export function setUpComparison(atlas) {
  const changes = new Changes(atlas);
  atlas.hear("world compare day colours", (_, what) => changes.show(what));
  id("compare-form").addEventListener("submit", (event) => {
    event.preventDefault();
    id("compare").open = false;
    atlas.compareWith(id("compare-day").value, new FormData(id("compare-form")).get("how"));
    id("live").textContent = changes.summary();
  });
  id("compare-end").addEventListener("click", () => changes.end());
  id("compare").addEventListener("toggle", () => { if (id("compare").open) changes.propose(); });
  return changes;
}

class Changes {
  constructor(atlas) {
    this.atlas = atlas;
    this.limit = MOST;
    this.standings = false;
  }

  /** Open the control, or end a comparison. */
  toggle() {
    if (this.atlas.state.compare) this.end();
    else {
      id("compare").open = true;
      id("compare-day").focus();
    }
  }

  end() {
    id("compare").open = false;
    if (this.atlas.state.compare) this.atlas.compareWith(null);
  }

  /** The day before the last change, where none is compared with yet. */
  propose() {
    const { timeline, day, state } = this.atlas;
    if (!timeline) return;
    const last = timeline.change(day + 1, -1);
    const proposed = last === null ? timeline.first : Math.max(timeline.first, last - 1);
    id("compare-day").value = state.compare ?? timeline.day(proposed);
    for (const radio of document.querySelectorAll("[name=how]")) radio.checked = radio.value === state.how;
  }

  summary() {
    const { state, timeline, then, picture, day } = this.atlas;
    if (!then) return "";
    const count = timeline.differing(then, picture).length;
    const [first, last] = [state.compare, timeline.day(day)].sort();
    return `${count.toLocaleString("en")} ${count === 1 ? "place has" : "places have"} another holder on ${last} than on ${first}.`;
  }

  show(what) {
    const { state } = this.atlas;
    const panel = id("changes");
    id("compare").classList.toggle("on", Boolean(state.compare));
    id("compare-told").textContent = state.compare ? `Compared with ${state.compare}` : "Compare";
    id("compare-end").disabled = !state.compare;
    panel.hidden = !state.compare;
    if (what !== "day") this.limit = MOST;
    clearTimeout(this.waiting);
    if (state.compare) this.waiting = setTimeout(() => this.#list(panel), what === "day" ? 120 : 0);
  }

  #list(panel) {
    const { atlas } = this;
    if (!atlas.then) return;
    const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.keep : null;
    const found = atlas.timeline.differing(atlas.then, atlas.picture, this.standings);
    const close = el("button", { type: "button", class: "close", "aria-label": "End the comparison", dataset: { keep: "end" }, onclick: () => this.end() }, "✕");
    const both = el("input", { type: "checkbox", checked: this.standings, dataset: { keep: "both" }, onchange: (event) => this.#also(event, panel) });
    const more = found.length > this.limit
      ? el("button", { type: "button", dataset: { keep: "more" }, onclick: () => this.#more(panel) }, `Show ${Math.min(MOST, found.length - this.limit)} more`)
      : null;
    panel.replaceChildren(
      el("div", { class: "top-row" }, el("h2", {}, "What changed"), close),
      el("p", {}, this.summary()),
      el("p", {}, el("label", {}, both, "changes of standing too")),
      el("ul", {}, found.slice(0, this.limit).map((place) => this.#row(place))),
      more ?? "",
    );
    if (focused) panel.querySelector(`[data-keep="${CSS.escape(focused)}"]`)?.focus();
  }

  #row(place) {
    const { atlas } = this;
    const button = el("button", { type: "button", class: "link", dataset: { keep: `place-${place}` }, onclick: () => atlas.choose(place, { show: true }) },
      el("bdi", {}, atlas.timeline.places.name[place]));
    const [earlier, later] = atlas.timeline.number(atlas.state.compare) <= atlas.day ? [atlas.then, atlas.picture] : [atlas.picture, atlas.then];
    return el("li", {}, button, el("br", {}), ...this.#side(earlier[place]), " → ", ...this.#side(later[place]));
  }

  #side(span) {
    const told = this.atlas.timeline.told(span);
    const colour = this.atlas.colourOf(span);
    return [swatch(told?.side?.key ?? null, told?.standing, colour), " ", el("bdi", {}, holderName(told)), told ? `, ${told.standing}` : ""];
  }

  #also(event, panel) {
    this.standings = event.target.checked;
    this.#list(panel);
  }

  #more(panel) {
    this.limit += MOST;
    this.#list(panel);
  }
}
