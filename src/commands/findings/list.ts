import type {Config} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type EnergySignature, energySignatures} from "../../models/marts/energy_signatures.ts";
import {type FindingDay, findingDays} from "../../models/marts/finding_days.ts";
import {type Finding, findings} from "../../models/marts/findings.ts";
import {type TariffLine, tariffLines} from "../../models/marts/tariff_lines.ts";
import {readMart} from "../../models/read-mart.ts";
import {readFindings} from "../../publish/findings.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {withPublished} from "../../warehouse/published.ts";
import {dateText, weekdayText} from "../../wording/dates.ts";
import {
  findingConfidence,
  findingCost,
  findingMeasure,
  findingNext,
  findingState,
  findingTitle,
  findingWhen,
  isOpen
} from "../../wording/findings.ts";
import {listText} from "../../wording/lists.ts";
import {fixed, plain, rounded, several} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {percent} from "../../wording/shares.ts";
import {jsonValue, textTable} from "../../wording/table.ts";
import {mustBePublished} from "../kit/published.ts";
import {headingOf} from "../status/standing.ts";
import {drawFinding, type Held, heldText, readHeld, writeHalfHours} from "./evidence.ts";
import {findingNamed} from "./read.ts";

export interface ListOptions {
  readonly all: boolean;
  readonly site?: string;
  readonly service?: string;
  /** Files to write of one finding. */
  readonly figure?: string;
  readonly halfHours?: string;
  readonly format: "text" | "json";
}

/** The findings, a few lines each, the most avoidable £ first. */
export async function findingLines(config: Config, options: ListOptions): Promise<string[]> {
  if (options.figure !== undefined || options.halfHours !== undefined)
    throw new CliError("--figure and --half-hours are of one finding: canopy findings FINDING", {exitCode: 2});
  await mustBePublished(config.dataFolder, [findings, findingDays, tariffLines, energySignatures]);
  const all = await withPublished(config.dataFolder, readFindings);
  const shown = all.filter(finding => isAsked(finding, options));
  if (options.format === "json") return [JSON.stringify(shown, jsonValue, 1)];
  const hidden = all.length - shown.length;
  return [
    headingOf(config),
    "",
    shown.length === 0 ? "Nothing found" : `${several(shown.length, "finding")}, the most avoidable £ first`,
    ...shown.flatMap((finding, index) => ["", ...entryOf(finding, index + 1, new Date(config.asOf))]),
    "",
    ...(hidden === 0 || options.all ? [] : [`${plain(hidden)} more are decided or not asked for: --all`]),
    ...(shown.length === 0 ? [] : ["To see what one rests on: canopy findings FINDING"])
  ];
}

/** The lines at the end of a run: the few that are worth most. */
export async function worstFindings(config: Config, most: number): Promise<string[]> {
  const all = await withPublished(config.dataFolder, readFindings).catch(() => []);
  const open = all.filter(finding => isOpen(finding));
  if (open.length === 0) return [];
  return folded([
    ...open.slice(0, most).map((finding, index) => {
      const parts = [findingTitle(finding), findingWhen(finding, new Date(config.asOf)), findingCost(finding)];
      const text = inert(parts.filter(part => part !== null).join(", "));
      return index === 0 ? label("Findings", text) : more(text);
    }),
    more(`${open.length > most ? `${plain(open.length - most)} more. ` : ""}To see them all: canopy findings`)
  ]);
}

const has = (text: string | null, part: string) => text?.toLowerCase().includes(part.toLowerCase()) ?? false;

const isAsked = (finding: Finding, {all, site, service}: ListOptions) =>
  (all || isOpen(finding)) &&
  (site === undefined || has(finding.site_name, site) || has(finding.site_id, site)) &&
  (service === undefined || has(finding.service, service));

function entryOf(finding: Finding, number: number, asOf: Date): string[] {
  const [measure, cost, confidence] = [findingMeasure(finding), findingCost(finding), findingConfidence(finding)];
  const facts = [findingWhen(finding, asOf), measure, cost, confidence].filter(fact => fact !== null);
  const text = (words: string) => folded([more(inert(words))]);
  return [
    `${String(number).padStart(3)}       ${inert(findingTitle(finding))}`,
    ...text(facts.join("; ")),
    ...text(`${finding.owner_role}: ${findingNext(finding)}`),
    ...(finding.state === "open" ? [] : text(findingState(finding))),
    more(finding.finding_id)
  ];
}

/** One finding with what it rests on: the days, how much of them is held, the signature, the tariff; its picture and its half-hours as files, where asked for. */
export async function oneFinding(
  config: Config,
  name: string,
  {format, figure, halfHours}: ListOptions
): Promise<string[]> {
  await mustBePublished(config.dataFolder, [findings, findingDays, tariffLines, energySignatures]);
  const {finding, evidence} = await withPublished(config.dataFolder, async connection => {
    const found = findingNamed(await readFindings(connection), name);
    return {finding: found, evidence: await readEvidence(connection, found)};
  });
  const written = [
    ...(halfHours === undefined ? [] : await writeHalfHours(config, finding, halfHours)),
    ...(figure === undefined ? [] : await drawFinding(config, finding, figure))
  ];
  if (format === "json") return [JSON.stringify({...finding, ...evidence}, jsonValue, 1)];
  const asOf = new Date(config.asOf);
  const facts = [
    ["What", [findingTitle(finding), findingMeasure(finding)].filter(part => part !== null).join(": ")],
    ["When", whenText(finding, asOf)],
    ["Costs", findingCost(finding)],
    ["So far", soFarText(finding)],
    ["How sure", findingConfidence(finding)],
    ["Next", `${findingNext(finding)} (${finding.owner_role})`],
    ["State", findingState(finding)],
    ["Tariff", tariffText(evidence.tariff, finding)],
    ["Rests on", signatureText(evidence.signatures)],
    ["Held", heldText(evidence.held)]
  ] as const;
  return [
    headingOf(config),
    "",
    ...folded(facts.flatMap(([heading, text]) => (text === null ? [] : [label(heading, inert(text))]))),
    ...(evidence.days.length === 0 ? [] : ["", ...dayTable(evidence.days)]),
    ...(written.length === 0 ? [] : ["", ...written])
  ];
}

