import {z} from "zod";
import type {Config} from "../../council/config.ts";
import {readRegisters} from "../../council/registers.ts";
import {inert} from "../../effects.ts";
import {type BillingSignature, billingSignatures} from "../../models/marts/billing_signatures.ts";
import {type EnergySignature, energySignatures} from "../../models/marts/energy_signatures.ts";
import {type Finding, findings} from "../../models/marts/findings.ts";
import {type MaximumDemand, maximumDemands} from "../../models/marts/maximum_demands.ts";
import {siteRatings} from "../../models/marts/site_ratings.ts";
import {type SiteWaterHeatYear, siteWaterHeatYears} from "../../models/marts/site_water_heat_years.ts";
import {type SiteWeather, siteWeather} from "../../models/marts/site_weather.ts";
import {type SiteYear, siteYears} from "../../models/marts/site_years.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {withPublished} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {findingCost, findingState, findingTitle, findingWhen, isOpen} from "../../wording/findings.ts";
import {andMore} from "../../wording/lists.ts";
import {amount, energyText, plain, rounded, several, tonnesText} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {readFindings} from "../findings/read.ts";
import {siteNamed} from "../kit/named-site.ts";
import {mustBePublished} from "../kit/published.ts";
import {headingOf} from "../status/standing.ts";

type Registers = Awaited<ReturnType<typeof readRegisters>>;
type Site = Registers["sites"][number];

/** One screen about the building of this name, or any part of it. */
export async function buildingLines(config: Config, name: string): Promise<string[]> {
  await mustBePublished(config.dataFolder, [
    siteYears,
    siteWaterHeatYears,
    siteRatings,
    siteWeather,
    energySignatures,
    billingSignatures,
    findings,
    maximumDemands
  ]);
  const registers = await readRegisters(config.dataFolder);
  const site = siteNamed(registers.sites, name);
  const asOf = new Date(config.asOf);
  const {years, waterAndHeat, rating, weather, signatures, billed, found, demands} = await withPublished(
    config.dataFolder,
    connection => readBuilding(connection, site.site_id)
  );
  const open = found.filter(isOpen);
  return [
    headingOf(config),
    "",
    ...folded([
      inert(`${site.name}: ${describedText(site, registers)}`),
      ...years.flatMap(year => ["", ...yearLines(year, signatures, billed)]),
      ...waterAndHeat.flatMap(year => ["", ...(year.energy === "water" ? waterLines(year) : heatLines(year))]),
      ...(years.length + waterAndHeat.length === 0 ? ["", "No meter of it has been read in the last year."] : []),
      "",
      ...(rating === null ? [] : [label("Rating", ratingText(rating))]),
      label("Weather", weather === null ? "no station is in reach" : weatherText(weather)),
      ...demands.map(demand => label("Capacity", inert(capacityText(demand)))),
      "",
      ...listed(
        "Found",
        open.map(finding => findingText(finding, asOf)),
        "nothing that somebody should look at"
      ),
      ...listed(
        "Decided",
        found.filter(finding => !isOpen(finding)).map(finding => `${findingTitle(finding)}: ${findingState(finding)}`)
      ),
      ...listed("Measures", measureTexts(registers, site.site_id)),
      ...listed("Fixed", fixedTexts(registers, site.site_id, found))
    ])
  ];
}

const ratingSchema = z.object({
  tm46_rating: z.number().nullable(),
  tm46_band: z.string().nullable(),
  category: z.string(),
  read_share: z.number().nullable()
});
type Rating = z.infer<typeof ratingSchema>;

async function readBuilding(connection: Connection, siteId: string) {
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
    found: (await readFindings(connection)).filter(({site_id}) => site_id === siteId)
  };
}

