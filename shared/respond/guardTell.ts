import { tellsStatus } from '../incident/guardTells.ts';
import { readPointer } from '../incident/rulesets.ts';
import { ascii } from '../report/text.ts';
import type { Problem } from '../rules/rule.ts';
import type { Before, GuardEffects, Guarded } from './guard.ts';
import { moveLabels } from './guardLabels.ts';
import { differs, edited } from './guardSources.ts';
import { goneLines, lessLines, notPutBackLines, rulesGone, statusText } from './guardStatus.ts';

interface Looked {
  readonly guarded: Guarded;
  readonly problems: readonly Problem[];
}

const subjects = {
  gone: 'rules gone',
  removed: 'rules removed',
  notPutBack: 'rules not put back',
  less: 'rules contain less',
  refused: 'rule edit refused',
  waiting: 'rule edit waits for your approval',
} as const;

/** What the owner has not been told yet: what stands in the status for the first time. */
function newsIn(status: string, said: string | undefined, { result }: Guarded): readonly (keyof typeof subjects)[] {
  const isNew = (line: string): boolean => status.includes(line) && said?.includes(line) !== true;
  const isRemoved = goneLines(status).some(isNew);
  return [
    ...(isNew(rulesGone) ? (['gone'] as const) : []),
    ...(isRemoved ? (['removed'] as const) : []),
    ...(!isRemoved && lessLines(status).some(isNew) ? (['less'] as const) : []),
    ...(notPutBackLines(status).some(isNew) ? (['notPutBack'] as const) : []),
    ...(result === 'refused' || result === 'waiting' ? [result] : []),
  ];
}

/**
 * Writes where things stand into the `status` parameter, where that has changed, and tells the owner of the rules what is to be mended.
 * False: labels are left to be moved.
 */
export async function tell(effects: GuardEffects, before: Before, { guarded, problems }: Looked): Promise<boolean> {
  const { prefix, parameters, written, said, last, seeding } = before;
  const pointer = await readPointer(effects.table);
  const waiting = guarded.result === 'waiting' ? guarded.waiting : undefined;
  const status = statusText({
    stage: effects.stage,
    pointer,
    refused: guarded.result === 'refused',
    drops: differs(pointer, edited(prefix, parameters)),
    waiting,
    left: last !== undefined,
    problems,
    notRead: written.notRead,
    pack: seeding,
  });
  const news = status === said ? [] : newsIn(status, said, guarded);
  const isMine = news.length === 0 || (await tellsStatus(effects, status));
  if (status !== said && isMine) {
    // Told before it is noted as told: a crash in between tells twice.
    for (const one of news) {
      await effects.notify(ascii(`NO ACTION: ${subjects[one]}, Firebreak ${effects.stage}`, 99), status);
    }
    await effects.parameters.put(`${prefix}status`, status);
  }
  return pointer === undefined || (await moveLabels(effects, before, pointer));
}

/** Told at once and by itself: nothing else will ever say so. */
export async function tellCrossed({ log, notify, stage }: GuardEffects, name: string): Promise<void> {
  log.error('A parameter was edited while the guard wrote it', { name });
  await notify(
    ascii(`NO ACTION: your edit was written over, Firebreak ${stage}`, 99),
    `${name} was edited at the very moment at which Firebreak wrote it. The version before the latest holds what was edited:\naws ssm get-parameter-history --name ${name}\nWrite it once more if it is to count.`,
  );
}
