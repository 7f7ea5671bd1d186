/**
 * What of a picture has to be painted anew when only the day has changed: the tiles that hold a place, area or incident that looks
 * different. Where that is much of the picture, all of it is.
 */

import { symbolRadius } from "./painting.js";

const TILE = 64; // pixels
const MUCH = 0.3; // of all tiles

/** The places whose interval tells something else than before. */
export function changedPlaces(timeline, before, after) {
  const found = [];
  for (let place = 0; place < before.length; place += 1) {
    if (before[place] !== after[place] && timeline.differ(before[place], after[place], true)) found.push(place);
  }
  return found;
}

/** The boxes to paint anew; null for all. `places` are those changed, `before` and `after` the frames of the two days. */
export function dirtyBoxes(view, world, places, before, after, { reach, shrunk }) {
  const tiles = new Tiles(view.width, view.height);
  for (const place of places) {
    tiles.mark(view.x[place] - reach, view.y[place] - reach, view.x[place] + reach, view.y[place] + reach);
    if (view.held) for (const { box } of world.shapes.of(place)) tiles.mark(view.toX(box[0]), view.toY(box[1]), view.toX(box[2]), view.toY(box[3]));
    if (tiles.count > MUCH * tiles.size) return null;
  }
  for (const one of difference(before.incidents, after.incidents)) {
    const wide = symbolRadius(world.incidents, one, shrunk) * view.ratio + 6 * view.ratio;
    const [x, y] = [view.toX(world.incidents.world.x[one]), view.toY(world.incidents.world.y[one])];
    tiles.mark(x - wide, y - wide, x + wide, y + wide);
  }
  return tiles.count > MUCH * tiles.size ? null : tiles.boxes();
}

function difference(before, after) {
  const [one, other] = [new Set(before), new Set(after)];
  return [...before.filter((each) => !other.has(each)), ...after.filter((each) => !one.has(each))];
}

class Tiles {
  constructor(width, height) {
    Object.assign(this, { width, height, columns: Math.ceil(width / TILE), rows: Math.ceil(height / TILE), count: 0 });
    this.size = this.columns * this.rows;
    this.marked = new Uint8Array(this.size);
  }

  /** Mark the tiles that a box touches; one without a point (NaN) touches none. */
  mark(left, top, right, bottom) {
    if (!(right >= 0 && bottom >= 0 && left < this.width && top < this.height)) return;
    const [first, last] = [Math.max(0, Math.floor(left / TILE)), Math.min(this.columns - 1, Math.floor(right / TILE))];
    const end = Math.min(this.rows - 1, Math.floor(bottom / TILE));
    for (let row = Math.max(0, Math.floor(top / TILE)); row <= end; row += 1) {
      for (let column = first; column <= last; column += 1) {
        const at = row * this.columns + column;
        if (!this.marked[at]) this.count += 1;
        this.marked[at] = 1;
      }
    }
  }

  boxes() {
    const found = [];
    this.marked.forEach((marked, at) => {
      if (!marked) return;
      const [left, top] = [(at % this.columns) * TILE, Math.floor(at / this.columns) * TILE];
      found.push([left, top, Math.min(this.width, left + TILE), Math.min(this.height, top + TILE)]);
    });
    return found;
  }
}
