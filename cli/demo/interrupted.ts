import { writeSync } from 'node:fs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The spinner hides the cursor. */
const SHOW_CURSOR = '\u001b[?25h';

/**
 * Until it is stopped, a signal puts the terminal right before it ends the process, as it would have without us: a shell shows
 * 130 after Ctrl-C. Threads and ports of the embedded account end with the process.
 */
export function untilInterrupted(): { stop(): void } {
  const stop = (): void => {
    for (const signal of signals) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    stop();
    // Past process.stdout: while Listr renders, it keeps back what is written there.
    writeSync(process.stdout.fd, `${SHOW_CURSOR}\n`);
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, end);
  return { stop };
}
