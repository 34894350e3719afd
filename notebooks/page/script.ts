import {showDays} from "./days.ts";
import {findBuildings} from "./find.ts";

/** What a page can do beyond being read. Without this it says the same: every building is listed, every month stands in its table. */
findBuildings();
showDays();
