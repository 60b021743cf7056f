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
import { identify } from './identify.ts';
import type { Answer, Decoded, Exchange } from './protocols/protocol.ts';
import { protocols } from './protocols/registry.ts';
import { decoded } from './receive.ts';

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
  const service = services.get(signed.service ?? '');
  if (!service) return unknownService(account, signed.service, signed.accessKeyId);
  const protocol = protocols[service.protocol];
  let asked: Decoded | undefined;
  let failure: AwsError | undefined;
  let request = raw;
  try {
    request = decoded(raw);
    asked = protocol.decode(service, request);
  } catch (error) {
    failure = asAwsError(error);
  }
  const operation = asked?.operation ?? `${request.method} ${request.path}`;
  let principal: Principal | undefined;
  let resource = '*';

  function enter(result: string): void {
    const who = principal ? nameOf(principal) : (signed.accessKeyId ?? 'anonymous');
    const action = `${service?.name}:${operation}`;
    account.trail.push({ at: account.clock.now(), principal: who, action, resource, result });
  }

  function refuse(requestId: string, error: AwsError): Answer {
    enter(error.code);
    return protocol.refuse({ service: service as Service, request, requestId }, error);
  }

  function called(): Operation | undefined {
    const operations = service?.operations ?? {};
    return asked && Object.hasOwn(operations, asked.operation) ? operations[asked.operation] : undefined;
  }

  function target(): string {
    try {
      return called()?.needs((asked as Decoded).input as never, account)[0]?.resource ?? '*';
    } catch (error) {
      if (error instanceof AwsError) return '*';
      throw error;
    }
  }

  function deny(requestId: string): Answer {
    try {
      principal = callerOf(account, signed.accessKeyId, signed.sessionToken, protocol.unknownKey);
    } catch (error) {
      return refuse(requestId, asAwsError(error));
    }
    resource = target();
    return refuse(
      requestId,
      deniedTo(nameOf(principal), { service: service?.name ?? '', operation, target: resource }),
    );
  }

  async function answer(requestId: string): Promise<Answer> {
    const exchange: Exchange = { service: service as Service, request, requestId };
    try {
      if (failure) throw failure;
      principal = callerOf(account, signed.accessKeyId, signed.sessionToken, protocol.unknownKey);
      const run = called();
      if (!asked || !run) throw unknownOperation(`${exchange.service.name} ${operation}`);
      // The registry knows operations without their input types; each parses or trusts what its client sends.
      const input = asked.input as never;
      const needed = run.needs(input, account);
      resource = needed[0]?.resource ?? '*';
      authorise(account, principal, needed);
      const seen = seenBy(account, exchange.service.name, operation);
      const call: Call = {
        account: seen,
        principal,
        requestId,
        park: (promise) => kernelOf(account).clock.park(promise),
      };
      const encoded = protocol.encode(exchange, operation, await run.run(input, call));
      enter('ok');
      return encoded;
    } catch (error) {
      return refuse(requestId, asAwsError(error));
    }
  }

  return { service: service.name, operation, target, answer, refuse, deny };
}

const nameOf = (principal: Principal): string => (principal.kind === 'service' ? principal.service : principal.arn);

function callerOf(account: Account, key: string | undefined, token: string | undefined, unknown: string): Principal {
  if (key === undefined) throw new AwsError('MissingAuthenticationToken', 'Missing Authentication Token', 403);
  const principal = principalOf(account, key, token);
  if (!principal) throw new AwsError(unknown, 'The security token included in the request is invalid.', 403);
  return principal;
}

function unknownOperation(what: string): AwsError {
  return new AwsError('UnknownOperationException', `The sandbox has no operation ${what}`, 400);
}

/** An error that is none of AWS's is a defect of the sandbox: answered as AWS's own failures are, with its text. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError('InternalFailure', `The sandbox failed: ${error instanceof Error ? error.stack : error}`, 500);
}

function unknownService(account: Account, name: string | undefined, key: string | undefined): Understood {
  const service = name ?? 'unknown';
  const error = unknownOperation(`of the service ${name ?? '(none named by signature or Host)'}`);
  function refuse(_requestId: string, refusal: AwsError): Answer {
    const at = account.clock.now();
    account.trail.push({
      at,
      principal: key ?? 'anonymous',
      action: `${service}:?`,
      resource: '*',
      result: refusal.code,
    });
    const body = JSON.stringify({ __type: refusal.code, message: refusal.message });
    return {
      status: refusal.status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': refusal.code },
      body,
    };
  }
  const answer = (id: string): Promise<Answer> => Promise.resolve(refuse(id, error));
  return { service, operation: '?', target: () => '*', answer, refuse, deny: (id) => refuse(id, error) };
}
