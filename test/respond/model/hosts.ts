import * as z from 'zod';
import {
  type Action,
  type ActionFacts,
  defineAction,
  type Target,
  targetKey,
} from '../../../shared/actions/contract.ts';
import { TargetGone } from '../../../shared/platform/errors.ts';
import type { Gate } from './schedule.ts';

/** A host of a cluster: taken out, patched, and back after a while, unless patching breaks it. */
export interface Host {
  readonly cluster: string;
  active: boolean;
  patched: boolean;
  breaks: boolean;
  gone: boolean;
  /** When it is back, while it is out. */
  backAt: number;
  /** When it was taken out, each time. */
  readonly outAt: number[];
  /** When it was back, each time. */
  readonly backs: number[];
}

const params = z.strictObject({});
type Params = z.infer<typeof params>;
type Observed = { readonly active: boolean; readonly patched: boolean; readonly cluster: string };

const facts: ActionFacts = {
  phase: 'host',
  changes: true,
  destroysEvidence: false,
  needsWorkloadGone: false,
  issuesFreshCredentials: false,
  contains: true,
};

const possible = { possible: true, sentence: 'Undo takes it in again.' } as const;
const impossible = { possible: false, why: 'A host that is patched stays so.' } as const;

/** How long a host is out. */
export const outMs = 4 * 60_000;

export class FakeHosts {
  readonly all = new Map<string, Host>();
  /** Two hosts of one cluster that were out at the same time, in words. */
  readonly together: string[] = [];
  /** Whether what was done can be put back. */
  reversible = true;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Digests that begin with 1 to 6 are hosts of `prod`, the others of `dev`. */
  at(key: string): Host {
    const known = this.all.get(key);
    if (known !== undefined) return known;
    const cluster = /sha256:[1-6]/.test(key) ? 'prod' : 'dev';
    const fresh = { active: true, patched: false, breaks: false, gone: false, backAt: 0 };
    const made: Host = { cluster, ...fresh, outAt: [], backs: [] };
    this.all.set(key, made);
    return made;
  }

  /** As AWS shows it now. */
  read(key: string): Host {
    const host = this.at(key);
    if (host.gone) throw new TargetGone(`${key} is not there`);
    if (!host.active && !host.breaks && this.now() >= host.backAt) this.takeIn(host, host.backAt, true);
    return host;
  }

  takeOut(key: string): void {
    const host = this.read(key);
    for (const [other, one] of this.all) {
      if (!one.gone) this.read(other);
      if (other !== key && one.cluster === host.cluster && !one.active) this.together.push(`${key} and ${other}`);
    }
    host.active = false;
    host.backAt = this.now() + outMs;
    host.outAt.push(this.now());
  }

  takeIn(host: Host, at: number, patched: boolean): void {
    host.active = true;
    host.patched = patched;
    host.backs.push(at);
  }
}

const clusterTarget = (cluster: string, { account, region }: Pick<Target, 'account' | 'region'>): Target => ({
  kind: 'ecs-cluster',
  id: cluster,
  arn: `arn:aws:ecs:${region}:${account}:cluster/${cluster}`,
  cluster,
  tasks: [],
  account,
  region,
});

/** An action whose targets share a cluster, of which one at a time may be out. Its calls do not forgive a repeat on a host that is in. */
export function patchAction(hosts: FakeHosts, now: () => number, gate: Gate): Action {
  const promise = hosts.reversible ? possible : impossible;
  return defineAction<Params, Observed, 'image'>({
    name: 'fake.patch',
    summary: 'Take it out, patch it, and take it in again',
    targets: ['image'],
    params,
    example: '- fake.patch',
    permissions: () => ({ read: [], write: [] }),
    facts,
    decisive: [],
    restores: hosts.reversible ? ['patched'] : [],
    volatile: ['active', 'cluster'],
    reversal: promise,
    limits: [],
    timeoutSeconds: 60,
    observe: (target) =>
      gate(async () => {
        const { active, patched, cluster } = hosts.read(targetKey(target));
        return { active, patched, cluster };
      }),
    turn: (target, { cluster }) => clusterTarget(cluster, target),
    plan: (_target, _params, { active, patched }) =>
      active && patched
        ? { kind: 'skip', reason: 'It is patched already.' }
        : { kind: 'step', sentence: 'Take it out and patch it.', undo: promise },
    intended: () => (hosts.reversible ? { patched: true } : {}),
    execute: (target) =>
      gate(async () => {
        const host = hosts.read(targetKey(target));
        if (host.active && !host.patched) hosts.takeOut(targetKey(target));
        return { kind: 'waiting', did: 'Took it out.', correlation: targetKey(target), atMostSeconds: 60 };
      }),
    verify: (target) =>
      gate(async () => {
        const { active, patched, breaks, backAt } = hosts.read(targetKey(target));
        const broken = breaks && now() >= backAt;
        const state = active && patched ? 'holds' : broken ? 'broken' : 'pending';
        return { state, seen: active ? 'It is in.' : 'It is out.', absence: false };
      }),
    ...(hosts.reversible
      ? {
          undo: (target) =>
            gate(async () => {
              const host = hosts.read(targetKey(target));
              host.breaks = false;
              hosts.takeIn(host, now(), false);
              return { kind: 'done', did: 'Took it in.' };
            }),
          verifyUndone: (target) =>
            gate(async () => {
              const { active, patched } = hosts.read(targetKey(target));
              return { state: active && !patched ? 'holds' : 'pending', seen: 'Read it.', absence: false };
            }),
        }
      : {}),
  });
}
