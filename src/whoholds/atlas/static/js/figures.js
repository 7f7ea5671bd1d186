/** The page of figures: a chart a card, drawn from the same rows as its table and its file; saved as SVG and PNG. */

import { echarts } from "/lib/echarts/index.js";
import { colours, oncolours } from "./colours.js";
import { ask, el, tell } from "./kit.js";

const OUTLETS = 20;
const DASHES = ["solid", [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 2]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin", "arrow"];
const MARKS = 9; // symbols along a line
const OKABE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8a8f94"];

/** What the theme gives: ink, soft ink, lines and the card's ground. */
function theme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { ink: read("--ink"), soft: read("--soft"), line: read("--line"), ground: read("--raised"), font: read("--font") };
}

/** What charts of all kinds share. */
function frame(figure, look) {
  const text = { color: look.ink, fontFamily: look.font, fontSize: 12 };
  return {
    animation: false,
    backgroundColor: look.ground,
    textStyle: text,
    aria: { enabled: false },
    grid: { left: 8, right: 16, top: 60, bottom: 8, containLabel: true },
    legend: { type: "scroll", top: 0, left: 0, right: 0, itemWidth: 34, textStyle: text, pageTextStyle: text, pageIconColor: look.ink },
    tooltip: {
      trigger: "axis", confine: true, renderMode: "richText", backgroundColor: look.ground, borderColor: look.line, textStyle: text,
      valueFormatter: (value) => `${Number(value).toLocaleString("en")}`,
    },
    yAxis: { type: "value", name: figure.unit, minInterval: 1, nameGap: 10, nameTextStyle: { ...text, color: look.soft, align: "left" }, axisLabel: text, splitLine: { lineStyle: { color: look.line } } },
  };
}

/** Lines over time, a side each, told apart by colour, dashes and marks. */
function held(figure, look) {
  const shades = colours(figure.columns.map((column) => column.key));
  const every = Math.max(1, Math.floor(figure.rows.length / MARKS));
  return {
    ...frame(figure, look),
    xAxis: { type: "time", axisLabel: { color: look.ink, hideOverlap: true }, axisLine: { lineStyle: { color: look.soft } } },
    series: figure.columns.map((column, at) => {
      const shade = shades.get(column.key);
      const line = { color: shade.edge, width: 2.5, type: column.key === null ? [3, 4] : DASHES[at % DASHES.length] };
      return {
        name: column.name, type: "line", step: "end", lineStyle: line, itemStyle: { color: shade.edge },
        symbol: SYMBOLS[at % SYMBOLS.length], symbolSize: (_, point) => (point.dataIndex % every === Math.floor(((at + 1) * every) / (figure.columns.length + 1)) ? 8 : 0),
        showAllSymbol: true, data: figure.rows.map((row) => [row[0], row[at + 1]]),
      };
    }),
  };
}

/** Stacked bars by week, a type each, told apart by colour and pattern. */
function weekly(figure, look) {
  const decals = [[1, 0], [4, 3], [2, 2], [6, 2], [1, 3], [3, 1]];
  return {
    ...frame(figure, look),
    xAxis: { type: "category", data: figure.rows.map((row) => row[0]), axisLabel: { color: look.ink, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.soft } } },
    series: figure.columns.map((column, at) => ({
      name: column.name, type: "bar", stack: "all", barMaxWidth: 28, barMinWidth: 1, data: figure.rows.map((row) => row[at + 1]),
      itemStyle: {
        color: OKABE[at % OKABE.length], borderColor: look.ground, borderWidth: figure.rows.length < 120 ? 0.5 : 0,
        decal: at === 0 || figure.rows.length > 120 ? null : { symbol: "rect", color: "rgba(255,255,255,.55)", dashArrayX: [1, 0], dashArrayY: decals[at % decals.length], rotation: (at * Math.PI) / 5 },
      },
    })),
  };
}

/** Bars, an outlet each, the most first; the table has all of them. */
function outlets(figure, look) {
  const shown = figure.rows.slice(0, OUTLETS).reverse();
  const base = frame(figure, look);
  return {
    ...base,
    legend: { show: false },
    grid: { ...base.grid, top: 8, right: 60 },
    xAxis: { ...base.yAxis, name: "" },
    yAxis: { type: "category", data: shown.map((row) => row[0]), axisLabel: { color: look.ink, width: 150, overflow: "truncate" }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.soft } } },
    series: [{
      name: figure.unit, type: "bar", barMaxWidth: 20, data: shown.map((row) => row[1]), itemStyle: { color: OKABE[0] },
      label: { show: true, position: "right", color: look.ink, formatter: ({ value }) => value.toLocaleString("en") },
    }],
  };
}

const DRAWN = { area: held, settlements: held, incidents: weekly, outlets };

/** Draw a figure into its card and keep it in step with size, theme and chosen colours. */
export async function draw(card) {
  const place = card.querySelector(".chart");
  if (!place) return;
  const figure = await ask(card.dataset.source);
  if (card.querySelector(".waiting")) arrive(card, figure);
  if (!figure.rows.length) return;
  if (figure.name === "outlets") place.style.height = `${Math.min(OUTLETS, figure.rows.length) * 26 + 50}px`;
  const chart = echarts.init(place, null, { renderer: "svg" });
  const show = () => chart.setOption(DRAWN[figure.name](figure, theme()), true);
  show();
  oncolours(show);
  new ResizeObserver(() => chart.resize()).observe(place);
  for (const button of card.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => save(chart, figure.name, button.dataset.save).catch((error) => tell(`The picture cannot be made: ${error.message}`)));
    button.disabled = false;
  }
}

/** Fill a card whose figure the page did not wait for. */
function arrive(card, figure) {
  const waiting = card.querySelector(".waiting");
  const notes = figure.rows.length ? figure.notes : ["Nothing is known of it in this period: no place in it has a boundary or a cell."];
  waiting.after(...notes.map((note) => el("p", { class: "soft note" }, note)));
  waiting.remove();
  if (!figure.rows.length) return card.querySelector(".chart").remove();
  card.querySelector("summary").textContent = `Table of ${figure.title.toLowerCase()} (${figure.rows.length} rows)`;
  card.querySelector("thead tr").append(...figure.columns.map((column) => el("th", { scope: "col", class: "number" }, el("bdi", {}, column.name))));
  card.querySelector("tbody").append(...figure.rows.map(([about, ...numbers]) => el("tr", {},
    el("th", { scope: "row" }, about), ...numbers.map((number) => el("td", { class: "number" }, number.toLocaleString("en"))))));
  card.querySelector("details").hidden = false;
  return undefined;
}

/** Save a chart as it stands: `svg`, or `png` at twice its size. */
async function save(chart, name, kind) {
  const drawn = chart.getDom().querySelector("svg").cloneNode(true);
  drawn.removeAttribute("style");
  const svg = new Blob([new XMLSerializer().serializeToString(drawn)], { type: "image/svg+xml" });
  const picture = kind === "svg" ? svg : await painted(svg, chart.getWidth(), chart.getHeight());
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(picture), download: `${name}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function painted(svg, width, height) {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * 2, height: height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

for (const card of document.querySelectorAll(".figure")) {
  draw(card).catch((error) => tell(`A figure cannot be shown: ${error.message}`));
}
