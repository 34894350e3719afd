/** The gases a factor is published for; each is already in kg CO2e of that gas, at the set's own global warming potentials. */
export type Gas = "co2e" | "co2" | "ch4" | "n2o";

/** Scope 1, 2 or 3, or outside of scopes: biogenic CO2, which no total may hold. */
export type FactorScope = "1" | "2" | "3" | "outside";

/** What a row's unit of measurement says it is: a gas, energy (kWh per distance: no emission), or nothing known. */
export type RowKind = Gas | "energy" | "unknown";

/** A label as it is compared: no stray backticks, no subscripts, single spaces, lower case. */
export function plainLabel(label: string): string {
  return label.replaceAll("`", "").replaceAll("₂", "2").replaceAll("₄", "4").replace(/\s+/g, " ").trim().toLowerCase();
}

/**
 * Reads the unit of a factor: `kg CO2e`; a part as sets up to 2022 write it (`kg CO2`, which is kg CO2e all the same) or as later ones do
 * (`kg CO2e of CO2 per unit`); or `kWh`, `kWh (Net CV)`, `kWh (net)`. A label lost to a stray key is energy on the sheets that hold nothing else.
 */
export function kindOfRow(label: string, level1: string): RowKind {
  const plain = plainLabel(label);
  const gas =
    /^(?:total )?kg (co2e|co2|ch4|n2o)(?: per unit)?$/.exec(plain) ?? /^kg co2e of (co2|ch4|n2o) per unit$/.exec(plain);
  if (gas?.[1] !== undefined) return gas[1] as Gas;
  if (/^kwh( \((net|gross)( cv)?\))?$/.test(plain)) return "energy";
  return plain === "" && /^secr kwh /i.test(level1) ? "energy" : "unknown";
}

/** Reads `Scope 1`, `Scope 2`, `Scope 3` and `Outside of Scopes`; anything else is null. */
export function scopeOf(label: string): FactorScope | null {
  const plain = plainLabel(label);
  if (plain === "outside of scopes") return "outside";
  return (/^scope ([123])$/.exec(plain)?.[1] as FactorScope | undefined) ?? null;
}
