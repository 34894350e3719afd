import {FeedError} from "../../errors.ts";
import type {RecordFormat} from "../record-format.ts";
import {firstLineOf} from "../text/file-start.ts";

/** Gateway, meter, time, telegram number and the telegram in hexadecimal, perhaps broken by spaces. */
const telegramLine = /^\d{8,10};\d{8};\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2};\d+;[\da-f][\da-f\s]{19,}$/i;

/**
 * Elvaco's installation report (2001): M-Bus telegrams as the meters sent them, in hexadecimal. It is known so that it can be refused with words: what a
 * telegram's numbers measure differs by make of meter, and the gateway writes them out itself in its value reports.
 */
export const elvacoTelegrams: RecordFormat<"read"> = {
  name: "elvaco-telegrams",
  description: "Elvaco report 2001: raw M-Bus telegrams, which canopy does not decode",
  evidence: "Columns are as the maker's description of report 2001 lists them. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "register-reads",
  kind: "read",
  provider: "Elvaco",
  version: 1,
  isOf: start => telegramLine.test(firstLineOf(start).trim()),
  parse: () => {
    throw new FeedError(
      "raw M-Bus telegrams (the gateway's installation report, 2001), which are not decoded: ask whoever runs the gateway to send a value report instead, with meter, time, energy and its unit, and error bits"
    );
  }
};
