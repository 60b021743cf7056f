import { createHash } from 'node:crypto';
import type { Account, Principal } from '../../account.ts';
import { eventHistory, type KeptEvent, keptMs } from './state.ts';

/** A call that came to its end at the front door. */
export interface Ended {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** Absent where it was refused. */
  readonly output?: unknown;
  /** Absent where nobody was known by the key. */
  readonly principal: Principal | undefined;
  readonly accessKeyId: string | undefined;
  readonly userAgent: string | undefined;
  readonly requestId: string;
  /** Absent where it went well. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** By service, whose calls are kept and under which source; of Application Auto Scaling it is that of EC2 Auto Scaling, as AWS has it. */
const sources: ReadonlyMap<string, string> = new Map([
  ['application-autoscaling', 'autoscaling.amazonaws.com'],
  ['autoscaling', 'autoscaling.amazonaws.com'],
  ['ec2', 'ec2.amazonaws.com'],
  ['ecr', 'ecr.amazonaws.com'],
  ['ecs', 'ecs.amazonaws.com'],
  ['elasticloadbalancing', 'elasticloadbalancing.amazonaws.com'],
  ['iam', 'iam.amazonaws.com'],
  ['lambda', 'lambda.amazonaws.com'],
  ['wafv2', 'wafv2.amazonaws.com'],
]);

/** Behind some of its calls Lambda writes the date of its API (Lambda developer guide, "Logging AWS Lambda API calls using AWS CloudTrail"). */
const dated: ReadonlyMap<string, string> = new Map([
  ['DeleteFunctionConcurrency', 'DeleteFunctionConcurrency20171031'],
  ['PutFunctionConcurrency', 'PutFunctionConcurrency20171031'],
]);

/** An invocation is a data event, which the history does not have. */
const isManagement = ({ service, operation }: Ended): boolean => service !== 'lambda' || operation !== 'Invoke';

const readOnly = /^(?:BatchGet|Describe|Get|List)/;

/**
 * Keeps a changing call of EC2, ECS, ECR, Elastic Load Balancing, IAM, Lambda, WAF and both Auto Scalings, whether it went well or was refused. Draws no chance: an account
 * that nobody asks about its history goes the same way as before there was one.
 */
export function keepEvent(account: Account, ended: Ended): void {
  const source = sources.get(ended.service);
  if (source === undefined || readOnly.test(ended.operation) || ended.principal?.kind === 'service') return;
  if (!isManagement(ended)) return;
  const { events } = eventHistory(account);
  const at = account.clock.now();
  const first = events.findIndex((event) => event.at > at - keptMs);
  events.splice(0, first < 0 ? events.length : first);
  events.push(eventOf(account, ended, { source, at }));
}

function eventOf(
  account: Account,
  ended: Ended,
  { source, at }: { readonly source: string; readonly at: number },
): KeptEvent {
  const { operation, requestId, principal, accessKeyId, error } = ended;
  const name = dated.get(operation) ?? operation;
  const id = uuidFrom(requestId);
  const identity = identityOf(account, principal, accessKeyId);
  const record = {
    eventVersion: '1.11',
    userIdentity: identity,
    eventTime: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: source,
    eventName: name,
    // A global service writes into the trail of one Region, whoever calls it from where.
    awsRegion: source === 'iam.amazonaws.com' ? 'us-east-1' : account.region,
    // All that reaches the account comes over loopback.
    sourceIPAddress: '127.0.0.1',
    userAgent: ended.userAgent,
    ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
    requestParameters: (ended.service === 'elasticloadbalancing' ? loweredAll : lowered)(shown(ended.input)),
    responseElements: error === undefined ? shown(ended.output) : null,
    requestID: requestId,
    eventID: id,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account.id,
    eventCategory: 'Management',
  };
  return { id, at, source, name, accessKeyId, username: usernameOf(principal), record: JSON.stringify(record) };
}

/** The id of an event is no id of anything else, and needs no chance. */
function uuidFrom(requestId: string): string {
  const hex = createHash('sha256').update(requestId).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function identityOf({ id }: Account, principal: Principal | undefined, accessKeyId: string | undefined): object {
  if (principal?.kind === 'root') {
    return { type: 'Root', principalId: id, arn: principal.arn, accountId: id, accessKeyId };
  }
  if (principal?.kind !== 'role') return { type: 'Unknown', accessKeyId };
  const { roleName, arn } = principal;
  const issuer = { type: 'Role', arn: `arn:aws:iam::${id}:role/${roleName}`, accountId: id, userName: roleName };
  return { type: 'AssumedRole', arn, accountId: id, accessKeyId, sessionContext: { sessionIssuer: issuer } };
}

/** A look-up shows the session of a role by its name. */
function usernameOf(principal: Principal | undefined): string | undefined {
  if (principal?.kind === 'root') return 'root';
  return principal?.kind === 'role' ? principal.arn.slice(principal.arn.lastIndexOf('/') + 1) : undefined;
}

/** Names of parameters begin with a small letter in a record, whatever the API writes: `functionName`. */
const lowered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name.slice(0, 1).toLowerCase() + name.slice(1), one]),
      )
    : value;

/** Elastic Load Balancing writes the members of its lists so, too (its user guide, "Log API calls using AWS CloudTrail"). */
function loweredAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(loweredAll);
  const own = lowered(value);
  if (typeof own !== 'object' || own === null) return own;
  return Object.fromEntries(Object.entries(own).map(([name, one]) => [name, loweredAll(one)]));
}

/** What is larger is left out (CloudTrail User Guide, "CloudTrail record contents": 100 KB). */
const mostShown = 100 * 1024;

/** Times as text; bytes are nothing that CloudTrail shows. */
function shown(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value, (_name, member) => (member instanceof Uint8Array ? undefined : member));
  return text.length > mostShown ? null : JSON.parse(text);
}
