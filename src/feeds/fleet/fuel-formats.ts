import {type FuelFile, isKeyfuels, parseKeyfuels} from "./keyfuels.ts";

/** A fuel card provider's file: how it is known, and what it says. */
export interface FuelFormat {
  readonly name: string;
  readonly description: string;
  /** How what its fields mean is known. */
  readonly evidence: string;
  /** The provider, whose transaction numbers and product codes are its own. */
  readonly provider: string;
  /** Counted up when the same bytes are read otherwise than before. */
  readonly version: number;
  readonly isOf: (firstLine: string) => boolean;
  readonly parse: (text: string) => FuelFile;
}

/** Every fuel file format, by name. */
export const fuelFormats: ReadonlyMap<string, FuelFormat> = new Map(
  [
    {
      name: "keyfuels-e01",
      description:
        "Keyfuels E01: a record for each drawing, credits with their own signs, and a control record that must agree",
      evidence:
        "Field positions as a public importer of a fuel-card reseller reads them; the quoted dress and what type 8 means are unconfirmed: needs a real file.",
      provider: "keyfuels",
      version: 1,
      isOf: isKeyfuels,
      parse: parseKeyfuels
    }
  ].map(format => [format.name, format])
);
