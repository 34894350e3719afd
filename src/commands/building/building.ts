import {z} from "zod";
import type {Config} from "../../council/config.ts";
import {readRegisters} from "../../council/registers.ts";
import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type EnergySignature, energySignatures} from "../../models/marts/energy_signatures.ts";
import {type Finding, findings} from "../../models/marts/findings.ts";
import {type MaximumDemand, maximumDemands} from "../../models/marts/maximum_demands.ts";
import {siteRatings} from "../../models/marts/site_ratings.ts";
import {type SiteYear, siteYears} from "../../models/marts/site_years.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {withPublished} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {findingCost, findingState, findingTitle, findingWhen, isOpen} from "../../wording/findings.ts";
import {andMore, firstOf} from "../../wording/lists.ts";
import {nearestOf} from "../../wording/nearest.ts";
import {amount, energyText, plain, rounded, several, tonnesText} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {readFindings} from "../findings/read.ts";
import {mustBePublished} from "../kit/published.ts";
import {headingOf} from "../status/standing.ts";

type Registers = Awaited<ReturnType<typeof readRegisters>>;
type Site = Registers["sites"][number];

/** One screen about the building of this name, or any part of it. */
export async function buildingLines(config: Config, name: string): Promise<string[]> {
  await mustBePublished(config.dataFolder, [siteYears, siteRatings, energySignatures, findings, maximumDemands]);
  const registers = await readRegisters(config.dataFolder);
  const site = siteNamed(registers.sites, name);
  const asOf = new Date(config.asOf);
  const {years, rating, signatures, found, demands} = await withPublished(config.dataFolder, connection =>
    readBuilding(connection, site.site_id)
  );
  const open = found.filter(isOpen);
  return [
    headingOf(config),
    "",
    ...folded([
      inert(`${site.name}: ${describedText(site, registers)}`),
      ...years.flatMap(year => ["", ...yearLines(year, signatures)]),
      ...(years.length === 0 ? ["", "No meter of it has been read in the last year."] : []),
      ...(rating === null ? [] : ["", label("Rating", ratingText(rating))]),
      ...(rating === null && demands.length > 0 ? [""] : []),
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

/** The site whose name or id is this or has this in it; where several have, or none, an error that offers them. */
function siteNamed(sites: readonly Site[], name: string): Site {
  const wanted = name.toLowerCase();
  const exact = sites.find(site => site.site_id === name || site.name.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const having = sites.filter(site => site.site_id.includes(wanted) || site.name.toLowerCase().includes(wanted));
  const [only] = having;
  if (only !== undefined && having.length === 1) return only;
  const offered = having.map(site => `${site.name} (${site.site_id})`);
  if (offered.length > 0)
    throw new CliError(`several buildings have ${name} in their name: ${firstOf(offered, 8)}`, {exitCode: 2});
  const words = sites.flatMap(site => site.name.split(/\s+/).map(word => [word, site] as const));
  const near =
    nearestOf(
      name,
      sites.map(site => site.name)
    ) ??
    nearestOf(
      name,
      words.map(([word]) => word)
    );
  const meant = sites.find(site => site.name === near) ?? words.find(([word]) => word === near)?.[1];
  throw new CliError(
    `no building has ${name} in its name${meant === undefined ? "" : `. Did you mean ${meant.name} (${meant.site_id})?`}`,
    {exitCode: 2}
  );
}

const ratingSchema = z.object({
  tm46_rating: z.number().nullable(),
  category: z.string(),
  read_share: z.number().nullable()
});
type Rating = z.infer<typeof ratingSchema>;

async function readBuilding(connection: Connection, siteId: string) {
  const ratings = await readFromMarts(
    connection,
    ratingSchema,
    "select tm46_rating, category, read_share from marts.site_ratings where site_id = $1",
    [siteId]
  );
  return {
    years: await readMart(connection, siteYears, "where site_id = $1 order by energy", [siteId]),
    rating: ratings[0] ?? null,
    signatures: await readMart(connection, energySignatures, "where site_id = $1 order by energy, opening", [siteId]),
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

const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;

function yearLines(year: SiteYear, signatures: readonly EnergySignature[]): string[] {
  const {energy, quantity, kwh, t_co2e, avoidable_gbp, days, base_load_kw, base_load_before_kw, closed_share} = year;
  if (kwh === null || quantity === null) return [`${capital(energy)}: no whole day of the last year is held`];
  const of = quantity === "use" ? "used" : "imported (own solar use is not known)";
  const gap = days >= 365 ? "" : ` on the ${plain(days)} of 365 days that are held`;
  const cost = avoidable_gbp === null ? "" : `, £${rounded(avoidable_gbp)} of avoidable cost at the rates of now`;
  const carbon = t_co2e === null ? "" : `, ${tonnesText(t_co2e)} CO₂e at the factors of now`;
  return [
    `${capital(energy)}: ${energyText(kwh)} ${of} in the last year${gap}${carbon}${cost}`,
    ...[
      comparedText(year),
      closed_share === null ? null : `${percent(closed_share, 1)} of it while closed`,
      base_load_kw === null
        ? null
        : `base load ${amount(base_load_kw)} kW${againstText(base_load_kw, base_load_before_kw)}`,
      peersText(year),
      signatureText(signatures.filter(each => each.energy === energy))
    ].flatMap(text => (text === null ? [] : [more(text)]))
  ];
}

function comparedText({days_compared, kwh_compared, kwh_before}: SiteYear): string | null {
  if (kwh_compared === null || kwh_before === null || days_compared < 28) return null;
  const change = lessOrMore(kwh_before, kwh_compared);
  return `${change === undefined ? "as much as" : `${change} than`} the year before, like for like on ${plain(days_compared)} days`;
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
  if (peers_kwh_per_m2 === null || place === null || peers < 3)
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
  return `signature: ${parts.join("; ")}`;
}

const ratingText = ({tm46_rating, category, read_share}: Rating) =>
  tm46_rating === null
    ? `none: ${read_share === null ? "nothing" : percent(read_share, 1)} of the year is read`
    : `${plain(Math.round(tm46_rating))} (100 is typical of ${category}): a TM46-based estimate, not a certificate; its carbon factors are of 2008 and hide what heat pumps save`;

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
