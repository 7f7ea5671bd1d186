/** The map as a list: every place with its holder, standing and since when, sorted as one likes; all that the canvas shows. */

import { swatch } from "../colours.js";
import { el } from "../kit.js";
import { holderName, kind } from "./words.js";

const PAGE = 100;
const COLUMNS = [["name", "Place"], ["kind", "Kind"], ["holder", "Holder"], ["standing", "Standing"], ["since", "Since"]];
const BUSY = 150; // ms that a day must stand before the list follows

/** Put up the list. */
export function setUpTable(atlas) {
  const table = new Table(atlas);
  atlas.hear("list", () => table.toggle());
  atlas.hear("world colours hidden place compare", () => table.later(0));
  atlas.hear("day", () => table.later(BUSY));
  document.getElementById("list-toggle").addEventListener("click", () => atlas.setList(!atlas.state.list));
}

class Table {
  constructor(atlas) {
    this.atlas = atlas;
    this.element = document.getElementById("list");
    this.sort = { by: "name", down: false };
    this.page = 0;
    this.sought = "";
  }

  toggle() {
    const { list } = this.atlas.state;
    this.element.hidden = !list;
    document.getElementById("maps").hidden = list;
    document.getElementById("list-toggle").setAttribute("aria-pressed", String(list));
    this.later(0);
  }

  later(wait) {
    clearTimeout(this.waiting);
    if (!this.element.hidden) this.waiting = setTimeout(() => this.build(), wait);
  }

  build() {
    const { atlas } = this;
    if (!atlas.timeline) return;
    if (!this.body) this.#frame();
    const rows = this.#sorted();
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    this.page = Math.min(this.page, pages - 1);
    const shown = rows.slice(this.page * PAGE, (this.page + 1) * PAGE);
    this.body.replaceChildren(...shown.map((row) => this.#row(row)));
    this.caption.textContent = `Who holds what on ${atlas.timeline.day(atlas.day)}: ${rows.length.toLocaleString("en")} places`;
    this.turn.textContent = `${this.page + 1} of ${pages}`;
    this.back.disabled = this.page === 0;
    this.on.disabled = this.page === pages - 1;
    for (const head of this.heads) head.setAttribute("aria-sort", head.dataset.by !== this.sort.by ? "none" : this.sort.down ? "descending" : "ascending");
  }

  #frame() {
    const filter = el("input", { type: "search", id: "list-filter", oninput: (event) => { this.sought = event.target.value.trim().toLowerCase(); this.page = 0; this.later(BUSY); } });
    this.back = el("button", { type: "button", onclick: () => { this.page -= 1; this.build(); } }, "Before");
    this.on = el("button", { type: "button", onclick: () => { this.page += 1; this.build(); } }, "Next");
    this.turn = el("span", { class: "soft", "aria-live": "polite" });
    this.heads = COLUMNS.map(([by, words]) => el("th", { scope: "col", dataset: { by } }, el("button", { type: "button", onclick: () => this.#sortBy(by) }, words)));
    this.caption = el("caption", { class: "soft" });
    this.body = el("tbody", {});
    this.element.replaceChildren(
      el("div", { class: "row" }, el("label", { for: "list-filter" }, "Only places or holders with"), filter, this.back, this.turn, this.on),
      el("div", { class: "wide" }, el("table", {}, this.caption, el("thead", {}, el("tr", {}, this.heads)), this.body)),
    );
  }

  #sortBy(by) {
    this.sort = { by, down: this.sort.by === by && !this.sort.down };
    this.page = 0;
    this.build();
  }

  #sorted() {
    const { timeline, picture, hidden } = this.atlas;
    const rows = [];
    for (let place = 0; place < timeline.size; place += 1) {
      const told = timeline.told(picture[place]);
      const side = told === null ? "unknown" : told.side === null ? "nobody" : timeline.side[picture[place]];
      if (hidden.has(side)) continue;
      const row = { place, name: timeline.places.name[place], kind: kind(timeline, place), holder: holderName(told), standing: told?.standing ?? "", since: told?.begin ?? -Infinity, told };
      if (!this.sought || `${row.name} ${row.holder} ${row.standing}`.toLowerCase().includes(this.sought)) rows.push(row);
    }
    const { by, down } = this.sort;
    const order = by === "since" ? (a, b) => (a.since === b.since ? 0 : a.since - b.since) : (a, b) => COLLATOR.compare(a[by], b[by]);
    return rows.sort((a, b) => (down ? -1 : 1) * order(a, b) || a.place - b.place);
  }

  #row({ place, name, kind: what, holder, standing, since, told }) {
    const { atlas } = this;
    const button = el("button", { type: "button", class: "link", onclick: () => atlas.choose(place, { show: true }) }, el("bdi", {}, name));
    const known = told && swatch(told.side?.key ?? null, standing, atlas.colourOf(atlas.picture[place]));
    return el("tr", { class: place === atlas.place ? "chosen" : "" },
      el("th", { scope: "row" }, button), el("td", {}, what), el("td", {}, known, " ", el("bdi", {}, holder)), el("td", {}, standing),
      el("td", { class: "number-left" }, since === -Infinity ? (told ? "not told" : "") : atlas.timeline.day(since)));
  }
}

const COLLATOR = new Intl.Collator("en", { numeric: true });
