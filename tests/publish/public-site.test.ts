import {chmod, readdir, readFile, stat, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {beforeAll, describe, expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {readConfig} from "../../src/council/config.ts";
import {freezeEdition} from "../../src/editions/freeze.ts";
import {marts} from "../../src/models/marts/index.ts";
import {isFinerThanMonths} from "../../src/publish/public/public-marts.ts";
import {publish} from "../../src/publish/publish.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {keepShell} from "../support/kept-shell.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const [ofSchool, ofOffice] = mpans;
/** A meter that no register knows, whose number ends as that of the school does. */
const unknown = "1600000010010";
const days = ["2026-10-29", "2026-10-30", "2026-10-31"];

/** A council with an office whose name holds its meter's number, and a school. */
async function council(finish: (leave: () => Promise<void>) => void): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder([], "2026-10-31", finish));
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    [
      "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days",
      "oak,Oak School,primary-school,1000,08:00,18:00,Mon-Fri",
      `ash,Ash Office (meter ${ofOffice}),office,1000,08:00,18:00,Mon-Fri`,
      ""
    ].join("\n")
  );
  await writeFile(
    join(c.folder, "council", "meter-points.csv"),
    `meter_point_id,site_id,energy,known_as,valid_from,valid_to\n${ofSchool},oak,electricity,,,\n${ofOffice},ash,electricity,,,\n`
  );
  await c.bring(
    `${ofSchool}.csv`,
    portalFile(
      "01/11/26 07:00",
      [ofSchool, ofOffice, unknown].flatMap(mpan => days.map(date => ({mpan, date, cells: flat(1)})))
    )
  );
  await c.ask("select 1");
  await keepShell(c.folder);
  return c;
}

/** Says what the public site may hold, and publishes. */
async function publishWith(c: Canopy, list: object | null) {
  const path = join(c.folder, "council", "council.json");
  const settings = JSON.parse(await readFile(path, "utf8")) as object;
  await writeFile(path, JSON.stringify({...settings, publish: list}));
  return publish(await readConfig(c.folder, c.effects.now()));
}

/** Every file below a folder, by its path. */
async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async path => [path.slice(folder.length + 1), await readFile(path)] as const))
  );
}

const holding = (files: ReadonlyMap<string, Buffer>, text: string) =>
  [...files].flatMap(([path, bytes]) => (bytes.includes(text) ? [path] : [])).sort();

