import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {realPath, samplePath} from "../support/real-data.ts";
import {fleetFormats} from "./fleet-formats.ts";
import {isOf, read} from "./fleet-given.ts";

const folder = samplePath("06-fleet");
const hasSamples = existsSync(folder);
if (!hasSamples) process.stderr.write(`skipped: tests of fleet samples, which are not at ${folder}\n`);

/** The one form that knows a text, and what it reads of it; the file's name tells Samsara its days. */
function known(text: string) {
  const [format, ...others] = fleetFormats.filter(one => isOf(one, text));
  if (format === undefined) return {name: null, rows: [] as Record<string, unknown>[], rejected: 0};
  expect(others).toEqual([]);
  const {rows, rejected} = read(format, text, "of-2026-06-22-2026-06-23.json");
  return {name: format.name, rows: rows as unknown as Record<string, unknown>[], rejected: rejected.length};
}

/** Quantities as they stand in the samples, counted by hand. */
describe.runIf(hasSamples)("the samples of fleet", () => {
  test.each([
    ["ukfuels_sample.txt", "uk-fuels", ["quantity", "cost_gbp"], ["45.12 63.17", "60.00 47.40"]],
    [
      "shell_priced_transactions_response.json",
      "shell-priced-transactions",
      ["quantity", "cost_gbp"],
      ["45.12 52.64", "-45.12 -52.64"]
    ],
    [
      "generic_fuel_card_portal_export.csv",
      "fuel-portal-export",
      ["product_code", "quantity", "cost_gbp"],
      ["DERV 45.12 63.17", "ADBLUE 5.00 4.99", "UNLEADED -60.00 -84.00", "EV CHARGING 23.41 18.49"]
    ],
    [
      "bunkered_fuel_tank_log.csv",
      "bunkered-tank",
      ["movement", "litres"],
      ["dispense 118.4", "dispense 22", "delivery 15000", "dip 21840", "dip 21695"]
    ],
    ["ocpi_221_cdr_list_with_credit.json", "ocpi-cdrs", ["energy_kwh", "cost_gbp"], ["31.2 10.10", "-31.2 -10.10"]],
    ["ocpi_221_cdr_example_verbatim.json", "ocpi-cdrs", ["energy_kwh", "ended_at"], ["15.342 2015-06-29T23:37:32Z"]],
    ["cpo_portal_sessions.csv", "charge-point-portal", ["energy_kwh", "cost_gbp"], ["31.2 10.10", "0 0.00"]],
    ["grey_fleet_claims.csv", "grey-fleet-claims", ["distance_km"], ["10.2998016", "22.530816"]],
    ["geotab_getfeed_response.json", "geotab-feed", ["distance_km", "travelled_at"], ["11.2 2026-06-22T06:41:12Z"]],
    ["samsara_vehicle_fuel_energy.json", "samsara-fuel-energy", ["distance_km", "fuel_l"], ["132 61.234"]],
    ["webfleet_trip_report.json", "webfleet-trips", ["distance_km", "fuel_l"], ["11.2 4.2"]],
    ["webfleet_empty_http200.txt", "webfleet-trips", [], []],
    ["dvla_ves_200.json", "dvla-vehicles", ["fuel", "made_in_year"], ["DIESEL 2004"]]
  ])("%s", async (file, name, columns, expected) => {
    const {rows, ...what} = known(await readFile(`${folder}/${file}`, "utf8"));
    expect(what).toEqual({name, rejected: 0});
    expect(rows.map(row => columns.map(column => row[column]).join(" "))).toEqual(expected);
  });

  test("what Webfleet says in place of trips is refused", async () => {
    const text = await readFile(`${folder}/webfleet_error_http200.json`, "utf8");
    expect(() => known(text)).toThrow("code 8045");
  });

  test.each(["geotab_errors.json", "dvla_ves_errors.json"])("each body of %s is refused", async file => {
    const bodies = JSON.parse(await readFile(`${folder}/${file}`, "utf8")) as {readonly body: unknown}[];
    const format = fleetFormats.find(
      ({name}) => name === (file.startsWith("geotab") ? "geotab-feed" : "dvla-vehicles")
    );
    if (format === undefined) throw new Error("no such form");
    for (const {body} of bodies)
      expect(() => read(format, JSON.stringify(body))).toThrow(/an answer of (Geotab|the DVLA) that is/);
  });
});

const examples = realPath("api-samples/ocpi");
describe.runIf(existsSync(examples))("the examples of the OCPI specification", () => {
  test.each(["HEAD", "release-2.2.1-bugfixes"])(
    "of %s: a record is read, a session and a change of one are not known",
    async release => {
      const textOf = (file: string) => readFile(`${examples}/${release}/${file}.json`, "utf8");
      expect(known(await textOf("cdr_example"))).toMatchObject({
        name: "ocpi-cdrs",
        rejected: 0,
        rows: [{energy_kwh: "15.342"}]
      });
      for (const file of [
        "session_example_1_simple_start",
        "session_example_2_short_finished",
        "session_patch_example_charging_period"
      ])
        expect(known(await textOf(file)).name).toBeNull();
    }
  );
});

const vehicle = realPath("api-samples/dvla_ves/ves_AA19AAA.json");
test.runIf(existsSync(vehicle))("the DVLA's answer of its test environment", async () => {
  expect(known(await readFile(vehicle, "utf8"))).toMatchObject({
    name: "dvla-vehicles",
    rows: [
      {
        registration: "AA19AAA",
        make: "FORD",
        fuel: "PETROL",
        co2_g_per_km: "300",
        made_in_year: 2019,
        euro_status: "EURO1"
      }
    ]
  });
});
