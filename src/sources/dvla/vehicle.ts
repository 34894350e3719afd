import {foldRegistration} from "../../domain/pseudonym.ts";
import {FeedError} from "../../errors.ts";
import type {VehicleFacts} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {exactDecimal, isNegative} from "../text/decimal.ts";
import {exactJson, isObject, textOf} from "../text/json.ts";
import {oneOfEach, type Versioned} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";

/**
 * What the DVLA's vehicle enquiry service says of a vehicle: one answer, or a list of them. 0 g/km of carbon dioxide is believed of an electric vehicle only:
 * of others it is not known. An error in a list is rejected, the rest of the list read; an error alone is no file of vehicles. The line is the
 * answer's place in the list, from 1.
 */
export const dvlaVehicles: RecordFormat<"vehicle"> = {
  name: "dvla-vehicles",
  description: "DVLA vehicle enquiry service: make, fuel and emissions of vehicles",
  evidence: "The service's OpenAPI description, and an answer of its test environment.",
  confirmation: "confirmed",
  feed: "vehicles",
  kind: "vehicle",
  provider: "dvla",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*[[{]/.test(head) &&
    /"registrationNumber"\s*:/.test(head) &&
    /"(make|fuelType|taxStatus|motStatus|wheelplan|yearOfManufacture|errors)"\s*:/.test(head),
  parse: text => {
    const answers = answersIn(exactJson(text));
    const read = answers.map((answer, index) => vehicleOf(answer, index + 1));
    const {rows, rejected, dropped} = oneOfEach(read.filter(one => "row" in one));
    const broken = read.filter(one => "rule" in one);
    const repeated = rejected.map(({line, rule}) => ({line, rule, value: ""}));
    return {rows, rejected: [...broken, ...repeated], dropped, records: answers.length, issued: null};
  }
};

/** @throws FeedError where the whole answer is an error, of the service or of what stands before it. */
function answersIn(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (isObject(body) && textOf(body.registrationNumber) !== null && body.errors === undefined) return [body];
  const code = isObject(body) ? errorCode(body) : null;
  throw new FeedError(`an answer of the DVLA that is no vehicle: ${code ?? "no registration number"}`);
}

function errorCode(answer: Readonly<Record<string, unknown>>): string | null {
  const [first] = Array.isArray(answer.errors) ? (answer.errors as unknown[]) : [];
  if (isObject(first)) return shown(textOf(first.code) ?? textOf(first.status) ?? "an error");
  return answer.message === undefined ? null : "an error";
}

function vehicleOf(answer: unknown, line: number): Versioned<VehicleFacts> | RejectedRecord {
  const broken = (rule: string, value: string | null) => ({line, rule, value: shown(value ?? "")});
  if (!isObject(answer)) return broken("an answer is a JSON object", null);
  const error = errorCode(answer);
  if (error !== null) return broken("the DVLA answers with a vehicle, not an error", error);
  const registration = foldRegistration(textOf(answer.registrationNumber) ?? "");
  if (registration === "") return broken("an answer has a registration number", null);
  const fuel = textOf(answer.fuelType);
  const said = textOf(answer.co2Emissions);
  const co2 = exactDecimal(said ?? "");
  if (said !== null && (co2 === null || isNegative(co2))) return broken("the emissions are a number of g/km", said);
  const year = textOf(answer.yearOfManufacture);
  if (year !== null && !/^(18|19|20)\d\d$/.test(year)) return broken("the year of manufacture is a year", year);
  const isElectric = /^ELECTRIC(ITY)?$/i.test(fuel ?? "");
  const row: VehicleFacts = {
    line,
    registration,
    make: textOf(answer.make),
    fuel,
    co2_g_per_km: co2 === "0" && !isElectric ? null : co2,
    made_in_year: year === null ? null : Number(year),
    euro_status: textOf(answer.euroStatus)
  };
  return {row, key: registration, version: null};
}
