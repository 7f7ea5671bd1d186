/** Painting a day: areas, places and incidents as pixels of one picture. */

import { contrast, PATTERNS, mix } from "../colours.js";
import { colour as colourAreas } from "./raster.js";
import { circle, diamond, pixelOf, symbol } from "./stamps.js";
import { UNKNOWN } from "./timeline.js";

const CODES = { disputed: 1, contested: 2 };
const CLEAR = { plain: 0, striped: 0, edge: 0 };
const ROOM = 8000; // CSS pixels of the map for each incident, below which symbols are shrunk
const AREA = 0.42; // how solid the ground of an area is under its places

/** Signs and area colours for a palette, a radius and a pixel ratio; made anew when one of these changes. */
export class Paints {
  /** `palette` has the colours of the sides by number, then nobody's; `unknown` those of places of which nothing is known. */
  constructor({ palette, unknown, standings, radius, ratio, ink, ground }) {
    Object.assign(this, { palette, unknown, standings, radius, ratio, ink, ground });
    this.signs = [];
    this.symbols = new Map();
    this.grounds = palette.map((one) => ({
      plain: pixelOf(one.fill, AREA),
      edge: pixelOf(one.edge, 0.8),
      striped: pixelOf(contrast(one.fill, ground) > 2 ? mix(one.fill, one.ink, 0.25) : one.edge, 0.85),
    }));
  }

  /** The sign of a place: `side` is its number, palette's last for nobody, -1 where nothing is known. */
  sign(isArea, side, standing) {
    const key = ((side + 1) * 8 + standing) * 2 + isArea;
    return (this.signs[key] ??= this.#sign(isArea, side, this.standings[standing]));
  }

  #sign(isArea, side, standing) {
    const draw = isArea ? diamond : circle;
    if (side === UNKNOWN) return draw(this.radius * 0.75 * this.ratio, this.ratio, this.unknown, null);
    const grown = standing in PATTERNS ? 1.2 : 1;
    return draw(this.radius * grown * this.ratio, this.ratio, this.palette[side], standing);
  }

  symbol(family, radius) {
    const key = radius * 8 + family;
    if (!this.symbols.has(key)) this.symbols.set(key, symbol(family, radius * this.ratio, this.ratio, this.ink, this.ground));
    return this.symbols.get(key);
  }
}

/** The colours of areas by place's number + 1, for a day; clear where nothing is known or the side is hidden. */
export class Tints {
  constructor(size) {
    const length = size + 1;
    this.plain = new Uint32Array(length);
    this.striped = new Uint32Array(length);
    this.edge = new Uint32Array(length);
    this.pattern = new Uint8Array(length);
  }

  /** Colour a place by the interval in force (or -1). */
  set(place, span, timeline, frame, paints) {
    const at = place + 1;
    const ground = hidden(timeline, frame, span) || span === UNKNOWN ? CLEAR : paints.grounds[sideOf(timeline, span, paints)];
    this.plain[at] = ground.plain;
    this.striped[at] = ground.striped;
    this.edge[at] = ground.edge;
    this.pattern[at] = span === UNKNOWN ? 0 : (CODES[timeline.standings[timeline.standing[span]]] ?? 0);
  }
}

/** Paint the part of a day that lies in a box: areas, `places`, incidents. */
export function paint(target, view, world, frame, { paints, tints, shrunk }, places, box) {
  if (view.held) colourAreas(view.held, view.width, target, tints, box);
  if (frame.layers.places) paintPlaces(target, view, world, frame, paints, places, box);
  if (frame.layers.incidents) paintIncidents(target, view, world, frame, paints, shrunk, box);
}

/** Those of which nothing is known lie below those held plainly, patterned ones above, areas last. */
function paintPlaces(target, view, world, frame, paints, places, box) {
  const { timeline, shapes } = world;
  const layers = [[], [], [], []];
  for (const place of places) {
    if (frame.layers.boundaries && shapes.bounded[place]) continue;
    const span = frame.picture[place];
    if (!hidden(timeline, frame, span)) layers[level(timeline, place, span)].push(place);
  }
  for (const layer of layers) {
    for (const place of layer) {
      const span = frame.picture[place];
      const standing = span === UNKNOWN ? 0 : timeline.standing[span];
      const sign = paints.sign(timeline.isArea[place], sideOf(timeline, span, paints), standing);
      sign.press(target, view.width, box, view.x[place], view.y[place]);
    }
  }
}

/** In the order given, larger ones first. */
function paintIncidents(target, view, world, frame, paints, shrunk, box) {
  const { incidents } = world;
  for (const one of frame.incidents) {
    const [x, y] = [view.toX(incidents.world.x[one]), view.toY(incidents.world.y[one])];
    if (!(x > box[0] - 40 && y > box[1] - 40 && x < box[2] + 40 && y < box[3] + 40)) continue; // those without a point too
    paints.symbol(incidents.family[one], symbolRadius(incidents, one, shrunk)).press(target, view.width, box, x, y);
  }
}

/** The radius of an incident's symbol where symbols are shrunk. */
export function symbolRadius(incidents, one, shrunk) {
  return Math.max(3, Math.round(2 * incidents.radius(one) * shrunk) / 2);
}

/** Many symbols are drawn smaller, so that they do not hide what they happened on; in steps, so that they keep their size. */
export function crowd(view, world, frame) {
  const { x, y } = world.incidents.world;
  const seen = (one) => view.toX(x[one]) >= 0 && view.toY(y[one]) >= 0 && view.toX(x[one]) < view.width && view.toY(y[one]) < view.height;
  const count = frame.layers.incidents ? frame.incidents.filter(seen).length : 0;
  const roomy = (view.width * view.height) / view.ratio ** 2 / ROOM; // so many fit at their own size
  return Math.max(0.4, Math.min(1, Math.ceil(5 * Math.sqrt(roomy / Math.max(1, count))) / 5));
}

/** Whether an interval (or -1) is of a side that the user does not want to see. */
export function hidden(timeline, frame, span) {
  if (frame.hidden.size === 0) return false;
  if (span === UNKNOWN) return frame.hidden.has("unknown");
  const side = timeline.side[span];
  return frame.hidden.has(side < 0 ? "nobody" : side);
}

function sideOf(timeline, span, paints) {
  if (span === UNKNOWN) return UNKNOWN;
  return timeline.side[span] < 0 ? paints.palette.length - 1 : timeline.side[span];
}

function level(timeline, place, span) {
  if (timeline.isArea[place]) return 3;
  if (span === UNKNOWN) return 0;
  return timeline.standings[timeline.standing[span]] in PATTERNS ? 2 : 1;
}
