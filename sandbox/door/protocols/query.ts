import { parseForm } from './form.ts';
import type { WireProtocol } from './protocol.ts';
import { queryStrangers } from './strangers.ts';
import { content, element } from './xml.ts';

/** AWS Query: a form in, XML out. `service.target` is the XML namespace. */
export const query: WireProtocol = {
  strangers: () => queryStrangers,
  decode(_service, request) {
    const form = request.body.length > 0 ? new URLSearchParams(request.body.toString('utf8')) : request.query;
    const operation = form.get('Action');
    return operation ? { operation, input: parseForm(form) } : undefined;
  },
  encode({ service, requestId }, operation, output) {
    const result = `<${operation}Result>${content(output)}</${operation}Result>`;
    const metadata = element('ResponseMetadata', { RequestId: requestId });
    const namespace = service.target ? ` xmlns="${service.target}"` : '';
    return xml(200, `<${operation}Response${namespace}>${result}${metadata}</${operation}Response>`);
  },
  refuse({ service, requestId }, error) {
    const Type = error.status < 500 ? 'Sender' : 'Receiver';
    const body = content({ Error: { Type, Code: error.code, Message: error.message }, RequestId: requestId });
    const namespace = service.target ? ` xmlns="${service.target}"` : '';
    return xml(error.status, `<ErrorResponse${namespace}>${body}</ErrorResponse>`);
  },
};

function xml(status: number, body: string): ReturnType<WireProtocol['encode']> {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
