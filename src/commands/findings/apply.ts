import {readFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {openWorkbook} from "../../archive/containers/open.ts";
import {findingDecisions} from "../../council/buildings.ts";
import type {Config} from "../../council/config.ts";
import {addFindingDecisions, type FindingDecision} from "../../council/finding-decisions.ts";
import {readRegister} from "../../council/register.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError, messageOf} from "../../errors.ts";
import {findings} from "../../models/marts/findings.ts";
import {readFindings} from "../../publish/findings.ts";
import {type Cell, type Sheet, workbookOf} from "../../reference/factors/workbook.ts";
import {withPublished} from "../../warehouse/published.ts";
import {nearestOf} from "../../wording/nearest.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {nextBuild} from "../kit/given.ts";
import {mustBePublished} from "../kit/published.ts";
import {decisionOf} from "./decide.ts";
import {decisionWords} from "./sheet.ts";

/** A row of the sheet on which something is decided, and where its cells are. */
interface DecidedRow {
  readonly row: number;
  readonly finding: Cell;
  readonly decision: Cell;
  readonly until: Cell;
  readonly why: Cell;
}

const needed = ["finding", "decision", "until", "why"] as const;

/** Takes over what was decided in a spreadsheet of findings: all of it, or nothing where a cell cannot be, each named with the reason. */
export async function applyFindings({dataFolder}: Config, file: string, by: string, effects: Effects): Promise<Answer> {
  await mustBePublished(dataFolder, [findings]);
  const {sheet, columns} = await readSheet(file);
  const known = new Set((await withPublished(dataFolder, readFindings)).map(({finding_id}) => finding_id));
  const before = await readRegister(join(dataFolder, "council"), findingDecisions);
  const latest = new Map<string, FindingDecision>(before.map(decision => [decision.finding_id, decision]));
  for (const {finding_id} of before) known.add(finding_id);
  const rows = rowsOf(sheet, columns);
  const today = effects.now().toISOString().slice(0, 10);
  const problems = rows.flatMap(row => problemsOf(row, {known, columns, today}));
  if (problems.length > 0)
    return {
      lines: [
        `${file}: nothing was taken over, since ${several(problems.length, "cell")} cannot be:`,
        ...problems.map(inert)
      ],
      code: 1
    };
  const decided = rows.map(({finding, decision, until, why}) =>
    decisionOf(
      finding ?? "",
      decisionWords[decision as keyof typeof decisionWords],
      {by, why, until: dayIn(until)},
      effects.now()
    )
  );
  const anew = decided.filter(decision => !isSame(latest.get(decision.finding_id), decision));
  if (anew.length > 0) await addFindingDecisions(dataFolder, anew);
  const old = decided.length - anew.length;
  return {
    lines: [
      `${several(anew.length, "decision")} taken over from ${file}${old === 0 ? "" : `; ${several(old, "other")} stood already`}${anew.length === 0 ? "" : ` ${nextBuild}`}`
    ]
  };
}

async function readSheet(file: string): Promise<{sheet: Sheet; columns: ReadonlyMap<string, number>}> {
  const bytes = await readFile(file).catch(error => {
    throw new CliError(`${file} cannot be read: ${messageOf(error)}`, {cause: error});
  });
  const sheets = await openWorkbook(bytes, basename(file)).catch(error => {
    throw new CliError(`${file}: ${messageOf(error)}`, {cause: error});
  });
  for (const sheet of workbookOf(file, sheets).sheets) {
    const columns = new Map(sheet.rows[0]?.map((name, index) => [(name ?? "").toLowerCase(), index]));
    if (needed.every(name => columns.has(name))) return {sheet, columns};
  }
  throw new CliError(`${file}: no sheet has the columns ${needed.join(", ")} in its first row`);
}

function rowsOf({rows}: Sheet, columns: ReadonlyMap<string, number>): DecidedRow[] {
  return rows.slice(1).flatMap((cells, index) => {
    const [finding, decision, until, why] = needed.map(name => cells[columns.get(name) ?? -1] ?? null) as [
      Cell,
      Cell,
      Cell,
      Cell
    ];
    const word = decision?.toLowerCase() ?? null;
    return decision === null && until === null && why === null
      ? []
      : [{row: index + 2, finding, decision: word, until, why}];
  });
}

function problemsOf(
  row: DecidedRow,
  {
    known,
    columns,
    today
  }: {readonly known: ReadonlySet<string>; readonly columns: ReadonlyMap<string, number>; readonly today: string}
): string[] {
  const at = (name: (typeof needed)[number], why: string) => [
    `${letterOf(columns.get(name) ?? 0)}${row.row} (${name}): ${row[name] ?? "nothing"}: ${why}`
  ];
  const words = Object.keys(decisionWords);
  if (row.finding === null || !known.has(row.finding)) {
    const near = row.finding === null ? null : nearestOf(row.finding, [...known]);
    return at("finding", `no finding is named so${near === null ? "" : `; did you mean ${near}?`}`);
  }
  if (row.decision === null) return at("decision", "until or why is filled in, and no decision");
  if (!words.includes(row.decision)) return at("decision", `one of ${words.join(", ")}`);
  const day = dayIn(row.until);
  if (row.until !== null && day === null) return at("until", "not a day: write it like 2027-01-31");
  if (row.decision === "snooze" && day === null) return at("until", "a snooze needs its last day");
  if (row.decision === "snooze" && day !== null && day < today) return at("until", "the day is past");
  if (row.decision !== "snooze" && day !== null) return at("until", "a day stands only beside snooze");
  if ((row.decision === "explain" || row.decision === "wrong") && row.why === null)
    return at("why", `${row.decision} needs a reason`);
  return [];
}

/** A day as a person or a spreadsheet writes it: 2027-01-31, with a time or not, or 31/01/2027. */
function dayIn(cell: Cell): string | null {
  if (cell === null) return null;
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell) ?? [];
  const text = day === undefined ? cell.slice(0, 10) : `${year}-${month?.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
    ? text
    : null;
}

const isSame = (before: FindingDecision | undefined, {decision, until, why}: FindingDecision) =>
  before !== undefined && before.decision === decision && before.until === until && before.why === why;

/** `A`, `Z`, `AA`. */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letterOf(Math.trunc(index / 26) - 1)}${letter}`;
}
