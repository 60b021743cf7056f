import { namedFailure } from '../account/awsFailure.ts';
import { ActionFailed, Throttled } from '../platform/errors.ts';
import type { Json } from '../platform/json.ts';
import type { ActContext } from './contract.ts';

/**
 * Several calls of one step, of which each is worth making though another was refused. Journalled by name, so that a repeat does
 * not make them again.
 */
export interface Substeps {
  /** Answers with what the call answered; undefined when it failed. Throws Throttled, and what is a fault of our own. */
  attempt(name: string, doing: string, did: string, call: () => Promise<Json>): Promise<Json | undefined>;
  /** What was done, for the message. Throws ActionFailed with both when anything failed. */
  finish(): string;
}

export function substepsOf({ journal }: Pick<ActContext, 'journal'>): Substeps {
  const done: string[] = [];
  const failed: string[] = [];
  return {
    attempt: async (name, doing, did, call) => {
      try {
        const answer = await journal.once(name, call);
        done.push(did);
        return answer;
      } catch (error) {
        const named = namedFailure(error, doing);
        if (named instanceof Throttled || !(named instanceof Error && isNamed(named))) throw named;
        failed.push(named.message);
        return undefined;
      }
    },
    finish: () => {
      const text = done.length === 0 ? 'nothing was done' : done.join(', ');
      if (failed.length > 0) throw new ActionFailed(`${failed.join('; ')}. What was done before or beside it: ${text}`);
      return text;
    },
  };
}

/** Refused, or gone: an answer of AWS, not a fault of ours. */
const isNamed = (error: Error): boolean => error.name === 'ActionFailed' || error.name === 'TargetGone';
