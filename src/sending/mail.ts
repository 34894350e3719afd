import {createTransport} from "nodemailer";
import {inert} from "../effects.ts";
import {CanopyError, messageOf} from "../errors.ts";
import type {Way} from "./message.ts";
import type {MailSettings} from "./settings.ts";

/** How long a mail server may take: to be there, to greet, between two of its answers, and for all of it; milliseconds. */
export interface MailPatience {
  readonly connectMs: number;
  readonly silenceMs: number;
  readonly wholeMs: number;
}

const usual: MailPatience = {connectMs: 10_000, silenceMs: 20_000, wholeMs: 60_000};

/** Sends by e-mail, as plain text. The connection is TLS, by a certificate that this computer trusts, before a name, a password or the message is said; on this computer it need not be. */
export function mailWay(settings: MailSettings, patience: MailPatience = usual): Way {
  const {host, port, isTls, isLoopback, login, from, to} = settings;
  return {
    name: "e-mail",
    async send({id, subject, text}, stop) {
      const transport = createTransport({
        ...{host, port, secure: isTls, requireTLS: !isTls && !isLoopback, ignoreTLS: isLoopback},
        ...(login === null ? {} : {auth: {user: login.user, pass: login.password}}),
        tls: {minVersion: "TLSv1.2"},
        dnsTimeout: patience.connectMs,
        connectionTimeout: patience.connectMs,
        greetingTimeout: patience.connectMs,
        socketTimeout: patience.silenceMs,
        disableFileAccess: true,
        disableUrlAccess: true
      });
      try {
        await transport.sendMail({
          ...{from, to: [...to], subject, text},
          messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
          headers: {"Auto-Submitted": "auto-generated"},
          signal: AbortSignal.any([stop, AbortSignal.timeout(patience.wholeMs)])
        });
      } catch (error) {
        throw new CanopyError(`the mail server ${host} did not take it: ${whyText(error, settings)}`);
      } finally {
        transport.close();
      }
    }
  };
}

const mostLetters = 200;

/** Why a mail server did not take a message, in its words, without anything that the settings keep secret. */
function whyText(error: unknown, {login, from, to}: MailSettings): string {
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === "EABORT") return "it took too long";
  const logins = login === null ? [] : [`\0${login.user}\0${login.password}`, login.password, login.user];
  const secret = [...logins, from, ...to].flatMap(writtenAs);
  const said = secret
    .sort((a, b) => b.length - a.length)
    .reduce((words, each) => words.replaceAll(each, "[hidden]"), messageOf(error));
  return inert(said).slice(0, mostLetters);
}

const writtenAs = (text: string) => [text, encodeURIComponent(text), Buffer.from(text).toString("base64")];
