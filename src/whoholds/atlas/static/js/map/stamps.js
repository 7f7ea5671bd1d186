/**
 * Signs drawn once and stamped many times: a place's circle or diamond, an incident's symbol. Stamping copies pixels, which is
 * many times faster than tracing 30,000 paths.
 */

import { fillStanding } from "../colours.js";

/** A sign as pixels, with its middle. */
export class Stamp {
  constructor(radius, draw) {
    const size = Math.ceil(radius * 2) + 4;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.translate(size / 2, size / 2);
    draw(context, radius);
    this.size = size;
    this.middle = size / 2;
    this.width = 0;
    this.#sort(new Uint32Array(context.getImageData(0, 0, size, size).data.buffer));
  }

  /** Copy the sign into a picture of rows of `width` 32-bit pixels, its middle at a point, as far as it lies in a box. */
  press(target, width, box, x, y) {
    const { size } = this;
    const left = Math.round(x - this.middle);
    const top = Math.round(y - this.middle);
    if (left >= box[2] || top >= box[3] || left + size <= box[0] || top + size <= box[1]) return;
    if (left < box[0] || top < box[1] || left + size > box[2] || top + size > box[3]) return this.#clipped(target, width, box, left, top);
    if (this.width !== width) this.#offset(width);
    const { pixels, offsets, solid } = this;
    const start = top * width + left;
    for (let n = 0; n < solid; n += 1) target[start + offsets[n]] = pixels[n];
    for (let n = solid; n < pixels.length; n += 1) {
      const at = start + offsets[n];
      target[at] = target[at] === 0 ? pixels[n] : over(pixels[n], target[at]);
    }
  }

  /** Keep what is not clear, what is solid in front: those pixels need no look at what lies below. */
  #sort(all) {
    const seen = Array.from(all.keys()).filter((at) => all[at] !== 0);
    const solid = seen.filter((at) => all[at] >>> 24 === 255);
    this.places = Int32Array.from([...solid, ...seen.filter((at) => all[at] >>> 24 !== 255)]);
    this.pixels = Uint32Array.from(this.places, (at) => all[at]);
    this.solid = solid.length;
  }

  #offset(width) {
    this.width = width;
    this.offsets = this.places.map((at) => Math.floor(at / this.size) * width + (at % this.size));
  }

  /** Where the sign reaches over the box's border. */
  #clipped(target, width, box, left, top) {
    const { size, places } = this;
    for (let n = 0; n < places.length; n += 1) {
      const x = left + (places[n] % size);
      const y = top + Math.floor(places[n] / size);
      if (x < box[0] || y < box[1] || x >= box[2] || y >= box[3]) continue;
      const at = y * width + x;
      target[at] = target[at] === 0 ? this.pixels[n] : over(this.pixels[n], target[at]);
    }
  }
}

/** A pixel over another, both as the canvas keeps them (little-endian ABGR, not premultiplied). */
function over(top, below) {
  const share = top >>> 24;
  const rest = 255 - share;
  const red = divided((top & 255) * share + (below & 255) * rest);
  const green = divided(((top >>> 8) & 255) * share + ((below >>> 8) & 255) * rest);
  const blue = divided(((top >>> 16) & 255) * share + ((below >>> 16) & 255) * rest);
  const solid = share + divided((below >>> 24) * rest);
  return ((solid << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** A number up to 65,025 by 255, rounded, without a division. */
function divided(value) {
  return ((value + 128) * 257) >>> 16;
}

/** A 32-bit pixel of a colour (#rrggbb) with an opacity, 0 to 1. */
export function pixelOf(colour, opacity = 1) {
  const value = parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((Math.round(opacity * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The sign of a settlement: a filled circle, patterned by standing; hollow where nothing is known. */
export function circle(radius, scale, colour, standing) {
  return new Stamp(radius + scale, (context) => {
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    finish(context, scale, radius, colour, standing);
  });
}

/** The sign of an area whose boundary is not known: an outlined diamond. */
export function diamond(radius, scale, colour, standing) {
  return new Stamp(radius * 1.5 + scale * 2, (context) => {
    const reach = radius * 1.5;
    context.beginPath();
    context.moveTo(0, -reach);
    context.lineTo(reach, 0);
    context.lineTo(0, reach);
    context.lineTo(-reach, 0);
    context.closePath();
    finish(context, scale * 2, radius, colour, standing);
  });
}

function finish(context, edge, radius, colour, standing) {
  if (standing !== null) fillStanding(context, colour, standing, Math.max(1.5, radius / 2.5));
  context.lineWidth = Math.max(0.7, Math.min(edge * 1.2, radius / 3)); // on small signs an edge would be most of them
  context.strokeStyle = colour.edge;
  context.stroke();
}

/** What incidents are shown as, by PLOVER type: a shape for each family, and what the family is called. */
export const FAMILIES = [
  { name: "force", words: "force and coercion", types: ["ASSAULT", "COERCE"] },
  { name: "movement", words: "mobilising, retreating", types: ["MOBILIZE", "RETREAT"] },
  { name: "pressure", words: "threats, protest, sanctions", types: ["THREATEN", "PROTEST", "SANCTION", "ACCUSE", "REJECT", "REQUEST"] },
  { name: "accord", words: "talks, agreements, aid", types: ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE"] },
];

/** The family of a type of incident; other types count as pressure. */
export function familyOf(type) {
  const found = FAMILIES.findIndex((family) => family.types.includes(type));
  return found < 0 ? 2 : found;
}

/** Trace the symbol of a family, its middle at 0,0. */
export function trace(context, family, radius) {
  const points = [star, chevron, triangle, plus][family](radius);
  context.beginPath();
  for (const [n, [x, y]] of points.entries()) {
    if (n) context.lineTo(x, y);
    else context.moveTo(x, y);
  }
  context.closePath();
}

/** The symbol of an incident: ink with a halo of the ground, so that it is seen on any colour. */
export function symbol(family, radius, scale, ink, halo) {
  return new Stamp(radius + scale * 2, (context) => {
    trace(context, family, radius);
    context.lineJoin = "round";
    context.lineWidth = 2.2 * scale;
    context.strokeStyle = halo;
    context.stroke();
    context.fillStyle = ink;
    context.globalAlpha = 0.88;
    context.fill();
  });
}

/** The points of a symbol as an SVG `points` attribute. */
export function pointsOf(family, radius) {
  return [star, chevron, triangle, plus][family](radius).map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
}

function star(radius) {
  return Array.from({ length: 16 }, (_, n) => {
    const [angle, reach] = [(n * Math.PI) / 8, n % 2 ? radius * 0.48 : radius];
    return [Math.sin(angle) * reach, -Math.cos(angle) * reach];
  });
}

function chevron(radius) {
  const r = radius;
  return [[-r, r * 0.5], [0, -r * 0.7], [r, r * 0.5], [r, r], [0, -r * 0.1], [-r, r]];
}

function triangle(radius) {
  return [[0, radius * 0.85], [radius * 0.9, -radius * 0.65], [-radius * 0.9, -radius * 0.65]];
}

function plus(radius) {
  const [r, t] = [radius * 0.9, radius * 0.32];
  return [[-t, -r], [t, -r], [t, -t], [r, -t], [r, t], [t, t], [t, r], [-t, r], [-t, t], [-r, t], [-r, -t], [-t, -t]];
}
