import {describe, it} from "vitest";
import {carpet} from "../../src/charts/carpet.ts";
import {dataCoverage} from "../../src/charts/data-coverage.ts";
import type {Figure, FigureOptions} from "../../src/charts/figure.ts";
import {loadProfile} from "../../src/charts/load-profile.ts";
import {renderSvg} from "../../src/charts/render.ts";
import type {Theme} from "../../src/charts/theme.ts";
import {manyMeters, sixMeters} from "./coverage-rows.ts";
import {officeDays, officeProfile, officeYear} from "./rows.ts";
import {expectStored} from "./stored-figure.ts";

const carpetOfYear = (options: FigureOptions) => carpet(officeYear(), officeDays(365), options);
const profile = (options: FigureOptions) => loadProfile(officeProfile(), options);
const six = (options: FigureOptions) => dataCoverage(sixMeters(), options);
const many = (options: FigureOptions) => dataCoverage(manyMeters(), options);
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
  ["empty", nothing, "light", 960]
];

describe("stored figures", () => {
  it.each(pictures)("%s %o %s %d px", (name, draw, theme, width) => {
    const figure = draw({theme, width, place: "Illustrative Council", isIllustrative: true});
    expectStored(`${name}-${theme}-${width}`, renderSvg(figure, {theme, width}));
  });
});
