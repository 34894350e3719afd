import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {type Random, randomFor} from "../../src/illustrative/random.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";
import {writeRows, writeSettings} from "../support/registers.ts";
import {flat, gasFile, portalFile} from "../support/supplier-files.ts";
import {factorsOf, type HandFactor, sharesOf, yearOf} from "./factors-by-hand.ts";

const asOf = "2026-10-31";
const [hall, lamps] = mpans;
const mprn = "9100000001";

interface Activity {
  readonly year: number;
  /** `YYYY-MM`; null of an annual return. */
  readonly month: string | null;
  readonly site: string | null;
  readonly source: string;
  readonly activity: string;
  readonly unit: string;
  readonly quantity: number;
}

const kinds = [
  ["building electricity", "electricity", "kWh"],
  ["building gas", "natural_gas", "kWh"],
  ["street lighting", "electricity", "kWh"],
  ["fleet", "diesel", "l"],
  ["fleet", "petrol", "l"],
  ["plant", "gas_oil", "l"],
  ["heating oil", "burning_oil", "l"],
  ["other", "wood_pellets", "t"],
  ["water supply", "water_supply", "m3"]
] as const;

const products: Readonly<Record<string, string>> = {"018": "diesel", "001": "petrol", "070": "gas_oil"};
const some = (random: Random, top: number) => Math.round(random() * top * 100) / 100;

/** Readings and drawings of some months of four and a half years, and of every month of one of them. */
function drawnReadings(random: Random) {
  const months = Array.from({length: 55}, (_, index) => {
    const [year, month] = [2022 + Math.trunc((3 + index) / 12), ((3 + index) % 12) + 1];
    return `${year}-${String(month).padStart(2, "0")}`;
  });
  const reads: {meter: string; month: string; kwh: number}[] = [];
  const drawings: Drawing[] = [];
  for (const month of months) {
    const isOfWholeYear = month >= "2023-04" && month <= "2024-03";
    for (const meter of [hall, lamps, mprn])
      if (random() < 0.6 || isOfWholeYear) reads.push({meter, month, kwh: some(random, 900)});
    for (const product of Object.keys(products))
      if (random() < 0.5 || isOfWholeYear)
        drawings.push({
          id: `${drawings.length + 1}`,
          at: `${month}-12 09:00:00`,
          registration: "QZ70ABC",
          product,
          litres: some(random, 4000)
        });
  }
  return {reads, drawings};
}

const placeOf: Readonly<Record<string, readonly [site: string, kind: (typeof kinds)[number]]>> = {
  [hall]: ["town-hall", kinds[0]],
  [mprn]: ["town-hall", kinds[1]],
  [lamps]: ["lamps", kinds[2]]
};

function metered({reads, drawings}: ReturnType<typeof drawnReadings>): Activity[] {
  return [
    ...reads.map(({meter, month, kwh}) => {
      const [site, [source, activity, unit]] = placeOf[meter] as (typeof placeOf)[string];
      return {year: yearOf(month), month, site, source, activity, unit, quantity: 48 * kwh};
    }),
    ...drawings.map(({at, product, litres}) => {
      const activity = products[product] ?? "";
      const month = at.slice(0, 7);
      const source = activity === "gas_oil" ? "plant" : "fleet";
      return {year: yearOf(month), month, site: null, source, activity, unit: "l", quantity: litres};
    })
  ];
}

interface Returned {
  readonly year: number;
  readonly kind: (typeof kinds)[number];
  readonly quantity: number;
  readonly use: "inventory" | "comparison";
}

const drawnReturns = (random: Random): Returned[] =>
  [2021, 2022, 2023, 2024, 2025, 2026].flatMap(year =>
    kinds.flatMap(kind =>
      (["inventory", "comparison"] as const).flatMap(use =>
        random() < 0.3 ? [{year, kind, use, quantity: some(random, 100_000)}] : []
      )
    )
  );

/** Returns of whole years stand instead of what was read of the same source and activity. */
function inventoryOf(read: readonly Activity[], returns: readonly Returned[]): Activity[] {
  const standing = returns.filter(({use, year}) => use === "inventory" && `${year + 1}-03-31` <= asOf);
  const isReturned = (each: Activity) =>
    standing.some(({year, kind}) => year === each.year && kind[0] === each.source && kind[1] === each.activity);
  return [
    ...read.filter(each => !isReturned(each)),
    ...standing.map(({year, kind: [source, activity, unit], quantity}) => ({
      year,
      month: null,
      site: null,
      source,
      activity,
      unit,
      quantity
    }))
  ];
}

