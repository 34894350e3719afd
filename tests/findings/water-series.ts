import {addDays, datesBetween, type IsoDate, weekdayOf} from "../../src/illustrative/calendar.ts";
import {deviate, type Random, randomFor} from "../../src/illustrative/random.ts";

/** A site whose water is invented: what runs at night, what its logger tells, and its leak if it has one. */
export interface WaterSite {
  readonly siteId: string;
  readonly kind: "primary-school" | "office" | "leisure-centre" | "depot" | "care-home";
  /** A trap for whoever looks for leaks, or nothing. */
  readonly habit: Habit;
  readonly leak: {readonly from: IsoDate; readonly litresPerHour: number} | null;
  readonly pulseLitres: number;
  readonly history: number;
}

export const habits = [
  "quiet",
  "stray flushes",
  "cleaners some nights",
  "pool that fills in summer",
  "washing on weeknights",
  "people at night",
  "sprinklers in a dry fortnight",
  "logger with gaps",
  "shut for a season"
] as const;
type Habit = (typeof habits)[number];

const kindOf: Readonly<Record<Habit, WaterSite["kind"]>> = {
  quiet: "primary-school",
  "stray flushes": "office",
  "cleaners some nights": "office",
  "pool that fills in summer": "leisure-centre",
  "washing on weeknights": "depot",
  "people at night": "care-home",
  "sprinklers in a dry fortnight": "leisure-centre",
  "logger with gaps": "primary-school",
  "shut for a season": "leisure-centre"
};

const chosen = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Twenty-five sites as of a day of 2025 or 2026, two in five with a leak of 30 to 400 litres an hour that began up to four months ago. */
export function inventWater(seed: number): {readonly asOf: IsoDate; readonly sites: readonly WaterSite[]} {
  const random = randomFor(seed, "water");
  const asOf = addDays("2025-03-01", Math.floor(random() * 600));
  const sites = Array.from({length: 25}, (_, index): WaterSite => {
    const habit = habits[index % habits.length] as Habit;
    const isLeaking = random() < 0.4;
    const from = addDays(asOf, -Math.floor(random() * 120));
    return {
      siteId: `water-${index + 1}`,
      ...{habit, kind: kindOf[habit]},
      leak: isLeaking ? {from, litresPerHour: Math.round(30 * (400 / 30) ** random())} : null,
      pulseLitres: chosen(random, [1, 10, 10, 100]),
      history: index % 8 === 7 ? 45 : 420
    };
  });
  return {asOf, sites};
}

/** What a site uses in the half-hours from 00:00 to 06:00 UTC of a night without its leak, litres. */
function usualLitres({habit}: WaterSite, random: Random, date: IsoDate, half: number): number {
  const month = Number(date.slice(5, 7));
  const flush = (chance: number, litres: number) => (random() < chance ? litres * (0.5 + random()) : 0);
  const local = half + 2;
  switch (habit) {
    case "stray flushes":
      return flush(0.08, 12);
    case "cleaners some nights":
      return local >= 4 && local < 12 && weekdayOf(date) % 2 === 0 ? flush(0.6, 40) : 0;
    case "pool that fills in summer":
      return (60 + (month >= 5 && month <= 9 ? 50 : 0)) * (1 + 0.12 * deviate(random));
    case "washing on weeknights":
      return weekdayOf(date) < 5 ? 150 * (1 + 0.3 * deviate(random)) : flush(0.05, 10);
    case "people at night":
      return 15 * random() + flush(0.4, 25);
    case "sprinklers in a dry fortnight":
      return date >= `${date.slice(0, 4)}-07-10` && date <= `${date.slice(0, 4)}-07-19` ? 400 : 0;
    case "shut for a season":
      return month === 8 ? 0 : 45 * (1 + 0.15 * deviate(random));
    default:
      return flush(0.01, 10);
  }
}

/**
 * What the site's logger tells of its nights, a row for each half-hour from 00:00 to 06:00 UTC: pulses are counted whole, and what is left waits for the next.
 * Portal rows of the site's meter, whose number is its name.
 */
export function portalRows(seed: number, site: WaterSite, asOf: IsoDate): string[] {
  const random = randomFor(seed, site.siteId);
  const rows: string[] = [];
  let waiting = 0;
  let gapUntil = "";
  for (const date of datesBetween(addDays(asOf, -site.history), asOf)) {
    if (site.habit === "logger with gaps" && random() < 0.05) gapUntil = addDays(date, Math.floor(random() * 6));
    const isLeaking = site.leak !== null && date >= site.leak.from;
    for (let half = 0; half < 12; half += 1) {
      const leak = isLeaking ? ((site.leak?.litresPerHour ?? 0) / 2) * (1 + 0.1 * deviate(random)) : 0;
      waiting += Math.max(usualLitres(site, random, date, half), 0) + Math.max(leak, 0);
      const litres = Math.floor(waiting / site.pulseLitres) * site.pulseLitres;
      waiting -= litres;
      if (date <= gapUntil) continue;
      const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
      rows.push(`${site.siteId},,Water,W1,M1,${date}T${time}:00Z,${litres / 1000},m3`);
    }
  }
  return rows;
}

export const portalHead =
  "POS_ID,CUSTOMER_REFERENCE,METER_TYPE,METER_SERIALNUMBER,MODULE_ID,DATEREF,CONSUMPTION,MEASUREMENT_UNIT";
