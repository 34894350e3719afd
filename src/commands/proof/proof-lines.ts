import {readDocument} from "../../editions/proof/document.ts";
import {type JudgedNumber, judgeNumbers, type Verdict} from "../../editions/proof/judge.ts";
import {readOwnSentences} from "../../editions/proof/own-sentences.ts";
import {readPublishedNumbers} from "../../editions/proof/published-numbers.ts";
import {sentencesOf} from "../../editions/proof/spoken.ts";
import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {readEditions, withEdition} from "../../frozen/editions.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {listText} from "../../wording/lists.ts";
import {several} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import type {Answer} from "../kit/command.ts";
import type {SummitOptions} from "../summit/draft.ts";
import {Ledger} from "../summit/ledger.ts";
import {planDeck} from "../summit/slides.ts";
import {ofEdition} from "../summit/summit.ts";

/** Reads a document and says of each number in it that is ours how it stands against an edition. Exit code 1 where one does not agree, or the words of a page could not be read. */
export async function proofLines(dataFolder: string, file: string, edition: string, isAll: boolean): Promise<Answer> {
  const {paragraphs, unread: unreadPages} = await readDocument(file);
  const {numbers, sentences, name, madeAt} = await withEdition({dataFolder}, edition, async (connection, frozen) => ({
    numbers: await readPublishedNumbers(connection),
    sentences: [
      ...(await readOwnSentences(frozen)),
      ...(await deckParagraphs(connection, ofEdition(frozen))).flatMap(sentencesOf)
    ],
    name: frozen.manifest.name,
    madeAt: frozen.madeAt
  }));
  const {earlier, unread} = await earlierNumbers(dataFolder, name, madeAt);
  const judged = judgeNumbers(paragraphs, numbers, {earlier, sentences});
  const of = (isIt: (verdict: Verdict) => boolean) => judged.filter(({verdict}) => isIt(verdict));
  const agree = of(verdict => verdict === "agrees");
  const unknown = of(verdict => verdict === "not found");
  const wrong = of(verdict => verdict !== "agrees" && verdict !== "not found");
  return {
    lines: folded([
      ...(wrong.length === 0 ? [] : [`Needs your attention (${wrong.length})`, ...wrong.flatMap(wrongLines)]),
      ...(unknown.length === 0
        ? []
        : [`Not of this edition, or not found in it (${unknown.length})`, ...unknown.flatMap(unknownLines)]),
      ...(unreadPages.length === 0
        ? []
        : [
            `Not read, and nothing on it was checked (${unreadPages.length})`,
            ...unreadPages.map(({text}) => more(text))
          ]),
      ...(unread.length === 0
        ? []
        : [
            `not compared with what was said before in ${listText(unread)}: an earlier canopy made it, whose marts are others`
          ]),
      ...(isAll && agree.length > 0 ? [`Agree (${agree.length})`, ...agree.flatMap(agreeLines)] : []),
      `${several(judged.length, "number")} with a unit read in ${inert(file)}: ${agree.length} agree with edition ${name}, ${wrong.length} do not, ${unknown.length} not found in it`
    ]),
    code: wrong.length > 0 || unreadPages.some(({isFault}) => isFault) ? 1 : 0
  };
}

/** What the deck of an edition says, on its slides and in their notes, a paragraph each. */
export async function deckParagraphs(connection: Connection, options: SummitOptions): Promise<string[]> {
  const {slides} = await planDeck(connection, new Ledger(), options);
  const told = slides.flatMap(({title, under, lines, source, notes, drawing, table}) => [
    title,
    ...(under === undefined ? [] : [under]),
    ...lines.map(({words}) => words),
    source,
    ...notes,
    ...(drawing === undefined ? [] : [drawing.alt]),
    ...(table?.rows ?? []).map(row => ({text: row.map(({text}) => text).join(" ")}))
  ]);
  return told.map(({text}) => text).filter(text => /\d/.test(text));
}

/** What editions before this one said, and those whose marts cannot be asked, because an earlier canopy made them. */
async function earlierNumbers(dataFolder: string, name: string, madeAt: Date | null) {
  const {editions} = await readEditions(dataFolder);
  const before = editions.filter(
    each => each.manifest.name !== name && (each.madeAt ?? new Date(0)) <= (madeAt ?? new Date(0))
  );
  const read = await Promise.all(
    before.map(async ({manifest}) => ({
      name: manifest.name,
      numbers: await withEdition({dataFolder}, manifest.name, readPublishedNumbers).catch(error => {
        if (error instanceof CliError) return null;
        throw error;
      })
    }))
  );
  return {
    earlier: read.flatMap(({numbers}) => numbers ?? []),
    unread: read.filter(({numbers}) => numbers === null).map(each => each.name)
  };
}

const where = ({place, sentence}: JudgedNumber) => label(place, `“${inert(sentence)}”`);
const wrongWords: Readonly<Partial<Record<Verdict, string>>> = {
  "wrong direction": "goes the other way",
  "wrong unit": "in another unit",
  "of another year": "of another year",
  "rounded wrongly": "rounded wrongly",
  superseded: "as an earlier edition had it",
  "not as published": "not as published"
};

const wrongLines = (each: JudgedNumber): string[] => [
  where(each),
  more(`${each.text}: ${wrongWords[each.verdict]}. The edition says ${rightText(each)}`)
];
const unknownLines = (each: JudgedNumber) => [where(each), more(`${each.text}: nothing like it is in the edition`)];
const agreeLines = (each: JudgedNumber) => [where(each), more(`${each.text}: ${rightText(each)}`)];

const rightText = ({right}: JudgedNumber) => (right === null ? "" : inert(`${right.says}: ${right.from}`));
