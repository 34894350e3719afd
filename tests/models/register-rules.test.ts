import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {type InventedMeter, makeDataFolder, mpans} from "../support/data-folder.ts";
import {councilWith, layoutOf} from "../support/forms.ts";
import {text} from "../support/kind-files.ts";
import {writeRows} from "../support/registers.ts";
import {flat, gmtFile, periodDayFile, portalFile} from "../support/supplier-files.ts";
import {billFile} from "./meter-files.ts";

/** What the council's registers know of a meter holds, whatever a layout takes for granted of it. 48 half-hours of 1 are 48 kWh. */
const [bought, sold] = mpans;
const date = "2026-09-01";
const asset = `PV-1,town-hall,solar,50,GEN-1,${sold},2020-01-01,`;

async function council(meters: readonly InventedMeter[], registers: Readonly<Record<string, string>> = {}) {
  const c = new Canopy(await makeDataFolder(meters));
  for (const [file, row] of Object.entries(registers)) await writeRows(c.folder, file, [row]);
  return c;
}

const days = (c: Canopy) =>
  c.ask(
    "select meter_point_id, channel, total_kwh from marts.meter_days order by meter_point_id, channel, settlement_date"
  );
const held = (c: Canopy) => c.ask("select meter_key, why, days from marts.held_meters order by meter_key");
const portal = (mpan: string, kwh: number) => portalFile("02/10/26 07:00", [{mpan, date, cells: flat(kwh)}]);

describe("direction", () => {
  const withArray = () => council([{id: bought}, {id: sold}, {id: "GEN-1"}], {"generation-assets.csv": asset});

  test("an export meter in a file that says no direction is held, and never counted as bought", async () => {
    const c = await withArray();
    await c.bring(
      "plain.csv",
      portalFile("02/10/26 07:00", [
        {mpan: bought, date, cells: flat(2)},
        {mpan: sold, date, cells: flat(1)}
      ])
    );
    expect(await days(c)).toEqual([{meter_point_id: bought, channel: "import", total_kwh: 96}]);
    expect(await held(c)).toEqual([
      {meter_key: sold, days: 1, why: "generation-assets.csv says that it measures export, the layout import"}
    ]);
    expect(await c.ask("select consumption_kwh, export_kwh from marts.site_energy_daily")).toEqual([
      {consumption_kwh: 96, export_kwh: null}
    ]);
    await c.decide(1, "accepted", "the supply of the annexe");
    expect(await held(c)).toEqual([]);
  });

  test("nor in a sheet of months, in reads of a dial or in bills: what the other meter bought stays", async () => {
    const months = {
      columns: ["Supply", "Month", "kWh"],
      meter: {column: "Supply", kind: "mpan"},
      date: {column: "Month", formats: ["%b-%y"]},
      shape: {rows: "reading", quantity: "kWh", placed_by: {date: "alone"}},
      interval: "month"
    };
    const dial = {
      feed: "register-reads",
      columns: ["Serial", "Point", "On", "Stood"],
      meter: {column: "Point", kind: "mpan"},
      date: {column: "On", formats: ["%d/%m/%Y"]},
      shape: {rows: "reading", quantity: "Stood", placed_by: {date: "alone"}},
      interval: "between reads",
      measure: {is: "counter"},
      dial: {serial: "Serial"}
    };
    const c = await councilWith(
      [layoutOf("months", months), layoutOf("dial", dial)],
      [{id: bought}, {id: sold}, {id: "GEN-1"}]
    );
    await writeRows(c.folder, "generation-assets.csv", [asset]);
    await c.bring("months.csv", text("Supply,Month,kWh", `${bought},Sep-26,1000`, `${sold},Sep-26,300`));
    await c.bring(
      "dial.csv",
      text(
        "Serial,Point,On,Stood",
        ...[`S1,${sold}`, `S2,${bought}`].flatMap(each => [`${each},01/07/2026,100`, `${each},01/08/2026,500`])
      ),
      {feed: "register-reads"}
    );
    const bill = {from: "2026-06-01", to: "2026-06-30"};
    await c.bring(
      "bills.csv",
      billFile([
        {mpan: sold, invoice: "1", kwh: 250, ...bill},
        {mpan: bought, invoice: "2", kwh: 900, ...bill}
      ]),
      {feed: "bills"}
    );
    const kwhByMonth =
      "select month::date::varchar as month, consumption_kwh as kwh from marts.site_energy_monthly order by 1";
    expect(await c.ask(kwhByMonth)).toEqual([
      {month: "2026-06-01", kwh: 900},
      {month: "2026-07-01", kwh: 400},
      {month: "2026-09-01", kwh: 1000}
    ]);
    expect(await c.ask("select why, days from marts.held_meters order by why")).toEqual([
      {why: "generation-assets.csv says that it measures export, and the file says no direction", days: 3},
      {why: "generation-assets.csv says that it measures export, the layout import", days: 1}
    ]);
    await c.decide(3, "accepted", "it is the supply of the annexe");
    expect((await c.ask(kwhByMonth))[0]).toEqual({month: "2026-06-01", kwh: 1150});
  });

  test("a file that says its direction is believed", async () => {
    const c = await withArray();
    await c.bring(
      "said.csv",
      periodDayFile([
        {mpan: sold, date, cells: flat(1), type: "AE"},
        {mpan: bought, date, cells: flat(2), type: "AI"}
      ])
    );
    expect(await days(c)).toEqual([
      {meter_point_id: bought, channel: "import", total_kwh: 96},
      {meter_point_id: sold, channel: "export", total_kwh: 48}
    ]);
    expect(await held(c)).toEqual([]);
  });

  test("the only meter of a site both buys and sells", async () => {
    const c = await council([{id: sold}, {id: "GEN-1"}], {"generation-assets.csv": asset});
    await c.bring("plain.csv", portal(sold, 3));
    expect(await days(c)).toEqual([{meter_point_id: sold, channel: "import", total_kwh: 144}]);
  });

  test("a generation meter in a plain table made what it says", async () => {
    const c = await withArray();
    await c.bring("made.csv", gmtFile([{date: "2026-01-14", cells: flat(1)}]), {meterPoint: "GEN-1"});
    expect(await days(c)).toEqual([{meter_point_id: "GEN-1", channel: "generation", total_kwh: 48}]);
    expect(await c.ask("select sum(generation_kwh) as kwh from marts.renewable_generation")).toEqual([{kwh: 48}]);
  });

  test("a file that says import of a generation meter is held", async () => {
    const c = await council([{id: bought}, {id: sold}], {
      "generation-assets.csv": `PV-1,town-hall,solar,50,${sold},,2020-01-01,`
    });
    await c.bring("said.csv", periodDayFile([{mpan: sold, date, cells: flat(1), type: "AI"}]));
    expect(await days(c)).toEqual([]);
    expect(await held(c)).toEqual([
      {meter_key: sold, days: 1, why: "generation-assets.csv says that it measures generation, the file import"}
    ]);
  });
});

