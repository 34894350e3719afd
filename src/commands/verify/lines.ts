import type {Damage} from "../../archive/archive.ts";
import {type Receipt, shownName} from "../../archive/receipts.ts";
import {inert} from "../../effects.ts";
import {firstOf} from "../../wording/lists.ts";
import {several} from "../../wording/numbers.ts";

/** What is not as it was put into the archive, and what to do. */
export function damageLines(damages: readonly Damage[]): string[] {
  const bytes = damages.filter(({of}) => of === "bytes");
  const sealed = damages.filter(({of}) => of !== "bytes");
  return [
    ...damages.map(({file, what, words}) => `${what}: ${inert(file)}: ${inert(words)}`),
    ...(bytes.length === 0 ? [] : [`to put bytes back: bring the same file again: canopy ingest --file <file>`]),
    ...(sealed.length === 0
      ? []
      : [
          'to take receipts and journal as they are now, once somebody has looked: canopy verify --seal-again --why "…"'
        ])
  ];
}

/** What was put back. */
export const healedLines = (healed: readonly string[]): string[] =>
  healed.map(file => `put back as it was sealed: ${inert(file)}`);

const mostNamed = 5;

/** Files by their names, the first few. */
export function newFiles(receipts: readonly Receipt[]): string {
  const names = receipts.map(receipt => inert(shownName(receipt)));
  return `${several(receipts.length, "file")} (${firstOf(names, mostNamed)})`;
}
