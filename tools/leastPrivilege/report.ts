import type { Grant } from '../../sandbox/iam/grants.ts';
import type { CallLog, Denial, Use } from './callLog.ts';
import type { Exception } from './exceptions.ts';
import { keyOf } from './granted.ts';
import { narrowerThan } from './narrower.ts';

/** unused: no call needed it. redundant: every call that it allowed, another grant allowed too. wide: a narrower pattern would do. */
export type FindingKind = 'unused' | 'redundant' | 'wide' | 'denied';

export interface Finding {
  readonly kind: FindingKind;
  readonly policy: string;
  /** Empty of a denial. */
  readonly statement: string;
  readonly action: string;
  readonly text: string;
}

/** What is true of one role, or of one policy of a resource. */
export interface PolicyReport {
  readonly policy: string;
  readonly statements: number;
  readonly grants: number;
  readonly used: number;
}

export interface Report {
  readonly policies: readonly PolicyReport[];
  readonly findings: readonly Finding[];
  readonly excepted: readonly Finding[];
  /** Exceptions that no finding needs any more. */
  readonly idle: readonly Exception[];
}

/** Compares what is granted with what was used and with what was denied. */
export function reportOn(grants: readonly Grant[], log: CallLog, exceptions: readonly Exception[]): Report {
  const all = [...grants.flatMap((grant) => judged(grant, log.uses.get(keyOf(grant)))), ...deniedOf(log.denials)];
  const exceptionOf = (finding: Finding): Exception | undefined => exceptions.find((one) => fits(one, finding));
  return {
    policies: policiesOf(grants, log),
    findings: all.filter((finding) => exceptionOf(finding) === undefined),
    excepted: all.filter((finding) => exceptionOf(finding) !== undefined),
    idle: exceptions.filter((one) => !all.some((finding) => fits(one, finding))),
  };
}

export const isClean = ({ findings, idle }: Report): boolean => findings.length === 0 && idle.length === 0;

const fits = (exception: Exception, finding: Finding): boolean =>
  exception.kind === finding.kind &&
  (['policy', 'statement', 'action'] as const).every((key) => [undefined, finding[key]].includes(exception[key]));

function judged(grant: Grant, use: Use | undefined): readonly Finding[] {
  const { policy, statement, action, resource } = grant;
  const on = resource === null ? '' : ` on ${resource}`;
  const whom = grant.principal === null ? '' : ` by ${grant.principal}`;
  const found = (kind: FindingKind, end: string): readonly Finding[] => [
    { kind, policy, statement, action, text: `${statement}: ${action}${on}${whom}${end}` },
  ];
  if (use === undefined) return found('unused', '');
  if (use.alone === 0) return found('redundant', ': another statement allows the same calls');
  const narrower = resource === null ? undefined : narrowerThan(resource, use.resources);
  return narrower === undefined ? [] : found('wide', `: used only on ${narrower}`);
}

function deniedOf(denials: readonly Denial[]): readonly Finding[] {
  const texts = Map.groupBy(denials, ({ caller, action, resource, why }) => `${caller} ${action} ${resource} ${why}`);
  return [...texts.values()].flatMap(([one, ...more]) => {
    if (one === undefined) return [];
    const { caller, action, resource, why } = one;
    const times = more.length === 0 ? 'once' : `${more.length + 1} times`;
    const text = `${action} on ${resource}, ${times}, ${why}`;
    return [{ kind: 'denied' as const, policy: caller, statement: '', action, text }];
  });
}

function policiesOf(grants: readonly Grant[], { uses }: CallLog): readonly PolicyReport[] {
  return [...Map.groupBy(grants, ({ policy }) => policy)].map(([policy, of]) => ({
    policy,
    statements: new Set(of.map(({ statement }) => statement)).size,
    grants: of.length,
    used: of.filter((grant) => uses.has(keyOf(grant))).length,
  }));
}
