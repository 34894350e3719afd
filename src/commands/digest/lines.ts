import {inert} from "../../effects.ts";
import {instantText} from "../../wording/dates.ts";
import {andMore} from "../../wording/lists.ts";
import {plain, several} from "../../wording/numbers.ts";
import {wrapped} from "../../wording/report.ts";
import {printable, sentenceCase} from "../../wording/titles.ts";
import type {Item} from "../status/item.ts";
import {attentionHeading} from "../status/standing.ts";
import type {Digest} from "./read-digest.ts";

const columns = 72;
const mostItems = 8;
const mostRows = 3;
const mostLettersOfSubject = 110;

/** The first line: the gravest thing, or that all is well. */
export function subjectOf({council, failed, attention}: Digest): string {
  const name = printable(council);
  const [gravest] = failed;
  if (gravest !== undefined) {
    const others = failed.length - 1;
    const rest = others === 0 ? "" : ` (and ${several(others, "more failure")})`;
    return `${name}: ${printable(firstClause(gravest.words), mostLettersOfSubject)}${rest}`;
  }
  if (attention.length === 0) return `${name}: all is well`;
  return `${name}: nothing has failed; ${several(attention.length, "thing needs", "things need")} your attention`;
}

/** Up to where a sentence ends or begins to list. */
const firstClause = (words: string) => sentenceCase(words.split(/[.:;]\s|\n/)[0] ?? words);

/** The message below its first line, in lines for any mail program. */
export function linesOf(digest: Digest): string[] {
  const {now, isWriting, of, failed, attention, notes, sections} = digest;
  return [
    ...(of === null ? [] : wrapped(of, columns, "")),
    `Written ${instantText(now)}`,
    ...(isWriting
      ? wrapped(
          "The warehouse is being written at this moment: what is taken in now comes with the next message",
          columns,
          ""
        )
      : []),
    ...listOf(failed, `Failed (${plain(failed.length)})`),
    ...listOf(attention, attentionHeading(attention.length)),
    ...(attention.length === 0 ? [] : ["  To see each file: canopy loads"]),
    ...sections.flatMap(({heading, texts}) => [
      "",
      ...wrapped(heading, columns, "  "),
      ...texts.flatMap(text => wrapped(`- ${inert(text)}`, columns, "  "))
    ]),
    ...listOf(notes, "To know"),
    "",
    "To see all of it: canopy status"
  ];
}

function listOf(items: readonly Item[], heading: string): string[] {
  if (items.length === 0) return [];
  const rest = items.length - mostItems;
  return ["", heading, ...items.slice(0, mostItems).flatMap(itemLines), ...(rest > 0 ? [`- ${andMore(rest)}`] : [])];
}

function itemLines({words, rows}: Item): string[] {
  const rest = rows.length - mostRows;
  const shown = rest > 0 ? [...rows.slice(0, mostRows), andMore(rest)] : rows;
  return [...wrapped(`- ${inert(words)}`, columns, "  "), ...shown.flatMap(rowLines)];
}

/** A command stays in one line, so that it can be copied. */
const rowLines = (row: string) =>
  row.startsWith("canopy ") ? [`    ${inert(row)}`] : wrapped(`    ${inert(row)}`, columns, "      ");
