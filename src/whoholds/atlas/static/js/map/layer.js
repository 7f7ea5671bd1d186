/**
 * A layer of Leaflet that draws a day on canvases of its own: the backdrop and the areas' pixels are worked out once for a view,
 * a day only colours them. It extends Leaflet's renderer, which moves and scales the container while the map is panned and zoomed.
 */

import { leaflet as L } from "/lib/leaflet/index.js";
import { Hits } from "./hits.js";
import { crowd, hidden, paint, Paints, Tints } from "./painting.js";
import { CELL, fill, markEdges, NUMBER } from "./raster.js";
import { changedPlaces, dirtyBoxes } from "./redraw.js";

const [LEAST, MOST] = [1.5, 7]; // radius of a place's sign, CSS pixels
const [APART, INSIDE] = [0.38, 0.26]; // the same as a share of how far places lie apart; inside coloured cells smaller
const NEAR = 12; // how far from a sign a finger or pointer still means it, CSS pixels

export const DayLayer = L.Renderer.extend({
  options: { padding: 0.12 },

  /** Show another world: `{timeline, shapes, incidents}`. */
  setWorld(world) {
    this._world = world;
    this._spacing = spacing(world.timeline.world);
    // The frame is one of the world before: its colours and intervals are counted otherwise, so nothing is drawn until the next.
    this._frame = this._paints = this._laid = this._drawn = null;
  },

  /** Show a day: `{picture, incidents, hidden, layers, palette, unknown, tones, chosen, marked}`. Gives nothing until on a map. */
  show(frame) {
    const before = this._frame;
    this._frame = frame;
    if (!this._map || !this._world) return;
    if (before?.palette !== frame.palette) this._paints = null;
    if (!this._laid || before?.tones !== frame.tones || areasKey(before) !== areasKey(frame)) this._lay();
    this._draw();
  },

  /** What lies at a point of the map's container: `{place}` or `{incident}`; null for nothing. */
  at(point) {
    const view = this._laid;
    if (!view || !this._frame) return null;
    const from = this._map.containerPointToLayerPoint(point).subtract(this._bounds.min).multiplyBy(view.ratio);
    const incident = this._frame.layers.incidents ? this._incidentAt(from, view) : -1;
    if (incident >= 0) return { incident };
    const place = this._frame.layers.places ? this._placeAt(from, view) : -1;
    if (place >= 0) return { place };
    const number = view.held ? view.held[Math.floor(from.y) * view.width + Math.floor(from.x)] & NUMBER : 0;
    if (!number || hidden(this._world.timeline, this._frame, this._frame.picture[number - 1])) return null;
    return { place: number - 1 };
  },

  _incidentAt(from, view) {
    const { incidents } = this._world;
    return this._frame.incidents.findLast((one) => {
      const reach = Math.max(6, incidents.radius(one)) * view.ratio;
      return Math.hypot(view.toX(incidents.world.x[one]) - from.x, view.toY(incidents.world.y[one]) - from.y) <= reach;
    }) ?? -1;
  },

  _placeAt(from, view) {
    const counts = (place) => !hidden(this._world.timeline, this._frame, this._frame.picture[place]);
    return view.hits.nearest(from.x, from.y, Math.max(NEAR, view.radius) * view.ratio, counts);
  },

  _initContainer() {
    this._container = L.DomUtil.create("div", "day-layer");
    this._canvases = ["backdrop", "day", "marks"].map((name) => L.DomUtil.create("canvas", name, this._container));
    for (const canvas of this._canvases) canvas.setAttribute("aria-hidden", "true");
    this._contexts = this._canvases.map((canvas) => canvas.getContext("2d", { willReadFrequently: canvas.className === "day" }));
  },

  _destroyContainer() {
    this._container.remove();
    this._container = this._laid = null;
  },

  _updatePaths() {},

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    if (this._world && this._frame) {
      this._lay();
      this._draw();
    }
    this.fire("update");
  },

  /** Work out what depends on the view alone. */
  _lay() {
    const size = this._bounds.getSize();
    this._laid = this._drawn = null;
    if (!size.x || !size.y) return; // the map is not on the screen now
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    const scale = 256 * 2 ** this._zoom * ratio;
    const origin = this._map.getPixelOrigin().add(this._bounds.min).multiplyBy(ratio);
    const view = { width, height, ratio, scale, toX: (x) => x * scale - origin.x, toY: (y) => y * scale - origin.y };
    const share = this._frame.layers.cells && this._world.shapes.cells.length ? INSIDE : APART;
    view.radius = Math.round(2 * Math.max(LEAST, Math.min(MOST, share * this._spacing * 256 * 2 ** this._zoom))) / 2;
    this._place(view);
    this._size(view, size);
    this._laid = view;
    this._held(view);
    this._backdrop(view);
  },

  _size(view, size) {
    for (const canvas of this._canvases) {
      if (canvas.width !== view.width) canvas.width = view.width;
      if (canvas.height !== view.height) canvas.height = view.height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    if (this._image?.width !== view.width || this._image?.height !== view.height) {
      this._image = new ImageData(view.width, view.height);
      this._pixels = new Uint32Array(this._image.data.buffer);
    }
  },

  _place(view) {
    const { x, y } = this._world.timeline.world;
    view.x = new Float32Array(x.length);
    view.y = new Float32Array(x.length);
    const shown = [];
    const margin = 16 * view.ratio;
    for (let n = 0; n < x.length; n += 1) {
      const [left, top] = [view.toX(x[n]), view.toY(y[n])];
      view.x[n] = left;
      view.y[n] = top;
      if (left > -margin && top > -margin && left < view.width + margin && top < view.height + margin) shown.push(n);
    }
    view.shown = Int32Array.from(shown);
    view.hits = new Hits(view.x, view.y, view.shown, view.width, view.height);
  },

  _held(view) {
    const { boundaries, cells } = this._frame.layers;
    const { shapes } = this._world;
    const chosen = [...(cells ? shapes.cells : []), ...(boundaries ? shapes.boundaries : []).filter((one) => one.value)];
    if (!chosen.length) return;
    view.held = new Int32Array(view.width * view.height);
    fill(view.held, view.width, view.height, chosen, view.toX, view.toY);
    markEdges(view.held, view.width, view.height);
    const small = this._spacing * view.scale < 14 * view.ratio;
    if (small) for (let n = 0; n < view.held.length; n += 1) if (view.held[n] & CELL) view.held[n] &= CELL | NUMBER;
  },

  _backdrop(view) {
    const [context] = this._contexts;
    const { tones } = this._frame;
    context.clearRect(0, 0, view.width, view.height);
    trace(context, this._world.shapes.outlines, view);
    if (!tones.tiles) {
      context.fillStyle = tones.land;
      context.fill();
    }
    context.strokeStyle = tones.shore;
    context.lineWidth = view.ratio;
    context.stroke();
    if (!this._frame.layers.boundaries) return;
    trace(context, this._world.shapes.boundaries, view);
    context.stroke();
  },

  /** Colour the day: all of it, or where only the day is another, what looks different. */
  _draw() {
    const [view, frame, world] = [this._laid, this._frame, this._world];
    if (!view) return;
    if (!this._paints || this._paints.radius !== view.radius || this._paints.ratio !== view.ratio) this._paints = this._mixed(view);
    const shrunk = crowd(view, world, frame);
    const key = `${frame.layers.places}${frame.layers.incidents}${areasKey(frame)}${shrunk}${[...frame.hidden]}`;
    const now = { view, world, frame, key, paints: this._paints };
    const before = this._drawn;
    const only = before && ["view", "world", "key", "paints"].every((name) => before[name] === now[name]);
    if (!only || !this._redraw(before.frame, shrunk)) this._drawAll(shrunk);
    this._drawn = now;
    this._marks(view);
  },

  _drawAll(shrunk) {
    const [view, frame, world, paints] = [this._laid, this._frame, this._world, this._paints];
    const { timeline } = world;
    this._tints = new Tints(timeline.size);
    if (view.held) for (let place = 0; place < timeline.size; place += 1) this._tints.set(place, frame.picture[place], timeline, frame, paints);
    this._pixels.fill(0);
    paint(this._pixels, view, world, frame, { paints, tints: this._tints, shrunk }, view.shown, [0, 0, view.width, view.height]);
    this._contexts[1].putImageData(this._image, 0, 0);
  },

  /** Gives whether that was enough. */
  _redraw(before, shrunk) {
    const [view, frame, world, paints] = [this._laid, this._frame, this._world, this._paints];
    const places = changedPlaces(world.timeline, before.picture, frame.picture);
    const reach = (view.radius * 1.6 + 3) * view.ratio + 3;
    const boxes = dirtyBoxes(view, world, places, before, frame, { reach, shrunk });
    if (!boxes) return false;
    for (const place of places) this._tints.set(place, frame.picture[place], world.timeline, frame, paints);
    for (const box of boxes) {
      const [left, top, right, bottom] = box;
      for (let row = top; row < bottom; row += 1) this._pixels.fill(0, row * view.width + left, row * view.width + right);
      const near = view.hits.within(left - reach, top - reach, right + reach, bottom + reach);
      paint(this._pixels, view, world, frame, { paints, tints: this._tints, shrunk }, near, box);
      this._contexts[1].putImageData(this._image, 0, 0, left, top, right - left, bottom - top);
    }
    return true;
  },

  _mixed(view) {
    const { palette, unknown, tones } = this._frame;
    const { standings } = this._world.timeline;
    return new Paints({ palette, unknown, standings, radius: view.radius, ratio: view.ratio, ink: tones.ink, ground: tones.land });
  },

  /** Rings around the chosen place and around those that differ from the other day. */
  _marks(view) {
    const context = this._contexts[2];
    const { chosen, marked, tones } = this._frame;
    if (chosen === null && !marked.length && !this._marked) return;
    this._marked = chosen !== null || marked.length > 0;
    context.clearRect(0, 0, view.width, view.height);
    context.lineWidth = 1.5 * view.ratio;
    context.strokeStyle = tones.ink;
    for (const place of marked.slice(0, 5000)) ring(context, view, place, view.radius + 2.5);
    if (chosen === null) return;
    for (const [width, tone] of [[5, tones.land], [2.5, tones.accent]]) {
      context.lineWidth = width * view.ratio;
      context.strokeStyle = tone;
      ring(context, view, chosen, view.radius * 1.5 + 5);
    }
  },
});

