import {execFileSync, spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createServer, type Socket} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {mailWay} from "../../src/sending/mail.ts";
import type {Message} from "../../src/sending/message.ts";
import {readSending} from "../../src/sending/settings.ts";
import {type MailServer, type MailServerOptions, startMailServer} from "../support/mail-server.ts";

const message: Message = {
  id: "canopy-digest-2026-11-04-abc",
  subject: "Test Council: 3 t CO₂e – all is well",
  text: `The first line\n. a line that begins with a point\n${"é".repeat(100)}\nthe last`,
  facts: {}
};
const never = new AbortController().signal;
const secret = "pass wörd/1";
const login = {user: "canopy", password: secret};

/** The way by which these settings send. */
function wayTo(address: string, patience?: Parameters<typeof mailWay>[1]) {
  const {mail, problems} = readSending({
    environment: {
      CANOPY_SMTP_URL: address,
      CANOPY_DIGEST_FROM: "canopy@council.example",
      CANOPY_DIGEST_TO: "climate@council.example, estates@council.example"
    }
  });
  expect(problems).toEqual([]);
  if (mail === null) throw new Error("no settings");
  return mailWay(mail, patience);
}

async function serverWith(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  onTestFinished(server.close);
  return server;
}

test("a message arrives as it was written, at each address, by its id, and marked as sent by a machine", async () => {
  const server = await serverWith();
  await wayTo(`smtp://localhost:${server.port}`).send(message, never);
  const [mail, ...others] = server.mails;
  expect(others).toEqual([]);
  expect([mail?.from, mail?.to]).toEqual([
    "canopy@council.example",
    ["climate@council.example", "estates@council.example"]
  ]);
  expect(mail?.body).toBe(message.text);
  expect(Object.fromEntries(mail?.headers ?? [])).toMatchObject({
    subject: message.subject,
    "message-id": "<canopy-digest-2026-11-04-abc@council.example>",
    "auto-submitted": "auto-generated",
    "content-type": "text/plain; charset=utf-8"
  });
});

test("it logs in where the address has a name and password; what a server says of them is hidden", async () => {
  const server = await serverWith({login});
  const address = (password: string) => `smtp://canopy:${encodeURIComponent(password)}@127.0.0.1:${server.port}`;
  await wayTo(address(secret)).send(message, never);
  expect(server.mails).toHaveLength(1);
  const error = await wayTo(address(`wrong ${secret}`))
    .send(message, never)
    .catch(each => each);
  expect(server.logins).toEqual([`canopy:${secret}`, `canopy:wrong ${secret}`]);
  expect(error.message).toMatch(
    /^the mail server 127\.0\.0\.1 did not take it: Invalid login: 535 .*\[hidden\] \[hidden\]/
  );
  expect(error.message).not.toMatch(/pass|wörd|canopy/);
  expect(server.mails).toHaveLength(1);
});

test("a server that is not this computer and offers no encryption is told neither password nor message", async () => {
  const server = await serverWith({login});
  // 127.1 leads to this computer too, but does not say so.
  const error = await wayTo(`smtp://canopy:${encodeURIComponent(secret)}@127.1:${server.port}`)
    .send(message, never)
    .catch(each => each);
  expect(error.message).toMatch(/^the mail server 127\.1 did not take it: .*(STARTTLS|TLS)/);
  expect([server.logins, server.mails]).toEqual([[], []]);
});

