import { Listr } from 'listr2';
import { print } from '../output.ts';
import { untilInterrupted } from './interrupted.ts';
import type { Audience, PlayedStep } from './play.ts';
import { wrapped } from './wrapped.ts';

/** Beside the time of day, which is the embedded account's own. */
const indent = ' '.repeat(10);

const timeline = ({ title, at, lines }: PlayedStep): readonly string[] => [
  `${at.slice(11, 19)}  ${title}`,
  ...lines.map((line) => `${indent}  ${line}`),
];

const plain: Audience = {
  step: (_step, work) => work(),
  played: (step) => timeline(step).forEach(print),
};

const silent: Audience = { ...plain, played: () => undefined };

/** On a terminal: a spinner while a step is under way, its lines when it is done, as wide as the terminal is. */
const live: Audience = {
  step: async (step, work) => {
    const working = work();
    const interrupted = untilInterrupted();
    try {
      // Listr shows the failure of its task; who told the scenario does so in its own words.
      await new Listr([{ title: step.title, task: () => working.then(() => undefined) }], {
        exitOnError: false,
        registerSignalListeners: false,
        rendererOptions: { clearOutput: true },
      }).run();
    } finally {
      interrupted.stop();
    }
    return working;
  },
  played: (step) => {
    for (const line of timeline(step)) wrapped(line, process.stdout.columns, indent.length + 4).forEach(print);
  },
};

/** Who watches a demo. */
export function audienceOf(json: boolean): Audience {
  if (json) return silent;
  const { isTTY, columns, rows } = process.stdout;
  // A terminal that cannot move its cursor, or does not say how large it is, gets plain lines.
  return isTTY && columns > 0 && rows > 0 && process.env['TERM'] !== 'dumb' ? live : plain;
}
