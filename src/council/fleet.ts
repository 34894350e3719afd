import {join} from "node:path";
import {z} from "zod";
import {foldRegistration, pseudonymOf} from "../domain/pseudonym.ts";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
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

const tagSchema = z
  .strictObject({
    vehicle_id: id,
    /** What else names the vehicle in files: its telematics device, the token or card it is charged with. */
    tag: z.string().min(1),
    ...life
  })
  .refine(tag => !isBackwards(tag), {message: "valid_to is before valid_from", path: ["valid_to"]});

const chargingPlaceSchema = z.strictObject({
  /** The charge point or location, as sessions name it. */
  location: z.string().min(1),
  /** `depot`: behind a meter of the council's; `resold`: the council's own public charge points, whose electricity others buy. */
  place: z.enum(["depot", "public", "home", "resold"]),
  /** The site in whose meter the electricity of a depot is. */
  site_id: id.nullable(),
  source: z.string().min(1)
});

const fuels = ["diesel", "petrol", "gas_oil", "hvo", "lpg", "not_fuel"] as const;

const productSchema = z.strictObject({
  provider: z.string().min(1),
  product_code: z.string().min(1),
  product: z.string().min(1),
  /** The fuel as the factor table names it; `not_fuel` for what carries no fuel carbon, such as AdBlue or a car wash. */
  activity: z.enum(fuels, {error: `one of ${fuels.join(", ")}: there is no factor of another fuel in the table`}),
  confirmation: z.enum(["confirmed", "unconfirmed", "illustrative"])
});

/**
 * The council's vehicles, by what names they go in files, where its vehicles are charged and what the products of its fuel cards and tanks mean.
 * Registrations and tags are pseudonyms already.
 */
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
  /** Registration, number in the fleet and tags of each vehicle, each a pseudonym. */
  readonly vehicleNames: readonly {
    readonly pseudonym: string;
    readonly vehicle_id: string;
    readonly valid_from: string | null;
    readonly valid_to: string | null;
  }[];
  readonly fuelProducts: readonly z.infer<typeof productSchema>[];
  readonly chargingPlaces: readonly z.infer<typeof chargingPlaceSchema>[];
}

/** Reads `vehicles.csv`, `vehicle-tags.csv`, `fuel-products.csv` and `charging-places.csv`; any may be absent. */
export async function readFleetRegisters(
  councilFolder: string,
  siteIds: ReadonlySet<string>,
  key: () => Promise<string>
): Promise<FleetRegisters> {
  const optional = <S extends z.ZodObject>(file: string, schema: S) =>
    readTable(join(councilFolder, file), schema, {isOptional: true});
  const [vehicles, tags, fuelProducts, chargingPlaces] = await Promise.all([
    optional("vehicles.csv", vehicleSchema),
    optional("vehicle-tags.csv", tagSchema),
    optional("fuel-products.csv", productSchema),
    optional("charging-places.csv", chargingPlaceSchema)
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
  checkUnique(
    chargingPlaces.map(({location, line}) => ({value: location.trim().toLowerCase(), line})),
    "charging-places.csv",
    "location"
  );
  checkReferences(chargingPlaces, tags, {siteIds, vehicleIds: new Set(vehicles.map(({vehicle_id}) => vehicle_id))});
  checkPlainNumbers(vehicles);
  const secret = vehicles.length > 0 ? await key() : "";
  const named = vehicles.map(({registration, line, ...vehicle}) => ({
    ...vehicle,
    line,
    registration_pseudonym: registration === null ? null : pseudonymOf(registration, secret),
    fleet_digits: /(\d+)$/.exec(vehicle.vehicle_id)?.[1]?.replace(/^0+/, "") ?? null
  }));
  checkLives(named);
  const vehicleNames = namesOf(
    named,
    tags.map(({tag, ...rest}) => ({...rest, pseudonym: pseudonymOf(tag, secret)})),
    secret
  );
  return {vehicles: named.map(vehicle => withClearDigits(vehicle, named)), vehicleNames, fuelProducts, chargingPlaces};
}

/** The number in the fleet is published, a registration is not. */
function checkPlainNumbers(vehicles: readonly Lined<z.infer<typeof vehicleSchema>>[]): void {
  const bare = vehicles.find(
    ({vehicle_id, registration}) =>
      registration !== null && foldRegistration(vehicle_id) === foldRegistration(registration)
  );
  if (bare)
    throw new CheckError(
      `vehicles.csv, row ${bare.line}, vehicle_id: it is the registration, which is not published: give the vehicle a number in the fleet`
    );
}

function checkReferences(
  places: readonly Lined<z.infer<typeof chargingPlaceSchema>>[],
  tags: readonly Lined<z.infer<typeof tagSchema>>[],
  {siteIds, vehicleIds}: {readonly siteIds: ReadonlySet<string>; readonly vehicleIds: ReadonlySet<string>}
): void {
  const place = places.find(({site_id}) => site_id !== null && !siteIds.has(site_id));
  if (place)
    throw new CheckError(
      `charging-places.csv, row ${place.line}, site_id: ${place.site_id}: sites.csv has no such site`
    );
  const tag = tags.find(({vehicle_id}) => !vehicleIds.has(vehicle_id));
  if (tag)
    throw new CheckError(
      `vehicle-tags.csv, row ${tag.line}, vehicle_id: ${tag.vehicle_id}: vehicles.csv has no such vehicle`
    );
}

type Name = Lined<FleetRegisters["vehicleNames"][number]>;

/** Each name of each vehicle, for as long as it holds. A tag names one vehicle at a time, and none by another's name. */
function namesOf(vehicles: readonly Named[], tags: readonly Name[], secret: string): FleetRegisters["vehicleNames"] {
  const own = vehicles.flatMap(({vehicle_id, registration_pseudonym, line, valid_from, valid_to}) =>
    [registration_pseudonym, pseudonymOf(vehicle_id, secret)].flatMap(pseudonym =>
      pseudonym === null ? [] : [{pseudonym, vehicle_id, valid_from, valid_to, line}]
    )
  );
  for (const [index, tag] of tags.entries()) {
    const others = [...own, ...tags.slice(0, index)];
    const other = others.find(
      each => each.pseudonym === tag.pseudonym && each.vehicle_id !== tag.vehicle_id && areTogether(each, tag)
    );
    if (other)
      throw new CheckError(
        `vehicle-tags.csv, row ${tag.line}, tag: vehicle ${tag.vehicle_id} and ${other.vehicle_id} go by the same one at one time`
      );
  }
  return [...own, ...tags].map(({line, ...name}) => name);
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
export async function loadFleetRegisters(
  connection: Connection,
  {vehicles, vehicleNames, fuelProducts, chargingPlaces}: FleetRegisters
): Promise<void> {
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
  await fill(
    connection,
    "council.vehicle_names",
    "pseudonym varchar, vehicle_id varchar, valid_from date, valid_to date",
    vehicleNames
  );
  await fill(
    connection,
    "council.charging_places",
    "location varchar, place varchar, site_id varchar",
    chargingPlaces.map(({location, place, site_id}) => ({location: location.trim().toLowerCase(), place, site_id}))
  );
}
