import {afterAll, beforeAll, describe} from "vitest";
import {faultSuite} from "./suites/faults.ts";
import {flowSuite} from "./suites/flows.ts";
import {fuelSuite} from "./suites/fuel.ts";
import {generationSuite} from "./suites/generation.ts";
import {layoutSuite} from "./suites/layouts.ts";
import {totalSuite} from "./suites/totals.ts";
import {truthSuite} from "./suites/truth.ts";
import {writeSuite} from "./suites/write.ts";
import {copiedEstate, sharedEstate, type Written} from "./written.ts";

let written: Written;
let copied: Written;
const estate = () => written;

beforeAll(async () => {
  written = await sharedEstate();
  copied = await copiedEstate();
});

afterAll(async () => {
  await copied?.remove();
});

describe("layouts", () => layoutSuite(estate));
describe("D0036", () => flowSuite(estate));
describe("generation", () => generationSuite(estate));
describe("fuel", () => fuelSuite(estate));
describe("faults", () => faultSuite(estate));
describe("truth", () => truthSuite(estate));
describe("totals", () => totalSuite(estate));
describe("writing", () => writeSuite(() => copied));
