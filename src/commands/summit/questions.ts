import type {Comparison} from "../../models/marts/comparisons.ts";
import type {CountedYear, Headline} from "../../publish/headline.ts";
import type {Standpoint} from "../../publish/standpoints.ts";
import {comparedText, yearTonnesText} from "../../wording/completeness.ts";
import {sinceBase} from "../../wording/on-track.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {unconfirmedText} from "../../wording/targets.ts";
import {printable} from "../../wording/titles.ts";
import {pandemicYears, reportingYearText} from "../../wording/years.ts";
import {type Draft, named} from "./draft.ts";
import {type Shown, type Source, sourceOf} from "./ledger.ts";
import type {Facts} from "./read.ts";
import {comparisonSource, lastYearOf, ownPoint, pointSource, scopeWords, yearSource} from "./told.ts";

interface Answer {
  readonly question: string;
  readonly answer: string;
  readonly told: readonly (Source | Shown)[];
}

/** Questions that an opponent asks, each with an answer from the marts; as many slides as they need. */
export function questionSlides(facts: Facts, first: number): Draft[] {
  const all = answersOf(facts);
  const pages = [all.slice(0, 3), all.slice(3, 6)].filter(page => page.length > 0);
  return pages.map((page, i) => ({
    id: `A${first + i} questions`,
    title: i === 0 ? "Questions you may be asked" : "More questions you may be asked",
    lines: page.flatMap(({question, answer, told}) => [{strong: question}, {text: answer, from: told}]),
    source: `Source: the published marts, to the day below`,
    talk: page.map(({question, answer}) => `${question} ${answer}`),
    told: [...page.flatMap(({told}) => told), ...scopeWords]
  }));
}

function answersOf({headline, standpoints, target}: Facts): Answer[] {
  const head = headline.value;
  const year = lastYearOf(head);
  if (head === null || year === null) return [];
  const point = ownPoint(standpoints.value?.points);
  const base =
    head.comparisons.find(
      each => each.reporting_year === year.reporting_year && each.is_all && each.against === "base year"
    ) ??
    head.comparisons.find(
      each => each.reporting_year === year.reporting_year && each.is_all && each.against === "first whole year"
    );
  return [
    ...(base === undefined ? [] : factorAnswer(base)),
    finalAnswer(year, head),
    {
      question: "Was it the pandemic?",
      answer: pandemicYears.includes(year.reporting_year)
        ? `${reportingYearText(year.reporting_year)} is a pandemic year, and was not ordinary`
        : `${reportingYearText(year.reporting_year)} is not a pandemic year; those are shaded in every picture`,
      told: [yearSource(year)]
    },
    ...(point === undefined ? [] : pathAnswers(point)),
    {
      question: "Why is scope 3 not in the number?",
      answer: `The target counts ${target.value === null ? "scopes 1 and 2" : printable(target.value.series, 80).replace("location-based", "grid average")}; scope 3, ${yearTonnesText(year.scope_3_t_co2e, year.is_whole_year)}, stands beside it`,
      told: [
        yearSource(year),
        ...(target.value === null
          ? []
          : [sourceOf("marts.trajectories", ["target_id"], target.value), ...seriesWords(target.value.series)])
      ]
    }
  ];
}

const seriesWords = (series: string): Shown[] => [
  named(printable(series, 80).replace("location-based", "grid average"), "marts.trajectories", "series")
];

function factorAnswer(base: Comparison): Answer[] {
  const reported = comparedText(base);
  const {t_co2e, before_at_same_factors_t_co2e: same} = base;
  if (reported === undefined || t_co2e === null || same === null || base.direction === null) return [];
  const without = lessOrMore(same, t_co2e) ?? "no change";
  return [
    {
      question: "Was it us, or the grid?",
      answer: `As reported ${reported}; without changes in the government's factors ${base.direction_at_same_factors === null ? "no clear change" : without}`,
      told: [
        comparisonSource(base),
        ...shareShown(lessOrMore(base.before_t_co2e ?? 0, t_co2e), base, "t_co2e against before_t_co2e"),
        ...shareShown(without, base, "t_co2e against before_at_same_factors_t_co2e")
      ]
    }
  ];
}

/** The percentage in `34% less`, whose exact value is of two columns. */
function shareShown(words: string | undefined, base: Comparison, column: string): Shown[] {
  const share = words?.split(" ")[0];
  if (share === undefined || !/\d/.test(share)) return [];
  const [after, before] = [
    base.t_co2e ?? 0,
    (column.includes("same") ? base.before_at_same_factors_t_co2e : base.before_t_co2e) ?? 1
  ];
  return [
    {
      text: share,
      value: (after - before) / before,
      unit: "share",
      mart: "marts.comparisons",
      key: `reporting_year=${base.reporting_year} against=${base.against}`,
      column
    }
  ];
}

function finalAnswer(year: CountedYear, head: Headline): Answer {
  const {held_share: held, is_whole_year, is_provisional, factor_sets} = year;
  const name = reportingYearText(year.reporting_year);
  const isKnown =
    held !== null && !head.missing.some(each => each.reporting_year === year.reporting_year && each.unknowns > 0);
  const share = isKnown ? percent(held, 1, 1) : null;
  const factors = `${factor_sets} factors${is_provisional ? ", some of them last year's or second-hand copies" : ""}`;
  return {
    question: "How final is the number?",
    answer: `${name} is ${is_whole_year ? "complete" : "not complete, so at least so much"}: ${share === null ? "how much is missing is not known" : `${share} of what is expected is held`}; ${factors}`,
    told: [
      yearSource(year),
      ...(share === null
        ? []
        : [
            {
              text: share,
              value: held ?? 0,
              unit: "share",
              mart: "marts.reporting_years",
              key: `reporting_year=${year.reporting_year}`,
              column: "held_share"
            }
          ])
    ]
  };
}

function pathAnswers(point: Standpoint): Answer[] {
  const {unconfirmed, emitted_so_far_t: emitted, allowed_so_far_t: allowed} = point;
  const change = emitted === null || allowed === null ? undefined : lessOrMore(allowed, emitted, 1);
  return [
    {
      question: "Who adopted this path?",
      answer:
        unconfirmed === null
          ? "Every part of the target is confirmed"
          : `The target is ${unconfirmedText(printable(unconfirmed, 160))}`,
      told: [pointSource(point)]
    },
    ...(change === undefined || emitted === null || allowed === null
      ? []
      : [
          {
            question: "What counts: one year, or all of them?",
            answer: `All of them: ${sinceBase(point)} we have emitted ${change} than the straight path allows`,
            told: [
              pointSource(point),
              {
                text: change.split(" ")[0] ?? "",
                value: (emitted - allowed) / allowed,
                unit: "share",
                mart: "marts.carbon_budgets",
                key: `target_id=${point.target_id} pathway=linear year=${point.year}`,
                column: "emitted_so_far_t against allowed_so_far_t"
              }
            ]
          }
        ])
  ];
}
