import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {elvacoTelegrams} from "../../src/sources/heat-meters/elvaco.ts";
import {heatMeter} from "../../src/sources/heat-meters/heat-meter.ts";
import {d0010} from "../../src/sources/industry-flows/d0010.ts";
import {d0275} from "../../src/sources/industry-flows/d0275.ts";
import {meterPortal} from "../../src/sources/meter-portals/meter-portal.ts";
import {meterPortalConsumption} from "../../src/sources/meter-portals/meter-portal-consumption.ts";
import {sigmaReads} from "../../src/sources/meter-portals/sigma-reads.ts";
import {waterLogger} from "../../src/sources/meter-portals/water-logger.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {starkDf2} from "../../src/sources/stark/df2.ts";
import {instantOf, utcText} from "../../src/sources/text/dates.ts";
import {samplePath} from "../support/real-data.ts";

const parsed = (format: RecordFormat<"read">, text: string) =>
  format.parse(text, {fileName: "reads kWh.csv", meterPointId: null});

describe("Meter Portal's index", () => {
  const head = "POS_ID,CUSTOMER_REFERENCE,METER_SERIALNUMBER,METER_TYPE,MODULE_ID,DATEREF,INDEX,MEASUREMENT_UNIT";
  const portal = (...rows: readonly string[]) => [head, ...rows, ""].join("\n");
  const row = ({
    type = "Water",
    at = "2026-05-01T01:00:00+01:00",
    index = "15000.120",
    unit = "m³",
    pos = "W0000042"
  }) => `${pos},SITE-9,26A000042,${type},M0042,${at},${index},${unit}`;

  test("a reading of each kind of meter", () => {
    const file = parsed(
      meterPortal,
      portal(
        row({}),
        row({type: "Gas", at: "2026-10-25T01:00:00+00:00", unit: "m3"}),
        row({type: "Electricity", at: "2026-10-25T01:00:00Z", index: "42", unit: "kWh"})
      )
    );
    expect(file.rows).toEqual([
      {
        line: 2,
        meter: "W0000042",
        serial: "26A000042",
        register: "",
        read_at: "2026-05-01T00:00:00Z",
        value: "15000.120",
        unit: "m3",
        status: "actual",
        digits: null
      },
      expect.objectContaining({line: 3, read_at: "2026-10-25T01:00:00Z", unit: "m3"}),
      expect.objectContaining({line: 4, value: "42", unit: "kWh"})
    ]);
    expect(file).toMatchObject({rejected: [], records: 3});
  });

  test.each(["m³", "M³", "m3", "M\ufffd", "m\ufffd\ufffd", "mÂ³", "m?"])("%s is a cubic metre", unit => {
    expect(parsed(meterPortal, portal(row({unit}))).rows.map(read => read.unit)).toEqual(["m3"]);
  });

  test.each([
    ["unit", {unit: "m"}, "m"],
    ["unit", {unit: "l"}, "l"],
    ["unit", {unit: "kWh"}, "kWh"],
    ["unit", {type: "Electricity"}, "m³"],
    ["meter type", {type: "Heat"}, "Heat"],
    ["date", {at: "2026-05-01T01:00:00"}, "2026-05-01T01:00:00"],
    ["date", {at: "2026-02-30T01:00:00Z"}, "not shown, it may be personal"],
    ["reading", {index: ""}, ""],
    ["reading", {index: "-3"}, "-3"],
    ["meter", {pos: ""}, ""]
  ])("%s: %j is rejected", (rule, what, value) => {
    expect(parsed(meterPortal, portal(row(what)))).toMatchObject({
      rows: [],
      rejected: [{line: 2, rule, value}],
      records: 1
    });
  });

  test("a row cut off is rejected, and quoted cells, blank lines and other line ends are read", () => {
    const text = portal(row({}).replace("SITE-9", '"SITE, 9"'), "", row({}).slice(0, 60));
    for (const newline of ["\r\n", "\r", "\n"]) {
      const {rows, rejected} = parsed(meterPortal, `\ufeff${text.replaceAll("\n", newline)}`);
      expect(rows.map(({line, value}) => [line, value])).toEqual([[2, "15000.120"]]);
      expect(rejected).toMatchObject([{line: 4, rule: "row shape"}]);
    }
  });

  test("the columns may stand in any order, and the index may be called hourly or daily", () => {
    const text =
      "DATEREF,HOURLY_INDEX,MEASUREMENT_UNIT,POS_ID,METER_TYPE,METER_SERIALNUMBER\n2026-05-01T01:00:00Z,7,m3,W1,gas,\n";
    expect(meterPortal.isOf({fileName: "x", head: text})).toBe(true);
    expect(parsed(meterPortal, text).rows).toMatchObject([{meter: "W1", serial: null, value: "7"}]);
  });
});

