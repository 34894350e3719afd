import {join} from "node:path";
import {z} from "zod";
import {pseudonymOf} from "../../domain/pseudonym.ts";
import {CheckError} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {areTogether, checkUnique, fill, id, isBackwards, type Lined, life, readTable} from "./tables.ts";

const vehicleSchema = z
  .strictObject({
    /** The council's fleet number. */
    vehicle_id: id,
    registration: z.string().min(1).nullable(),
    kind: z.string().min(1),
    service: z.string().min(1),
    fuel: z.enum(["diesel", "petrol", "gas_oil", "hvo", "lpg", "electric"]),
    ...life
  })
  .refine(vehicle => !isBackwards(vehicle), {message: "valid_to is before valid_from", path: ["valid_to"]});

const productSchema = z.strictObject({
  provider: z.string().min(1),
  product_code: z.string().min(1),
  product: z.string().min(1),
  /** The fuel as the factor table names it; `not_fuel` for what carries no fuel carbon, such as AdBlue or a car wash. */
  activity: z.enum(["diesel", "petrol", "gas_oil", "hvo", "lpg", "not_fuel"]),
  confirmation: z.enum(["confirmed", "unconfirmed", "illustrative"])
});

/** The council's vehicles and what the product codes of its fuel cards mean. Registrations are pseudonyms already. */
export interface FleetRegisters {
  readonly vehicles: readonly {
    readonly vehicle_id: string;
    readonly registration_pseudonym: string | null;
    readonly fleet_digits: string | null;
    readonly kind: string;
    readonly service: string;
    readonly fuel: string;
    readonly valid_from: string | null;
    readonly valid_to: string | null;
  }[];
  readonly fuelProducts: readonly z.infer<typeof productSchema>[];
}

/** Reads `vehicles.csv` and `fuel-products.csv`; either may be absent. */
export async function readFleetRegisters(councilFolder: string, key: () => Promise<string>): Promise<FleetRegisters> {
  const [vehicles, fuelProducts] = await Promise.all([
    readTable(join(councilFolder, "vehicles.csv"), vehicleSchema, {isOptional: true}),
    readTable(join(councilFolder, "fuel-products.csv"), productSchema, {isOptional: true})
  ]);
  checkUnique(
    vehicles.map(({vehicle_id, line}) => ({value: vehicle_id, line})),
    "vehicles.csv",
    "vehicle_id"
  );
  checkUnique(
    fuelProducts.map(({provider, product_code, line}) => ({value: `${provider}, ${product_code}`, line})),
    "fuel-products.csv",
    "a product of a provider"
  );
  const secret = vehicles.length > 0 ? await key() : "";
  const named = vehicles.map(({registration, line, ...vehicle}) => ({
    ...vehicle,
    line,
    registration_pseudonym: registration === null ? null : pseudonymOf(registration, secret),
    fleet_digits: /(\d+)$/.exec(vehicle.vehicle_id)?.[1]?.replace(/^0+/, "") ?? null
  }));
  checkLives(named);
  return {vehicles: named.map(vehicle => withClearDigits(vehicle, named)), fuelProducts};
}

type Named = Lined<FleetRegisters["vehicles"][number]>;

/** The digits of a fleet number name a vehicle only where no other's are the same. */
function withClearDigits({line, ...vehicle}: Named, vehicles: readonly Named[]): FleetRegisters["vehicles"][number] {
  const isShared = vehicles.filter(({fleet_digits}) => fleet_digits === vehicle.fleet_digits).length > 1;
  return isShared ? {...vehicle, fleet_digits: null} : vehicle;
}

/** A registration may pass from one vehicle to another, but not belong to two on one day. */
function checkLives(vehicles: readonly Named[]): void {
  for (const vehicle of vehicles) {
    const other = vehicles.find(
      each =>
        each.line < vehicle.line &&
        each.registration_pseudonym !== null &&
        each.registration_pseudonym === vehicle.registration_pseudonym &&
        areTogether(each, vehicle)
    );
    if (other)
      throw new CheckError(
        `vehicles.csv, row ${vehicle.line}, registration: vehicle ${vehicle.vehicle_id} and ${other.vehicle_id} of row ${other.line} have the same one at one time`
      );
  }
}

/** Puts the fleet's registers into the schema `council`. */
export async function loadFleetRegisters(connection: Connection, {vehicles, fuelProducts}: FleetRegisters) {
  await fill(
    connection,
    "council.vehicles",
    "vehicle_id varchar, registration_pseudonym varchar, fleet_digits varchar, kind varchar, service varchar, fuel varchar, valid_from date, valid_to date",
    vehicles
  );
  await fill(
    connection,
    "council.fuel_products",
    "provider varchar, product_code varchar, product varchar, activity varchar, confirmation varchar",
    fuelProducts
  );
}
