import type {AddressInfo} from "node:net";
import {text} from "node:stream/consumers";
import {SMTPServer} from "smtp-server";

/** A message as the server took it. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came over the wire. */
  readonly source: string;
  /** Lines of the body, decoded. */
  readonly body: string;
  readonly headers: ReadonlyMap<string, string>;
}

export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
  /** Name and password of each login that was tried. */
  readonly logins: string[];
  /** What the next messages are answered with; null where they are taken. */
  refusal: string | null;
  readonly close: () => Promise<void>;
}

/** What a server is like: whom it lets in (anybody where null), and whether it speaks TLS from the first byte. */
export interface MailServerOptions {
  readonly login?: {readonly user: string; readonly password: string};
  readonly tls?: {readonly key: string; readonly cert: string};
}

/** Starts a real mail server on this computer that keeps what it takes. Without a certificate it offers no encryption. */
export async function startMailServer({login, tls}: MailServerOptions = {}): Promise<MailServer> {
  const mails: Mail[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    logger: false,
    secure: tls !== undefined,
    ...(tls ?? {}),
    disabledCommands: [...(tls === undefined ? ["STARTTLS"] : []), ...(login === undefined ? ["AUTH"] : [])],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    onAuth({username = "", password = ""}, _session, done) {
      logins.push(`${username}:${password}`);
      if (username === login?.user && password === login?.password) return done(null, {user: username});
      // A server that says again what it was told.
      return done(new Error(`Invalid login ${username} ${password}`));
    },
    async onData(stream, {envelope}, done) {
      const source = await text(stream);
      if (world.refusal !== null) return done(Object.assign(new Error(world.refusal), {responseCode: 451}));
      const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
      mails.push({from, to: envelope.rcptTo.map(({address}) => address), source, ...readMail(source)});
      return done();
    }
  });
  server.on("error", () => {});
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const world: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    logins,
    refusal: null,
    close: () => new Promise(resolve => server.close(resolve))
  };
  return world;
}

function readMail(source: string): Pick<Mail, "headers" | "body"> {
  const at = source.indexOf("\r\n\r\n");
  const head = source.slice(0, at).replaceAll(/\r\n[ \t]+/g, " ");
  const headers = new Map(
    head
      .split("\r\n")
      .map(line => [line.slice(0, line.indexOf(":")).toLowerCase(), decodedHeader(line.slice(line.indexOf(":") + 2))])
  );
  const raw = source.slice(at + 4);
  const body = {
    "quoted-printable": () => quotedPrintable(raw),
    base64: () => Buffer.from(raw, "base64").toString("utf8")
  }[headers.get("content-transfer-encoding") ?? ""];
  return {headers, body: (body?.() ?? raw).replaceAll("\r\n", "\n").trimEnd()};
}

const quotedPrintable = (text: string) =>
  Buffer.from(
    text
      .replaceAll(/=\r?\n/g, "")
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1"
  ).toString("utf8");

const decodedHeader = (text: string) =>
  text.replaceAll(/=\?UTF-8\?(Q|B)\?([^?]*)\?=( (?==\?))?/gi, (_, how, what) =>
    how.toUpperCase() === "B"
      ? Buffer.from(what, "base64").toString("utf8")
      : quotedPrintable(what.replaceAll("_", " "))
  );
