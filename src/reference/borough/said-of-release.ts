import type {BoroughRelease} from "./borough-emissions.ts";

/**
 * What stands beside every figure of the borough's emissions: what is measured, its gases, the years the figure shows, its release,
 * and that it is not the measure of the target.
 */
export function saidOfRelease({name, gases, release, published}: BoroughRelease, years: readonly number[]): string {
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const shown = first === last ? `${first}` : `${first} to ${last}`;
  const date = published === null ? "" : `, published ${published}`;
  return `${name} (${gases.replaceAll(" ", ", ")}), ${shown}, release ${release}${date}; not the measure of the target`;
}
