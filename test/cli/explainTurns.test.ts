import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { rehearse } from '../../cli/explain/rehearse.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { parseEnvelope } from '../../shared/finding/envelope.ts';
import { parseEvent } from '../../shared/finding/registry.ts';
import { Cluster } from '../respond/model/cluster.ts';

const events = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'events');
const body = readFileSync(join(events, 'inspector-finding-two-images.json'), 'utf8');

it('what an event leads to is told of each of its targets as it comes in its turn', async () => {
  const envelope = parseEnvelope(JSON.parse(body));
  const { id } = envelope;
  const parsed = parseEvent(envelope);
  const findings = parsed.kind === 'findings' ? parsed.findings : [];
  const { catalogue, sessions, ruleSets, clock, stage } = new Cluster().direct;
  const inProd = catalogue.map((action) => (action.turn === undefined ? action : shared(action)));
  const reading = { catalogue: inProd, sessions, unseen: () => [], close: async () => undefined };
  const rehearsed = await rehearse({ ruleSets, clock, stage, reading }, { id, body }, findings);
  if (typeof rehearsed === 'string') throw new Error(rehearsed);
  const steps = rehearsed.map(({ plan }) => plan.steps.filter(({ turn }) => turn !== undefined).length);
  expect(steps).toEqual([1, 1]);
  expect(new Set(rehearsed.flatMap(({ plan }) => plan.steps.flatMap(({ turn }) => turn ?? []))).size).toBe(1);
  for (const { plan } of rehearsed) expect(plan.notDone).toEqual([]);
});

/** Both images are hosts of one cluster, whatever their digests begin with. */
const shared = (action: Action): Action => ({
  ...action,
  turn: (target) => action.turn?.(target, { cluster: 'prod' }) ?? null,
});
