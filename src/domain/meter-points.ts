/** A meter identifier as canopy keeps it (digits, or `name:…` for files that only name the site), or why it is none. */
export type MeterKey = {readonly key: string} | {readonly problem: string};

/** How a supplier file names its meters. */
export type IdentifierKind = "mpan" | "mprn" | "mpxn" | "spid" | "name";

const checkDigitPrimes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43] as const;

/** Whether 13 digits end in the check digit of an MPAN core: primes over the first twelve, sum mod 11 mod 10. */
export function hasMpanCheckDigit(core: string): boolean {
  if (!/^\d{13}$/.test(core)) return false;
  const sum = checkDigitPrimes.reduce((total, prime, index) => total + prime * Number(core[index]), 0);
  return (sum % 11) % 10 === Number(core[12]);
}

/**
 * The 13-digit MPAN core in what a file says: spaces of any kind are dropped, a profile class or full top line before the core is cut.
 * A number that a spreadsheet turned into an exponent has lost digits and is refused.
 */
export function parseMpan(text: string): MeterKey {
  const compact = text.replace(/[\s\u00a0]/g, "");
  if (compact === "") return {problem: "no MPAN"};
  if (/^\d(\.\d+)?e\+?\d+$/i.test(compact)) return {problem: "an MPAN that a spreadsheet has rounded"};
  if (!/^\d+$/.test(compact)) return {problem: "an MPAN is 13 digits"};
  if (compact.length < 13 || compact.length > 21) return {problem: `an MPAN is 13 digits, not ${compact.length}`};
  const core = compact.slice(-13);
  if (core.startsWith("0")) return {problem: "an MPAN does not begin with 0"};
  return hasMpanCheckDigit(core) ? {key: core} : {problem: "the check digit of the MPAN does not fit"};
}

/** The MPRN in what a file says: 6 to 10 digits, spaces dropped. It has no usable check digit. */
export function parseMprn(text: string): MeterKey {
  const compact = text.replace(/[\s\u00a0]/g, "");
  if (compact === "") return {problem: "no MPRN"};
  if (/^\d(\.\d+)?e\+?\d+$/i.test(compact)) return {problem: "an MPRN that a spreadsheet has rounded"};
  return /^\d{6,10}$/.test(compact) ? {key: compact} : {problem: "an MPRN is 6 to 10 digits"};
}

/** A site name standing for its meter, trimmed, runs of space made one: `name:Ancient Hall`. Case is kept. */
export function parseName(text: string): MeterKey {
  const name = text.replace(/[\s\u00a0]+/g, " ").trim();
  return name === "" ? {problem: "no site name"} : {key: `name:${name}`};
}

/** Whether a name is a SPID: of a water supply (W) or a sewerage service (S). */
export const isSpid = (name: string): boolean => /^\d{10}[WS]\d{2}$/i.test(name);

/** The SPID of a water supply in what a file says: ten digits, W or S, two digits. */
export function parseSpid(text: string): MeterKey {
  const compact = text.replace(/[\s\u00a0]/g, "").toUpperCase();
  return isSpid(compact) ? {key: compact} : {problem: "a SPID is 10 digits, W or S, and 2 digits"};
}

/** An MPAN, MPRN or SPID, where one column holds meters of several kinds. What is long enough to be an MPAN must be one. */
export function parseMpxn(text: string): MeterKey {
  const compact = text.replace(/[\s\u00a0]/g, "");
  if (isSpid(compact)) return parseSpid(compact);
  return /^\d{6,10}$/.test(compact) ? parseMprn(compact) : parseMpan(compact);
}

const parsers: Record<IdentifierKind, (text: string) => MeterKey> = {
  mpan: parseMpan,
  mprn: parseMprn,
  mpxn: parseMpxn,
  spid: parseSpid,
  name: parseName
};

/** Reads one identifier in the way its layout declares. */
export function parseMeterKey(kind: IdentifierKind, text: string | null): MeterKey {
  return parsers[kind](text ?? "");
}
