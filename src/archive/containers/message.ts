import PostalMime, {type Attachment, type Email} from "postal-mime";
import {FeedError, messageOf} from "../../errors.ts";
import {type Budget, mostMessageBytes} from "./limits.ts";
import {wholeMessage} from "./mime.ts";
import {distinctNames, safeName} from "./names.ts";

/** One file that came with a message. */
export interface Attached {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The files that came with an e-mail message: attachments and messages within it, not its words, its signatures or the pictures shown among them.
 * Throws `FeedError` where there are none, saying so where the words hold a link instead, and where the message is damaged.
 */
export async function readMessage(bytes: Buffer, budget: Budget): Promise<Attached[]> {
  if (bytes.length > mostMessageBytes) throw new FeedError(`a message of more than ${mostMessageBytes >> 20} MB`);
  const email = await parsed(Buffer.from(wholeMessage(bytes.toString("latin1")), "latin1"));
  const attachments = email.attachments.filter(isFile);
  if (attachments.length === 0) throw new FeedError(reasonForNone(email));
  const names = attachments.map((attachment, index) => nameOf(attachment, index + 1));
  const attached = distinctNames(names).map((name, index) => ({name, bytes: bytesOf(attachments[index])}));
  budget.spend({entries: attached.length, bytes: attached.reduce((sum, file) => sum + file.bytes.length, 0)});
  return attached;
}

async function parsed(bytes: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, {forceRfc822Attachments: true, maxNestingDepth: 20});
  } catch (error) {
    throw new FeedError(`the message cannot be read: ${messageOf(error)}`, {cause: error});
  }
}

const notData = /^(application\/(pgp-signature|(x-)?pkcs7-signature)|text\/(x-)?vcard|text\/html)$/;

/** A picture belongs to the words where they show it, by its place or its identifier. */
function isFile({mimeType, disposition, related, contentId}: Attachment): boolean {
  const isShown = disposition === "inline" || related === true || (contentId ?? "") !== "";
  if (mimeType.startsWith("image/")) return !isShown;
  return disposition === "attachment" || !notData.test(mimeType);
}

function nameOf({filename, mimeType}: Attachment, number: number): string {
  const unnamed = mimeType === "message/rfc822" ? `message ${number}.eml` : `attachment ${number}`;
  const name = safeName(filename) ?? unnamed;
  return mimeType === "message/rfc822" && !/\.eml$/i.test(name) ? `${name}.eml` : name;
}

function bytesOf(attachment: Attachment | undefined): Buffer {
  const content = attachment?.content ?? "";
  return typeof content === "string" ? Buffer.from(content) : Buffer.from(content as Uint8Array);
}

/** The host of a link is named and nothing more of it: the rest may be a key to the file. The sender's own is the likeliest to hold it. */
function reasonForNone({text = "", html = "", from}: Email): string {
  const hosts = [...`${text}\n${html}`.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map(([, host = ""]) =>
    host.toLowerCase()
  );
  const own = hosts.find(host => isOf(host, from?.address ?? ""));
  const host = own ?? hosts.find(each => !isFurniture(each));
  if (host === undefined) return "the message has no attachment";
  return `the message holds a link, not the file: download it from ${host} and bring that`;
}

/** Whether a host is of the domain that an address is of: files.supplier.co.uk of reports@mail.supplier.co.uk. */
function isOf(host: string, address: string): boolean {
  const parts = (address.split("@")[1] ?? "").toLowerCase().split(".");
  const known = parts.slice(/^(co|org|gov|ac|com|net)$/.test(parts.at(-2) ?? "") ? -3 : -2).join(".");
  return known.includes(".") && (host === known || host.endsWith(`.${known}`));
}

/** Hosts of what a message is written in and shows: standards, typefaces, social media. */
const isFurniture = (host: string) =>
  /(^|\.)(w3\.org|schemas\.[\w.-]+|openxmlformats\.org|googleapis\.com|gstatic\.com|facebook\.com|twitter\.com|x\.com|linkedin\.com|instagram\.com|youtube\.com)$/.test(
    host
  );
