import {execFile, execFileSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createServer as createHttp} from "node:http";
import {createServer as createHttps} from "node:https";
import {type AddressInfo, connect, type Server} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {afterAll, afterEach, beforeEach, expect, onTestFinished, test, vi} from "vitest";
import {stubClient} from "../support/stub-client.ts";

const request = {url: "https://service.test/data?key=secret", accepts: "json"} as const;

/** A key and certificate for `service.test`, made for this run; null where there is no openssl. */
function certificate() {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=service.test", "-addext", "subjectAltName=DNS:service.test", "-days", "2"];
  try {
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, ...subject],
      {
        stdio: "ignore"
      }
    );
    return {key: readFileSync(key), cert: readFileSync(cert), path: cert};
  } catch {
    process.stderr.write("skipped: no openssl, so that no service with https can be played\n");
    return null;
  }
}

const folder = mkdtempSync(join(tmpdir(), "canopy-certificate-"));
const made = certificate();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Makes a call in a process that trusts the certificate of this run, as a council's own does that of its proxy (NODE_EXTRA_CA_CERTS). */
async function callTrusting(environment: Readonly<Record<string, string>>): Promise<unknown> {
  const script = `
    import {makeCall} from "./src/sources/http/one-call.ts";
    import {defaultLimits} from "./src/sources/http/http-client.ts";
    process.stdout.write(JSON.stringify(await makeCall(${JSON.stringify(request)}, defaultLimits)));`;
  const run = promisify(execFile);
  const {stdout} = await run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: new URL("../..", import.meta.url),
    env: {...process.env, ...environment, NODE_EXTRA_CA_CERTS: made?.path ?? ""}
  });
  return JSON.parse(stdout);
}

async function listening<T extends Server>(server: T): Promise<string> {
  onTestFinished(() => void server.close());
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy that leads every tunnel to one server, and what it was asked for. */
async function proxyTo(address: string, status = 200) {
  const tunnels: {readonly to: string | undefined; readonly credentials: string | undefined}[] = [];
  const server = createHttp();
  server.on("connect", (request, socket) => {
    tunnels.push({to: request.url, credentials: request.headers["proxy-authorization"]});
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host, port] = address.split(":");
    const other = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      other.pipe(socket).pipe(other);
    });
    for (const end of [socket, other]) end.on("error", () => {});
    return other;
  });
  return {address: await listening(server), tunnels};
}

async function service(): Promise<string> {
  return listening(createHttps({...made}, (_request, response) => response.end('{"from":"service"}')));
}

beforeEach(() => {
  for (const name of ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"])
    vi.stubEnv(name, "");
});
afterEach(() => void vi.unstubAllEnvs());

test.runIf(made !== null)(
  "a service is called through the proxy that HTTPS_PROXY names, which sees its name alone",
  async () => {
    const proxy = await proxyTo(await service());
    const environment = {HTTPS_PROXY: `http://council:pass@${proxy.address}`};
    expect(await callTrusting(environment)).toMatchObject({status: 200, text: '{"from":"service"}'});
    expect(proxy.tunnels).toEqual([
      {to: "service.test:443", credentials: `Basic ${Buffer.from("council:pass").toString("base64")}`}
    ]);
  }
);

test("hosts in NO_PROXY and this machine are called without it", async () => {
  const proxy = await proxyTo("127.0.0.1:9");
  vi.stubEnv("HTTPS_PROXY", `http://${proxy.address}`);
  vi.stubEnv("NO_PROXY", "other.test, .test");
  const limits = {tries: 1};
  await expect(stubClient({limits}).send(request)).rejects.toThrow("no whole answer (ENOTFOUND)");
  const own = await listening(createHttp((_request, response) => response.end('{"from":"here"}')));
  expect((await stubClient({limits}).send({...request, url: `http://${own}/data`})).text).toBe('{"from":"here"}');
  expect(proxy.tunnels).toEqual([]);
});

test("a proxy that refuses or is not there is a failed call, and neither its password nor the key is told", async () => {
  const proxy = await proxyTo("127.0.0.1:9", 407);
  for (const address of [proxy.address, "127.0.0.1:9"]) {
    vi.stubEnv("HTTPS_PROXY", `http://council:pass@${address}`);
    const error: Error = await stubClient({limits: {tries: 1}})
      .send(request)
      .then(
        () => new Error("answered"),
        thrown => thrown
      );
    expect(error.message).toMatch(/^GET https:\/\/service\.test\/data.*: no whole answer \([A-Z_]+\)|status 407/);
    expect(error.message).not.toMatch(/pass|secret/);
  }
});
