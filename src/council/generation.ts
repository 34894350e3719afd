import {join} from "node:path";
import {z} from "zod";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {areTogether, checkUnique, decimal, fill, id, isBackwards, type Lined, life, readTable} from "./tables.ts";

const assetSchema = z
  .strictObject({
    asset_id: id,
    site_id: id,
    technology: z.string().min(1),
    capacity_kw: decimal.pipe(z.number().positive()),
    /** A meter point of the register that is read on the generation channel. */
    generation_meter_id: id,
    /** The meter point whose export channel carries what leaves the site; nothing where export is not metered. */
    export_meter_point_id: id.nullable(),
    ...life
  })
  .refine(asset => !isBackwards(asset), {message: "valid_to is before valid_from", path: ["valid_to"]});

/** An array or another plant of the council's own, and the meters that say what it made and what left the site. */
export type GenerationAsset = z.infer<typeof assetSchema>;

/** What a meter of an asset must be. */
interface Meter {
  readonly meter_point_id: string;
  readonly site_id: string;
  readonly energy: string;
}

/** Reads `generation-assets.csv`, which may be absent, and checks it against the sites and meters of the other registers. */
export async function readGenerationAssets(
  councilFolder: string,
  sites: ReadonlySet<string>,
  meters: readonly Meter[]
): Promise<GenerationAsset[]> {
  const assets = await readTable(join(councilFolder, "generation-assets.csv"), assetSchema, {isOptional: true});
  const names = (column: "asset_id" | "generation_meter_id") =>
    assets.map(asset => ({value: asset[column], line: asset.line}));
  checkUnique(names("asset_id"), "generation-assets.csv", "asset_id");
  checkUnique(names("generation_meter_id"), "generation-assets.csv", "generation_meter_id");
  for (const asset of assets) {
    if (!sites.has(asset.site_id)) throw complaint(asset, "site_id", "sites.csv has no such row");
    checkMeter(asset, "generation_meter_id", meters);
    checkMeter(asset, "export_meter_point_id", meters);
    if (asset.generation_meter_id === asset.export_meter_point_id)
      throw complaint(asset, "export_meter_point_id", "it is the generation meter");
    checkAlone(asset, assets);
  }
  return assets;
}

type Column = "site_id" | "generation_meter_id" | "export_meter_point_id";

const complaint = (asset: Lined<GenerationAsset>, column: Column, why: string) =>
  new CheckError(`generation-assets.csv, row ${asset.line}, ${column}: ${asset[column]}: ${why}`);

function checkMeter(asset: Lined<GenerationAsset>, column: Column, meters: readonly Meter[]): void {
  if (asset[column] === null) return;
  const meter = meters.find(({meter_point_id}) => meter_point_id === asset[column]);
  if (meter === undefined) throw complaint(asset, column, "meter-points.csv has no such row");
  if (meter.energy !== "electricity") throw complaint(asset, column, `it is a ${meter.energy} meter`);
  if (meter.site_id !== asset.site_id) throw complaint(asset, column, `it is of another site: ${meter.site_id}`);
}

/** What two assets send through one export meter at one time cannot be told apart. */
function checkAlone(asset: Lined<GenerationAsset>, assets: readonly Lined<GenerationAsset>[]): void {
  const other = assets.find(
    each =>
      each.line < asset.line &&
      each.export_meter_point_id !== null &&
      each.export_meter_point_id === asset.export_meter_point_id &&
      areTogether(each, asset)
  );
  if (other) throw complaint(asset, "export_meter_point_id", `${other.asset_id} exports through it at the same time`);
}

/** Puts the assets into the schema `council`. */
export async function loadGenerationAssets(connection: Connection, assets: readonly GenerationAsset[]): Promise<void> {
  await fill(
    connection,
    "council.generation_assets",
    "asset_id varchar, site_id varchar, technology varchar, capacity_kw double, generation_meter_id varchar, export_meter_point_id varchar, valid_from date, valid_to date",
    assets
  );
}
