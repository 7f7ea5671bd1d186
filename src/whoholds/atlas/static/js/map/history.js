/** The holders of a place as a bar over time, and the same as a list. */

import { patternSvg } from "../colours.js";
import { el } from "../kit.js";
import { holderName } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [340, 34];
const MOST = 40; // holdings listed; the place's page has all

/** The heading, bar and list of a place's holders. */
export function history(atlas, place) {
  const { timeline } = atlas;
  const spans = timeline.spansOf(place);
  if (!spans.length) return [];
  const listed = near(spans, atlas.picture[place]);
  const rest = spans.length - listed.length;
  return [
    el("h3", {}, "Over time"),
    bar(atlas, spans),
    el("ol", {}, listed.map((span) => row(atlas, span))),
    rest ? el("p", { class: "soft" }, `and ${rest} more on its page`) : null,
  ].filter(Boolean);
}

function row(atlas, span) {
  const { timeline } = atlas;
  const told = timeline.told(span);
  const go = () => atlas.setDay(told.begin, { step: true });
  const begin = told.begin === null ? "…" : timeline.day(told.begin);
  const within = told.begin !== null && told.begin >= timeline.first;
  const from = within ? el("button", { type: "button", class: "link", dataset: { keep: `span-${span}` }, onclick: go }, begin) : begin;
  const to = told.end === null ? "" : timeline.day(told.end);
  const now = span === atlas.picture[atlas.place];
  return el("li", { class: now ? "now" : "", "aria-current": now ? "date" : null }, from, ` – ${to} `, el("strong", {}, el("bdi", {}, holderName(told))), `, ${told.standing}`);
}

/** A drawing for the eye alone: the list under it says the same. */
function bar(atlas, spans) {
  const { timeline } = atlas;
  const picture = svg("svg", { class: "bar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const days = Math.max(1, timeline.last - timeline.first);
  const at = (day) => Math.max(0, Math.min(WIDTH, ((day - timeline.first) / days) * WIDTH));
  const defs = svg("defs", {});
  picture.append(defs);
  for (const span of spans) {
    const told = timeline.told(span);
    const [from, to] = [told.begin === null ? 0 : at(told.begin), told.end === null ? WIDTH : at(told.end + 1)];
    const id = `bar-${told.side?.key ?? "nobody"}-${told.standing}`.replace(/[^\w-]/g, (sign) => `_${sign.codePointAt(0)}`);
    if (![...defs.children].some((one) => one.id === id)) defs.append(patternSvg(id, atlas.colourOf(span), told.standing));
    picture.append(svg("rect", { x: from, y: 4, width: Math.max(1, to - from), height: HEIGHT - 8, fill: `url(#${id})` }));
  }
  picture.append(svg("rect", { x: at(atlas.day) - 1, y: 0, width: 2, height: HEIGHT, fill: "currentColor" }));
  return picture;
}

/** So many holdings as are listed, those around the present one. */
function near(spans, present) {
  if (spans.length <= MOST) return spans;
  const middle = Math.max(0, spans.indexOf(present));
  const from = Math.max(0, Math.min(spans.length - MOST, middle - MOST / 2));
  return spans.slice(from, from + MOST);
}

function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
