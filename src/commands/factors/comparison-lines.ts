import {inert} from "../../effects.ts";
import type {Comparison, ReadFactor, Standing} from "../../reference/factors/compare.ts";
import {figureOf} from "../../reference/factors/merge.ts";
import type {FlatFile} from "../../reference/factors/read-flat-file.ts";
import type {Factor} from "../../reference/factors/table.ts";
import type {References} from "../../reference/references.ts";
import {plain, several} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {textTable} from "../../wording/table.ts";

const words: Readonly<Record<Standing, string>> = {
  new: "new",
  "replaces stand-in": "replaces a stand-in",
  "replaces second-hand": "replaces a second-hand figure",
  revises: "revises your own row",
  differs: "differs from an official row, which counts",
  equal: "equal"
};

/** Why factors moved, as far as it is written down. */
type Reasons = References["factorChanges"];

/** A workbook beside what is held, for a person: what it is, what is new or changed, what is equal, what to look at. */
export function comparisonLines(flat: FlatFile, comparison: Comparison, reasons: Reasons): string[] {
  const shown = comparison.read.filter(({standing}) => standing !== "equal");
  const equal = comparison.read.length - shown.length;
  return [
    ...openingLines(flat, comparison),
    "",
    ...(shown.length === 0 ? [] : [...table(shown), ""]),
    `${several(comparison.read.length, "factor")} that canopy uses: ${equal} equal to what is held${shown.length === 0 ? "" : `, ${shown.length} shown above`}.`,
    ...missingLines(comparison),
    ...stepLines(comparison, reasons),
    ...listed("Not as a set of factors is:", comparison.broken)
  ].map(line => line.trimEnd());
}

function openingLines({file, sheet, set_version, factors}: FlatFile, comparison: Comparison): string[] {
  const version = set_version === null ? "version not said" : `version ${inert(set_version)}`;
  return [
    `${inert(file)}, sheet ${inert(sheet)}: the ${comparison.factor_set} set, ${version}, ${several(factors.length, "published figure")}`,
    ...(comparison.isFormUnconfirmed
      ? [
          `Unconfirmed: no flat file of ${comparison.factor_set} was ever tried. Its form is taken to be that of 2025, and its warming potentials those of the set before: look at a few figures.`
        ]
      : [])
  ];
}

function table(read: readonly ReadFactor[]): string[] {
  const rows = read.map(({factor, held, standing}) => [
    factor.activity,
    factor.line,
    factor.unit,
    factor.scope,
    String(factor.factor_set),
    held === null ? "" : numberText(held),
    "→",
    numberText(factor),
    held === null ? "" : percentText(Number(figureOf(factor)) / Number(figureOf(held))),
    words[standing]
  ]);
  const header = ["activity", "line", "unit", "scope", "set", "held", "", "read", "change", "what it is"];
  return textTable(header, rows);
}

/** Kg of CO2e per unit, outside of scopes of CO2, without the dust of binary fractions. */
const numberText = (factor: Factor) => plain(figureOf(factor) ?? 0);

function percentText(times: number): string {
  const change = Math.abs(times - 1);
  return change < 0.0005 ? "0%" : `${times > 1 ? "+" : "−"}${percent(change, 1, 1)}`;
}

function missingLines({missing, factor_set}: Comparison): string[] {
  return listed(
    `Not in this workbook, though the ${factor_set - 1} set has it (a label or unit may have changed); what uses it has no ${factor_set} factor:`,
    missing.map(({activity, line, unit}) => `${activity} ${line} per ${unit}`)
  );
}

function stepLines({largeSteps, factor_set}: Comparison, reasons: Reasons): string[] {
  return listed(
    `Large steps since the ${factor_set - 1} set; why is written in canopy's own factor-changes.csv:`,
    largeSteps.map(
      step => `${stepText(step)}, ${reasons.some(reason => isOf(reason, step)) ? "written" : "not written yet"}`
    )
  );
}

const stepText = ({factor: {activity, line, unit}, timesSinceSetBefore: times}: ReadFactor) =>
  `${activity} ${line} per ${unit}: ${percentText(times ?? 1)}`;

const isOf = (reason: Reasons[number], {factor}: ReadFactor) =>
  reason.to_set === factor.factor_set &&
  (["activity", "line", "unit"] as const).every(column => reason[column] === factor[column]);

const listed = (heading: string, items: readonly string[]) =>
  items.length === 0 ? [] : ["", heading, ...items.map(item => `  ${inert(item)}`)];
