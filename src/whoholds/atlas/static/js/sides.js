/** The colours of sides on pages that the server drew: those the user chose, and ones that differ from each other. */

import { colours, oncolours } from "/static/js/colours.js";

/** Colour every shape that names a side; the pattern over it is light on dark colours and dark on light ones. */
export function colourSides(root = document) {
  const shapes = [...root.querySelectorAll("[data-side]")];
  const found = colours(shapes.map((shape) => shape.dataset.side));
  for (const shape of shapes) {
    const colour = found.get(shape.dataset.side);
    shape.setAttribute("fill", colour.fill);
    const pattern = shape.parentElement.querySelector("[data-standing]");
    if (pattern) pattern.setAttribute("fill", `url(#${pattern.dataset.standing}-${colour.ink === "#ffffff" ? "light" : "dark"})`);
  }
}

colourSides();
oncolours(() => colourSides());

// What is printed shows its words, whether or not they are unfolded on the screen.
const folded = new Set();
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) { folded.add(one); one.open = true; }
});
addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
  folded.clear();
});