describe("the public site", () => {
  let c: Canopy;
  const leaves: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    c = await council(leave => leaves.push(leave));
    return async () => {
      for (const leave of leaves) await leave();
    };
  });

  test("there is none until somebody has decided what it may hold", async () => {
    const {held_back} = await publishWith(c, null);
    expect(held_back).toBeNull();
    await expect(stat(join(c.folder, "public"))).rejects.toThrow();
    const house = await filesOf(join(c.folder, "published"));
    for (const mpan of [ofSchool, ofOffice]) expect(holding(house, mpan).length).toBeGreaterThan(3);
  });

  test("where all may be told it is the house's own pages; once something is held back, nothing of that stays in it", async () => {
    expect((await publishWith(c, {meter_numbers: "whole", months_only: [], findings: true})).held_back).toEqual([]);
    const house = await filesOf(join(c.folder, "published"));
    const whole = await filesOf(join(c.folder, "public"));
    for (const [path, bytes] of whole)
      if (path !== "manifest.json") expect(bytes.equals(house.get(`site/${path}`) ?? Buffer.from("")), path).toBe(true);
    expect(holding(whole, ofSchool).length).toBeGreaterThan(3);

    const {held_back} = await publishWith(c, {});
    expect(held_back).toEqual([
      "meter numbers are cut to their last four digits, since whoever has a whole one can act on the supply",
      "1 building (primary schools) is shown by months, not by days or half-hours, since those show when nobody is there, or how people live who do",
      "what our own people are looking into in buildings, and what it may cost, is not shown, since it is work in hand that nobody has confirmed"
    ]);
    const files = await filesOf(join(c.folder, "public"));
    for (const meter of [ofSchool, ofOffice, unknown]) expect(holding(files, meter)).toEqual([]);
    // Two end in 0010: each is told from the other.
    expect(files.get("data/data_coverage.csv")?.toString("utf8")).toContain("…0010,");
    expect(files.get("data-health.html")?.toString("utf8")).toContain("Ash Office (meter …0029)");

    const tables = [...files]
      .filter(([path]) => path.endsWith(".arrow"))
      .map(([path, bytes]) => [path, tableFromIPC(bytes)] as const);
    expect(tables.length).toBeGreaterThan(20);
    for (const [path, table] of tables) {
      const texts = table
        .toArray()
        .flatMap(row => Object.values(row.toJSON() as object).filter(value => typeof value === "string"));
      expect(
        texts.filter(text => [ofSchool, ofOffice, unknown].some(meter => text.includes(meter))),
        path
      ).toEqual([]);
    }
    const daily = files.get("data/site_energy_daily.csv")?.toString("utf8").split("\r\n") ?? [];
    expect(daily.filter(row => row.startsWith("ash,"))).toHaveLength(3);
    expect(daily.filter(row => row.startsWith("oak,"))).toHaveLength(0);
    expect(files.get("data/site_energy_monthly.csv")?.toString("utf8")).toContain(
      "oak,Oak School,electricity,2026-10-01"
    );
    expect(files.get("data/site_load_profile.csv")?.toString("utf8")).not.toContain("oak");

    const oak = files.get("buildings/oak.html")?.toString("utf8") ?? "";
    expect(oak).toContain("It is shown by months: days and half-hours are held back");
    expect(oak).not.toContain('id="day-values"');
    expect(oak).not.toContain('id="carpet"');
    const ash = files.get("buildings/ash.html")?.toString("utf8") ?? "";
    expect(ash).toContain('id="day-values"');
    const halfHours = (all: ReadonlyMap<string, Buffer>) =>
      [...all.keys()].filter(path => path.endsWith("-half-hours.js")).sort();
    expect(halfHours(files)).toEqual(["buildings/ash-half-hours.js"]);
    expect(halfHours(await filesOf(join(c.folder, "published")))).toEqual([
      "site/buildings/ash-half-hours.js",
      "site/buildings/oak-half-hours.js"
    ]);
    for (const page of [oak, ash]) {
      expect(page).toContain("is not shown on these pages");
      expect(page).not.toContain("Nothing that somebody should look at");
    }
    const open = files.get("open-data.html")?.toString("utf8") ?? "";
    expect(open).toContain("1 building (primary schools) is shown by months");
    expect((await filesOf(join(c.folder, "published"))).get("site/open-data.html")?.toString("utf8")).not.toContain(
      "is shown by months"
    );
  });

  test("a web server may read it and nothing else", async () => {
    await chmod(c.folder, 0o700);
    await publishWith(c, {findings: true});
    const mode = async (...path: string[]) => ((await stat(join(c.folder, ...path))).mode & 0o777).toString(8);
    expect(await mode()).toBe("711");
    expect([await mode("public"), await mode("public", "data"), await mode("public", "index.html")]).toEqual([
      "755",
      "755",
      "644"
    ]);
  });

  test("what is made once is not made again, and a file that is gone is", async () => {
    await publishWith(c, {findings: true});
    expect((await publishWith(c, {findings: true})).changed).toBe(0);
    const before = await readFile(join(c.folder, "public", "data-health.html"));
    await writeFile(join(c.folder, "public", "data-health.html"), "altered");
    expect((await publishWith(c, {findings: true})).changed).toBe(1);
    expect((await readFile(join(c.folder, "public", "data-health.html"))).equals(before)).toBe(true);
  });

  test("a request is answered with what is held, as far as it may be let out, and with what was withheld and why", async () => {
    await publishWith(c, {});
    const disclose = async (site: string, from = "2026-10-30", to = "2026-10-31") => {
      const effects = fixedEffects("2026-11-02T12:00:00Z");
      const argv = ["disclose", "--site", site, "--from", from, "--to", to, "--data", c.folder];
      return {code: await main(argv, effects), text: effects.printed.join("\n")};
    };
    expect((await disclose("ash")).text).toContain("Ash Office");
    const folder = join(c.folder, "disclosures");
    const ash = await filesOf(join(folder, "ash-2026-10-30-2026-10-31"));
    expect([...ash.keys()].sort()).toEqual(
      [
        "answer.txt",
        ...["data_coverage", "half_hours", "monthly_emissions", "site_energy_daily", "site_energy_monthly"].flatMap(
          name => [`${name}.csv`, `${name}.csv-metadata.json`]
        )
      ].sort()
    );
    const rows = ash.get("half_hours.csv")?.toString("utf8").trimEnd().split("\r\n") ?? [];
    expect(rows[0]).toBe("meter_point_id,energy,channel,settlement_date,settlement_period,kwh,is_estimated");
    expect(rows.slice(1)).toEqual(
      ["2026-10-30", "2026-10-31"].flatMap(day =>
        Array.from({length: 48}, (_, at) => `…0029,electricity,import,${day},${at + 1},1,false`)
      )
    );
    for (const meter of [ofSchool, ofOffice, unknown]) expect(holding(ash, meter)).toEqual([]);
    const answer = ash.get("answer.txt")?.toString("utf8") ?? "";
    // October 2026 has 31 days of 48 half-hours, and two more when the clock goes back; three days are held.
    expect(answer).toContain(
      "Electricity, 1 meter, in the months that the days touch: 144 of 1,490 half-hours (10%), none of them estimated."
    );
    expect(answer).toContain("half_hours.csv, 96 rows");
    expect(answer).not.toContain("It is shown by months");

    const before = await filesOf(folder);
    expect((await disclose("ash")).code).toBe(0);
    expect(await filesOf(folder)).toEqual(before);
    await writeFile(join(folder, "ash-2026-10-30-2026-10-31", "answer.txt"), "as it was sent");
    expect((await disclose("ash")).code).toBe(1);
    expect(await readFile(join(folder, "ash-2026-10-30-2026-10-31", "answer.txt"), "utf8")).toBe("as it was sent");

    expect((await disclose("Oak School")).text).toContain(
      "withheld: It is shown by months: days and half-hours are held back"
    );
    const oak = await filesOf(join(folder, "oak-2026-10-30-2026-10-31"));
    expect([...oak.keys()].filter(path => path.endsWith(".csv")).sort()).toEqual([
      "data_coverage.csv",
      "monthly_emissions.csv",
      "site_energy_monthly.csv"
    ]);
    await disclose("oak", "2020-01-01", "2020-01-31");
    const none = await filesOf(join(folder, "oak-2020-01-01-2020-01-31"));
    expect([...none.keys()]).toEqual(["answer.txt"]);
    expect(none.get("answer.txt")?.toString("utf8")).toContain("No meter of it was to be read in these months.");
    expect((await disclose("oak", "2026-10-31", "2026-10-30")).code).toBe(2);
    expect((await disclose("elm")).code).toBe(2);
  });

  test("an edition leaves the house, so that it goes by the list, and where there is none by what most would hold back", async () => {
    await publishWith(c, null);
    const config = await readConfig(c.folder, c.effects.now());
    const {folder} = await freezeEdition(config, {name: "first", status: "draft"}, {...c.effects, progress: () => {}});
    const files = await filesOf(join(folder, "public"));
    for (const meter of [ofSchool, ofOffice, unknown]) expect(holding(files, meter)).toEqual([]);
    expect(files.get("site/buildings/oak.html")?.toString("utf8")).toContain("is not shown on these pages");
    expect((await stat(join(folder, "marts"))).mode & 0o777).toBe(0o700);
  });
});

test("every mart of single buildings that is finer than a month is known as that", () => {
  const finer = [...marts.values()].filter(({row}) => isFinerThanMonths(Object.keys(row.shape))).map(({name}) => name);
  expect(finer).toEqual([
    "finding_days",
    "meter_days",
    "savings_days",
    "signature_points",
    "site_energy_daily",
    "site_half_hourly",
    "site_heat_daily",
    "site_load_profile",
    "site_water_daily"
  ]);
});
