import {type Config, publishListOf} from "../../council/config.ts";
import type {HeldBackWords} from "../../wording/held-back.ts";
import type {Registers} from "../site/context.ts";

/** What the public site does not hold, as the council's list says. */
export interface HeldBack {
  /** Whether meter numbers are cut to their last four digits. */
  readonly meterNumbers: boolean;
  /** The buildings of which nothing finer than a month is shown, by their ids. */
  readonly monthsOnly: ReadonlySet<string>;
  /** Whether what somebody should look at is left out. */
  readonly findings: boolean;
}

/** Of the house's own site: nothing. */
export const nothingHeldBack: HeldBack = {meterNumbers: false, monthsOnly: new Set(), findings: false};

/** What the council's list holds back of these buildings. Where it has decided nothing, an edition goes by the list as it is by default. */
export function heldBackOf({council}: Config, {sites}: Pick<Registers, "sites">): HeldBack {
  const {meter_numbers, months_only, findings} = publishListOf(council);
  return {
    meterNumbers: meter_numbers !== "whole",
    monthsOnly: new Set(sites.filter(({kind}) => months_only.includes(kind)).map(({site_id}) => site_id)),
    findings: !findings
  };
}

/** Whether the public site holds all that the house's own does. */
export const holdsAll = ({meterNumbers, monthsOnly, findings}: HeldBack): boolean =>
  !meterNumbers && monthsOnly.size === 0 && !findings;

/** The same as it is told: how many buildings of which kinds. */
export function heldBackWords(
  {meterNumbers, monthsOnly, findings}: HeldBack,
  sites: Registers["sites"]
): HeldBackWords {
  const kinds = sites.filter(({site_id}) => monthsOnly.has(site_id)).map(({kind}) => kind);
  return {meterNumbers, buildings: monthsOnly.size, kinds: [...new Set(kinds)].sort(), findings};
}
