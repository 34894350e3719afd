import {describe, expect, it} from "vitest";
import type {SummitOptions} from "../../src/commands/summit/draft.ts";
import {Ledger, unmatched} from "../../src/commands/summit/ledger.ts";
import {planDeck} from "../../src/commands/summit/slides.ts";
import {amount} from "../../src/wording/numbers.ts";
import {countWords} from "../../src/wording/titles.ts";
import {withMarts} from "../support/mart-rows.ts";
import {type CouncilFacts, falling, finding, martsOf, saving, type Year} from "./councils.ts";

const options: SummitOptions = {
  council: "Stockport Council",
  isIllustrative: false,
  onsCode: "E08000007",
  asOf: "2026-10-31"
};
const full: CouncilFacts = {
  years: falling,
  savings: [
    saving({}),
    saving({
      measure_id: "roof",
      what: "Roof insulation",
      outcome: "planned",
      avoided_kwh: null,
      avoided_kwh_low: null,
      avoided_kwh_high: null
    })
  ],
  findings: [finding("oak", 40_000), finding("elm", 10_000)]
};

async function wordsOf(facts: CouncilFacts, given: Partial<SummitOptions> = {}) {
  const ledger = new Ledger();
  const plan = await withMarts(martsOf(facts), "2026-10-31", connection =>
    planDeck(connection, ledger, {...options, ...given})
  );
  const numbers = ledger.listed;
  const slides = Object.fromEntries(
    plan.slides.map(({id, title, under, lines, source, table, notes}) => [
      id.split(" ")[0] ?? "",
      {
        title: title.text,
        text: [
          under?.text ?? "",
          ...lines.map(({words}) => words.text),
          ...(table?.rows.flat() ?? []).map(({text}) => text),
          source.text
        ].join("\n"),
        notes: notes.map(({text}) => text).join("\n")
      }
    ])
  );
  return {slides, numbers, plan};
}
type Slides = Awaited<ReturnType<typeof wordsOf>>["slides"];
const titles = (slides: Slides) => Object.values(slides).map(({title}) => title);
const every = (slides: Slides) => JSON.stringify(slides);

describe("the deck of a council of which all is known", async () => {
  const {slides, numbers, plan} = await wordsOf(full);

  it("has seven slides of one message each, and those for questions", () => {
    // 2018/19: 600 + 400 t. 2025/26: 200 + 100 t, 70% less. The path allows 1,000 x (1 - 0.95 x 7/12) = 446 t, so 146 t below.
    expect(titles(slides).slice(0, 7)).toEqual([
      "We started at 1,000 t CO₂e in 2018/19",
      "Emissions have fallen 70% since 2018/19; largest source: building gas",
      "Emissions are 146 t below the path to 2030",
      // 400/7 = 57 t of gas against 300/7 = 43 t of electricity.
      "Building gas moved most: 57 t less than in 2024/25",
      "1 measure has proved a saving",
      "We are not above the path; building gas is the largest source left",
      "2 findings could save £45,000 to £55,000 a year"
    ]);
    expect(Object.keys(slides)).toEqual(["1", "2", "3", "4", "5", "6", "7", "A1", "A2", "A3", "A4", "A5", "A6"]);
    expect(Math.max(...titles(slides).map(countWords))).toBeLessThanOrEqual(15);
  });

  it("says what is ours and what is the factors' in one breath: 300 of 900 t is 67% less, 400 less 300 t is 100 t", () => {
    expect(slides.A5?.text).toContain(
      "As reported 70% less than the 1,000 t of 2018/19; without changes in the government's factors 67% less"
    );
    // 2024/25 is 400 t, at the factors of 2025/26 360 t.
    expect(slides["4"]?.text).toContain(
      "All sources together: 100 t less as reported; 60 t less without changes in the government's factors"
    );
  });

  it("lists every number with its row, and shows none that is not in a row", () => {
    expect(numbers.filter(({mart}) => mart === unmatched)).toEqual([]);
    expect(numbers.find(({slide, text}) => slide.startsWith("1") && text === "1,000")).toMatchObject({
      value: 1000,
      unit: "t CO₂e",
      mart: "marts.reporting_years",
      key: "reporting_year=2018",
      column: "scope_1_and_2_t_co2e"
    });
    const tonnes = numbers.filter(
      ({unit, where, value}) => unit === "t CO₂e" && where !== "notes" && typeof value === "number"
    );
    expect(tonnes.length).toBeGreaterThan(15);
    for (const {text, value} of tonnes) expect(text.replace(" t", "")).toBe(amount(Math.abs(Number(value))));
  });

  it("lists each value of its chart with its row: eight years of two sources", () => {
    const values = numbers.filter(({where}) => where === "chart value");
    expect(values).toHaveLength(16);
    expect(values.find(({key}) => key === "reporting_year=2018 emission_source=building gas")).toMatchObject({
      text: "600",
      value: 600,
      column: "emissions_t_co2e"
    });
    expect(new Set(values.map(({key}) => key)).size).toBe(16);
  });

  it("tells in the notes the exact number and the row it is from", () => {
    expect(slides["1"]?.notes).toContain(
      "1,000: 1000 t CO₂e; marts.reporting_years, reporting_year=2018, scope_1_and_2_t_co2e"
    );
    expect(slides["4"]?.notes).toContain(
      "57: 57.142857 t CO₂e; marts.emissions_by_source, two years set against each other, reporting_year=2025 emission_source=building gas, moved_t_co2e"
    );
    expect(plan.slides.every(({notes}) => notes.length > 0)).toBe(true);
  });

  it("is a draft, unless it is of an edition; and says at the foot of every slide what it is", async () => {
    expect(plan.footer.text).toBe("Draft · Stockport Council · to 31 October 2026");
    const edition = await wordsOf(full, {
      edition: {name: "summit-2026", status: "draft", check: "a1b2c3d4"},
      isIllustrative: true
    });
    expect(edition.plan.footer.text).toBe(
      "Illustrative data · Edition summit-2026, draft, check a1b2c3d4 · to 31 October 2026"
    );
    expect(edition.numbers.filter(({mart}) => mart === unmatched)).toEqual([]);
  });

  it("never speaks of a carbon budget that nobody adopted, nor of a day on which it runs out", () => {
    expect(every(slides)).not.toMatch(/carbon budget|runs? out|exhaust/i);
    expect(slides.A3?.title).toMatch(/of the allowance used/);
  });
});

