/** Incidents of the map, out of what `/data/incidents` gives: which of them lie within the last days before a day. */

import { dayNumber } from "../kit.js";
import { project } from "./timeline.js";
import { familyOf } from "./stamps.js";

const NEVER = -0x80000000;

/** Incidents as typed arrays; days are counted from the epoch of the timeline they are shown with. */
export class Incidents {
  constructor(told, timeline) {
    const list = told?.incidents ?? { id: [], type: [], lat: [], lon: [], first: [], last: [], killed: [], place: [], name: [] };
    const shift = told ? dayNumber(told.epoch, timeline.epoch) : 0;
    this.size = list.id.length;
    this.types = told?.types ?? [];
    Object.assign(this, { id: list.id, type: list.type, killed: list.killed, name: list.name, place: list.place });
    this.first = Int32Array.from(list.first, (day) => (day === null ? NEVER : day + shift));
    this.last = Int32Array.from(list.last, (day, n) => (day === null ? this.first[n] : day + shift));
    this.family = Uint8Array.from(list.type, (type) => familyOf(this.types[type]));
    this.dead = Float64Array.from(list.killed, (killed) => (killed ? killed[1] ?? killed[0] ?? 0 : 0));
    this.world = project(list.lat, list.lon);
    this.order = Int32Array.from(this.first.keys()).sort((a, b) => this.first[a] - this.first[b]);
    this.longest = this.first.reduce((most, first, n) => (first === NEVER ? most : Math.max(most, this.last[n] - first)), 0);
  }

  /** Those with a day in the `days` days that end on `day`, the deadliest first: smaller symbols lie on larger ones. */
  within(day, days) {
    const found = [];
    const from = day - days + 1;
    for (let at = this.#after(from - this.longest - 1); at < this.size; at += 1) {
      const one = this.order[at];
      if (this.first[one] > day) break;
      if (this.first[one] !== NEVER && this.last[one] >= from) found.push(one);
    }
    return found.sort((a, b) => this.dead[b] - this.dead[a]);
  }

  /** Those of a place up to a day, the latest first. */
  of(place, day, most) {
    const found = [];
    for (let at = this.size - 1; at >= 0 && found.length < most; at -= 1) {
      const one = this.order[at];
      if (this.place[one] === place && this.first[one] !== NEVER && this.first[one] <= day) found.push(one);
    }
    return found;
  }

  /** The radius of an incident's symbol in CSS pixels: its area grows with the number of killed. */
  radius(one) {
    return Math.min(16, 4 + 1.3 * Math.sqrt(this.dead[one]));
  }

  /** The first position in time after a day. */
  #after(day) {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.first[this.order[middle]] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
