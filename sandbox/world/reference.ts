import { closest } from '../../shared/rules/closest.ts';
import { imagesOf } from './images.ts';
import type { World } from './schema.ts';

/** An image as a task definition or function names it. */
export interface Reference {
  /** As AWS shows it: with the registry's host. */
  readonly uri: string;
  /** What it stands for now; undefined for an image elsewhere that names no digest. */
  readonly digest: string | undefined;
  /** Whether it lies in this account's registry. */
  readonly here: boolean;
}

/** What is wrong with a reference, and what to do about it. */
export class BadReference extends Error {}

const PARTS = /^(?<name>.+?)(?::(?<tag>[^:/@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Resolves a reference as ECS and Lambda do when something is deployed. Throws BadReference. */
export function referenceOf(world: World, image: string): Reference {
  const host = `${world.account}.dkr.ecr.${world.region}.amazonaws.com/`;
  const path = image.startsWith(host) ? image.slice(host.length) : image;
  const { name = '', tag, digest } = PARTS.exec(path)?.groups ?? {};
  // A registry's host is told from a repository's first part by its dot or port.
  if (path.includes('/') && /[.:]/.test(path.split('/')[0] ?? '')) return { uri: image, digest, here: false };
  const repository = world.repositories.find((each) => each.name === name);
  if (repository === undefined) {
    const names = world.repositories.map((each) => each.name);
    const hint = names.length === 0 ? 'add it under repositories' : closest(name, names);
    throw new BadReference(
      `"${image}" is of no repository of this file; ${hint} (an image of a registry elsewhere needs its host, e.g. docker.io/library/nginx:1.27)`,
    );
  }
  const images = imagesOf(repository);
  if (digest !== undefined) {
    if (images.some((each) => each.digest === digest)) return { uri: `${host}${path}`, digest, here: true };
    throw new BadReference(`"${image}" names a digest that ${name} does not hold; add it to the images of ${name}`);
  }
  const found = images.find((each) => each.tags.includes(tag ?? 'latest'));
  if (found !== undefined) return { uri: `${host}${path}`, digest: found.digest, here: true };
  const known = images.flatMap((each) => each.tags);
  const hint = known.length === 0 ? `give an image of ${name} that tag` : closest(tag ?? 'latest', known);
  throw new BadReference(`"${image}" names a tag that no image of ${name} has; ${hint}`);
}
