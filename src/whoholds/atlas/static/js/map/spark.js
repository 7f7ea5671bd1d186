/** What lies behind the slider: how many places change hands and how many claims were published, by day or as much as a pixel shows. */

const THUMB = 10; // the slider's thumb, CSS pixels: its middle cannot reach the ends of the track

/** Draw changes as bars and activity as a line above them, and mark the day compared with and the changes of the chosen place; `from` is the slider's first day. */
export function drawSpark(canvas, atlas, from) {
  const { timeline } = atlas;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width || !height) return;
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const tone = (name) => style.getPropertyValue(name).trim();
  const days = Math.max(1, timeline.last - from);
  const at = (day) => THUMB / 2 + ((day - from) / days) * (width - THUMB);
  area(context, columns(timeline.activity, at, width), height, tone("--line"));
  bars(context, columns(timeline.changes, at, width), height, tone("--soft"));
  if (atlas.place !== null) ticks(context, timeline.changesOf(atlas.place).map(at), height, tone("--accent"));
  if (atlas.state.compare) flag(context, at(timeline.number(atlas.state.compare)), height, tone("--warn"));
}

/** Sums of [day, count] pairs by pixel column, as shares of the greatest. */
function columns(pairs, at, width) {
  const sums = new Float64Array(Math.ceil(width));
  for (const [day, count] of pairs) {
    const column = Math.round(at(day));
    if (column >= 0 && column < sums.length) sums[column] += count;
  }
  const most = sums.reduce((a, b) => Math.max(a, b), 0) || 1;
  return sums.map((sum) => sum / most);
}

function area(context, shares, height, tone) {
  const reach = 2; // a little smoothing, so that a line of single days does not flicker
  context.beginPath();
  context.moveTo(0, height);
  shares.forEach((_, x) => {
    const near = shares.subarray(Math.max(0, x - reach), x + reach + 1);
    const share = near.reduce((a, b) => a + b, 0) / near.length;
    context.lineTo(x, height - 1 - Math.sqrt(share) * (height - 6));
  });
  context.lineTo(shares.length, height);
  context.closePath();
  context.fillStyle = tone;
  context.globalAlpha = 0.55;
  context.fill();
  context.globalAlpha = 1;
}

function bars(context, shares, height, tone) {
  context.fillStyle = tone;
  shares.forEach((share, x) => {
    if (share) context.fillRect(x, height, 1, -Math.max(3, share * height * 0.7));
  });
}

function ticks(context, xs, height, tone) {
  context.fillStyle = tone;
  for (const x of xs) context.fillRect(Math.round(x) - 1, 0, 2, height);
}

function flag(context, x, height, tone) {
  context.fillStyle = tone;
  context.fillRect(Math.round(x) - 1, 0, 2, height);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x + 8, 4);
  context.lineTo(x, 8);
  context.fill();
}