function soFarText({kwh_so_far, m3_so_far}: Finding): string | null {
  if (m3_so_far !== null) return `about ${rounded(m3_so_far)} m³ since it began`;
  return kwh_so_far === null ? null : `about ${rounded(kwh_so_far)} kWh since it began`;
}

const whenText = (finding: Finding, asOf: Date) =>
  `${findingWhen(finding, asOf)}${finding.days_counted === null ? "" : `, on ${several(finding.days_counted, "day")} that count`}`;

interface Evidence {
  readonly days: readonly FindingDay[];
  readonly tariff: readonly TariffLine[];
  readonly signatures: readonly EnergySignature[];
  readonly held: Held | null;
}

async function readEvidence(connection: Connection, {site_id, energy, kind, since}: Finding): Promise<Evidence> {
  if (site_id === null || energy === null || kind === "due") return {days: [], tariff: [], signatures: [], held: null};
  const of = "where site_id = $1 and energy = $2";
  const tariff = await readMart(connection, tariffLines, `${of} order by line, band`, [site_id, energy]);
  const held = await readHeld(connection, {site_id, energy, since});
  if (kind.startsWith("solar") || kind.includes("capacity")) return {days: [], tariff, signatures: [], held};
  return {
    days: await readMart(connection, findingDays, `${of} order by settlement_date`, [site_id, energy]),
    tariff,
    signatures: await readMart(connection, energySignatures, `${of} order by opening`, [site_id, energy]),
    held
  };
}

function tariffText(lines: readonly TariffLine[], {kind, gbp_a_year}: Finding): string | null {
  const [first] = lines;
  const capacity = lines.filter(({line}) => line === "capacity").map(({rate, unit}) => `${plain(rate)} ${unit}`);
  if (first !== undefined && kind.includes("capacity"))
    return `${first.tariff}: ${capacity.length > 0 ? `capacity ${listText(capacity)}` : "no capacity line"}`;
  if (first === undefined)
    return gbp_a_year === null ? "none is given: tariffs.csv and the column tariff of meter-points.csv" : null;
  const avoidable = lines.filter(({is_avoidable}) => is_avoidable);
  if (first.energy === "water")
    return `${first.tariff}: avoidable ${listText(avoidable.map(waterRate))} a m³; standing charges do not fall`;
  const rates = avoidable.map(({line, band, rate}) => `${line} (${band}) ${plain(rate)}p`);
  return `${first.tariff}: avoidable ${listText(rates)} a kWh; standing and capacity charges do not fall`;
}

const waterRate = ({line, rate, return_to_sewer}: TariffLine) =>
  `${line} £${plain(rate)}${return_to_sewer === null ? "" : ` of ${percent(return_to_sewer, 1)}`}`;

function signatureText(signatures: readonly EnergySignature[]): string | null {
  const [first] = signatures;
  if (first === undefined) return null;
  const span = `${dateText(first.from_date)} to ${dateText(first.to_date)}`;
  const how = first.has_weather ? "at the same temperature" : "whatever the weather, since no station is in reach";
  const spread =
    first.cv_rmse === null ? "" : `; its days stray ${percent(first.cv_rmse, 1)} from what was expected of them`;
  const gate = first.failed === null ? "" : `; as a whole it may not be shown: ${first.failed}`;
  return `what it took on days of its kind ${how}, ${span} (${plain(first.tried_days)} days${spread}${gate})`;
}

function dayTable(days: readonly FindingDay[]): string[] {
  if (days.some(({energy}) => energy === "water")) return nightTable(days);
  const kw = (value: number | null) => (value === null ? "" : fixed(value, 1));
  return textTable(
    ["day", "", "°C", "night kW", "usual", "whole day kW", "usual"],
    days.map(day => [
      weekdayText(day.settlement_date),
      day.opening,
      kw(day.celsius).padStart(5),
      kw(day.night_kw).padStart(8),
      kw(day.expected_night_kw).padStart(6),
      kw(day.day_kw).padStart(8),
      kw(day.expected_day_kw).padStart(6)
    ])
  );
}

function nightTable(days: readonly FindingDay[]): string[] {
  const flow = (value: number | null) => (value === null ? "" : fixed(value, 0));
  return textTable(
    ["night", "litres an hour", "usual"],
    days.map(({settlement_date, night_l_per_h, usual_night_l_per_h}) => [
      weekdayText(settlement_date),
      flow(night_l_per_h).padStart(14),
      flow(usual_night_l_per_h).padStart(5)
    ])
  );
}