interface Line extends Activity {
  readonly set: number;
  readonly factor: HandFactor;
}

const linesOf = (activities: readonly Activity[], method: "majority" | "blended by days"): Line[] =>
  activities.flatMap(each =>
    sharesOf(each.year, method, asOf).flatMap(({set, share}) =>
      factorsOf(set, each.activity, each.unit).map(factor => ({
        ...each,
        quantity: each.quantity * share,
        set,
        factor
      }))
    )
  );

const tonnes = (quantity: number, kilograms: number | null) =>
  kilograms === null ? null : (quantity * kilograms) / 1000;

interface Found {
  readonly key: string;
  readonly quantity: number;
  readonly co2e: number | null;
  readonly co2: number | null;
  readonly ch4: number | null;
  readonly n2o: number | null;
}

function added(lines: readonly Line[], keyOf: (line: Line) => string): Map<string, Found & {rows: number}> {
  const sums = new Map<string, Found & {rows: number}>();
  const plus = (sum: number | null | undefined, more: number | null) => (more === null ? null : (sum ?? 0) + more);
  for (const line of lines) {
    const [key, {factor, quantity}] = [keyOf(line), line];
    const sum = sums.get(key);
    sums.set(key, {
      key,
      rows: (sum?.rows ?? 0) + 1,
      quantity: (sum?.quantity ?? 0) + quantity,
      co2e: plus(sum?.co2e, tonnes(quantity, factor.co2e)),
      co2: plus(sum?.co2, tonnes(quantity, factor.co2)),
      ch4: plus(sum?.ch4, tonnes(quantity, factor.ch4)),
      n2o: plus(sum?.n2o, tonnes(quantity, factor.n2o))
    });
  }
  return sums;
}

/** Each line that is added up is held to a millionth of a tonne, so a sum may be off by half of one for each. */
function expectLines(found: readonly Found[], should: ReturnType<typeof added>): void {
  expect(found.map(({key}) => key).sort()).toEqual([...should.keys()].sort());
  for (const row of found) {
    const {rows, ...sums} = should.get(row.key) as Found & {rows: number};
    const slack = 0.5e-6 * rows + 1e-9;
    for (const gas of ["co2e", "co2", "ch4", "n2o"] as const) {
      const sum = sums[gas];
      if (sum === null) expect(row[gas], `${row.key} ${gas}`).toBeNull();
      else expect(Math.abs((row[gas] ?? Number.NaN) - sum), `${row.key} ${gas}`).toBeLessThanOrEqual(slack);
    }
    expect(Math.abs(row.quantity - sums.quantity), row.key).toBeLessThan(1e-6 * Math.max(1, Math.abs(sums.quantity)));
  }
}

const gases =
  "quantity, emissions_t_co2e as co2e, emissions_t_co2 as co2, emissions_ch4_t_co2e as ch4, emissions_n2o_t_co2e as n2o";
const annualKey =
  "concat_ws('|', reporting_year, coalesce(site_id, '-'), emission_source, activity, scope, line, factor_set)";

async function councilOf(read: ReturnType<typeof drawnReadings>): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder([{id: hall}, {id: lamps, site: "lamps"}, {id: mprn, energy: "gas"}], asOf));
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days\ntown-hall,Town Hall,office,1000,,,\nlamps,Lamps,street-lighting,,,,\n"
  );
  await writeRows(
    c.folder,
    "fuel-products.csv",
    Object.entries(products).map(([code, fuel]) => `keyfuels,${code},${fuel},${fuel},illustrative`)
  );
  const {reads, drawings} = read;
  const days = reads.map(({meter, month, kwh}) => ({meter, date: `${month}-10`, kwh}));
  await c.bring(
    "electricity.csv",
    portalFile(
      "30/10/26 07:00",
      days.filter(({meter}) => meter !== mprn).map(({meter, date, kwh}) => ({mpan: meter, date, cells: flat(kwh)}))
    )
  );
  const gas = days.filter(({meter}) => meter === mprn);
  await c.bring(
    "gas.csv",
    gasFile(gas.map(({date, kwh}) => ({mprn, date, unit: "KWH", total: (48 * kwh).toFixed(4), cells: flat(kwh)})))
  );
  await c.bring("fuel.E01", fuelFile(drawings, "2026-10-30 02:00:00"), {feed: "fleet-fuel"});
  return c;
}

