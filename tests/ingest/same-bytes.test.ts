import {rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {zipFile} from "../archive/containers/zip-file.ts";
import {billFile} from "../models/meter-files.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {councilWith, daysOf, labelsOf, layoutOf} from "../support/forms.ts";
import {flat, gmtFile, portalFile} from "../support/supplier-files.ts";

/** A load is its bytes, whatever they came in: one load, as many receipts as roads; withdrawn once, gone everywhere. */
const [mpan] = mpans;
const readings = portalFile("02/10/26 07:00", [
  {mpan, date: "2026-09-01", cells: flat(3.25)},
  {mpan, date: "2026-09-02", cells: flat(4)}
]);

const mail = (name: string, text: string) =>
  [
    "From: meters@supplier.example",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Please find attached.",
    "--b1",
    `Content-Type: text/csv; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(text).toString("base64"),
    "--b1--",
    ""
  ].join("\r\n");

const canopy = async (...args: Parameters<typeof makeDataFolder>) => new Canopy(await makeDataFolder(...args));
const kwh = async (c: Canopy) =>
  (await c.ask<{kwh: number | null}>("select sum(total_kwh) as kwh from marts.meter_days"))[0]?.kwh ?? 0;
const held = (c: Canopy) =>
  c.live(
    `select count(*)::integer as loads, (select count(*)::integer from ops.further_receipts) as further,
       (select count(*)::integer from raw.meter_days) as days from ops.loads`
  );

/** 2 days: 48 × 3.25 + 48 × 4 = 348 kWh. */
const roads: readonly (readonly [what: string, name: string, bytes: string | Uint8Array])[] = [
  ["a zip", "again.zip", zipFile([{name: "september.csv", data: readings}])],
  ["a zip, under another name and in a folder", "again.zip", zipFile([{name: "2026/late.csv", data: readings}])],
  ["a zip within a zip", "again.zip", zipFile([{name: "inner.zip", data: zipFile([{name: "a.csv", data: readings}])}])],
  ["an attachment", "again.eml", mail("september.csv", readings)]
];

describe("the same bytes by two roads", () => {
  test.each(roads)("as they are and in %s: one load, withdrawn once", async (_what, name, bytes) => {
    const c = await canopy();
    const first = await c.bring("september.csv", readings);
    const again = await c.bring(name, bytes);
    expect(again.load_id).toBe(first.load_id);
    expect(await held(c)).toEqual([{loads: 1, further: 1, days: 2}]);
    expect(await kwh(c)).toBe(348);
    await c.decide(first.load_id, "withdrawn", "the wrong meter");
    expect(await kwh(c)).toBe(0);
    expect(await c.ask("select withdrawn_because, also_came_as is not null as is_said from marts.loads")).toEqual([
      {withdrawn_because: "the wrong meter", is_said: true}
    ]);
    await c.decide(first.load_id, "reinstated", "it was right");
    expect(await kwh(c)).toBe(348);
  });

  test("in a container first: what comes after a withdrawal is withdrawn already", async () => {
    const c = await canopy();
    const first = await c.bring("first.zip", zipFile([{name: "september.csv", data: readings}]));
    await c.decide(first.load_id, "withdrawn", "the wrong meter");
    const again = await c.bring("september.csv", readings);
    expect(again).toMatchObject({load_id: first.load_id, withdrawn_because: "the wrong meter"});
    expect(await kwh(c)).toBe(0);
  });

  test("twice in one zip: one load", async () => {
    const c = await canopy();
    await c.bring("both.zip", zipFile(["a.csv", "b.csv", "c.csv"].map(name => ({name, data: readings}))));
    expect(await held(c)).toEqual([{loads: 1, further: 2, days: 2}]);
    expect(await kwh(c)).toBe(348);
  });

  test("bills are one load too", async () => {
    const c = await canopy();
    const bill = billFile([{mpan, invoice: "1", from: "2026-06-01", to: "2026-06-30", kwh: 1000}]);
    const first = await c.bring("bill.csv", bill, {feed: "bills"});
    const again = await c.bring("bill.zip", zipFile([{name: "june.csv", data: bill}]), {feed: "bills"});
    expect(again.load_id).toBe(first.load_id);
    await c.decide(first.load_id, "withdrawn", "another council's");
    expect(await c.ask("select * from marts.energy_by_source where source <> 'nothing'")).toEqual([]);
  });
});

describe("what is not the same load", () => {
  test("the same bytes of two meters", async () => {
    const c = await canopy([{id: "hall"}, {id: "library"}]);
    const bytes = gmtFile([{date: "2026-01-14", cells: flat(0)}]);
    const hall = await c.bring("hall.csv", bytes, {meterPoint: "hall"});
    const library = await c.bring("library.csv", bytes, {meterPoint: "library"});
    expect(library.load_id).not.toBe(hall.load_id);
    expect(await held(c)).toEqual([{loads: 2, further: 0, days: 2}]);
  });

  test("two sheets that differ", async () => {
    const c = await canopy();
    const other = portalFile("02/10/26 07:00", [{mpan, date: "2026-09-03", cells: flat(1)}]);
    await c.bring(
      "two.zip",
      zipFile([
        {name: "a.csv", data: readings},
        {name: "b.csv", data: other}
      ])
    );
    expect(await held(c)).toEqual([{loads: 2, further: 0, days: 3}]);
    expect(await kwh(c)).toBe(348 + 48);
  });
});

test("a warehouse made again from the archive knows it all", async () => {
  const c = await canopy();
  const first = await c.bring("september.csv", readings);
  await c.bring("again.zip", zipFile([{name: "september.csv", data: readings}]));
  await c.decide(first.load_id, "withdrawn", "the wrong meter");
  await rm(join(c.folder, "warehouse"), {recursive: true});
  await c.replay();
  expect(await held(c)).toEqual([{loads: 1, further: 1, days: 2}]);
  expect(await kwh(c)).toBe(0);
});

describe("the same bytes under two names", () => {
  const columns = ["Read on", {half_hours: [{name: "{HH:mm}", holds: "quantity"}], count: 48}];
  const zeros = `Read on,${labelsOf(30).join()}\n01/09/2026,${Array(48).fill(0).join()}\n`;
  const ways = {
    "as its meter": {meter: {file_name: "^(\\d{13})_", kind: "mpan"}},
    "outside the table": {
      outside: [{name: "Meter", in: "file name", matches: "^(\\d{13})_"}],
      meter: {column: "Meter", kind: "mpan"}
    }
  };

  test.each(Object.entries(ways))("are two loads where the layout finds the meter in the name %s", async (_, way) => {
    const c = await councilWith([
      layoutOf("meter-in-name", {columns, date: {column: "Read on", formats: ["%d/%m/%Y"]}, ...way})
    ]);
    const write = (meter: string) => writeFile(join(c.folder, "inbox", "estate-energy", `${meter}_day.csv`), zeros);
    for (const meter of [mpan, mpans[1]]) await write(meter);
    await c.takeIn(["estate-energy"]);
    await write(mpans[2]);
    await c.takeIn(["estate-energy"]);
    expect(await c.takeIn(["estate-energy"])).toEqual([]);
    expect(await daysOf(c)).toEqual([mpan, mpans[1], mpans[2]].map(meter => `${meter} 2026-09-01 0 kWh in 48`));
    expect(await held(c)).toEqual([{loads: 3, further: 0, days: 3}]);
  });

  test("are one where the file itself names it", async () => {
    const c = await canopy();
    const first = await c.bring("september.csv", readings);
    const again = await c.bring("september (1).csv", readings);
    expect(again.load_id).toBe(first.load_id);
    expect(await held(c)).toEqual([{loads: 1, further: 0, days: 2}]);
  });
});
