import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {randomFor} from "../../src/illustrative/random.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {halfHoursOf} from "../support/oracle.ts";
import {writeRows} from "../support/registers.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {type FlowDay, flowFile} from "./flows.ts";

const [importMpan, exportMpan, otherMpan, generationMpan] = mpans;
const labels = Array.from(
  {length: 48},
  (_, index) => `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`
);

interface MadeDay {
  readonly meter: string;
  readonly date: string;
  /** By the wall clock. */
  readonly cells: readonly (number | "")[];
}

const madeFile = (days: readonly MadeDay[]) =>
  [
    ["MPAN,MSN,DAY", ...labels].join(),
    ...days.map(({meter, date, cells}) => [meter, "S1", date.split("-").reverse().join("/"), ...cells].join()),
    ""
  ].join("\n");

const flowOf = (days: readonly {mpan: string; quantity: string; date: string; cells: readonly (number | "")[]}[]) =>
  flowFile(
    days.map(
      ({cells, ...day}): FlowDay => ({...day, readings: cells.map(kwh => ["A", kwh === "" ? "" : kwh.toFixed(2)])})
    ),
    "20261028141613"
  );

const flatDays = (dates: readonly string[], kwh: number) => dates.map(date => ({date, cells: flat(kwh) as number[]}));
const own =
  "select strftime(month, '%Y-%m') as month, generation_kwh, self_consumption_kwh, export_kwh, expected_half_hours, present_half_hours from marts.renewable_generation order by month";

async function withArray(asset: string, asOf = "2026-10-31", from = ""): Promise<Canopy> {
  const c = new Canopy(
    await makeDataFolder(
      [{id: importMpan}, {id: exportMpan}, {id: otherMpan, site: "library"}, {id: "GEN-1", from}, {id: generationMpan}],
      asOf
    )
  );
  await writeRows(c.folder, "generation-assets.csv", [asset]);
  return c;
}

const bringMade = (c: Canopy, days: readonly MadeDay[], name = "made.csv") =>
  c.bring(name, madeFile(days), {feed: "renewable-generation"});

