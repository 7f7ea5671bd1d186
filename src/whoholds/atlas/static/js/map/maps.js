/** The map on the screen, or two of them: one day, two side by side, or one over the other with a handle between. */

import { leaflet as L } from "/lib/leaflet/index.js";
import { el } from "../kit.js";
import { DayLayer } from "./layer.js";
import { oneLine, incidentLine } from "./words.js";

const FULL = { minZoom: 2, maxZoom: 17, zoomSnap: 0.5, attributionControl: true, worldCopyJump: false };

/** Put up the map; gives `{focus}`. */
export function setUpMaps(atlas) {
  const maps = new Maps(atlas);
  atlas.hear("world day compare layers hidden colours place", (detail, what) => maps.changed(what, detail));
  atlas.hear("view", () => maps.look());
  atlas.hear("list", () => maps.resized());
  document.addEventListener("theme", () => maps.retone());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => maps.retone());
  return maps;
}

class Maps {
  constructor(atlas) {
    this.atlas = atlas;
    this.frames = { now: document.getElementById("frame"), then: document.getElementById("frame-then") };
    this.now = this.#map("map", "The map of the day");
    this.layer = new DayLayer({ pane: "overlayPane" }).addTo(this.now);
    this.other = null; // the layer of the earlier day, on the second map or over this one
    this.second = null;
    this.handle = document.getElementById("swipe");
    this.looked = false;
    this.tones = tones(this.now);
    this.#handle();
    new ResizeObserver(() => this.resized()).observe(document.getElementById("maps"));
  }

  #map(id, label) {
    const element = document.getElementById(id);
    const map = L.map(element, { ...FULL, center: [30, 30], zoom: 3 });
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", `${label}; the list has the same in words`);
    map.attributionControl.setPrefix("Leaflet");
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    const { tiles, tileCredit } = document.getElementById("map").dataset;
    if (tiles) L.tileLayer(tiles, { maxZoom: 19, pane: "tilePane" }).addTo(map);
    if (tiles && tileCredit) map.attributionControl.addAttribution(escaped(tileCredit));
    const hover = el("div", { class: "hover", hidden: true });
    element.parentElement.append(hover);
    map.on("mousemove", (event) => this.#hover(map, hover, event));
    map.on("mouseout movestart", () => { hover.hidden = true; });
    map.on("click", (event) => this.#click(map, event));
    map.on("moveend", () => this.#moved(map));
    return map;
  }

  changed(what, { show = false } = {}) {
    const { atlas } = this;
    if (what === "world") {
      for (const layer of [this.layer, this.other]) layer?.setWorld(atlas.world);
      if (!this.looked && atlas.timeline.size) this.look();
      this.#credit();
    }
    if (what === "world" || what === "compare") this.#arrange();
    if (what === "place" && show) this.#reveal();
    this.draw();
    if (what === "world" && !performance.getEntriesByName("whoholds:painted").length) performance.mark("whoholds:painted");
  }

  draw() {
    const { atlas } = this;
    if (!atlas.world) return;
    const day = atlas.timeline.day(atlas.day);
    document.getElementById("day-now").textContent = atlas.timeline.size ? day : "";
    const differing = atlas.then ? atlas.timeline.differing(atlas.then, atlas.picture) : [];
    this.layer.show(this.#frame(atlas.picture, atlas.happened, differing));
    if (!this.other || !atlas.then) return;
    const then = atlas.timeline.number(atlas.state.compare);
    for (const id of ["day-then", "day-left"]) document.getElementById(id).textContent = atlas.state.compare;
    const happened = atlas.layers.has("incidents") ? atlas.world.incidents.within(then, atlas.state.days) : [];
    this.other.show(this.#frame(atlas.then, happened, differing));
  }

  #frame(picture, incidents, marked) {
    const { atlas } = this;
    const layers = Object.fromEntries(["places", "boundaries", "cells", "incidents"].map((name) => [name, atlas.layers.has(name)]));
    const { palette, hidden } = atlas;
    const unknown = palette.at(-1);
    return { picture, incidents, marked, layers, palette, unknown, hidden, tones: this.tones, chosen: atlas.place };
  }

  /** Look where the address says, else at the chosen place, else at all places. */
  look() {
    const { state, timeline, place } = this.atlas;
    this.looked = true;
    if (state.at) this.now.setView([state.at[0], state.at[1]], state.at[2], { animate: false });
    else if (place !== null && timeline.places.lat[place] !== null) this.#reveal();
    else if (timeline) this.now.fitBounds(around(timeline.places), { padding: [40, 40], maxZoom: 8, animate: false });
  }

  retone() {
    this.tones = tones(this.now);
    this.draw();
  }

  resized() {
    for (const map of [this.now, this.second]) if (map?.getContainer().offsetParent) map.invalidateSize({ animate: false });
    this.#clip();
  }

  #reveal() {
    const { places } = this.atlas.timeline;
    const { place } = this.atlas;
    if (place === null || places.lat[place] === null) return;
    const point = [places.lat[place], places.lon[place]];
    const zoom = Math.max(this.now.getZoom(), 8);
    if (!this.now.getBounds().pad(-0.1).contains(point) || this.now.getZoom() < 6) this.now.setView(point, zoom, { animate: false });
  }

  /** Put the layer of the earlier day where the way of comparing wants it. */
  #arrange() {
    const { state } = this.atlas;
    const beside = Boolean(state.compare) && state.how === "beside";
    const swipe = Boolean(state.compare) && state.how === "swipe";
    this.other?.remove();
    this.other = null;
    this.frames.then.hidden = !beside;
    this.handle.hidden = document.getElementById("day-left").hidden = !swipe;
    document.getElementById("maps").classList.toggle("two", beside);
    for (const pane of ["overlayPane", "swipePane"]) if (this.now.getPane(pane)) this.now.getPane(pane).style.clipPath = "";
    if (beside) this.#beside();
    if (swipe) this.#swipe();
    this.resized();
  }

  #beside() {
    this.second ??= this.#twin();
    this.second.invalidateSize({ animate: false });
    this.now.invalidateSize({ animate: false });
    this.second.setView(this.now.getCenter(), this.now.getZoom(), { animate: false });
    this.other = new DayLayer();
    this.other.setWorld(this.atlas.world);
    this.other.addTo(this.second);
  }

