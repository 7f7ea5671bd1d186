/** What the map shows, as the address tells it: every view can be sent to somebody, and back and forward lead through views. */

import { asked, isDay, link } from "../kit.js";

export const LAYERS = ["places", "boundaries", "cells", "incidents"];
const USUAL_DAYS = 7;

/** The state that the address asks for; days are YYYY-MM-DD or null, what is not understood is left out. */
export function fromAddress() {
  const told = asked();
  return {
    on: day(told.on),
    published_by: day(told.published_by),
    recorded_by: told.recorded_by && !Number.isNaN(Date.parse(told.recorded_by)) ? told.recorded_by : null,
    compare: day(told.compare),
    how: told.how === "swipe" ? "swipe" : "beside",
    place: told.place || null,
    at: point(told.at),
    layers: told.layers === undefined ? null : new Set(told.layers.split(",").filter((name) => LAYERS.includes(name))),
    days: Math.min(366, Math.max(1, Number.parseInt(told.days, 10) || USUAL_DAYS)),
    list: told.view === "list",
  };
}

/** The query of a state, for `kit.link`. */
export function toQuery(state) {
  return {
    on: state.on,
    published_by: state.published_by,
    recorded_by: state.recorded_by,
    compare: state.compare,
    how: state.compare && state.how === "swipe" ? "swipe" : null,
    place: state.place,
    at: state.at && state.at.join(","),
    layers: state.layers && LAYERS.filter((name) => state.layers.has(name)).join(","),
    days: state.days === USUAL_DAYS ? null : state.days,
    view: state.list ? "list" : null,
  };
}

let waiting = null;

/** Put a state into the address: at once as a new step of the history, else after a moment in place of the present one. */
export function toAddress(state, { step = false } = {}) {
  clearTimeout(waiting);
  const address = () => link(location.pathname, toQuery(state));
  if (step) history.pushState(null, "", address());
  else waiting = setTimeout(() => history.replaceState(null, "", address()), 200);
  follow(state);
}

/** The links of the header lead on with the same day and state of knowledge. */
function follow(state) {
  const { on, published_by, recorded_by } = state;
  for (const anchor of document.querySelectorAll(".top .brand, .top nav a")) {
    anchor.href = link(new URL(anchor.href).pathname, { on, published_by, recorded_by });
  }
}

function day(words) {
  return words && isDay(words) ? words : null;
}

function point(words) {
  const numbers = (words ?? "").split(",").map(Number);
  const [lat, lon, zoom] = numbers;
  const fits = numbers.length === 3 && Math.abs(lat) <= 90 && Math.abs(lon) <= 360 && zoom >= 0 && zoom <= 20;
  return fits && words ? numbers : null;
}
