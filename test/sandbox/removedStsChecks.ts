import type { RemovedCheck } from '../removedCheck.ts';

const test = 'test/sandbox/services/sts/assumeRole.test.ts';

/** The limits of a session: what passes here and not on AWS is found by on-call, in the middle of an incident. */
export const stsChecks: readonly RemovedCheck[] = [
  {
    file: 'sandbox/services/sts/limits.ts',
    text: "...(policy === undefined ? [] : lengths(policy, 'policy', 1, MAX_POLICY_CHARACTERS)),",
    replacement: "...(policy === undefined ? [] : lengths(policy, 'policy', 1, 1e6)),",
    test,
    why: 'a session policy that STS refuses is taken',
  },
  {
    file: 'sandbox/services/sts/limits.ts',
    text: "  if (caller.kind === 'role' && seconds > CHAINED_SECONDS) {",
    replacement: "  if (caller.kind === 'service' && seconds > CHAINED_SECONDS) {",
    test,
    why: 'a chained session lasts longer than the hour that AWS allows',
  },
  {
    file: 'sandbox/services/sts/limits.ts',
    text: '  if (seconds > role.maxSessionSeconds) {',
    replacement: '  if (seconds > 43_200) {',
    test,
    why: 'a session lasts longer than its role says',
  },
  {
    file: 'sandbox/services/sts/limits.ts',
    text: '  if (!(seconds >= 900)) return',
    replacement: '  if (!(seconds >= 1)) return',
    test,
    why: 'a session shorter than a quarter of an hour is issued',
  },
  {
    file: 'sandbox/services/sts/limits.ts',
    text: '  if (given !== undefined)\n    throw invalid(`This account',
    replacement: "  if (given === 'Tags' && input.Tags === undefined)\n    throw invalid(`This account",
    test,
    why: 'managed session policies are passed over, and the session may do too much',
  },
  {
    file: 'sandbox/template/resources/stateMachine.ts',
    text: "    if (role) checkTrust(account, role, { kind: 'service',",
    replacement: "    if (role?.name === '') checkTrust(account, role, { kind: 'service',",
    test: 'test/sandbox/template/machineRole.test.ts',
    why: 'a machine runs under a role that does not trust Step Functions',
  },
];
