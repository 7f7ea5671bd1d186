/** The control of what is shown on the map. */

/** Put up the control of layers. */
export function setUpLayers(atlas) {
  const boxes = [...document.querySelectorAll("#layers [type=checkbox]")];
  const days = document.getElementById("incident-days");
  const changed = () => {
    const count = Math.min(366, Math.max(1, days.valueAsNumber || 7));
    atlas.setLayers(new Set(boxes.filter((box) => box.checked).map((box) => box.name)), count);
  };
  for (const control of [...boxes, days]) control.addEventListener("change", changed);
  atlas.hear("world layers", () => {
    const { shapes, incidents } = atlas.world;
    const there = { places: true, boundaries: shapes.boundaries.length, cells: shapes.cells.length, incidents: incidents.size };
    for (const box of boxes) {
      box.checked = atlas.layers.has(box.name);
      box.disabled = !there[box.name];
    }
    if (document.activeElement !== days) days.value = String(atlas.state.days);
  });
}
