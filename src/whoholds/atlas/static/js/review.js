/** The review queue: verdicts by mouse and by keyboard. */

import { send, tell } from "./kit.js";

const cards = [...document.querySelectorAll(".claim")];
const PAST = { accept: "accepted", reject: "rejected", edit: "edited" };
const REASONS = { accept: "says what its words say", reject: "the words do not say this", edit: "read anew" };

/** The card that the keyboard is at: the one with the focus in it, else the first that waits. */
function current() {
  return document.activeElement?.closest?.(".claim") ?? cards.find((card) => !card.classList.contains("done"));
}

function go(step) {
  const waiting = cards.filter((card) => !card.classList.contains("done"));
  const here = document.activeElement?.closest?.(".claim");
  if (!waiting.length) return;
  if (!here) return waiting[0].focus();
  const at = waiting.indexOf(here);
  if (at >= 0) return waiting[Math.max(0, Math.min(at + step, waiting.length - 1))].focus();
  const next = waiting.find((card) => here.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING);
  (next ?? waiting.at(-1)).focus();
}

/** Only what a person typed is kept as a reason for another verdict than it was offered for. */
function reason(card, verdict) {
  const field = card.querySelector(".because");
  return Object.values(REASONS).includes(field.value) ? REASONS[verdict] : field.value;
}

async function judge(card, verdict) {
  if (card.dataset.busy || card.classList.contains("done")) return;
  const outcome = card.querySelector(".outcome");
  const body = { verdict, because: reason(card, verdict), words: card.dataset.words };
  if (verdict === "edit") body.instead = card.querySelector(".instead").value;
  card.dataset.busy = "yes";
  try {
    await send(`/api/claims/${card.dataset.claim}/verdicts`, body);
    card.classList.add("done");
    outcome.className = "outcome";
    outcome.textContent = `${PAST[verdict]}: ${body.because}`;
    tell(`${PAST[verdict]}; ${cards.filter((one) => !one.classList.contains("done")).length} left on this page`);
    go(1);
  } catch (error) {
    outcome.className = "outcome bad";
    outcome.textContent = [error.message, error.hint].filter(Boolean).join("\n");
  } finally {
    delete card.dataset.busy;
  }
}

function openEdit(card) {
  const edit = card.querySelector(".edit");
  edit.hidden = !edit.hidden;
  card.querySelector('[data-verdict="edit"]').setAttribute("aria-expanded", String(!edit.hidden));
  if (!edit.hidden) edit.querySelector(".instead").focus();
}

function act(card, what) {
  if (what === "edit") openEdit(card);
  else judge(card, what === "put" ? "edit" : what);
}

for (const card of cards) {
  card.querySelector(".verdict").hidden = false;
  card.addEventListener("click", (event) => {
    const button = event.target.closest("[data-verdict]");
    if (button) act(card, button.dataset.verdict);
  });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches?.("input, textarea, select");
  if (typing) {
    if (event.key === "Escape") event.target.closest(".claim")?.focus();
    return;
  }
  const what = { a: "accept", r: "reject", e: "edit" }[event.key];
  const card = current();
  if (what && card) act(card, what);
  else if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});