describe("random half-hours, some missing, on days of 46, 48 and 50", () => {
  const dates = ["2025-10-26", "2026-03-29", "2026-06-14", "2026-06-15"];
  const random = randomFor(27, "generation lane");
  const draw = (): number | "" => (random() < 0.15 ? "" : Math.round(random() * 4000) / 100);
  /** No cell of the hour that spring leaves out. */
  const made: MadeDay[] = dates.map(date => ({
    meter: "GEN-1",
    date,
    cells: labels.map(label => (halfHoursOf(date).some(({clock}) => clock === label) ? draw() : ""))
  }));
  const exported = dates.map(date => ({
    mpan: exportMpan,
    quantity: "AE",
    date,
    cells: halfHoursOf(date).map(() => draw())
  }));
  /** Generation by settlement period: the wall clock holds the first pass of the hour that autumn repeats. */
  const oracle = dates.map((date, index) => {
    const halfHours = halfHoursOf(date);
    const pairs = halfHours.map(({clock}, slot) => {
      const isSecondPass = halfHours.findIndex(each => each.clock === clock) !== slot;
      const generated = isSecondPass ? "" : (made[index]?.cells[labels.indexOf(clock)] ?? "");
      return {generated, left: exported[index]?.cells[slot] ?? ""};
    });
    const held = pairs.filter(({generated}) => generated !== "").length;
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    return {
      date,
      held,
      /** Import of 3 and own use, kW; by settlement period. */
      power: pairs.map(({generated, left}) =>
        generated === "" || left === "" ? null : 2 * (3 + Math.max(generated - left, 0))
      ),
      generated: sum(pairs.map(({generated}) => Number(generated))),
      exported: sum(pairs.map(({left}) => Number(left))),
      own: sum(pairs.map(({generated, left}) => (generated === "" || left === "" ? 0 : Math.max(generated - left, 0))))
    };
  });
  let c: Canopy;
  beforeAll(async () => {
    c = new Canopy(
      await makeDataFolder([{id: importMpan}, {id: exportMpan}, {id: "GEN-1"}], "2026-10-31", leave => afterAll(leave))
    );
    await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,50,GEN-1,${exportMpan},2025-10-26,`]);
    await bringMade(c, made);
    await c.bring("export.usr", flowOf(exported));
    await c.bring(
      "import.usr",
      flowOf(dates.map(date => ({mpan: importMpan, quantity: "AI", date, cells: halfHoursOf(date).map(() => 3)})))
    );
  });

  test("own use, generation and export of each month are the oracle's, and no own use is negative", async () => {
    const byMonth = ["2025-10", "2026-03", "2026-06"].map(month => {
      const days = oracle.filter(({date}) => date.startsWith(month));
      const sum = (of: (day: (typeof oracle)[number]) => number) => days.reduce((total, day) => total + of(day), 0);
      return {
        month,
        generation_kwh: expect.closeTo(
          sum(day => day.generated),
          6
        ),
        self_consumption_kwh: expect.closeTo(
          sum(day => day.own),
          6
        ),
        export_kwh: expect.closeTo(
          sum(day => day.exported),
          6
        ),
        present_half_hours: sum(day => day.held)
      };
    });
    const rows = await c.ask<{month: string}>(own);
    expect(rows.filter(({month}) => byMonth.some(each => each.month === month))).toMatchObject(byMonth);
    // By totals it would be another number: the oracle is not one that netting would pass.
    const [netted] = [oracle.reduce((sum, {generated, exported}) => sum + Math.max(generated - exported, 0), 0)];
    expect(Math.abs(netted - oracle.reduce((sum, day) => sum + day.own, 0))).toBeGreaterThan(10);
  });

  test("a month of which nothing is held is there, with nothing held and no figure", async () => {
    const rows = await c.ask<{month: string}>(own);
    expect(rows.find(({month}) => month === "2026-01")).toMatchObject({
      generation_kwh: null,
      expected_half_hours: 31 * 48,
      present_half_hours: 0
    });
    expect(rows).toHaveLength(13);
  });

  test("the line of own generation is nought tonnes of as many kWh, and a year of it adds to its months", async () => {
    const lines = await c.ask<{reporting_year: number; quantity: number}>(
      "select reporting_year, quantity, emissions_t_co2e as t, emissions_t_co2 as t_co2, scope from marts.annual_emissions where emission_source = 'own generation' order by 1"
    );
    const ofYear = (months: readonly string[]) =>
      oracle.filter(({date}) => months.includes(date.slice(0, 7))).reduce((sum, day) => sum + day.own, 0);
    expect(lines).toEqual([
      {reporting_year: 2025, quantity: expect.closeTo(ofYear(["2025-10", "2026-03"]), 6), t: 0, t_co2: 0, scope: "2"},
      {reporting_year: 2026, quantity: expect.closeTo(ofYear(["2026-06"]), 6), t: 0, t_co2: 0, scope: "2"}
    ]);
    expect(
      await c.ask(
        "select count(*)::integer as n from marts.annual_emissions where emission_source <> 'own generation' and activity <> 'electricity'"
      )
    ).toEqual([{n: 0}]);
  });

  test("no mart counts generation or export as consumption of the site", async () => {
    const kwh = dates.reduce((sum, date) => sum + 3 * halfHoursOf(date).length, 0);
    expect(
      await c.ask("select sum(consumption_kwh) as d from marts.site_energy_daily where energy = 'electricity'")
    ).toEqual([{d: kwh}]);
    expect(await c.ask("select sum(consumption_kwh) as m from marts.site_energy_monthly")).toEqual([{m: kwh}]);
    expect(
      await c.ask(
        "select power_kw from marts.site_half_hourly where settlement_date >= '2026-06-01' order by settlement_date, clock_half_hour"
      )
    ).toEqual(
      oracle
        .filter(({date}) => date >= "2026-06-01")
        .flatMap(({power}) => power.map(kw => ({power_kw: kw === null ? null : expect.closeTo(kw, 4)})))
    );
    // A night of 15% of half-hours missing, twice: none is whole.
    expect(oracle.filter(({power}) => !power.slice(0, power.length - 40).includes(null))).toEqual([]);
    expect(await c.ask("select * from marts.site_energy_daily where base_load_kw is not null")).toEqual([]);
    expect(
      await c.ask(
        "select sum(quantity) as q from marts.annual_emissions where emission_source = 'building electricity' and line = 'generation'"
      )
    ).toEqual([{q: kwh}]);
    expect(
      await c.ask(
        "select meter_point_id, sum(present_half_hours)::integer as held from marts.data_coverage group by 1 order by 1"
      )
    ).toEqual([
      {meter_point_id: importMpan, held: 46 + 48 + 48 + 50},
      {meter_point_id: exportMpan, held: exported.flatMap(({cells}) => cells.filter(cell => cell !== "")).length},
      {meter_point_id: "GEN-1", held: oracle.reduce((sum, {held}) => sum + held, 0)}
    ]);
  });
});

test("what is exported changes no line of the inventory but that of own generation", async () => {
  const c = await withArray(`PV-1,town-hall,solar,50,GEN-1,${exportMpan},,`);
  const dates = ["2026-05-01", "2026-05-02"];
  await bringMade(
    c,
    flatDays(dates, 9).map(day => ({...day, meter: "GEN-1"}))
  );
  await c.bring(
    "import.csv",
    portalFile(
      "20/10/26 07:00",
      flatDays(dates, 4).map(day => ({...day, mpan: importMpan}))
    )
  );
  const others = "select * from marts.annual_emissions where emission_source <> 'own generation'";
  const years = "select * exclude (months) from marts.reporting_years";
  const [before, yearsBefore] = [await c.ask(others), await c.ask(years)];
  await c.bring("out.usr", flowOf(flatDays(dates, 2).map(day => ({...day, mpan: exportMpan, quantity: "AE"}))));
  expect(await c.ask(others)).toEqual(before);
  expect(await c.ask(years)).toEqual(yearsBefore);
  expect(before.length).toBeGreaterThan(3);
  expect(
    await c.ask("select quantity, emissions_t_co2e as t from marts.annual_emissions where line = 'used_on_site'")
  ).toEqual([{quantity: 7 * 96, t: 0}]);
});

test("generation before an asset is the council's is not counted, nor after", async () => {
  const c = await withArray(`PV-1,town-hall,solar,50,GEN-1,${exportMpan},2026-05-02,2026-05-03`);
  const dates = ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"];
  await bringMade(
    c,
    flatDays(dates, 9).map(day => ({...day, meter: "GEN-1"}))
  );
  await c.bring("out.usr", flowOf(flatDays(dates, 2).map(day => ({...day, mpan: exportMpan, quantity: "AE"}))));
  expect(await c.ask(own)).toEqual([
    {
      month: "2026-05",
      generation_kwh: 2 * 48 * 9,
      self_consumption_kwh: 2 * 48 * 7,
      export_kwh: 2 * 48 * 2,
      expected_half_hours: 96,
      present_half_hours: 96
    }
  ]);
});

test("unmetered export: own use is unknown, neither nought nor all, and no line of the inventory claims it", async () => {
  const c = await withArray("PV-1,town-hall,solar,50,GEN-1,,2026-05-01,");
  await bringMade(c, [{meter: "GEN-1", date: "2026-05-01", cells: flat(9) as number[]}]);
  expect((await c.ask(own))[0]).toMatchObject({generation_kwh: 432, self_consumption_kwh: null, export_kwh: null});
  expect(await c.ask("select * from marts.annual_emissions")).toEqual([]);
});

describe("faults that were found by attack", () => {
  test("metered export of which nothing is held is unknown, and so is own use", async () => {
    const c = await withArray(`PV-1,town-hall,solar,50,GEN-1,${exportMpan},2026-05-01,2026-05-31`);
    await bringMade(c, [{meter: "GEN-1", date: "2026-05-01", cells: flat(9) as number[]}]);
    await c.bring("import.csv", portalFile("20/10/26 07:00", [{mpan: importMpan, date: "2026-05-01", cells: flat(4)}]));
    expect((await c.ask(own))[0]).toMatchObject({generation_kwh: 432, self_consumption_kwh: null, export_kwh: null});
  });

  test("an export meter that has not been read yet is no import that is missing", async () => {
    const c = new Canopy(await makeDataFolder([{id: importMpan}, {id: exportMpan, from: "2026-05-01"}, {id: "GEN-1"}]));
    await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,50,GEN-1,${exportMpan},2026-05-01,`]);
    await c.bring("import.csv", portalFile("20/10/26 07:00", [{mpan: importMpan, date: "2026-05-01", cells: flat(4)}]));
    expect(await c.ask("select expected_half_hours, base_load_kw from marts.site_energy_daily")).toEqual([
      {expected_half_hours: 48, base_load_kw: 8}
    ]);
  });

  test("a month of export alone adds nothing to the inventory", async () => {
    const c = await withArray("PV-1,town-hall,solar,50,GEN-1,,,");
    await c.bring(
      "import.csv",
      portalFile(
        "20/10/26 07:00",
        [...flatDays(["2025-05-01", "2025-06-01", "2026-05-01"], 4)].map(day => ({...day, mpan: importMpan}))
      )
    );
    const years = "select scope_1_and_2_t_co2e as t, months from marts.reporting_years where reporting_year = 2026";
    const [before] = await c.ask(years);
    // 192 kWh of May 2026 at the 2026 set.
    expect(before).toMatchObject({t: expect.closeTo(192 * 0.00013096, 6), months: 1});
    await c.bring(
      "out.usr",
      flowOf(flatDays(["2026-06-01"], 2).map(day => ({...day, mpan: exportMpan, quantity: "AE"})))
    );
    expect((await c.ask(years))[0]).toEqual(before);
  });

  test("a generation meter that a supplier's file reads as import (AI) is no consumption", async () => {
    const c = await withArray(`PV-1,town-hall,solar,50,${generationMpan},${exportMpan},,`);
    await c.bring(
      "both.usr",
      flowOf(
        [importMpan, generationMpan].map(mpan => ({
          mpan,
          quantity: "AI",
          date: "2026-05-01",
          cells: flat(4) as number[]
        }))
      )
    );
    expect(await c.ask("select consumption_kwh from marts.site_energy_daily")).toEqual([{consumption_kwh: 192}]);
  });
});

test("the hour that autumn repeats is no gap where a file has no place for it, and is one where the hour itself is missing", async () => {
  const dates = ["2025-10-25", "2025-10-26", "2025-10-27"];
  const held = async (cellsOf26: readonly (number | "")[]) => {
    const c = await withArray("PV-1,town-hall,solar,25,GEN-1,,2025-10-25,", "2025-10-27", "2025-10-25");
    await bringMade(
      c,
      dates.map(date => ({meter: "GEN-1", date, cells: date === "2025-10-26" ? cellsOf26 : (flat(1) as number[])}))
    );
    return c.ask(
      "select expected_half_hours as expected, present_half_hours as present from marts.renewable_generation"
    );
  };
  const whole = flat(1) as number[];
  // Three days of 48 that the file has places for; 26 October had 50.
  expect(await held(whole)).toEqual([{expected: 144, present: 144}]);
  // 01:00 is blank: it is missing both times.
  expect(await held(whole.map((kwh, index) => (index === 2 ? "" : kwh)))).toEqual([{expected: 146, present: 143}]);
});
