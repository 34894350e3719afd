import {FeedError} from "../../errors.ts";

/** The headers of one part of a message that say how its body is to be read. */
interface PartHead {
  readonly type: string;
  readonly boundary: string | null;
  readonly isBase64: boolean;
  /** Text with a file name that is not said to be an attachment. */
  readonly isNamedText: boolean;
}

/**
 * A message as it came, with each text that has a file name said to be an attachment, which is what it is. Throws `FeedError` where the message
 * is cut off before its last boundary or an attachment's Base64 is broken: the e-mail library reads both as if nothing were missing. After RFC 2045
 * and 2046; the message is text of one byte a character.
 */
export function wholeMessage(message: string): string {
  const lines = message.split("\n");
  const open: string[] = [];
  const out: string[] = [];
  let head: string[] | null = [];
  let encoded: string[] | null = null;
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\r$/, "");
    const delimiter = delimiterOf(line, open);
    if (delimiter) {
      checkBase64(encoded);
      encoded = null;
      open.length = delimiter.isEnd ? delimiter.depth : delimiter.depth + 1;
      head = delimiter.isEnd ? null : [];
    } else if (head !== null && line !== "") head.push(raw);
    else if (head !== null) {
      const part = headOf(head);
      if (part.boundary !== null) open.push(part.boundary);
      encoded = part.isBase64 ? [] : null;
      out.push(...(part.isNamedText ? asAttachment(head) : head));
      head = null;
    } else encoded?.push(line);
    if (head === null || delimiter) out.push(raw);
    if (index === lines.length - 1 && head !== null) out.push(...head);
  }
  checkBase64(encoded);
  if (open.length > 0) throw new FeedError("the e-mail is not complete: ask for it again");
  return out.join("\n");
}

/** Whether a line ends a part: of the innermost multipart that has this boundary. */
function delimiterOf(line: string, open: readonly string[]): {depth: number; isEnd: boolean} | null {
  if (!line.startsWith("--")) return null;
  const text = line.slice(2).trimEnd();
  for (let depth = open.length - 1; depth >= 0; depth -= 1) {
    if (text === open[depth]) return {depth, isEnd: false};
    if (text === `${open[depth]}--`) return {depth, isEnd: true};
  }
  return null;
}

function headOf(lines: readonly string[]): PartHead {
  const text = lines
    .map(line => line.replace(/\r$/, ""))
    .join("\n")
    .replaceAll(/\n(?=[ \t])/g, "");
  const header = (name: string) => new RegExp(`^${name}[ \\t]*:(.*)$`, "im").exec(text)?.[1]?.trim() ?? "";
  const [contentType, disposition] = [header("content-type"), header("content-disposition")];
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0]?.toLowerCase() ?? "text/plain";
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(contentType);
  const isMultipart = type.startsWith("multipart/");
  if (isMultipart && boundary === null) throw new FeedError("the message is damaged: its parts have no boundary");
  const isNamed = /;\s*name\*?[\d*]*\s*=/i.test(contentType) || /;\s*filename\*?[\d*]*\s*=/i.test(disposition);
  return {
    type,
    boundary: isMultipart ? (boundary?.[1] ?? boundary?.[2] ?? "") : null,
    isBase64: !isMultipart && /^base64\b/i.test(header("content-transfer-encoding")),
    isNamedText: type === "text/plain" && isNamed && !/^attachment\b/i.test(disposition)
  };
}

function asAttachment(lines: readonly string[]): string[] {
  const isDisposition = (line: string) => /^content-disposition[ \t]*:/i.test(line);
  if (!lines.some(isDisposition)) return ["Content-Disposition: attachment\r", ...lines];
  return lines.map(line => (isDisposition(line) ? line.replace(/^([^:]*:\s*)[\w-]+/, "$1attachment") : line));
}

/** Each run of Base64 is whole fours of its letters, padded at the end. Some mailers pad every line. */
function checkBase64(lines: readonly string[] | null): void {
  if (lines === null) return;
  let open = 0;
  for (const line of lines) {
    const letters = line.trim();
    if (!/^(?:[A-Za-z0-9+/]+={0,2})?$/.test(letters))
      throw new FeedError("an attachment is damaged: its Base64 is broken");
    open = (open + letters.length) % 4;
    if (letters.endsWith("=") && open !== 0) throw new FeedError("an attachment is damaged: its Base64 is broken");
  }
  if (open !== 0) throw new FeedError("an attachment is not complete: ask for it again");
}
