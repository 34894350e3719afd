import {addMonths, type IsoDate} from "../calendar.ts";
import {MOST_BEGIN_ON} from "../estate.ts";
import {FLEET_GROUPS, type FleetGroup, type Fuel} from "./groups.ts";

/** A vehicle or machine of the council. Its registration has a form that no real plate has. */
export interface Vehicle {
  /** Fleet number, `F001`. */
  readonly vehicleId: string;
  readonly number: number;
  readonly registration: string;
  readonly kind: string;
  readonly service: string;
  readonly fuel: Fuel;
  readonly from: IsoDate;
  /** Its last day, if it has gone. */
  readonly to: IsoDate | null;
  readonly group: FleetGroup;
}

const NUMBER_DIGITS = 3;
const REGISTRATION_START = "QZ";
/** No vowels, so that no word is spelt. */
const LETTERS = "BCDFGHJKLMNPRSTVWX";
const LETTER_STEP = 1237;
const DIGIT_STEP = 37;
const TWO_DIGITS = 99;

export const VEHICLES: readonly Vehicle[] = FLEET_GROUPS.flatMap(group =>
  Array.from({length: group.count}, (_, index) => ({group, index}))
).map(({group, index}, place) => {
  const number = place + 1;
  return {
    vehicleId: `F${String(number).padStart(NUMBER_DIGITS, "0")}`,
    number,
    registration: registrationOf(number),
    kind: group.kind,
    service: group.service,
    fuel: group.fuel,
    from: firstDay(group, index),
    to: group.to ?? null,
    group
  };
});

/** Groups that come by and by are spread over the months that follow their first day. */
function firstDay({from = MOST_BEGIN_ON, monthsBetween = 0}: FleetGroup, index: number): IsoDate {
  return `${addMonths(from.slice(0, "YYYY-MM".length), index * monthsBetween)}-01`;
}

function registrationOf(number: number): string {
  const digits = String(((number * DIGIT_STEP) % TWO_DIGITS) + 1).padStart(2, "0");
  const [one, two, three] = [0, 1, 2].map(power =>
    letterOf(Math.floor((number * LETTER_STEP) / LETTERS.length ** power))
  );
  return `${REGISTRATION_START}${digits}${three}${two}${one}`;
}

function letterOf(number: number): string {
  return LETTERS[number % LETTERS.length] ?? "";
}
