import { composeArn, type Place } from './place.ts';
import type { AccessKeyResource } from './resource.ts';

/** What IAM allows in the name of a user. The root user has none. */
export const userName = /^[\w+=,.@-]{1,64}$/;

/** A long-term key. What begins with ASIA is temporary, and no call sets it Inactive (IAM user guide, "Unique identifiers"). */
export const longTermKey = /^AKIA[A-Z0-9]{16}$/;

/** A key of a user. IAM's calls name a user without the path, and so does the ARN here. */
export const accessKey = (id: string, user: string, place: Place): AccessKeyResource => ({
  kind: 'access-key',
  id,
  arn: composeArn('iam', place, `user/${user}`),
  user,
});
