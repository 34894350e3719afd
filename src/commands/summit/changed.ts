import {type Changes, makingCounts, movedText, movedTotals, sinceText} from "../../wording/changes.ts";
import {plain, several} from "../../wording/numbers.ts";
import {printable, sentenceCase} from "../../wording/titles.ts";
import {type Draft, named} from "./draft.ts";
import {type Shown, sourceOf} from "./ledger.ts";

/** So many totals and kinds of change stand on the slide; the pages have all. */
const most = 4;

/** What is not as the edition before said, and what changed underneath; no slide where nothing is compared. */
export function changedSlides(since: Changes | null): Draft[] {
  if (since === null) return [];
  const totals = movedTotals(since);
  const counts = makingCounts(since.makings);
  const name = printable(since.name, 24);
  const mart = `marts.reporting_years, now and in edition ${name}`;
  const underneath =
    counts.length === 0
      ? ["It is made from the same files, registers, factors and methods"]
      : counts.slice(0, most).map(({text}) => sentenceCase(text));
  return [
    {
      id: "A5 what changed",
      title:
        totals.length === 0
          ? `No total has changed since edition ${name}`
          : `${several(totals.length, "year is", "years are")} not as edition ${name} said`,
      under: sentenceCase(sinceText({...since, name})),
      lines: [
        ...totals.slice(0, most).map(each => movedText(each)),
        ...(totals.length > most ? [`${plain(totals.length - most)} more: the first page lists them`] : []),
        {strong: "What changed in what they are made from"},
        ...underneath
      ],
      source: "Source: what the edition froze, and the published marts",
      talk: [
        "A number may have moved by any of what changed underneath: which part came from which is not worked out.",
        `Every line: canopy editions compare.`
      ],
      told: [
        ...totals.map(each => sourceOf(mart, ["reporting_year"], each)),
        named(name, "manifest.json", "name"),
        {text: plain(totals.length), value: totals.length, unit: "rows", mart, key: "", column: "count"},
        {text: plain(totals.length - most), value: totals.length - most, unit: "rows", mart, key: "", column: "count"},
        sourceOf("manifest.json of the edition", ["name"], {name, as_of: new Date(since.as_of)}),
        ...counts.flatMap(({numbers}) =>
          numbers.map(
            (value): Shown => ({
              text: plain(value),
              value,
              unit: "",
              mart: "manifest.json, of both",
              key: "",
              column: "since"
            })
          )
        )
      ]
    }
  ];
}
