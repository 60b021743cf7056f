import * as z from 'zod';

export const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits in lower case')
  .describe(
    'Digest of the manifest. Without `content` it is taken as given: the made-up manifest does not hash to it.',
  );

export const instant = z.iso.datetime({ message: 'must be an ISO 8601 UTC time such as 2026-11-20T09:00:00Z' });

export const tags = z
  .record(z.string(), z.string())
  .default({})
  .describe('Tags of the resource, e.g. { team: payments }.');

/** A name of letters, digits, hyphens and underscores. */
export const name = (longest: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[A-Za-z0-9_-]{1,${longest}}$`),
      `must be 1 to ${longest} letters, digits, hyphens or underscores`,
    );

export const imageReference = z
  .string()
  .describe(
    "`repository:tag`, `repository@sha256:…` or `repository:tag@sha256:…` of this account's registry (the full URI is taken as well), or an image of a registry elsewhere with its host, e.g. public.ecr.aws/nginx/nginx:1.27.",
  );
