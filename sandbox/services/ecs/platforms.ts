import { type Account, AwsError } from '../../account.ts';
import type { StoredTaskDefinition } from './state.ts';

/** The platform version of Fargate that a revision of a service has. */
export interface Platform {
  /** As it was asked for: `LATEST` or a version. */
  readonly asked: string;
  /** What that stood for when the revision was made: its tasks stay on it. */
  readonly runs: string;
}

interface Offered {
  /** What LATEST stands for. */
  readonly latest: string;
  /** By version, when it was retired. */
  readonly retired: { readonly [version: string]: string };
}

/** Developer guide, "Fargate platform versions for Amazon ECS", and "AWS Fargate Linux platform version deprecation" for the dates. */
const linux: Offered = {
  latest: '1.4.0',
  retired: {
    '1.0.0': '2020-12-14T00:00:00Z',
    '1.1.0': '2020-12-14T00:00:00Z',
    '1.2.0': '2020-12-14T00:00:00Z',
    '1.3.0': '2026-03-16T00:00:00Z',
  },
};
const windows: Offered = { latest: '1.0.0', retired: {} };

const systemOf = ({ settings }: StoredTaskDefinition): string =>
  settings.runtimePlatform?.operatingSystemFamily ?? 'LINUX';

const offeredFor = (definition: StoredTaskDefinition): Offered =>
  systemOf(definition).startsWith('WINDOWS') ? windows : linux;

/** `Linux`, `Windows Server 2022 Core`. */
export const platformFamily = (definition: StoredTaskDefinition): string =>
  systemOf(definition)
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');

/** What a version that was asked for stands for now. */
export const standsFor = (definition: StoredTaskDefinition, asked: string): string =>
  asked === 'LATEST' ? offeredFor(definition).latest : asked;

/** "You will not be able to launch new tasks or create new services" on one that was retired; what runs goes on. */
export const isRetired = (account: Account, definition: StoredTaskDefinition, version: string): boolean => {
  const at = offeredFor(definition).retired[version];
  return at !== undefined && Date.parse(at) <= account.clock.now();
};

/** Throws AwsError PlatformUnknownException for a version that there is not, or not any more. */
export function refuseUnknownPlatform(account: Account, definition: StoredTaskDefinition, asked: string): void {
  const { latest, retired } = offeredFor(definition);
  const isThere = asked === 'LATEST' || asked === latest || Object.hasOwn(retired, asked);
  if (isThere && !isRetired(account, definition, asked)) return;
  throw new AwsError('PlatformUnknownException', "The specified platform version doesn't exist.");
}
