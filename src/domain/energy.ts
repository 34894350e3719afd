import {z} from "zod";

/** What is measured at a meter point. */
export const energy = z.enum(["electricity", "gas"]);
