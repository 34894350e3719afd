import {writeWorkbook} from "../../archive/containers/write-workbook.ts";
import type {Config} from "../../council/config.ts";
import {findings as findingsMart} from "../../models/marts/findings.ts";
import {readFindings} from "../../publish/findings.ts";
import {withPublished} from "../../warehouse/published.ts";
import {isOpen} from "../../wording/findings.ts";
import {several} from "../../wording/numbers.ts";
import {mustBePublished} from "../kit/published.ts";
import {headingOf} from "../status/standing.ts";
import {decisionWords, sheetColumns} from "./sheet.ts";

/** Writes the findings into a workbook with empty columns for what is decided. */
export async function exportFindings(config: Config, file: string, all: boolean): Promise<string[]> {
  await mustBePublished(config.dataFolder, [findingsMart]);
  const found = await withPublished(config.dataFolder, readFindings);
  const shown = found.filter(finding => all || isOpen(finding));
  const asOf = new Date(config.asOf);
  await writeWorkbook(file, [
    {
      name: findingsMart.name,
      columns: sheetColumns.map(({name, width}) => ({name, width})),
      rows: shown.map(finding => sheetColumns.map(({text}) => (text === null ? null : text(finding, asOf))))
    },
    {
      name: "how to use this",
      columns: [{name: headingOf(config), width: 100}],
      rows: [
        `decision: ${Object.keys(decisionWords).join(", ")}; leave it empty to decide nothing.`,
        "until: the last day of a snooze, such as 2027-01-31.",
        "why: the reason; needed for explain and wrong.",
        "Leave the column finding as it is. Then: canopy findings apply FILE --by ROLE"
      ].map(text => [text])
    }
  ]);
  return [
    `${several(shown.length, "finding")} written to ${file}. Fill in decision, until and why, then: canopy findings apply ${file} --by ROLE`
  ];
}
