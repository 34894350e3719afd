import type {Manifest} from "../frozen/manifest.ts";

/** What is wrong with one file of an edition. */
export interface Fault {
  readonly file: string;
  readonly what: string;
}

export interface VerifiedEdition {
  /** The sha-256 of the manifest; null where there is none. */
  readonly checkValue: string | null;
  /** As it stands in the folder: its shape beyond what was checked is not certain. */
  readonly manifest: Manifest | null;
  readonly asMade: number;
  readonly isWithMarts: boolean;
  readonly faults: readonly Fault[];
}

export function verifyEdition(folder: string, expect?: string | null): Promise<VerifiedEdition>;
export function report(verified: VerifiedEdition, expect?: string | null): {lines: string[]; code: 0 | 1};
