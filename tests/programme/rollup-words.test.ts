import {describe, expect, test} from "vitest";
import type {Rollup} from "../../src/programme/rollup/rollup.ts";
import type {RollupRow} from "../../src/programme/rollup/tables.ts";
import {asAtText, standingOf, verdictOf} from "../../src/programme/rollup/words.ts";
import {hostileNames} from "../page/invented-building.ts";

/** A council of these cases: its name, and what it came to in 2025/26; null is one without a figure. */
interface Case {
  readonly name: string;
  readonly t: number | null;
  readonly isWhole?: boolean;
  readonly given?: Partial<RollupRow<"councils">>;
}

const sum = (cases: readonly Case[]) => (cases.length === 0 ? null : cases.reduce((all, {t}) => all + (t ?? 0), 0));

/** A roll-up of one year of these councils. What it comes to is worked out in SQL and proved elsewhere: here it is put in. */
function rollupOf(cases: readonly Case[], given: Partial<Rollup> = {}, year: Partial<RollupRow<"years">> = {}): Rollup {
  const held = cases.filter(({t}) => t !== null);
  const whole = held.filter(({isWhole = true}) => isWhole);
  const part = held.filter(({isWhole = true}) => !isWhole);
  const all = cases.length + (given.without?.length ?? 0);
  const councils = cases.map(({name, t, isWhole = true, given = {}}, i) => ({
    ...{
      council: `E0800000${i}`,
      council_name: name,
      folder: `council-${i}`,
      edition: "2026-10-31",
      as_of: "2026-10-31"
    },
    ...{status: "final" as const, is_illustrative: false, has_pages: true, canopy_version: "0.1.0"},
    ...{is_other_schema: false, reporting_year: t === null ? null : 2025, t_co2e: t},
    ...{is_whole_year: t === null ? null : isWhole, held_share: null},
    ...given
  }));
  return {
    councils,
    council_years: cases.flatMap(({name, t, isWhole = true}, i) =>
      t === null
        ? []
        : [
            {
              ...{council: `E0800000${i}`, council_name: name, is_illustrative: false, reporting_year: 2025},
              ...{has_ended: true, t_co2e: t, is_whole_year: isWhole, held_share: null, is_provisional: false}
            }
          ]
    ),
    years: [
      {
        ...{reporting_year: 2025, has_ended: true, councils: all},
        ...{whole_councils: whole.length, whole_t_co2e: sum(whole)},
        ...{part_councils: part.length, part_at_least_t_co2e: sum(part), councils_without: all - held.length},
        ...{together_t_co2e: sum(held), is_total: whole.length === all, held_share: null, is_provisional: false},
        ...year
      }
    ],
    ...{sources: [], kinds: [], boroughs: [], asOf: "2026-10-31", without: [], unreadable: [], leastBuildings: 5},
    ...given
  };
}

const [alder, birch, cedar] = [
  {name: "Alder Council", t: 19},
  {name: "Birch Council", t: 14, isWhole: false},
  {name: "Cedar Council", t: null}
];
const many = Array.from({length: 380}, (_, i): Case => ({name: `Council ${i + 1}`, t: 1, isWhole: i >= 12}));

