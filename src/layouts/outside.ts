import {FeedError} from "../errors.ts";
import type {Layout} from "./layout.ts";

/** What may say something of a table from outside it. */
export interface OutsideText {
  /** `meters.xlsx › Sheet1` where it is a sheet. */
  readonly fileName: string;
  /** The lines above the header. */
  readonly above: string;
}

const places = {
  "lines above": "the lines above the header",
  "sheet name": "the name of the sheet",
  "file name": "the name of the file"
} as const;

/**
 * The texts that a layout finds outside a table, by the names it gives them.
 * @throws FeedError where one is not there, and the layout says of nothing that it may be missing.
 */
export function outsideOf(
  {name: layout, outside}: Pick<Layout, "name" | "outside">,
  text: OutsideText
): Record<string, string> {
  return Object.fromEntries(
    outside.map(({name, in: place, matches, or}) => {
      const found = new RegExp(matches, "im").exec(textIn(text, place))?.[1] ?? or;
      if (found === undefined)
        throw new FeedError(`the layout ${layout} finds "${name}" in ${places[place]}; it is not there`);
      return [name, found.trim()];
    })
  );
}

function textIn({fileName, above}: OutsideText, place: keyof typeof places): string {
  if (place === "lines above") return above;
  return place === "sheet name" ? sheetOf(fileName) : (fileName.split(" › ")[0] ?? "");
}

/** The name of the sheet that a table is, or of the file within an archive; empty where it is neither. */
export const sheetOf = (fileName: string): string => fileName.split(" › ").slice(1).at(-1) ?? "";
