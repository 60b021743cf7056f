import * as z from 'zod';
import { isWindows, versionForm } from './versions.ts';

const version = z.string().regex(versionForm, 'must be a version, e.g. 1.4.0');

/** What LATEST stands for, by the names of AWS Config's rule: no call of AWS says it. */
export const params = z.strictObject({
  latestLinuxVersion: version.default('1.4.0'),
  latestWindowsVersion: version.default('1.0.0'),
});
export type Params = z.infer<typeof params>;

/** What `ecs.update-platform-version` reads of its target. */
export type Observed = {
  /** As it was asked for: `LATEST`, or what somebody has pinned it to. */
  readonly version: string;
  /** `FARGATE`, `EC2`, `EXTERNAL`, or the names of its capacity providers. */
  readonly launch: string;
  /** `Linux`, `Windows Server 2022 Core`. */
  readonly platformFamily: string;
  readonly protectedBy: string | null;
  readonly controller: string;
  /** A deployment of somebody else is under way. */
  readonly deploying: boolean;
  /** Why it must not be deployed again, one clause each. */
  readonly against: readonly string[];
  /** What its tasks run on, each once: what was asked for as they started stands for that. */
  readonly runsOn: readonly string[];
  /** Id of the deployment that starts tasks. */
  readonly primary: string | null;
  /** ARN of the revision that it runs. */
  readonly definition: string;
  readonly desired: number;
  readonly running: number;
  readonly minimumHealthyPercent: number;
  readonly owner: string;
  readonly seen: readonly string[];
};

/** Of a before-state that was stored. */
export const beforeShape = z.object({
  version: z.string(),
  primary: z.string().nullable(),
  definition: z.string(),
});
export type Before = z.infer<typeof beforeShape>;

/** What the plan was made for. */
export const chosenShape = z.object({ from: z.string() });
export type Chosen = z.infer<typeof chosenShape>;

/** What LATEST stands for, as the rule says. */
export const latestFor = (
  { latestLinuxVersion, latestWindowsVersion }: Params,
  { platformFamily }: Pick<Observed, 'platformFamily'>,
): string => (isWindows(platformFamily) ? latestWindowsVersion : latestLinuxVersion);