const writeReturns = (c: Canopy, returns: readonly Returned[]) =>
  writeRows(
    c.folder,
    "annual-returns.csv",
    returns.map(({year, kind, quantity, use}) => [year, ...kind, quantity, use, "by hand"].join())
  );

test("random returns and readings: every line and gas is quantity times factor by both methods, months add to years, and what stands beside the number is the oracle's", async () => {
  const random = randomFor(4, "inventory lane");
  const read = drawnReadings(random);
  const c = await councilOf(read);
  for (const method of ["majority", "blended by days", "majority"] as const) {
    const returns = drawnReturns(random);
    await writeSettings(c.folder, {factor_year: method, base_year: 2021, as_of: asOf});
    await writeReturns(c, returns);
    const lines = linesOf(inventoryOf(metered(read), returns), method);
    expect(lines.length).toBeGreaterThan(400);
    expectLines(
      await c.ask<Found>(`select ${annualKey} as key, ${gases} from marts.annual_emissions`),
      added(lines, ({year, site, source, activity, set, factor: {scope, line}}) =>
        [year, site ?? "-", source, activity, scope, line, set].join("|")
      )
    );
    const monthly = lines.filter(({month}) => month !== null);
    expectLines(
      await c.ask<Found>(
        `select strftime(month, '%Y-%m') || '|' || ${annualKey} as key, ${gases} from marts.monthly_emissions`
      ),
      added(monthly, ({month, year, site, source, activity, set, factor: {scope, line}}) =>
        [month, year, site ?? "-", source, activity, scope, line, set].join("|")
      )
    );
    // Months add to years exactly, wherever months are what the year is made of.
    expect(
      await c.ask(
        `with m as (select ${annualKey} as key, sum(emissions_t_co2e::decimal(18, 6)) as t from marts.monthly_emissions group by 1)
         select key from marts.annual_emissions a join m on m.key = ${annualKey.replaceAll(/\b(reporting_year|site_id|emission_source|activity|scope|line|factor_set)\b/g, "a.$1")}
         where abs(a.emissions_t_co2e - m.t) > 1e-9`
      )
    ).toEqual([]);
    await expectYears(c, lines);
    await expectReturns(c, metered(read), returns);
  }
});

/** What a reporting year says of itself and of what stands beside it. */
async function expectYears(c: Canopy, lines: readonly Line[]): Promise<void> {
  const rows = await c.ask<Record<string, number | null>>(
    "select * from marts.reporting_years order by reporting_year"
  );
  const ours = lines.filter(({factor}) => factor.scope === "1" || factor.scope === "2");
  const sum = (of: readonly Line[]) =>
    of.reduce((total, {quantity, factor}) => total + (tonnes(quantity, factor.co2e) ?? 0), 0);
  const slack = 0.5e-6 * lines.length;
  expect(rows.map(({reporting_year}) => reporting_year)).toEqual([...new Set(lines.map(({year}) => year))].sort());
  for (const row of rows) {
    const year = row.reporting_year as number;
    const inYear = lines.filter(line => line.year === year);
    const close = (value: number | null | undefined, should: number, what: string) =>
      expect(Math.abs((value ?? Number.NaN) - should), `${year} ${what}`).toBeLessThanOrEqual(slack);
    for (const scope of ["1", "2", "3"])
      close(row[`scope_${scope}_t_co2e`], sum(inYear.filter(({factor}) => factor.scope === scope)), `scope ${scope}`);
    close(row.scope_1_and_2_t_co2e, sum(ours.filter(line => line.year === year)), "scopes 1 and 2");
    const earlier = ours
      .filter(line => line.year === year)
      .map(({quantity, activity, unit, set, factor: {line}}) => {
        const factor = factorsOf(set - 1, activity, unit).find(each => each.line === line);
        return factor === undefined ? null : tonnes(quantity, factor.co2e);
      });
    if (earlier.includes(null)) expect(row.at_factors_before_t_co2e, `${year} at factors before`).toBeNull();
    else
      close(
        row.at_factors_before_t_co2e,
        earlier.reduce<number>((total, t) => total + (t ?? 0), 0),
        "at factors before"
      );
  }
}

