/** A charge line as its sender thinks of it, every element as written. */
export interface Charge {
  readonly indicator: string;
  readonly code?: string;
  readonly tariff?: string;
  readonly text?: string;
  readonly modifier?: string;
  readonly serial?: string;
  readonly location?: string;
  readonly presentRead?: string;
  readonly previousRead?: string;
  readonly reads?: string;
  readonly cons?: string;
  readonly conb?: string;
  readonly factor?: string;
  readonly cona?: string;
  readonly basePrice?: string;
  readonly units?: string;
  readonly from?: string;
  readonly to?: string;
  readonly price?: string;
  readonly total?: string;
}

export interface PlannedBill {
  readonly number?: string;
  readonly type?: string;
  readonly supply?: string;
  readonly amended?: string;
  readonly account?: string;
  readonly customer?: string;
  readonly charges?: readonly Charge[];
  /** Segments after the charges: `MAN=…`, `ADJ=…`, `REF=…`. */
  readonly others?: readonly string[];
  readonly net?: string;
  readonly vat?: string;
}

export function ccd(charge: Charge, sequence: number): string {
  const {indicator, code = "", tariff = "", text = ""} = charge;
  const elements = [
    `${sequence}`,
    `${indicator}::${code}`,
    `${tariff}:${text}`,
    charge.modifier,
    charge.serial,
    charge.location,
    charge.presentRead,
    charge.previousRead,
    "",
    charge.reads,
    charge.cons,
    charge.conb,
    charge.factor,
    charge.cona,
    charge.basePrice,
    charge.units,
    charge.from,
    charge.to,
    charge.price,
    charge.total
  ];
  return `CCD=${elements.map(element => element ?? "").join("+")}`;
}

export function billSegments(bill: PlannedBill): string[] {
  const {number = "INV70001", type = "N", supply = "260601:260630", amended = "", charges = []} = bill;
  const totals = bill.net === undefined ? [] : [`BTL=000+${bill.net}+${bill.vat ?? ""}++${bill.net}`];
  return [
    `CLO=::${bill.account ?? "A5550001"}+${bill.customer ?? "Ambridge MBC"}`,
    `BCD=260702+260702+${number}++M+${type}+:::${amended}+${supply}`,
    ...charges.map((charge, index) => ccd(charge, index + 1)),
    ...(bill.others ?? []),
    ...totals
  ];
}

export interface Sent {
  readonly sender?: string;
  readonly totals?: string;
  /** What END counts, where that is not the truth. */
  readonly messages?: string;
}

/** The segments of a whole transmission, without the ends of segments, counted as they are. */
export function transmissionSegments(bills: readonly PlannedBill[], {sender, totals, messages}: Sent = {}): string[] {
  const bodies = [
    ["UTLHDR", "TYP=0715", "SDT=5099999000017", "FIL=1+1+260703"],
    ...bills.map(bill => ["UTLBIL", ...billSegments(bill)]),
    ["UTLTLR", `TTL=${totals ?? ""}`]
  ];
  return [
    `STX=ANA:1+${sender ?? "5099999000017:Fable Energy"}+5099999000024:Ambridge+260703:041500+000417++UTLHDR`,
    ...bodies.flatMap(([type, ...body], index) => [`MHD=${index + 1}+${type}:3`, ...body, `MTR=${body.length + 2}`]),
    `END=${messages ?? bodies.length}`
  ];
}

export const edi = (segments: readonly string[], newline = "\r\n") =>
  segments.map(text => `${text}'${newline}`).join("");

export const fileOfBills = (bills: readonly PlannedBill[], sent: Sent = {}) => edi(transmissionSegments(bills, sent));

/**
 * 302 kWh at night at £0.14210 = 42.91, 947 by day at £0.24555 = 232.54, the levy 9.68 and the standing charge 18.97: 1,249 kWh for £304.10 and
 * £60.82 of VAT. The night's consumption comes on a line of its own (1) before it is charged (2).
 */
export const dayAndNight: PlannedBill = {
  charges: [
    {
      indicator: "1",
      text: "Night",
      serial: "Z17E001",
      location: "1600000000010",
      reads: "5302:00:5000:00",
      cons: "302000:KWH"
    },
    {
      indicator: "2",
      text: "Night",
      serial: "Z17E001",
      cons: "302000:KWH",
      units: "302000:KWH",
      from: "260601",
      to: "260630",
      price: "14210",
      total: "4291"
    },
    {
      indicator: "2",
      text: "Day",
      serial: "Z17E001",
      cons: "947000:KWH",
      units: "947000:KWH",
      from: "260601",
      to: "260630",
      price: "24555",
      total: "23254"
    },
    {indicator: "3", text: "Climate Change Levy", units: "1249000:KWH", price: "775", total: "968"},
    {indicator: "4", text: "Standing charge", units: "31000:DAY", price: "61200", total: "1897"},
    {indicator: "2", text: "Reactive power", cons: "88000:KVARH", units: "88000:KVARH"}
  ],
  others: ["MAN=1+1+16:0000000001:0:00:801:500+Z17E001"],
  net: "30410",
  vat: "6082"
};

/**
 * 412 m3 × 1.02264 × 39.21 / 3.6 = 4,588.961 kWh, at £0.0312345 = £143.33: VAT £7.17. The bill's supply is to the 30th, its line to the 1st.
 */
export const gasBill: PlannedBill = {
  number: "G80001",
  supply: "170601:170630",
  charges: [
    {
      indicator: "1",
      code: "GAS",
      text: "Meter Reading",
      serial: "G4Z9",
      location: "9100000001",
      presentRead: "170701",
      previousRead: "170601",
      reads: "81912:00:81500:00",
      cons: "412000",
      conb: "412000:M3",
      factor: "CF:102264",
      units: "4588961:KWH",
      from: "170601",
      to: "170701"
    },
    {
      indicator: "3",
      code: "PPK",
      text: "Commodity",
      basePrice: "0312345",
      units: "4588961",
      from: "170601",
      to: "170630",
      total: "14333"
    }
  ],
  others: ["ADJ=1+1+CV:3921000"],
  net: "14333",
  vat: "717"
};
