import type { WireProtocol } from './protocol.ts';
import { rawOutput } from './raw.ts';
import { s3Strangers } from './strangers.ts';
import { content, element } from './xml.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const HEADERS = { 'content-type': 'application/xml' };

/** REST with XML, as S3: the service's `route` reads the request; most operations lay their answer out themselves. */
export const restXml: WireProtocol = {
  strangers: () => s3Strangers,
  decode: (service, request) => service.route?.(request),
  encode: (_exchange, operation, output) =>
    rawOutput(output) ?? {
      status: 200,
      headers: HEADERS,
      body: `${DECLARATION}${element(`${operation}Result`, output ?? {})}`,
    },
  refuse({ request, requestId }, error) {
    const body = content({ Code: error.code, Message: error.message, Resource: request.path, RequestId: requestId });
    const answer = { status: error.status, headers: HEADERS };
    // An answer to HEAD has no body: clients go by the status.
    return { ...answer, body: request.method === 'HEAD' ? '' : `${DECLARATION}<Error>${body}</Error>` };
  },
};
