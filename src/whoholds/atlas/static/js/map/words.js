/** Holders, standings and days in words. */

/** What a standing means, for the panel and the legend. */
export const STANDINGS = {
  conceded: "the side it speaks against, or an ally of that side, says so",
  confirmed: "two independent voices say so",
  claimed: "one voice says so, or only those whom it favours",
  disputed: "another voice denies it or names another holder",
  contested: "it is being fought for",
};

/** The name of who holds in an interval (see `Timeline.told`; null where nothing is known). */
export function holderName(told) {
  if (!told) return "not known";
  return told.side ? told.side.name : "nobody";
}

/** "Kalbajar: Azerbaijan, conceded" */
export function oneLine(atlas, place, span) {
  const { timeline } = atlas;
  const told = timeline.told(span);
  const name = timeline.places.name[place];
  return told ? `${name}: ${holderName(told)}, ${told.standing}` : `${name}: not known`;
}

/** "assault, 12 to 14 killed, Bakhmut, 2023-05-20" */
export function incidentLine(atlas, one) {
  const { incidents } = atlas.world;
  return [incidents.types[incidents.type[one]].toLowerCase(), killed(incidents.killed[one]), incidents.name[one], period(atlas, one)]
    .filter(Boolean).join(", ");
}

/** The days of an incident. */
export function period(atlas, one) {
  const { timeline, world: { incidents } } = atlas;
  const [first, last] = [timeline.day(incidents.first[one]), timeline.day(incidents.last[one])];
  return first === last ? first : `${first} to ${last}`;
}

/** "12 killed", "12 to 14 killed", "at least 12 killed"; empty where nobody counts. */
export function killed(range) {
  if (!range) return "";
  const [low, high] = range;
  if (high === null || high === undefined) return `at least ${low} killed`;
  if (low === null || low === high) return `${high} killed`;
  return `${low} to ${high} killed`;
}

/** "since 2020-11-25", "before 2020-12-01" … of an interval. */
export function since(timeline, told) {
  if (!told) return "";
  return told.begin === null ? "since when is not told" : `since ${timeline.day(told.begin)}`;
}

/** "2020-11-25" as "25 November 2020", for what is read aloud. */
export function spoken(day) {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** What changed between two pictures, in a sentence; names up to three places. */
export function changed(atlas, before, after) {
  const { timeline } = atlas;
  const places = before ? timeline.differing(before, after) : [];
  if (!places.length) return "nothing changes";
  if (places.length > 3) return `${places.length} places change`;
  return places.map((place) => oneLine(atlas, place, after[place])).join("; ");
}

/** Which places are which, where names are shared: "area, AZ". */
export function kind(timeline, place) {
  const { feature, country } = timeline.places;
  const names = { A: "area", P: "settlement", L: "area", S: "site", T: "height", H: "water", R: "road", V: "woods", U: "undersea" };
  return [names[feature[place]], country[place]].filter(Boolean).join(", ");
}
