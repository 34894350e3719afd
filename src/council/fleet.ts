import {z} from "zod";
import {foldRegistration, pseudonymOf} from "../domain/pseudonym.ts";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {
  areTogether,
  column,
  failure,
  inFileOnly,
  life,
  name,
  oneOf,
  optional,
  type RowOf,
  source,
  text
} from "./columns.ts";
import {defineRegister, fill, type Lined, loadRegister, readRegister, type ScratchTable} from "./register.ts";

/** What a vehicle may run on. */
export const vehicleFuels = ["diesel", "petrol", "gas_oil", "hvo", "lpg", "electric"] as const;

/** The council's vehicles. */
export const vehicles = defineRegister({
  file: "vehicles.csv",
  description:
    "A vehicle of the council's. Its registration never leaves the archive: a pseudonym of it lands, and its number in the fleet is what is shown.",
  table: null,
  key: ["vehicle_id"],
  isOptional: true,
  columns: {
    vehicle_id: name("The council's fleet number; not the registration."),
    registration: inFileOnly(optional(text("Its number plate. Personal."))),
    kind: text("Such as van or refuse-collection-vehicle."),
    service: text("The service of the council that runs it."),
    fuel: oneOf(vehicleFuels, "What it runs on."),
    ...life
  }
});

/** The table that vehicles land in, with what is worked out of the register. */
const vehicleTable: ScratchTable = {
  table: "council.vehicles",
  types: {...vehicles.types, registration_pseudonym: "varchar", fleet_digits: "varchar"}
};

/** What else names a vehicle. */
export const vehicleTags = defineRegister({
  file: "vehicle-tags.csv",
  description:
    "What else names a vehicle in files, from when to when. Its registration and its number in the fleet name it anyway.",
  table: null,
  key: [],
  isOptional: true,
  columns: {
    vehicle_id: name("The vehicle."),
    tag: inFileOnly(text("Its telematics device, or the token or card it is charged with. Personal.")),
    ...life
  }
});

/** Names of vehicles as they land, each a pseudonym. */
const vehicleNameTable: ScratchTable = {
  table: "council.vehicle_names",
  types: {pseudonym: "varchar", ...vehicleTags.types}
};

/** Where vehicles are charged. */
export const chargingPlaces = defineRegister({
  file: "charging-places.csv",
  description: "A charge point or location as charging sessions name it, and whose electricity it gives.",
  table: "council.charging_places",
  key: ["location"],
  isOptional: true,
  columns: {
    location: column(
      "varchar",
      z
        .string()
        .min(1)
        .transform(location => location.trim().toLowerCase()),
      "The charge point or location, as sessions name it; capitals do not matter."
    ),
    place: oneOf(
      ["depot", "public", "home", "resold"],
      "depot: behind a meter of the council's; resold: the council's own public charge points, whose electricity others buy."
    ),
    site_id: optional(name("The site in whose meter the electricity of a depot is.")),
    source
  }
});

const fuels = ["diesel", "petrol", "gas_oil", "hvo", "lpg", "not_fuel"] as const;

/** What the products of fuel cards and tanks mean. */
export const fuelProducts = defineRegister({
  file: "fuel-products.csv",
  description: "What a product code of a fuel card or tank means. A product that is not listed is held, in no total.",
  table: "council.fuel_products",
  key: ["provider", "product_code"],
  keyWords: "a product of a provider",
  isOptional: true,
  columns: {
    provider: text("Who gives the code, such as keyfuels."),
    product_code: text("The code, as files write it."),
    product: text("What the provider calls it."),
    activity: oneOf(
      fuels,
      "The fuel as the factor table names it; not_fuel for what carries no fuel carbon, such as AdBlue or a car wash.",
      `one of ${fuels.join(", ")}: there is no factor of another fuel in the table`
    ),
    confirmation: oneOf(["confirmed", "unconfirmed", "illustrative"], "Whether the provider has confirmed it.")
  }
});

/** From when to when fuel and charging is accounted for by whom. */
export const fuelAccounts = defineRegister({
  file: "fuel-accounts.csv",
  description:
    "When an account of fuel or charging began and ended. A provider that is not listed was always there: months without its files count as missing.",
  table: "council.fuel_accounts",
  key: ["provider"],
  isOptional: true,
  columns: {provider: text("Who sends the files, such as keyfuels."), ...life}
});

/**
 * The council's vehicles, by what names they go in files, where its vehicles are charged and what the products of its fuel cards and tanks mean.
 * Registrations and tags are pseudonyms already.
 */
export interface FleetRegisters {
  readonly vehicles: readonly (Omit<RowOf<typeof vehicles.columns>, "registration"> & {
    readonly registration_pseudonym: string | null;
    readonly fleet_digits: string | null;
  })[];
  /** Registration, number in the fleet and tags of each vehicle, each a pseudonym. */
  readonly vehicleNames: readonly (Omit<RowOf<typeof vehicleTags.columns>, "tag"> & {readonly pseudonym: string})[];
  readonly fuelProducts: readonly RowOf<typeof fuelProducts.columns>[];
  readonly fuelAccounts: readonly RowOf<typeof fuelAccounts.columns>[];
  readonly chargingPlaces: readonly RowOf<typeof chargingPlaces.columns>[];
}

