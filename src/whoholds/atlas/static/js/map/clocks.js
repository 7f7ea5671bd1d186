/** "As known on": what had been published, and what this register had taken in, by a day. */

const id = (name) => document.getElementById(name);

/** Put up the control; `change(published_by, recorded_by)` takes the data of another state of knowledge. */
export function setUpClocks(atlas, change) {
  const show = () => tellKnown(atlas);
  atlas.hear("world", show);
  id("clocks-form").addEventListener("submit", (event) => {
    event.preventDefault();
    id("clocks").open = false;
    change(id("published-by").value || null, id("recorded-by").value || null);
  });
  id("clocks-now").addEventListener("click", () => {
    id("clocks").open = false;
    change(null, null);
  });
  document.querySelector(".as-known")?.remove(); // the server's note on the state of knowledge; ours follows the control
}

function tellKnown(atlas) {
  const { published_by, recorded_by } = atlas.state;
  id("published-by").value = published_by ?? "";
  id("recorded-by").value = recorded_by?.slice(0, 10) ?? "";
  const parts = [
    published_by && `what was published by ${published_by}`,
    recorded_by && `what this register had taken in by ${recorded_by.replace("T", " ")}`,
  ].filter(Boolean);
  const delayed = atlas.timeline?.known?.recorded_by;
  if (delayed && !recorded_by) parts.push(`what this register had taken in by ${delayed.slice(0, 16).replace("T", " ")} UTC: it is shown with a delay`);
  id("clocks-told").textContent = atlas.isNow ? "As known now" : `As known ${published_by ?? recorded_by.slice(0, 10)}`;
  id("clocks").classList.toggle("on", !atlas.isNow);
  const notice = id("clocks-notice");
  notice.hidden = !parts.length;
  notice.replaceChildren(parts.length ? `Not as known now: ${parts.join(", and ")}. ` : "");
  if (!parts.length || atlas.isNow) return;
  const back = document.createElement("button");
  back.type = "button";
  back.textContent = "As known now";
  back.addEventListener("click", () => id("clocks-now").click());
  notice.append(back);
}
