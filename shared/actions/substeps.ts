import { namedFailure } from '../account/awsFailure.ts';
import { ActionFailed, Throttled } from '../platform/errors.ts';
import type { Json } from '../platform/json.ts';
import type { ActContext } from './contract.ts';

/** One call of a step of several. */
interface Substep {
  /** In the journal. */
  readonly name: string;
  /** Beginning of a sentence about a failure: `Updating service prod/api`. */
  readonly doing: string;
  /** What it did, after the name of the target: `asked for 4 tasks`. Of what the call answered, where that decides. */
  readonly did: string | ((answer: Json) => string);
  /** What is the case as long as it is not done: `its autoscaling stays suspended`. */
  readonly otherwise?: string;
  /** The step does its work without it. */
  readonly optional?: boolean;
}

/**
 * Several calls of one step, of which each is worth making though another was refused. Journalled by name, so that a repeat does
 * not make them again.
 */
export interface Substeps {
  /**
   * Answers with what the call answered; undefined when it failed. Throws Throttled while there is another try, and what is a fault of
   * our own.
   */
  attempt(substep: Substep, call: () => Promise<Json>): Promise<Json | undefined>;
  /** What was done, for the message. Throws ActionFailed with both when anything failed that the step needs. */
  finish(): string;
}

export function substepsOf({ journal, lastTry }: Pick<ActContext, 'journal' | 'lastTry'>): Substeps {
  const done: string[] = [];
  const failed: string[] = [];
  return {
    attempt: async ({ name, doing, did, otherwise, optional = false }, call) => {
      try {
        const answer = await journal.once(name, call);
        done.push(typeof did === 'string' ? did : did(answer));
        return answer;
      } catch (error) {
        const named = namedFailure(error, doing);
        if (named instanceof Throttled && !lastTry) throw named;
        if (!(named instanceof Error && isNamed(named))) throw named;
        const text = otherwise === undefined ? named.message : `${named.message}, so that ${otherwise}`;
        (optional ? done : failed).push(text);
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

/** Refused, gone, or throttled to the last: an answer of AWS, not a fault of ours. */
const isNamed = (error: Error): boolean => ['ActionFailed', 'TargetGone', 'Throttled'].includes(error.name);
