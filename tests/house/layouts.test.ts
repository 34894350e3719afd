import {readdir} from "node:fs/promises";
import {basename} from "node:path";
import {describe, expect, test} from "vitest";
import {slotsADay, stretchesOf} from "../../src/domain/settlement.ts";
import {columnsOf, type Layout} from "../../src/layouts/layout.ts";
import {parseLayout, readLayouts} from "../../src/layouts/library.ts";
import {recognise} from "../../src/layouts/recognise.ts";
import {feeds} from "../../src/sources/feeds.ts";
import {unfolders} from "../../src/sources/unfolders.ts";
import {fileIn, readingsOf} from "../support/layout-files.ts";

const layouts = await readLayouts(null);

const firstRowOf = (layout: Layout) =>
  fileIn(
    layout,
    readingsOf(["2026-06-10"], () => 1)
  )
    .text.trimEnd()
    .split("\n")
    .at(-1)
    ?.split(layout.separator) ?? [];
const headed = [...layouts.values()].filter(({unfold}) => unfold === undefined);

describe.each([...layouts.values()].map(layout => [layout.name, layout] as const))("layout %s", (_name, layout) => {
  test("is of a feed there is, and says how its clock is known", () => {
    expect(feeds.has(layout.feed)).toBe(true);
    expect(layout.evidence.length).toBeGreaterThan(20);
  });

  test("has as many half-hours as it says, each once", () => {
    const quantities = columnsOf(layout).filter(({holds}) => holds === "quantity");
    if (layout.shape.rows === "reading") return expect(quantities).toEqual([]);
    expect(quantities.map(({halfHour}) => halfHour)).toEqual(quantities.map((_, index) => index + 1));
    expect(new Set(quantities.map(({name}) => name)).size).toBe(quantities.length);
    expect([48, 50]).toContain(quantities.length);
  });

  test("is recognised by its own header, or its first row where it has none, and by no other's", () => {
    if (layout.unfold !== undefined) return expect(unfolders).toHaveProperty(layout.unfold);
    const isHeadless = layout.header === "none";
    const cells = isHeadless ? firstRowOf(layout) : columnsOf(layout).map(({name}) => name);
    const above = layout.headings.map(({begins}) => ({cells: [begins, "note"], line: 1}));
    expect(recognise(() => [...above, {cells, line: 1}], headed)).toMatchObject({
      layout: {name: layout.name},
      headerLine: isHeadless ? 0 : 1
    });
  });
});

test("every layout of the library is read", async () => {
  const folders = ["../../src/layouts/library/", "../../src/sources/"].map(folder => new URL(folder, import.meta.url));
  const names = (await Promise.all(folders.map(folder => readdir(folder, {recursive: true})))).flat();
  const files = names.filter(name => name.endsWith(".json")).map(name => basename(name, ".json"));
  expect([...layouts.keys()].sort()).toEqual(files.sort());
});

describe("columns on settlement periods", () => {
  test("no slot is filled twice and no column is used twice, on any kind of day", () => {
    for (const clock of ["settlement-period", "local-clock", "utc"] as const) {
      for (const kind of ["winter", "summer", "spring", "autumn"] as const) {
        for (const columns of clock === "utc" ? [48] : [48, 50]) {
          const spread = stretchesOf(clock, kind, columns).flatMap(({column, slot, length, isNextDay}) =>
            Array.from({length}, (_, index) => ({
              column: column + index,
              slot: `${isNextDay} ${slot + index}`,
              number: slot + index
            }))
          );
          expect(new Set(spread.map(({slot}) => slot)).size).toBe(spread.length);
          expect(new Set(spread.map(({column}) => column)).size).toBe(spread.length);
          expect(
            spread.every(({column, number}) => column >= 1 && column <= columns && number >= 1 && number <= slotsADay)
          ).toBe(true);
        }
      }
    }
  });

  test("a UTC day loses nothing: 48 half-hours land, on any kind of day", () => {
    for (const kind of ["winter", "summer", "spring", "autumn"] as const)
      expect(stretchesOf("utc", kind, 48).reduce((sum, {length}) => sum + length, 0)).toBe(48);
  });
});

describe("a layout that is wrong is refused with the reason", () => {
  const good = {
    name: "x",
    description: "d",
    evidence: "e",
    feed: "estate-energy",
    columns: ["MPAN", "Date", {half_hours: [{name: "{HH:mm}", holds: "quantity"}], from: "00:30", count: 48}],
    meter: {column: "MPAN", kind: "mpan"},
    date: {column: "Date", formats: ["%d/%m/%Y"]},
    shape: {rows: "day"},
    clock: "local-clock",
    unit: {is: "kWh"}
  };
  const refusal = (change: object) => () => parseLayout(JSON.stringify({...good, ...change}), "x.json");

  test("the good one is read", () => expect(refusal({})()).toMatchObject({name: "x", missing: []}));
  test("a column it names is not there", () =>
    expect(refusal({meter: {column: "MPRN", kind: "mprn"}})).toThrow("no single column is named: MPRN"));
  test("a setting that does not exist", () => expect(refusal({zone: "GMT"})).toThrow(/layout x\.json: .*zone/s));
  test("50 columns of a UTC day", () =>
    expect(
      refusal({clock: "utc", columns: ["MPAN", "Date", {half_hours: [{name: "P{n}", holds: "quantity"}], count: 50}]})
    ).toThrow("half-hours of a UTC day: 50"));
  test("not JSON", () => expect(() => parseLayout("{", "x.json")).toThrow("layout x.json: this is not valid JSON"));
});
