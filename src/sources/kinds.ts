import {
  day,
  defineKind,
  either,
  exact,
  instant,
  type KindFacts,
  meter,
  optional,
  personal,
  type RecordOf,
  wallClock,
  whole,
  words,
  yes
} from "./kind.ts";

const fuel = defineKind({
  name: "fuel",
  description: "A drawing of fuel on a card, or the credit of one.",
  table: "raw.fuel_transactions",
  columns: {
    transaction_id: words("Transaction number and sequence, which name it for the provider: 100000001/001."),
    drawn_at: wallClock("British local time as written."),
    registration: optional(
      personal("As typed at the pump, else on the card, else the card's first vehicle; spaces removed, upper case.")
    ),
    fleet_number: optional(words("Without leading zeros; null where blank or zero.")),
    product_code: words("The provider's code of the product."),
    quantity: exact(14, 3, "Litres with their sign: negative in a credit."),
    cost_gbp: exact(14, 4, "Pounds with their sign."),
    mileage: optional(whole("Null where blank, no number, 0, 1, 999999 or 9999999.")),
    is_credit: yes("Whether litres or pounds are given back.")
  },
  identity: ["transaction_id"],
  dated: "drawn_at",
  totals: {by: ["product_code"], amounts: ["quantity", "cost_gbp"]}
});

const tank = defineKind({
  name: "tank",
  description:
    "What a tank of bunkered fuel took in, gave out or held. Only what it gave out is fuel used: deliveries and dips are the check.",
  table: "raw.tank_movements",
  columns: {
    tank: words("The tank, as the file names it."),
    moved_at: instant("When."),
    movement: either(["delivery", "dispense", "dip"], "What happened."),
    product: words("What it holds."),
    litres: exact(14, 3, "Litres taken in, given out or held."),
    registration: optional(personal("The vehicle that it was given to."))
  },
  identity: ["tank", "moved_at", "movement", "product", "registration"],
  dated: "moved_at",
  totals: {by: ["movement", "product"], amounts: ["litres"]}
});

const charging = defineKind({
  name: "charging",
  description:
    "Electricity given to a vehicle by a charge point. A credit is negative, so that a session and its credit add to zero.",
  table: "raw.charging_sessions",
  columns: {
    session_id: words("The operator's name of the session."),
    started_at: instant("When it began."),
    ended_at: optional(instant("When it ended.")),
    energy_kwh: exact(14, 4, "kWh."),
    location: optional(words("The charge point or location.")),
    place: either(
      ["depot", "public", "home", "unknown"],
      "At the council's own depot (so inside a building's meter), in public, at an employee's home, or not said."
    ),
    registration: optional(personal("The vehicle, token or card.")),
    is_credit: yes("Whether it is given back."),
    cost_gbp: optional(exact(14, 4, "Pounds."))
  },
  identity: ["session_id", "is_credit"],
  dated: "started_at",
  totals: {by: ["place"], amounts: ["energy_kwh", "cost_gbp"]}
});

const distance = defineKind({
  name: "distance",
  description: "A journey, by telematics or as claimed by an employee in a car of their own.",
  table: "raw.journeys",
  columns: {
    journey_id: words("What the file calls it."),
    travelled_at: instant("When it began."),
    distance_km: exact(18, 9, "km."),
    fuel_l: optional(exact(14, 4, "Litres that the vehicle says it used.")),
    energy_kwh: optional(exact(14, 4, "kWh that the vehicle says it used.")),
    fleet: either(["own", "grey"], "The council's own vehicles, or its employees'."),
    registration: optional(personal("The registration, device or vehicle of the fleet.")),
    vehicle_kind: optional(words("What the file calls the vehicle: its size, fuel or engine.")),
    fuel: optional(words("What it runs on."))
  },
  identity: ["journey_id", "registration"],
  dated: "travelled_at",
  totals: {by: ["fleet"], amounts: ["distance_km", "fuel_l"]}
});

const vehicle = defineKind({
  name: "vehicle",
  description: "What the licensing authority says of a vehicle. All but the registration may be missing.",
  table: "raw.vehicle_facts",
  columns: {
    registration: personal("The vehicle."),
    make: optional(words("Its make.")),
    fuel: optional(words("What it runs on.")),
    co2_g_per_km: optional(exact(8, 2, "g CO₂/km, as it was approved.")),
    made_in_year: optional(whole("The year it was made.")),
    euro_status: optional(words("Its emission standard."))
  },
  identity: ["registration"],
  dated: null,
  totals: {by: ["fuel"], amounts: []}
});

