import {copyFile, mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {
  addDays,
  type IsoDate,
  MOST_PERIODS_PER_DAY,
  periodsByClock,
  periodsOn
} from "../../src/illustrative/calendar.ts";
import {writeRows, writeSettings} from "../support/registers.ts";
import {gasFile, periodDayFile, portalFile} from "../support/supplier-files.ts";
import {type Course, type Estate, type ToldSite, tellSite} from "./estate.ts";

/** The tariffs of every estate. */
export const penceAKwh = {electricity: 24, gas: 6} as const;

/** Deliveries of a week each, so many before the as-of date; what is older came in one file of each kind. */
const WEEKS = 10;
const WATT_HOURS = 1000;

interface Series {
  readonly id: string;
  readonly course: Course;
}

/** Writes the council of an estate and its files into a data folder; returns what they tell. */
export async function writeEstate(folder: string, estate: Estate): Promise<ReadonlyMap<string, ToldSite>> {
  const told = new Map(estate.sites.map(planted => [planted.site.siteId, tellSite(estate, planted)]));
  await writeCouncil(folder, estate);
  const feeds = ["weather", "estate-energy", "renewable-generation"];
  for (const feed of feeds) await mkdir(join(folder, "inbox", feed), {recursive: true});
  await writeFile(join(folder, "inbox", "weather", "weather.json"), weatherFile(estate));
  const firstOfWeeks = addDays(estate.asOf, 1 - 7 * WEEKS);
  await writeFiles(folder, estate, told, [estate.dates[0] ?? "", addDays(firstOfWeeks, -1)], 0);
  for (let week = 1; week <= WEEKS; week += 1) {
    const first = addDays(firstOfWeeks, 7 * (week - 1));
    await writeFiles(folder, estate, told, [first, addDays(first, 6)], week);
  }
  return told;
}

async function writeCouncil(folder: string, {asOf, sites, dates}: Estate): Promise<void> {
  const from = dates[0] ?? "";
  await writeSettings(folder, {as_of: asOf});
  const siteRows = sites.map(({site: {siteId, kind, floorAreaM2, hours}}) =>
    [siteId, siteId, kind, floorAreaM2, hours?.opensAt, hours?.closesAt, hours?.openDays, 53.4, -2.15].join()
  );
  const columns = "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days,latitude,longitude";
  await writeFile(join(folder, "council", "sites.csv"), [columns, ...siteRows, ""].join("\n"));
  const meterRows = sites.flatMap(({site, electricity, gas, array}) => [
    `${electricity.meterPointId},${site.siteId},electricity,,${from},`,
    ...(gas === null ? [] : [`${gas.meterPointId},${site.siteId},gas,,${from},`]),
    ...(array === null ? [] : [`${array.meter.meterPointId},${site.siteId},electricity,,${from},`])
  ]);
  await writeFile(
    join(folder, "council", "meter-points.csv"),
    ["meter_point_id,site_id,energy,known_as,valid_from,valid_to", ...meterRows, ""].join("\n")
  );
  await writeRows(
    folder,
    "generation-assets.csv",
    sites.flatMap(({site, array, electricity}) =>
      array === null
        ? []
        : [
            `${array.assetId},${site.siteId},solar,${array.capacityKw},${array.meter.meterPointId},${electricity.meterPointId},${from},`
          ]
    )
  );
  await writeRows(folder, "weather-stations.csv", ['"53.4,-2.15",Here,53.4,-2.15,74']);
  await writeRows(folder, "tariffs.csv", [
    `electricity-flat,electricity,energy,all,,,,${penceAKwh.electricity},p/kWh,yes,2020-04-01,,here`,
    `gas-flat,gas,energy,all,,,,${penceAKwh.gas},p/kWh,yes,2020-04-01,,here`
  ]);
  await copyFile(new URL("../../data/council/calendar.csv", import.meta.url), join(folder, "council", "calendar.csv"));
}

/** Files of the days from one to another, both included. */
async function writeFiles(
  folder: string,
  {sites, dates}: Estate,
  told: ReadonlyMap<string, ToldSite>,
  [first, last]: readonly [IsoDate, IsoDate],
  number: number
): Promise<void> {
  const days = [...dates.entries()].filter(([, date]) => date >= first && date <= last);
  const issued = addDays(last, 1);
  const stamp = `${issued.slice(8)}/${issued.slice(5, 7)}/${issued.slice(2, 4)} 07:00`;
  const name = (kind: string) => `${kind}-${String(number).padStart(2, "0")}.csv`;
  const rows = <T>(series: readonly Series[], row: (id: string, date: IsoDate, kwh: Float64Array) => T): T[] =>
    series.flatMap(({id, course}) =>
      days.map(([day, date]) => {
        const start = day * MOST_PERIODS_PER_DAY;
        return row(id, date, course.subarray(start, start + periodsOn(date)));
      })
    );
  const energy = (name: string, text: string) => writeFile(join(folder, "inbox", "estate-energy", name), text);
  const plain = sites.filter(({array}) => array === null).map(each => seriesOf(each.electricity, told)("imported"));
  if (plain.length > 0)
    await energy(
      name("portal"),
      portalFile(
        stamp,
        rows(plain, (mpan, date, kwh) => ({mpan, date, cells: byClock(date, kwh)}))
      )
    );
  const supplies = sites.filter(({array}) => array !== null);
  if (supplies.length > 0) {
    const flows = (["imported", "exported"] as const).flatMap(flow => {
      const type = flow === "imported" ? "AI" : "AE";
      return rows(
        supplies.map(each => seriesOf(each.electricity, told)(flow)),
        (mpan, date, kwh) => ({mpan, date, type, cells: [...kwh].map(rounded)})
      );
    });
    await energy(name("supplies"), periodDayFile(flows));
    const generation = supplies.flatMap(({site, array}) => {
      const course = told.get(site.siteId)?.generation?.told;
      return array === null || course === undefined ? [] : [{id: array.meter.meterPointId, course}];
    });
    await writeFile(
      join(folder, "inbox", "renewable-generation", name("generation")),
      generationFile(
        rows(generation, (id, date, kwh) => [id, "S1", date.split("-").reverse().join("/"), ...byClock(date, kwh)])
      )
    );
  }
  const gas = sites.flatMap(({site, gas}) => {
    const course = told.get(site.siteId)?.gas?.told;
    return gas === null || course === undefined ? [] : [{id: gas.meterPointId, course}];
  });
  const gasRows = rows(gas, (mprn, date, kwh) => {
    const cells = byClock(date, kwh);
    return {mprn, date, unit: "KWH", cells, total: rounded(cells.reduce<number>((sum, cell) => sum + Number(cell), 0))};
  });
  if (gasRows.length > 0) await energy(name("gas"), gasFile(gasRows));
}

const seriesOf =
  ({meterPointId, siteName}: {meterPointId: string; siteName: string}, told: ReadonlyMap<string, ToldSite>) =>
  (flow: "imported" | "exported"): Series => ({
    id: meterPointId,
    course: told.get(siteName)?.[flow] ?? new Float64Array()
  });

const rounded = (kwh: number) => Math.round(kwh * WATT_HOURS) / WATT_HOURS;
/** The 48 half-hours of the wall clock: nothing where spring has none, the first where autumn has two. */
const byClock = (date: IsoDate, kwh: Float64Array) =>
  periodsByClock(date).map(period => (period < 0 ? "" : rounded(kwh[period] ?? 0)));

function generationFile(rows: readonly (readonly (string | number)[])[]): string {
  const labels = Array.from(
    {length: 48},
    (_, index) => `${String(index >> 1).padStart(2, "0")}:${index % 2 ? "30" : "00"}`
  );
  return [["MPAN,MSN,DAY", ...labels].join(), ...rows.map(row => row.join()), ""].join("\n");
}

/** An answer of Open-Meteo's archive: an hour's temperature by UTC. */
function weatherFile({weather, dates}: Estate): string {
  const hours = dates.flatMap(date => {
    const celsius = weather.temperaturesOn(date);
    return Array.from({length: 24}, (_, hour) => ({
      time: `${date}T${String(hour).padStart(2, "0")}:00`,
      celsius: Math.round(10 * (celsius[2 * hour] ?? 0)) / 10
    }));
  });
  return JSON.stringify({
    ...{latitude: 53.4, longitude: -2.15, generationtime_ms: 0.5, utc_offset_seconds: 0, timezone: "GMT"},
    ...{timezone_abbreviation: "GMT", elevation: 74, hourly_units: {time: "iso8601", temperature_2m: "°C"}},
    hourly: {time: hours.map(({time}) => time), temperature_2m: hours.map(({celsius}) => celsius)}
  });
}
