/**
 * The state of the page and what follows from it. The parts of the page ask it for something (`setDay`, `choose`, `compareWith`…)
 * and hear of what changed: `world` (other data), `day`, `place`, `compare`, `layers`, `colours`, `hidden`, `list`.
 */

import { colours } from "../colours.js";
import { ask, link } from "../kit.js";
import { Incidents } from "./incidents.js";
import { Shapes } from "./shapes.js";
import { fromAddress, toAddress } from "./state.js";
import { Timeline } from "./timeline.js";

const KEPT = 4; // timelines of other states of knowledge that are kept
const CELLS_FROM = 100; // with fewer settlements a cell is mostly ground of which nobody has told anything

export class Atlas extends EventTarget {
  constructor() {
    super();
    this.state = fromAddress();
    this.hidden = new Set();
    this.world = null;
    this.day = 0;
    this.place = null;
    this.then = null;
    this.worlds = new Map();
  }

  get timeline() {
    return this.world?.timeline ?? null;
  }

  get isNow() {
    return !this.state.published_by && !this.state.recorded_by;
  }

  /** Take the data of the state of knowledge asked for. Raises Told, or TypeError where the server is gone. */
  async load({ fresh = false } = {}) {
    const key = JSON.stringify([this.state.published_by, this.state.recorded_by]);
    if (fresh) this.worlds.clear();
    const world = this.worlds.get(key) ?? (await this.#fetched());
    this.worlds.delete(key);
    this.worlds.set(key, world);
    if (this.worlds.size > KEPT) this.worlds.delete(this.worlds.keys().next().value);
    if (key !== JSON.stringify([this.state.published_by, this.state.recorded_by])) return; // asked for another meanwhile
    this.world = world;
    this.#entered();
    world.rest ??= this.#add(world);
    await world.rest;
  }

  async #fetched() {
    const { published_by, recorded_by } = this.state;
    const clocks = { published_by, recorded_by };
    const timeline = new Timeline(await ask(link("/data/timeline", clocks)));
    const world = { timeline, shapes: new Shapes(null, timeline), incidents: new Incidents(null, timeline), missing: [] };
    return world;
  }

  /** What may come after the holders are painted: shapes first, since incidents can be many. */
  async #add(world) {
    await new Promise((then) => setTimeout(then));
    const { published_by, recorded_by } = this.state;
    const { timeline } = world;
    for (const [name, words, Kind] of [["shapes", "outlines and boundaries", Shapes], ["incidents", "incidents", Incidents]]) {
      try {
        world[name] = new Kind(await ask(link(`/data/${name}`, { published_by, recorded_by })), timeline);
      } catch {
        world.missing.push(words);
      }
      if (this.world === world) this.#entered();
    }
  }

  #entered() {
    const { timeline, shapes } = this.world;
    this.layers = this.state.layers ?? usualLayers(shapes);
    this.place = timeline.index.get(this.state.place) ?? null;
    this.day = timeline.number(this.state.on ?? timeline.day(timeline.latest ?? timeline.last));
    this.#mixColours();
    this.#draw();
    this.tell("world");
  }

  /** Another day on the ground, by number; days before the first and after the last count as these. */
  setDay(day, { step = false, playing = false } = {}) {
    const { timeline } = this;
    if (!timeline) return;
    const within = Math.max(timeline.first, Math.min(timeline.last, day));
    const began = performance.now();
    const before = this.picture;
    this.day = within;
    this.state.on = timeline.day(within);
    this.#draw();
    this.tell("day", { before, playing });
    measure(began);
    toAddress(this.state, { step });
  }

  /** Choose a place by number; null for none. */
  choose(place, { step = true, show = false } = {}) {
    this.place = place;
    this.state.place = place === null ? null : this.timeline.places.key[place];
    this.tell("place", { show });
    toAddress(this.state, { step });
  }

  /** Compare with another day (YYYY-MM-DD), `beside` or by `swipe`; null ends it. */
  compareWith(day, how = this.state.how) {
    Object.assign(this.state, { compare: day, how });
    this.#draw();
    this.tell("compare");
    toAddress(this.state, { step: true });
  }

  /** Another state of knowledge: days (YYYY-MM-DD) or null. */
  async setClocks(published_by, recorded_by) {
    Object.assign(this.state, { published_by, recorded_by });
    toAddress(this.state, { step: true });
    await this.load();
  }

  setLayers(layers, days) {
    this.layers = layers;
    this.state.layers = layers;
    this.state.days = days;
    this.#draw();
    this.tell("layers");
    toAddress(this.state);
  }

  /** Hide or show what a side holds: its number, `nobody` or `unknown`. */
  toggle(side) {
    if (!this.hidden.delete(side)) this.hidden.add(side);
    this.tell("hidden");
  }

  setList(list) {
    this.state.list = list;
    this.tell("list");
    toAddress(this.state, { step: true });
  }

  /** Where the map looks: latitude, longitude, zoom. */
  setView(at) {
    this.state.at = at;
    toAddress(this.state);
  }

  recolour() {
    if (!this.world) return;
    this.#mixColours();
    this.tell("colours");
  }

  /** After going back or forward: what the address asks for. */
  async restore() {
    const before = this.state;
    this.state = fromAddress();
    const same = before.published_by === this.state.published_by && before.recorded_by === this.state.recorded_by;
    if (same && this.world) this.#entered();
    else await this.load();
    for (const what of ["place", "compare", "layers", "list", "view"]) this.tell(what, {});
  }

  /** The colours of an interval's side. */
  colourOf(span) {
    const side = span < 0 ? -1 : this.timeline.side[span];
    return side < 0 ? this.palette.at(-1) : this.palette[side];
  }

  tell(what, detail = {}) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  /** Hear of changes: several names with spaces between. */
  hear(names, then) {
    for (const name of names.split(" ")) this.addEventListener(name, (event) => then(event.detail, name));
  }

  #mixColours() {
    const found = colours(this.timeline.sides.map((side) => side.key));
    this.palette = [...this.timeline.sides.map((side) => found.get(side.key)), found.get(null)];
  }

  #draw() {
    const { timeline } = this;
    this.picture = timeline.on(this.day);
    this.then = this.state.compare ? timeline.on(timeline.number(this.state.compare)) : null;
    this.happened = this.layers.has("incidents") ? this.world.incidents.within(this.day, this.state.days) : [];
  }
}

/** Boundaries where they were imported, else cells where there are settlements enough. */
function usualLayers(shapes) {
  const cells = !shapes.boundaries.length && shapes.cells.length >= CELLS_FROM;
  return new Set(["places", "boundaries", "incidents", ...(cells ? ["cells"] : [])]);
}

let steps = 0;

/** Tell the browser's timeline how long a step took; the oldest are forgotten, for a page that is open all day. */
function measure(began) {
  if ((steps += 1) % 500 === 0) performance.clearMeasures("whoholds:step");
  performance.measure("whoholds:step", { start: began, end: performance.now() });
}
