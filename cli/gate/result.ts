import { pullable, worstFirst } from '../../shared/plan/gate/reason.ts';
import type { Reason, Verdict } from '../../shared/plan/gate/verdict.ts';
import type { Gated } from './gate.ts';

/** What `gate --json` prints. Others rely on it: add fields freely, rename or remove none. */
export interface GateResult {
  readonly version: 1;
  readonly verdict: Verdict['verdict'];
  readonly exit: 0 | 1 | 2;
  readonly image: {
    readonly given: string;
    readonly registry: string;
    readonly repository: string;
    readonly tag: string | null;
    readonly digest: string | null;
    /** By its digest: what was judged, and what to deploy. Null where the digest is not known. */
    readonly pinned: string | null;
    readonly status: string | null;
    readonly pushedAt: string | null;
    readonly runnable: readonly {
      readonly digest: string;
      readonly platform: string | null;
      readonly status: string | null;
      readonly scan: { readonly status: string; readonly counts: Readonly<Record<string, number>> | null } | null;
    }[];
    readonly leftOut: readonly string[];
    readonly signatures: NonNullable<Gated['asked']>['signatures'];
  };
  readonly rules: Gated['rules'];
  readonly checkedAt: string;
  readonly checks: readonly Pick<Verdict['checks'][number], 'check' | 'state' | 'said'>[];
  readonly reasons: readonly Reason[];
}

const exits = { passed: 0, blocked: 1, unknown: 2 } as const;
export const exitOf = ({ verdict }: Verdict): 0 | 1 | 2 => exits[verdict];

/** All reasons, those that keep the image from passing first. */
export function reasonsOf({ verdict: { checks } }: Gated): readonly Reason[] {
  return checks.flatMap(({ reasons }) => reasons).toSorted(worstFirst);
}

/** The image by its digest; null where that is not known. */
export function pinnedOf({ reference, asked }: Gated): string | null {
  const digest = asked?.image?.digest ?? reference.digest;
  return digest === null ? null : pullable(reference, digest);
}

export function resultOf(gated: Gated): GateResult {
  const { given, reference, asked, verdict, rules, at } = gated;
  const { registry, repository, tag, digest } = reference;
  const image = asked?.image ?? null;
  return {
    version: 1,
    verdict: verdict.verdict,
    exit: exitOf(verdict),
    image: {
      ...{ given, registry, repository, tag },
      digest: image?.digest ?? digest,
      pinned: pinnedOf(gated),
      status: image?.status ?? null,
      pushedAt: image?.pushedAt ?? null,
      runnable: (asked?.runnable ?? []).map(({ digest: own, os, architecture, status, scan }) => ({
        digest: own,
        platform: os === null ? null : `${os}/${architecture}`,
        status,
        scan: scan === null ? null : { status: scan.status, counts: scan.counts },
      })),
      leftOut: asked?.leftOut ?? [],
      signatures: asked?.signatures ?? null,
    },
    rules,
    checkedAt: at.toISOString(),
    checks: verdict.checks.map(({ check, state, said }) => ({ check, state, said })),
    reasons: reasonsOf(gated),
  };
}
