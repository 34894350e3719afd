import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {writeRows, writeSettings} from "../support/registers.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const sites = ["school", "pool"] as const;
const [school, pool] = mpans;
const columns = "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days";

/** 1 kWh each half-hour; spring has no 01:00 to 02:00. */
const cellsOf = (date: string) => flat(1).map((kwh, at) => (date === "2026-03-29" && [2, 3].includes(at) ? "" : kwh));

/** A school, 08:00 to 18:00 on weekdays, and a pool, 06:00 to 22:00 every day; each uses 1 kWh a half-hour on these dates. */
async function bothOn(dates: readonly string[], calendar: readonly string[] = []): Promise<Canopy> {
  const c = new Canopy(
    await makeDataFolder([
      {id: school, site: "school"},
      {id: pool, site: "pool"}
    ])
  );
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    `${columns}\nschool,School,primary-school,1000,08:00,18:00,Mon-Fri\npool,Pool,leisure-centre,1000,06:00,22:00,Mon-Sun\n`
  );
  await writeRows(
    c.folder,
    "calendar.csv",
    calendar.map(row => `${row},here`)
  );
  await c.bring(
    "days.csv",
    portalFile(
      "31/10/26 07:00",
      [school, pool].flatMap(mpan => dates.map(date => ({mpan, date, cells: cellsOf(date)})))
    )
  );
  return c;
}

/** Of each date, how the site stands and how many kWh, of 48, are while it is closed and while it is lent. */
async function daysOf(c: Canopy, site: (typeof sites)[number]): Promise<string[]> {
  const rows = await c.ask<{date: string; day_class: string; closed_kwh: number; community_kwh: number}>(
    `select strftime(settlement_date, '%a %d %b') as date, day_class, closed_kwh, community_kwh from marts.site_energy_daily where site_id = '${site}' order by settlement_date`
  );
  return rows.map(
    ({date, day_class, closed_kwh, community_kwh}) =>
      `${date} ${day_class}, closed ${closed_kwh}${community_kwh === 0 ? "" : `, lent ${community_kwh}`}`
  );
}

test("Christmas: what does not open on Sundays is shut on bank holidays, and what does is open as usual", async () => {
  const c = await bothOn(["2025-12-24", "2025-12-25", "2025-12-26", "2025-12-27", "2026-01-01", "2026-01-02"]);
  // Open 08:00 to 18:00: 48 − 20 half-hours of 1 kWh are closed; a bank holiday is closed for all 48.
  expect(await daysOf(c, "school")).toEqual([
    "Wed 24 Dec open, closed 28",
    "Thu 25 Dec bank holiday, closed 48",
    "Fri 26 Dec bank holiday, closed 48",
    "Sat 27 Dec weekend, closed 48",
    "Thu 01 Jan bank holiday, closed 48",
    "Fri 02 Jan open, closed 28"
  ]);
  // Open 06:00 to 22:00: 48 − 32.
  expect(await daysOf(c, "pool")).toEqual([
    "Wed 24 Dec open, closed 16",
    "Thu 25 Dec open, closed 16",
    "Fri 26 Dec open, closed 16",
    "Sat 27 Dec open, closed 16",
    "Thu 01 Jan open, closed 16",
    "Fri 02 Jan open, closed 16"
  ]);
  // A row for all shuts the pool too, where it says so.
  await writeRows(c.folder, "calendar.csv", ["all,closed,2025-12-25,2025-12-25,,,,here"]);
  expect((await daysOf(c, "pool")).slice(1, 3)).toEqual(["Thu 25 Dec closed, closed 48", "Fri 26 Dec open, closed 16"]);
});

test("rows open and shut: a site before its kind before all; closed before holiday before open", async () => {
  const dates = ["2026-08-24", "2026-08-25", "2026-08-26", "2026-08-27", "2026-08-28", "2026-08-29", "2026-08-31"];
  const c = await bothOn(dates, [
    "primary-school,holiday,2026-07-23,2026-08-31,,,",
    // The site's own row is more particular than that of its kind, also on the bank holiday of 31 August; not on the Saturday.
    "school,open,2026-08-25,2026-08-31,Mon-Fri,09:00,12:00",
    "school,closed,2026-08-26,2026-08-26,,,",
    "school,holiday,2026-08-27,2026-08-27,,,",
    "all,closed,2026-08-28,2026-08-29,,,"
  ]);
  // Open 09:00 to 12:00: 48 − 6.
  expect(await daysOf(c, "school")).toEqual([
    "Mon 24 Aug holiday, closed 48",
    "Tue 25 Aug open, closed 42",
    "Wed 26 Aug closed, closed 48",
    "Thu 27 Aug holiday, closed 48",
    "Fri 28 Aug open, closed 42",
    "Sat 29 Aug holiday, closed 48",
    "Mon 31 Aug open, closed 42"
  ]);
  expect((await daysOf(c, "pool")).slice(3, 6)).toEqual([
    "Thu 27 Aug open, closed 16",
    "Fri 28 Aug closed, closed 48",
    "Sat 29 Aug closed, closed 48"
  ]);
});

test("what is lent is neither open nor closed, and not on a bank holiday or a closed day", async () => {
  const dates = ["2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09"];
  const c = await bothOn(dates, [
    "school,community use,2026-05-01,2026-05-31,,17:00,21:00",
    "school,closed,2026-05-06,2026-05-06,,,",
    "school,holiday,2026-05-07,2026-05-07,,,",
    // In the middle of the opening hours it changes nothing.
    "school,community use,2026-05-08,2026-05-08,,10:00,11:00",
    "primary-school,community use,2026-05-01,2026-05-31,,06:00,23:00"
  ]);
  // Lent from 18:00, when it closes, to 21:00: 6; on Friday the two rows of the site are from 10:00 to 21:00.
  expect(await daysOf(c, "school")).toEqual([
    "Mon 04 May bank holiday, closed 48",
    "Tue 05 May open, closed 22, lent 6",
    "Wed 06 May closed, closed 48",
    "Thu 07 May holiday, closed 40, lent 8",
    "Fri 08 May open, closed 22, lent 6",
    "Sat 09 May weekend, closed 40, lent 8"
  ]);
});

test("hours are of the wall clock on the days the clocks change, and a site without hours has no figure", async () => {
  const c = await bothOn(["2025-10-26", "2026-03-29"], ["pool,open,2025-10-26,2026-03-29,,01:00,02:00"]);
  // Spring has no 01:00 to 02:00: of 46 half-hours all are closed. Autumn has it twice, and the file holds it once: of 48 all but two.
  expect(await daysOf(c, "pool")).toEqual(["Sun 26 Oct open, closed 46", "Sun 29 Mar open, closed 46"]);
  await writeFile(join(c.folder, "council", "sites.csv"), `${columns}\nschool,S,office,,,,\npool,P,office,,,,\n`);
  expect(
    await c.ask(
      "select count(*)::integer as n, count(closed_kwh)::integer as closed, count(day_class)::integer as classes, count(half_hourly_kwh)::integer as known from marts.site_energy_daily"
    )
  ).toEqual([{n: 4, closed: 0, classes: 0, known: 4}]);
});

test("bank holidays of England and Wales are none in Scotland, whose own are not held", async () => {
  const c = await bothOn(["2026-05-25"]);
  expect(await daysOf(c, "school")).toEqual(["Mon 25 May bank holiday, closed 48"]);
  await writeSettings(c.folder, {ons_code: "S12000036"});
  // Closed for 14 of 24 hours, 1 kWh a half-hour.
  expect(await daysOf(c, "school")).toEqual(["Mon 25 May open, closed 28"]);
});
