import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded with `--import`: ends this process when one that it was started by is gone, also when that one was killed and
 * could not say so. An orphan gets another parent, which is how it can tell. On Linux all of the chain up to npm is
 * watched (npm, its shell, the guard), elsewhere the parent only.
 */
const POLL_MILLISECONDS = 500;
const MOST_LINKS = 5;

const parentOf = (pid) => {
  if (pid === process.pid) return process.ppid;
  try {
    // The name in the second field may hold blanks and brackets; the parent is the second field behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
};

const isNpm = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('npm ');
  } catch {
    return false;
  }
};

/** Pairs of a process and its parent, from this one to npm. */
function chainToNpm() {
  const chain = [];
  let pid = process.pid;
  while (chain.length < MOST_LINKS) {
    const parent = parentOf(pid);
    if (parent === undefined) break;
    chain.push([pid, parent]);
    if (isNpm(parent)) return chain;
    pid = parent;
  }
  return chain.slice(0, 1);
}

if (isMainThread) {
  const chain = chainToNpm();
  setInterval(() => {
    if (chain.some(([pid, parent]) => parentOf(pid) !== parent)) process.exit(1);
  }, POLL_MILLISECONDS).unref();
}
