import { podsPermissions } from '../../account/podUsers.ts';
import type { Repository } from '../../account/repositoryImages.ts';
import { schedulePermissions } from '../../account/scheduleUsers.ts';
import { describes } from '../../account/workloadPermissions.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { Permission, Target } from '../contract.ts';

export type ImageTarget = Target<'image'>;

/** An image, or its repository itself. */
type InRepository = ImageTarget | Target<'ecr-repository'>;

const shapes = {
  partition: /^arn:(aws(?:-[a-z]+)*):/,
  account: /^\d{12}$/,
  region: /^[a-z]{2,}(?:-[a-z0-9]+)+$/,
  repository: /^[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*$/,
};

export const isRepositoryName = (text: string): boolean => text.length <= 256 && shapes.repository.test(text);

/** Where an image lies, for the readers of the account. */
export const repositoryOf = ({ account, region, repository }: ImageTarget): Repository => ({
  account,
  region,
  repository,
});

/**
 * The ARN that IAM scopes the calls about an image or a repository to, made from checked parts: a target comes from an event, and a `*` in it would
 * widen the policy to every repository.
 */
export function repositoryArn(target: InRepository): string {
  return `arn:${partitionOf(target)}:ecr:${target.region}:${target.account}:repository/${target.repository}`;
}

function partitionOf(target: InRepository): string {
  const partition = shapes.partition.exec(target.arn)?.[1];
  const sound =
    partition !== undefined &&
    shapes.account.test(target.account) &&
    shapes.region.test(target.region) &&
    isRepositoryName(target.repository);
  if (!sound) {
    const evidence = { account: target.account, region: target.region, repository: target.repository, arn: target.arn };
    throw new ActionFailed('There is no valid account, Region and repository, so no permission is given for it', {
      evidence,
    });
  }
  return partition;
}

/** What reading the image graph needs (`readImageGraph`), besides the repository's own calls. */
export function usersPermissions(target: ImageTarget): readonly Permission[] {
  const partition = partitionOf(target);
  const { account, region } = target;
  const prefix = (service: string): string => `arn:${partition}:${service}:${region}:${account}:`;
  const ecs = prefix('ecs');
  return [
    describes('ecs:ListClusters'),
    describes('ecs:ListServices'),
    describes('ecs:DescribeTaskDefinition'),
    describes('lambda:ListFunctions'),
    describes('events:ListEventBuses'),
    describes('events:ListRuleNamesByTarget'),
    { action: 'ecs:DescribeServices', resource: `${ecs}service/*` },
    { action: 'ecs:DescribeServiceRevisions', resource: `${ecs}service/*` },
    { action: 'ecs:DescribeServiceRevisions', resource: `${ecs}service-revision/*` },
    // AWS authorises ListTasks on the container instances of the cluster, on Fargate too.
    { action: 'ecs:ListTasks', resource: `${ecs}container-instance/*` },
    { action: 'ecs:DescribeTasks', resource: `${ecs}task/*` },
    // Of every bus: a rule of another than the default one is rule/BUS/NAME.
    { action: 'events:ListTargetsByRule', resource: `${prefix('events')}rule/*` },
    { action: 'lambda:GetFunction', resource: `${prefix('lambda')}function:*` },
    ...schedulePermissions({ partition, account, region }),
    ...podsPermissions({ partition, account, region }),
  ];
}

/** `payments/checkout-api@sha256:3f1c9e0d5a7b`, for people; the full digest is in the records. */
export const imageName = (target: ImageTarget): string =>
  `${target.repository}@${target.digest === null ? 'unknown digest' : shortDigest(target.digest)}`;

export const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

const keepPrefix = 'firebreak-keep-';

/** Whether a tag is one that keeps an image from a lifecycle policy: nobody deploys by it. */
export const isKeepTag = (tag: string): boolean => tag.startsWith(keepPrefix);

const hexOf = (digest: string): string => digest.slice('sha256:'.length);

/** More than anybody has a reason to take, and few enough to ask ECR for each. */
const mostKeepTags = 12;

/** What the lifecycle rules of ours select by, and the tags of one image: `firebreak-keep-3f1c9e0d5a7b`. */
export const keepTags = {
  prefix: keepPrefix,
  of: (digest: string): string => `${keepPrefix}${hexOf(digest).slice(0, 12)}`,
  /** The usual one first; then those that are taken where another image has it, because whoever may push may give it to any. */
  all: (digest: string): readonly string[] => {
    const [hex, whole] = [hexOf(digest), `${keepPrefix}${hexOf(digest)}`];
    const numbered = Array.from({ length: mostKeepTags - 3 }, (_, at) => `${whole}-${at + 2}`);
    return [keepTags.of(digest), `${keepPrefix}${hex.slice(0, 24)}`, whole, ...numbered];
  },
};
