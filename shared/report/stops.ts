import type { Receipt } from '../incident/items.ts';
import type { Plan } from '../plan/plan.ts';
import { eachOnce, type Stop } from '../plan/stop.ts';
import { commandFor } from './command.ts';
import { plain, shellWord } from './text.ts';

/** All that holds something of a run, and ends without a finding. */
export const stopsOfRun = ({ stops = [] }: Pick<Plan, 'stops'>, receipts: readonly Receipt[]): readonly Stop[] =>
  eachOnce([...stops, ...receipts.flatMap((receipt) => receipt.stops ?? [])]);

/** In the order in which a person wants to know of them. */
const words: readonly (readonly [Stop['kind'], string])[] = [
  ['approval', 'waits for your approval'],
  ['hold', 'held by a person'],
  ['unread', 'held, its limits cannot be read'],
  ['breaker', 'held, its rule is stopped'],
  ['pause', 'held, changes are paused'],
  ['freeze', 'held, changes are frozen'],
  ['budget', 'held, a limit is reached'],
];

/** What a run is held by, behind the name of its resource; undefined where nothing of this holds it. */
export function stoppedWords(stops: readonly Stop[]): string | undefined {
  if (stops.some(({ late }) => late === true)) return 'held, nobody answered';
  return words.find(([kind]) => stops.some((stop) => stop.kind === kind))?.[1];
}

/** A question is answered, and not waited for: what to do about it is told apart. */
type Passing = Stop & { readonly kind: Exclude<Stop['kind'], 'approval'> };
const isNoQuestion = (stop: Stop): stop is Passing => stop.kind !== 'approval';

function lineOf({ kind, of, until }: Passing, stage: string): string {
  const at = `--stage ${shellWord(stage)}`;
  switch (kind) {
    case 'hold':
      return `To have it contained before ${until}: ${commandFor('contain', of, stage)}`;
    case 'pause': {
      const target = of === 'everything' ? '' : ` --target ${shellWord(plain(of))}`;
      return `To end the pause before ${until}: firebreak resume${target} ${at}`;
    }
    case 'freeze':
      return `The freeze ${of} is in the settings: take it out there, and it is over within minutes.`;
    case 'budget':
      return `There is room again at ${until}; the limits are in the rules and the settings.`;
    case 'breaker':
      return startAgain(of, stage);
    case 'unread':
      return `See in the log of the act function why ${of} cannot be read.`;
  }
}

/** Rules that are stopped by what did not hold this time. */
export const stoppedLines = (
  stopped: readonly { readonly rule: string; readonly why: string }[],
  stage: string,
): readonly string[] => stopped.map(({ rule, why }) => `${plain(why)} ${startAgain(rule, stage)}`);

const startAgain = (rule: string, stage: string): string =>
  `Find out why it does not hold before you start the rule again: firebreak resume --rule ${shellWord(rule)} --stage ${shellWord(stage)}`;

/** What lets a held incident go on, and what happens then. */
export const stopLines = (stops: readonly Stop[], stage: string): readonly string[] => [
  ...new Set(stops.filter(isNoQuestion).map((stop) => lineOf(stop, stage))),
  ...(stops.filter(isNoQuestion).some(({ undo }) => undo !== true)
    ? [
        'What is held is decided again by itself within minutes after that, without a new finding. If it cannot wait, do it by hand.',
      ]
    : []),
];