describe("the deck after an edition", () => {
  const since = {
    name: "spring-2026",
    status: "final",
    as_of: "2026-03-31",
    numbers: [
      {
        reporting_year: 2024,
        emission_source: null,
        before_t_co2e: 401.25,
        after_t_co2e: 400,
        change_t_co2e: -1.25,
        was_whole_year: true,
        is_whole_year: true
      },
      {
        reporting_year: 2024,
        emission_source: "building gas",
        before_t_co2e: 1,
        after_t_co2e: 2,
        change_t_co2e: 1,
        was_whole_year: true,
        is_whole_year: true
      },
      {
        reporting_year: 2025,
        emission_source: null,
        before_t_co2e: 250,
        after_t_co2e: 300,
        change_t_co2e: 50,
        was_whole_year: false,
        is_whole_year: true
      }
    ],
    makings: {
      inputs: [
        {feed: "estate-energy", added: 12, gone: 1},
        {feed: "fleet", added: 3, gone: 0}
      ],
      settings: ["sites.csv"],
      factor_sets: [2026],
      models: [],
      is_other_canopy: false
    }
  } as const;

  it("says what is not as that said, of whole years alone whether more or less, and what changed underneath", async () => {
    const {slides, numbers} = await wordsOf(full, {since});
    expect(Object.keys(slides).slice(-4)).toEqual(["A4", "A5", "A6", "A7"]);
    expect(slides.A5?.title).toBe("2 years are not as edition spring-2026 said");
    expect(slides.A5?.text.split("\n")).toEqual([
      "Edition spring-2026 (final, to 31 Mar 2026)",
      "2025/26 is complete now: 300 t CO₂e; it said at least 250 t CO₂e",
      "2024/25: 400 t CO₂e, 1.3 t CO₂e less than it said (401 t)",
      "What changed in what they are made from",
      "15 files came",
      "1 file is no longer counted",
      "1 register or setting changed",
      "New factor sets: 2026",
      "Source: what the edition froze, and the published marts"
    ]);
    expect(numbers.filter(({mart}) => mart === unmatched)).toEqual([]);
    expect(numbers.find(({slide, text}) => slide.startsWith("A5") && text === "401")).toMatchObject({
      value: 401.25,
      mart: "marts.reporting_years, now and in edition spring-2026",
      key: "reporting_year=2024",
      column: "before_t_co2e"
    });
  });

  it("of which nothing moved says that", async () => {
    const {slides} = await wordsOf(full, {
      since: {...since, numbers: [], makings: {...since.makings, inputs: [], settings: [], factor_sets: []}}
    });
    expect(slides.A5?.title).toBe("No total has changed since edition spring-2026");
    expect(slides.A5?.text).toContain("It is made from the same files, registers, factors and methods");
  });
});

