/**
 * Who held what when, in the browser: the server's intervals as typed arrays, and the picture of a day found among them.
 *
 * Days are integers counted from the epoch that the server names; both ends of an interval are inclusive. A picture is an
 * Int32Array with the number of the interval in force for each place, -1 where nothing is known.
 */

import { dayNumber, dayOf } from "../kit.js";

const EVER = -0x80000000;
const OPEN = 0x7fffffff;
export const UNKNOWN = -1;

/** A world of places and their intervals, out of what `/data/timeline` gives. */
export class Timeline {
  constructor(told) {
    const { places, spans } = told;
    Object.assign(this, { epoch: told.epoch, first: told.first, last: told.last, latest: told.latest, known: told.known });
    Object.assign(this, { seq: told.seq, sides: told.sides, standings: told.standings, places });
    this.changes = told.changes;
    this.activity = told.activity;
    this.size = places.key.length;
    this.count = spans.place.length;
    this.place = Int32Array.from(spans.place);
    this.side = Int16Array.from(spans.side);
    this.standing = Uint8Array.from(spans.standing);
    this.begin = Int32Array.from(spans.begin, (day) => day ?? EVER);
    this.end = Int32Array.from(spans.end, (day) => day ?? OPEN);
    this.inherited = Int32Array.from(spans.inherited);
    this.offsets = offsets(this.place, this.size);
    this.index = new Map(places.key.map((key, number) => [key, number]));
    this.isArea = Uint8Array.from(places.feature, (feature) => (feature === "A" || feature === "L" ? 1 : 0));
    this.world = project(places.lat, places.lon);
    this.changeDays = this.#changeDays();
    this.reported = told.activity.length ? Math.max(this.first, Math.min(this.last - 1, told.activity[0][0])) : this.first;
  }

  /** The picture of a day, written into `into` where given. */
  on(day, into = new Int32Array(this.size)) {
    const { place, begin, end, count } = this;
    into.fill(UNKNOWN);
    for (let span = 0; span < count; span += 1) {
      if (begin[span] <= day && day <= end[span]) into[place[span]] = span;
    }
    return into;
  }

  /** The numbers of a place's intervals, in order of time. */
  spansOf(place) {
    return Array.from({ length: this.offsets[place + 1] - this.offsets[place] }, (_, n) => this.offsets[place] + n);
  }

  /** An interval in words: holder (null: nobody), standing, first and last day (null: open), area it comes from (null: none). */
  told(span) {
    if (span === UNKNOWN) return null;
    const side = this.side[span];
    return {
      side: side < 0 ? null : this.sides[side],
      standing: this.standings[this.standing[span]],
      begin: this.begin[span] === EVER ? null : this.begin[span],
      end: this.end[span] === OPEN ? null : this.end[span],
      inherited: this.inherited[span] < 0 ? null : this.inherited[span],
    };
  }

  /** Places whose holder, or with `standings` whose standing too, differs between two pictures. */
  differing(before, after, standings = false) {
    const found = [];
    for (let place = 0; place < this.size; place += 1) {
      const [one, other] = [before[place], after[place]];
      if (one !== other && this.differ(one, other, standings)) found.push(place);
    }
    return found;
  }

  /** Whether two intervals (or -1) tell another holder, or with `standings` another standing. */
  differ(one, other, standings = false) {
    if (one === UNKNOWN || other === UNKNOWN) return one !== other;
    if (this.side[one] !== this.side[other]) return true;
    return standings && this.standing[one] !== this.standing[other];
  }

  /** How many places each side holds in a picture: by number of the side, `nobody` and `unknown`. */
  tally(picture) {
    const sides = new Int32Array(this.sides.length);
    let [nobody, unknown] = [0, 0];
    for (const span of picture) {
      if (span === UNKNOWN) unknown += 1;
      else if (this.side[span] < 0) nobody += 1;
      else sides[this.side[span]] += 1;
    }
    return { sides, nobody, unknown };
  }

  /** The next day after `day` (or with -1 the last before it) on which something changes, on the map or in a place; null: none. */
  change(day, direction, place = null) {
    const days = place === null ? this.changeDays : this.changesOf(place);
    let found = null;
    for (const one of days) {
      if (direction > 0 && one > day && (found === null || one < found)) found = one;
      if (direction < 0 && one < day && (found === null || one > found)) found = one;
    }
    return found;
  }

  /** The days on which some place comes to be held by another, or begins or ceases to be known, in order. */
  #changeDays() {
    const days = new Set();
    for (let span = 0; span < this.count; span += 1) {
      const follows = span > 0 && this.place[span - 1] === this.place[span] && this.end[span - 1] === this.begin[span] - 1;
      if (this.begin[span] !== EVER && !(follows && this.side[span - 1] === this.side[span])) days.add(this.begin[span]);
      const next = span + 1 < this.count && this.place[span + 1] === this.place[span] ? this.begin[span + 1] : EVER;
      if (this.end[span] !== OPEN && next !== this.end[span] + 1) days.add(this.end[span] + 1);
    }
    return Int32Array.from(days).sort();
  }

  /** The days on which another interval of a place begins, or one ends with none after it. */
  changesOf(place) {
    const days = new Set();
    for (const span of this.spansOf(place)) {
      if (this.begin[span] !== EVER) days.add(this.begin[span]);
      if (this.end[span] !== OPEN) days.add(this.end[span] + 1);
    }
    return [...days].sort((a, b) => a - b);
  }

  /** The number of a day given as YYYY-MM-DD. */
  number(day) {
    return dayNumber(day, this.epoch);
  }

  /** The day with a number, as YYYY-MM-DD. */
  day(number) {
    return dayOf(number, this.epoch);
  }
}

/** Latitudes and longitudes (degrees) as Web Mercator, 0 to 1 from north-west; NaN for places without a point. */
export function project(lats, lons) {
  const [x, y] = [new Float64Array(lats.length), new Float64Array(lats.length)];
  for (let n = 0; n < lats.length; n += 1) {
    x[n] = lons[n] === null || lats[n] === null ? NaN : mercatorX(lons[n]);
    y[n] = lons[n] === null || lats[n] === null ? NaN : mercatorY(lats[n]);
  }
  return { x, y };
}

export function mercatorX(lon) {
  return lon / 360 + 0.5;
}

export function mercatorY(lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

function offsets(place, size) {
  const found = new Int32Array(size + 1);
  for (const one of place) found[one + 1] += 1;
  for (let n = 0; n < size; n += 1) found[n + 1] += found[n];
  return found;
}
