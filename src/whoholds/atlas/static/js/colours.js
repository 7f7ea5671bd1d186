/**
 * Colours of sides and patterns of standings, the same on every page.
 *
 * A side has one colour, found from its key: Okabe and Ito's palette for colour-blind people, first pure, then, for more sides
 * than it has colours, in a second lightness. What a side was given is remembered in this browser, so that it stays when other
 * sides appear; the user may choose another. Fills are told from the ground by an edge of at least 3:1 (WCAG 2.2, 1.4.11).
 * Standings are patterns, never colours: disputed is hatched, contested is cross-hatched, nobody is hollow.
 *
 * Other pages need `colours(keys)`, `swatch`, `patternSvg`, `decal`, and to draw anew `oncolours`.
 */

const GIVEN = "whoholds.colours.given";
const CHOSEN = "whoholds.colours.chosen";
const CHANGED = "colours";
const SVG = "http://www.w3.org/2000/svg";

/** Blue, vermilion, sky blue, purple, green, orange, yellow: Okabe and Ito (2008), without black. */
export const PALETTE = ["#0072b2", "#d55e00", "#56b4e9", "#cc79a7", "#009e73", "#e69f00", "#f0e442"];

/** What nobody holds, or not known who. */
export const NOBODY = "#8a8f94";

/** Standings that are shown as patterns, and what the patterns are called. */
export const PATTERNS = { disputed: "hatched", contested: "cross-hatched" };

const GROUNDS = { light: "#f4f2ec", dark: "#22272b" };
const SEED = 174970; // of 200,000 tried, the one under which the sides of 12 well-known wars differ most often at once
const SLOTS = PALETTE.length * 2;

/** `light` or `dark`, as the page is now. */
export function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * The colours of sides as `{fill, edge, ink}` by key, in today's theme; pass all sides of a page at once, so that they differ.
 * `fill` is the side's colour, `edge` the same with enough contrast to the ground, `ink` black or white to write on the fill.
 * The key null (or undefined) is nobody.
 */
export function colours(keys) {
  const slots = assign([...new Set(keys)].filter((key) => key !== null && key !== undefined).sort());
  const chosen = kept(CHOSEN);
  const found = new Map([[null, shade(NOBODY)]]);
  for (const [key, slot] of slots) found.set(key, shade(chosen[key] || slotColour(slot)));
  return found;
}

/** The colours of one side, as `colours` gives them. */
export function colourOf(key) {
  return colours([key]).get(key ?? null);
}

/** The colour that the user chose for a side; null where none. */
export function chosen(key) {
  return kept(CHOSEN)[key] || null;
}

/** Choose a colour (#rrggbb) for a side; null goes back to its own. */
export function choose(key, colour) {
  const all = kept(CHOSEN);
  if (colour) all[key] = colour;
  else delete all[key];
  keep(CHOSEN, all);
  document.dispatchEvent(new CustomEvent(CHANGED));
}

/** Call something when colours change: chosen ones, here or in another window, or with the theme. */
export function oncolours(then) {
  document.addEventListener(CHANGED, then);
  document.addEventListener("theme", then);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", then);
  addEventListener("storage", (event) => { if (event.key === CHOSEN || event.key === null) then(); });
}

