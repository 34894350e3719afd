import {z} from "zod";
import {energy} from "../domain/energy.ts";
import {parseMpan, parseMprn} from "../domain/meter-points.ts";
import {foldRegistration, pseudonymOf} from "../domain/pseudonym.ts";
import type {Connection} from "../warehouse/connection.ts";
import {
  addedLater,
  type Column,
  column,
  failure,
  inFileOnly,
  life,
  name,
  oneOf,
  optional,
  type RowOf,
  text
} from "./columns.ts";
import {siteKinds} from "./estate.ts";
import {checkPlainNumbers, vehicleFuels} from "./fleet.ts";
import {defineRegister, fill, type Lined, loadRegister, readRegister, type ScratchTable} from "./register.ts";

/** A number as others' spreadsheets write it: thousands may be parted by commas. */
const listedNumber = z
  .string()
  .regex(
    /^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,20})?$/,
    "a decimal number of at most twelve digits before the point, with no unit beside it"
  )
  .transform(number => Number(number.replaceAll(",", "")));

/** A column that a list may be without. */
const ifKnown = <Cell extends z.ZodType>(of: Column<Cell>) => addedLater(optional(of));
/** A word whose capitals do not matter. */
const anyCase = <Cell extends z.ZodType>(of: Column<Cell>) => ({
  ...of,
  cell: z.preprocess(cell => (typeof cell === "string" ? cell.toLowerCase() : cell), of.cell)
});
const days = {valid_from: addedLater(life.valid_from), valid_to: addedLater(life.valid_to)};
const notOurs = ifKnown(
  text(
    "Why it is none of the council's, where that is known: sold, or a tenant pays. Such a row is compared with nothing."
  )
);

/** What a number of the trade names, in the way of its energy. */
const parsed = (of: "electricity" | "gas", number: string) => (of === "gas" ? parseMprn(number) : parseMpan(number));

/** What suppliers say they supply. */
export const supplierPortfolio = defineRegister({
  file: "supplier-portfolio.csv",
  description:
    "A meter that a supplier says it supplies to the council, as its portfolio lists it. Compared with meter-points.csv, never counted.",
  table: "council.supplier_portfolio",
  key: [],
  isOptional: true,
  columns: {
    supplier: text("Whose list it is."),
    meter_point_id: {
      ...text("The MPAN or MPRN; spaces, and what stands before the last 13 digits of an MPAN, do not matter."),
      lands: "meter_key"
    },
    energy: anyCase(oneOf(energy.options, "What it measures.")),
    site_name: ifKnown(text("What the supplier calls the site.")),
    annual_kwh: ifKnown(column("double", listedNumber, "What the supplier expects of a year, kWh.")),
    ...days,
    not_ours_because: notOurs
  },
  rules: [
    ({energy: of, meter_point_id}) => {
      const key = parsed(of, meter_point_id);
      return "problem" in key ? ["meter_point_id", key.problem] : null;
    }
  ]
});

/** What the council owns or leases. */
export const propertyRegister = defineRegister({
  file: "property-register.csv",
  description:
    "A building or piece of land that the council owns or leases, as its property register lists it. Compared with sites.csv and meter-points.csv.",
  table: "council.property_register",
  key: ["property_id"],
  sharesADay: "a property stands twice on one day",
  isOptional: true,
  columns: {
    property_id: column(
      "varchar",
      z
        .string()
        .min(1)
        .refine(id => !/^\d(\.\d+)?e\+?\d+$/i.test(id), "a number that a spreadsheet has rounded"),
      "Its UPRN, or the council's own number."
    ),
    name: {...text("What the register calls it."), lands: "property_name"},
    kind: ifKnown(oneOf(siteKinds, "What it is for.")),
    floor_area_m2: ifKnown(
      column("double", listedNumber.pipe(z.number().positive("more than zero")), "Its floor area, m².")
    ),
    site_id: ifKnown(name("The site that it is in sites.csv; where empty, the site of the same name.")),
    no_energy_because: ifKnown(
      text("Why it has no energy of the council's, where that is known: bare land, or a tenant pays.")
    ),
    ...days
  }
});

