/** Keys of the whole page, and the dialog that tells them. Single keys can be turned off (WCAG 2.2, 2.1.4). */

const OFF = "whoholds.keys.off";

/** Let keys work; `actions` are called by name. */
export function setUpKeys(actions) {
  const dialog = document.getElementById("help");
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  document.getElementById("help-open").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || dialog.open) return;
    const act = event.key === "Escape" ? actions.close : on.checked && !taken(event) ? meant(event, actions, dialog) : null;
    if (act && act() !== false) event.preventDefault();
  });
}

function meant(event, actions, dialog) {
  const keys = {
    n: () => actions.change(1), p: () => actions.change(-1), " ": actions.play, "?": () => dialog.showModal(),
    "/": actions.find, c: actions.compare, l: actions.list,
  };
  if (event.key in keys) return keys[event.key];
  const { step, month } = actions;
  const arrows = event.shiftKey
    ? { ArrowLeft: () => step(-7), ArrowRight: () => step(7), ArrowUp: () => month(1), ArrowDown: () => month(-1) }
    : { ArrowLeft: () => step(-1), ArrowRight: () => step(1) };
  return arrows[event.key] ?? null;
}

/** Whether what has the focus uses the key itself: fields, the slider and the map arrows, buttons the space bar. */
function taken(event) {
  const { target, key } = event;
  if (!(target instanceof Element)) return false;
  const isArrow = key.startsWith("Arrow");
  if (target.matches("#slider")) return isArrow;
  if (target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return true;
  if (isArrow) return Boolean(target.closest(".leaflet, [role=slider], .panel, .list, input"));
  return key === " " && Boolean(target.closest("button, summary, a, input, [role=button], .panel, .list"));
}