describe("an instant", () => {
  const written = (text: string) => {
    const instant = instantOf(text);
    return instant === null ? null : utcText(instant);
  };

  test.each([
    ["2026-05-01T01:00:00+01:00", "2026-05-01T00:00:00Z"],
    ["2026-05-01T00:30+0100", "2026-04-30T23:30:00Z"],
    ["2026-12-31 23:00:00.000-05:30", "2027-01-01T04:30:00Z"],
    ["2026-05-01t01:00:00z", "2026-05-01T01:00:00Z"],
    ["2026-05-01T01:00:00", null],
    ["2026-05-01T01:00:00+15:00", null],
    ["2026-05-01T01:00:00+01:60", null],
    ["2026-05-01T24:00:00Z", null],
    ["2026-02-29T00:00:00Z", null],
    ["9999-12-31T23:00:00-02:00", null]
  ])("%s is %s", (text, instant) => {
    expect(written(text)).toBe(instant);
  });

  test("is the same however its offset is written", () => {
    const minutes = fc.integer({min: -840, max: 840});
    const at = fc.date({min: new Date("1990-01-02"), max: new Date("2090-01-01"), noInvalidDate: true});
    const two = (number: number) => String(number).padStart(2, "0");
    fc.assert(
      fc.property(at, minutes, (date, east) => {
        const second = new Date(Math.trunc(date.getTime() / 1000) * 1000);
        const local = new Date(second.getTime() + east * 60_000).toISOString().slice(0, 19);
        const offset = `${east < 0 ? "-" : "+"}${two(Math.trunc(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`;
        expect(written(`${local}${offset}`)).toBe(second.toISOString().replace(".000Z", "Z"));
      })
    );
  });
});

describe("a heat meter's gateway", () => {
  const head = "Meter;Timestamp;Energy (MWh);Volume (m3);Flow temp (C);Return temp (C);Error";
  const heat = (...rows: readonly string[]) => [head, ...rows].join("\r\n");

  test("readings are rows, and those with error bits are rejected", () => {
    const {rows, rejected, records} = parsed(
      heatMeter,
      heat(
        "H0042;2026-01-12 00:00:00;412.337;18211.4;78.1;61.0;0",
        "H0042;2026-01-12 01:00:00;412.337;18211.4;21.0;20.9;16",
        "H0042;2026-01-12 02:00:00;412.402;18214.0;78.0;61.2;00"
      )
    );
    expect(rows).toEqual([
      {
        line: 2,
        meter: "H0042",
        serial: null,
        register: "",
        read_at: "2026-01-12 00:00:00",
        value: "412.337",
        unit: "MWh",
        status: "actual",
        digits: null
      },
      expect.objectContaining({line: 4, value: "412.402"})
    ]);
    expect({rejected, records}).toEqual({rejected: [{line: 3, rule: "error bits", value: "16"}], records: 3});
  });

  test.each(["kWh", "MWh", "GJ"])("energy may be in %s", unit => {
    const text = heat("H1;2026-01-12 00:00:00;1;;;;0").replace("MWh", unit);
    expect(parsed(heatMeter, text).rows.map(row => row.unit)).toEqual([unit]);
  });

  test.each([
    ["error bits", "H1;2026-01-12 00:00:00;1;;;;", ""],
    ["reading", "H1;2026-01-12 00:00:00;;;;;0", ""],
    ["reading", "H1;2026-01-12 00:00:00;412,3;;;;0", "412,3"],
    ["date", "H1;12/01/2026 00:00:00;1;;;;0", "12/01/2026 00:00:00"],
    ["meter", ";2026-01-12 00:00:00;1;;;;0", ""],
    ["row shape", "H1;2026-01-12 00:00:00;1;;;0", "2026-01-12 00:00:00"]
  ])("%s: %s is rejected", (rule, line, value) => {
    expect(parsed(heatMeter, heat(line))).toMatchObject({rows: [], rejected: [{line: 2, rule, value}]});
  });

  test("energy in another unit, or twice, is refused", () => {
    expect(() => parsed(heatMeter, head.replace("MWh", "Gcal"))).toThrow('line 1: energy in "Gcal"');
    expect(() => parsed(heatMeter, head.replace("Volume (m3)", "Energy (GJ)"))).toThrow("two columns of energy");
  });
});

describe("Elvaco's telegrams", () => {
  const telegram = "00000042;05040042;2026-12-17 00:00:00;00;08147268710405ac4841034700 00000c1480769604";

  test("are known, and refused with what to ask for", () => {
    expect(elvacoTelegrams.isOf({fileName: "x.csv", head: `${telegram}\n`})).toBe(true);
    expect(() => parsed(elvacoTelegrams, telegram)).toThrow(FeedError);
    expect(() => parsed(elvacoTelegrams, telegram)).toThrow("ask whoever runs the gateway to send a value report");
  });

  test("a value report is none", () => {
    for (const head of ["00000042;05040042;2026-12-17 00:00:00;00;412.3", telegram.replace("7268", "72zz")])
      expect(elvacoTelegrams.isOf({fileName: "x.csv", head}), head).toBe(false);
  });
});

