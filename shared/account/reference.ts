import { type ImageReference, parseImageReference } from './imageReference.ts';

/** An image of whichever registry, as a deployment names it. */
export interface Reference {
  /** Host of the registry with its port; of Amazon ECR in the usual form, whichever was written. `docker.io` where none was. */
  readonly registry: string;
  readonly repository: string;
  /** `latest` when neither a tag nor a digest is given, as Docker does; null when only a digest is. */
  readonly tag: string | null;
  readonly digest: string | null;
  /** Of an image in Amazon ECR. */
  readonly ecr: ImageReference | null;
}

const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?$/;
const path = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagText = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,299}$/;
/** OCI image specification, "Digests": whatever algorithm, of the registered ones with so many digits. */
const digestText = /^(?!sha(?:256|384|512):)[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]{32,256}$/;
const registeredDigest = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
const longestRepository = 256;

/** Whether a text is a digest that such a registry may have: Amazon ECR's are SHA-256 alone. */
export const isDigest = (text: string, isInEcr: boolean): boolean =>
  isInEcr ? /^sha256:[0-9a-f]{64}$/.test(text) : registeredDigest.test(text) || digestText.test(text);

/** What is not a registry is a part of the path: Docker takes the first part for a host where it has a dot or a port, or is localhost. */
const isHost = (part: string): boolean => /[.:]/.test(part) || part === 'localhost';

/** Docker Hub's other names. */
const hub: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

const ecrHost = ({ account, region }: ImageReference): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** Reads `[registry[:port]/]repository[:tag][@digest]`; null for what is no image's name, `https://…` among it. */
export function parseReference(text: string): Reference | null {
  const [named = '', digest = null, ...more] = text.split('@');
  if (more.length > 0 || (digest !== null && !isDigest(digest, false))) return null;
  const slash = named.indexOf('/');
  const first = slash === -1 ? '' : named.slice(0, slash);
  const registry = isHost(first) ? first.toLowerCase() : 'docker.io';
  const rest = isHost(first) ? named.slice(slash + 1) : named;
  const colon = rest.indexOf(':');
  const name = colon === -1 ? rest : rest.slice(0, colon);
  const tag = colon === -1 ? (digest === null ? 'latest' : null) : rest.slice(colon + 1);
  if (!host.test(registry) || !path.test(name) || name.length > longestRepository) return null;
  if (tag !== null && !tagText.test(tag)) return null;
  if (hub.has(registry)) {
    return { registry: 'docker.io', repository: name.includes('/') ? name : `library/${name}`, tag, digest, ecr: null };
  }
  const ecr = parseImageReference(`${registry}/${rest}${digest === null ? '' : `@${digest}`}`);
  if (ecr !== null && digest !== null && !isDigest(digest, true)) return null;
  return { registry: ecr === null ? registry : ecrHost(ecr), repository: name, tag, digest, ecr };
}
