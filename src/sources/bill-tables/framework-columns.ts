import {plainName} from "../text/table.ts";

/** The columns of a framework's consolidated bill, by what they hold. */
export type FrameworkColumn =
  | "account"
  | "site"
  | "meter"
  | "invoice"
  | "type"
  | "issued"
  | "from"
  | "to"
  | "previousRead"
  | "presentRead"
  | "kwh"
  | "dayKwh"
  | "nightKwh"
  | "m3"
  | "standing"
  | "levy"
  | "net"
  | "vat"
  | "total";

/** Names a column goes under, without case, spaces and signs (`plainName`). */
const aliases: Readonly<Record<FrameworkColumn, readonly string[]>> = {
  account: ["account", "accountnumber", "accountno", "accountref", "accountreference", "customeraccount"],
  site: ["site", "sitename", "siteaddress", "premises", "supplyaddress", "property"],
  meter: [
    "mpan",
    "mpancore",
    "mpannumber",
    "mprn",
    "mprnnumber",
    "mpanmprn",
    "mpanormprn",
    "spid",
    "supplynumber",
    "meterpointreference",
    "meterpoint",
    "chargecode"
  ],
  invoice: [
    "invoice",
    "invoiceno",
    "invoicenumber",
    "invoiceref",
    "invoicereference",
    "billno",
    "billnumber",
    "billreference"
  ],
  type: ["type", "invoicetype", "billtype", "documenttype", "transactiontype"],
  issued: ["taxdate", "taxpoint", "taxpointdate", "invoicedate", "billdate", "issuedate", "dateofinvoice"],
  from: [
    "from",
    "fromdate",
    "datefrom",
    "periodfrom",
    "periodstart",
    "startdate",
    "billingperiodfrom",
    "billingperiodstart",
    "chargeperiodfrom",
    "billfrom",
    "consumptionfrom"
  ],
  to: [
    "to",
    "todate",
    "dateto",
    "periodto",
    "periodend",
    "enddate",
    "billingperiodto",
    "billingperiodend",
    "chargeperiodto",
    "billto",
    "consumptionto"
  ],
  previousRead: ["previousreadtype", "startreadtype", "openingreadtype", "prevreadtype", "previousreadingtype"],
  presentRead: [
    "readtype",
    "readingtype",
    "presentreadtype",
    "endreadtype",
    "closingreadtype",
    "currentreadtype",
    "presentreadingtype",
    "actualorestimated",
    "actualestimated",
    "ae"
  ],
  kwh: [
    "kwh",
    "totalkwh",
    "consumption",
    "consumptionkwh",
    "totalconsumptionkwh",
    "unitskwh",
    "billedkwh",
    "usagekwh",
    "energykwh"
  ],
  dayKwh: ["daykwh", "kwhday", "dayunits", "dayconsumptionkwh", "dayunitskwh"],
  nightKwh: ["nightkwh", "kwhnight", "nightunits", "nightconsumptionkwh", "nightunitskwh"],
  m3: ["m3", "volumem3", "consumptionm3", "cubicmetres", "usagem3", "waterm3", "totalm3"],
  standing: ["standing", "standingcharge", "standingcharges", "fixedcharge"],
  levy: ["ccl", "cclcharge", "climatechangelevy"],
  net: [
    "net",
    "nettotal",
    "netamount",
    "totalnet",
    "totalexvat",
    "totalexclvat",
    "netcharge",
    "subtotal",
    "totalbeforevat"
  ],
  vat: ["vat", "vatamount", "totalvat", "vatcharge"],
  total: [
    "total",
    "totalcost",
    "totalamount",
    "gross",
    "grosstotal",
    "grossamount",
    "totalincvat",
    "totalinclvat",
    "totalgross",
    "invoicetotal",
    "billtotal"
  ]
};

/** Where each column of a header is; those that no cell is named, and those that two are. */
export interface FoundColumns {
  readonly places: Partial<Record<FrameworkColumn, number>>;
  readonly twice: readonly FrameworkColumn[];
}

/** Finds the columns of a header by any of their names. */
export function columnsIn(header: readonly string[]): FoundColumns {
  const plain = header.map(cell => plainName(cell.replace(/\((£|gbp)\)|£/gi, "")));
  const found = (Object.keys(aliases) as FrameworkColumn[]).map(column => ({
    column,
    at: plain.flatMap((name, index) => (aliases[column].includes(name) ? [index] : []))
  }));
  const places = Object.fromEntries(found.filter(({at}) => at.length === 1).map(({column, at}) => [column, at[0]]));
  return {places, twice: found.filter(({at}) => at.length > 1).map(({column}) => column)};
}

/** Columns without which a bill is none, each with what it is called to a person. Of kWh and m3 there is one, and kWh may be in two. */
export function missingFrom({places, twice}: FoundColumns): string[] {
  const called = {
    meter: "MPAN, MPRN, SPID or charge code",
    invoice: "invoice number",
    from: "from",
    to: "to",
    total: "total"
  };
  const missing = Object.entries(called).flatMap(([column, name]) => (column in places ? [] : [name]));
  const hasQuantity = "kwh" in places || "m3" in places || ("dayKwh" in places && "nightKwh" in places);
  const isDouble = "m3" in places && ("kwh" in places || "dayKwh" in places);
  return [
    ...missing,
    ...(hasQuantity ? [] : ["kWh or m3"]),
    ...(isDouble ? ["kWh or m3, not both"] : []),
    ...twice.map(column => `one column only of ${column}`)
  ];
}
