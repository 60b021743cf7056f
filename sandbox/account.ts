import type { VirtualClock } from './kernel/clock.ts';
import type { Random } from './kernel/random.ts';

/** Who makes a call: resolved from the access key that signed it. */
export type Principal =
  /** The account's administrator: the person (or driver) outside; allowed everything. */
  | { readonly kind: 'root'; readonly arn: string }
  | {
      readonly kind: 'role';
      readonly roleName: string;
      /** arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION */
      readonly arn: string;
      /** Session policy documents passed to AssumeRole; a call must be allowed by each. */
      readonly sessionPolicies: readonly string[];
      /** When its session's token was issued, virtual milliseconds; absent for a service that acts as the role by itself. */
      readonly issuedAt?: number;
    }
  /** Nobody known: a request without a key to what is open to everybody. */
  | { readonly kind: 'anonymous'; readonly arn: 'anonymous' }
  /** AWS itself acting for a resource (EventBridge delivering, SNS, Lambda's poller …). */
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string };

/** Makes or finds the part of the account's state that one service keeps. */
export type Slice<T> = (account: Account) => T;

/** The embedded account: one clock, one source of randomness, and each service's state behind its slice. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly clock: VirtualClock;
  readonly random: Random;
  /** Base URL of the front door, e.g. http://127.0.0.1:4566; every URL in an answer begins with it. */
  endpoint: string;
  readonly slices: Map<string, unknown>;
  /** Every API call that came in (or that a service made for a resource), in order: the account's trail. */
  readonly trail: TrailEntry[];
}

export interface TrailEntry {
  readonly at: number;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly result: string;
}

/** Tells of every call from here on, as it is entered in the trail; answers with how to stop it. Whoever hears of it must not throw. */
export function followTrail({ trail }: Account, hear: (entry: TrailEntry) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(trail, 'push');
  const push = trail.push.bind(trail);
  Object.defineProperty(trail, 'push', {
    configurable: true,
    // A copy of the trail is an array like any other.
    enumerable: false,
    value: (...entries: readonly TrailEntry[]): number => {
      const length = push(...entries);
      for (const entry of entries) hear(entry);
      return length;
    },
  });
  return () => {
    if (before) Object.defineProperty(trail, 'push', before);
    else Reflect.deleteProperty(trail, 'push');
  };
}

export function slice<T>(name: string, make: (account: Account) => T): Slice<T> {
  return (account) => {
    if (!account.slices.has(name)) account.slices.set(name, make(account));
    return account.slices.get(name) as T;
  };
}

/** One call of one operation. */
export interface Call {
  readonly account: Account;
  readonly principal: Principal;
  readonly requestId: string;
  /** Waits on virtual time (a long poll): the caller counts as idle until the promise settles. */
  readonly park: <T>(promise: Promise<T>) => Promise<T>;
}

/** What IAM is asked before an operation runs. Several entries must all be allowed. */
export interface Needed {
  /** e.g. `ecr:DescribeImages` */
  readonly action: string;
  /** ARN of what it is done to; `*` where AWS does not scope the action. */
  readonly resource: string;
  /** Values of the service's own condition keys for this call. */
  readonly context?: Readonly<Record<string, string>>;
}

/** One API operation: a small function over the account, and what IAM is asked first. */
export interface Operation<I = never, O = unknown> {
  readonly needs: (input: I, account: Account) => readonly Needed[];
  readonly run: (input: I, call: Call) => O | Promise<O>;
}

export type Protocol = 'json-1.0' | 'json-1.1' | 'query' | 'ec2' | 'rest-json' | 'rest-xml' | 'kubernetes';

export interface Service {
  /** The name in the SigV4 credential scope, e.g. `ecr`, `states`, `sqs`. */
  readonly name: string;
  readonly protocol: Protocol;
  /** json protocols: the part of X-Amz-Target before the dot. query, ec2: the XML namespace. */
  readonly target?: string;
  /** A json service that spoke AWS Query once, and tells its old error codes too: those that were spelt otherwise, by the new ones. */
  readonly queryErrors?: ReadonlyMap<string, string>;
  /** A json service whose newer clients speak Smithy RPC v2 CBOR. */
  readonly cbor?: true;
  /** rest protocols, and kubernetes: finds the operation and its input in method, path, query and body. */
  readonly route?: (request: RestRequest) => { readonly operation: string; readonly input: unknown } | undefined;
  /** Who may do what, the service itself decides, and IAM is not asked: the API of a Kubernetes cluster. */
  readonly admitsItself?: true;
  readonly operations: { readonly [name: string]: Operation };
}

export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

/** Output of a rest operation that is not plain JSON: status, headers and raw body. */
export interface RestOutput {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

/** Defines an operation with the SDK's own input and output types, seen by the registry as a plain one. */
export function operation<I, O>(needs: Operation<I, O>['needs'], run: Operation<I, O>['run']): Operation {
  return { needs, run } as unknown as Operation;
}

/** An error as AWS answers it. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}
