import {describe, it} from "vitest";
import {boroughBySector} from "../../src/figures/borough-by-sector/borough-by-sector.ts";
import {carpet} from "../../src/figures/carpet/carpet.ts";
import {dataCoverage} from "../../src/figures/data-coverage/data-coverage.ts";
import {emissionsByScope} from "../../src/figures/emissions-by-scope/emissions-by-scope.ts";
import {emissionsBySource} from "../../src/figures/emissions-by-source/emissions-by-source.ts";
import {fleetFuel} from "../../src/figures/fleet-fuel/fleet-fuel.ts";
import type {Figure, FigureOptions} from "../../src/figures/kit/figure.ts";
import type {Theme} from "../../src/figures/kit/theme.ts";
import {loadProfile} from "../../src/figures/load-profile/load-profile.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {generation} from "../../src/figures/solar-generation/solar-generation.ts";
import {trajectory} from "../../src/figures/trajectory/trajectory.ts";
import {manyMeters, sixMeters} from "./coverage-rows.ts";
import {officeDays, officeProfile, officeYear} from "./rows.ts";
import {expectStored} from "./stored-figure.ts";
import {boroughTrajectory, ownTrajectory} from "./trajectory-rows.ts";
import {boroughRows, councilScopes, councilYears, fleetYears, sunYears, withLandUse} from "./year-rows.ts";

const carpetOfYear = (options: FigureOptions) => carpet(officeYear(), officeDays(365), options);
const profile = (options: FigureOptions) => loadProfile(officeProfile(), options);
const six = (options: FigureOptions) => dataCoverage(sixMeters(), options);
const many = (options: FigureOptions) => dataCoverage(manyMeters(), options);
const bySource = (options: FigureOptions) => emissionsBySource(councilYears(), options);
const byScope = (options: FigureOptions) => emissionsByScope(councilScopes(), options);
const borough = (options: FigureOptions) =>
  boroughBySector(boroughRows("Stockport", "co2_within_influence", "2005-2020"), options);
const landUse = (options: FigureOptions) => boroughBySector(withLandUse(60), options);
const fuels = (options: FigureOptions) => fleetFuel(fleetYears(), {...options, asOf: "Oct 2026"});
const sun = (options: FigureOptions) => generation(sunYears(), options);
const ownPath = (options: FigureOptions) => trajectory(ownTrajectory(), options);
const areaPath = (options: FigureOptions) => trajectory(boroughTrajectory(), {...options, area: "Stockport"});
const nothing = (options: FigureOptions) => carpet([], [], options);

const pictures: readonly [string, (options: FigureOptions) => Figure, Theme, number][] = [
  ["carpet", carpetOfYear, "light", 960],
  ["carpet", carpetOfYear, "dark", 960],
  ["carpet", carpetOfYear, "light", 375],
  ["carpet", carpetOfYear, "dark", 375],
  ["load-profile", profile, "light", 960],
  ["load-profile", profile, "dark", 375],
  ["load-profile", profile, "light", 1210],
  ["data-coverage", six, "light", 960],
  ["data-coverage", six, "dark", 375],
  ["data-coverage-many", many, "light", 960],
  ...looked("emissions-by-source", bySource),
  ...looked("emissions-by-scope", byScope),
  ...looked("borough-by-sector", borough),
  ...looked("borough-land-use", landUse),
  ...looked("fleet-fuel", fuels),
  ...looked("solar-generation", sun),
  ...looked("trajectory-own-operations", ownPath),
  ...looked("trajectory-borough", areaPath),
  ["empty", nothing, "light", 960]
];

function looked(name: string, draw: (options: FigureOptions) => Figure): [string, typeof draw, Theme, number][] {
  return [
    [name, draw, "light", 960],
    [name, draw, "dark", 375],
    [name, draw, "light", 1210]
  ];
}

describe("stored figures", () => {
  it.each(pictures)("%s %o %s %d px", (name, draw, theme, width) => {
    const figure = draw({theme, width, place: "Illustrative Council", isIllustrative: true});
    expectStored(`${name}-${theme}-${width}`, renderSvg(figure, {theme, width}));
  });
});
