import { detailOf } from './json.ts';
import { toJson } from './jsonBody.ts';
import type { WireProtocol } from './protocol.ts';
import { rawOutput } from './raw.ts';
import { restJsonStrangers } from './strangers.ts';

/** REST with JSON: the service's `route` reads the operation from method and path; errors are told by a header. */
export const restJson: WireProtocol = {
  strangers: () => restJsonStrangers,
  decode: (service, request) => service.route?.(request),
  encode: (_exchange, _operation, output) =>
    rawOutput(output) ?? {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: toJson(output ?? {}),
    },
  refuse: (_exchange, error) => ({
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: toJson({ ...detailOf(error), Type: error.status < 500 ? 'User' : 'Service', message: error.message }),
  }),
};
