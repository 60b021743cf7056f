import type { Template } from '../../sandbox/template/deploy.ts';
import { type CallLog, listen } from './callLog.ts';
import type { Exception } from './exceptions.ts';
import { grantedBy } from './granted.ts';
import { type Report, reportOn } from './report.ts';
import type { Scenario } from './scenarios.ts';

export interface Checked {
  readonly report: Report;
  /** Scenarios that did not end as they should, each with the reason: what they would have used is not known. */
  readonly failed: readonly string[];
}

export interface ToCheck {
  readonly template: Template;
  readonly bundles: string;
  readonly scenarios: readonly Scenario[];
  readonly exceptions: readonly Exception[];
  /** Told as each scenario ends. */
  readonly played?: (name: string, seconds: number) => void;
}

/** Plays the scenarios on the template, one after the other, and compares what it grants with what they used. */
export async function check({ template, bundles, scenarios, exceptions, played }: ToCheck): Promise<Checked> {
  const grants = await grantedBy(template, bundles);
  const failed: string[] = [];
  const { log, stop } = listen();
  const provoked = new Set<CallLog['denials'][number]>();
  try {
    for (const { name, failure, provokes } of scenarios) {
      const from = { at: performance.now(), denial: log.denials.length };
      const reason = await failure(template).catch(reasonOf);
      if (reason !== null) failed.push(`${name}: ${reason}`);
      const own = provokes === undefined ? [] : log.denials.slice(from.denial).filter(provokes);
      if (provokes !== undefined && own.length === 0) failed.push(`${name}: it provokes no denial any more`);
      for (const denial of own) provoked.add(denial);
      played?.(name, (performance.now() - from.at) / 1000);
    }
  } finally {
    stop();
  }
  const denials = log.denials.filter((denial) => !provoked.has(denial));
  return { report: reportOn(grants, { ...log, denials }, exceptions), failed };
}

/** A scenario that goes astray on its way has failed like any other: the denial that led it there is still told. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
