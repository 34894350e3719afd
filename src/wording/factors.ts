import {listText} from "./lists.ts";

/** Why a year has no emissions: `factors for 2027 not yet published`. */
export function notYetPublished(sets: readonly number[]): string {
  return `factors for ${listText([...new Set(sets)].sort((a, b) => a - b).map(String))} not yet published`;
}
