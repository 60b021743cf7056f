import { patchHosts } from '../../shared/actions/patchHosts/patchHosts.ts';
import { commentFor } from '../../shared/actions/patchHosts/reads.ts';
import { params as shape } from '../../shared/actions/patchHosts/types.ts';
import { host, id, minutesAgo, worldOfHost } from './hostWorld.ts';

export const params = shape.parse({});

const [first, second] = patchHosts.parts ?? [];
if (first === undefined || second === undefined) throw new Error('It has no such parts');
/** The later steps of `ssm.patch-hosts`. */
export const patch = first;
export const activate = second;

/** The comment of a command that was sent for the incident at hand. */
export const own = commentFor(host, minutesAgo(60).toISOString());

export const command = (Status: string, more: object = {}) => ({
  ...{ CommandId: 'c-1', Comment: own, Status, RequestedDateTime: minutesAgo(10) },
  ...more,
});

/** The patch state after an install that ended well, or as changed. */
export const installed = (change: object = {}) => ({
  ...worldOfHost().patches,
  ...{ InstanceId: id, Operation: 'Install', OperationEndTime: minutesAgo(5), MissingCount: 0 },
  ...change,
});