function describedText(site: Site, {meterPoints}: Registers): string {
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

/** Fewer of a kind are none to be compared with. */
const leastPeers = 3;

const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;

function yearLines(
  year: SiteYear,
  signatures: readonly EnergySignature[],
  billed: readonly BillingSignature[]
): string[] {
  const {energy, quantity, kwh, t_co2e, avoidable_gbp, days, base_load_kw, base_load_before_kw} = year;
  if (kwh === null || quantity === null) return billedLines(year, billed);
  const of = quantity === "use" ? "used" : "imported (own solar use is not known)";
  const gap = days >= 365 ? "" : ` on the ${plain(days)} of 365 days that are held`;
  const cost = avoidable_gbp === null ? "" : `, £${rounded(avoidable_gbp)} of avoidable cost at the rates of now`;
  const carbon = t_co2e === null ? "" : `, ${tonnesText(t_co2e)} CO₂e at the factors of now`;
  return [
    `${capital(energy)}: ${energyText(kwh)} ${of} in the last year${gap}${carbon}${cost}`,
    ...[
      comparedText(year.days_compared, year.kwh_compared, year.kwh_before),
      closedText(year),
      base_load_kw === null
        ? null
        : `base load ${amount(base_load_kw)} kW${againstText(base_load_kw, base_load_before_kw)}`,
      peersText(year),
      signatureText(signatures.filter(each => each.energy === energy))
    ].flatMap(text => (text === null ? [] : [more(text)]))
  ];
}

/** Of what is known by reads or bills alone, or not at all. */
function billedLines(
  {energy, import_kwh, t_co2e, avoidable_gbp}: SiteYear,
  billed: readonly BillingSignature[]
): string[] {
  if (import_kwh === null) return [`${capital(energy)}: no whole day of the last year is held`];
  const cost = avoidable_gbp === null ? "" : `, £${rounded(avoidable_gbp)} of avoidable cost at the rates of now`;
  const carbon = t_co2e === null ? "" : `, ${tonnesText(t_co2e)} CO₂e at the factors of now`;
  return [
    `${capital(energy)}: ${energyText(import_kwh)} in the last year by reads or bills, no whole day by half-hours${carbon}${cost}`,
    ...billed.filter(each => each.energy === energy).map(each => more(billedText(each)))
  ];
}

function billedText({
  meter_point_id,
  shape,
  base_kw,
  point_c,
  kw_per_degree,
  periods,
  failed
}: BillingSignature): string {
  const of = `signature of ${meter_point_id} by ${several(periods, "read or bill", "reads or bills")}`;
  if (failed !== null) return `${of} is not shown: ${failed}`;
  const degree =
    point_c === null
      ? ""
      : ` and ${rounded(kw_per_degree)} kW for each degree ${shape === "heating" ? "below" : "above"} ${plain(point_c)} °C`;
  return `${of}: ${rounded(base_kw)} kW${degree}`;
}

function closedText({closed_share, peers_closed_share, peers}: SiteYear): string | null {
  if (closed_share === null) return null;
  const middle =
    peers_closed_share === null || peers < leastPeers
      ? ""
      : `; the middle of its kind is ${percent(peers_closed_share, 1)}`;
  return `${percent(closed_share, 1)} of it while closed${middle}`;
}

/** Water of the last year in m³, against the year before, and what runs at night. */
function waterLines(year: SiteWaterHeatYear): string[] {
  const {m3, avoidable_gbp, m3_compared, m3_before, night_l_per_h, usual_night_l_per_h, billed_m3} = year;
  if (m3 === null) return ["Water: nothing of the last year is known"];
  const cost =
    avoidable_gbp === null
      ? ""
      : `, £${rounded(avoidable_gbp)} with sewerage at the rates of now, without standing charges`;
  return [
    `Water: ${rounded(m3)} m³ in the last year${knownText(year)}${cost}`,
    ...[
      comparedText(year.days_compared, m3_compared, m3_before),
      billed_m3 === null ? null : `bills charge for ${rounded(billed_m3)} m³ of it`,
      night_l_per_h === null ? null : nightText(night_l_per_h, usual_night_l_per_h)
    ].flatMap(text => (text === null ? [] : [more(text)]))
  ];
}

const flowText = (litresPerHour: number) => (litresPerHour < 1 ? "none" : `${rounded(litresPerHour)} litres an hour`);

const nightText = (now: number, usual: number | null) =>
  `runs at the quietest time of the night, in the last two weeks: ${flowText(now)}${usual === null ? "" : `; usually ${flowText(usual)}`}`;

/** Heat of the last year, kWh of heat, which is no part of electricity or gas. */
function heatLines(year: SiteWaterHeatYear): string[] {
  const {heat_kwh, heat_kwh_compared, heat_kwh_before, billed_heat_kwh} = year;
  if (heat_kwh === null) return ["Heat: nothing of the last year is known"];
  return [
    `Heat: ${energyText(heat_kwh)} of heat in the last year${knownText(year)}, in no total of electricity or gas`,
    ...[
      comparedText(year.days_compared, heat_kwh_compared, heat_kwh_before),
      billed_heat_kwh === null ? null : `bills charge for ${energyText(billed_heat_kwh)} of it`
    ].flatMap(text => (text === null ? [] : [more(text)]))
  ];
}

const knownText = ({whole_days, known_share}: SiteWaterHeatYear) =>
  whole_days >= 365 ? "" : `, of which ${percent(known_share, 1)} is known (${plain(whole_days)} whole days)`;

function comparedText(days: number, compared: number | null, before: number | null): string | null {
  if (compared === null || before === null || days < 28) return null;
  const change = lessOrMore(before, compared);
  return `${change === undefined ? "as much as" : `${change} than`} the year before, like for like on ${plain(days)} days`;
}

const againstText = (now: number, before: number | null) =>
  before === null
    ? ""
    : ` in the last four weeks, ${amount(before)} kW a year before${lessOrMore(before, now) === undefined ? "" : ` (${lessOrMore(before, now)})`}`;

function peersText({
  kwh_per_m2,
  peers_kwh_per_m2,
  peers,
  place,
  site_kind,
  heated_by,
  kwh_per_pupil,
  pupils
}: SiteYear): string | null {
  if (kwh_per_m2 === null) return null;
  const area = `${rounded(kwh_per_m2)} kWh/m²`;
  const pupil =
    kwh_per_pupil === null || pupils === null
      ? ""
      : `, ${rounded(kwh_per_pupil)} kWh a pupil (${plain(pupils)} pupils)`;
  if (peers_kwh_per_m2 === null || place === null || peers < leastPeers)
    return `${area}${pupil}; too few of its kind to compare`;
  const kind = site_kind.replaceAll("-", " ");
  return `${area}${pupil}; the middle of our ${plain(peers)} of its kind (${kind}, ${heated_by.replaceAll("-", " ")}) is ${rounded(peers_kwh_per_m2)}; place ${plain(place)}, the lowest first`;
}

function signatureText(signatures: readonly EnergySignature[]): string | null {
  const [first] = signatures;
  if (first === undefined) return null;
  if (!first.has_weather) return "no weather station is in reach: nothing is said of heating";
  if (first.failed !== null) return `no signature is shown: ${first.failed}`;
  const parts = signatures.map(({opening, base_kw, heating_point_c, heating_kw_per_degree}) => {
    const when = {any: "", open: "open: ", weekend: "weekends: ", holiday: "holidays: "}[opening];
    const heating =
      heating_point_c === null
        ? ""
        : ` and ${rounded(heating_kw_per_degree)} kW for each degree below ${plain(heating_point_c)} °C`;
    return `${when}${rounded(base_kw)} kW${heating}`;
  });
  return `signature: ${parts.join("; ")}${sinceText(first)}`;
}

/** What it took since beyond that, where it is no chance. */
function sinceText({excess_kwh, excess_chance_kwh, to_date}: EnergySignature): string {
  if (excess_kwh === null || excess_chance_kwh === null || Math.abs(excess_kwh) <= excess_chance_kwh) return "";
  return `; since ${dateText(to_date)} ${energyText(Math.abs(excess_kwh))} ${excess_kwh > 0 ? "more" : "less"} than that`;
}

const ratingText = ({tm46_rating, tm46_band, category, read_share}: Rating) =>
  tm46_rating === null
    ? `none: ${read_share === null ? "nothing" : percent(read_share, 1)} of the year is read`
    : `${tm46_band}, ${plain(Math.round(tm46_rating))} (100 is typical of ${category}): a TM46-based estimate, not a certificate; its carbon factors are of 2008 and hide what heat pumps save`;

/** `Larkmere Moor, 4.7 km away, 74 m high; 362 of 365 days known, 3 in a row not; 2,090 degree days below 15.5 °C by the day's mean, 2,148 by the hour; 1,952 the year before`. */
function weatherText(weather: SiteWeather): string {
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
function capacityText({
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

function findingText(finding: Finding, asOf: Date): string {
  const cost = findingCost(finding);
  return `${findingTitle(finding).replace(/^[^:]*: /, "")}, ${findingWhen(finding, asOf)}${cost === null ? "" : `, ${cost}`} (${finding.finding_id})`;
}

const measureTexts = ({buildings}: Registers, siteId: string) =>
  buildings.measures
    .filter(({site_id}) => site_id === siteId)
    .map(
      ({what, completed_on}) =>
        `${what}: ${completed_on === null ? "planned" : `done ${dateText(new Date(completed_on))}`}`
    );

/** Findings that were said to be fixed and are gone. */
function fixedTexts({buildings}: Registers, siteId: string, found: readonly Finding[]): string[] {
  const still = new Set(found.map(({finding_id}) => finding_id));
  return buildings.findingDecisions
    .filter(
      ({finding_id, decision}) => decision === "fixed" && finding_id.endsWith(`.${siteId}`) && !still.has(finding_id)
    )
    .map(({finding_id, decided_at, by_role}) => `${finding_id} by ${by_role}, ${dateText(new Date(decided_at))}`);
}

const mostListed = 6;

function listed(heading: string, texts: readonly string[], none?: string): string[] {
  if (texts.length === 0) return none === undefined ? [] : [label(heading, none)];
  const shown = texts
    .slice(0, mostListed)
    .map((text, index) => (index === 0 ? label(heading, inert(text)) : more(inert(text))));
  return texts.length > mostListed ? [...shown, more(andMore(texts.length - mostListed))] : shown;
}
