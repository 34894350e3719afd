import {workerData} from "node:worker_threads";

/**
 * Watches the process it is a thread of, which may be at work without an end: it ends when the process that started it has gone, or when it holds more memory
 * than it may, which it says by its signal.
 */
const {parent, mostBytes} = workerData;

function isAlone() {
  if (process.platform !== "win32") return process.ppid !== parent;
  try {
    process.kill(parent, 0);
    return false;
  } catch {
    return true;
  }
}

setInterval(() => {
  if (isAlone()) process.kill(process.pid, "SIGKILL");
  if (process.memoryUsage.rss() > mostBytes) process.kill(process.pid, "SIGUSR2");
}, 200);
