/** A page or XML: what it is, and what to do about it. None of it is read as a table. */
export interface Markup {
  readonly words: string;
  readonly next: string;
}

const saveIt = "open it in a spreadsheet program, save it as .xlsx or CSV and bring that";

/** Says what a file is whose text begins as a page or XML does; null where it does not. `text` is the first part of it. */
export function markupOf(text: string): Markup | null {
  const opening = text.replace(/^[\s\ufeff\u00ef\u00bb\u00bf]*/, "");
  const isPage =
    /^<(!doctype\s+html|html)/i.test(opening) || (/^<(\?xml|!doctype)/i.test(opening) && /<html/i.test(text));
  if (isPage)
    return /<table|<tr[\s>]/i.test(text)
      ? {words: "a web page with a table in it", next: saveIt}
      : {words: "a web page", next: "the download failed or needs signing in"};
  if (!/^<(\?xml|!doctype)/i.test(opening)) return null;
  if (/vnd\.oasis\.opendocument\.spreadsheet/.test(text))
    return {words: "an OpenDocument spreadsheet in one XML file", next: saveIt};
  if (/urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/.test(text))
    return {words: "an Excel workbook in one XML file", next: saveIt};
  return {words: "XML", next: "ask the sender for CSV or .xlsx"};
}
