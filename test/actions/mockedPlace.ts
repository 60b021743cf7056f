import type { ResourceKind } from '../../shared/finding/resource.ts';
import { mockAccount } from '../account/mockAccount.ts';
import { actContext } from './actContext.ts';
import { embeddedTarget } from './embeddedWorlds.ts';
import type { SentPlace } from './life.ts';
import { amd, target, world } from './quarantineWorld.ts';
import { sentByPhase } from './sentByPhase.ts';

/** An image that nothing runs, in an account where every place that could run it holds something else. */
function image(): SentPlace {
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
    schedules: [{ name: 'monthly', definition: 's:12' }],
    eksClusters: [{ name: 'prod-eks' }],
    scan: [{ imageScanStatus: { status: 'COMPLETE' } }],
    tags: { team: 'payments' },
  });
  const mock = mockAccount(of);
  return {
    target,
    context: actContext(mock.aws),
    ...sentByPhase(mock.sent),
    settle: async () => {
      for (const one of of.images) if (one.status === 'ACTIVATING') one.status = 'ACTIVE';
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Of what nothing is read: any call rejects. */
function unread(kind: ResourceKind): SentPlace {
  const mock = mockAccount({ images: [] });
  return {
    target: embeddedTarget(kind),
    context: actContext(mock.aws),
    ...sentByPhase(mock.sent),
    settle: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Mocked clients, where a call that is not mocked rejects. */
export const mockedPlace = (kind: ResourceKind): SentPlace => (kind === 'image' ? image() : unread(kind));
