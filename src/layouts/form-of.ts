import {recordFormats} from "../sources/formats.ts";
import type {RecordFormat} from "../sources/record-format.ts";
import type {FileStart} from "../sources/text/file-start.ts";
import {unfolders} from "../sources/unfolders.ts";
import type {Layout} from "./layout.ts";
import {headRecordsOf, type Recognition, recognise, severalFit} from "./recognise.ts";

/** What a file is found to be by its name and its first lines: a format of records, or a layout of half-hours; or why that cannot be said. */
export type Form = {readonly format: RecordFormat} | Recognition;

/** Decides what a file is, once: a format of records goes before any layout. Two that both fit are not chosen between. */
export function formOf(start: FileStart, layouts: readonly Layout[]): Form {
  return formatOf(start) ?? layoutOf(start, layouts);
}

/** The format of records that knows a file; null where none does. */
export function formatOf(start: FileStart): Exclude<Form, {readonly layout: Layout}> | null {
  const fits = [...recordFormats.values()].filter(({isOf}) => isOf(start));
  const [format, ...others] = fits;
  if (others.length > 0) return severalFit("format", fits);
  return format === undefined ? null : {format};
}

/** The layout that a file is in: one that unfolds it, else the one that its header is of. */
export function layoutOf(start: FileStart, layouts: readonly Layout[]): Recognition {
  const unfolding = layouts.find(({unfold}) => unfold !== undefined && unfolders[unfold]?.isOf(start));
  if (unfolding !== undefined) return {layout: unfolding, columns: unfolding, headerLine: 0};
  return headedAs(start.head, layouts);
}

/** The layout that the header among the first lines of a text is of. */
export function headedAs(head: string, layouts: readonly Layout[]): Recognition {
  const headed = layouts.filter(({unfold}) => unfold === undefined);
  return recognise(separator => headRecordsOf(head, separator), headed);
}