/** Returns stand beside what was read, whatever they are used for. */
async function expectReturns(c: Canopy, read: readonly Activity[], returns: readonly Returned[]): Promise<void> {
  const rows = await c.ask<{key: string; metered: number | null; share: number | null}>(
    "select concat_ws('|', reporting_year, emission_source, activity, used_for) as key, metered_quantity as metered, difference_share as share from marts.annual_returns"
  );
  const should = new Map(
    returns.map(({year, kind: [source, activity], quantity, use}) => {
      const like = read.filter(each => each.year === year && each.source === source && each.activity === activity);
      const total = like.length === 0 ? null : like.reduce((sum, each) => sum + each.quantity, 0);
      const isWhole = new Set(like.map(({month}) => month)).size === 12;
      return [
        [year, source, activity, use].join("|"),
        {total, share: total !== null && isWhole ? quantity / total - 1 : null}
      ];
    })
  );
  expect(rows.map(({key}) => key).sort()).toEqual([...should.keys()].sort());
  for (const {key, metered: total, share} of rows) {
    const expected = should.get(key);
    if (expected?.total === null || expected === undefined) expect([total, share], key).toEqual([null, null]);
    else {
      expect(total, key).toBeCloseTo(expected.total, 3);
      if (expected.share === null) expect(share, key).toBeNull();
      else expect(share, key).toBeCloseTo(expected.share, 6);
    }
  }
}

describe("faults that were found by attack", () => {
  const labels = Array.from({length: 48}, (_, i) => `${String(i >> 1).padStart(2, "0")}:${i % 2 ? "30" : "00"}`);
  const withArray = async (date: string, until: string) => {
    const c = new Canopy(await makeDataFolder([{id: hall}, {id: lamps}, {id: "GEN-1"}], until));
    await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,50,GEN-1,${lamps},,`]);
    const row = ["GEN-1", "S1", date.split("-").reverse().join("/"), ...flat(3)].join();
    await c.bring("made.csv", [["MPAN,MSN,DAY", ...labels].join(), row, ""].join("\n"), {feed: "renewable-generation"});
    await c.bring("import.csv", portalFile("20/10/26 07:00", [{mpan: hall, date, cells: flat(3)}]));
    return c;
  };

  test("on 1 April, before anything of the new year is held, there is no new year yet", async () => {
    const c = await withArray("2026-03-10", "2026-04-01");
    expect(await c.ask("select reporting_year from marts.reporting_years")).toEqual([{reporting_year: 2025}]);
  });

  test("months of which nothing is held are no months of the year", async () => {
    const c = await withArray("2026-05-10", asOf);
    expect(await c.ask("select months from marts.reporting_years")).toEqual([{months: 1}]);
  });

  test("a return in tonnes is not set beside litres", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeRows(c.folder, "fuel-products.csv", ["keyfuels,018,diesel,diesel,illustrative"]);
    const drawing = {id: "1", at: "2025-06-02 08:00:00", registration: "", product: "018", litres: 1000};
    await c.bring("june.E01", fuelFile([drawing], "2026-10-01 02:00:00"), {feed: "fleet-fuel"});
    await writeRows(c.folder, "annual-returns.csv", ["2025,fleet,diesel,t,0.85,comparison,return"]);
    expect(await c.ask("select metered_quantity, difference_share from marts.annual_returns")).toEqual([
      {metered_quantity: null, difference_share: null}
    ]);
  });

  test("a return too large for the inventory is refused by file and row", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeRows(c.folder, "annual-returns.csv", [`2025,fleet,diesel,l,${"9".repeat(20)},inventory,return`]);
    await expect(c.ask("select 1")).rejects.toThrow(/annual-returns\.csv, row 2, quantity/);
  });

  test("a day read after a meter's last in the register does not count as read", async () => {
    const c = new Canopy(await makeDataFolder([{id: hall, from: "2026-05-01", to: "2026-05-02"}]));
    const dates = ["2026-05-01", "2026-05-02", "2026-05-03"];
    await c.bring(
      "may.csv",
      portalFile(
        "20/10/26 07:00",
        dates.map(date => ({mpan: hall, date, cells: flat(10)}))
      )
    );
    expect(await c.ask("select count(*)::integer as n from marts.site_ratings where read_share > 1")).toEqual([{n: 0}]);
  });

  test("a site of which one day is read says so", async () => {
    const c = new Canopy(await makeDataFolder([{id: hall, from: "2025-01-01"}]));
    await c.bring("day.csv", portalFile("20/10/26 07:00", [{mpan: hall, date: "2026-06-01", cells: flat(10)}]));
    expect(await c.ask("select read_share from marts.site_ratings")).toEqual([
      {read_share: expect.closeTo(1 / 365, 3)}
    ]);
  });
});