/** What others list of the fleet. */
export const fleetList = defineRegister({
  file: "fleet-list.csv",
  description:
    "A vehicle that the fleet manager or the insurer lists. Compared with vehicles.csv, never counted. Its registration never leaves the archive: a pseudonym of it lands.",
  table: null,
  key: [],
  isOptional: true,
  columns: {
    listed_by: text("Whose list it is, such as insurer."),
    registration: inFileOnly(text("Its number plate. Personal.")),
    vehicle_id: ifKnown(name("The council's fleet number, where the list has it; not the registration.")),
    fuel: anyCase(oneOf(vehicleFuels, "What it runs on.")),
    annual_l: ifKnown(column("double", listedNumber, "What it is expected to use in a year, litres.")),
    ...days,
    not_ours_because: notOurs
  },
  rules: [
    ({registration}) => (foldRegistration(registration) === "" ? ["registration", "no number plate"] : null),
    ({fuel, annual_l}) =>
      fuel === "electric" && annual_l !== null ? ["annual_l", "an electric vehicle uses no litres"] : null
  ]
});

/** The table that it lands in: a row is known by its place in the file, since it may have no other name that can be shown. */
const fleetListTable: ScratchTable = {
  table: "council.fleet_list",
  types: {...fleetList.types, registration_pseudonym: "varchar", file_row: "integer"}
};

/** Lists that others keep, which the council's registers are compared with. Each may be absent, and is then compared with nothing. */
export interface OutsideLists {
  readonly portfolio: readonly RowOf<typeof supplierPortfolio.columns>[];
  readonly properties: readonly RowOf<typeof propertyRegister.columns>[];
  readonly fleet: readonly (Omit<RowOf<typeof fleetList.columns>, "registration"> & {
    readonly registration_pseudonym: string;
    readonly file_row: number;
  })[];
}

/** Reads `supplier-portfolio.csv`, `property-register.csv` and `fleet-list.csv`; any may be absent. */
export async function readOutsideLists(
  councilFolder: string,
  siteIds: ReadonlySet<string>,
  key: () => Promise<string>
): Promise<OutsideLists> {
  const [portfolio, properties, fleet] = await Promise.all([
    readRegister(councilFolder, supplierPortfolio),
    readRegister(councilFolder, propertyRegister),
    readRegister(councilFolder, fleetList)
  ]);
  const nowhere = properties.find(({site_id}) => site_id !== null && !siteIds.has(site_id));
  if (nowhere)
    throw failure(propertyRegister.file, nowhere.fileRow, "site_id", nowhere.site_id, "sites.csv has no such site");
  checkPlainNumbers(fleetList.file, fleet);
  const secret = fleet.length > 0 ? await key() : "";
  return {
    portfolio: portfolio.map(withMeterKey),
    properties,
    fleet: fleet.map(({registration, fileRow, ...vehicle}) => ({
      ...vehicle,
      registration_pseudonym: pseudonymOf(registration, secret),
      file_row: fileRow
    }))
  };
}

/** A row whose meter goes by the key under which its readings land. */
function withMeterKey({fileRow, ...row}: Lined<OutsideLists["portfolio"][number]>): OutsideLists["portfolio"][number] {
  const key = parsed(row.energy, row.meter_point_id);
  return "key" in key ? {...row, meter_point_id: key.key} : row;
}

/** Puts them into the schema `council`. */
export async function loadOutsideLists(connection: Connection, read: OutsideLists): Promise<void> {
  await loadRegister(connection, supplierPortfolio, read.portfolio);
  await loadRegister(connection, propertyRegister, read.properties);
  await fill(connection, fleetListTable, read.fleet);
}
