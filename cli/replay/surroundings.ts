import type { Accused } from '../../shared/account/accused.ts';
import type { Accusation } from '../../shared/actions/accusation.ts';
import { type Action, targetKey } from '../../shared/actions/contract.ts';
import { memoryBodies } from '../../shared/incident/bodies.ts';
import { memoryTable } from '../../shared/incident/memoryTable.ts';
import type { Matched } from '../../shared/plan/plan.ts';
import type { Proposal } from '../../shared/plan/propose.ts';
import type { Observation } from '../../shared/plan/steps.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import { canonicalJson, type JsonObject } from '../../shared/platform/json.ts';
import { readAccused } from '../../shared/respond/accused.ts';
import { observeInOrder } from '../../shared/respond/observe.ts';
import type { Settings } from '../../shared/rules/rule.ts';
import type { Reading } from '../explain/reading.ts';
import { Bounded } from './bounded.ts';

/** What one finding accuses, and what of it could not be read, a sentence each. */
export interface Seen {
  readonly accused: Accused;
  readonly unread: readonly string[];
}

/** What lies around a finding, as the account file has it; without one, what the finding itself names. */
export interface Surroundings {
  readonly catalogue: readonly Action[];
  seen(matched: Matched): Promise<Seen>;
  observed(
    incident: string,
    proposals: readonly Proposal[],
    accusation: Accusation,
    settings: Settings,
  ): Promise<readonly Observation[]>;
}

/** Tasks come and go; actions and targets are fewer. */
const mostSeen = 2_000;
const mostObserved = 20_000;

/** An action that is asked once about a target under one accusation: nothing changes in a file. */
function askedOnce(action: Action, known: Bounded<Promise<JsonObject>>): Action {
  const { observe } = action;
  return {
    ...action,
    observe: (target, params, context) => {
      const { accusation, chosen = null } = context;
      const key = canonicalJson([action.name, targetKey(target), params, accusation, chosen]);
      return known.get(key, () => observe(target, params, context));
    },
  };
}

const nothingStored = (): Promise<never> => Promise.reject(new Error('replay stores nothing'));

/** Production's own reading of what is accused, and its own observing, at one moment on an account in which nothing was done yet. */
export function surroundingsIn(reading: Pick<Reading, 'catalogue' | 'sessions'>, at: Date): Surroundings {
  const seen = new Bounded<Promise<Seen>>(mostSeen);
  const observed = new Bounded<Promise<JsonObject>>(mostObserved);
  const catalogue = reading.catalogue.map((action) => askedOnce(action, observed));
  const effects = {
    table: memoryTable(),
    bodies: memoryBodies(sha256Hex),
    sessions: reading.sessions,
    clock: { now: () => at },
    evidence: () => ({ get: async () => null, put: nothingStored }),
  };
  const read = async (matched: Matched): Promise<Seen> => {
    const { accused, unread } = await readAccused(effects, [matched], true);
    const own = accused.get(matched.finding.id);
    if (own === undefined) throw new Error('A finding accuses nothing, not even its own resource');
    return { accused: own, unread };
  };
  return {
    catalogue,
    seen: (matched) => {
      const { resource, account, region } = matched.finding;
      const key = JSON.stringify([matched.decision === 'rule', account, region, resource]);
      return seen.get(key, () => read(matched));
    },
    observed: (incident, proposals, accusation, settings) =>
      observeInOrder(effects, { incident, run: 'replay' }, settings, proposals, {
        accusation,
        lastTry: true,
        absenceAgreed: true,
      }),
  };
}
