import {headRecordsOf, type Inspection} from "../archive/inspect.ts";
import type {Layout} from "../layouts/layout.ts";
import {recognise} from "../layouts/recognise.ts";
import {estateEnergy} from "../sources/estate-energy.ts";
import {recordFormats} from "../sources/formats.ts";
import {unfolders} from "../sources/unfolders.ts";

/** The feed of a file that came by hand and without one: that of the form it is in, or buildings' energy, where the reason it is refused is looked for. */
export function feedOf(fileName: string, inspection: Inspection, layouts: readonly Layout[]): string {
  const start = {fileName, head: inspection.head};
  const format = [...recordFormats.values()].find(({isOf}) => isOf(start));
  if (format !== undefined) return format.feed;
  const unfolding = layouts.find(({unfold}) => unfold !== undefined && unfolders[unfold]?.isOf(start));
  if (unfolding !== undefined) return unfolding.feed;
  const headed = layouts.filter(({unfold}) => unfold === undefined);
  const recognition = recognise(separator => headRecordsOf(inspection.head, separator), headed);
  return "layout" in recognition ? recognition.layout.feed : estateEnergy.name;
}
