import type { ResourceKind } from '../../shared/finding/resource.ts';
import { mockAccount } from '../account/mockAccount.ts';
import { actContext } from './actContext.ts';
import type { Phase, Place } from './life.ts';
import { amd, target, world } from './quarantineWorld.ts';

export interface MockedPlace extends Place {
  /** Every call that was sent in these phases, as IAM names it. */
  sent(phases: readonly Phase[]): readonly string[];
}

/** An image that nothing runs, in an account where every place that could run it holds something else. */
function image(): MockedPlace {
  const of = world({
    clusters: [
      {
        name: 'prod',
        tasks: [{ id: 't', image: 'x', imageDigest: amd.digest, lastStatus: 'STOPPED' }],
        services: [{ name: 's', definition: ['nginx'], revision: [{ image: 'nginx' }] }],
      },
    ],
    functions: [{ name: 'f' }],
    rules: [{ name: 'nightly', cluster: 'prod', definitions: ['s:12'] }],
    scan: [{ imageScanStatus: { status: 'COMPLETE' } }],
    tags: { team: 'payments' },
  });
  const mock = mockAccount(of);
  const began: { readonly phase: Phase; readonly at: number }[] = [];
  return {
    target,
    context: actContext(mock.aws),
    enter: (phase) => void began.push({ phase, at: mock.sent().length }),
    settle: async () => {
      for (const one of of.images) if (one.status === 'ACTIVATING') one.status = 'ACTIVE';
    },
    sent: (phases) =>
      began.flatMap(({ phase, at }, index) =>
        phases.includes(phase) ? mock.sent().slice(at, began[index + 1]?.at) : [],
      ),
  };
}

/** By what an action acts on: a new kind of target needs a place before its actions are tested. */
const places: Partial<Readonly<Record<ResourceKind, () => MockedPlace>>> = { image };

/** Mocked clients, where a call that is not mocked rejects. */
export function mockedPlace(kind: ResourceKind): MockedPlace {
  const place = places[kind];
  if (place === undefined) throw new Error(`An action takes ${kind}, which has no place here yet`);
  return place();
}