/** What is odd, and every sentence that is then said. */
const cases: Record<string, {rollup: Rollup; verdict: string; says: readonly string[]}> = {
  "one council, complete": {
    rollup: rollupOf([alder]),
    verdict: "The one council here emitted 19 t CO₂e in 2025/26, scopes 1 and 2.",
    says: ["1 council is complete for 2025/26: 19 t.", "The edition is final."]
  },
  "one council, not complete": {
    rollup: rollupOf([birch]),
    verdict: "The one council here emitted at least 14 t CO₂e in 2025/26, scopes 1 and 2: the year is not complete.",
    says: [
      "No council is complete for 2025/26.",
      "1 council is not complete: at least 14 t (Birch Council).",
      "How much of 2025/26 is missing cannot be said: not every council knows what to expect.",
      "The edition is final."
    ]
  },
  "no year that is over": {
    rollup: rollupOf([alder], {}, {has_ended: false}),
    verdict: "No council has a figure yet for a year that is over.",
    says: ["The edition is final."]
  },
  "a newer year that nobody has a figure of": {
    rollup: ((given: Rollup) => ({
      ...given,
      years: [...given.years, {...(given.years[0] as RollupRow<"years">), reporting_year: 2026, together_t_co2e: null}]
    }))(rollupOf([alder])),
    verdict: "The one council here emitted 19 t CO₂e in 2025/26, scopes 1 and 2.",
    says: [
      "1 council is complete for 2025/26: 19 t.",
      "No council has a figure for 2026/27 yet.",
      "The edition is final."
    ]
  },
  "all complete": {
    rollup: rollupOf([alder, {...birch, isWhole: true}], {}, {held_share: 0.995, is_provisional: true}),
    verdict: "All 2 councils together emitted 33 t CO₂e in 2025/26, scopes 1 and 2.",
    says: [
      "2 councils are complete for 2025/26: 33 t.",
      "Of what all councils expect for 2025/26, 99.5% is held.",
      "Some of the factors used for 2025/26 are provisional.",
      "Every edition is final."
    ]
  },
  "all in part": {
    rollup: rollupOf([birch, {...alder, isWhole: false}]),
    verdict:
      "Together 2 councils emitted at least 33 t CO₂e in 2025/26, scopes 1 and 2. This is not a total: the year is complete for none of them.",
    says: [
      "No council is complete for 2025/26.",
      "2 councils are not complete: at least 33 t (Birch Council and Alder Council).",
      "How much of 2025/26 is missing cannot be said: not every council knows what to expect.",
      "Every edition is final."
    ]
  },
  "one complete, one in part, one without a figure, one without an edition": {
    rollup: rollupOf([alder, birch, cedar], {without: [{folder: "dogwood", name: "Dogwood Council"}]}),
    verdict:
      "Together 2 of 4 councils emitted at least 33 t CO₂e in 2025/26, scopes 1 and 2. This is not a total: the year is complete for 1 of 4 councils.",
    says: [
      "1 council is complete for 2025/26: 19 t.",
      "1 council is not complete: at least 14 t more (Birch Council).",
      "1 council has no figure for 2025/26, and none is put in its place: Cedar Council.",
      "How much of 2025/26 is missing cannot be said: not every council knows what to expect.",
      "1 council has no edition that can be read, and is in no number here: Dogwood Council.",
      "Every edition is final."
    ]
  },
  "drafts, invented councils, another schema, one that left, a broken edition": {
    rollup: rollupOf(
      [
        {...alder, given: {is_illustrative: true, status: "draft"}},
        {...birch, isWhole: true, given: {is_other_schema: true, folder: null}}
      ],
      {unreadable: ["council=E08000001/edition=2026-10-31"]}
    ),
    verdict: "All 2 councils together emitted 33 t CO₂e in 2025/26, scopes 1 and 2.",
    says: [
      "2 councils are complete for 2025/26: 33 t.",
      "1 of 2 councils is illustrative, with invented readings, and every sum here that counts it is partly invented: Alder Council.",
      "1 edition of the lake cannot be read, or is not as written, and is in no number here: council=E08000001/edition=2026-10-31.",
      "1 council has tables of another version of canopy: what they lack is missing here, never zero (Birch Council).",
      "1 council is in the lake and no longer in the programme, and counted all the same: Birch Council.",
      "1 of 2 editions is not final: numbers can still change."
    ]
  },
  "380 councils: the first names, and how many more": {
    rollup: rollupOf(many),
    verdict:
      "Together 380 councils emitted at least 380 t CO₂e in 2025/26, scopes 1 and 2. This is not a total: the year is complete for 368 of 380 councils.",
    says: [
      "368 councils are complete for 2025/26: 368 t.",
      "12 councils are not complete: at least 12 t more (Council 1, Council 2, Council 3, Council 4, Council 5, Council 6, Council 7, Council 8, Council 9, Council 10 and 2 more).",
      "How much of 2025/26 is missing cannot be said: not every council knows what to expect.",
      "Every edition is final."
    ]
  },
  "names that would break a page": {
    rollup: rollupOf(hostileNames.map(name => ({name, t: null}))),
    verdict: "No council has a figure yet for a year that is over.",
    says: ["Every edition is final."]
  }
};

describe("what is said of all councils together is true of what is held", () => {
  test.each(Object.entries(cases))("%s", (_, {rollup, verdict, says}) => {
    expect(verdictOf(rollup)).toBe(verdict);
    expect(standingOf(rollup)).toEqual(says);
  });
});

test("a name stays inside its sentence: no line, no control or direction letter, sixty letters, and set apart where it runs from right to left", () => {
  const rollup = rollupOf([alder, ...hostileNames.map(name => ({name, t: 1, isWhole: false}))]);
  const [, sentence = ""] = standingOf(rollup);
  expect(sentence).toBe(
    `3 councils are not complete: at least 3 t more (<img src=x onerror="alert(1)">'; DROP, \u2068مدرسة الحديقة {{verdict}}\u2069 and ${"W".repeat(59)}…).`
  );
});

test("the days of the editions are one, or the first and the last", () => {
  expect(asAtText(rollupOf([alder, birch]))).toBe("31 Oct 2026");
  const stale = {...birch, given: {as_of: "2026-02-28"}};
  expect(asAtText(rollupOf([alder, stale]))).toBe("28 Feb 2026 to 31 Oct 2026");
});
