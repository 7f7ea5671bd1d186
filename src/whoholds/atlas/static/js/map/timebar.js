/** The time bar: slider, typed date, steps to changes, play. */

import { isDay } from "../kit.js";
import { drawSpark } from "./spark.js";
import { changed, spoken } from "./words.js";

const QUIET = 350; // ms after the last step before it is read aloud
const BY_CHANGE = 700; // ms between changes when playing from change to change
const id = (name) => document.getElementById(name);

/** Put up the time bar; gives what the keys need. */
export function setUpTimeBar(atlas) {
  const bar = new TimeBar(atlas);
  atlas.hear("world day compare place colours", (detail, what) => bar.changed(what, detail));
  return bar;
}

class TimeBar {
  constructor(atlas) {
    this.atlas = atlas;
    this.slider = id("slider");
    this.typed = id("day");
    this.playing = null;
    this.wide = false;
    this.from = 0;
    this.slider.addEventListener("input", () => this.#go(this.slider.valueAsNumber));
    this.slider.addEventListener("change", () => this.#go(this.slider.valueAsNumber, true));
    this.slider.addEventListener("keydown", (event) => this.#sliderKey(event));
    this.typed.addEventListener("change", () => this.#typed());
    id("before").addEventListener("click", () => this.toChange(-1));
    id("after").addEventListener("click", () => this.toChange(1));
    id("play").addEventListener("click", () => this.toggle());
    id("range").addEventListener("click", () => this.#widen());
    for (const query of ["theme"]) document.addEventListener(query, () => this.#spark());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#spark());
    new ResizeObserver(() => this.#spark()).observe(id("spark"));
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.stop(); });
  }

  changed(what, { before, playing }) {
    const { timeline, day } = this.atlas;
    if (!timeline) return;
    if (what === "world") this.#range(timeline);
    else if (day < this.from) this.#widen();
    const words = timeline.day(day);
    if (this.slider.valueAsNumber !== day) this.slider.value = String(day);
    this.slider.setAttribute("aria-valuetext", spoken(words));
    if (document.activeElement !== this.typed || this.typed.value !== words) this.typed.value = words;
    if (what !== "day") this.#spark();
    if (what === "day" && !playing) this.#announce(before);
  }

  /** A day, or a number of days, back or on. */
  step(days) {
    this.stop();
    this.atlas.setDay(this.atlas.day + days);
  }

  /** The same day of another month; the last day of it where it is shorter. */
  month(months) {
    const { timeline, day } = this.atlas;
    const at = new Date(`${timeline.day(day)}T00:00:00Z`);
    const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate();
    const there = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, Math.min(at.getUTCDate(), last));
    this.stop();
    this.atlas.setDay(timeline.number(new Date(there).toISOString().slice(0, 10)));
  }

  /** To the change before (-1) or the next (1): of the chosen place, else of the map. */
  toChange(direction) {
    const { timeline, day, place } = this.atlas;
    if (!timeline) return;
    const found = timeline.change(day, direction, place);
    if (found === null || found < timeline.first || found > timeline.last) {
      const where = place === null ? "" : ` of ${timeline.places.name[place]}`;
      this.#say(direction > 0 ? `No later change${where}.` : `No earlier change${where}.`);
      return;
    }
    this.stop();
    this.atlas.setDay(found, { step: true });
  }

  toggle() {
    if (this.playing) this.stop();
    else this.#play();
  }

  stop() {
    if (!this.playing) return;
    cancelAnimationFrame(this.playing.frame);
    const { before } = this.playing;
    this.playing = null;
    this.#button("▶", "Play");
    this.#announce(before);
  }

  #play() {
    const { atlas } = this;
    if (!atlas.timeline?.size) return;
    if (atlas.day >= atlas.timeline.last) atlas.setDay(this.from);
    this.playing = { before: atlas.picture, from: performance.now(), day: atlas.day };
    this.#button("⏸", "Pause");
    const next = (now) => {
      if (!this.playing) return;
      this.playing.frame = requestAnimationFrame(next);
      this.#advance(now);
    };
    this.playing.frame = requestAnimationFrame(next);
  }

  #advance(now) {
    const { atlas, playing } = this;
    const speed = id("speed").value;
    const passed = now - playing.from;
    const byChange = speed === "change";
    if (passed < (byChange ? BY_CHANGE : 1000 / Number(speed))) return;
    const days = byChange ? 0 : Math.floor((passed / 1000) * Number(speed));
    playing.from = byChange ? now : playing.from + (days * 1000) / Number(speed);
    const day = byChange ? atlas.timeline.change(atlas.day, 1, atlas.place) : atlas.day + days;
    if (day !== null) atlas.setDay(day, { playing: true });
    if (day === null || atlas.day >= atlas.timeline.last) this.stop();
  }

  #button(sign, words) {
    id("play").firstElementChild.textContent = sign;
    id("play").setAttribute("aria-label", words);
    id("play").title = `${words} (space)`;
  }

  #go(day, step = false) {
    if (this.playing) this.stop();
    if (day !== this.atlas.day || step) this.atlas.setDay(day, { step });
  }

  /** Shift makes the native keys of a slider larger steps. */
  #sliderKey(event) {
    const steps = { ArrowLeft: -7, ArrowRight: 7 };
    const months = { ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.shiftKey && event.key in steps) this.step(steps[event.key]);
    else if ((event.shiftKey || event.key.startsWith("Page")) && event.key in months) this.month(months[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #typed() {
    const { timeline } = this.atlas;
    if (!timeline || !isDay(this.typed.value)) return;
    const day = timeline.number(this.typed.value);
    if (day < timeline.first) this.#say(`Nothing is known before ${spoken(timeline.day(timeline.first))}.`);
    if (day > timeline.last) this.#say(`Nothing is known after ${spoken(timeline.day(timeline.last))}.`);
    this.#go(day, true);
  }

  /** The slider begins with the first report, since what is told of the decades before it would leave no room; or does not. */
  #widen() {
    this.wide = !this.wide;
    this.#range(this.atlas.timeline);
    this.#spark();
  }

  #range(timeline) {
    const before = timeline.reported > timeline.first;
    if (this.atlas.day < timeline.reported) this.wide = true;
    this.from = before && !this.wide ? timeline.reported : timeline.first;
    Object.assign(this.slider, { min: String(this.from), max: String(timeline.last), value: String(this.atlas.day) });
    Object.assign(this.typed, { min: timeline.day(timeline.first), max: timeline.day(timeline.last) });
    id("range").hidden = !before || this.atlas.day < timeline.reported;
    id("range").textContent = this.wide ? "from the first report" : `from ${timeline.day(timeline.first)}`;
    id("first").textContent = timeline.size ? timeline.day(this.from) : "";
    id("last").textContent = timeline.size ? timeline.day(timeline.last) : "";
    for (const name of ["slider", "day", "before", "after", "play", "speed"]) id(name).disabled = !timeline.size;
  }

  #spark() {
    if (this.atlas.timeline) drawSpark(id("spark"), this.atlas, this.from);
  }

  #announce(before) {
    clearTimeout(this.announcing);
    this.before ??= before;
    this.announcing = setTimeout(() => {
      const { atlas } = this;
      const words = changed(atlas, this.before, atlas.picture);
      this.before = null;
      this.#say(`${spoken(atlas.timeline.day(atlas.day))}: ${words}.`);
    }, QUIET);
  }

  #say(words) {
    id("live").textContent = words;
  }
}
