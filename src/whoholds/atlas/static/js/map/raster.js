/**
 * Areas as pixels: polygons filled once for a view with the numbers of their places, so that another day only needs another
 * colour for each number. No smoothing: a pixel belongs to one place.
 *
 * A pixel holds 0 for none, else the place's number + 1 with the marks below.
 */

export const NUMBER = 0xffffff;
export const CELL = 0x1000000; // drawn around a settlement, not told as a boundary
export const EDGE = 0x2000000; // where another area begins

/** Fill polygons into a buffer of `width` x `height`; `shapes` have `rings` of projected points and the `value` to write. */
export function fill(buffer, width, height, shapes, toX, toY) {
  const rows = Array.from({ length: height }, () => []);
  for (const { rings, value, box } of shapes) {
    if (toX(box[2]) < 0 || toX(box[0]) > width || toY(box[3]) < 0 || toY(box[1]) > height) continue;
    const [top, bottom] = cross(rings, rows, height, toX, toY);
    for (let y = top; y <= bottom; y += 1) {
      write(buffer, y * width, width, rows[y], value);
      rows[y].length = 0;
    }
  }
}

/** Mark pixels to whose right or below another area begins. */
export function markEdges(buffer, width, height) {
  for (let y = 0; y < height - 1; y += 1) {
    for (let at = y * width, stop = at + width - 1; at < stop; at += 1) {
      const own = buffer[at] & NUMBER;
      if (own !== (buffer[at + 1] & NUMBER) || own !== (buffer[at + width] & NUMBER)) buffer[at] |= EDGE;
    }
  }
}

/** Where each row's middle crosses the rings, even-odd; gives the first and last row touched. */
function cross(rings, rows, height, toX, toY) {
  let [top, bottom] = [height, -1];
  for (const ring of rings) {
    for (let n = 0; n + 3 < ring.length; n += 2) {
      const [x0, y0, x1, y1] = [toX(ring[n]), toY(ring[n + 1]), toX(ring[n + 2]), toY(ring[n + 3])];
      const from = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
      const to = Math.min(height - 1, Math.ceil(Math.max(y0, y1) - 0.5) - 1);
      const slope = (x1 - x0) / (y1 - y0);
      for (let y = from; y <= to; y += 1) rows[y].push(x0 + (y + 0.5 - y0) * slope);
      if (from <= to) [top, bottom] = [Math.min(top, from), Math.max(bottom, to)];
    }
  }
  return [top, bottom];
}

function write(buffer, start, width, crossings, value) {
  crossings.sort((a, b) => a - b);
  for (let n = 0; n + 1 < crossings.length; n += 2) {
    const from = Math.max(0, Math.ceil(crossings[n] - 0.5));
    const to = Math.min(width, Math.ceil(crossings[n + 1] - 0.5));
    if (to > from) buffer.fill(value, start + from, start + to);
  }
}

/** Colour the areas within a box ([left, top, right, bottom]) into 32-bit pixels; `tints` are by place's number + 1. */
export function colour(buffer, width, pixels, { plain, striped, edge, pattern }, [left, top, right, bottom]) {
  for (let y = top; y < bottom; y += 1) {
    for (let x = left, at = y * width + left; x < right; x += 1, at += 1) {
      const held = buffer[at];
      if (held === 0) continue;
      const number = held & NUMBER;
      const marks = pattern[number];
      if (held & EDGE) pixels[at] = edge[number];
      else pixels[at] = marks && isStripe(marks, x, y) ? striped[number] : plain[number];
    }
  }
}

/** Stripes three pixels in eight, rising; for pattern 2 falling ones too. */
function isStripe(pattern, x, y) {
  return ((x + y) & 7) < 3 || (pattern === 2 && ((x - y) & 7) < 3);
}