function ring(context, view, place, radius) {
  if (!Number.isFinite(view.x[place])) return;
  context.beginPath();
  context.arc(view.x[place], view.y[place], radius * view.ratio, 0, 2 * Math.PI);
  context.stroke();
}

function trace(context, shapes, view) {
  context.beginPath();
  for (const { rings, box } of shapes) {
    if (view.toX(box[2]) < 0 || view.toX(box[0]) > view.width || view.toY(box[3]) < 0 || view.toY(box[1]) > view.height) continue;
    for (const ring of rings) {
      context.moveTo(view.toX(ring[0]), view.toY(ring[1]));
      for (let n = 2; n < ring.length; n += 2) context.lineTo(view.toX(ring[n]), view.toY(ring[n + 1]));
      context.closePath();
    }
  }
}

function areasKey(frame) {
  return frame ? `${frame.layers.boundaries}${frame.layers.cells}` : "";
}

/** How far places lie apart where there are any, 0 to 1 of the world: so much ground as has places, shared among them. */
function spacing({ x, y }) {
  const known = Array.from(x.keys()).filter((n) => Number.isFinite(x[n]));
  if (known.length < 2) return 1;
  const [left, right] = extent(known, x);
  const [top, bottom] = extent(known, y);
  const cell = Math.max(1e-7, 3 * Math.sqrt(((right - left) * (bottom - top)) / known.length));
  const taken = new Set(known.map((n) => Math.floor(x[n] / cell) * 1e6 + Math.floor(y[n] / cell)));
  return cell * Math.sqrt(taken.size / known.length);
}

function extent(known, values) {
  return known.reduce(([low, high], n) => [Math.min(low, values[n]), Math.max(high, values[n])], [Infinity, -Infinity]);
}