const forms = {
  d0010,
  sigmaReads,
  meterPortal,
  heatMeter,
  elvacoTelegrams,
  d0275,
  starkDf2,
  waterLogger,
  meterPortalConsumption
};
const knownAs = (head: string) =>
  Object.entries(forms).flatMap(([name, {isOf}]) => (isOf({fileName: "x", head}) ? [name] : []));

test.each([
  ["ZHV|1|D0010002|", "d0010"],
  ["ZHV|1|D0275001|", "d0275"],
  ["#F2", "starkDf2"],
  ["NPC:,77-1,NPD:,01/04/2026,00:00,1,4,COM:", "sigmaReads"],
  ["POS_ID,METER_SERIALNUMBER,METER_TYPE,DATEREF,INDEX,MEASUREMENT_UNIT", "meterPortal"],
  ["POS_ID,METER_SERIALNUMBER,METER_TYPE,DATEREF,CONSUMPTION,MEASUREMENT_UNIT", "meterPortalConsumption"],
  ["Meter;Timestamp;Energy (GJ);Error", "heatMeter"],
  ["SPID,Serial,DateTime,Pulse,Litres", "waterLogger"]
])("%s is of one form: %s", (head, name) => {
  expect(knownAs(head)).toEqual([name]);
});

test.each([
  "",
  "\0\0",
  "POS_ID,POS_ID,METER_SERIALNUMBER,METER_TYPE,DATEREF,INDEX,MEASUREMENT_UNIT",
  "POS_ID,METER_SERIALNUMBER,METER_TYPE,DATEREF,INDEX,CONSUMPTION,MEASUREMENT_UNIT",
  "POS_ID,METER_SERIALNUMBER,METER_TYPE,DATEREF,INDEX,MEASUREMENT_UNIT,NAME",
  "SPID,Serial,DateTime,Reading",
  "Meter,Timestamp,Energy (GJ),Error",
  "Meter;Timestamp;Energy;Error",
  "NPC:,77-1"
])("%j is of none", head => {
  expect(knownAs(head)).toEqual([]);
});

test.each([sigmaReads, meterPortal, heatMeter])("$name: no text makes it fall over, and nothing is lost", format => {
  const head =
    format === meterPortal ? "POS_ID,METER_TYPE,DATEREF,INDEX,MEASUREMENT_UNIT" : "Meter;Timestamp;Energy (GJ);Error";
  fc.assert(
    fc.property(fc.array(fc.string({unit: "binary"}), {maxLength: 5}), fc.boolean(), (lines, isHeaded) => {
      const text = [...(isHeaded ? [head] : []), ...lines].join("\n");
      try {
        const {rows, rejected, dropped, records} = parsed(format, text);
        expect(rows.length + rejected.length + dropped).toBe(records);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError);
      }
    })
  );
});

const samples = samplePath("10-water-heat");
describe.runIf(existsSync(samples))("the samples", () => {
  const sample = (path: string) => readFile(samplePath(path), "utf8");

  test("Meter Portal's index: 0.011 m3 in a quarter of an hour", async () => {
    const text = await sample("10-water-heat/meter_portal_index.csv");
    expect(knownAs(text)).toEqual(["meterPortal"]);
    const {rows, rejected} = parsed(meterPortal, text);
    expect(rejected).toEqual([]);
    expect(rows.map(({meter, serial, read_at, value, unit}) => [meter, serial, read_at, value, unit])).toEqual([
      ["W0000001", "20A000001", "2025-05-01T00:00:00Z", "15000.120", "m3"],
      ["W0000001", "20A000001", "2025-05-01T00:15:00Z", "15000.131", "m3"]
    ]);
  });

  test("heat: 0.044 MWh in the first hour, and the third reading has an error", async () => {
    const text = await sample("10-water-heat/heat_meter_hourly.csv");
    expect(knownAs(text)).toEqual(["heatMeter"]);
    const {rows, rejected} = parsed(heatMeter, text);
    expect(rows.map(({read_at, value, unit}) => [read_at, value, unit])).toEqual([
      ["2026-01-12 00:00:00", "412.337", "MWh"],
      ["2026-01-12 01:00:00", "412.381", "MWh"]
    ]);
    expect(rejected).toEqual([{line: 4, rule: "error bits", value: "16"}]);
  });

  test("Elvaco's telegrams are refused", async () => {
    const text = await sample("10-water-heat/elvaco_ftp_mbus_raw.csv");
    expect(knownAs(text)).toEqual(["elvacoTelegrams"]);
    expect(() => parsed(elvacoTelegrams, text)).toThrow("raw M-Bus telegrams");
  });
});
