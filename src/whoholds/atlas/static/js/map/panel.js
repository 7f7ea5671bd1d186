/** The place that was clicked or found: who holds it on the day, since when, over time, and on whose word. */

import { colourOf, swatch } from "../colours.js";
import { ask, el, link } from "../kit.js";
import { history } from "./history.js";
import { holderName, incidentLine, kind, since, STANDINGS } from "./words.js";
import { duties, words } from "./wording.js";

const WAIT = 250; // ms that a day must stand before its words are asked for
const SHOWN = 12; // incidents
const DUTIES = 1000; // as many as the API tells at once

/** Put up the panel; gives `{close}`. */
export function setUpPanel(atlas) {
  const panel = new Panel(atlas);
  atlas.hear("place", ({ show }) => panel.place(show));
  atlas.hear("world colours compare", () => panel.place(false, true));
  atlas.hear("day", () => panel.day());
  atlas.hear("incident", ({ incident }) => panel.incident(incident));
  return panel;
}

class Panel {
  constructor(atlas) {
    this.atlas = atlas;
    this.element = document.getElementById("panel");
    this.asking = null;
    this.shown = null;
    this.told = null;
  }

  /** Another place, or with `same` the same one anew. */
  place(focus = false, same = false) {
    const { atlas } = this;
    if (atlas.place === null) {
      if (!same || this.shown !== "incident") this.#hide();
      return;
    }
    if (same && this.told && !this.element.hidden && this.shown !== "incident") return this.day();
    this.shown = null;
    this.element.hidden = false;
    this.told = el("div", {});
    this.claims = el("section", { "aria-label": "Words" });
    this.owed = el("section", { "aria-label": "Duties" });
    this.element.replaceChildren(this.told, this.claims, this.owed);
    this.day();
    if (!same) this.element.parentElement.scrollTop = 0;
    if (focus) this.element.focus({ preventScroll: !matchMedia("(max-width: 760px)").matches });
  }

