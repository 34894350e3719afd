import type {Inspection} from "../archive/inspect.ts";
import {formOf} from "../layouts/form-of.ts";
import type {Layout} from "../layouts/layout.ts";
import {estateEnergy} from "../sources/feeds.ts";

/** The feed of a file that came by hand and without one: that of the form it is in, or buildings' energy, where the reason it is refused is looked for. */
export function feedOf(fileName: string, {head}: Inspection, layouts: readonly Layout[]): string {
  const form = formOf({fileName, head}, layouts);
  if ("format" in form) return form.format.feed;
  return "layout" in form ? form.layout.feed : estateEnergy.name;
}
