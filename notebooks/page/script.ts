import {showDays} from "./days.ts";
import {findRows} from "./find.ts";

/** What a page can do beyond being read. Without this it says the same: every building is listed, every month stands in its table. */
findRows();
showDays();