const read = defineKind({
  name: "read",
  description:
    "What a register of a meter stood at. Consumption is the difference of two of one serial number, never across serial numbers.",
  table: "raw.register_reads",
  columns: {
    meter: meter("MPAN, MPRN, SPID or the name the sender gives the meter, as written."),
    serial: optional(words("Null where the file does not name the meter itself.")),
    register: words('Which register of the meter, as written; "" where it has one.'),
    read_at: instant("When."),
    value: exact(18, 4, "What it stood at."),
    unit: either(["kWh", "MWh", "GJ", "m3", "ft3", "hcf"], "The unit of the register."),
    status: either(["actual", "estimated", "withdrawn"], "How it was read."),
    digits: optional(whole("Digits before the register turns over to zero; null where not said."))
  },
  identity: ["meter", "serial", "register", "read_at", "status"],
  dated: "read_at",
  totals: {by: ["unit", "status"], amounts: ["value"], isRange: true}
});

const bill = defineKind({
  name: "bill",
  description: "What a bill says one meter point used in one period.",
  table: "raw.bills",
  columns: {
    bill_id: words("Supplier and its number of the bill."),
    account: optional(words("The account.")),
    kind: either(
      ["normal", "final", "withdrawn", "credit"],
      "A withdrawn bill takes the bill it names out; a credit is negative and stands beside it."
    ),
    issued_on: optional(day("When it was made.")),
    meter: optional(meter("MPAN core, MPRN, SPID or charge code, as written; null where the bill names none.")),
    first_date: day("First day of the period."),
    last_date: day("Last day of the period, inclusive whatever the supplier writes."),
    quantity: exact(18, 4, "What was used."),
    unit: either(["kWh", "m3"], "The unit of the quantity."),
    is_estimated: yes("Whether it is an estimate."),
    net_gbp: optional(exact(14, 4, "Pounds before VAT.")),
    vat_gbp: optional(exact(14, 4, "VAT, pounds.")),
    gross_gbp: optional(exact(14, 4, "Pounds with VAT."))
  },
  identity: ["bill_id", "meter", "first_date", "last_date", "kind"],
  dated: "first_date",
  totals: {by: ["kind", "unit"], amounts: ["quantity", "net_gbp"]}
});

const observation = defineKind({
  name: "observation",
  description: "A figure that others publish: weather, grid, calorific value, or a statistic of an area.",
  table: "raw.observations",
  columns: {
    series: words("Lower-case words joined by underscores, naming the quantity: air_temperature."),
    item: words('Which part of the series, such as a technology or a band; "" where it has none.'),
    area: words(
      'The ONS code of the area, or the publisher\'s own name of the zone or place; "" for the whole country.'
    ),
    starts_at: instant("Start of the period described: a date or an instant with Z."),
    period: either(["half-hour", "hour", "day", "month", "quarter", "year"], "How long the period is."),
    value: optional(exact(24, 8, "Null where the publisher has none yet or suppresses it.")),
    unit: words("The unit of the value."),
    status: either(["actual", "forecast", "provisional", "suppressed", "missing"], "What is known of it.")
  },
  identity: ["series", "item", "area", "starts_at", "period", "status"],
  dated: "starts_at",
  isOfAnyTime: true,
  totals: {by: ["series", "unit", "status"], amounts: ["value"], isRange: true}
});

const declared = {fuel, tank, charging, distance, vehicle, read, bill, observation};

/** The kinds of record that a file may hold besides half-hours, by name. */
export type RecordKind = keyof typeof declared;

/** Every kind of record. */
export const kinds: Readonly<Record<RecordKind, KindFacts>> = declared;

/** The rows of each kind, as formats read them. */
export type RecordRows = {readonly [Name in RecordKind]: RecordOf<(typeof declared)[Name]["columns"]>};

export type FuelTransaction = RecordRows["fuel"];
export type TankMovement = RecordRows["tank"];
export type ChargingSession = RecordRows["charging"];
export type Distance = RecordRows["distance"];
export type VehicleFacts = RecordRows["vehicle"];
export type RegisterRead = RecordRows["read"];
export type BillPeriod = RecordRows["bill"];
export type Observation = RecordRows["observation"];
