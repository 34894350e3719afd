import {createHash} from "node:crypto";
import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {type BoroughEmissions, boroughEmissions} from "../../src/models/marts/borough_emissions.ts";
import {type EmissionsBySource, emissionsBySource} from "../../src/models/marts/emissions_by_source.ts";
import {type ReportingYear, reportingYears} from "../../src/models/marts/reporting_years.ts";
import {type SiteRating, siteRatings} from "../../src/models/marts/site_ratings.ts";
import {type LakeManifest, lakeSchema} from "../../src/programme/lake.ts";
import {openDatabase, quoteText} from "../../src/warehouse/connection.ts";
import {sqlTypeOf} from "./mart-rows.ts";

/** An edition of a council, as it lies in a lake: rows of the tables that a roll-up reads, without any council being built. */
export interface LakeCouncil {
  readonly code: string;
  readonly name: string;
  /** Its folder in the programme; null where the programme has it no longer. By default a word of its code. */
  readonly folder?: string | null;
  readonly edition?: string;
  readonly asOf?: string;
  readonly manifest?: Partial<LakeManifest>;
  readonly years?: readonly ReportingYear[];
  readonly sources?: readonly EmissionsBySource[];
  readonly ratings?: readonly SiteRating[];
  readonly boroughs?: readonly BoroughEmissions[];
  /** Columns that its tables lack, as those of an older schema do. */
  readonly lacks?: readonly string[];
  /** Whether it has no edition in the lake. */
  readonly isWithout?: boolean;
}

/** A reporting year of a council: 100 t that are whole and over, where nothing else is said. */
export function yearOf(reporting_year: number, given: Partial<ReportingYear> = {}): ReportingYear {
  const t = given.scope_1_and_2_t_co2e === undefined ? 100 : given.scope_1_and_2_t_co2e;
  return {
    ...{boundary: "own operations", basis: "location", reporting_year},
    ...{scope_1_and_2_t_co2e: t, scope_1_t_co2e: t, scope_2_t_co2e: 0, scope_3_t_co2e: null},
    ...{base_year: null, base_year_t_co2e: null, change_since_base_share: null},
    ...{at_factors_before_t_co2e: null, factor_effect_t_co2e: null, factor_breaks: null},
    ...{months: 12, factor_sets: String(reporting_year), is_provisional: false},
    ...{expected_t_co2e: t, held_t_co2e: t, missing_t_co2e: 0, held_share: 1, sources_at_zero: null},
    ...{has_ended: true, is_whole_year: true, unregistered_meters: 0, unregistered_t_co2e: null},
    ...given
  };
}

/** A source of a council's year. */
export function sourceOf(
  reporting_year: number,
  emission_source: string,
  emissions_t_co2e: number,
  given: Partial<EmissionsBySource> = {}
): EmissionsBySource {
  return {
    ...{boundary: "own operations", basis: "location", reporting_year, emission_source, scope: "1", emissions_t_co2e},
    ...{is_provisional: false, has_ended: true, is_whole_year: true},
    ...given
  };
}

/** A building that uses so much electricity for each square metre; null is one of which too little is read. */
export function ratingOf(site_id: string, site_kind: string, kwhPerM2: number | null): SiteRating {
  return {
    ...{site_id, site_name: site_id, site_kind, category: site_kind, floor_area_m2: 1000, quantity: "import"},
    ...{electricity_kwh_per_m2: kwhPerM2, gas_kwh_per_m2: null},
    ...{typical_electricity_kwh_per_m2: 100, typical_fossil_thermal_kwh_per_m2: 100},
    ...{tm46_rating: kwhPerM2, read_share: kwhPerM2 === null ? 0.4 : 1, tm46_band: kwhPerM2 === null ? null : "D"}
  };
}

/** A year of a whole borough. */
export function boroughOf(area_code: string, year: number, kt: number, given: Partial<BoroughEmissions> = {}) {
  const row: BoroughEmissions = {
    ...{area_code, area_name: `Area ${area_code}`, area_group: null, year, sector: "All sectors"},
    ...{statistic: "territorial", release: "2005-2023", statistic_name: "Territorial CO₂", boundary: "territorial"},
    ...{gases: "CO2", published: "2025-06", is_newest_release: true, is_all_sectors: true},
    ...{emissions_kt_co2: kt, emissions_kt_co2e: null, is_measure_of_target: false},
    ...{why_not_measure_of_target: "land use is in it", source: "DESNZ", licence: "OGL v3.0"},
    ...given
  };
  return row;
}

