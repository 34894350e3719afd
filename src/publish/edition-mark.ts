import type {EditionMark} from "../wording/editions.ts";

/** Stands in a page of an edition where its check value will stand, which is worked out from pages with this in its place. */
export const blankCheckValue = "0".repeat(64);

/** What is printed on a page of an edition for those who check it; nothing where it is of none. */
export function checkValueOf(mark: EditionMark | null): string | null {
  return mark === null ? null : blankCheckValue;
}
