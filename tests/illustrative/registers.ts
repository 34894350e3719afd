import {csvLine, textOf} from "../../src/illustrative/csv.ts";
import type {MeterPoint, Site} from "../../src/illustrative/estate.ts";
import {PRODUCTS, PROVIDER} from "../../src/illustrative/fleet/products.ts";
import {VEHICLES} from "../../src/illustrative/fleet/vehicles.ts";
import {ANNUAL_RETURNS} from "../../src/illustrative/returns.ts";
import {ARRAYS} from "../../src/illustrative/sites/arrays.ts";
import {SITES} from "../../src/illustrative/sites/sites.ts";

type Cells = readonly (string | number)[];

const ALWAYS_THERE = "";
const STILL_LIVE = "";
const BETWEEN_NAMES = ";";

/** sites.csv of the illustrative estate. */
export function sitesCsv(): string {
  const columns = ["site_id", "name", "kind", "floor_area_m2", "opens_at", "closes_at", "open_days"];
  return table([...columns, "valid_from", "valid_to"], SITES.map(siteCells));
}

/**
 * meter-points.csv of the illustrative estate: a row for each time of a meter at a site. Each meter is also known by its serial number, or by both it has
 * had, and electricity by the name that suppliers' files give a site that has another now.
 */
export function meterPointsCsv(): string {
  const columns = ["meter_point_id", "site_id", "energy", "known_as", "valid_from", "valid_to"];
  const meters = [...SITES.flatMap(site => site.meterPoints), ...ARRAYS.map(({meter}) => meter)];
  return table(columns, meters.flatMap(meterCells));
}

/** generation-assets.csv of the illustrative estate. Where export is not metered no meter point is named. */
export function generationAssetsCsv(): string {
  const columns = ["asset_id", "site_id", "technology", "capacity_kw", "generation_meter_id", "export_meter_point_id"];
  const rows = ARRAYS.map(({assetId, site, capacityKw, from, meter, supply, isExportMetered}) => {
    const exportMeter = isExportMetered ? supply.meterPointId : "";
    return [assetId, site.siteId, "solar", capacityKw, meter.meterPointId, exportMeter, from, STILL_LIVE];
  });
  return table([...columns, "valid_from", "valid_to"], rows);
}

/** vehicles.csv of the illustrative estate. */
export function vehiclesCsv(): string {
  const columns = ["vehicle_id", "registration", "kind", "service", "fuel", "valid_from", "valid_to"];
  const rows = VEHICLES.map(({vehicleId, registration, kind, service, fuel, from, to}) => {
    return [vehicleId, registration, kind, service, fuel, from, to ?? STILL_LIVE];
  });
  return table(columns, rows);
}

/** fuel-products.csv of the illustrative estate: what each code of the provider stands for. */
export function fuelProductsCsv(): string {
  const rows = PRODUCTS.map(({code, name, activity}) => [PROVIDER, code, name, activity, "illustrative"]);
  return table(["provider", "product_code", "product", "activity", "confirmation"], rows);
}

/** annual-returns.csv of the illustrative estate. */
export function annualReturnsCsv(): string {
  const columns = ["reporting_year", "emission_source", "activity", "unit", "quantity", "used_for", "source"];
  const rows = ANNUAL_RETURNS.map(row => {
    return [row.reporting_year, row.emission_source, row.activity, row.unit, row.quantity, row.used_for, row.source];
  });
  return table(columns, rows);
}

/** Every register of the illustrative estate, by the name of its file. */
export const REGISTERS: Readonly<Record<string, () => string>> = {
  "sites.csv": sitesCsv,
  "meter-points.csv": meterPointsCsv,
  "generation-assets.csv": generationAssetsCsv,
  "vehicles.csv": vehiclesCsv,
  "fuel-products.csv": fuelProductsCsv,
  "annual-returns.csv": annualReturnsCsv
};

function siteCells({siteId, name, kind, floorAreaM2, hours, life}: Site): Cells {
  const open = hours ? [hours.opensAt, hours.closesAt, hours.openDays] : ["", "", ""];
  return [siteId, name, kind, floorAreaM2 ?? "", ...open, life.from ?? ALWAYS_THERE, life.to ?? STILL_LIVE];
}

function meterCells({meterPointId, energy, serial, exchange, lives, siteName}: MeterPoint): Cells[] {
  const isOldName = energy === "electricity" && SITES.every(({name}) => name !== siteName);
  const knownAs = [serial, ...(exchange ? [exchange.serial] : []), ...(isOldName ? [siteName] : [])];
  return lives.map(({siteId, from, to}) => {
    return [meterPointId, siteId, energy, knownAs.join(BETWEEN_NAMES), from, to ?? STILL_LIVE];
  });
}

function table(columns: Cells, rows: readonly Cells[]): string {
  return textOf([columns, ...rows].map(csvLine), "\n");
}
