import type {Quantity} from "../domain/energy.ts";

/** What a figure of a site's energy is of. */
interface Measured {
  readonly energy: string;
  readonly quantity: Quantity;
}

/** What a site does with energy, and did. */
export const doesQuantity: Record<Quantity, string> = {use: "uses", import: "imports"};
export const didQuantity: Record<Quantity, string> = {use: "used", import: "imported"};

/** `electricity use`, or `electricity import`. */
export function quantityOf({energy, quantity}: Measured): string {
  return `${energy} ${quantity}`;
}

/** Why it is not use; nothing where it is. */
export function whyImport({quantity}: Measured): string {
  return quantity === "import" ? " (own solar use is not metered)" : "";
}