/** Reads `vehicles.csv`, `vehicle-tags.csv`, `fuel-products.csv` and `charging-places.csv`; any may be absent. */
export async function readFleetRegisters(
  councilFolder: string,
  siteIds: ReadonlySet<string>,
  key: () => Promise<string>
): Promise<FleetRegisters> {
  const [fleet, tags, products, places] = await Promise.all([
    readRegister(councilFolder, vehicles),
    readRegister(councilFolder, vehicleTags),
    readRegister(councilFolder, fuelProducts),
    readRegister(councilFolder, chargingPlaces)
  ]);
  checkReferences(places, tags, {siteIds, vehicleIds: new Set(fleet.map(({vehicle_id}) => vehicle_id))});
  checkPlainNumbers(vehicles.file, fleet);
  const secret = fleet.length > 0 ? await key() : "";
  const named = fleet.map(({registration, ...vehicle}) => ({
    ...vehicle,
    registration_pseudonym: registration === null ? null : pseudonymOf(registration, secret),
    fleet_digits: /(\d+)$/.exec(vehicle.vehicle_id)?.[1]?.replace(/^0+/, "") ?? null
  }));
  checkLives(named);
  const vehicleNames = namesOf(
    named,
    tags.map(({tag, ...rest}) => ({...rest, pseudonym: pseudonymOf(tag, secret)})),
    secret
  );
  return {
    vehicles: named.map(vehicle => withClearDigits(vehicle, named)),
    vehicleNames,
    fuelProducts: products,
    fuelAccounts: await readRegister(councilFolder, fuelAccounts),
    chargingPlaces: places
  };
}

/** The number in the fleet is published, a registration is not. */
export function checkPlainNumbers(
  file: string,
  fleet: readonly Lined<{readonly vehicle_id: string | null; readonly registration: string | null}>[]
): void {
  const bare = fleet.find(
    ({vehicle_id, registration}) =>
      vehicle_id !== null && registration !== null && foldRegistration(vehicle_id) === foldRegistration(registration)
  );
  if (bare)
    throw new CheckError(
      `${file}, row ${bare.fileRow}, vehicle_id: it is the registration, which is not published: give the vehicle a number in the fleet`
    );
}

function checkReferences(
  places: readonly Lined<RowOf<typeof chargingPlaces.columns>>[],
  tags: readonly Lined<RowOf<typeof vehicleTags.columns>>[],
  {siteIds, vehicleIds}: {readonly siteIds: ReadonlySet<string>; readonly vehicleIds: ReadonlySet<string>}
): void {
  const place = places.find(({site_id}) => site_id !== null && !siteIds.has(site_id));
  if (place) throw failure(chargingPlaces.file, place.fileRow, "site_id", place.site_id, "sites.csv has no such site");
  const tag = tags.find(({vehicle_id}) => !vehicleIds.has(vehicle_id));
  if (tag)
    throw failure(vehicleTags.file, tag.fileRow, "vehicle_id", tag.vehicle_id, "vehicles.csv has no such vehicle");
}

type Name = Lined<FleetRegisters["vehicleNames"][number]>;

/** Each name of each vehicle, for as long as it holds. A tag names one vehicle at a time, and none by another's name. */
function namesOf(fleet: readonly Named[], tags: readonly Name[], secret: string): FleetRegisters["vehicleNames"] {
  const own = fleet.flatMap(({vehicle_id, registration_pseudonym, fileRow, valid_from, valid_to}) =>
    [registration_pseudonym, pseudonymOf(vehicle_id, secret)].flatMap(pseudonym =>
      pseudonym === null ? [] : [{pseudonym, vehicle_id, valid_from, valid_to, fileRow}]
    )
  );
  for (const [index, tag] of tags.entries()) {
    const others = [...own, ...tags.slice(0, index)];
    const other = others.find(
      each => each.pseudonym === tag.pseudonym && each.vehicle_id !== tag.vehicle_id && areTogether(each, tag)
    );
    if (other)
      throw new CheckError(
        `${vehicleTags.file}, row ${tag.fileRow}, tag: vehicle ${tag.vehicle_id} and ${other.vehicle_id} go by the same one at one time`
      );
  }
  return [...own, ...tags].map(({fileRow, ...named}) => named);
}

type Named = Lined<FleetRegisters["vehicles"][number]>;

/** The digits of a fleet number name a vehicle only where no other's are the same. */
function withClearDigits({fileRow, ...vehicle}: Named, fleet: readonly Named[]): FleetRegisters["vehicles"][number] {
  const isShared = fleet.filter(({fleet_digits}) => fleet_digits === vehicle.fleet_digits).length > 1;
  return isShared ? {...vehicle, fleet_digits: null} : vehicle;
}

/** A registration may pass from one vehicle to another, but not belong to two on one day. */
function checkLives(fleet: readonly Named[]): void {
  for (const vehicle of fleet) {
    const other = fleet.find(
      each =>
        each.fileRow < vehicle.fileRow &&
        each.registration_pseudonym !== null &&
        each.registration_pseudonym === vehicle.registration_pseudonym &&
        areTogether(each, vehicle)
    );
    if (other)
      throw new CheckError(
        `${vehicles.file}, row ${vehicle.fileRow}, registration: vehicle ${vehicle.vehicle_id} and ${other.vehicle_id} of row ${other.fileRow} have the same one at one time`
      );
  }
}

/** Puts the fleet's registers into the schema `council`. */
export async function loadFleetRegisters(connection: Connection, read: FleetRegisters): Promise<void> {
  await fill(connection, vehicleTable, read.vehicles);
  await fill(connection, vehicleNameTable, read.vehicleNames);
  await loadRegister(connection, fuelProducts, read.fuelProducts);
  await loadRegister(connection, fuelAccounts, read.fuelAccounts);
  await loadRegister(connection, chargingPlaces, read.chargingPlaces);
}
