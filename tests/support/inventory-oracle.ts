import type {Truth} from "../../src/illustrative/truth.ts";
import {factorsOf} from "../lanes/factors-by-hand.ts";

/** One line of an inventory, worked out from the generator's truth and the factor table alone. */
export interface OracleLine {
  readonly key: string;
  quantity: number;
  t: number | null;
  co2: number | null;
  ch4: number | null;
  n2o: number | null;
}

/** One activity of one year, before factors. */
interface Activity {
  readonly year: number;
  readonly site: string;
  readonly source: string;
  readonly activity: string;
  readonly unit: string;
  quantity: number;
}

const reportingYear = (month: string) => Number(month.slice(0, 4)) - (Number(month.slice(5, 7)) < 4 ? 1 : 0);

/** kWh of a cubic metre: 1.02264 × 39.075 / 3.6. */
const kwhPerCubicMetre = (1.02264 * 39.075) / 3.6;

/** What a line is named by: year, site, source, activity, scope and line. */
export const keyOf = (...parts: readonly (string | number | null)[]) => parts.map(part => part ?? "").join(" | ");

/**
 * The inventory of the illustrative estate, line by line, by majority factor years: the truth's meters, fuel and own use, and the annual returns, times the
 * rows of emission-factors.csv. It shares no code with the models.
 */
export function inventoryOf(
  truth: Truth,
  kindOfSite: ReadonlyMap<string, string>,
  siteOfAsset: ReadonlyMap<string, string>
): Map<string, OracleLine> {
  const lines = new Map<string, OracleLine>();
  for (const {year, site, source, activity, unit, quantity} of activitiesOf(truth, kindOfSite)) {
    const factors = factorsOf(year, activity, unit);
    if (factors.length === 0) throw new Error(`no factor: ${activity} ${unit} ${year}`);
    for (const {scope, line, co2e, co2, ch4, n2o} of factors) {
      const key = keyOf(year, site, source, activity, scope, line);
      const tonnes = (kg: number | null) => (kg === null ? null : (quantity * kg) / 1000);
      lines.set(key, {key, quantity, t: tonnes(co2e), co2: tonnes(co2), ch4: tonnes(ch4), n2o: tonnes(n2o)});
    }
  }
  for (const [key, quantity] of ownUseOf(truth, siteOfAsset))
    lines.set(key, {key, quantity, t: 0, co2: 0, ch4: 0, n2o: 0});
  return lines;
}

function activitiesOf(truth: Truth, kindOfSite: ReadonlyMap<string, string>): Activity[] {
  const sums = new Map<string, Activity>();
  const add = (activity: Activity) => {
    const key = JSON.stringify({...activity, quantity: undefined});
    const sum = sums.get(key);
    if (sum) sum.quantity += activity.quantity;
    else sums.set(key, {...activity});
  };
  const inventory = truth.returns.filter(({used_for}) => used_for === "inventory");
  const isReturned = (year: number, source: string, activity: string) =>
    inventory.some(row => row.reporting_year === year && row.emission_source === source && row.activity === activity);
  for (const {site_id: site, energy, channel, unit, months} of truth.meter_points.filter(
    point => point.channel === "import"
  )) {
    const source = kindOfSite.get(site) === "street-lighting" ? "street lighting" : `building ${energy}`;
    const activity = energy === "gas" ? "natural_gas" : "electricity";
    for (const {month, quantity, present_half_hours} of months) {
      const year = reportingYear(month);
      if (present_half_hours === 0 || channel !== "import" || isReturned(year, source, activity)) continue;
      add({
        year,
        site,
        source,
        activity,
        unit: "kWh",
        quantity: Number(quantity) * (unit === "m3" ? kwhPerCubicMetre : 1)
      });
    }
  }
  for (const {month, activity, quantity_l} of truth.fuel) {
    const source = activity === "gas_oil" ? "plant" : "fleet";
    const year = reportingYear(month);
    if (!isReturned(year, source, activity))
      add({year, site: "", source, activity, unit: "l", quantity: Number(quantity_l)});
  }
  for (const {reporting_year: year, emission_source: source, activity, unit, quantity} of inventory)
    add({year, site: "", source, activity, unit, quantity});
  return [...sums.values()];
}

/** Own use of each site's array by year: a line at nought. */
function ownUseOf(truth: Truth, siteOfAsset: ReadonlyMap<string, string>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const {asset_id, month, self_consumption_kwh} of truth.generation) {
    if (self_consumption_kwh === null) continue;
    const site = siteOfAsset.get(asset_id) ?? "";
    const key = keyOf(reportingYear(month), site, "own generation", "solar", "2", "used_on_site");
    sums.set(key, (sums.get(key) ?? 0) + Number(self_consumption_kwh));
  }
  return sums;
}
