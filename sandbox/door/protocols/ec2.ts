import { parseForm } from './form.ts';
import type { WireProtocol } from './protocol.ts';
import { ec2Strangers } from './strangers.ts';
import { content } from './xml.ts';

/**
 * EC2's own dialect of AWS Query: lists have no wrapper in the form and `<item>` in the answer, members begin with a small letter, and
 * nothing stands between the response and its members. `service.target` is the XML namespace.
 */
export const ec2: WireProtocol = {
  strangers: () => ec2Strangers,
  decode(_service, request) {
    const form = request.body.length > 0 ? new URLSearchParams(request.body.toString('utf8')) : request.query;
    const operation = form.get('Action');
    return operation ? { operation, input: fromWire(parseForm(form)) } : undefined;
  },
  encode({ service, requestId }, operation, output) {
    const body = content({ requestId, ...(toWire(output ?? {}) as object) }, 'item');
    return xml(200, `<${operation}Response xmlns="${service.target}">${body}</${operation}Response>`);
  },
  refuse({ requestId }, error) {
    const Errors = { Error: { Code: error.code, Message: error.message } };
    return xml(error.status, `<Response>${content({ Errors, RequestID: requestId })}</Response>`);
  },
};

/** How AWS's model spells the lists that operations here take; by their name in the form. */
const LISTS_IN: Readonly<Record<string, string>> = {
  Filter: 'Filters',
  InstanceId: 'InstanceIds',
  NetworkInterfaceId: 'NetworkInterfaceIds',
  SecurityGroupId: 'Groups',
  Value: 'Values',
};

/** How it spells members that they answer with; others keep their name but for the first letter. */
const NAMES_OUT: Readonly<Record<string, string>> = {
  Groups: 'groupSet',
  Instances: 'instancesSet',
  NetworkInterfaces: 'networkInterfaceSet',
  PrivateIpAddresses: 'privateIpAddressesSet',
  Reservations: 'reservationSet',
  State: 'instanceState',
};

/** `Filter.1.Value.1` as the SDK's `Filters[0].Values[0]`; a form holds text alone. */
function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      Array.isArray(member) ? (LISTS_IN[name] ?? name) : name,
      fromWire(member),
    ]),
  );
}

function toWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWire);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [NAMES_OUT[name] ?? lowerFirst(name), toWire(member)]),
  );
}

const lowerFirst = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

function xml(status: number, body: string): ReturnType<WireProtocol['encode']> {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