describe("unit", () => {
  test.each([
    ["MWh", "electricity"],
    ["Wh", "electricity"],
    ["m3", "gas"]
  ] as const)(
    "a meter in %s by a layout that takes kWh for granted is held until somebody accepts it",
    async (unit, energy) => {
      const c = await council([{id: "hall", energy}], {"meters.csv": `hall,,${unit},,,,,,`});
      await c.bring("plain.csv", gmtFile([{date: "2026-01-14", cells: flat(1)}]), {meterPoint: "hall"});
      expect(await days(c)).toEqual([]);
      expect(await held(c)).toEqual([{meter_key: "hall", days: 1, why: `meters.csv says ${unit}, the layout kWh`}]);
      await c.decide(1, "accepted", "the portal converts");
      expect(await days(c)).toEqual([{meter_point_id: "hall", channel: "import", total_kwh: 48}]);
    }
  );

  test("the unit that both say, and one that the file itself says", async () => {
    const c = await council([{id: "hall"}, {id: bought}], {"meters.csv": "hall,,kWh,,,,,,"});
    await c.bring("plain.csv", gmtFile([{date: "2026-01-14", cells: flat(1)}]), {meterPoint: "hall"});
    await writeRows(c.folder, "meters.csv", ["hall,,kWh,,,,,,", `${bought},,MWh,,,,,,`]);
    await c.bring("said.csv", portal(bought, 1));
    expect(await days(c)).toEqual([
      {meter_point_id: bought, channel: "import", total_kwh: 48},
      {meter_point_id: "hall", channel: "import", total_kwh: 48}
    ]);
  });
});

describe("fuel", () => {
  test("an MPAN that the register calls gas is held", async () => {
    const c = await council([{id: bought, energy: "gas"}]);
    await c.bring("plain.csv", portal(bought, 1));
    expect(await days(c)).toEqual([]);
    expect(await held(c)).toEqual([
      {meter_key: bought, days: 1, why: "meter-points.csv says gas, its number electricity"}
    ]);
  });

  test("a name and a number that was given say nothing of fuel", async () => {
    const c = await council([{id: "1234567", energy: "electricity"}]);
    await c.bring("plain.csv", gmtFile([{date: "2026-01-14", cells: flat(1)}]), {meterPoint: "1234567"});
    expect(await days(c)).toEqual([{meter_point_id: "1234567", channel: "import", total_kwh: 48}]);
  });
});
