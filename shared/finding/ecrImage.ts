import { InvalidEvent } from '../platform/errors.ts';
import { bounded, tagCount, tagLength } from './bounds.ts';
import { isRegion } from './envelope.ts';
import { partitionOf } from './partition.ts';
import { isAbsent, join, readArray, readText } from './read.ts';
import type { ImageResource } from './resource.ts';

/** Where a repository lies; account and Region are null when the text that named it was no ARN. */
export interface RepositoryRef {
  readonly repository: string;
  readonly account: string | null;
  readonly region: string | null;
}

/** ECR's own pattern for a repository name, 2 to 256 characters. */
const repositoryName = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const repositoryArn = /^arn:aws[a-z-]*:ecr:([a-z0-9-]+):(\d{12}):repository\/(.+)$/;
/**
 * ECR's digests are SHA-256 in hex. AWS's own documentation prints shortened ones that end in EXAMPLE; they are read
 * too: what does not exist in ECR cannot be acted on, while a rule can still be tried out on them.
 */
const digestText = /^sha256:[0-9A-Za-z]{32,64}$/;

function checkedName(name: string, path: string): string {
  if (name.length < 2 || name.length > 256 || !repositoryName.test(name)) {
    throw new InvalidEvent(path, `${path} must name an ECR repository`);
  }
  return name;
}

/** A repository's name, or its ARN: Inspector2 Scan puts the ARN where ECR puts the name. */
export function readRepository(value: unknown, path: string): RepositoryRef {
  const text = readText(value, path);
  if (!text.startsWith('arn:')) return { repository: checkedName(text, path), account: null, region: null };
  const [, region, account, name] = repositoryArn.exec(text) ?? [];
  if (region === undefined || account === undefined || name === undefined || !isRegion(region)) {
    throw new InvalidEvent(path, `${path} must be the ARN of an ECR repository`);
  }
  return { repository: checkedName(name, path), account, region };
}

export function readDigest(value: unknown, path: string): string {
  const text = readText(value, path);
  if (!digestText.test(text)) throw new InvalidEvent(path, `${path} must be a digest (sha256: and 64 hex digits)`);
  return text;
}

/** `arn:…:repository/<name>/sha256:…`, split at the last `/sha256:`, because a name may contain anything before it. */
export function readImageArn(value: unknown, path: string): RepositoryRef & { readonly digest: string | null } {
  const text = readText(value, path);
  if (!text.startsWith('arn:')) throw new InvalidEvent(path, `${path} must be the ARN of an image in ECR`);
  const at = text.lastIndexOf('/sha256:');
  const digest = at === -1 ? null : readDigest(text.slice(at + 1), path);
  return { ...readRepository(at === -1 ? text : text.slice(0, at), path), digest };
}

/** Tags in one order, each once: AWS lists them in any. Long ones are cut, many are left off. */
export function readTags(value: unknown, path: string): readonly string[] {
  if (isAbsent(value)) return [];
  const tags = readArray(value, path).map((tag, index) => {
    const at = join(path, index);
    if (typeof tag !== 'string') throw new InvalidEvent(at, `${at} must be a text`);
    return bounded(tag, tagLength);
  });
  return [...new Set(tags)].sort().slice(0, tagCount);
}

/** The resource of a finding, from parts already read. */
export function imageResource(
  where: { readonly account: string; readonly region: string },
  repository: string,
  digest: string | null,
  tags: readonly string[],
): ImageResource {
  return {
    kind: 'image',
    id: digest === null ? repository : `${repository}@${digest}`,
    arn: `arn:${partitionOf(where.region)}:ecr:${where.region}:${where.account}:repository/${repository}`,
    repository,
    digest,
    tags,
  };
}
