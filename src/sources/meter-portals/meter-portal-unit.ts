/** A cubic metre, and what becomes of its superscript where a file is read in another encoding than it was written in. */
const cubicMetre = /^m(³|3|Â³|\^3|\ufffd{1,2}|\?{1,2})$/i;

/**
 * The unit of a row of Meter Portal, whose meters of water and gas are in m3 and of electricity in kWh; null where the unit is another, or is not that
 * of such a meter.
 */
export function meterPortalUnit(meterType: string, unit: string): "kWh" | "m3" | null {
  if (!isMeterPortalType(meterType)) return null;
  if (meterType.toLowerCase() === "electricity") return unit.toLowerCase() === "kwh" ? "kWh" : null;
  return cubicMetre.test(unit) ? "m3" : null;
}

/** Whether the portal has such meters. */
export function isMeterPortalType(meterType: string): boolean {
  return ["water", "gas", "electricity"].includes(meterType.toLowerCase());
}
