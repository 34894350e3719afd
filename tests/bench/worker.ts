import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {readConfig} from "../../src/council/config.ts";
import {realEffects} from "../../src/effects.ts";
import {ingest} from "../../src/ingest/ingest.ts";
import {build} from "../../src/models/build.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {mpanOf} from "./meter-file.ts";

/** One measurement in one process: prints seconds, processor seconds of the same, and peak memory as JSON. `file` is a folder where files are measured. */
const [, , what = "", file = "", folder = "", meterCount = ""] = process.argv;
const data = mkdtempSync(join(folder, "data-"));
const effects = {...realEffects(), progress: () => {}};

const taken = what === "bare" ? await bareLoad() : await canopyWork();
process.stdout.write(JSON.stringify({...taken, megabytes: process.resourceUsage().maxRSS / 1024}));
rmSync(data, {recursive: true, force: true});

/** What DuckDB needs to read the file, build a fixed array per meter-day and write it: no check, no history, no archive. */
async function bareLoad(): Promise<Taken> {
  const database = await openDatabase(join(data, "bare.duckdb"), {folders: [folder]});
  const connection = await database.connect();
  const columns = Array.from({length: 56}, (_, index) => `'c${index}': '${index < 8 ? "VARCHAR" : "DOUBLE"}'`).join(
    ", "
  );
  const cells = Array.from({length: 48}, (_, index) => `coalesce(c${index + 8}, 0)`).join(", ");
  const taken = await timed(async () => {
    await connection.run(
      `create table bare as select c3 as mpan, try_strptime(c7, '%d/%m/%y')::date as date, [${cells}, 0, 0]::double[50] as kwh
       from read_csv($1, auto_detect = false, header = false, skip = 2, delim = ',', columns = {${columns}})`,
      [file]
    );
    await connection.run("checkpoint");
  });
  connection.close();
  database.close();
  return taken;
}

async function canopyWork(): Promise<Taken> {
  writeCouncil();
  const config = await readConfig(data, effects.now());
  const warehouse = await openWarehouse(data);
  const files = what === "files" ? readdirSync(file).map(name => join(file, name)) : [file];
  const bring = async () => {
    const {loads} = await ingest(
      warehouse,
      {dataFolder: data, feeds: ["estate-energy"], files, layout: null, meterPoint: null, isReplay: false},
      1,
      effects
    );
    await warehouse.connection.run("checkpoint");
    if (loads.some(({outcome, rows_rejected}) => outcome === "refused" || rows_rejected > 0))
      throw new Error("the bench file did not land whole");
  };
  const first = await timed(bring);
  const taken =
    what === "build" ? await timed(() => build(warehouse, config)) : what === "reingest" ? await timed(bring) : first;
  await warehouse.close();
  return taken;
}

interface Taken {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const {user, system} = process.cpuUsage(before);
  return {seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6};
}

function writeCouncil(): void {
  const council = join(data, "council");
  mkdirSync(council);
  const sites = Array.from({length: 60}, (_, index) => `site-${index},Site ${index},office,1000,08:00,18:00,Mon-Fri`);
  const meters = Array.from(
    {length: Number(meterCount)},
    (_, index) => `${mpanOf(index)},site-${index % 60},electricity,,,`
  );
  writeFileSync(
    join(council, "council.json"),
    JSON.stringify({name: "Bench", ons_code: null, illustrative: null, as_of: "2026-10-31"})
  );
  writeFileSync(
    join(council, "sites.csv"),
    `${["site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days", ...sites].join("\n")}\n`
  );
  writeFileSync(
    join(council, "meter-points.csv"),
    `${["meter_point_id,site_id,energy,known_as,valid_from,valid_to", ...meters].join("\n")}\n`
  );
}
