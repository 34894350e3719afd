import {plain} from "../../wording/numbers.ts";
import {lessOrMore} from "../../wording/shares.ts";

/** A year against the one before, like for like; null where too few days are held of both. */
export function comparedText(days: number, compared: number | null, before: number | null): string | null {
  if (compared === null || before === null || days < 28) return null;
  const change = lessOrMore(before, compared);
  return `${change === undefined ? "as much as" : `${change} than`} the year before, like for like on ${plain(days)} days`;
}
