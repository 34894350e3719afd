import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {noneWhereAbsent, writeDurably} from "../durable.ts";
import {findingDecisions} from "./buildings.ts";
import type {RowOf} from "./columns.ts";
import {rowsOf} from "./register.ts";

/** A decision on a finding. */
export type FindingDecision = RowOf<typeof findingDecisions.columns>;

/**
 * Adds decisions to `finding-decisions.csv`, after those that are there: all or none. The file as it was is checked first, and as it will be before it is written.
 *
 * @throws CheckError where the file or a new row breaks a rule of the register.
 */
export async function addFindingDecisions(dataFolder: string, decisions: readonly FindingDecision[]): Promise<void> {
  const path = join(dataFolder, "council", findingDecisions.file);
  const [text = ""] = await readFile(path, "utf8").then(read => [read], noneWhereAbsent);
  const before = text.trim() === "" ? `${findingDecisions.header}\n` : text.endsWith("\n") ? text : `${text}\n`;
  rowsOf(findingDecisions, before, path);
  const columns = before.split(/\r?\n/)[0]?.split(",") ?? [];
  const lines = decisions.map(decision =>
    columns.map(name => cellText(decision[name.trim() as keyof FindingDecision]))
  );
  const after = `${before}${lines.map(cells => `${cells.join(",")}\n`).join("")}`;
  rowsOf(findingDecisions, after, path);
  await writeDurably(path, after);
}

function cellText(value: string | null | undefined): string {
  const text = (value ?? "").replaceAll(/\s+/g, " ");
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