const tables = [
  {mart: reportingYears, of: ({years = []}: LakeCouncil) => years},
  {mart: emissionsBySource, of: ({sources = []}: LakeCouncil) => sources},
  {mart: siteRatings, of: ({ratings = []}: LakeCouncil) => ratings},
  {mart: boroughEmissions, of: ({boroughs = []}: LakeCouncil) => boroughs}
];

/** Writes a programme whose councils have nothing but their editions in the lake. A lake that is there is written anew. */
export async function writeLake(
  folder: string,
  councils: readonly LakeCouncil[],
  name = "Invented Programme"
): Promise<void> {
  const lake = join(folder, "lake");
  await rm(lake, {recursive: true, force: true});
  await mkdir(lake, {recursive: true});
  await writeFile(join(folder, "programme.json"), JSON.stringify({name}));
  for (const council of councils) {
    const own = folderOf(council);
    if (own === null) continue;
    await mkdir(join(folder, own, "council"), {recursive: true});
    await writeFile(
      join(folder, own, "council", "council.json"),
      JSON.stringify({name: council.name, ons_code: council.code, illustrative: null})
    );
  }
  const held = councils.filter(({isWithout}) => isWithout !== true);
  await writeTables(folder, held);
  for (const council of held) await writeManifest(lake, council);
}

const folderOf = ({folder, code}: LakeCouncil) => (folder === undefined ? code.toLowerCase() : folder);
const editionOf = ({edition, asOf = "2026-10-31"}: LakeCouncil) => edition ?? asOf;
const lacksOf = ({lacks = []}: LakeCouncil) => lacks.join();
const placeOf = (council: LakeCouncil) => join(`council=${council.code}`, `edition=${editionOf(council)}`);

/** Every table in one statement for all councils that have the same columns. */
async function writeTables(folder: string, councils: readonly LakeCouncil[]): Promise<void> {
  const database = await openDatabase(":memory:", {folders: [folder]});
  const connection = await database.connect();
  for (const {mart, of} of tables) {
    for (const lacks of new Set(councils.map(lacksOf))) {
      const alike = councils.filter(council => lacksOf(council) === lacks);
      const columns = Object.entries(mart.row.shape).filter(([column]) => !lacks.split(",").includes(column));
      const types = columns.map(([column, type]) => [column, sqlTypeOf(type as never)]);
      const shape = JSON.stringify([Object.fromEntries([...types, ["c", "INTEGER"]])]);
      const rows = alike.flatMap((council, c) => of(council).map(row => ({...row, c})));
      await connection.run(
        `create or replace table place as
         select unnest(from_json($1::json, '[{"council": "VARCHAR", "edition": "VARCHAR", "c": "INTEGER"}]'), max_depth := 2)`,
        [JSON.stringify(alike.map((council, c) => ({council: council.code, edition: editionOf(council), c})))]
      );
      await connection.run(
        `copy (
           select p.council, p.edition, ${types.map(([column]) => `r.${column}`).join(", ")}
           from (select unnest(from_json($1::json, '${shape}'), max_depth := 2)) r join place p using (c)
           order by c
         ) to ${quoteText(join(folder, "lake"))} (format parquet, partition_by (council, edition), overwrite_or_ignore, filename_pattern '${mart.name}.{i}')`,
        [JSON.stringify(rows)]
      );
    }
  }
  connection.close();
  database.close();
}

/** Writes what an edition of the lake says of itself, by the files that are in its folder. */
async function writeManifest(lake: string, council: LakeCouncil): Promise<void> {
  const folder = join(lake, placeOf(council));
  await mkdir(folder, {recursive: true});
  const files = (await readdir(folder)).filter(file => file.endsWith(".parquet")).sort();
  const manifest: LakeManifest = {
    ...{canopy_lake: lakeSchema, council: council.code, name: council.name, illustrative: false},
    ...{edition: editionOf(council), status: "draft", as_of: council.asOf ?? "2026-10-31"},
    ...{canopy: {version: "0.1.0", sources: "0"}, key: "0", has_pages: false},
    tables: await Promise.all(
      files.map(async path => ({
        path,
        name: path.split(".")[0] ?? "",
        rows: 0,
        sha256: createHash("sha256")
          .update(await readFile(join(folder, path)))
          .digest("hex")
      }))
    ),
    ...council.manifest
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
}
