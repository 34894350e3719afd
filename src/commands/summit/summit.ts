import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Config} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {withPublished} from "../../warehouse/published.ts";
import {plain, several} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {mustBePublished} from "../kit/published.ts";
import type {SummitOptions} from "./draft.ts";
import {Ledger, type Listed, unmatched} from "./ledger.ts";
import type {DeckPlan} from "./plan.ts";
import {writeDeck} from "./pptx.ts";
import {planDeck} from "./slides.ts";

/** A deck as files, and every number in it. */
export interface Summit {
  readonly plan: DeckPlan;
  readonly numbers: readonly Listed[];
  readonly files: readonly {readonly path: string; readonly bytes: Uint8Array}[];
}

/** The deck from the marts behind a connection: those of the last build, or of a frozen edition. The same marts give the same bytes. */
export async function makeSummit(connection: Connection, options: SummitOptions): Promise<Summit> {
  const ledger = new Ledger();
  const plan = await planDeck(connection, ledger, options);
  const {pptx, pictures} = await writeDeck(plan);
  const text = (words: string) => new TextEncoder().encode(words);
  return {
    plan,
    numbers: ledger.listed,
    files: [
      {path: "deck.pptx", bytes: pptx},
      {path: "numbers.csv", bytes: text(ledger.toCsv())},
      ...pictures.flatMap(({id, svg, png}) => [
        {path: `figures/${id}.svg`, bytes: text(svg)},
        {path: `figures/${id}.png`, bytes: png}
      ])
    ]
  };
}

/** `canopy summit`: the deck of what is published now, a draft. */
export async function summitLines(config: Config, out: string | undefined): Promise<string[]> {
  await mustBePublished(config.dataFolder);
  const {council, asOf, dataFolder} = config;
  const {plan, numbers, files} = await withPublished(dataFolder, connection =>
    makeSummit(connection, {
      council: council.name,
      isIllustrative: council.illustrative !== null,
      onsCode: council.ons_code,
      asOf
    })
  );
  const folder = out ?? join(dataFolder, "summit");
  await mkdir(join(folder, "figures"), {recursive: true});
  for (const {path, bytes} of files) await writeFile(join(folder, path), bytes);
  const unfound = [
    ...new Set(numbers.filter(({mart}) => mart === unmatched).map(({slide, text}) => `${text} (${slide})`))
  ];
  return folded([
    label("Slides", `${plain(plan.slides.length)}, a draft`),
    ...plan.slides.map(({title}) => more(inert(title.text))),
    label(
      "Numbers",
      `${plain(numbers.length)} in numbers.csv, each with its row${unfound.length === 0 ? "" : `, but for ${several(unfound.length, "one", "of them")}: ${unfound.join(", ")}`}`
    ),
    label("Written", inert(join(folder, "deck.pptx")))
  ]);
}
