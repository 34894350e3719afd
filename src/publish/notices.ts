import {z} from "zod";
import type {Told} from "../warehouse/published.ts";
import {dateText} from "../wording/dates.ts";

/** Something published that is not of the last build, and what it is lacking. */
export const noticeSchema = z.strictObject({
  /** The figure, table or statement. */
  what: z.string(),
  /** The day its rows speak up to, `31 Oct 2026`; null where it is withheld. */
  as_of: z.string().nullable(),
  /** The model that failed. How it failed stays in the house: those words may quote a row. */
  failed_model: z.string()
});

export type Notice = z.infer<typeof noticeSchema>;

/** The notice that goes with what was told; none where it is of the last build. */
export function noticesOf(what: string, {value, notRenewed}: Told<unknown>): Notice[] {
  if (notRenewed === null) return [];
  const {as_of, failed_model} = notRenewed;
  return [{what, as_of: value === null || as_of === null ? null : dateText(as_of), failed_model}];
}

/** What a picture or sentence of an earlier build says of itself; nothing where it is of the last. */
export function datedWords({notRenewed}: Told<unknown>): string | null {
  const asOf = notRenewed?.as_of ?? null;
  return asOf === null ? null : `as of ${dateText(asOf)}, not renewed`;
}

/** A notice as a person reads it. */
export function noticeWords({what, as_of, failed_model}: Notice): string {
  return `${what}: ${as_of === null ? "withheld" : `as of ${as_of}, not renewed`}, because ${failed_model} failed`;
}
