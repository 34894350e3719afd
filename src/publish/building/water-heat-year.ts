import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import type {SiteWaterHeatYear} from "../../models/marts/site_water_heat_years.ts";
import {energyText, plain, rounded} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {comparedText} from "./compared.ts";
import {signatureText, type YearText} from "./energy-year.ts";

/** Water of the last year in m³, against the year before, and what runs at night. */
export function waterText(year: SiteWaterHeatYear): YearText {
  const {m3, avoidable_gbp, m3_compared, m3_before, night_l_per_h, usual_night_l_per_h, billed_m3} = year;
  if (m3 === null) return {text: "Water: nothing of the last year is known", notes: []};
  const cost =
    avoidable_gbp === null
      ? ""
      : `, £${rounded(avoidable_gbp)} with sewerage at the rates of now, without standing charges`;
  return {
    text: `Water: ${rounded(m3)} m³ in the last year${knownText(year)}${cost}`,
    notes: [
      comparedText(year.days_compared, m3_compared, m3_before),
      billed_m3 === null ? null : `bills charge for ${rounded(billed_m3)} m³ of it`,
      night_l_per_h === null ? null : nightText(night_l_per_h, usual_night_l_per_h)
    ].filter(text => text !== null)
  };
}

const flowText = (litresPerHour: number) => (litresPerHour < 1 ? "none" : `${rounded(litresPerHour)} litres an hour`);

const nightText = (now: number, usual: number | null) =>
  `runs at the quietest time of the night, in the last two weeks: ${flowText(now)}${usual === null ? "" : `; usually ${flowText(usual)}`}`;

/** Heat of the last year, kWh of heat, which is no part of electricity or gas. */
export function heatText(year: SiteWaterHeatYear, signatures: readonly EnergySignature[]): YearText {
  const {heat_kwh, avoidable_gbp, heat_kwh_compared, heat_kwh_before, billed_heat_kwh} = year;
  if (heat_kwh === null) return {text: "Heat: nothing of the last year is known", notes: []};
  const cost =
    avoidable_gbp === null ? "" : `, £${rounded(avoidable_gbp)} at the rates of now, without standing charges`;
  return {
    text: `Heat: ${energyText(heat_kwh)} of heat in the last year${knownText(year)}${cost}, in no total of electricity or gas`,
    notes: [
      comparedText(year.days_compared, heat_kwh_compared, heat_kwh_before),
      billed_heat_kwh === null ? null : `bills charge for ${energyText(billed_heat_kwh)} of it`,
      signatureText(signatures)
    ].filter(text => text !== null)
  };
}

const knownText = ({whole_days, known_share}: SiteWaterHeatYear) =>
  whole_days >= 365 ? "" : `, of which ${percent(known_share, 1)} is known (${plain(whole_days)} whole days)`;
