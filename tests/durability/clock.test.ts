import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const [mpan] = mpans;
/** A day of one value, in a file that says when it was made. */
const fileOf = (date: string, kwh: number, issued: string) => portalFile(issued, [{mpan, date, cells: flat(kwh)}]);

/** A council whose clock says what each line of it is given. */
async function council() {
  const folder = await makeDataFolder([{id: mpan}]);
  return {
    folder,
    put: (name: string, text: string) => writeFile(join(folder, "inbox", "estate-energy", name), text),
    at: async (clock: string, ...line: string[]) => {
      const {code, printed, error} = await canopyLine(line, folder, clock);
      return {code, said: `${printed}${error}`.replaceAll(/\s+/g, " ")};
    },
    days: () =>
      new Canopy(folder).live(
        "select settlement_date::varchar as day, list_sum(arg_max(quantity, received_at)) as kwh from raw.meter_days join ops.loads using (load_id) where superseded_by is null group by all order by all"
      )
  };
}

test("a clock years ahead for one run: what came is kept and not counted, until a person says that the clock is right", async () => {
  const {put, at, days} = await council();
  await put("1.csv", fileOf("2026-10-05", 1, "06/10/26 07:00"));
  expect((await at("2026-11-03T12:00:00Z", "ingest")).code).toBe(0);
  await put("2.csv", fileOf("2026-10-06", 2, "07/10/26 07:00"));
  const ahead = await at("2031-01-01T12:00:00Z", "ingest");
  expect(ahead).toMatchObject({
    code: 1,
    said: expect.stringContaining("The clock of this computer says 1 Jan 2031, but")
  });
  expect(ahead.said).toContain("Files are kept and not counted until the clock is right");
  expect(await days()).toEqual([{day: "2026-10-05", kwh: 48}]);
  // The clock is right again, and now is behind what was noted.
  const behind = await at("2026-11-04T12:00:00Z", "ingest");
  expect(behind).toMatchObject({code: 1, said: expect.stringContaining("was noted on 1 Jan 2031")});
  expect((await at("2026-11-04T12:00:00Z", "clock")).code).toBe(1);
  const said = await at("2026-11-04T12:00:00Z", "clock", "--is-right", "--why", "the battery was changed");
  expect(said).toMatchObject({
    code: 0,
    said: expect.stringMatching(/taken to have come Wed 4 Nov 2026, 12:00 GMT: 2\.csv/)
  });
  expect((await at("2026-11-04T12:05:00Z", "ingest")).code).toBe(0);
  expect((await at("2026-11-04T12:05:00Z", "clock")).code).toBe(0);
  // A correction that comes later is later: nothing of 2031 outranks it.
  await put("3.csv", fileOf("2026-10-06", 3, "08/10/26 07:00"));
  expect((await at("2026-11-05T12:00:00Z", "ingest")).code).toBe(0);
  expect(await days()).toEqual([
    {day: "2026-10-05", kwh: 48},
    {day: "2026-10-06", kwh: 144}
  ]);
  expect((await at("2026-11-05T12:05:00Z", "verify", "--full")).code).toBe(0);
});

test("a clock some days ahead is not doubted at once: what landed so is put right when it is", async () => {
  const {put, at, days, folder} = await council();
  await put("1.csv", fileOf("2026-10-05", 1, "06/10/26 07:00"));
  await at("2026-11-03T12:00:00Z", "ingest");
  // The file speaks of a day that is still to come, which a right clock would have refused.
  await put("2.csv", fileOf("2026-11-25", 2, "07/10/26 07:00"));
  expect((await at("2026-12-20T12:00:00Z", "ingest")).code).toBe(0);
  expect(await days()).toHaveLength(2);
  expect((await at("2026-11-04T12:00:00Z", "ingest")).code).toBe(1);
  await at("2026-11-04T12:00:00Z", "clock", "--is-right", "--why", "set by hand");
  await at("2026-11-04T12:05:00Z", "ingest");
  expect(await days()).toEqual([{day: "2026-10-05", kwh: 48}]);
  const rejects = await new Canopy(folder).live<{rule: string}>(
    "select rule from ops.rejects join ops.loads using (load_id) where superseded_by is null"
  );
  expect(rejects).toHaveLength(1);
});

test("a clock years behind for one run: what came is counted when the clock is right, as having come then", async () => {
  const {put, at, days, folder} = await council();
  await put("1.csv", fileOf("2026-10-05", 1, "06/10/26 07:00"));
  await at("2026-11-03T12:00:00Z", "ingest");
  await put("2.csv", fileOf("2026-11-10", 2, "11/11/26 07:00"));
  expect((await at("2020-01-01T00:00:00Z", "ingest")).code).toBe(1);
  expect(await days()).toHaveLength(1);
  expect((await at("2026-11-12T12:00:00Z", "ingest")).code).toBe(0);
  expect(await days()).toEqual([
    {day: "2026-10-05", kwh: 48},
    {day: "2026-11-10", kwh: 96}
  ]);
  const [load] = await new Canopy(folder).live<{at: string}>(
    "select strftime(received_at, '%Y-%m-%d') as at from ops.loads where file_name = '2.csv'"
  );
  expect(load).toEqual({at: "2026-11-12"});
});

test("a clock that was wrong when the first file came: the file is read again as of when it really came", async () => {
  const {put, at, days} = await council();
  await put("1.csv", fileOf("2026-10-05", 1, "06/10/26 07:00"));
  await at("2019-01-01T00:00:00Z", "ingest");
  expect(await days()).toEqual([]);
  expect((await at("2026-11-03T12:00:00Z", "ingest")).code).toBe(1);
  await at("2026-11-03T12:00:00Z", "clock", "--is-right", "--why", "new computer");
  expect(await at("2026-11-03T12:00:00Z", "received", "1", "--at", "2027-01-01", "--why", "no")).toMatchObject({
    code: 2
  });
  expect(
    await at("2026-11-03T12:01:00Z", "received", "1", "--at", "2026-11-02", "--why", "mail of that day")
  ).toMatchObject({
    code: 0,
    said: "1.csv is taken to have come Mon 2 Nov 2026, 00:00 GMT 1 file will be read again. To count them so: canopy run"
  });
  expect((await at("2026-11-03T12:05:00Z", "ingest")).code).toBe(0);
  expect(await days()).toEqual([{day: "2026-10-05", kwh: 48}]);
  // A warehouse that is made again knows it too.
  expect((await at("2026-11-03T12:10:00Z", "build")).code).toBe(0);
  expect((await at("2026-11-03T12:15:00Z", "rebuild")).said).toMatch(
    /1 load made again .* \d+ marts the same as before loads have new numbers/
  );
});
