import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {canopyLine, holdsOrders} from "./command-line.ts";

const [mpan] = mpans;

async function built(): Promise<string> {
  const c = new Canopy(await makeDataFolder());
  await c.bring("good.csv", portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(1)}]));
  await c.ask("select 1");
  return c.folder;
}

test("no question writes, reads what is outside, opens another database or changes a setting", async () => {
  const folder = await built();
  const outside = join(folder, "outside.csv");
  await writeFile(outside, "secret\n1\n");
  const published = join(folder, "warehouse", "published.duckdb");
  const before = await readFile(published);
  const listing = async () => (await readdir(folder, {recursive: true})).sort();
  const files = await listing();
  const refused = [
    "delete from marts.loads",
    "insert into marts.loads select * from marts.loads",
    "update marts.loads set file_name = 'x'",
    "drop table marts.loads",
    "alter table marts.loads rename to gone",
    "truncate marts.loads",
    "create table marts.x as select 1",
    "create view v as select 1",
    "create schema s",
    "create sequence s",
    "merge into marts.loads l using (select 1 as load_id) n on l.load_id = n.load_id when matched then delete",
    `attach '${join(folder, "evil.duckdb")}' as evil`,
    `attach '${join(folder, "warehouse", "canopy.duckdb")}' as live`,
    "attach ':memory:' as m",
    "detach published",
    `copy marts.loads to '${join(folder, "out.csv")}'`,
    `copy (select 1) to '${join(folder, "out.parquet")}' (format parquet)`,
    `export database '${join(folder, "exported")}'`,
    `import database '${folder}'`,
    `select * from read_csv('${outside}')`,
    `select * from '${outside}'`,
    `select * from read_text('${outside}')`,
    `select * from read_blob('${outside}')`,
    `select * from read_json('${outside}')`,
    `select * from read_parquet('${outside}')`,
    `select * from sniff_csv('${outside}')`,
    `select * from glob('${folder}/*')`,
    "select * from read_text('../../etc/passwd')",
    "set threads = 1",
    "set enable_external_access = true",
    "set global allowed_directories = ['/']",
    "reset lock_configuration",
    "pragma threads = 1",
    "install httpfs",
    "load httpfs",
    "select getenv('HOME')",
    "select * from duckdb_secrets()",
    "create secret (type s3)",
    "select 1; drop table marts.loads",
    "select 1; select 2",
    "",
    ";"
  ];
  for (const sql of refused) {
    const {code, error} = await canopyLine(["query", sql], folder);
    expect({sql, code, error}).toEqual({sql, code: 1, error: expect.stringMatching(/^canopy: .+/)});
    expect(error).not.toMatch(/^\s+at /m);
  }
  // Allowed, but of no effect on what is published.
  for (const sql of [
    "create temp table t as select 1",
    "set search_path = 'main'",
    "checkpoint",
    "vacuum",
    "use main",
    "begin",
    "set variable x = 1"
  ])
    await canopyLine(["query", sql], folder);
  expect(await listing()).toEqual(files);
  expect(before.equals(await readFile(published))).toBe(true);
  expect(await canopyLine(["query", "select count(*) as n from marts.loads", "--format", "csv"], folder)).toMatchObject(
    {
      code: 0,
      printed: "n\r\n1"
    }
  );
});

test("hostile text in an answer is shown and not obeyed", async () => {
  const folder = await built();
  const table = await canopyLine(["query", "select chr(27) || '[31m' || chr(8238) || chr(7) as x"], folder);
  expect(holdsOrders(table.printed)).toBe(false);
  const csv = await canopyLine(
    ["query", "--format", "csv", "select '=1+1' as a, '@x' as b, -1 as c, '-1' as d, chr(9) || '=1' as e"],
    folder
  );
  expect(csv.printed.split("\r\n")[1]).toBe("'=1+1,'@x,-1,'-1,'\t=1");
});

test("hostile text in an error is shown and not obeyed", async () => {
  expect((await canopyLine(["query", "select error(chr(27) || '[31mboo')"], await built())).error).not.toContain(
    "\u001b"
  );
});
test("hostile text in the name of a column is shown and not obeyed", async () => {
  expect((await canopyLine(["query", 'select 1 as "\u001b[31m"'], await built())).printed).not.toContain("\u001b");
});

test("before anything is built a question is told what to do", async () => {
  expect((await canopyLine(["query", "select 1"], await makeDataFolder())).error).toContain("canopy run");
});
