import type {Quantity} from "../../domain/energy.ts";
import type {BuildingEvent} from "../../models/marts/building_events.ts";
import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import {dateText} from "../../wording/dates.ts";
import {energyText, several} from "../../wording/numbers.ts";
import {didQuantity, quantityOf} from "../../wording/quantities.ts";
import {headline, printable, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";

/** A day, and what was taken beyond the signature from the first day to this one. */
export interface Summed {
  readonly site_id: string;
  readonly site_name: string;
  readonly energy: string;
  readonly quantity: Quantity;
  readonly settlement_date: Date;
  readonly is_fitted: boolean;
  readonly summed_kwh: number;
}

/** At least one day. */
export type SummedDays = readonly [Summed, ...Summed[]];

/** What an event is called in the picture and in its text. */
export const eventText = ({kind, what}: BuildingEvent): string => (kind === "finding" ? `found: ${what}` : what);

/** The words of a CUSUM: how much more or less than the signature says was taken since the days that it is fitted to, where that is no chance. */
export function cusumWords(
  days: SummedDays,
  signature: EnergySignature | undefined,
  events: readonly BuildingEvent[]
): FigureWords {
  const [first] = days;
  const last = days.at(-1) ?? first;
  const name = printable(first.site_name);
  const title = headline(name, wordingsOf(last, signature));
  const period = `${dateText(first.settlement_date)} to ${dateText(last.settlement_date)}`;
  const fresh = days.find(({is_fitted}) => !is_fitted);
  const since = fresh === undefined ? "" : `; the title is of the days since ${dateText(fresh.settlement_date)}`;
  const measure = `${quantityOf(first)} beyond its energy signature, summed in kWh${since}`;
  return {
    id: ["cusum", first.site_id, first.energy],
    title,
    measure: title.includes(name) ? `${measure[0]?.toUpperCase()}${measure.slice(1)}` : `${name}, ${measure}`,
    period,
    alt: `Line chart of what ${name} took beyond its energy signature, summed day by day, ${period}. ${sentencesOf(days, signature, events)}`,
    source: `half-hourly readings and weather to ${dateText(last.settlement_date)}; IPMVP Option C`
  };
}

function wordingsOf({energy, quantity}: Summed, signature: EnergySignature | undefined): [Wording, ...Wording[]] {
  if (signature === undefined || signature.excess_kwh === null || signature.excess_chance_kwh === null)
    return [name => `${name} ${energy}: no day since its signature`, name => `${name}: no day since its signature`];
  const {excess_kwh: kwh, excess_chance_kwh: chance} = signature;
  if (Math.abs(kwh) <= chance)
    return [
      name => `${name} ${didQuantity[quantity]} as much ${energy} as expected`,
      name => `${name}: as much ${energy} as expected`,
      name => `${name}: as expected`
    ];
  const change = `${energyText(Math.abs(kwh))} ${kwh > 0 ? "more" : "less"}`;
  return [
    name => `${name} ${didQuantity[quantity]} ${change} ${energy} than expected`,
    name => `${name}: ${change} ${energy} than expected`,
    name => `${name}: ${change} than expected`,
    name => `${name}: ${change}`
  ];
}

function sentencesOf(
  days: SummedDays,
  signature: EnergySignature | undefined,
  events: readonly BuildingEvent[]
): string {
  const fresh = days.filter(({is_fitted}) => !is_fitted);
  const [first] = fresh;
  const since =
    first === undefined || signature?.excess_kwh == null || signature.excess_chance_kwh === null
      ? "No day since is known."
      : `On ${several(fresh.length, "day")} since ${dateText(first.settlement_date)} it took ${energyText(Math.abs(signature.excess_kwh))} ${signature.excess_kwh > 0 ? "more" : "less"} than expected; up to ${energyText(signature.excess_chance_kwh)} may be chance.`;
  const told = events.map(event => `${dateText(event.happened_on)}: ${eventText(event)}.`);
  return [since, ...told].join(" ");
}