test("encrypted from the first byte: only by a certificate that this computer trusts", async () => {
  const folder = mkdtempSync(join(tmpdir(), "canopy-tls-"));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const [key, cert] = ["key.pem", "cert.pem"].map(name => join(folder, name)) as [string, string];
  execFileSync(
    "openssl",
    `req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ${key} -out ${cert} -subj /CN=localhost -addext subjectAltName=DNS:localhost`.split(
      " "
    ),
    {stdio: "ignore"}
  );
  const server = await serverWith({tls: {key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8")}, login});
  const address = `smtps://canopy:${encodeURIComponent(secret)}@localhost:${server.port}`;
  await expect(wayTo(address).send(message, never)).rejects.toThrow(/self-signed certificate/);
  expect([server.logins, server.mails]).toEqual([[], []]);
  const script = `
    import {mailWay} from "./src/sending/mail.ts";
    import {readSending} from "./src/sending/settings.ts";
    await mailWay(readSending({environment: process.env}).mail).send({id: "1", subject: "s", text: "t", facts: {}}, new AbortController().signal);`;
  const child = complaintsOf(script, {
    NODE_EXTRA_CA_CERTS: cert,
    CANOPY_SMTP_URL: address,
    CANOPY_DIGEST_FROM: "canopy@council.example",
    CANOPY_DIGEST_TO: "climate@council.example"
  });
  expect(await child).toBe("");
  expect([server.logins.length, server.mails.length]).toEqual([1, 1]);
});

/** What a script says on standard error in a process of its own, while this one goes on serving. */
async function complaintsOf(script: string, environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: new URL("../..", import.meta.url),
    env: {...process.env, ...environment},
    stdio: ["ignore", "ignore", "pipe"]
  });
  let said = "";
  child.stderr.on("data", text => {
    said += text;
  });
  await new Promise(resolve => child.on("close", resolve));
  return said;
}

test("a server that takes the call and says nothing, or drips, is given up in time; so is a message when asked to stop", async () => {
  const sockets = new Set<Socket>();
  const drips: NodeJS.Timeout[] = [];
  const server = createServer(socket => {
    sockets.add(socket.on("error", () => {}));
    socket.write("220-wait\r\n");
    drips.push(setInterval(() => socket.write("220-wait\r\n"), 20));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const drip of drips) clearInterval(drip);
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  });
  const {port} = server.address() as {port: number};
  const patience = {connectMs: 60_000, silenceMs: 60_000, wholeMs: 200};
  await expect(wayTo(`smtp://127.0.0.1:${port}`, patience).send(message, never)).rejects.toThrow(
    "the mail server 127.0.0.1 did not take it: it took too long"
  );
  const asked = new AbortController();
  const sending = wayTo(`smtp://127.0.0.1:${port}`).send(message, asked.signal);
  setTimeout(() => asked.abort(), 50);
  await expect(sending).rejects.toThrow();
});

test.each([
  ["CANOPY_SMTP_URL", "mail.council.example:25"],
  ["CANOPY_SMTP_URL", "http://mail.council.example"],
  ["CANOPY_SMTP_URL", "smtp://canopy@mail.council.example"],
  ["CANOPY_SMTP_URL", "smtp://mail.council.example/?tls.rejectUnauthorized=false"],
  ["CANOPY_SMTP_URL", "smtp://"],
  ["CANOPY_DIGEST_FROM", "canopy"],
  ["CANOPY_DIGEST_FROM", "a@b.example\r\nBcc: c@d.example"],
  ["CANOPY_DIGEST_TO", "a@b.example,"],
  ["CANOPY_DIGEST_TO", "a@b.example, x"],
  ["CANOPY_DIGEST_WEBHOOK", "http://hooks.example/secret"],
  ["CANOPY_DIGEST_WEBHOOK", "https://name:secret@hooks.example/"],
  ["CANOPY_DIGEST_AT", "7:00"],
  ["CANOPY_DIGEST_AT", "24:00"]
])("%s=%j is not as it should be, and its value is not said", (name, value) => {
  const right = {
    CANOPY_SMTP_URL: "smtps://canopy:secret@mail.council.example",
    CANOPY_DIGEST_FROM: "canopy@council.example",
    CANOPY_DIGEST_TO: "climate@council.example",
    CANOPY_DIGEST_WEBHOOK: "https://hooks.example/secret",
    CANOPY_DIGEST_AT: "06:30"
  };
  expect(readSending({environment: right})).toMatchObject({
    mail: {host: "mail.council.example", port: 465, isTls: true, isLoopback: false},
    webhook: "https://hooks.example/secret",
    at: "06:30",
    problems: []
  });
  expect(readSending({environment: {...right, [name]: value}}).problems).toEqual([`${name} (not as it should be)`]);
});

test("nothing set is no way and no problem; one variable of e-mail alone names the others", () => {
  expect(readSending({environment: {CANOPY_SMTP_URL: ""}})).toEqual({
    mail: null,
    webhook: null,
    at: "07:00",
    problems: []
  });
  expect(readSending({environment: {CANOPY_DIGEST_TO: "a@b.example"}}).problems).toEqual([
    "CANOPY_SMTP_URL (not set)",
    "CANOPY_DIGEST_FROM (not set)"
  ]);
});
