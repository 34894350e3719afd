import {z} from "zod";
import {FeedError} from "../../errors.ts";
import {isOnsCode} from "../national-statistics/table-observations.ts";
import {readJson} from "../text/json.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {bandsOf, type Certificate, certificatesLodged, lodgedRow} from "./counts.ts";

/** What was asked of a register: one authority and one month, or the part of it up to a day. */
export const askedSchema = z.strictObject({
  register: z.enum(["domestic", "non-domestic", "display"]),
  area: z.string().refine(isOnsCode),
  date_start: z.iso.date(),
  date_end: z.iso.date(),
  is_whole_month: z.boolean()
});

export type Asked = z.infer<typeof askedSchema>;

/** The two fields of a certificate that are kept of an answer. */
export const lodgedSchema = z.object({
  currentEnergyEfficiencyBand: z.string().nullable(),
  registrationDate: z.string()
});

const monthSchema = z.strictObject({energy_certificates: askedSchema, data: z.array(lodgedSchema)});

const pageSchema = z.object({
  data: z.array(lodgedSchema.extend({certificateNumber: z.string(), schemaType: z.string(), council: z.string()})),
  pagination: z.object({totalRecords: z.int(), totalPages: z.int()})
});

const isMonth = (head: string) => /^\s*\{\s*"energy_certificates"\s*:/.test(head);
const isPage = (head: string) =>
  /^\s*\{\s*"data"\s*:\s*\[/.test(head) && /"certificateNumber"\s*:/.test(head) && /"registrationDate"\s*:/.test(head);

/**
 * Answers to a search of the registers of energy certificates: a month of one authority as `epcApi` keeps it, or one page as it came. Certificates are
 * counted by band and month.
 *
 * A month as kept is known to be all there is, so a band without a certificate has a count of nought; a month not yet over is provisional. A page as it
 * came must be the only one, and be of homes: it says its council by name, and nothing of bands without a certificate.
 */
export const epcSearch = boroughFormat({
  name: "epc-register-search",
  description: "Energy certificates found by a search of the registers, counted by band and month lodged",
  evidence:
    "Fields and errors as the tests and the description of the register's own programs have them. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "mhclg",
  version: 1,
  isOf: ({head}) => isMonth(head) || isPage(head),
  parse: text => (isMonth(text) ? monthOf(read(text, monthSchema)) : pageOf(read(text, pageSchema)))
});

function monthOf({energy_certificates: asked, data}: z.infer<typeof monthSchema>) {
  const outside = data.findIndex(({registrationDate}) => {
    const day = registrationDate.slice(0, 10);
    return day < asked.date_start || day > asked.date_end;
  });
  if (outside !== -1)
    throw new FeedError(`record ${outside + 1}: lodged outside ${asked.date_start} to ${asked.date_end}`);
  const counted = certificatesLodged(
    data.map((lodged, index) => certificateOf(lodged, index, asked.register, asked.area))
  );
  const counts = new Map(counted.rows.map(row => [row.item, row]));
  const rows = bandsOf(asked.register).map(band => {
    const none = lodgedRow(1, asked.register, band, asked.area, asked.date_start.slice(0, 7));
    const row = counts.get(none.item) ?? {...none, value: "0"};
    return asked.is_whole_month ? row : ({...row, status: "provisional"} as const);
  });
  return {...counted, rows, records: rows.length + counted.rejected.length};
}

function pageOf({data, pagination}: z.infer<typeof pageSchema>) {
  if (pagination.totalPages !== 1 || pagination.totalRecords !== data.length)
    throw new FeedError(`a page of ${data.length} certificates of ${pagination.totalRecords}: a count needs them all`);
  const other = data.findIndex(({schemaType}) => !/^(Rd)?SAP-/i.test(schemaType));
  if (other !== -1)
    throw new FeedError(`record ${other + 1}: no certificate of a home, and of which register it is not said`);
  const once = new Map(data.map((lodged, index) => [lodged.certificateNumber, {lodged, index}]));
  const certificates = [...once.values()].map(({lodged, index}) =>
    certificateOf(lodged, index, "domestic", lodged.council)
  );
  const counted = certificatesLodged(certificates);
  const dropped = data.length - once.size;
  return {...counted, dropped, records: counted.records + dropped};
}

function certificateOf(
  {currentEnergyEfficiencyBand, registrationDate}: z.infer<typeof lodgedSchema>,
  index: number,
  register: Certificate["register"],
  area: string
): Certificate {
  return {line: index + 1, register, band: currentEnergyEfficiencyBand ?? "", lodged: registrationDate, area};
}

function read<T>(text: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(readJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new FeedError(`not an answer to a search of certificates: ${issue?.path.join(".")}: ${issue?.message}`);
}
