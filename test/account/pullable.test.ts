import { expect, test } from 'vitest';
import { readUnpullable } from '../../shared/account/pullable.ts';
import { readsWith } from '../../shared/account/reads.ts';
import { awsError } from './awsError.ts';
import { image, type TestImage } from './images.ts';
import { account, mockAccount, region, repositoryUri, type World } from './mockAccount.ts';

const [app, other] = [image('amd64'), image('arm64')];
const definition = 'app:7';
const arn = `arn:aws:ecs:${region}:${account}:task-definition/${definition}`;

/** An account with these images, and the definition `app:7` of a container in ECR and one from elsewhere. */
const world = (images: readonly TestImage[], reference = `${repositoryUri}:1.0`): World => ({
  images: [...images],
  taskDefinitions: {
    [definition]: {
      containerDefinitions: [
        { name: 'proxy', image: 'public.ecr.aws/envoy:1' },
        { name: 'app', image: reference },
      ],
    },
  },
});

const unpullable = (of: World, digests = { app: app.digest }) =>
  readUnpullable(readsWith(mockAccount(of).aws), arn, digests);

test('tasks of a definition can start while what they would run is active, whatever else is in the repository', async () => {
  expect(await unpullable(world([app, { ...other, status: 'ARCHIVED' }]))).toBeNull();
});

test.each(['ARCHIVED', 'ACTIVATING'] as const)('they cannot while it is %s', async (status) => {
  expect(await unpullable(world([{ ...app, status }]))).toMatch(new RegExp(`@sha256:\\w{12} is ${status}$`));
});

test('they cannot when it is gone', async () => {
  expect(await unpullable(world([other]))).toMatch(/ is gone$/);
});

test('the digest that the definition names counts, and not the one that ran', async () => {
  const pinned = world([app, { ...other, status: 'ARCHIVED' }], `${repositoryUri}@${other.digest}`);
  expect(await unpullable(pinned)).toContain(other.digest.slice(0, 19));
});

test('an image of which no digest is known, and one of another registry, are in nobody’s way', async () => {
  expect(await unpullable(world([{ ...app, status: 'ARCHIVED' }]), {} as never)).toBeNull();
});

test('what cannot be read is no answer', async () => {
  const refuse = { DescribeImages: awsError('AccessDeniedException') };
  await expect(unpullable({ ...world([app]), refuse })).rejects.toThrow();
});
