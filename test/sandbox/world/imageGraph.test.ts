import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Account } from '../../../sandbox/account.ts';
import { rootCredentials } from '../../../sandbox/iam/credentials.ts';
import { ecrService } from '../../../sandbox/services/ecr/service.ts';
import { ecsService } from '../../../sandbox/services/ecs/service.ts';
import { eksService } from '../../../sandbox/services/eks/service.ts';
import { eventbridgeService } from '../../../sandbox/services/eventbridge/service.ts';
import { kubernetesService } from '../../../sandbox/services/kubernetes/service.ts';
import { lambdaService } from '../../../sandbox/services/lambda/service.ts';
import { schedulerService } from '../../../sandbox/services/scheduler/service.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { readWorld } from '../../../sandbox/world/read.ts';
import { readImageGraph } from '../../../shared/account/imageGraph.ts';
import { readsWith } from '../../../shared/account/reads.ts';
import { awsFor } from '../../../shared/platform/sdk/aws.ts';
import { throughDoor } from '../services/throughDoor.ts';
import { digest } from './digests.ts';

const docs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs');
const example = /```yaml\n(.*?)```/s.exec(readFileSync(join(docs, 'account-file.md'), 'utf8'))?.[1] ?? '';

const graphOf = (account: Account, wanted: string) =>
  readImageGraph(
    readsWith(awsFor({ region: account.region, endpoint: account.endpoint, credentials: rootCredentials(account) })),
    { account: account.id, region: account.region, repository: 'payments/checkout-api', digest: wanted },
  );

it('shows the product who uses an image: by its index, by a platform, or nobody', () =>
  throughDoor(
    [ecrService, ecsService, eksService, eventbridgeService, kubernetesService, lambdaService, schedulerService],
    async ({ account }) => {
      const world = readWorld(example, 'example.account.yaml');
      loadWorld(account, world);
      const platform = await graphOf(account, digest('b'));
      expect(platform.images.map((image) => [image.digest, image.kind]).toSorted()).toEqual([
        [digest('a'), 'index'],
        [digest('b'), 'image'],
        [digest('c'), 'image'],
      ]);
      expect(platform.unread).toEqual([]);
      expect(platform.lastPull).toBe('2026-11-19T16:41:00.000Z');
      const kinds = platform.users.map((user) => `${user.kind} ${user.digest.slice(7, 8)}`);
      expect(kinds.toSorted()).toEqual([
        ...['function b', 'pod a', 'pod a', 'pod a', 'service a', 'task a', 'task a', 'task a'],
        ...['task-definition a', 'task-definition a', 'workload a'],
      ]);
      const starters = platform.users.flatMap(({ startedBy }) => startedBy);
      expect(starters).toEqual(['service/prod/checkout-api', 'rule/monthly-report', 'schedule/jobs/yearly-report']);
      const archived = await graphOf(account, world.repositories[0]?.images[1]?.digest ?? '');
      expect(archived.images).toMatchObject([{ status: 'ARCHIVED', tags: ['1.41'] }]);
      expect(archived.users).toEqual([]);
      expect(archived.unread).toEqual([]);
    },
  ));
