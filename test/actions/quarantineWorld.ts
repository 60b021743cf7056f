import type { Observed } from '../../shared/actions/quarantineImage/observe.ts';
import { quarantineImage as action } from '../../shared/actions/quarantineImage/quarantineImage.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { image, index, type TestImage } from '../account/images.ts';
import { mockAccount, type World } from '../account/mockAccount.ts';
import { actContext, imageTarget } from './actContext.ts';

const platforms = () => [image('amd64'), image('arm64')];
export const [amd, arm] = platforms() as [TestImage, TestImage];
export const release = index([amd, arm]);
/** The accused platform of the index `release`. */
export const target = imageTarget(amd.digest);

/** A repository with that index alone; its images are new ones each time, because a test changes their status. */
export const world = (change: Partial<World> = {}): World => ({
  images: [...platforms(), index(platforms(), { tags: ['1.42.0'] })],
  ...change,
});

/** By digest. */
export const statuses = (of: World) =>
  Object.fromEntries(of.images.map(({ digest, status }) => [digest, status ?? 'ACTIVE']));
export const all = (status: string) => ({ [amd.digest]: status, [arm.digest]: status, [release.digest]: status });

export async function observed(of: World): Promise<JsonObject & Observed> {
  const context = actContext(mockAccount(of).aws);
  return (await action.observe(target, {}, context)) as JsonObject & Observed;
}
