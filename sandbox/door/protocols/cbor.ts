import type { AwsError } from '../../account.ts';
import { fromCbor, toCbor } from './cborValue.ts';
import { detailOf, queryError } from './json.ts';
import type { WireProtocol } from './protocol.ts';
import { queryStrangers } from './strangers.ts';

const HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/** `/service/NAME/operation/OPERATION`; anything may stand before it. */
const PATH = /\/service\/[^/]+\/operation\/([^/]+)$/;

export const isCbor = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): boolean =>
  headers['smithy-protocol'] === 'rpc-v2-cbor';

/** Smithy RPC v2 CBOR, as newer clients of CloudWatch speak it. */
export const cbor: WireProtocol = {
  strangers: () => queryStrangers,
  decode({ operations }, { path, body }) {
    const operation = PATH.exec(path)?.[1];
    if (operation === undefined) return undefined;
    // Of what is not here nothing is read: its name is told, and no more.
    return { operation, input: Object.hasOwn(operations, operation) ? fromCbor(body) : {} };
  },
  encode: (_exchange, _operation, output) => ({ status: 200, headers: HEADERS, body: toCbor(output ?? {}) }),
  refuse: ({ service }, error: AwsError) => ({
    status: error.status,
    headers: { ...HEADERS, ...queryError(service, error) },
    body: toCbor({ ...detailOf(error), __type: error.code, message: error.message }),
  }),
};
