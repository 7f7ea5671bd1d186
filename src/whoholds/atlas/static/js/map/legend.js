/** The legend: sides with how many places each holds, to hide or to colour; what the patterns and signs mean. */

import { choose, swatch } from "../colours.js";
import { el } from "../kit.js";
import { FAMILIES, pointsOf } from "./stamps.js";

const SVG = "http://www.w3.org/2000/svg";

/** Put up the legend. */
export function setUpLegend(atlas) {
  const legend = new Legend(atlas);
  atlas.hear("world colours hidden layers", () => legend.build());
  atlas.hear("day", () => legend.count());
  atlas.hear("world compare", () => { if (atlas.state.compare) document.getElementById("signs").open = false; });
  if (matchMedia("(max-width: 760px)").matches) document.getElementById("legend").open = false;
}

class Legend {
  constructor(atlas) {
    this.atlas = atlas;
    this.counts = new Map();
  }

  build() {
    const focused = document.activeElement?.dataset?.side;
    this.counts.clear();
    const { timeline, palette } = this.atlas;
    const sides = timeline.sides.map((side, number) => this.#side(number, side.name, side.key, palette[number]));
    const others = [this.#side("nobody", "nobody", null, palette.at(-1)), this.#side("unknown", "not known", undefined, palette.at(-1))];
    document.getElementById("legend-sides").replaceChildren(el("ul", {}, sides, others));
    document.getElementById("legend-signs").replaceChildren(this.#signs());
    if (focused) document.querySelector(`#legend [data-side="${focused}"]`)?.focus();
    this.count();
  }

  count() {
    const { sides, nobody, unknown } = this.atlas.timeline.tally(this.atlas.picture);
    for (const [side, element] of this.counts) {
      const number = side === "nobody" ? nobody : side === "unknown" ? unknown : sides[side];
      element.textContent = number.toLocaleString("en");
      element.closest("li").hidden = (side === "nobody" || side === "unknown") && number === 0 && !this.atlas.hidden.has(side);
    }
  }

  #side(side, name, key, colour) {
    const count = el("span", { class: "number" });
    this.counts.set(side, count);
    const pressed = String(!this.atlas.hidden.has(side));
    const mark = key === null ? filled(colour) : swatch(key, "claimed", colour);
    const button = el("button", { type: "button", class: "side", "aria-pressed": pressed, title: "Show or hide", dataset: { side } },
      mark, el("bdi", {}, name), count);
    button.addEventListener("click", () => this.atlas.toggle(side));
    return el("li", {}, button, key ? this.#picker(key, name, colour) : null);
  }

  #picker(key, name, colour) {
    const picker = el("input", { type: "color", value: colour.fill, "aria-label": `Colour of ${name}`, title: "Choose a colour; double-click for its own" });
    picker.addEventListener("change", () => choose(key, picker.value));
    picker.addEventListener("dblclick", () => choose(key, null));
    return picker;
  }

  #signs() {
    const { timeline, palette, layers } = this.atlas;
    const example = palette[0];
    const rows = [
      el("li", {}, swatch("", "disputed", example), "disputed: others say otherwise"),
      el("li", {}, swatch("", "contested", example), "contested: fought for"),
    ];
    if (timeline.isArea.includes(1)) rows.push(el("li", {}, mark("0,-6 6,0 0,6 -6,0", "none"), "area without a known boundary"));
    if (layers.has("cells") && this.atlas.world.shapes.cells.length) rows.push(el("li", {}, filled(example, 0.42), "cell: ground nearest to a settlement"));
    if (layers.has("incidents") && this.atlas.world.incidents.size) {
      const present = new Set(this.atlas.world.incidents.family);
      rows.push(...FAMILIES.map((family, n) => (present.has(n) ? el("li", {}, mark(pointsOf(n, 6), "currentColor"), family.words) : null)));
      rows.push(el("li", {}, `incidents of the last ${this.atlas.state.days} days; larger: more killed`));
    }
    const lost = timeline.places.lat.filter((lat) => lat === null).length;
    if (lost) rows.push(el("li", {}, `${lost} ${lost === 1 ? "place" : "places"} without a point: in the list only`));
    return el("ul", { class: "signs" }, rows.filter(Boolean));
  }
}

function filled(colour, opacity = 1) {
  return drawing("rect", { x: -6, y: -6, width: 12, height: 12, rx: 2, fill: colour.fill, "fill-opacity": opacity, stroke: colour.edge });
}

function mark(points, fill) {
  return drawing("polygon", { points, fill, stroke: "currentColor" });
}

function drawing(name, attributes) {
  const picture = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true", class: "swatch" })) picture.setAttribute(key, value);
  const shape = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  picture.append(shape);
  return picture;
}
