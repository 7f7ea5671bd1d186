/** The words for and against a holding, and duties, as the API tells them; every word is text, and leads to where it stands. */

import { el, link } from "../kit.js";

/** The words of `/api/places/{key}`: those for the holder, beside those that say otherwise. */
export function words(told, state) {
  if (!told.holding) return undated(told, state);
  const parts = [el("h3", {}, "On whose word")];
  const counted = told.counted.map((one) => one.actor.name).filter(Boolean);
  if (counted.length) parts.push(el("p", { class: "soft" }, `Told of ${counted.join(", ")}, counted as this side.`));
  const on = list(told.supporting, state);
  if (!told.opposing.length) return [...parts, on];
  return [...parts, el("div", { class: "against" }, el("div", {}, el("h4", {}, "for it"), on), el("div", {}, el("h4", {}, "told otherwise"), list(told.opposing, state)))];
}

function undated(told, state) {
  if (!told.undated?.length) return [];
  return [el("h3", {}, "Told of no day"), list(told.undated, state)];
}

function list(told, state) {
  return el("ul", {}, told.map((word) => el("li", {}, cite(word, state))));
}

function cite(word, { on, published_by, recorded_by }) {
  const query = { on, published_by, recorded_by };
  const outlets = word.outlets?.length && !word.outlets.includes(word.voice) ? `, in ${word.outlets.join(", ")}` : "";
  const denied = word.factuality && word.factuality !== "actual" ? `, ${word.factuality}` : "";
  const there = `${link(`/documents/${encodeURIComponent(word.document)}`, query)}#claim-${encodeURIComponent(word.id)}`;
  return [
    el("span", { class: "cite" }, `${word.said ?? "no day"} `, el("bdi", {}, word.voice), denied, outlets),
    el("blockquote", {}, el("bdi", {}, `“${word.quote}”`)),
    el("span", { class: "cite" }, el("a", { href: there }, "in the report"), " · ", el("a", { href: link(`/claims/${encodeURIComponent(word.id)}`, query) }, "the claim")),
  ];
}

/** Those duties of `/api/undertakings` that concern a place, by its key. */
export function duties(told, key, { on, published_by, recorded_by }) {
  const found = told.duties.filter((duty) => duty.site?.key === key);
  const href = link("/agreements", { on, published_by, recorded_by });
  const partial = told.numberMatched > told.numberReturned ? ` among the first ${told.numberReturned} of ${told.numberMatched}` : "";
  if (!found.length) return [el("p", {}, `None${partial}. `, el("a", { href }, "All duties"))];
  const rows = found.map((duty) => el("li", {}, el("span", { class: "tag" }, duty.state), " ", dutyWords(duty)));
  return [el("ul", {}, rows), el("p", {}, partial && `These are${partial}. `, el("a", { href }, "All duties"))];
}

function dutyWords(duty) {
  const names = (sides) => sides.map((side) => side.name).join(", ");
  const who = duty.obligors.length ? ` by ${names(duty.obligors)}` : "";
  const to = duty.beneficiaries.length ? ` to ${names(duty.beneficiaries)}` : "";
  const until = duty.due ? `, due ${duty.due}` : "";
  return el("bdi", {}, `${duty.action.replaceAll("_", " ")}${who}${to}${until}`);
}
