import {z} from "zod";

/** The energies that are added up: use in kWh, emissions, ratings. */
export const energy = z.enum(["electricity", "gas"]);

/** What flows as power, kW, and is judged by it: an energy that is added up, or heat. */
export const energyOrHeat = z.enum(["electricity", "gas", "heat"]);

/** What is measured at a meter point: an energy that is added up, or water (m³) or heat (kWh of heat), which are quantities of their own. */
export const metered = z.enum(["electricity", "gas", "water", "heat"]);

/** Which of two a figure of a site speaks of: use is import and own generation used on site together; import where that own use is not known. */
export const quantity = z.enum(["use", "import"]);
export type Quantity = z.infer<typeof quantity>;
