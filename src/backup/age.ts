import {readFile} from "node:fs/promises";
import {Decrypter, Encrypter} from "age-encryption";
import {CliError, messageOf} from "../errors.ts";

/**
 * Files that only one person can read, in the format of age (age-encryption.org/v1): encrypted for a public key (`age1…`), read with the secret key that
 * belongs to it (`AGE-SECRET-KEY-1…`), also without canopy.
 */
export interface Sealer {
  readonly seal: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** @throws CliError where it is no public key of age. */
export function sealerFor(recipient: string): Sealer {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (error) {
    throw new CliError(`not a public key of age (age1…): ${messageOf(error)}`, {exitCode: 2});
  }
  return {seal: bytes => encrypter.encrypt(bytes)};
}

/** Opens files by a secret key, from a file in which it stands on a line of its own as `age-keygen` writes it. @throws CliError where there is none. */
export async function openerFrom(identityFile: string): Promise<(bytes: Uint8Array) => Promise<Uint8Array>> {
  const text = await readFile(identityFile, "utf8").catch(error => {
    throw new CliError(`the file of the secret key cannot be read: ${messageOf(error)}`);
  });
  const [identity] = text.match(/^AGE-SECRET-KEY-1[A-Z0-9]+$/m) ?? [];
  if (identity === undefined) throw new CliError(`no secret key of age (AGE-SECRET-KEY-1…) in ${identityFile}`);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return bytes =>
    decrypter.decrypt(bytes).catch(error => {
      throw new CliError(`the backup cannot be read with this key: ${messageOf(error)}`);
    });
}
