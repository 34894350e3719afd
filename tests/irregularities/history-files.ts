import {fileOfBills} from "../sources/bills-tradacoms-file.ts";
import {bodyOf, fileOf as d0036FileOf} from "../sources/d0036-file.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {mpan, secondMpan} from "./council.ts";

/** The records A, B and C that a file tells, with the amount of each. */
export type Told = Readonly<Partial<Record<"A" | "B" | "C", number>>>;

/** Made first, second and third. The second corrects A; the third tells B in the same words, and C anew. */
export const told: readonly Told[] = [{A: 100, B: 50}, {A: 90}, {B: 50, C: 70}];

/** A kind of record, in one form of it. */
export interface HistoryKind {
  readonly name: string;
  readonly feed: string;
  readonly fileName: (file: number) => string;
  /** What decides between two words on one record: when the file says that it was made, or, where it says nothing, when it came. */
  readonly decidedBy: "issue" | "receipt";
  readonly write: (records: Told, file: number) => string;
  /** Its table, what names a record in it, and the columns that show which it is and its amount. */
  readonly table: string;
  readonly identity: readonly string[];
  readonly shows: readonly [name: string, amount: string];
}

type Entry = readonly [name: "A" | "B" | "C", amount: number];
const entries = (records: Told) => Object.entries(records) as unknown as Entry[];
const dayOf = {A: "01", B: "02", C: "03"} as const;
/** 1, 2 and 3 October 2026. */
const madeOn = (file: number) => `2026-10-0${file + 1}`;
const json = (file: number) => `file-${file}.json`;

const halfHours = ["meter_key", "channel", "unit", "settlement_date"];
const shownDay = ["day(settlement_date)::varchar", "list_sum(quantity)"] as const;

