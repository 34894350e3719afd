import {z} from "zod";

/** A site or system of an inverter portal and the generation meter, as the council's register names it, that its energy is of. */
export interface PortalSite {
  readonly id: string;
  readonly meter: string;
}

/** Sites as a setting names them: "123456:solar-town-hall,123457:solar-depot". */
export const portalSites = z
  .string()
  .transform(text => text.split(",").map(pair => pair.trim().split(":")))
  .refine(
    pairs => pairs.every(([id, meter, ...others]) => /^[\w-]+$/.test(id ?? "") && meter?.trim() && others.length === 0),
    "site:meter pairs, separated by commas"
  )
  .transform((pairs): PortalSite[] => pairs.map(([id = "", meter = ""]) => ({id, meter: meter.trim()})));
