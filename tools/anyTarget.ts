import type { Target } from '../shared/actions/contract.ts';
import type { ResourceKind } from '../shared/finding/finding.ts';

/** What stands for the varying parts of a target when its permissions are written down for all of them. */
export interface Wording {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** What stands for the name of a resource. */
  readonly name: string;
}

// Valid in form, because actions refuse to make an ARN from anything else, and found nowhere else in an ARN.
const account = '000011112222';
const region = 'any-region-1';
const name = 'any-name';

const targets: Readonly<Record<ResourceKind, Target>> = {
  image: {
    kind: 'image',
    id: `${name}@sha256:${'0'.repeat(64)}`,
    arn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
    repository: name,
    digest: `sha256:${'0'.repeat(64)}`,
    tags: [],
    account,
    region,
  },
};

/** A target that stands for every target of its kind. */
export const anyTarget = (kind: ResourceKind): Target => targets[kind];

/** Replaces the varying parts of an ARN that was made from `anyTarget`. */
export const inWords = (arn: string, wording: Wording): string =>
  arn
    .replace('arn:aws:', `arn:${wording.partition}:`)
    .replace(account, wording.account)
    .replace(region, wording.region)
    .replace(name, wording.name);
