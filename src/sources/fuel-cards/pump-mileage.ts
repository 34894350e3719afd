/** What is typed at a pump by a driver who does not know or is in a hurry. */
const noMileages = [0, 1, 999_999, 9_999_999];

/** A mileage as typed at a pump; null where it is blank, no whole number of seven digits or fewer, or one that stands for none. */
export function mileageAtPump(text: string): number | null {
  const mileage = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return noMileages.includes(mileage) ? null : mileage;
}
