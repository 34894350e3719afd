import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {type Ended, runCanopy} from "../durability/command.ts";
import {controlLine, drawingLine, type Drawing as RawDrawing} from "../sources/keyfuels-file.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";

const registrations = ["QZ70ABC", "QZ21DEF", "ZZ99ZZZ"];
const cards = ["7000000000000000017", "7000000000000000099"];
const folded = (text: string) => text.replaceAll(/[\s"'-]/g, "").toUpperCase();

const drawings: Drawing[] = [
  {id: "1", at: "2026-06-22 07:41:12", registration: "QZ70 ABC", product: "018", litres: 45.12},
  {id: "2", at: "2026-06-22 07:42:12", registration: "qz21def", product: "001", litres: 30, fleetNumber: "417"},
  {id: "3", at: "2026-02-30 07:42:12", registration: "QZ21DEF", product: "001", litres: 30},
  {id: "4", at: "2026-06-24 07:42:12", registration: "QZ21DEF", product: "777", litres: 3},
  {id: "4", at: "2026-06-24 07:42:12", registration: "QZ21DEF", product: "777", litres: 4}
];
const whole = fuelFile(drawings, "2026-07-02 02:00:00");
const control = (of: readonly RawDrawing[]) =>
  controlLine({
    count: String(of.length).padStart(7, "0"),
    quantity: (of.length * 45.12).toFixed(2),
    cost: (of.length * 63.17).toFixed(2)
  });
const [firstLine = "", ...others] = whole.split("\r\n");

/** Files as they go wrong: all but the first are refused. */
const files: Readonly<Record<string, string>> = {
  "fleet-fuel/whole.E01": whole,
  "fleet-fuel/cut.E01": `${firstLine}\r\n`,
  "fleet-fuel/control.E01": whole.replace('"0000005"', '"0000006"'),
  "fleet-fuel/short.E01": `${firstLine}\n${others[0]?.replace(/,"[^"]*"$/, "")}\n`,
  "fleet-fuel/quote.E01": whole.replace('"QZ70 ABC    "', '"QZ70 ABC'),
  "fleet-fuel/headed.E01": `record,number,registration\n${whole}`,
  "fleet-fuel/tabs.E01": whole.replaceAll(",", "\t"),
  "fleet-fuel/half.E01": whole.slice(0, 120),
  "fleet-fuel/sixteen.E01": `\ufeff${whole}`.split("").join("\0"),
  "estate-energy/whole.csv": whole.replace("45.12", "45.15"),
  "estate-energy/QUITE-OTHER/whole.csv": whole.replace("45.12", "45.13"),
  "renewable-generation/whole.csv": whole.replace("45.12", "45.14")
};

async function fleetFolder(): Promise<string> {
  const folder = await makeDataFolder();
  await writeRows(folder, "vehicles.csv", ["F417,QZ70 ABC,van,highways,diesel,,", "F418,QZ21-DEF,car,care,petrol,,"]);
  await writeRows(folder, "fuel-products.csv", [
    "keyfuels,018,diesel,diesel,illustrative",
    "keyfuels,001,unleaded,petrol,illustrative"
  ]);
  for (const feed of ["fleet-fuel", "renewable-generation", "estate-energy/QUITE-OTHER"])
    await mkdir(join(folder, "inbox", feed), {recursive: true});
  return folder;
}

/** Every place where one of these words stands, of the folders that are made and of what was said. The archive keeps files as they came. */
async function leaksOf(folder: string, said: string, secrets: readonly string[]): Promise<string[]> {
  const leaks = secrets.filter(secret => folded(said).includes(folded(secret))).map(secret => `said: ${secret}`);
  const names = await readdir(folder, {recursive: true, withFileTypes: true});
  for (const entry of names.filter(each => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const place = path.slice(folder.length + 1);
    if (/^(inbox|council|\.keys)\//.test(place) || /^snapshots\/..\/[0-9a-f]{64}$/.test(place)) continue;
    if (place === "one.E01") continue;
    const bytes = folded((await readFile(path)).toString("latin1").replaceAll("\0", ""));
    for (const secret of secrets) if (bytes.includes(folded(secret))) leaks.push(`${place}: ${secret}`);
    if (/(canopy|published)\.duckdb$/.test(place)) leaks.push(...(await leaksInTables(path, secrets)));
  }
  return leaks;
}

/** The same, of every text in every table: bytes on disk may be packed. */
async function leaksInTables(path: string, secrets: readonly string[]): Promise<string[]> {
  const database = await openDatabase(path, {folders: [], isReadOnly: true});
  const connection = await database.connect();
  try {
    const columns = await connection.rows<{place: string; name: string}>(
      "select schema_name || '.' || table_name as place, column_name as name from duckdb_columns() where data_type = 'VARCHAR' and not internal"
    );
    const leaks: string[] = [];
    for (const {place, name} of columns) {
      const cells = await connection.rows<{cell: string | null}>(`select distinct "${name}" as cell from ${place}`);
      for (const secret of secrets)
        if (cells.some(({cell}) => folded(cell ?? "").includes(folded(secret))))
          leaks.push(`${place}.${name}: ${secret}`);
    }
    return leaks;
  } finally {
    connection.close();
    database.close();
  }
}

const wordsOf = ({out, err}: Ended) => `${out}\n${err}`;

test("no registration, card number or key stands in a table, figure, reject, ledger row, message or line of the command", async () => {
  const folder = await fleetFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "inbox", name), text);
  const said = [
    await runCanopy("run", "--data", folder),
    await runCanopy("loads", "--data", folder),
    ...(await Promise.all([1, 2, 3].map(load => runCanopy("loads", String(load), "--data", folder)))),
    await runCanopy("query", "select * from marts.loads", "--data", folder)
  ].map(wordsOf);
  const key = (await readFile(join(folder, ".keys", "pseudonyms"), "utf8")).trim();
  const c = new Canopy(folder);
  const loads = await c.live<{feed: string; outcome: string}>("select feed, outcome from ops.loads");
  expect(loads).toHaveLength(Object.keys(files).length);
  expect(loads.filter(({outcome}) => outcome === "landed")).toHaveLength(1);
  expect(
    await c.live("select count(*)::integer as n from raw.fuel_transactions where registration_pseudonym is not null")
  ).toEqual([{n: 2}]);
  expect(said.join("\n").length).toBeGreaterThan(1000);
  expect(await leaksOf(folder, said.join("\n"), [...registrations, ...cards, key])).toEqual([]);
});

describe("faults that were found by attack", () => {
  const landed = async (text: string) => {
    const c = new Canopy(await fleetFolder());
    const load = await c.bring("one.E01", text, {feed: "fleet-fuel"});
    return {leaks: await leaksOf(c.folder, JSON.stringify(load), [...registrations, ...cards]), load};
  };

  test("a fleet number that is a registration, as some councils give, is not landed", async () => {
    const of = [{fleetNumber: "ZZ99 ZZZ"}];
    const {leaks, load} = await landed(`${of.map(drawingLine).join("\n")}\n${control(of)}\n`);
    expect(load.outcome).toBe("landed");
    expect(leaks).toEqual([]);
  });

  test("of a record whose fields have moved, the refusal does not quote the registration that stands where litres belong", async () => {
    const of = [{}, {quantity: "ZZ99ZZZ"}];
    const {leaks} = await landed(`${of.map(drawingLine).join("\n")}\n${control(of)}\n`);
    expect(leaks).toEqual([]);
  });

  test("of a record whose fields have moved, the reject does not keep the card number that stands where the date belongs", async () => {
    const of = [{date: cards[0] ?? ""}];
    const {leaks} = await landed(`${of.map(drawingLine).join("\n")}\n${control(of)}\n`);
    expect(leaks).toEqual([]);
  });
});
