import type { AwsError, RestRequest, Service } from '../../account.ts';
import type { Strangers } from './strangers.ts';

export interface Decoded {
  readonly operation: string;
  readonly input: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A `Set-Cookie` each. */
  readonly cookies?: readonly string[];
  readonly body: string | Uint8Array;
}

/** What was asked, and how it is answered in the same wire format. */
export interface Exchange {
  readonly service: Service;
  readonly request: RestRequest;
  readonly requestId: string;
}

/** A wire format of AWS's. */
export interface WireProtocol {
  /** Undefined when the request names no operation. Throws AwsError when it cannot be read. */
  decode(service: Service, request: RestRequest): Decoded | undefined;
  encode(exchange: Exchange, operation: string, output: unknown): Answer;
  refuse(exchange: Exchange, error: AwsError): Answer;
  /** How this format's services turn away whom they do not know. */
  strangers(service: Service): Strangers;
}
