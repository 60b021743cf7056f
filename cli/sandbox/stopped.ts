const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A second signal within this time is the same one: Ctrl-C reaches the whole process group, and a wrapper passes it on as well. */
const SAME_SIGNAL_MS = 1000;

/** Resolves at the first SIGINT, SIGTERM or SIGHUP. A later one, when ending takes too long, ends the process at once. */
export function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  for (const signal of signals) {
    process.on(signal, () => {
      first ??= performance.now();
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(1);
      resolve();
    });
  }
  return promise;
}
