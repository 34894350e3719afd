import type {SiteWaterHeatYear} from "../../models/marts/site_water_heat_years.ts";
import {energyText, plain, rounded} from "../../wording/numbers.ts";
import {more} from "../../wording/report.ts";
import {percent} from "../../wording/shares.ts";
import {comparedText} from "./compared.ts";

/** Water of the last year in m³, against the year before, and what runs at night. */
export function waterLines(year: SiteWaterHeatYear): string[] {
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
export function heatLines(year: SiteWaterHeatYear): string[] {
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
