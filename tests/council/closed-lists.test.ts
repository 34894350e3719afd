import {expect, test} from "vitest";
import {annualReturns} from "../../src/council/annual-returns.ts";
import {meterPoints, sites} from "../../src/council/estate.ts";
import {rowsOf} from "../../src/council/register.ts";

/** A name that is on no list is refused with the nearest, so that nothing counts twice by its spelling. */
const returned = (source: string) => () =>
  rowsOf(
    annualReturns,
    `${annualReturns.header}\n2024,${source},electricity,kWh,5,inventory,return\n`,
    "annual-returns.csv"
  );
const site = (kind: string) => () =>
  rowsOf(
    sites,
    `${sites.header}\nS1,Hall,${kind},,,,,,\n`.replace(
      /,+\n$/,
      `${",".repeat(Object.keys(sites.columns).length - 3)}\n`
    ),
    "sites.csv"
  );

test.each([
  ["Buildings electricity", "building electricity"],
  ["Building Gas", "building gas"],
  ["streetlighting", "street lighting"],
  ["grey-fleet", "grey fleet"]
])("a return of %s", (typed, meant) => {
  expect(returned(typed)).toThrow(`annual-returns.csv, row 2, emission_source: ${typed}: did you mean ${meant}?`);
  expect(returned(meant)()).toHaveLength(1);
});

test.each([
  ["Leisure centre", "leisure-centre"],
  ["primary school", "primary-school"],
  ["street lighting", "street-lighting"]
])("a site that is a %s", (typed, meant) => {
  expect(site(typed)).toThrow(`sites.csv, row 2, kind: ${typed}: did you mean ${meant}?`);
  expect(site(meant)()).toHaveLength(1);
});

test("what is near to nothing is told all names", () => {
  expect(site("observatory")).toThrow(/kind: observatory: one of office, library, .*, other$/);
  expect(() =>
    rowsOf(
      meterPoints,
      "meter_point_id,site_id,energy,known_as,valid_from,valid_to\nM1,S1,elektricity,,,\n",
      "meter-points.csv"
    )
  ).toThrow("energy: elektricity: did you mean electricity?");
});
