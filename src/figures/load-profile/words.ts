import type {SiteLoadProfile} from "../../models/marts/site_load_profile.ts";
import {clockText, dateText} from "../../wording/dates.ts";
import {rounded} from "../../wording/numbers.ts";
import {doesQuantity, quantityOf, whyImport} from "../../wording/quantities.ts";
import {percent} from "../../wording/shares.ts";
import {headline, printable, sentenceCase, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";

/** The words of a load profile: how much of the weekday peak is drawn at all hours. */
export function profileWords(row: SiteLoadProfile, rows: readonly SiteLoadProfile[]): FigureWords {
  const name = printable(row.site_name);
  const title = headline(name, wordingsOf(row, rows));
  const measure = `${quantityOf(row)} in kW by time of day${whyImport(row)}`;
  const period = `${dateText(row.from_date)} to ${dateText(row.to_date)}`;
  return {
    id: ["load-profile", row.site_id, row.energy],
    title,
    measure: title.includes(name) ? sentenceCase(measure) : `${name}, ${measure}`,
    period,
    alt: `Line chart of ${quantityOf(row)} at ${name}${whyImport(row)} by half-hour of the day, ${period}. ${sentencesOf(rows)}`,
    source: `half-hourly readings to ${dateText(row.to_date)}`
  };
}

/** The highest median of a week's ordinary days, or of the days there are. */
function peakOf(rows: readonly SiteLoadProfile[]): SiteLoadProfile {
  const weekdays = rows.filter(row => row.day_type === "Monday to Friday");
  return highest(weekdays.length > 0 ? weekdays : rows);
}

function highest(rows: readonly SiteLoadProfile[]): SiteLoadProfile {
  return rows.reduce((most, row) => (row.median_kw > most.median_kw ? row : most));
}

function lowest(rows: readonly SiteLoadProfile[]): SiteLoadProfile {
  return rows.reduce((least, row) => (row.median_kw < least.median_kw ? row : least));
}

function wordingsOf(row: SiteLoadProfile, rows: readonly SiteLoadProfile[]): [Wording, ...Wording[]] {
  const peak = peakOf(rows);
  const base = peak.base_load_kw ?? 0;
  if (peak.median_kw === 0) return [name => `${name} usually ${doesQuantity[row.quantity]} no ${row.energy}`];
  return base > 0 ? baseWordings(row.energy, base, peak) : [peakWording(row.energy, peak)];
}

function baseWordings(energy: string, base: number, peak: SiteLoadProfile): [Wording, ...Wording[]] {
  const share = percent(base, peak.median_kw);
  const days = peak.day_type === "Monday to Friday" ? "weekday" : peak.day_type;
  return [
    name => `${name} ${energy} base load is ${share} of ${days} peak`,
    name => `${name}: ${energy} base load ${share} of peak`,
    name => `${name}: ${energy} base load ${rounded(base)} kW`
  ];
}

function peakWording(energy: string, peak: SiteLoadProfile): Wording {
  return name => `${name} ${energy} usually peaks at ${clockText(peak.clock_half_hour)}`;
}

function sentencesOf(rows: readonly SiteLoadProfile[]): string {
  const base = peakOf(rows).base_load_kw;
  const types = [...new Set(rows.map(row => row.day_type))];
  return [
    base === null ? "Base load is not known." : `Base load is ${rounded(base)} kW.`,
    ...types.map(typeSentence(rows))
  ].join(" ");
}

function typeSentence(rows: readonly SiteLoadProfile[]) {
  return (type: SiteLoadProfile["day_type"]) => {
    const ofType = rows.filter(row => row.day_type === type);
    const [low, high] = [lowest(ofType), highest(ofType)];
    return `${type}, median of ${high.days} days: lowest ${pointWords(low)}, highest ${pointWords(high)}.`;
  };
}

function pointWords({median_kw, clock_half_hour}: SiteLoadProfile): string {
  return `${rounded(median_kw)} kW at ${clockText(clock_half_hour)}`;
}
