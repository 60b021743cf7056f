import type { AwsError, Service } from '../../account.ts';
import { fromJson, toJson } from './jsonBody.ts';
import type { WireProtocol } from './protocol.ts';
import { jsonStrangers, queryStrangers } from './strangers.ts';

/** AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, JSON both ways, errors told by `__type`. */
export function jsonProtocol(version: '1.0' | '1.1'): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    strangers: ({ queryErrors }) => (queryErrors === undefined ? jsonStrangers : queryStrangers),
    decode(service, request) {
      const asked = request.headers['x-amz-target'] ?? '';
      const dot = asked.lastIndexOf('.');
      const operation = asked.slice(dot + 1);
      if (operation === '' || !isFor(service, asked.slice(0, Math.max(0, dot)))) return undefined;
      return { operation, input: fromJson(request.body) };
    },
    encode: (_exchange, _operation, output) => ({
      status: 200,
      headers: { 'content-type': contentType },
      body: toJson(output ?? {}),
    }),
    refuse: ({ service }, error) => ({
      status: error.status,
      headers: { 'content-type': contentType, 'x-amzn-errortype': error.code, ...queryError(service, error) },
      body: toJson({
        ...detailOf(error),
        __type: service.target ? `${service.target}#${error.code}` : error.code,
        message: error.message,
      }),
    }),
  };
}

/** Some clients write the package before the name (`com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101`, botocore's for CloudTrail). */
const isFor = ({ target }: Service, asked: string): boolean =>
  target === undefined || asked === target || asked.endsWith(`.${target}`);

/** What such an error was called before its service spoke JSON: SDKs tell their callers that code (AWS Query compatible protocols). */
export function queryError({ queryErrors }: Service, { code, status }: AwsError): Readonly<Record<string, string>> {
  if (queryErrors === undefined) return {};
  return { 'x-amzn-query-error': `${queryErrors.get(code) ?? code};${status < 500 ? 'Sender' : 'Receiver'}` };
}

/** Members that an error carries besides its message (as `Item` of a failed condition) go on the wire as they are. */
export function detailOf(error: Error): Record<string, unknown> {
  const {
    name: _name,
    code: _code,
    status: _status,
    stack: _stack,
    cause: _cause,
    message: _message,
    ...detail
  } = {
    ...error,
  } as Record<string, unknown>;
  return detail;
}
