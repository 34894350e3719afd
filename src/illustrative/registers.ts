import {csvLine, textOf} from "./csv.ts";
import {ESTATE_PERIOD, SITES} from "./estate.ts";

const SITE_COLUMNS = ["site_id", "name", "kind", "floor_area_m2", "opens_at", "closes_at", "open_days"];
const METER_POINT_COLUMNS = ["meter_point_id", "site_id", "energy", "known_as", "valid_from", "valid_to"];
const STILL_LIVE = "";

/** sites.csv of the illustrative estate. */
export function sitesCsv(): string {
  const rows = SITES.map(site => [
    site.siteId,
    site.name,
    site.kind,
    site.floorAreaM2,
    site.opensAt,
    site.closesAt,
    site.openDays
  ]);
  return textOf([SITE_COLUMNS, ...rows].map(csvLine), "\n");
}

/** meter-points.csv of the illustrative estate: each meter is also known by its serial number. */
export function meterPointsCsv(): string {
  const rows = SITES.flatMap(({siteId, meterPoints}) =>
    meterPoints.map(meter => [meter.meterPointId, siteId, meter.energy, meter.serial, ESTATE_PERIOD.from, STILL_LIVE])
  );
  return textOf([METER_POINT_COLUMNS, ...rows].map(csvLine), "\n");
}
