import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {busy, busyDay, clock, councilWith, daysOf, labelsOf, layoutOf, outcomeOf} from "../support/forms.ts";
import {text} from "../support/kind-files.ts";
import {writeRows} from "../support/registers.ts";
import {portalFile} from "../support/supplier-files.ts";
import {array, building, cellsOf, datesFrom, heated, type Meter, mpanOf} from "../trial/meters.ts";

/**
 * Kinds that once were read wrongly, in forms that canopy ships. A day is 4 times `busyDay`: 28 half-hours of 6 and 20 of 16, and 0.25 more in every
 * other: 494 kWh.
 */
const day = busyDay(4);
const starts = labelsOf(30);
const [mpan, other, third] = mpans;

test("labels of the start under headers of ends: refused, with the word to put, whoever sends them", async () => {
  const folder = await makeDataFolder();
  const rows = (write: (label: string, kwh: number) => string, labels: readonly string[] = starts) =>
    labels.map((label, index) => write(label, busy(index + 1)));
  const spring = starts.filter(label => !label.startsWith("01:"));
  const files = {
    "gas.cns": text(
      "Type,MPRN,Serial,Date,Time,Reading,Ignore",
      ["20260113", "20260114"].flatMap(date =>
        rows((label, m3) => `CNS,9100000001,S1,${date},${label.replace(":", "")},${m3},`)
      )
    ),
    "utc.csv": text(
      "ReadDateTime_UTC,MeterSerialNumber,Consumption",
      rows((label, m3) => `14/01/2026 ${label}:00,G4-1,${m3}`),
      rows((label, m3) => `14/01/2026 ${label}:00,G4-2,${m3}`)
    ),
    "spring.csv": text(
      "MPAN,Date/Time,Energy (kWh),Data Quality",
      rows((label, kwh) => `${mpan},28/03/2026 ${label},${kwh},A`),
      rows((label, kwh) => `${mpan},29/03/2026 ${label},${kwh},A`, spring),
      rows((label, kwh) => `${mpan},30/03/2026 ${label},${kwh},A`)
    )
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const paths = Object.keys(files).map(name => join(folder, name));
  const said = await canopyLine(["ingest", "--file", ...paths], folder);
  expect([said.code, said.printed.match(/run in whole days from 00:00 to 23:30.*put "start" for "stamp"/g)]).toEqual([
    1,
    [expect.any(String), expect.any(String), expect.any(String)]
  ]);
  expect(await daysOf(new Canopy(folder))).toEqual([]);
});

test("records of half-hours under their site, meter and channel, as other systems write them out", async () => {
  const c = new Canopy(await makeDataFolder());
  const row = (date: string, cells: readonly (number | string)[] = day) => `PCH:,${date},0,${cells}`;
  const spring = day.map((kwh, index) => (index === 2 || index === 3 ? "" : kwh));
  const landed: string[] = [];
  for (const [name, bytes] of Object.entries({
    // Two meters of a site, one with two channels; lines end as on Windows; a name with a comma stands in quotes.
    "depot.csv": [
      'SIT:<name>,"Depot, Mill Road"',
      "MET:<name>,E1",
      `CHN:<channelID>,${mpan}`,
      row("13/01/2026"),
      "COM:",
      "MET:<name>,E2",
      `CHN:<channelID>,${other}`,
      row("13/01/2026"),
      "COM:",
      ""
    ].join("\r\n"),
    // The day on which the clocks go forward has no 01:00 and 01:30: 494 less 6.25 and 6.
    "spring.txt": text(
      "SIT:<name>,Baths",
      "MET:<name>,E3",
      `CHN:<channelID>,${third}`,
      row("28/03/2026"),
      row("29/03/2026", spring),
      "COM:"
    ),
    // A day that lacks a cell and one that is no day are named, and the day between them lands.
    "some.csv": text(
      "SIT:<name>,Annexe",
      "MET:<name>,E4",
      `CHN:<channelID>,${mpanOf(4)}`,
      row("13/01/2026", day.slice(1)),
      row("14/01/2026"),
      row("32/01/2026"),
      "COM:"
    )
  }))
    landed.push(`${name}: ${outcomeOf(await c.bring(name, bytes))}`);
  expect(landed).toEqual([
    "depot.csv: 2 landed, 0 rejected, 0 skipped",
    "spring.txt: 2 landed, 0 rejected, 0 skipped",
    "some.csv: 1 landed, 2 rejected, 0 skipped"
  ]);
  expect(await daysOf(c)).toEqual(
    [
      `${mpan} 2026-01-13 494 kWh in 48`,
      `${other} 2026-01-13 494 kWh in 48`,
      `${third} 2026-03-28 494 kWh in 48`,
      `${third} 2026-03-29 481.75 kWh in 46`,
      `${mpanOf(4)} 2026-01-14 494 kWh in 48`
    ].sort()
  );
});

test("a layout of consumption to which a register that turns is brought: refused", async () => {
  const c = await councilWith([
    layoutOf("used", {
      columns: ["MPAN", "Read at", "Reading"],
      meter: {column: "MPAN", kind: "mpan"},
      date: {column: "Read at", formats: ["%d/%m/%Y %H:%M"]},
      shape: {rows: "reading", quantity: "Reading", placed_by: {stamp: "start"}}
    })
  ]);
  // From 99,500 on, 494 a day: it turns in the second of four days.
  let shows = 99_500;
  const rows = [13, 14, 15, 16].flatMap(date =>
    starts.map((label, index) => {
      shows += busy(index + 1) * 4;
      return `${mpan},${date}/01/2026 ${label},${(shows % 100_000).toFixed(2)}`;
    })
  );
  expect(outcomeOf(await c.bring("turns.csv", text("MPAN,Read at,Reading", rows)))).toMatch(
    /^refused: these are readings of a register, not consumption: .* only rises, from 99,506/
  );
});

test("a layout that takes all for import: what the sheet or the lines above say otherwise is refused", async () => {
  const c = await councilWith([
    layoutOf("days", {
      columns: ["MPAN", "Date", {half_hours: [{name: "{HH:mm}", holds: "quantity"}], count: 48}],
      meter: {column: "MPAN", kind: "mpan"}
    })
  ]);
  const table = text(`MPAN,Date,${starts}`, `${mpan},13/01/2026,${day}`);
  const said: string[] = [];
  for (const [name, above] of Object.entries({
    "export.csv": "Measurement quantity,AE\n",
    "reactive.csv": "Quantity: RE\n",
    "unit.csv": "Units,kVArh\n",
    "both.csv": "Active and reactive energy of one supply\nUnits,kWh\n",
    "import.csv": "Quantity,AI\n\n"
  }))
    said.push(outcomeOf(await c.bring(name, above + table)).slice(0, 75));
  expect(said).toEqual([
    'refused: the lines above the table say that it is of export ("Measurement q',
    'refused: it is of reactive energy ("Quantity, RE"), which is no kWh: canopy',
    'refused: it is of reactive energy ("Units,kVArh"), which is no kWh: canopy ',
    "1 landed, 0 rejected, 0 skipped",
    "1 landed, 0 rejected, 0 skipped"
  ]);
});

test("one value day and night: doubted for those half-hours alone, whatever the meter is of; a load that runs evenly is not", async () => {
  const [made, bought, burnt, lamps] = [mpanOf(11), mpanOf(12), mpanOf(13), mpanOf(14)];
  const c = new Canopy(
    await makeDataFolder([{id: made}, {id: bought}, {id: burnt, energy: "gas"}, {id: lamps}, {id: mpan}])
  );
  await writeRows(c.folder, "generation-assets.csv", [`PV-1,town-hall,solar,25,${made},${mpan},2020-01-01,`]);
  const stamp = (date: string, halfHour: number) => `${date} ${clock(30 * halfHour)}`;
  const frozen =
    (read: Meter, from: string, to: string, value: number): Meter =>
    (date, halfHour) =>
      stamp(date, halfHour) >= from && stamp(date, halfHour) <= to ? value : read(date, halfHour);
  const meters: readonly (readonly [id: string, Meter, Meter])[] = [
    [made, array("roof"), frozen(array("roof"), "2026-05-12 11:00", "2026-05-13 10:30", 4.31)],
    [bought, building("office"), frozen(building("office"), "2026-05-15 18:30", "2026-05-18 07:00", 2.6)],
    [burnt, heated("school"), frozen(heated("school"), "2026-05-19 06:00", "2026-05-20 23:30", 12.5)],
    [lamps, () => 1.25, () => 1.25]
  ];
  const file = (issued: string, dates: readonly string[], which: 1 | 2) =>
    portalFile(
      issued,
      meters.flatMap(meter => dates.map(date => ({mpan: meter[0], date, cells: cellsOf(meter[which], date)})))
    );
  await c.bring("april.csv", file("01/05/26 07:00", datesFrom("2026-03-01", 61), 1));
  await c.bring("may.csv", file("01/06/26 07:00", datesFrom("2026-05-01", 31), 2));
  expect(
    await c.ask(
      "select meter_point_id as meter, kind, first_date::date::varchar as first, last_date::date::varchar as last, half_hours, found from marts.doubts order by meter"
    )
  ).toEqual([
    // 26 of the 12th from 11:00 on, and 22 of the 13th to 10:30.
    {meter: made, kind: "frozen", first: "2026-05-12", last: "2026-05-13", half_hours: 48, found: 4.31},
    // 11 of the 15th from 18:30 on, two whole days, and 15 of the 18th to 07:00.
    {meter: bought, kind: "frozen", first: "2026-05-15", last: "2026-05-18", half_hours: 11 + 96 + 15, found: 2.6},
    // 36 of the 19th from 06:00 on, and the 20th.
    {meter: burnt, kind: "frozen", first: "2026-05-19", last: "2026-05-20", half_hours: 84, found: 12.5}
  ]);
});
