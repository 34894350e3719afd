import {basename, join} from "node:path";
import type {LoadRecord} from "../../ingest/ledger.ts";
import {dataOption, typed} from "./said.ts";

/** After a file that no form fits: the command that says what it is and drafts a layout of it. */
export function nextLines(loads: readonly LoadRecord[], files: readonly string[], dataFolder: string): string[] {
  const unknown = loads.filter(({reason}) =>
    /^(these column headings match no|none of the forms known)/.test(reason ?? "")
  );
  const paths = unknown.map(({file_name, feed, meter_point_id}) => {
    const [name = ""] = file_name.split(" › ");
    return files.find(file => basename(file) === name) ?? join(dataFolder, "inbox", feed, meter_point_id ?? "", name);
  });
  return [...new Set(paths)].map(
    path => `what it is, and a draft for it: canopy layouts detect ${typed(path)}${dataOption(dataFolder)}`
  );
}