/** The ratio of contrast of two colours (#rrggbb), 1 to 21, after WCAG 2.2. */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** A colour between two (#rrggbb): all the first at 0, all the second at 1. */
export function mix(one, other, share) {
  const [a, b] = [channels(one), channels(other)];
  return `#${a.map((value, n) => Math.round(value + (b[n] - value) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue of a colour (#rrggbb), 0 to 255. */
export function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/**
 * Fill a shape already traced in a canvas context by holder and standing; `colour` is what `colours` gave, `unit` the pixels of
 * a stripe and of the gap after it.
 */
export function fillStanding(context, colour, standing, unit = 3) {
  context.fillStyle = colour.fill;
  context.fill();
  if (!(standing in PATTERNS)) return;
  context.fillStyle = context.createPattern(tile(stripe(colour), standing, unit), "repeat");
  context.fill();
}

/** The pattern of a standing for an ECharts `itemStyle.decal`; null for those shown plainly. */
export function decal(standing, colour) {
  if (!(standing in PATTERNS)) return null;
  const line = { color: stripe(colour), dashArrayX: [1, 0], dashArrayY: [2, 4], symbolSize: 1, rotation: Math.PI / 4 };
  if (standing === "disputed") return line;
  return { color: stripe(colour), symbol: "rect", symbolSize: 0.7, dashArrayX: [[3, 3], [3, 3]], dashArrayY: [3, 0] };
}

/** An SVG `pattern` element for `fill="url(#id)"`, to be put into the `defs` of a drawing; plain for a plain standing. */
export function patternSvg(id, colour, standing) {
  const pattern = svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(svg("rect", { width: 6, height: 6, fill: colour.fill }));
  if (standing in PATTERNS) pattern.append(svg("rect", { width: 2.4, height: 6, fill: stripe(colour) }));
  if (standing === "contested") pattern.append(svg("rect", { width: 6, height: 2.4, fill: stripe(colour) }));
  return pattern;
}

let swatches = 0;

/** A small square of a side's colour and a standing's pattern, for legends and text; said by the words beside it. */
export function swatch(key, standing = "claimed", colour = colourOf(key)) {
  const drawing = svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true", class: "swatch" });
  const id = `swatch-${(swatches += 1)}`;
  const hollow = key === null || key === undefined;
  if (!hollow) drawing.append(patternSvg(id, colour, standing));
  const fill = hollow ? "none" : `url(#${id})`;
  drawing.append(svg("rect", { x: 1, y: 1, width: 12, height: 12, rx: 2, fill, stroke: colour.edge, "stroke-width": 1.5 }));
  return drawing;
}

/** Light stripes on dark colours and dark ones on light, so that a pattern is seen in any colour. */
function stripe(colour) {
  return colour.ink === "#ffffff" ? "#ffffff" : "#26292c";
}

function tile(line, standing, unit) {
  const size = Math.max(4, Math.round(unit * 2));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  context.strokeStyle = line;
  context.lineWidth = unit * 0.8;
  const rising = [[-size, size, size, -size], [0, size, size, 0], [0, 2 * size, 2 * size, 0]];
  const falling = rising.map(([x, y, u, v]) => [size - x, y, size - u, v]);
  for (const [x, y, u, v] of standing === "contested" ? [...rising, ...falling] : rising) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(u, v);
    context.stroke();
  }
  return canvas;
}

/** Slots by key: what was given before, where no other here has it, else the next free one from where the key points. */
function assign(keys) {
  const given = kept(GIVEN);
  const slots = new Map();
  const taken = new Set();
  for (const key of keys) {
    if (!Number.isInteger(given[key]) || taken.has(given[key])) continue;
    slots.set(key, given[key]);
    taken.add(given[key]);
  }
  for (const key of keys) {
    if (slots.has(key)) continue;
    const slot = free(key, taken);
    slots.set(key, slot);
    taken.add(slot);
    given[key] = slot;
  }
  keep(GIVEN, given);
  return slots;
}

/** A free slot of the first lightness, else of the second; where all are taken, the one that the key points to. */
function free(key, taken) {
  const first = hashed(key);
  for (let step = 0; step < SLOTS; step += 1) {
    const round = step < PALETTE.length ? 0 : PALETTE.length;
    const slot = round + ((first + step) % PALETTE.length);
    if (!taken.has(slot)) return slot;
  }
  return first;
}

/** FNV-1a over the key's UTF-8 bytes, from a seed of ours. */
function hashed(key) {
  let hash = SEED;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % PALETTE.length;
}

function slotColour(slot) {
  const colour = PALETTE[slot % PALETTE.length];
  if (slot < PALETTE.length) return colour;
  return theme() === "dark" ? mix(colour, "#ffffff", 0.55) : mix(colour, "#000000", 0.5);
}

function shade(fill) {
  const ground = GROUNDS[theme()];
  const away = theme() === "dark" ? "#ffffff" : "#000000";
  let edge = mix(fill, away, 0.25);
  for (let share = 0.3; contrast(edge, ground) < 3 && share <= 1; share += 0.05) edge = mix(fill, away, share);
  return { fill, edge, ink: contrast(fill, "#ffffff") >= contrast(fill, "#000000") ? "#ffffff" : "#000000" };
}

function luminance(colour) {
  const linear = channels(colour).map((value) => value / 255).map((s) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) || {};
  } catch {
    return {}; // storage that is full, forbidden or not ours: colours still work, they are only not remembered
  }
}

function keep(name, value) {
  try {
    const told = JSON.stringify(value);
    if (localStorage.getItem(name) !== told) localStorage.setItem(name, told);
  } catch { /* see above */ }
}

function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