  #twin() {
    const twin = this.#map("map-then", "The map of the other day");
    const follow = (from, to) => from.on("move", () => {
      if (this.following || !this.other || to.getContainer().offsetParent === null) return;
      this.following = true;
      to.setView(from.getCenter(), from.getZoom(), { animate: false });
      this.following = false;
    });
    follow(this.now, twin);
    follow(twin, this.now);
    return twin;
  }

  #swipe() {
    if (!this.now.getPane("swipePane")) this.now.createPane("swipePane").style.zIndex = 401;
    this.other = new DayLayer({ pane: "swipePane" });
    this.other.setWorld(this.atlas.world);
    this.other.addTo(this.now);
    if (!this.clipped) this.now.on("move zoomend viewreset", () => this.#clip());
    this.clipped = true;
    this.#clip();
  }

  /** Show the earlier day left of the handle, the day of the map right of it. */
  #clip() {
    if (this.handle.hidden || !this.now.getPane("swipePane")) return;
    const size = this.now.getSize();
    const at = (size.x * Number(this.handle.getAttribute("aria-valuenow"))) / 100;
    const [from, to] = [this.now.containerPointToLayerPoint([0, 0]), this.now.containerPointToLayerPoint(size)];
    const middle = this.now.containerPointToLayerPoint([at, 0]).x;
    const box = (left, right) => `polygon(${left}px ${from.y}px, ${right}px ${from.y}px, ${right}px ${to.y}px, ${left}px ${to.y}px)`;
    this.now.getPane("swipePane").style.clipPath = box(from.x, middle);
    this.now.getPane("overlayPane").style.clipPath = box(middle, to.x);
    this.handle.style.left = `${at}px`;
    const { compare } = this.atlas.state;
    this.handle.setAttribute("aria-valuetext", `${this.handle.getAttribute("aria-valuenow")} percent show ${compare}`);
  }

  #handle() {
    const { handle } = this;
    const move = (share) => {
      handle.setAttribute("aria-valuenow", String(Math.round(Math.max(0, Math.min(100, share)))));
      this.#clip();
    };
    const steps = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };
    handle.addEventListener("keydown", (event) => {
      if (!(event.key in steps)) return;
      event.preventDefault();
      event.stopPropagation();
      move(Number(handle.getAttribute("aria-valuenow")) + steps[event.key] * (event.shiftKey ? 5 : 1));
    });
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
      handle.focus();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = this.frames.now.getBoundingClientRect();
      move(((event.clientX - box.left) / box.width) * 100);
    });
  }

  #layerAt(map, point) {
    if (map === this.second) return this.other;
    const share = Number(this.handle.getAttribute("aria-valuenow")) / 100;
    return !this.handle.hidden && point.x < map.getSize().x * share ? this.other : this.layer;
  }

  #hover(map, hover, event) {
    const layer = this.#layerAt(map, event.containerPoint);
    const found = this.atlas.world && layer?.at(event.containerPoint);
    map.getContainer().style.cursor = found ? "pointer" : "";
    hover.hidden = !found;
    if (!found) return;
    const picture = layer === this.other ? this.atlas.then : this.atlas.picture;
    hover.textContent = found.place === undefined ? incidentLine(this.atlas, found.incident) : oneLine(this.atlas, found.place, picture[found.place]);
    const { x, y } = event.containerPoint;
    const right = x > map.getSize().x * 0.6;
    hover.style.left = right ? "" : `${x + 14}px`;
    hover.style.right = right ? `${map.getSize().x - x + 14}px` : "";
    hover.style.top = `${y + 14}px`;
  }

  #click(map, event) {
    const found = this.atlas.world && this.#layerAt(map, event.containerPoint)?.at(event.containerPoint);
    if (!found) return;
    if (found.place !== undefined) this.atlas.choose(found.place);
    else this.atlas.tell("incident", { incident: found.incident });
  }

  #moved(map) {
    if (!this.atlas.world || !this.looked || map !== this.now) return;
    const { lat, lng } = map.getCenter();
    this.atlas.setView([Number(lat.toFixed(4)), Number(lng.toFixed(4)), map.getZoom()]);
  }

  #credit() {
    const sources = this.atlas.world.shapes.sources.map(escaped).join(", ");
    if (this.credited) this.now.attributionControl.removeAttribution(this.credited);
    this.credited = sources && `Shapes: ${sources}`;
    if (this.credited) this.now.attributionControl.addAttribution(this.credited);
  }
}

/** Leaflet puts attributions in as HTML: text must not become markup there. */
function escaped(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign]);
}

function around(places) {
  const known = places.lat.map((lat, n) => [lat, places.lon[n]]).filter(([lat]) => lat !== null);
  return known.length ? L.latLngBounds(known).pad(0.05) : L.latLngBounds([[-30, -20], [60, 60]]);
}

function tones(map) {
  const style = getComputedStyle(map.getContainer());
  const tone = (name) => style.getPropertyValue(name).trim();
  const tiles = Boolean(document.getElementById("map").dataset.tiles);
  return { land: tone("--land"), shore: tone("--shore"), ink: tone("--ink"), accent: tone("--accent"), tiles };
}
