import {expect, test} from "vitest";
import {VEHICLES} from "../../src/illustrative/fleet/vehicles.ts";

test("250 vehicles have fleet numbers in order and registrations that no plate has", () => {
  expect(VEHICLES).toHaveLength(250);
  expect([VEHICLES[0]?.vehicleId, VEHICLES.at(-1)?.vehicleId]).toEqual(["F001", "F250"]);
  expect(new Set(VEHICLES.map(vehicle => vehicle.registration)).size).toBe(250);
  for (const {registration} of VEHICLES) expect(registration).toMatch(/^QZ\d\d[A-Z]{3}$/);
});

test("eight refuse vehicles take over on HVO, and 24 vehicles are electric", () => {
  const onHvo = VEHICLES.filter(vehicle => vehicle.fuel === "hvo");
  const gone = VEHICLES.filter(vehicle => vehicle.to !== null);
  expect(onHvo.map(vehicle => [vehicle.kind, vehicle.from])).toEqual(
    Array.from({length: 8}, () => ["refuse-collection-vehicle", "2023-04-01"])
  );
  expect(gone.map(vehicle => vehicle.to)).toEqual(Array.from({length: 8}, () => "2023-03-31"));
  expect(VEHICLES.filter(vehicle => vehicle.fuel === "electric")).toHaveLength(24);
});