describe("the deck of an odd council", () => {
  const partial = (year: Year): Year => ({...year, isWhole: false});

  it("without a whole year claims no fall, no start and no path", async () => {
    const {slides, numbers} = await wordsOf({years: falling.slice(-2).map(partial)});
    expect(slides["1"]?.title).toBe("The first year we know, 2024/25, is at least 400 t CO₂e");
    expect(slides["2"]?.title).toBe("2025/26 lacks some building gas: at least 300 t");
    expect(slides["4"]?.title).toBe("No two complete years in a row to compare yet");
    expect(slides["6"]?.title).toBe("Building gas is the largest source left: at least 200 t");
    expect(slides.A5?.text).toContain(
      "2025/26 is not complete, so at least so much: 76.9% of what is expected is held"
    );
    expect(titles(slides).join()).not.toMatch(/fallen|risen|below|on the path/);
    expect(numbers.filter(({mart}) => mart === unmatched)).toEqual([]);
  });

  it("whose newest year is not whole says at least of it, and speaks of the last whole year else", async () => {
    const {slides} = await wordsOf({
      ...full,
      years: [...falling.slice(0, -1), partial({year: 2025, gas: 100, electricity: 100})]
    });
    expect(slides["2"]?.title).toBe("2025/26 lacks some building gas: at least 200 t");
    expect(slides["4"]?.title).toBe("Building gas moved most: 57 t less than in 2023/24");
    expect(slides["6"]?.text).toContain("Sources in 2024/25");
    expect(slides.A3?.title).toMatch(/at least/i);
  });

  it("whose base year is not held starts with its first whole year and says so", async () => {
    const {slides} = await wordsOf({...full, years: falling.slice(1)});
    expect(slides["1"]?.title).toBe("Our first complete year is 2019/20, with 900 t CO₂e");
    expect(slides["1"]?.text).toContain("The base year, 2018/19, is not complete, so nothing is measured from it.");
    expect(slides["3"]?.title).toBe("No path yet: 2018/19 is not complete");
    expect(slides["6"]?.title).toBe("Building gas is the largest source left: 200 t");
    expect(slides.A3?.title).toBe("No allowance yet: 2018/19 is not complete");
  });

  it("without a target, borough, saving, finding or second source says what there is", async () => {
    const {slides} = await wordsOf({years: falling, hasTarget: false, borough: []}, {onsCode: null});
    expect(slides["3"]?.title).toBe("No target for our own operations is on file");
    expect(slides["5"]?.title).toBe("No measure is on file, so no saving is proved");
    expect(slides["7"]?.title).toBe("No finding with a cost is open");
    expect(slides.A2).toBeUndefined();
    expect(slides.A3).toBeUndefined();
    expect(every(slides)).not.toMatch(/undefined|null|NaN|Infinity/);
  });

  it("whose measures prove nothing says so", async () => {
    const {slides} = await wordsOf({
      ...full,
      savings: [saving({outcome: "not shown"}), saving({measure_id: "b", outcome: "no claim", no_claim: "no weather"})]
    });
    expect(slides["5"]?.title).toBe("No measure has proved a saving yet");
    expect(slides["5"]?.text).toContain("2 other measures are planned, under way or not shown");
  });

  it("says of a gap which source is larger than all of it", async () => {
    // 900 t of 1,000 in 2025/26, where the path allows 446 t: 454 t above; gas is 600 t.
    const rising = falling.map((year, i) => ({...year, gas: 600, electricity: 400 - (100 / 7) * i}));
    const {slides} = await wordsOf({years: rising});
    expect(slides["6"]?.title).toBe("Building gas, 600 t, is larger than the whole gap of 454 t");
    expect(slides["6"]?.text).toContain("Above the straight path\n454 t");
  });

  it("of which nothing at all is known is no error", async () => {
    const {slides} = await wordsOf({years: [], hasTarget: false, borough: []});
    expect(titles(slides).slice(0, 7)).toEqual([
      "No year of emissions is known yet",
      "No year of emissions is known yet",
      "No target for our own operations is on file",
      "No two complete years in a row to compare yet",
      "No measure is on file, so no saving is proved",
      "What is left is not known yet",
      "No finding with a cost is open"
    ]);
  });
});
