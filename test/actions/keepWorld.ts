import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { openAccount } from '../../sandbox/sandbox.ts';
import type { StoredImage } from '../../sandbox/services/ecr/state.ts';
import { repositories } from '../../sandbox/services/ecr/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import type { Planned, Target } from '../../shared/actions/contract.ts';
import { protectFromLifecycle } from '../../shared/actions/protectFromLifecycle/protectFromLifecycle.ts';
import { imageResource } from '../../shared/finding/ecrImage.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Aws } from '../../shared/platform/sdk/aws.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import { actContext } from './actContext.ts';

const [account, region, repository] = ['123456789012', 'eu-central-1', 'shop/web'] as const;

export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
export const tagOf = (letter: string): string => `firebreak-keep-${letter.repeat(12)}`;
export const imageAt = (letter: string): Target<'image'> => ({
  ...imageResource({ account, region }, repository, digestOf(letter), []),
  account,
  region,
});

export const buildsExpire = {
  rulePriority: 1,
  selection: {
    ...{ tagStatus: 'tagged', tagPrefixList: ['build-'] },
    ...{ countType: 'sinceImagePushed', countUnit: 'days', countNumber: 3650 },
  },
  action: { type: 'expire' },
};
export const archiveExpires = {
  rulePriority: 2,
  selection: {
    ...{ tagStatus: 'any', storageClass: 'archive' },
    ...{ countType: 'sinceImageTransitioned', countUnit: 'days', countNumber: 90 },
  },
  action: { type: 'expire' },
};

/** What a test does instead of, or before, a call. */
type Between = (call: string) => void;

/** Clients of which each call is told before it is sent. */
const telling = (aws: Aws, between: Between): Aws => ({
  ...aws,
  ecr: async () => {
    const ecr = await aws.ecr();
    const send = (command: object, ...more: readonly unknown[]) => {
      between(command.constructor.name.replace(/Command\d*$/, ''));
      return (ecr.client.send as (...all: readonly unknown[]) => Promise<unknown>).call(ecr.client, command, ...more);
    };
    return { ...ecr, client: { send } } as unknown as Awaited<ReturnType<Aws['ecr']>>;
  },
});

/** A repository in the embedded account, and the action on its images as the administrator. */
export async function keepWorld(images: readonly object[], settings: object, between: Between = () => undefined) {
  const world = worldSchema.parse({ account, region, repositories: [{ name: repository, images, ...settings }] });
  const embedded = await openAccount({ world });
  const { expiration: _never, ...credentials } = { expiration: undefined, ...rootCredentials(embedded.account) };
  const aws = awsFor({ region, endpoint: embedded.door.endpoint, credentials });
  const context = { ...actContext(telling(aws, between)), clock: { now: () => new Date(embedded.clock.now()) } };
  const found = () => {
    const one = repositories(embedded.account).get(repository);
    if (one === undefined) throw new Error('The repository is not there');
    return one;
  };
  const observe = (letter: string) => protectFromLifecycle.observe(imageAt(letter), {}, context);
  const plan = async (letter: string): Promise<Planned> =>
    protectFromLifecycle.plan(imageAt(letter), {}, await observe(letter), context.settings);
  /** By image, what the step that keeps it has chosen: what comes after goes by that. */
  const chosen = new Map<string, JsonObject>();
  const acting = (letter: string) => ({
    ...context,
    ...(chosen.has(letter) ? { chosen: chosen.get(letter) ?? {} } : {}),
  });
  return {
    context,
    account: embedded.account,
    repository: found,
    image: (letter: string): StoredImage | undefined => found().images.get(digestOf(letter)),
    tags: (letter: string): readonly string[] => [...(found().images.get(digestOf(letter))?.tags ?? [])].toSorted(),
    policy: (): unknown => JSON.parse(found().lifecycle?.text ?? 'null'),
    numbers: (): readonly number[] =>
      JSON.parse(found().lifecycle?.text ?? '{"rules":[]}').rules.map((one: typeof buildsExpire) => one.rulePriority),
    observe,
    acting,
    plan,
    keep: async (letter: string) => {
      const planned = chosen.has(letter) ? undefined : await plan(letter);
      if (planned?.kind === 'step' && planned.chosen !== undefined) chosen.set(letter, planned.chosen);
      return protectFromLifecycle.execute(imageAt(letter), {}, await observe(letter), acting(letter));
    },
    verify: async (letter: string) =>
      protectFromLifecycle.verify(imageAt(letter), {}, await observe(letter), acting(letter)),
    letGo: async (letter: string) =>
      protectFromLifecycle.undo?.(imageAt(letter), {}, await observe(letter), acting(letter)),
    verifyLetGo: async (letter: string) =>
      protectFromLifecycle.verifyUndone?.(imageAt(letter), {}, await observe(letter), acting(letter)),
    [Symbol.asyncDispose]: embedded.close,
  };
}
