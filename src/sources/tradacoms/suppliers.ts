/** The quantities of a charge line: consumption in billing, base and adjusted units, and the units the charge is of. */
export type QuantityName = "CONS" | "CONB" | "CONA" | "NUCT";

/** Which charge lines are the consumption of a bill: all that is said must fit; `quantity` is where they hold it. */
export interface EnergyRule {
  readonly indicators?: readonly string[];
  readonly supplierCodes?: readonly string[];
  readonly tariffs?: readonly string[];
  readonly modifiers?: readonly string[];
  readonly quantity: QuantityName;
}

/** What a supplier writes in its own way in a TRADACOMS utility bill. */
export interface SupplierSettings {
  /** Stands before the number of a bill. Empty for a supplier that is not in the table: its own name stands there. */
  readonly name: string;
  /** Known by the identity (EAN) or the name that the file gives its sender; null for any. */
  readonly sender: RegExp | null;
  readonly fuel: "electricity" | "gas" | null;
  /** Whether the end of the bill's supply period (SUMO) is its last day or the day after. */
  readonly billEnd: "inclusive" | "exclusive";
  /** The same of a charge line's end (CEDT); `within-bill` takes it as inclusive, but never a day past the bill. */
  readonly lineEnd: "inclusive" | "exclusive" | "within-bill";
  /** Implied decimals that a price in pounds may have; a charge that comes out under any of them is right. */
  readonly priceDecimals: readonly number[];
  /** Implied decimals of units and price of a charge that has its own, by the supplier's code. */
  readonly ownDecimals: Readonly<Record<string, {readonly units: number; readonly price: number}>>;
  /** Read types that are no estimate; any other is one. */
  readonly actualReads: readonly string[];
  /** The first rule that any line of the bill fits is the bill's; null where the indicator of the line has to do. */
  readonly energy: readonly EnergyRule[] | null;
  readonly confirmation: "confirmed" | "unconfirmed";
  readonly evidence: string;
}

/** TRADACOMS code list 44: normal, removed, customer's own, computer, exchange, corrector, third party's, information. */
const listedActual = ["00", "03", "04", "05", "06", "07", "09", "12"];

const common = {
  billEnd: "inclusive",
  lineEnd: "inclusive",
  priceDecimals: [5],
  ownDecimals: {},
  actualReads: listedActual,
  confirmation: "unconfirmed",
  evidence: "As a public bill importer reads this supplier's files. unconfirmed: needs a real file."
} as const;

/** For a supplier that is not in the table: nothing is taken for energy unless the line says so in every way it can. */
export const unknownSupplier: SupplierSettings = {
  ...common,
  name: "",
  sender: null,
  fuel: null,
  lineEnd: "within-bill",
  priceDecimals: [5, 7],
  energy: null,
  evidence:
    "TRADACOMS code lists 43 and 44, and what most suppliers in a public bill importer do. unconfirmed: needs a real file."
};

/** Obligation lines carry the metered kWh once; unit-rate lines may be of kWh with losses, and stand in where there is no obligation. */
const engieElectricity: readonly EnergyRule[] = [
  {tariffs: ["307660", "364252", "378246", "425779"], quantity: "CONS"},
  {tariffs: ["068476", "400434", "265091", "133186", "483457", "975901", "345065"], quantity: "CONS"},
  {tariffs: ["632209", "663682", "299992", "220894", "264929", "638187"], quantity: "CONS"}
];

export const suppliers: readonly SupplierSettings[] = [
  {
    ...common,
    name: "engie",
    sender: /\bengie\b/i,
    fuel: "electricity",
    billEnd: "exclusive",
    lineEnd: "exclusive",
    energy: engieElectricity
  },
  {
    ...common,
    name: "engie",
    sender: /\b(engie|gdf)\b/i,
    fuel: "gas",
    lineEnd: "exclusive",
    priceDecimals: [7],
    actualReads: ["00"],
    energy: [{indicators: ["1"], quantity: "NUCT"}]
  },
  {
    ...common,
    name: "total",
    sender: /\btotal\s?(energies|gas)/i,
    fuel: "gas",
    ownDecimals: {STD: {units: 0, price: 3}},
    actualReads: ["00"],
    energy: [{supplierCodes: ["MET"], quantity: "NUCT"}]
  },
  {
    ...common,
    name: "drax",
    sender: /\bdrax\b/i,
    fuel: "electricity",
    energy: [{supplierCodes: ["NRG"], modifiers: ["122568"], quantity: "CONS"}]
  },
  {
    ...common,
    name: "haven",
    sender: /\bhaven\b/i,
    fuel: "electricity",
    energy: [{indicators: ["3"], modifiers: ["453043", "068476", "265091", "517180", "547856"], quantity: "CONS"}]
  },
  {
    ...common,
    name: "sse",
    sender: /\b(sse|southern electric)\b/i,
    fuel: "electricity",
    energy: [{indicators: ["1", "2"], quantity: "CONA"}]
  }
];

/** The settings for a file of a sender, called by any of these names and identities, and a fuel. */
export function settingsOf(senders: readonly string[], fuel: "electricity" | "gas" | null): SupplierSettings {
  const isMeant = (supplier: SupplierSettings) =>
    supplier.fuel === fuel && senders.some(sender => supplier.sender?.test(sender));
  return suppliers.find(isMeant) ?? unknownSupplier;
}
