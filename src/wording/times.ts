import {plain} from "./numbers.ts";

/** How long something took: `340 ms`, `34 s`, `2 min 5 s`, `1 h 12 min`. */
export function tookText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 1000) return `${plain(Math.max(0, Math.round(milliseconds)))} ms`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
