import {type Finding, findings} from "../models/marts/findings.ts";
import {readMart} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";

/** Every finding, in the order of the list. */
export const readFindings = (connection: Connection): Promise<Finding[]> =>
  readMart(
    connection,
    findings,
    "order by gbp_a_year desc nulls last, t_co2e_a_year desc nulls last, t_co2e_missing desc nulls last, due_on, finding_id"
  );
