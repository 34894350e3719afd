/** What invented rows are made with: the same on every machine and every day. */

export const dayMs = 86_400_000;

/** Numbers from 0 to 1 that look like chance and always come in the same order (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function utc(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

export function daysFrom(first: string, count: number): Date[] {
  return Array.from({length: count}, (_, i) => new Date(utc(first).getTime() + i * dayMs));
}

export const townHall = {site_id: "town-hall", site_name: "Town Hall", energy: "electricity"} as const;
