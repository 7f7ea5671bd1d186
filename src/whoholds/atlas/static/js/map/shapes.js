/** The shapes of the map, out of what `/data/shapes` gives: outlines of countries, boundaries of areas, cells of settlements. */

import { mercatorX, mercatorY } from "./timeline.js";
import { CELL } from "./raster.js";

/** Projected shapes, each with its `rings` (x, y, x, y…; 0 to 1), its `box`, and the `value` that fills its pixels. */
export class Shapes {
  constructor(told, timeline) {
    this.outlines = (told?.outlines?.features ?? []).map((feature) => shape(polygons(feature.geometry)));
    this.sources = sourcesOf(told);
    this.bounded = new Uint8Array(timeline.size);
    this.boundaries = [];
    for (const feature of told?.boundaries?.features ?? []) this.#bound(feature, timeline);
    this.boundaries.sort((a, b) => area(b.box) - area(a.box)); // what lies in another is filled after it
    this.cells = cells(told?.cells, timeline);
  }

  #bound(feature, timeline) {
    const place = timeline.index.get(feature.properties?.place);
    if (place === undefined) return;
    const held = timeline.offsets[place + 1] > timeline.offsets[place];
    this.bounded[place] = 1;
    this.boundaries.push({ ...shape(polygons(feature.geometry)), value: held ? place + 1 : 0, place });
  }

  /** The boundaries and cells of a place. */
  of(place) {
    if (!this.byPlace) {
      this.byPlace = new Map();
      for (const one of [...this.boundaries, ...this.cells]) this.byPlace.set(one.place, [...(this.byPlace.get(one.place) ?? []), one]);
    }
    return this.byPlace.get(place) ?? [];
  }
}

/** All rings of a geometry that has an area; of others none. */
function polygons(geometry) {
  if (geometry?.type === "Polygon") return geometry.coordinates;
  if (geometry?.type === "MultiPolygon") return geometry.coordinates.flat();
  if (geometry?.type === "GeometryCollection") return geometry.geometries.flatMap(polygons);
  return [];
}

function cells(told, timeline) {
  const found = [];
  for (const [n, key] of (told?.place ?? []).entries()) {
    const place = timeline.index.get(key);
    if (place === undefined) continue;
    const rings = typeof told.rings[n][0]?.[0] === "number" ? [told.rings[n]] : told.rings[n];
    found.push({ ...shape(rings), value: (place + 1) | CELL, place });
  }
  return found;
}

function shape(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  return { rings: rings.map((ring) => projected(ring, box)), box };
}

function projected(ring, box) {
  const closed = ring.length && (ring[0][0] !== ring.at(-1)[0] || ring[0][1] !== ring.at(-1)[1]) ? [...ring, ring[0]] : ring;
  const found = new Float64Array(closed.length * 2);
  for (const [n, [lon, lat]] of closed.entries()) {
    const [x, y] = [mercatorX(lon), mercatorY(lat)];
    found[2 * n] = x;
    found[2 * n + 1] = y;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return found;
}

function area(box) {
  return (box[2] - box[0]) * (box[3] - box[1]);
}

function sourcesOf(told) {
  const features = [...(told?.outlines?.features ?? []), ...(told?.boundaries?.features ?? [])];
  return [...new Set(features.map((feature) => feature.properties?.source).filter(Boolean))].sort();
}
