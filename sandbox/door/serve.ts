import {
  type Account,
  AwsError,
  type Call,
  type Operation,
  type Principal,
  type RestRequest,
  type Service,
} from '../account.ts';
import { deniedTo } from '../faults/disturbed.ts';
import { seenBy } from '../faults/stale.ts';
import { authorise } from '../iam/authorise.ts';
import { principalOf } from '../iam/credentials.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { keepEvent } from '../services/cloudtrail/keep.ts';
import { absentService, type Spoken } from './absentService.ts';
import { defect } from './defect.ts';
import { identify, type Signed } from './identify.ts';
import { cbor, isCbor } from './protocols/cbor.ts';
import type { Answer, Decoded, Exchange } from './protocols/protocol.ts';
import { protocols } from './protocols/registry.ts';
import { type Strangers, turnAway } from './protocols/strangers.ts';
import { decoded } from './receive.ts';
import { conform } from './shapes/conform.ts';

/** A request as far as it was understood before anything was done. */
export interface Understood {
  readonly service: string;
  readonly operation: string;
  /** ARN of what it is done to, as far as that can be told before it is tried; else `*`. */
  readonly target: () => string;
  /** Does what is asked and words the answer; never throws. */
  readonly answer: (requestId: string) => Promise<Answer>;
  /** Words a refusal in the service's own format, and enters it in the trail. */
  readonly refuse: (requestId: string, error: AwsError) => Answer;
  /** Words IAM's refusal of it, although no policy refuses. */
  readonly deny: (requestId: string) => Answer;
}

/** Works out which operation of which service a request asks for. */
export function understand(account: Account, services: ReadonlyMap<string, Service>, raw: RestRequest): Understood {
  const signed = identify(raw);
  const { service, protocol, absent } = spoken(services, signed.service, raw);
  let asked: Decoded | undefined;
  let failure: AwsError | undefined;
  let request = raw;
  try {
    request = decoded(raw);
    asked = protocol.decode(service, request);
    if (asked) conform(service, asked);
  } catch (error) {
    failure = asAwsError(error);
  }
  const operation = asked?.operation ?? (request.headers['x-amz-target'] || `${request.method} ${request.path}`);
  let principal: Principal | undefined;
  let resource = '*';

  function enter(requestId: string, ended: { readonly output: unknown } | { readonly error: AwsError }): void {
    const { accessKeyId } = signed;
    const who = principal ? nameOf(principal) : (accessKeyId ?? 'anonymous');
    const action = `${service.name}:${operation}`;
    const result = 'error' in ended ? ended.error.code : 'ok';
    account.trail.push({ at: account.clock.now(), principal: who, action, resource, result });
    const userAgent = request.headers['user-agent'];
    const { input } = asked ?? { input: undefined };
    keepEvent(account, {
      service: service.name,
      operation,
      input,
      principal,
      accessKeyId,
      userAgent,
      requestId,
      ...ended,
    });
  }

  function refuse(requestId: string, error: AwsError): Answer {
    enter(requestId, { error });
    return protocol.refuse({ service, request, requestId }, error);
  }

  function called(): Operation | undefined {
    const { operations } = service;
    return asked && Object.hasOwn(operations, asked.operation) ? operations[asked.operation] : undefined;
  }

  function target(): string {
    try {
      return called()?.needs((asked as Decoded).input as never, account)[0]?.resource ?? '*';
    } catch {
      // `answer` meets it too, and tells the client: what is sent may be anything.
      return '*';
    }
  }

  function deny(requestId: string): Answer {
    const caller = callerOf(account, signed, protocol.strangers(service));
    if (caller instanceof AwsError) return refuse(requestId, caller);
    principal = caller;
    resource = target();
    return refuse(requestId, deniedTo(nameOf(principal), { service: service.name, operation, target: resource }));
  }

  /** Before it was tried: of who called what, as much is told as of any other. */
  function refuseUntried(requestId: string, error: AwsError): Answer {
    const caller = callerOf(account, signed, protocol.strangers(service));
    if (!(caller instanceof AwsError)) principal = caller;
    resource = target();
    return refuse(requestId, error);
  }

  async function answer(requestId: string): Promise<Answer> {
    const exchange: Exchange = { service, request, requestId };
    try {
      const caller = callerOf(account, signed, protocol.strangers(service));
      if (!(caller instanceof AwsError)) principal = caller;
      if (failure) throw failure;
      const run = called();
      // Before who calls: no other key would help.
      if (!asked || !run) throw unknownOperation(service.name, operation, absent);
      if (caller instanceof AwsError) throw caller;
      // The registry knows operations without their input types; each parses or trusts what its client sends.
      const input = asked.input as never;
      const needed = run.needs(input, account);
      resource = needed[0]?.resource ?? '*';
      if (service.admitsItself !== true) authorise(account, caller, needed);
      const seen = seenBy(account, service.name, operation);
      const call: Call = {
        account: seen,
        principal: caller,
        requestId,
        park: (promise) => kernelOf(account).clock.park(promise),
      };
      const output = await run.run(input, call);
      const encoded = protocol.encode(exchange, operation, output);
      enter(requestId, { output });
      return encoded;
    } catch (error) {
      return refuse(requestId, asAwsError(error));
    }
  }

  return { service: service.name, operation, target, answer, refuse: refuseUntried, deny };
}

const nameOf = (principal: Principal): string => (principal.kind === 'service' ? principal.service : principal.arn);

function spoken(services: ReadonlyMap<string, Service>, name: string | undefined, request: RestRequest): Spoken {
  const service = services.get(name ?? '');
  if (service === undefined) return absentService(name, request);
  return { service, protocol: service.cbor === true && isCbor(request) ? cbor : protocols[service.protocol] };
}

/** Who calls, or how they are turned away. */
function callerOf(account: Account, signed: Signed, strangers: Strangers): Principal | AwsError {
  const { accessKeyId, sessionToken, isSigned } = signed;
  if (accessKeyId === undefined) return turnAway(strangers, isSigned ? 'malformed' : 'unsigned');
  const principal = principalOf(account, accessKeyId, sessionToken);
  return typeof principal === 'string' ? turnAway(strangers, principal) : principal;
}

function unknownOperation(service: string, operation: string, absent: string | undefined): AwsError {
  const why = absent === undefined ? '' : ` (${absent})`;
  return new AwsError('UnknownOperationException', `The sandbox has no operation ${service} ${operation}${why}`, 400);
}

/** An error that is none of AWS's is a defect of the sandbox: answered as AWS's own failures are, with its place. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  // S3's code for it; other services have none of their own for a path.
  if (error instanceof URIError) return new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400);
  return new AwsError('InternalFailure', defect(error), 500);
}
