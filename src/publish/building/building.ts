import {z} from "zod";
import type {readRegisters} from "../../council/registers.ts";
import {billingSignatures} from "../../models/marts/billing_signatures.ts";
import {energySignatures} from "../../models/marts/energy_signatures.ts";
import type {Finding} from "../../models/marts/findings.ts";
import {type MaximumDemand, maximumDemands} from "../../models/marts/maximum_demands.ts";
import {siteWaterHeatYears} from "../../models/marts/site_water_heat_years.ts";
import {type SiteWeather, siteWeather} from "../../models/marts/site_weather.ts";
import {siteYears} from "../../models/marts/site_years.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {dateText} from "../../wording/dates.ts";
import {amount, plain, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {type YearText, yearText} from "./energy-year.ts";
import {heatText, waterText} from "./water-heat-year.ts";

type Registers = Awaited<ReturnType<typeof readRegisters>>;
type Site = Registers["sites"][number];

/** What the marts hold of one building. */
export type Building = Awaited<ReturnType<typeof readBuilding>>;

const ratingSchema = z.object({
  tm46_rating: z.number().nullable(),
  tm46_band: z.string().nullable(),
  category: z.string(),
  read_share: z.number().nullable()
});
type Rating = z.infer<typeof ratingSchema>;

/** Reads what the marts hold of a building; `all` are the findings of every building. */
export async function readBuilding(connection: Connection, siteId: string, all: readonly Finding[]) {
  const ratings = await readFromMarts(
    connection,
    ratingSchema,
    "select tm46_rating, tm46_band, category, read_share from marts.site_ratings where site_id = $1",
    [siteId]
  );
  return {
    years: await readMart(connection, siteYears, "where site_id = $1 order by energy", [siteId]),
    waterAndHeat: await readMart(connection, siteWaterHeatYears, "where site_id = $1 order by energy desc", [siteId]),
    rating: ratings[0] ?? null,
    weather: (await readMart(connection, siteWeather, "where site_id = $1", [siteId]))[0] ?? null,
    signatures: await readMart(connection, energySignatures, "where site_id = $1 order by energy, opening", [siteId]),
    billed: await readMart(connection, billingSignatures, "where site_id = $1 order by meter_point_id", [siteId]),
    demands: await readMart(connection, maximumDemands, "where site_id = $1 order by meter_point_id", [siteId]),
    found: all.filter(({site_id}) => site_id === siteId)
  };
}

/** What is said of each energy of a building, of its water and its heat. */
export const yearTexts = ({years, waterAndHeat, signatures, billed}: Building): YearText[] => [
  ...years.map(year => yearText(year, signatures, billed)),
  ...waterAndHeat.map(year =>
    year.energy === "water"
      ? waterText(year)
      : heatText(
          year,
          signatures.filter(({energy}) => energy === "heat")
        )
  )
];

export function describedText(site: Site, {meterPoints}: Registers): string {
  const meters = meterPoints.filter(({site_id}) => site_id === site.site_id).length;
  const parts = [
    site.kind.replaceAll("-", " "),
    site.floor_area_m2 === null ? null : `${plain(site.floor_area_m2)} m²`,
    site.open_days === null ? "hours not known" : `open ${site.open_days} ${site.opens_at} to ${site.closes_at}`,
    site.heated_by === null ? null : `heated by ${site.heated_by.replaceAll("-", " ")}`,
    several(meters, "meter")
  ];
  return parts.filter(part => part !== null).join(", ");
}

export const ratingText = ({tm46_rating, tm46_band, category, read_share}: Rating) =>
  tm46_rating === null
    ? `none: ${read_share === null ? "nothing" : percent(read_share, 1)} of the year is read`
    : `${tm46_band}, ${plain(Math.round(tm46_rating))} (100 is typical of ${category}): a TM46-based estimate, not a certificate; its carbon factors are of 2008 and hide what heat pumps save`;

/** `Larkmere Moor, 4.7 km away, 74 m high; 362 of 365 days known, 3 in a row not; 2,090 degree days below 15.5 °C by the day's mean, 2,148 by the hour; 1,952 the year before`. */
export function weatherText(weather: SiteWeather): string {
  const {station_name, distance_km, height_m, known_days, longest_gap_days, base_c} = weather;
  const place = [
    station_name,
    distance_km === null ? "no place is given, so how far is not known" : `${plain(distance_km)} km away`,
    height_m === null ? "height not given" : `${plain(height_m)} m high`
  ];
  const gap = longest_gap_days === 0 ? "" : `, at most ${several(longest_gap_days, "day")} in a row not`;
  const {mean_degree_days: mean, hourly_degree_days: hourly, mean_degree_days_before: before} = weather;
  const hours = hourly === null ? "" : `, ${amount(hourly)} by the hour`;
  const degrees =
    mean === null ? "" : `; ${amount(mean)} degree days below ${plain(base_c)} °C on them by the day's mean${hours}`;
  const earlier =
    before === null
      ? ""
      : `; ${amount(before)} by the day's mean on ${plain(weather.known_days_before)} days of the year before`;
  return `${place.join(", ")}; ${plain(known_days)} of the last 365 days known${gap}${degrees}${earlier}`;
}

/** `600 kVA agreed; at most 120 kW in the last year, on 5 Feb 2026 at 17:00 (365 of 365 days read)`. */
export function capacityText({
  meter_point_id,
  agreed_capacity_kva,
  max_kw,
  max_at,
  whole_days,
  half_hours_above
}: MaximumDemand): string {
  const agreed = `${plain(agreed_capacity_kva)} kVA agreed for ${meter_point_id}`;
  if (max_kw === null || max_at === null) return `${agreed}; no half-hour of the last year is read`;
  const above = half_hours_above > 0 ? `, above it in ${several(half_hours_above, "half-hour")}` : "";
  return `${agreed}; at most ${amount(max_kw)} kW in the last year, on ${dateText(max_at)} at ${max_at.toISOString().slice(11, 16)}${above} (${plain(whole_days)} of 365 days read)`;
}

export const measureTexts = ({buildings}: Registers, siteId: string) =>
  buildings.measures
    .filter(({site_id}) => site_id === siteId)
    .map(
      ({what, completed_on}) =>
        `${what}: ${completed_on === null ? "planned" : `done ${dateText(new Date(completed_on))}`}`
    );

/** Findings that were said to be fixed and are gone. */
export function fixedTexts({buildings}: Registers, siteId: string, found: readonly Finding[]): string[] {
  const still = new Set(found.map(({finding_id}) => finding_id));
  return buildings.findingDecisions
    .filter(
      ({finding_id, decision}) => decision === "fixed" && finding_id.endsWith(`.${siteId}`) && !still.has(finding_id)
    )
    .map(({finding_id, decided_at, by_role}) => `${finding_id} by ${by_role}, ${dateText(new Date(decided_at))}`);
}
