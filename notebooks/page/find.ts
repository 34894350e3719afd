import {several} from "../../src/wording/numbers.ts";
import {keepState, readState} from "./address.ts";

/** Letters as they are compared: without case, accents or hyphens. */
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ");

/** Narrows the table that the box names to the rows that have every word in their first two cells, says how many they are, and goes to the only one on Enter. */
export function findRows(): void {
  const [box, input, found] = ["find", "find", "found"].map((id, i) =>
    i === 0 ? document.querySelector<HTMLElement>(`.${id}`) : document.getElementById(id)
  );
  if (!box || !(input instanceof HTMLInputElement) || !found) return;
  const {thing = "building"} = box.dataset;
  const table = `#${input.getAttribute("aria-controls")} tbody tr`;
  const rows = [...document.querySelectorAll<HTMLTableRowElement>(table)].map(row => ({
    row,
    text: plain([row.cells[0], row.cells[1]].map(cell => cell?.textContent ?? "").join(" "))
  }));
  const narrow = () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    const shown = rows.filter(({text}) => words.every(word => text.includes(word)));
    for (const each of rows) each.row.hidden = !shown.includes(each);
    const all = several(rows.length, thing);
    found.textContent =
      words.length === 0
        ? all
        : shown.length === 0
          ? `No ${thing} has that in its name; there are ${all}`
          : `${shown.length} of ${all}`;
    return shown;
  };
  const read = () => {
    const asked = readState("find");
    if (asked === null) return;
    input.value = asked;
    narrow();
  };
  input.addEventListener("input", () => {
    narrow();
    keepState("find", input.value.trim() === "" ? null : input.value);
  });
  input.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    const [only, ...others] = narrow();
    if (only && others.length === 0) only.row.querySelector("a")?.click();
  });
  addEventListener("hashchange", read);
  box.hidden = false;
  read();
}
