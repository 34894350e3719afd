import {z} from "zod";
import {addedLater, amount, areTogether, column, failure, life, name, optional, type RowOf, text} from "./columns.ts";
import {checkUnique, defineRegister, type Lined, readRegister} from "./register.ts";

/** Plant of the council's own, and the meters that say what it made and what left the site. */
export const generationAssets = defineRegister({
  file: "generation-assets.csv",
  description:
    "A solar array or other plant of the council's own. What is used on site is worked out half-hour by half-hour; where export is not metered, own use is unknown and says so.",
  table: "council.generation_assets",
  key: ["asset_id"],
  isOptional: true,
  columns: {
    asset_id: name("What the council calls it."),
    site_id: name("The site it stands on."),
    technology: text("Such as solar."),
    capacity_kw: amount("What it can give at most, kW."),
    generation_meter_id: name("The meter point that is read on the generation channel."),
    export_meter_point_id: optional(
      name("The meter point whose export channel carries what leaves the site; empty where export is not metered.")
    ),
    ...life,
    pv_area: addedLater(
      optional(
        column(
          "varchar",
          z.string().regex(/^(gsp|pes):\d{1,4}$/, "gsp or pes with a number: pes:16; gsp:0 is Great Britain"),
          "The area of PV_Live that its yield is set against; empty: the only one that is held, Great Britain last."
        )
      )
    )
  }
});

/** A row of it. */
export type GenerationAsset = RowOf<typeof generationAssets.columns>;

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
  const assets = await readRegister(councilFolder, generationAssets);
  checkUnique(
    assets.map(({generation_meter_id, fileRow}) => ({value: generation_meter_id, fileRow})),
    generationAssets.file,
    "generation_meter_id"
  );
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
  failure(generationAssets.file, asset.fileRow, column, asset[column], why);

function checkMeter(asset: Lined<GenerationAsset>, column: Column, meters: readonly Meter[]): void {
  if (asset[column] === null) return;
  const rows = meters.filter(({meter_point_id}) => meter_point_id === asset[column]);
  const meter = rows.find(({site_id}) => site_id === asset.site_id) ?? rows[0];
  if (meter === undefined) throw complaint(asset, column, "meter-points.csv has no such row");
  if (meter.energy !== "electricity") throw complaint(asset, column, `it is a ${meter.energy} meter`);
  if (meter.site_id !== asset.site_id) throw complaint(asset, column, `it is of another site: ${meter.site_id}`);
}

/** What two assets send through one export meter at one time cannot be told apart. */
function checkAlone(asset: Lined<GenerationAsset>, assets: readonly Lined<GenerationAsset>[]): void {
  const other = assets.find(
    each =>
      each.fileRow < asset.fileRow &&
      each.export_meter_point_id !== null &&
      each.export_meter_point_id === asset.export_meter_point_id &&
      areTogether(each, asset)
  );
  if (other) throw complaint(asset, "export_meter_point_id", `${other.asset_id} exports through it at the same time`);
}
