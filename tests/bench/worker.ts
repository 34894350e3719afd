import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {readConfig} from "../../src/council/config.ts";
import {realEffects} from "../../src/effects.ts";
import {ingest} from "../../src/ingest/ingest.ts";
import {build, readInputs} from "../../src/models/build.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {mpanOf} from "./meter-file.ts";

/** One measurement in one process: prints seconds, processor seconds of the same, and peak memory as JSON. `file` is a folder where files are measured. */
const [, , what = "", file = "", folder = "", meterCount = ""] = process.argv;
const data = mkdtempSync(join(folder, "data-"));
const effects = {...realEffects(), progress: () => {}};

/** What works out signatures, findings and what buildings did in a year; the rest is what a build did before there were any. */
const analysis = /part|signature|excess|finding|tariff|savings|measure|site_years|avoidable/;
const isNoAnalysis = ({name}: {readonly name: string}) => !analysis.test(name);

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
  const taken = await measured(first);
  await warehouse.close();
  return taken;

  async function measured(first: Taken): Promise<Taken> {
    if (what === "build") return timed(() => build(warehouse, config));
    if (what === "reingest") return timed(bring);
    if (what !== "analysis") return first;
    await bringWeather();
    const inputs = await readInputs(data);
    await build(warehouse, config, inputs);
    const others = await timed(() => build(warehouse, config, {...inputs, models: inputs.models.filter(isNoAnalysis)}));
    const all = await timed(() => build(warehouse, config, inputs));
    return {seconds: all.seconds - others.seconds, cpuSeconds: all.cpuSeconds - others.cpuSeconds};
  }

  async function bringWeather(): Promise<void> {
    const path = join(data, "weather.json");
    writeFileSync(path, JSON.stringify(weatherAnswer(1830)));
    const request = {
      dataFolder: data,
      feeds: ["weather"],
      files: [path],
      layout: null,
      meterPoint: null,
      isReplay: false
    };
    await ingest(warehouse, request, 1, effects);
  }
}

/** Hours of invented temperatures to 31 October 2026, as a weather service answers. */
function weatherAnswer(days: number) {
  const hours = Array.from(
    {length: 24 * days},
    (_, index) => Date.UTC(2026, 9, 31) - 3_600_000 * (24 * days - index - 24)
  );
  const celsius = (at: number) =>
    Math.round(10 * (10 - 7 * Math.cos((2 * Math.PI * (at / 86_400_000 - 22)) / 365.25) + 3 * Math.sin(at / 2e8))) / 10;
  return {
    ...{latitude: 53.4, longitude: -2.15, generationtime_ms: 0.1, utc_offset_seconds: 0, timezone: "GMT"},
    hourly_units: {time: "iso8601", temperature_2m: "°C"},
    hourly: {time: hours.map(at => new Date(at).toISOString().slice(0, 16)), temperature_2m: hours.map(celsius)}
  };
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
  const siteCount = what === "analysis" ? Number(meterCount) : 60;
  const council = join(data, "council");
  mkdirSync(council);
  const sites = Array.from(
    {length: siteCount},
    (_, index) => `site-${index},Site ${index},office,1000,08:00,18:00,Mon-Fri`
  );
  const meters = Array.from(
    {length: Number(meterCount)},
    (_, index) => `${mpanOf(index)},site-${index % siteCount},electricity,,,`
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
