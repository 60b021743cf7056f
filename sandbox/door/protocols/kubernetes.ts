import { toJson } from './jsonBody.ts';
import type { Answer, WireProtocol } from './protocol.ts';
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
  encode: (_exchange, operation, output) =>
    typeof output === 'string'
      ? { status: 200, headers: { 'content-type': 'text/plain' }, body: output }
      : { status: operation.startsWith('Create') ? 201 : 200, headers: json, body: toJson(output) },
  refuse: (_exchange, { code, status, message }) => {
    if (code === 'DisruptionBudget') return refused('TooManyRequests', 429, message, [{ reason: code, message }]);
    const [reason, shown] = reasons[code] ?? [code, status];
    return refused(reason, shown, message);
  },
};

/** `causes`: what of several things that one reason may mean it is. */
function refused(reason: string, code: number, message: string, causes: readonly object[] = []): Answer {
  const details = causes.length === 0 ? {} : { details: { causes } };
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code, ...details };
  return { status: code, headers: json, body: toJson(body) };
}