export const historyKinds: readonly HistoryKind[] = [
  {
    name: "half-hours of a portal",
    feed: "estate-energy",
    fileName: file => `portal-${file}.csv`,
    decidedBy: "issue",
    write: (records, file) =>
      portalFile(
        `0${file + 1}/10/26 07:00`,
        entries(records).map(([name, kwh]) => ({mpan, date: `2026-09-${dayOf[name]}`, cells: flat(kwh)}))
      ),
    table: "raw.meter_days",
    identity: halfHours,
    shows: shownDay
  },
  {
    name: "half-hours of a flow",
    feed: "estate-energy",
    fileName: file => `flow-${file}.usr`,
    decidedBy: "issue",
    write: (records, file) => {
      const days = entries(records).map(([name, kwh]) => ({
        date: `202609${dayOf[name]}`,
        readings: flat(kwh).map(each => ["A", `${each}.0`] as const)
      }));
      const text = d0036FileOf(bodyOf([{mpan: secondMpan, quantity: "AI", days}]));
      return text.replace("20260624141613", `2026100${file + 1}070000`);
    },
    table: "raw.meter_days",
    identity: halfHours,
    shows: shownDay
  },
  {
    name: "fuel",
    feed: "fleet-fuel",
    fileName: file => `cards-${file}.E01`,
    decidedBy: "issue",
    write: (records, file) =>
      fuelFile(
        entries(records).map(([name, litres]) => ({
          id: `5000000${dayOf[name]}`,
          at: `2026-09-${dayOf[name]} 07:41:12`,
          registration: "QZ38FTS",
          product: "018",
          litres
        })),
        `${madeOn(file)} 02:00:00`
      ),
    table: "raw.fuel_transactions",
    identity: ["provider", "transaction_id"],
    shows: ["day(drawn_at)::varchar", "quantity"]
  },
  {
    name: "a tank",
    feed: "fleet-fuel",
    fileName: file => `tank-${file}.csv`,
    decidedBy: "receipt",
    write: records =>
      [
        "Tank,Date,Time,Type,Vehicle,Litres,Driver,Dip",
        ...entries(records).map(([name, litres]) => `WEST-${name},14/05/2026,06:15:00,DISPENSE,RCV7,${litres},,`),
        ""
      ].join("\r\n"),
    table: "raw.tank_movements",
    identity: ["provider", "tank", "moved_at", "movement", "product", "registration_pseudonym"],
    shows: ["tank", "litres"]
  },
  {
    name: "charging",
    feed: "ev-charging",
    fileName: json,
    decidedBy: "receipt",
    write: (records, file) => {
      const data = entries(records).map(([name, kwh]) => ({
        country_code: "GB",
        party_id: "QZX",
        id: name,
        start_date_time: "2026-05-14T18:01:00Z",
        end_date_time: "2026-05-14T20:31:00Z",
        currency: "GBP",
        total_cost: {incl_vat: 9},
        total_energy: kwh,
        last_updated: "2026-05-14T20:35:11Z"
      }));
      return JSON.stringify({data, status_code: 1000, timestamp: `${madeOn(file)}T00:00:00Z`});
    },
    table: "raw.charging_sessions",
    identity: ["provider", "session_id", "is_credit"],
    shows: ["session_id", "energy_kwh"]
  },
  {
    name: "distance",
    feed: "journeys",
    fileName: json,
    decidedBy: "receipt",
    write: records => {
      const data = entries(records).map(([id, distance]) => ({
        id,
        device: {id: "b77"},
        start: "2026-05-14T06:15:00.000Z",
        stop: "2026-05-14T07:00:00.000Z",
        distance
      }));
      return JSON.stringify({result: {data, toVersion: "000a"}, jsonrpc: "2.0"});
    },
    table: "raw.journeys",
    identity: ["provider", "journey_id", "registration_pseudonym"],
    shows: ["journey_id", "distance_km"]
  },
  {
    name: "facts of vehicles",
    feed: "vehicles",
    fileName: json,
    decidedBy: "receipt",
    write: records =>
      JSON.stringify(
        entries(records).map(([name, co2Emissions]) => ({
          registrationNumber: `QZ38FT${name}`,
          make: `MAKE ${name}`,
          fuelType: "DIESEL",
          co2Emissions
        }))
      ),
    table: "raw.vehicle_facts",
    identity: ["provider", "registration_pseudonym"],
    shows: ["make", "co2_g_per_km"]
  },
  {
    name: "reads of registers",
    feed: "register-reads",
    fileName: file => `reads-${file}.usr`,
    decidedBy: "issue",
    write: (records, file) => {
      const body = [
        `026|${mpan}|V|`,
        "028|K26Z00417|R|",
        ...entries(records).map(([name, value]) => `030|01|202609${dayOf[name]}120000|${value}.0|||T|N|`)
      ];
      const header = `ZHV|0000000077|D0010002|D|TEST|X|CNPY|2026100${file + 1}070000||||OPER|`;
      return [header, ...body, `ZPT|0000000077|${body.length}||1|20261010070000|`, ""].join("\r\n");
    },
    table: "raw.register_reads",
    identity: ["provider", "meter_key", "serial", "register", "read_at", "status"],
    shows: ["day(read_at)::varchar", "value"]
  },
  {
    name: "bills",
    feed: "utility-bills",
    fileName: file => `bills-${file}.edi`,
    decidedBy: "issue",
    write: (records, file) => {
      const bills = entries(records).map(([name, kwh]) => ({
        number: `INV-${name}`,
        charges: [{indicator: "2", text: "Single", location: mpan, cons: `${kwh}000:KWH`, from: "260601", to: "260630"}]
      }));
      return fileOfBills(bills).replace("260703:041500", `26100${file + 1}:041500`);
    },
    table: "raw.bills",
    identity: ["provider", "bill_id", "meter_key", "first_date", "last_date", "kind"],
    shows: ["bill_id", "quantity"]
  },
  {
    name: "observations",
    feed: "gas-quality",
    fileName: file => `values-${file}.csv`,
    decidedBy: "issue",
    write: (records, file) =>
      [
        "Applicable At,Applicable For,Data Item,Value,Generated Time,Quality Indicator",
        ...entries(records).map(
          ([name, tenths]) =>
            `24/09/2026 10:30:00,${dayOf[name]}/09/2026,"Calorific Value, LDZ(NW)",${35 + tenths / 100},0${file + 1}/10/2026 10:32:01,`
        ),
        ""
      ].join("\n"),
    table: "raw.observations",
    identity: ["series", "item", "area", "starts_at", "period", "status"],
    shows: ["day(starts_at)::varchar", "(value - 35) * 100"]
  }
];
