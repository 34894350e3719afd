import type {Layout} from "../layout.ts";
import {isReactive, quantityCode, reactiveWords} from "../quantity-outside.ts";
import type {Guess} from "./guess.ts";
import type {NoDraft, Table} from "./table.ts";

type QuantityAbove = Guess<Layout["channel"]> & {readonly outside: Layout["outside"]};

/** The quantity that lines above a table name for all of it; a table of reactive energy alone is none to draft. Null where they name none. */
export function quantityAbove({preamble, names}: Table, fileName: string): QuantityAbove | NoDraft | null {
  const coded = quantityCode(preamble);
  if (coded !== null) {
    const {key, code} = coded;
    return {
      part: {column: "Quantity", means: {AI: "import", AE: "export", RI: "drop", RE: "drop"}},
      outside: [{name: "Quantity", in: "lines above", matches: `^"?${key}"?\\s*[,:;]\\s*"?(\\w+)`}],
      found: `by "${key}" above the table: AI is import, AE is export, RI and RE are reactive and skipped; here it is ${code}`,
      undecided: []
    };
  }
  const said = reactiveWords(preamble, names, fileName);
  return said === null ? null : {reason: isReactive(said)};
}
