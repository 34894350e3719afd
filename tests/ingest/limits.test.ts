import {open, truncate, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {inspectFile} from "../../src/archive/inspect.ts";
import {ingest} from "../../src/ingest/ingest.ts";
import {mostWholeBytes, textPieces, wholeText} from "../../src/ingest/whole-text.ts";
import {insertRows} from "../../src/warehouse/insert-rows.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {openTestWarehouse} from "../support/warehouse.ts";

const megabyte = 1 << 20;

test("the warehouse keeps no more than 600 MB in memory, and spills what is more than that into its own folder", async () => {
  const folder = await makeDataFolder();
  const warehouse = await openTestWarehouse(folder);
  try {
    const {limit, scratch} = await warehouse.connection.row<{limit: string; scratch: string}>(
      "select current_setting('memory_limit') as limit, current_setting('temp_directory') as scratch"
    );
    // 600 million bytes are 572.2 MiB.
    expect(Number.parseFloat(limit)).toBeLessThanOrEqual(572.3);
    expect(limit).toMatch(/MiB$/);
    expect(scratch).toBe(join(folder, "warehouse", "scratch"));
  } finally {
    await warehouse.close();
  }
});

test("a sort of more than memory holds is done on the disk", async () => {
  const warehouse = await openTestWarehouse(await makeDataFolder());
  try {
    const {connection} = warehouse;
    // Eight million texts of 100 letters: 800 MB, and their order besides.
    await connection.run(
      "create temp table sorted as select repeat(md5(n::varchar), 3) as text from range(8000000) as r(n) order by text"
    );
    const {rows} = await connection.row<{rows: number}>("select count(*)::integer as rows from sorted");
    expect(rows).toBe(8_000_000);
  } finally {
    await warehouse.close();
  }
});

test("a file of records that is too large to be read as a whole is refused with its size; tables of half-hours are of any size", async () => {
  const folder = await makeDataFolder([{id: mpans[0]}]);
  const [fuel, days] = [join(folder, "fuel.csv"), join(folder, "days.csv")];
  const drawing = {id: "100000001", at: "2026-10-02 09:11:00", registration: "AB12CDE", product: "0100", litres: 20};
  const text = fuelFile([drawing], "2026-10-03 01:00:00");
  await writeFile(fuel, text + "\n".repeat(mostWholeBytes + 1 - text.length));
  await writeFile(days, portalFile("02/10/26 07:00", [{mpan: mpans[0], date: "2026-09-30", cells: flat(1)}]));
  const warehouse = await openTestWarehouse(folder);
  try {
    const request = {
      dataFolder: folder,
      feeds: [],
      files: [fuel, days],
      layout: null,
      meterPoint: null,
      isReplay: false
    };
    const {loads} = await ingest(warehouse, request, 1, fixedEffects());
    expect(loads.map(({outcome, reason}) => [outcome, reason])).toEqual([
      ["refused", "it is 65 MB, and a file of this kind may be 64 MB: ask the sender for a shorter time in each file"],
      ["landed", null]
    ]);
  } finally {
    await warehouse.close();
  }
});

test("a file without line ends is refused before it is in memory", async () => {
  const path = join(await makeDataFolder(), "endless.csv");
  await writeFile(path, "Meter,Date\n");
  await truncate(path, 70 * megabyte);
  await expect(inspectFile(path)).rejects.toThrow("a line is longer than 64 MB, after 1 others");
});

test("what is read in pieces is all there, and no word is cut in two", async () => {
  const path = join(await makeDataFolder(), "pieces.csv");
  const line = "Mésure,12345\n";
  const file = await open(path, "w");
  for (let count = 0; count < 9; count += 1) await file.write(line.repeat(80_000));
  await file.close();
  const pieces: string[] = [];
  for await (const piece of textPieces(path, "utf-8", 100)) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(2);
  const joined = pieces.map((piece, index) => (index === 0 ? piece : piece.slice(100))).join("");
  expect(joined).toBe(await wholeText(path, "utf-8"));
});

test("rows that are put in many at a time are each put in once", async () => {
  const warehouse = await openTestWarehouse(await makeDataFolder());
  try {
    const {connection} = warehouse;
    await connection.run("create temp table numbers (n integer)");
    await insertRows(
      connection,
      "numbers",
      {n: "INTEGER"},
      Array.from({length: 50_001}, (_, n) => ({n}))
    );
    // 0 + 1 + … + 50,000 = 50,000 × 50,001 / 2.
    expect(await connection.rows("select count(*)::integer as rows, sum(n)::varchar as sum from numbers")).toEqual([
      {rows: 50_001, sum: "1250025000"}
    ]);
  } finally {
    await warehouse.close();
  }
});
