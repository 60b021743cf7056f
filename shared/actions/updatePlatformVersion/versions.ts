/** Follows what AWS recommends: what it stands for changes with time. */
export const LATEST = 'LATEST';

/** `1.4.0`. */
export const versionForm = /^\d{1,4}\.\d{1,4}\.\d{1,4}$/;

/** Whether one version is older than another; false where either is none. */
export function isOlder(one: string, other: string): boolean {
  if (!versionForm.test(one) || !versionForm.test(other)) return false;
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  const at = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  return at >= 0 && (a?.[at] ?? 0) < (b?.[at] ?? 0);
}

/** As ECS shows it: `Linux`, `Windows Server 2022 Core`. The numbers of the two have nothing to do with each other. */
export const isWindows = (platformFamily: string): boolean => /^windows/i.test(platformFamily);

/**
 * Whether AWS starts no task on it any more: for Linux what is older than 1.4.0, since 16 March 2026, in China since 15 June (developer guide,
 * "AWS Fargate Linux platform version deprecation").
 */
export const isRetired = (version: string, platformFamily: string): boolean =>
  !isWindows(platformFamily) && isOlder(version, '1.4.0');
