/** Find a place by its name: a text field with suggestions, after the combobox pattern of the ARIA Authoring Practices. */

import { el } from "../kit.js";
import { kind } from "./words.js";

const MOST = 12;

/** Put up the finder. */
export function setUpFinder(atlas) {
  const finder = new Finder(atlas);
  atlas.hear("world", () => finder.index());
  return { focus: () => finder.field.focus() };
}

class Finder {
  constructor(atlas) {
    this.atlas = atlas;
    this.field = document.getElementById("finder");
    this.list = document.getElementById("finder-found");
    this.found = [];
    this.active = -1;
    this.names = [];
    this.field.addEventListener("input", () => this.#search());
    this.field.addEventListener("focus", () => { if (this.field.value) this.#search(); });
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  index() {
    this.names = this.atlas.timeline.places.name.map(folded);
  }

  #search() {
    const sought = folded(this.field.value.trim());
    this.found = sought ? this.#matches(sought) : [];
    this.active = this.found.length ? 0 : -1;
    const options = this.found.map((place, number) => this.#option(place, number));
    const none = sought && !options.length ? [el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "soft" }, "no place of this name")] : [];
    this.list.replaceChildren(...options, ...none);
    this.list.hidden = !options.length && !none.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#activate();
  }

  /** Names that begin so come first, then those with a word that does, then those with it anywhere. */
  #matches(sought) {
    const ranks = [[], [], []];
    for (const [place, name] of this.names.entries()) {
      const at = name.indexOf(sought);
      if (at < 0) continue;
      ranks[at === 0 ? 0 : /[\s-]/.test(name[at - 1]) ? 1 : 2].push(place);
      if (ranks[0].length >= 200) break;
    }
    ranks[0].sort((a, b) => this.names[a].length - this.names[b].length);
    return ranks.flat().slice(0, MOST);
  }

  #option(place, number) {
    const { timeline } = this.atlas;
    const words = kind(timeline, place);
    return el("li", { role: "option", id: `finder-${number}`, "aria-selected": "false", onclick: () => this.#take(number) },
      el("bdi", {}, timeline.places.name[place]), words ? el("span", { class: "soft" }, ` (${words})`) : null);
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      if (this.list.hidden) this.#search();
      else if (this.found.length) this.active = (this.active + moves[event.key] + this.found.length) % this.found.length;
      this.#activate();
    } else if (event.key === "Enter" && this.active >= 0) {
      this.#take(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.#close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #activate() {
    for (const [number, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(number === this.active));
      if (number === this.active) option.scrollIntoView({ block: "nearest" });
    }
    if (this.active >= 0) this.field.setAttribute("aria-activedescendant", `finder-${this.active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #take(number) {
    const place = this.found[number];
    this.field.value = this.atlas.timeline.places.name[place];
    this.#close();
    this.atlas.choose(place, { show: true });
  }

  #close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.active = -1;
    this.#activate();
  }
}

/** A name as it is compared: without accents, in lower case. */
function folded(name) {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
