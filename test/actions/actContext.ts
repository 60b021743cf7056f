import { noAccusation } from '../../shared/actions/accusation.ts';
import type { ActContext } from '../../shared/actions/contract.ts';
import type { ImageTarget } from '../../shared/actions/targets/imageTarget.ts';
import { sha256Hex } from '../../shared/platform/hash.ts';
import type { Json } from '../../shared/platform/json.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { account, region, repository } from '../account/mockAccount.ts';

export const now = new Date('2026-11-24T12:00:00.000Z');

export function imageTarget(digest: string | null): ImageTarget {
  const arn = `arn:aws:ecr:${region}:${account}:repository/${repository}`;
  const id = digest === null ? repository : `${repository}@${digest}`;
  return { kind: 'image', id, arn, repository, digest, tags: [], account, region };
}

export interface TestContext extends ActContext {
  /** What was put, by name. */
  readonly stored: Map<string, { body: string; contentType: string }>;
  /** What the journal holds; kept by a test that calls `execute` again. */
  readonly done: Map<string, Json>;
}

/** A context on mocked clients, with evidence and journal in memory. `keep` gives it those of an earlier call. */
export function actContext(aws: Aws, keep?: Pick<TestContext, 'stored' | 'done'>): TestContext {
  const stored = keep?.stored ?? new Map<string, { body: string; contentType: string }>();
  const done = keep?.done ?? new Map<string, Json>();
  return {
    aws,
    stored,
    done,
    clock: { now: () => now },
    settings: { quietPullDays: 7 },
    accusation: noAccusation,
    incident: 'image/123456789012/eu-central-1/payments/checkout-api@sha256:1',
    run: 'run-1',
    key: 'step-1',
    findings: [],
    shares: 1,
    lastTry: false,
    journal: {
      once: async (name, call) => {
        const before = done.get(name);
        if (before !== undefined) return before;
        const answer = await call();
        done.set(name, answer);
        return answer;
      },
    },
    evidence: {
      put: async (name, body, contentType) => {
        stored.set(name, { body, contentType });
        return { uri: `s3://evidence/${name}`, sha256: sha256Hex(body) };
      },
      get: async (name) => stored.get(name)?.body ?? null,
    },
  };
}
