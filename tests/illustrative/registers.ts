import {csvLine, textOf} from "../../src/illustrative/csv.ts";
import type {MeterPoint, Site} from "../../src/illustrative/estate.ts";
import {PRODUCTS, PROVIDER} from "../../src/illustrative/fleet/products.ts";
import {VEHICLES} from "../../src/illustrative/fleet/vehicles.ts";
import {ANNUAL_RETURNS} from "../../src/illustrative/returns.ts";
import {ARRAYS} from "../../src/illustrative/sites/arrays.ts";
import {SITES_WITHOUT_GAS} from "../../src/illustrative/sites/rows.ts";
import {SITES} from "../../src/illustrative/sites/sites.ts";
import {STATION, STATION_ID} from "../../src/illustrative/sites/station.ts";
import {HEAT_METER, WATER_FROM, WATER_METERS} from "../../src/illustrative/water/meters.ts";
import {calendarRows} from "./calendar-rows.ts";
import {boughtAt, censusesOf, meterRechargedTo, placeOf, rechargedTo, serviceOf} from "./site-facts.ts";

type Cells = readonly (string | number)[];

const ALWAYS_THERE = "";
const STILL_LIVE = "";
const BETWEEN_NAMES = ";";
const EVERY_DAY = "";

/** sites.csv of the illustrative estate. */
export function sitesCsv(): string {
  const columns = ["site_id", "name", "kind", "floor_area_m2", "opens_at", "closes_at", "open_days"];
  const added = ["latitude", "longitude", "heated_by", "cost_centre", "service", "ward", "recharged_to"];
  return table([...columns, "valid_from", "valid_to", ...added], SITES.map(siteCells));
}

/**
 * meter-points.csv of the illustrative estate: a row for each time of a meter at a site. Each meter is also known by its serial number, or by both it has
 * had, and electricity by the name that suppliers' files give a site that has another now.
 */
export function meterPointsCsv(): string {
  const columns = ["meter_point_id", "site_id", "energy", "known_as", "valid_from", "valid_to"];
  const added = ["tariff", "agreed_capacity_kva", "cost_centre", "service", "ward", "recharged_to"];
  const bought = SITES.flatMap(site => site.meterPoints.flatMap(meter => meterCells(meter, site)));
  const generating = ARRAYS.flatMap(({meter}) => meterCells(meter, null));
  const rest = ["", "", "", "", "", ""];
  const water = WATER_METERS.map(({spid, serial, siteId}) => [
    ...[spid, siteId, "water", serial, WATER_FROM, STILL_LIVE],
    ...["water-by-volume", ...rest.slice(1)]
  ]);
  const heat = [HEAT_METER.name, HEAT_METER.siteId, "heat", "", WATER_FROM, STILL_LIVE, ...rest];
  return table([...columns, ...added], [...bought, ...generating, ...water, heat]);
}

/** meters.csv of the illustrative estate: what the loggers read in, which their files do not say. */
export function metersCsv(): string {
  const columns = ["meter_point_id", "serial", "unit", "digits", "multiplier", "volume_correction", "gas_zone"];
  const rows = WATER_METERS.map(({spid, serial}) => [spid, serial, "m3", "", "", "", "", WATER_FROM, STILL_LIVE]);
  return table([...columns, "valid_from", "valid_to"], rows);
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

/** weather-stations.csv of the illustrative estate. */
export function weatherStationsCsv(): string {
  const {name, latitude, longitude, heightM} = STATION;
  return table(
    ["station_id", "name", "latitude", "longitude", "height_m"],
    [[STATION_ID, name, latitude, longitude, heightM]]
  );
}

/** calendar.csv of the illustrative estate: what its generator holds to. */
export function calendarCsv(): string {
  const columns = ["applies_to", "what", "first_day", "last_day", "days", "opens_at", "closes_at", "source"];
  const rows = calendarRows().map(([appliesTo, what, first, last, opensAt, closesAt]) => {
    return [appliesTo, what, first, last, EVERY_DAY, opensAt, closesAt, "illustrative"];
  });
  return table(columns, rows);
}

/** pupils.csv of the illustrative estate. */
export function pupilsCsv(): string {
  const rows = SITES.flatMap(site =>
    censusesOf(site).map(([on, pupils]) => [site.siteId, on, pupils, "illustrative census"])
  );
  return table(["site_id", "counted_on", "pupils", "source"], rows);
}

/** Every generated register of the illustrative estate, by the name of its file. */
export const REGISTERS: Readonly<Record<string, () => string>> = {
  "sites.csv": sitesCsv,
  "meter-points.csv": meterPointsCsv,
  "meters.csv": metersCsv,
  "generation-assets.csv": generationAssetsCsv,
  "vehicles.csv": vehiclesCsv,
  "fuel-products.csv": fuelProductsCsv,
  "annual-returns.csv": annualReturnsCsv,
  "weather-stations.csv": weatherStationsCsv,
  "calendar.csv": calendarCsv,
  "pupils.csv": pupilsCsv
};

function siteCells(site: Site, index: number): Cells {
  const {siteId, name, kind, floorAreaM2, hours, life} = site;
  const open = hours ? [hours.opensAt, hours.closesAt, hours.openDays] : ["", "", ""];
  const {service, costCentre} = serviceOf(site);
  const {latitude, longitude, ward} = placeOf(index);
  const place = floorAreaM2 === null ? ["", ""] : [latitude, longitude];
  return [
    ...[siteId, name, kind, floorAreaM2 ?? "", ...open, life.from ?? ALWAYS_THERE, life.to ?? STILL_LIVE],
    ...[...place, heatedBy(site), costCentre, service, floorAreaM2 === null ? "" : ward, rechargedTo(site)]
  ];
}

/** What is without gas burns the oil and the pellets of the annual returns. */
function heatedBy({siteId, kind}: Site): string {
  if (kind === "street-lighting") return "nothing";
  if (!SITES_WITHOUT_GAS.has(siteId)) return "gas";
  return siteId === "depot-03" ? "biomass" : "oil";
}

/** Of what generates there is no site that buys it. */
function meterCells(meter: MeterPoint, buyer: Site | null): Cells[] {
  const {meterPointId, energy, serial, exchange, lives, siteName} = meter;
  const isOldName = energy === "electricity" && SITES.every(({name}) => name !== siteName);
  const knownAs = [serial, ...(exchange ? [exchange.serial] : []), ...(isOldName ? [siteName] : [])];
  const {tariff, capacityKva} = buyer === null ? {tariff: "", capacityKva: ""} : boughtAt(buyer, meter);
  const cuts = ["", "", "", meterRechargedTo(meter)];
  return lives.map(({siteId, from, to}) => {
    const known = [meterPointId, siteId, energy, knownAs.join(BETWEEN_NAMES), from, to ?? STILL_LIVE];
    return [...known, tariff, capacityKva, ...cuts];
  });
}

function table(columns: Cells, rows: readonly Cells[]): string {
  return textOf([columns, ...rows].map(csvLine), "\n");
}
