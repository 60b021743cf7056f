import { fromJson, toJson } from './jsonBody.ts';
import type { WireProtocol } from './protocol.ts';

/** AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, JSON both ways, errors told by `__type`. */
export function jsonProtocol(version: '1.0' | '1.1'): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    unknownKey: 'UnrecognizedClientException',
    decode(service, request) {
      const [prefix, operation] = (request.headers['x-amz-target'] ?? '').split('.');
      if (!operation || (service.target !== undefined && prefix !== service.target)) return undefined;
      return { operation, input: fromJson(request.body) };
    },
    encode: (_exchange, _operation, output) => ({
      status: 200,
      headers: { 'content-type': contentType },
      body: toJson(output ?? {}),
    }),
    refuse: ({ service }, error) => ({
      status: error.status,
      headers: { 'content-type': contentType, 'x-amzn-errortype': error.code },
      body: toJson({
        ...detailOf(error),
        __type: service.target ? `${service.target}#${error.code}` : error.code,
        message: error.message,
      }),
    }),
  };
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
