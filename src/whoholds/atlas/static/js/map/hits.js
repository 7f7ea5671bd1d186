/** A grid over points on the screen: what is nearest to where somebody points. */

const CELL = 32;

export class Hits {
  /** Points `x`, `y` (those listed in `shown`) of a picture of `width` x `height` pixels. */
  constructor(x, y, shown, width, height) {
    Object.assign(this, { x, y, columns: Math.ceil(width / CELL) + 1, rows: Math.ceil(height / CELL) + 1 });
    this.starts = new Int32Array(this.columns * this.rows + 1);
    for (const one of shown) this.starts[this.#cell(one) + 1] += 1;
    for (let n = 1; n < this.starts.length; n += 1) this.starts[n] += this.starts[n - 1];
    this.held = new Int32Array(shown.length);
    const next = this.starts.slice();
    for (const one of shown) this.held[next[this.#cell(one)]++] = one;
  }

  /** The point nearest to x, y within a reach for which `counts` holds; -1 for none. */
  nearest(x, y, reach, counts) {
    let [found, least] = [-1, reach * reach];
    const [left, right] = [this.#column(x - reach), this.#column(x + reach)];
    for (let row = this.#row(y - reach), last = this.#row(y + reach); row <= last; row += 1) {
      const from = this.starts[row * this.columns + left];
      const to = this.starts[row * this.columns + right + 1];
      for (let n = from; n < to; n += 1) {
        const one = this.held[n];
        const away = (this.x[one] - x) ** 2 + (this.y[one] - y) ** 2;
        if (away <= least && counts(one)) [found, least] = [one, away];
      }
    }
    return found;
  }

  /** The points within a box and a little more, in order of their numbers. */
  within(left, top, right, bottom) {
    const found = [];
    const [first, last] = [this.#column(left), this.#column(right)];
    for (let row = this.#row(top), end = this.#row(bottom); row <= end; row += 1) {
      const to = this.starts[row * this.columns + last + 1];
      for (let n = this.starts[row * this.columns + first]; n < to; n += 1) found.push(this.held[n]);
    }
    return found.sort((a, b) => a - b);
  }

  #cell(one) {
    return this.#row(this.y[one]) * this.columns + this.#column(this.x[one]);
  }

  #column(x) {
    return Math.max(0, Math.min(this.columns - 1, Math.floor(x / CELL)));
  }

  #row(y) {
    return Math.max(0, Math.min(this.rows - 1, Math.floor(y / CELL)));
  }
}
