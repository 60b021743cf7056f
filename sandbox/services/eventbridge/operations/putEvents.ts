import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '../../../../shared/platform/json.ts';
import { type Account, AwsError, type Needed, operation, type Principal } from '../../../account.ts';
import { tooDeep } from '../../depth.ts';
import { route } from '../bus.ts';
import { envelopeOf } from '../envelope.ts';

const MAX_ENTRIES = 10;
/** 1 MiB for the whole request; the 256 KB often quoted is out of date. */
const MAX_BYTES = 1_048_576;

const busArn = (account: Account, name: string): string =>
  `arn:aws:events:${account.region}:${account.id}:event-bus/${name}`;

/** ARN of the bus that an entry is for: that of another account is another bus, whatever its name. */
const busOf = (account: Account, { EventBusName: bus = 'default' }: PutEventsRequestEntry): string =>
  bus.startsWith('arn:') ? bus : busArn(account, bus);

const needs = (input: PutEventsRequest, account: Account): readonly Needed[] =>
  [...new Set((input.Entries ?? []).map((entry) => busOf(account, entry)))].map((resource) => ({
    action: 'events:PutEvents',
    resource,
  }));

/**
 * A customer's own events; from the account's administrator, who stands for the services that are not here, AWS's as well. Each entry
 * succeeds or fails by itself.
 */
export const putEvents = operation<PutEventsRequest, PutEventsResponse>(needs, (input, { account, principal }) => {
  const entries = input.Entries ?? [];
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MAX_ENTRIES}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) >= MAX_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results = entries.map((entry) => put(account, principal, entry));
  return { FailedEntryCount: results.filter((each) => each.ErrorCode !== undefined).length, Entries: results };
});

/** As the guide counts it: 14 bytes for a time, and the text of the other members. */
function bytesOf(entry: PutEventsRequestEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const time = entry.Time === undefined ? 0 : 14;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), time);
}

function put(account: Account, principal: Principal, entry: PutEventsRequestEntry): PutEventsResultEntry {
  const { Source, DetailType, Detail, Resources = [], Time } = entry;
  if (busOf(account, entry) !== busArn(account, 'default'))
    return failed('InvalidArgument', 'Parameter EventBusName is not valid.');
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value)
      return failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  // Only AWS's services speak as `aws.`: what makes a rule on such a source trustworthy. On AWS an administrator may not either.
  if (Source?.startsWith('aws.') && principal.kind !== 'root')
    return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = objectOf(Detail ?? '');
  if (!detail || tooDeep(detail)) return failed('MalformedDetail', 'Detail is malformed.');
  const envelope = envelopeOf(account, {
    source: Source ?? '',
    detailType: DetailType ?? '',
    detail,
    resources: Resources,
    ...(Time === undefined ? {} : { time: timeOf(Time) }),
  });
  route(account, { ...envelope });
  return { EventId: envelope.id };
}

const failed = (ErrorCode: string, ErrorMessage: string): PutEventsResultEntry => ({ ErrorCode, ErrorMessage });

/** On the wire a time is seconds since the epoch. */
const timeOf = (time: Date | number): number => (typeof time === 'number' ? time * 1000 : time.getTime());

function objectOf(text: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
