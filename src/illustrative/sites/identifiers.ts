const CHECK_PRIMES = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43] as const;
const ELEVEN = 11;
const TEN = 10;
/** Distributor 16 and a run of numbers that no supplier gave. */
const MPAN_START = "16002018";
const MPAN_NUMBER_DIGITS = 4;
const MPRN_START = "91000";
const MPRN_NUMBER_DIGITS = 5;

/** An invented MPAN of 13 digits, the last of which is its check digit. */
export function inventMpan(number: number): string {
  const digits = MPAN_START + String(number).padStart(MPAN_NUMBER_DIGITS, "0");
  const sum = CHECK_PRIMES.reduce((total, prime, index) => total + prime * Number(digits[index]), 0);
  return `${digits}${(sum % ELEVEN) % TEN}`;
}

/** An invented MPRN of ten digits. */
export function inventMprn(number: number): string {
  return MPRN_START + String(number).padStart(MPRN_NUMBER_DIGITS, "0");
}
