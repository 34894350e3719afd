import {expect, test} from "vitest";
import {type KindFacts, landingsOf} from "../../src/sources/kind.ts";
import {kinds} from "../../src/sources/kinds.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {expectGenerated, markdownTable} from "../support/sources-readme.ts";

const all = Object.values(kinds);

test("after all migrations each table of records has the columns, types and empty cells that its kind declares, and there is no other", async () => {
  const warehouse = await openWarehouse(await makeDataFolder());
  const found = await warehouse.connection.rows<{at: string; name: string; type: string; is_nullable: string}>(
    "select 'raw.' || table_name as at, column_name as name, data_type as type, is_nullable from information_schema.columns where table_schema = 'raw' order by table_name, ordinal_position"
  );
  await warehouse.close();
  const columnsOf = (table: string) =>
    found
      .filter(({at}) => at === table)
      .map(({name, type, is_nullable}) => `${name} ${type}${is_nullable === "YES" ? "" : " not null"}`);
  const declared = (kind: KindFacts) =>
    landingsOf(kind).map(({column, type, isOptional}) => `${column} ${type}${isOptional ? "" : " not null"}`);
  for (const kind of all)
    expect(columnsOf(kind.table), kind.name).toEqual([
      "load_id INTEGER not null",
      "line INTEGER not null",
      "provider VARCHAR not null",
      ...declared(kind)
    ]);
  const records = found.filter(({name}) => name === "provider").map(({at}) => at);
  expect(records.sort()).toEqual(all.map(({table}) => table).sort());
});

test("nothing that is personal or a meter lands as it is written", () => {
  const columns = all.flatMap(landingsOf);
  expect(columns.filter(({field}) => field === "registration").map(({column}) => column)).toEqual(
    Array.from({length: 5}, () => "registration_pseudonym")
  );
  expect(columns.filter(({field}) => field === "meter").map(({column}) => column)).toEqual(["meter_key", "meter_key"]);
});

test("every kind of record is in the table of src/sources/README.md", async () => {
  const rows = all.map(kind => [
    kind.name,
    kind.description,
    `\`${kind.table}\``,
    landingsOf(kind)
      .map(({column, isOptional}) => `\`${column}\`${isOptional ? "?" : ""}`)
      .join(", "),
    kind.identity.map(field => `\`${field}\``).join(", ")
  ]);
  await expectGenerated("kinds", markdownTable(["kind", "a record is", "lands in", "columns", "named by"], rows));
});
