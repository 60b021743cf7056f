import { plain } from '../../shared/report/text.ts';
import type { StageConnection } from '../stage.ts';
import { refusalOf } from '../stageRefusal.ts';
import { NotAllowed } from './asked.ts';
import type { Answer, Check } from './check.ts';
import { placeOf } from './place.ts';

export interface Looked extends Answer {
  readonly check: string;
}

/** Looks at everything at once. What cannot be read is unknown, and stops nothing else. */
export async function examine(stage: StageConnection, checks: readonly Check[]): Promise<readonly Looked[]> {
  const place = placeOf(stage);
  return Promise.all(
    checks.map(async ({ name, look }) => {
      try {
        return { check: name, ...(await look(place)) };
      } catch (error) {
        return { check: name, ...unknown(error, stage) };
      }
    }),
  );
}

function unknown(error: unknown, { stage, region }: StageConnection): Answer {
  if (error instanceof NotAllowed) {
    return {
      state: 'unknown',
      seen: `These credentials lack ${error.permission}.`,
      todo: `Allow ${error.permission} to whoever runs this, or run it as somebody who may.`,
    };
  }
  const told = refusalOf(error, `stage ${stage} in ${region}`);
  const message = told instanceof Error ? told.message : String(told);
  return { state: 'unknown', seen: plain(message, 500), todo: 'Ask again; the sentence says what was in the way.' };
}

/** Exit code: 1 for anything broken, 2 where nothing is and something could not be read, else 0. */
export function exitCodeOf(looked: readonly Looked[]): 0 | 1 | 2 {
  if (looked.some(({ state }) => state === 'broken')) return 1;
  return looked.some(({ state }) => state === 'unknown') ? 2 : 0;
}
