/** A page left open all day: whether the register has taken in more since, asked now and then where the server can tell cheaply. */

import { el, link } from "../kit.js";

const EVERY = 120_000; // ms

/** Watch for new entries and offer to show them; `again` takes the data anew. */
export function keepWatch(atlas, again) {
  setInterval(() => { if (!document.hidden) look(atlas, again); }, EVERY);
}

/** The browser keeps the data with its ETag, so that an unchanged register costs a header. */
async function look(atlas, again) {
  const { published_by, recorded_by } = atlas.state;
  try {
    const address = link("/data/timeline", { published_by, recorded_by });
    const answer = await fetch(address, { cache: "no-cache", headers: { Accept: "application/json" } });
    if (!answer.ok || !answer.headers.get("ETag")) return;
    const told = await answer.json();
    if (told.seq !== atlas.timeline.seq) offer(again);
  } catch { /* the server is gone for now: what is shown stays, and a step that needs it says so */ }
}

function offer(again) {
  const place = document.getElementById("trouble");
  const show = el("button", { type: "button", onclick: () => { place.hidden = true; again(); } }, "Show what is new");
  place.replaceChildren("The register has taken in more since this page was opened.", show);
  place.hidden = false;
}
