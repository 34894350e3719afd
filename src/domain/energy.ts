import {z} from "zod";

/** What is measured at a meter point. */
export const energy = z.enum(["electricity", "gas"]);

/** Which of two a figure of a site speaks of: use is import and own generation used on site together; import where that own use is not known. */
export const quantity = z.enum(["use", "import"]);
export type Quantity = z.infer<typeof quantity>;
