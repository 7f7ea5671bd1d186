/** What all pages need: asking the server, making elements out of text, days as numbers, the state in the address. */

const DAY = 86_400_000;

/** An element with properties and children; strings become text, never markup. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "dataset") Object.assign(element.dataset, value);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !["list", "form"].includes(key) && typeof value !== "string") element[key] = value;
    else element.setAttribute(key === "className" ? "class" : key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** An error that the server told: `detail` says what is wrong, `hint` the way out. */
export class Told extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the server answered ${status}`);
    this.status = status;
    this.hint = problem.hint || "";
  }
}

/** The JSON at an address of our own. Raises Told. */
export async function ask(address, { signal } = {}) {
  return read(await fetch(address, { signal, headers: { Accept: "application/json" } }));
}

/** Send JSON with the token that tells that a page of ours asks. Raises Told. */
export async function send(address, body, method = "POST") {
  const csrf = document.querySelector('meta[name="csrf"]').content;
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrf };
  return read(await fetch(address, { method, headers, body: JSON.stringify(body) }));
}

async function read(response) {
  const text = await response.text();
  let told = {};
  try { told = text ? JSON.parse(text) : {}; } catch { told = { detail: text.slice(0, 200) }; }
  if (!response.ok) throw new Told(response.status, told);
  return told;
}

/** Tell the user something, aloud for screen readers too; it goes after a while. */
export function tell(words) {
  const place = document.getElementById("told");
  place.textContent = words;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, 6000);
}

/** The number of a day (YYYY-MM-DD) counted from an epoch day. */
export function dayNumber(day, epoch) {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${epoch}T00:00:00Z`)) / DAY);
}

/** The day (YYYY-MM-DD) with a number counted from an epoch day. */
export function dayOf(number, epoch) {
  return new Date(Date.parse(`${epoch}T00:00:00Z`) + number * DAY).toISOString().slice(0, 10);
}

/** Whether words are a day, YYYY-MM-DD. */
export function isDay(words) {
  return /^\d{4}-\d{2}-\d{2}$/.test(words) && !Number.isNaN(Date.parse(`${words}T00:00:00Z`));
}

/** What the address asks for, as an object. */
export function asked() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** The path with a query of what is not null or empty. */
export function link(path, query) {
  const told = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  return told.size ? `${path}?${told}` : path;
}

/** Put the state into the address without leaving the page. */
export function keep(query) {
  history.replaceState(null, "", link(location.pathname, query) + location.hash);
}