  /** Another day: what the browser knows at once, the words when it stands still. */
  day() {
    const { atlas } = this;
    if (atlas.place === null || this.element.hidden) return;
    const focused = document.activeElement;
    const kept = this.told.contains(focused) ? focused.dataset.keep : null;
    this.told.replaceChildren(...this.#known());
    if (kept) this.told.querySelector(`[data-keep="${kept}"]`)?.focus();
    const { published_by, recorded_by } = atlas.state;
    const what = [atlas.place, atlas.picture[atlas.place], published_by, recorded_by, atlas.timeline.seq].join();
    if (what === this.shown) return;
    this.shown = what;
    clearTimeout(this.waiting);
    this.claims.setAttribute("aria-busy", "true");
    this.waiting = setTimeout(() => this.#ask(), WAIT);
  }

  /** An incident that was clicked. */
  incident(one) {
    const { atlas } = this;
    const { incidents } = atlas.world;
    if (atlas.place !== null) atlas.choose(null);
    this.shown = "incident";
    const place = incidents.place[one];
    this.element.hidden = false;
    this.element.replaceChildren(
      this.#head(incidents.types[incidents.type[one]].toLowerCase(), "incident"),
      el("p", {}, incidentLine(atlas, one)),
      el("p", {}, el("a", { href: this.#link(`/incidents/${encodeURIComponent(incidents.id[one])}`) }, "Who tells of it, and in which words")),
      place === -1 || place === null ? null : el("p", {}, this.#jump(place)),
    );
    this.element.focus({ preventScroll: true });
  }

  close() {
    if (this.element.hidden) return false;
    if (this.atlas.place !== null) this.atlas.choose(null);
    this.#hide();
    document.getElementById("finder").focus();
    return true;
  }

  #hide() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.element.hidden = true;
    this.shown = null;
  }

  #head(name, words) {
    const close = el("button", { type: "button", class: "close", "aria-label": "Close", dataset: { keep: "close" }, onclick: () => this.close() }, "✕");
    return el("div", { class: "top-row" }, el("div", {}, el("h2", {}, el("bdi", {}, name)), el("p", { class: "soft" }, words)), close);
  }

  #known() {
    const { atlas } = this;
    const { timeline, place, day } = atlas;
    const span = atlas.picture[place];
    const told = timeline.told(span);
    const parts = [this.#head(timeline.places.name[place], kind(timeline, place))];
    parts.push(el("p", { class: "soft" }, `on ${timeline.day(day)}`));
    parts.push(el("p", { class: "holder" }, swatch(told?.side?.key ?? null, told?.standing, told ? atlas.colourOf(span) : colourOf(null)),
      el("strong", {}, el("bdi", {}, holderName(told))), told ? el("span", { class: "tag" }, told.standing) : null));
    if (told) parts.push(el("p", {}, `${capital(since(timeline, told))}. ${sentence(told.standing)}`));
    else parts.push(el("p", {}, "Nothing is known of it on this day."));
    if (told?.inherited !== null && told) parts.push(el("p", {}, "Told of ", this.#jump(told.inherited), ", in which it lies."));
    if (atlas.then) parts.push(this.#compared(atlas.then[place]));
    parts.push(...history(atlas, place));
    parts.push(el("p", {}, el("a", { href: this.#link(`/places/${encodeURIComponent(timeline.places.key[place])}`) }, "All that is told of this place")));
    parts.push(...this.#incidents(place));
    return parts;
  }

  #compared(span) {
    const { timeline, state } = this.atlas;
    const told = timeline.told(span);
    return el("p", {}, `On ${state.compare}: `, el("bdi", {}, holderName(told)), told ? `, ${told.standing}` : "");
  }

  #incidents(place) {
    const found = this.atlas.world.incidents.of(place, this.atlas.day, SHOWN);
    if (!found.length) return [];
    const rows = found.map((one) => el("li", {}, el("a", { href: this.#link(`/incidents/${encodeURIComponent(this.atlas.world.incidents.id[one])}`) }, incidentLine(this.atlas, one))));
    return [el("h3", {}, found.length === SHOWN ? `Last ${SHOWN} incidents here` : "Incidents here"), el("ul", {}, rows)];
  }

  #jump(place) {
    return el("button", { type: "button", class: "link", onclick: () => this.atlas.choose(place, { show: true }) }, el("bdi", {}, this.atlas.timeline.places.name[place]));
  }

  #link(path) {
    const { on, published_by, recorded_by } = this.atlas.state;
    return link(path, { on, published_by, recorded_by });
  }

  async #ask() {
    const { atlas } = this;
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const { published_by, recorded_by } = atlas.state;
    const key = atlas.timeline.places.key[atlas.place];
    const query = { on: atlas.timeline.day(atlas.day), published_by, recorded_by };
    const [told] = await Promise.allSettled([ask(link(`/api/places/${encodeURIComponent(key)}`, query), { signal: asking.signal })]);
    if (asking.signal.aborted) return;
    this.claims.removeAttribute("aria-busy");
    this.claims.replaceChildren(...(told.status === "fulfilled" ? words(told.value, atlas.state) : failed("words", told.reason)));
    this.#owe(key, query);
  }

  /** Duties are asked for when they are wanted: the API tells those of all places. */
  #owe(key, query) {
    const body = el("div", { "aria-live": "polite" }, "…");
    const open = this.owed.querySelector("details")?.open ?? false;
    const details = el("details", {}, el("summary", {}, "Duties here"), body);
    details.addEventListener("toggle", async () => {
      if (!details.open || details.dataset.asked) return;
      details.dataset.asked = "yes";
      const [told] = await Promise.allSettled([ask(link("/api/undertakings", { ...query, all: true, limit: DUTIES }))]);
      body.replaceChildren(...(told.status === "fulfilled" ? duties(told.value, key, this.atlas.state) : failed("duties", told.reason)));
    });
    this.owed.replaceChildren(details);
    details.open = open;
  }
}

function sentence(standing) {
  return `${capital(standing)}: ${STANDINGS[standing] ?? ""}.`;
}

function capital(words) {
  return `${words[0].toUpperCase()}${words.slice(1)}`;
}

function failed(what, reason) {
  const why = reason instanceof TypeError ? "the server does not answer" : reason.message;
  return [el("p", { class: "soft" }, `The ${what} could not be told: ${why}.`)];
}
