import { toJson } from './jsonBody.ts';
import type { WireProtocol } from './protocol.ts';
import { kubernetesStrangers } from './strangers.ts';

const json = { 'content-type': 'application/json' };

/** The reasons of the Kubernetes API, in the place of AWS's codes for what the door itself refuses. */
const reasons: Readonly<Record<string, readonly [reason: string, status: number]>> = {
  AccessDeniedException: ['Forbidden', 403],
  ThrottlingException: ['TooManyRequests', 429],
  UnknownOperationException: ['NotFound', 404],
  InternalFailure: ['InternalError', 500],
};

/** REST with JSON as the API server of Kubernetes speaks it: a refusal is a `Status` (API reference, "Status"). */
export const kubernetes: WireProtocol = {
  strangers: () => kubernetesStrangers,
  decode: (service, request) => service.route?.(request),
  encode: (_exchange, _operation, output) => ({ status: 200, headers: json, body: toJson(output) }),
  refuse: (_exchange, { code, status, message }) => {
    const [reason, shown] = reasons[code] ?? [code, status];
    const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code: shown };
    return { status: shown, headers: json, body: toJson(body) };
  },
};
