import {execSync} from "node:child_process";
import {existsSync, statSync} from "node:fs";

/** Installs what the lockfile names, where it is not there yet or the lockfile is newer. */
const installed = "node_modules/.package-lock.json";
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync("package-lock.json").mtimeMs)
  execSync("npm ci --ignore-scripts", {stdio: ["ignore", 2, 2]});
