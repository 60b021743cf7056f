import type { AwsError } from '../../account.ts';
import type { WireProtocol } from './protocol.ts';
import { queryStrangers } from './strangers.ts';

const HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/** `/service/NAME/operation/OPERATION`; anything may stand before it. */
const PATH = /\/service\/[^/]+\/operation\/([^/]+)$/;

export const isCbor = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): boolean =>
  headers['smithy-protocol'] === 'rpc-v2-cbor';

/**
 * Smithy RPC v2 CBOR, as clients of CloudWatch speak it. No service here does: it tells the operation's name and refuses, and reads and
 * writes nothing else.
 */
export const cbor: WireProtocol = {
  strangers: () => queryStrangers,
  decode(_service, { path }) {
    const operation = PATH.exec(path)?.[1];
    return operation === undefined ? undefined : { operation, input: {} };
  },
  encode: () => ({ status: 200, headers: HEADERS, body: pairs({}) }),
  refuse: (_exchange, { code, message, status }: AwsError) => ({
    status,
    headers: HEADERS,
    body: pairs({ __type: code, message }),
  }),
};

const pairs = (members: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([head(5, Object.keys(members).length), ...Object.entries(members).flat().map(text)]);

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([head(3, bytes.length), bytes]);
}

/** Major type and length (RFC 8949, 3): in the first byte, or in the two or four after it. */
function head(major: number, length: number): Buffer {
  const type = major << 5;
  if (length < 24) return Buffer.from([type | length]);
  if (length < 0x1_00_00) return Buffer.from([type | 25, length >> 8, length & 0xff]);
  const long = Buffer.alloc(5, type | 26);
  long.writeUInt32BE(length, 1);
  return long;
}
