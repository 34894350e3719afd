import {type Packed, zipFile} from "./zip-file.ts";

/** An xlsx workbook to be written as XML, with whatever it is not to hold. */
export interface Book {
  /** The rows of each sheet as XML, by its name. */
  readonly sheets: Readonly<Record<string, string>>;
  /** Attributes of a sheet in the list, by its name. */
  readonly states?: Readonly<Record<string, string>>;
  readonly strings?: string;
  readonly styles?: string;
  readonly is1904?: boolean;
  readonly prolog?: string;
  /** What stands before the rows, `<dimension>` for one. */
  readonly before?: string;
  readonly bookType?: string;
  readonly others?: readonly Packed[];
}

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The number formats that tests use, from style 0: General, `dd/mm/yyyy`, `dd/mm/yyyy hh:mm`, `hh:mm`, `[h]:mm`, `0%`, `mmm-yy`, `#,##0.00`. */
export const formats = ["General", "dd/mm/yyyy", "dd/mm/yyyy\\ hh:mm", "hh:mm", "[h]:mm", "0%", "mmm\\-yy", "#,##0.00"];

const styles = `<styleSheet xmlns="${main}"><numFmts>${formats
  .map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`)
  .join(
    ""
  )}</numFmts><cellXfs>${formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`).join("")}</cellXfs></styleSheet>`;

/** The entries of the archive that an xlsx workbook is. */
export function xlsxEntries(book: Book): Packed[] {
  const names = Object.keys(book.sheets);
  const list = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 1}" ${book.states?.[name] ?? ""} r:id="rId${at + 1}"/>`
  );
  const links = names.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`
  );
  const type = book.bookType ?? `${sheetType}.sheet.main+xml`;
  return [
    {
      name: "[Content_Types].xml",
      data: `<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`
    },
    {
      name: "xl/workbook.xml",
      data: `<workbook xmlns="${main}" xmlns:r="${office}">${book.is1904 ? '<workbookPr date1904="1"/>' : ""}<sheets>${list.join("")}</sheets></workbook>`
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `<Relationships>${links.join("")}<Relationship Id="a" Type="${office}/styles" Target="styles.xml"/><Relationship Id="b" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`
    },
    {name: "xl/styles.xml", data: book.styles ?? styles},
    {name: "xl/sharedStrings.xml", data: `<sst xmlns="${main}">${book.strings ?? ""}</sst>`},
    ...names.map((name, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: `${book.prolog ?? ""}<worksheet xmlns="${main}">${book.before ?? ""}<sheetData>${book.sheets[name]}</sheetData></worksheet>`
    })),
    ...(book.others ?? [])
  ];
}

export const xlsxFile = (book: Book) => zipFile(xlsxEntries(book));

/** A row of cells, each given as the XML between its tags and its attributes: `n("1.5")`, `text("A")`. */
export const row = (number: number, ...cells: readonly string[]) =>
  `<row r="${number}">${cells.map((cell, at) => cell.replace("<c", `<c r="${String.fromCharCode(65 + at)}${number}"`)).join("")}</row>`;

export const n = (value: string | number, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
export const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
export const shared = (index: number) => `<c t="s"><v>${index}</v></c>`;
