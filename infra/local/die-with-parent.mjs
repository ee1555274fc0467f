import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded with `--import`: ends this process when the one that started it is gone, also when that one was killed
 * and could not say so. An orphan gets another parent, which is how it can tell.
 */
const PARENT = process.ppid;
const POLL_MILLISECONDS = 500;

if (isMainThread) {
  setInterval(() => {
    if (process.ppid !== PARENT) process.exit(1);
  }, POLL_MILLISECONDS).unref();
}
